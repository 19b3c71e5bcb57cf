// Git over HTTP for one caller: within its quota, in its turn, through the door of node/receive, with pushes judged in this process.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { WorldError } from '../cli/command.ts';
import { serveHttp, type GitRequest } from '../receive/http-door.ts';
import { text, type Caller } from './answers.ts';
import type { NodeConfiguration } from './configuration.ts';
import type { Log } from './log.ts';
import { failureFields } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Organization } from './organization.ts';
import { judgePeerPush } from './push-judge.ts';
import type { Quota } from './quota.ts';
import { spool } from './spool.ts';
import type { Turnstile } from './turnstile.ts';

/** What serving git needs. */
export interface GitPorts {
  readonly configuration: NodeConfiguration;
  readonly quota: Quota;
  readonly pushes: Turnstile;
  readonly fetches: Turnstile;
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

/** What a push may be long (node.md section 3), and the question of a fetch: a list of what the other side has. */
const bodyBytesMax = { 'receive-pack': 67_108_864, 'upload-pack': 8_388_608 } as const;
const retrySeconds = '10';

/** Answers one request of git. */
export async function answerGit(ports: GitPorts, call: GitCall, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { peer } = call.caller;
  const open = ports.open.get(peer) ?? 0;
  if (open >= ports.configuration.limits.connectionsPerPeer)
    return refuse(ports, call, response, 'Too many requests from here are open.', () => request.resume());
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
    return refuse(ports, call, response, `Too much was pushed from here in a minute (${spent}).`, () => request.resume());
  const body = await spool(asked.act === 'list' ? Readable.from([]) : request, {
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
    // A list is quick and taken with the fetches; what unpacks and checks has a line of its own.
    const line = asked.service === 'receive-pack' && asked.act === 'call' ? ports.pushes : ports.fetches;
    const entry = await line.enter(caller.peer);
    if (entry.kind === 'full') return refuse(ports, call, response, 'Too many requests from here wait already.', () => undefined);
    try {
      if (!response.destroyed) await serve(ports, call, { body, request, response });
    } finally {
      entry.leave();
      if (line === ports.pushes) ports.metrics.observe('gdo_push_seconds', { org: organization.name }, (performance.now() - started) / 1000);
    }
  } finally {
    body.drop();
  }
}

async function serve(
  ports: GitPorts,
  call: GitCall,
  io: { readonly body: Extract<Awaited<ReturnType<typeof spool>>, { kind: 'whole' }>; readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const { caller, organization, asked } = call;
  const { request, response, body } = io;
  const started = performance.now();
  // Whoever goes away takes its work along; so does the end of the node.
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const header = (name: string): string | undefined => [request.headers[name]].flat()[0];
  const isPush = asked.service === 'receive-pack' && asked.act === 'call';
  try {
    const end = await serveHttp(
      organization.repository.gitDirectory,
      asked,
      { input: body.open(), bytesCount: body.bytesCount, encoding: header('content-encoding'), protocol: header('git-protocol') },
      {
        head: (status, headers) => response.writeHead(status, headers),
        write: (part) => {
          response.write(part);
        },
        sink: response,
      },
      {
        signal: AbortSignal.any([gone.signal, ports.stopped]),
        judge: isPush ? (push) => judgePeerPush(organization, push, { peer: caller.peer, quota: ports.quota }) : undefined,
      },
    );
    if (end.fault !== undefined) throw end.fault;
    if (!end.isAnswered) text(response, 502, 'GDO5024 Git did not answer.\n');
    else response.end();
    ports.metrics.add(isPush ? 'gdo_pushes_total' : 'gdo_fetches_total', { org: organization.name, result: end.code === 0 ? 'ok' : 'failed' });
  } catch (error) {
    const fields = failureFields(error);
    ports.log('error', { what: 'git was not served', org: organization.name, ...fields });
    ports.metrics.add('gdo_failures_total', { org: organization.name, code: fields.code });
    if (response.headersSent) response.destroy();
    else text(response, error instanceof WorldError && error.code === 'GDO5020' ? 404 : 500, `${fields.code} ${fields.reason}\n`);
  } finally {
    if (isPush) {
      ports.quota.use(caller.peer, 'seconds', (performance.now() - started) / 1000);
      organization.received();
    }
  }
}

/** Refuses with GDO4001. Git shows the line to the person where it asks for the list. */
function refuse(ports: GitPorts, call: GitCall, response: ServerResponse, sentence: string, drain: () => void): void {
  ports.metrics.add('gdo_peer_refused_total', { org: call.organization.name, code: 'GDO4001' });
  drain();
  text(response, 429, `GDO4001 ${sentence} Try again in ${retrySeconds} seconds.\n`, undefined, { 'retry-after': retrySeconds });
}
