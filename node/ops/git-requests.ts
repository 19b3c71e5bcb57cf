// Git over HTTP for one caller: within its quota, in its turn, through the door of node/receive, with pushes judged in this process.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WorldError } from '../cli/command.ts';
import { refsMark } from '../git/refs-mark.ts';
import type { StoredBatch } from '../ledger/batch.ts';
import { listForFetch, serveHttp, type GitRequest, type RefList } from '../receive/http-door.ts';
import { isForTogether, pushBytesMax, receivePush, receiveTogether, type HttpPush, type PushEnd } from '../receive/http-push.ts';
import { listForPush } from '../receive/push-list.ts';
import type { Service } from '../receive/serving.ts';
import { text, type Caller } from './answers.ts';
import type { NodeConfiguration } from './configuration.ts';
import { drainBriefly } from './drain.ts';
import type { Log } from './log.ts';
import { failureFields } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Organization } from './organization.ts';
import { judgePeerPush } from './push-judge.ts';
import type { Quota } from './quota.ts';
import type { Recently } from './recently.ts';
import { keptWhile, sharedList } from './shared-list.ts';
import { spool, type Spooled } from './spool.ts';
import type { Turnstile } from './turnstile.ts';

/** What serving git needs. */
export interface GitPorts {
  readonly configuration: NodeConfiguration;
  readonly quota: Quota;
  readonly pushes: Turnstile;
  readonly fetches: Turnstile;
  /** Small pushes, which are unpacked together. */
  readonly together: Turnstile;
  /** Peers whose small push had to be unpacked alone: the next ones are, for a while, so that they hold up nobody. */
  readonly alone: Recently;
  /** The refs of an organization, for a service and a version of git's protocol. */
  readonly lists: (organization: Organization, service: Service, protocol: string | undefined) => Promise<RefList>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly stopped: AbortSignal;
  /** Open requests of each peer. */
  readonly open: Map<string, number>;
}

/** Who asks for what. */
export interface GitCall {
  readonly caller: Caller;
  readonly organization: Organization;
  readonly asked: GitRequest;
}

type WholeBody = Extract<Spooled, { kind: 'whole' }>;

/** The question of a fetch: a list of what the other side has. */
const bodyBytesMax = { 'receive-pack': pushBytesMax, 'upload-pack': 8_388_608 } as const;
const retrySeconds = '10';

/** Answers one request of git. */
export async function answerGit(ports: GitPorts, call: GitCall, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { peer } = call.caller;
  const open = ports.open.get(peer) ?? 0;
  if (open >= ports.configuration.limits.connectionsPerPeer)
    return refuse(ports, call, response, 'Too many requests from here are open.', () => drainBriefly(request));
  ports.open.set(peer, open + 1);
  try {
    await answerOpen(ports, call, request, response);
  } finally {
    const left = (ports.open.get(peer) ?? 1) - 1;
    if (left === 0) ports.open.delete(peer);
    else ports.open.set(peer, left);
  }
}

async function answerOpen(ports: GitPorts, call: GitCall, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { caller, organization, asked } = call;
  const spent = ports.quota.spent(caller.peer);
  if (spent !== undefined && asked.service === 'receive-pack')
    return refuse(ports, call, response, `Too much was pushed from here in a minute (${spent}).`, () => drainBriefly(request));
  if (asked.act === 'list') return answerList(ports, call, request, response);
  const body = await spool(request, {
    bytesMax: bodyBytesMax[asked.service],
    folder: organization.repository.gitDirectory,
  });
  if (body.kind === 'broken off') return;
  if (body.kind === 'too large') {
    ports.metrics.add('gdo_peer_refused_total', { org: organization.name, code: 'GDO4011' });
    return text(response, 413, `GDO4011 A push has at most ${bodyBytesMax['receive-pack']} bytes.\n`, undefined, { connection: 'close' });
  }
  try {
    if (asked.service === 'receive-pack') ports.quota.use(caller.peer, 'bytes', body.bytesCount);
    ports.metrics.add('gdo_peer_bytes_total', { org: organization.name }, body.bytesCount);
    const started = performance.now();
    const isPush = asked.service === 'receive-pack';
    if (isPush && isForTogether(body) && !ports.alone.has(caller.peer)) {
      const end = await inLine(ports, call, ports.together, {
        response,
        work: (signal) => servePush(ports, call, { body, response, signal, how: 'together' }),
      });
      if (end === 'alone') ports.alone.add(caller.peer);
      else return observePush(ports, call, started);
    }
    if (!isPush) await inLine(ports, call, ports.fetches, { response, work: (signal) => serveFetch(ports, call, { body, request, response, signal }) });
    else {
      await inLine(ports, call, ports.pushes, { response, work: (signal) => servePush(ports, call, { body, response, signal, how: 'alone' }) });
      observePush(ports, call, started);
    }
  } finally {
    body.drop();
  }
}

function observePush(ports: GitPorts, { organization }: GitCall, startedMs: number): void {
  ports.metrics.observe('gdo_push_seconds', { org: organization.name }, (performance.now() - startedMs) / 1000);
}

/** Works when the turn of the peer has come. @returns what the work came to, or undefined where it was not done and that was said */
async function inLine<End>(
  ports: GitPorts,
  call: GitCall,
  line: Turnstile,
  { response, work }: { readonly response: ServerResponse; readonly work: (signal: AbortSignal) => Promise<End> },
): Promise<End | undefined> {
  const entry = await line.enter(call.caller.peer);
  if (entry.kind === 'full') {
    refuse(ports, call, response, 'Too many requests from here wait already.', () => undefined);
    return undefined;
  }
  // Whoever goes away takes its work along; so does the end of the node.
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    return response.destroyed ? undefined : await work(AbortSignal.any([gone.signal, ports.stopped]));
  } catch (error) {
    failed(ports, call, response, error);
    return undefined;
  } finally {
    entry.leave();
  }
}

