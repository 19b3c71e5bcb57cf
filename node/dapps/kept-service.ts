// A service: a dapp that lives, in the same profile as a check, and answers its node line by line. It never decides a merge (node.md section 5.5).
import { decodeCanonical, encodeCanonical, isObject } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/index.ts';
import type { ContainerEngine } from './containers.ts';
import { ownOwner } from './containers.ts';
import type { DappManifest } from './manifest.ts';
import { createOptions, nanoCpusDefault } from './profile.ts';
import type { Session } from './session.ts';

/** What a question came to. `none` is no answer, and never means yes. */
export type ServiceAnswer =
  | { readonly kind: 'answer'; readonly body: JsonObject }
  | { readonly kind: 'none'; readonly code: `GDO${number}`; readonly reason: string };

/** What a service is run with. */
export interface ServiceRequest {
  readonly image: string;
  readonly manifest: DappManifest;
  /** How long one question may take. */
  readonly answerWithinMs: number;
  /** The entries of the state that its manifest lists; asked at each start. */
  readonly state: () => readonly (readonly [key: string, value: JsonObject])[];
  /** A fact that it wants reported; whether it is, its node decides. */
  readonly fact: (fact: JsonObject) => void;
  /** Something for people: what it wrote to stderr, and why it was started again. */
  readonly note: (sentence: string) => void;
}

/** A service that is kept running. */
export interface Service {
  readonly ask: (question: JsonObject) => Promise<ServiceAnswer>;
  /** Tells it what has changed in the state that it reads. */
  readonly feed: (entries: readonly (readonly [key: string, value: JsonObject])[]) => void;
  readonly close: () => Promise<void>;
}

/** Questions in a row without an answer; then it is killed and started anew. */
const missesMax = 3;
/** Questions that may wait for answers at one time; more are refused, not queued. */
const openMax = 64;
/** Waits between starts: twice as long each time, from one second to one minute; an answer begins anew. */
const backoffFirstMs = 1_000;
const backoffMostMs = 60_000;

/** Starts a service and keeps it running. @returns the service, or the reason why it could not be started the first time */
export async function startService(
  engine: ContainerEngine,
  request: ServiceRequest,
): Promise<{ readonly kind: 'ok'; readonly service: Service } | { readonly kind: 'none'; readonly code: `GDO${number}`; readonly reason: string }> {
  const { manifest } = request;
  if (manifest.role !== 'service') return { kind: 'none', code: 'GDO3006', reason: `The manifest of ${manifest.name} does not say that it is a service` };
  if (engine.lacks.length > 0) return { kind: 'none', code: 'GDO3010', reason: `The container engine here lacks ${engine.lacks.join(', ')}` };
  const kept = new KeptService(engine, request);
  const problem = await kept.start();
  if (problem !== undefined) {
    await kept.close();
    return { kind: 'none', code: 'GDO3001', reason: problem };
  }
  return { kind: 'ok', service: { ask: (question) => kept.ask(question), feed: (entries) => kept.feed(entries), close: () => kept.close() } };
}

/** One service with its questions. A class, because its session changes under those who ask. */
class KeptService {
  private session: Session | undefined;
  private readonly open = new Map<number, (answer: ServiceAnswer) => void>();
  private last = 0;
  private misses = 0;
  private starts = 0;
  /** Starts since the last answer: how long the next one waits. */
  private failures = 0;
  /** The last start whose session has ended, also before it was taken over. */
  private ended = 0;
  private isClosed = false;
  private restart: NodeJS.Timeout | undefined;
  private removal: Promise<void> | undefined;
  private readonly engine: ContainerEngine;
  private readonly request: ServiceRequest;

  constructor(engine: ContainerEngine, request: ServiceRequest) {
    this.engine = engine;
    this.request = request;
  }

  /** @returns why it could not be started, or undefined */
  async start(): Promise<string | undefined> {
    const { image, manifest, note, state } = this.request;
    const options = createOptions({
      image,
      command: manifest.command,
      memoryBytes: manifest.memoryBytes,
      nanoCpus: nanoCpusDefault,
      hostname: 'gdo',
      role: 'service',
      owner: ownOwner,
      swappiness: this.engine.swappiness,
    });
    this.starts += 1;
    const number = this.starts;
    try {
      const session = await this.engine.open(options, {
        line: (line) => this.hear(number, line),
        noise: (text) => note(text),
        ended: (reason, code) => this.lost(number, reason, code),
      });
      this.misses = 0;
      if (this.isClosed) await session.close();
      else this.session = session;
      // It may have ended while it was started.
      if (this.ended === number) await this.kill('ended at once');
      this.feed(state());
      return undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.isClosed) this.later(`could not be started: ${reason}`);
      return reason;
    }
  }

  feed(entries: readonly (readonly [key: string, value: JsonObject])[]): void {
    this.session?.send(encodeCanonical({ state: entries.map(([key, value]) => [key, value]) }));
  }

  ask(question: JsonObject): Promise<ServiceAnswer> {
    const { session } = this;
    if (session === undefined) return Promise.resolve(noAnswer('GDO3001', 'The service is not running now'));
    if (this.open.size >= openMax) return Promise.resolve(noAnswer('GDO3003', `${openMax} questions are waiting already`));
    this.last += 1;
    const id = this.last;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.open.delete(id);
        this.misses += 1;
        resolve(noAnswer('GDO3002', 'The service did not answer in time'));
        if (this.misses >= missesMax) void this.kill(`gave no answer ${missesMax} times in a row`);
      }, this.request.answerWithinMs);
      this.open.set(id, (answer) => {
        clearTimeout(timer);
        this.open.delete(id);
        resolve(answer);
      });
      session.send(encodeCanonical({ ...question, ask: id }));
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.restart);
    await this.kill('was closed');
    // It may have ended a moment before, and still be on its way out.
    await this.removal;
  }

  /** Lines that are no answer and no fact are passed over: what it should have said is missed. */
  private hear(number: number, line: Buffer): void {
    if (number !== this.starts) return;
    const decoded = decodeCanonical(line);
    if (decoded.kind === 'refused') return;
    const { answer, fact, ...body } = decoded.value;
    if (isObject(fact)) this.request.fact(fact);
    const waiting = typeof answer === 'number' ? this.open.get(answer) : undefined;
    if (waiting === undefined) return;
    this.misses = 0;
    this.failures = 0;
    waiting({ kind: 'answer', body });
  }

  private lost(number: number, reason: string, code: `GDO${number}`): void {
    this.ended = number;
    if (number === this.starts && this.session !== undefined) void this.kill(reason, code);
  }

  private async kill(reason: string, code: `GDO${number}` = 'GDO3005'): Promise<void> {
    const { session } = this;
    this.session = undefined;
    for (const answer of this.open.values()) answer(noAnswer(code, `The service ended: ${reason}`));
    if (session !== undefined) {
      this.removal = session.close();
      await this.removal;
      if (!this.isClosed) this.later(reason);
    }
  }

  private later(reason: string): void {
    this.request.note(`${this.request.manifest.name} ${reason}; it is started again`);
    const waitMs = Math.min(backoffMostMs, backoffFirstMs * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    clearTimeout(this.restart);
    this.restart = setTimeout(() => void this.start(), waitMs);
  }
}

function noAnswer(code: `GDO${number}`, reason: string): ServiceAnswer {
  return { kind: 'none', code, reason };
}