/** A list of refs: made once for all who asked meanwhile, and so without a place of its own. */
async function answerList(ports: GitPorts, call: GitCall, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { organization, asked } = call;
  request.resume();
  try {
    const { status, headers, bytes } = await ports.lists(organization, asked.service, headerOf(request, 'git-protocol'));
    if (response.destroyed) return;
    response.writeHead(status, { ...headers, 'content-length': bytes.length });
    response.end(bytes);
    ports.metrics.add('gdo_fetches_total', { org: organization.name, result: 'ok' });
  } catch (error) {
    failed(ports, call, response, error);
  }
}

async function servePush(
  ports: GitPorts,
  { caller, organization }: GitCall,
  io: { readonly body: WholeBody; readonly response: ServerResponse; readonly signal: AbortSignal; readonly how: 'together' | 'alone' },
): Promise<'served' | 'alone'> {
  const { body, response } = io;
  let taken: readonly StoredBatch[] = [];
  const push: HttpPush = {
    gitDirectory: organization.repository.gitDirectory,
    body,
    judge: async (asked) => {
      const verdict = await judgePeerPush(organization, asked, { peer: caller.peer, quota: ports.quota });
      taken = verdict.kind === 'accepted' ? verdict.batches : [];
      return verdict;
    },
    promote: organization.promote,
    spent: (seconds) => ports.quota.use(caller.peer, 'seconds', seconds),
    signal: io.signal,
  };
  const end: PushEnd | undefined = io.how === 'alone' ? await receivePush(push) : await receiveTogether(push, organization.unpackTogether);
  if (end === undefined) return 'alone';
  if (end.kind === 'taken') organization.taken(taken);
  response.writeHead(200, { 'content-type': 'application/x-git-receive-pack-result', 'cache-control': 'no-cache', 'content-length': end.answer.length });
  response.end(end.answer);
  // A push that the rules refuse was served: which rule is counted by its code.
  ports.metrics.add('gdo_pushes_total', { org: organization.name, result: 'ok' });
  return 'served';
}

async function serveFetch(
  ports: GitPorts,
  { organization, asked }: GitCall,
  io: { readonly body: WholeBody; readonly request: IncomingMessage; readonly response: ServerResponse; readonly signal: AbortSignal },
): Promise<void> {
  const { body, request, response } = io;
  const end = await serveHttp(
    organization.repository.gitDirectory,
    asked,
    { input: body.open(), bytesCount: body.bytesCount, encoding: headerOf(request, 'content-encoding'), protocol: headerOf(request, 'git-protocol') },
    {
      head: (status, headers) => response.writeHead(status, headers),
      write: (part) => {
        response.write(part);
      },
      sink: response,
    },
    { signal: io.signal },
  );
  if (!end.isAnswered) text(response, 502, 'GDO5024 Git did not answer.\n');
  else response.end();
  ports.metrics.add('gdo_fetches_total', { org: organization.name, result: end.code === 0 ? 'ok' : 'failed' });
}

function failed(ports: GitPorts, { organization }: GitCall, response: ServerResponse, error: unknown): void {
  const fields = failureFields(error);
  ports.log('error', { what: 'git was not served', org: organization.name, ...fields });
  ports.metrics.add('gdo_failures_total', { org: organization.name, code: fields.code });
  if (response.headersSent) response.destroy();
  else text(response, error instanceof WorldError && error.code === 'GDO5020' ? 404 : 500, `${fields.code} ${fields.reason}\n`);
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  return [request.headers[name]].flat()[0];
}

/** Whoever fetches mostly hears what the last one heard. Whoever pushes moves refs, and many push at one time: there looking for a mark would cost more than it saves. */
function listsOf({ repository }: Organization, stopped: AbortSignal): (key: string) => Promise<RefList> {
  const { gitDirectory } = repository;
  const kept = keptWhile({ mark: () => refsMark(gitDirectory), isKept: ({ status }: RefList) => status === 200 }, (key) =>
    listForFetch(gitDirectory, key === '' ? undefined : key, stopped),
  );
  return (key) => (key === 'push' ? listForPush(gitDirectory) : kept(key));
}

/** Makes the lists of refs that peers ask for. */
export function refLists(stopped: AbortSignal): GitPorts['lists'] {
  const lists = new WeakMap<Organization, (key: string) => Promise<RefList>>();
  return (organization, service, protocol) => {
    const known = lists.get(organization);
    const own = known ?? sharedList(listsOf(organization, stopped));
    if (known === undefined) lists.set(organization, own);
    // A push has the oldest version of the protocol whatever is asked for.
    return own(service === 'receive-pack' ? 'push' : protocol !== undefined && /^version=[0-9]$/.test(protocol) ? protocol : '');
  };
}

/** Refuses with GDO4001. Git shows the line to the person where it asks for the list. */
function refuse(ports: GitPorts, call: GitCall, response: ServerResponse, sentence: string, drain: () => void): void {
  ports.metrics.add('gdo_peer_refused_total', { org: call.organization.name, code: 'GDO4001' });
  drain();
  text(response, 429, `GDO4001 ${sentence} Try again in ${retrySeconds} seconds.\n`, undefined, { 'retry-after': retrySeconds });
}
