// The node's two listeners: TCP, where it is configured, and the local socket, over which ssh and the command line reach the running node.
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, isIPv6, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { WorldError } from '../cli/command.ts';
import { listeningHelp } from '../cli/system-failure.ts';
import { makeFolders } from '../git/make-folders.ts';
import { sayInBand, servePeer } from '../receive/door.ts';
import { text, type Caller } from './answers.ts';
import type { NodeConfiguration } from './configuration.ts';
import { failureFields } from './log.ts';
import { judgePeerPush } from './push-judge.ts';
import { answerRequest, type RequestPorts } from './requests.ts';

/** Connections that are open at one time, whoever has them. */
const connectionsMax = 1_024;
/** A request has arrived whole by then, its head sooner. */
const requestMs = 300_000;
const headersMs = 15_000;
/** How often it is looked for requests that take longer; Node's own half a minute would let a slow head stay three times as long. */
const lookMs = 5_000;
/** Connections of one address, as a multiple of its open requests: one that is kept open between two requests is no fault. */
const connectionsPerRequest = 2;
/** A name that a caller on the local socket gives its peer. */
const peerNamePattern = /^[A-Za-z0-9:.@_-]{1,80}$/;
/** The longest path that every system takes for a socket. */
const socketPathMax = 103;

/**
 * Opens what the configuration names.
 * @param opened - hears each server as soon as it listens: one that nobody closes would keep a node from ending that could not open the next
 * @returns the port of TCP, if there is one
 * @throws WorldError GDO5024 where an address is taken
 */
export async function openListeners(ports: RequestPorts, opened: (one: Server) => void): Promise<number | undefined> {
  const { http, socket } = ports.configuration;
  const local = server(ports, (request) => ({ peer: headerOf(request, 'x-gdo-peer', peerNamePattern) ?? 'local', place: 'local' }));
  local.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    stream.unshift(head);
    void serveLine(ports, request, stream);
  });
  await freeSocket(socket);
  await listening(local, { path: socket }, socket);
  opened(local);
  chmodSync(socket, 0o660);
  if (http === undefined) return undefined;
  const open = server(ports, (request) => ({ peer: peerOf(request, ports.configuration), place: 'tcp' }));
  if (!http.behindProxy) limitConnections(ports, open);
  await listening(open, { host: http.host, port: http.port }, `${http.host}:${http.port}`);
  opened(open);
  return portOf(open.address());
}

function server(ports: RequestPorts, callerOf: (request: IncomingMessage) => Caller): Server {
  const made = createServer(
    { requestTimeout: requestMs, headersTimeout: headersMs, connectionsCheckingInterval: lookMs, maxHeaderSize: 16_384 },
    (request, response) => {
      response.on('error', () => response.destroy());
      answerRequest(ports, callerOf(request), request, response).catch((error: unknown) => {
        ports.log('error', { what: 'request failed', reason: error instanceof Error ? error.message : String(error) });
        text(response, 500, 'GDO5090 This is a fault of gdo itself.\n');
      });
    },
  );
  made.maxConnections = connectionsMax;
  made.on('clientError', (_error, stream) => stream.destroy());
  return made;
}

/**
 * Closes what one address opens beyond its share at once, before a byte is read: whoever sends heads slowly, or none, would have all connections of the node. Behind
 * the operator's own proxy all come from one address, and the proxy waits for slow heads itself.
 */
function limitConnections(ports: RequestPorts, made: Server): void {
  const most = ports.configuration.limits.connectionsPerPeer * connectionsPerRequest;
  const open = new Map<string, number>();
  made.on('connection', (socket) => {
    const peer = peerName(socket.remoteAddress ?? '');
    const count = (open.get(peer) ?? 0) + 1;
    open.set(peer, count);
    socket.on('close', () => {
      const left = (open.get(peer) ?? 1) - 1;
      if (left === 0) open.delete(peer);
      else open.set(peer, left);
    });
    if (count <= most) return;
    ports.metrics.add('gdo_connections_refused_total', {});
    socket.destroy();
  });
}

/** Whom the limits count for: the address, of IPv6 the part that one customer has; behind the operator's own proxy what that says. */
function peerOf(request: IncomingMessage, configuration: NodeConfiguration): string {
  const forwarded = configuration.http?.behindProxy === true ? [request.headers['x-forwarded-for']].flat()[0]?.split(',').at(-1)?.trim() : undefined;
  return peerName(forwarded ?? request.socket.remoteAddress ?? '');
}

function peerName(address: string): string {
  const plain = address.replace(/^::ffff:(?=[0-9.]+$)/, '').slice(0, 80);
  return isIPv6(plain) ? plain.split(':').slice(0, 4).join(':') : plain;
}

function headerOf(request: IncomingMessage, name: string, pattern: RegExp): string | undefined {
  const value = [request.headers[name]].flat()[0];
  return value !== undefined && pattern.test(value) ? value : undefined;
}

/** A line of ssh that `gdo node receive` hands on: after the answer it carries git's own conversation and nothing else. */
async function serveLine(ports: RequestPorts, request: IncomingMessage, stream: Duplex): Promise<void> {
  const [, name, service] = /^\/line\/([a-z0-9-]{1,40})\/(receive-pack|upload-pack)$/.exec(request.url ?? '') ?? [];
  const organization = ports.organizations.find((one) => one.name === name);
  if (organization === undefined || (service !== 'receive-pack' && service !== 'upload-pack') || ports.isStopping() || !organization.isOpen) {
    stream.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    return;
  }
  stream.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: gdo-line\r\n\r\n');
  const peer = headerOf(request, 'x-gdo-peer', peerNamePattern) ?? 'ssh';
  const say = sayInBand(stream);
  const isPush = service === 'receive-pack';
  const line = isPush ? ports.pushes : ports.fetches;
  const spent = isPush ? ports.quota.spent(peer) : undefined;
  const entry = spent === undefined ? await line.enter(peer) : ({ kind: 'full' } as const);
  if (entry.kind === 'full') {
    ports.metrics.add('gdo_peer_refused_total', { org: organization.name, code: 'GDO4001' });
    say('GDO4001 Too much comes from here at once. Try again in a minute.');
    stream.end();
    return;
  }
  const started = performance.now();
  const gone = new AbortController();
  stream.on('close', () => gone.abort());
  try {
    const judge = isPush ? (push: Parameters<typeof judgePeerPush>[1]) => judgePeerPush(organization, push, { peer, quota: ports.quota }) : undefined;
    const signal = AbortSignal.any([gone.signal, ports.stopped]);
    const code = await servePeer(organization.repository.gitDirectory, service, { input: stream, output: stream, say }, { judge, signal });
    ports.metrics.add(isPush ? 'gdo_pushes_total' : 'gdo_fetches_total', { org: organization.name, result: code === 0 ? 'ok' : 'failed' });
  } catch (error) {
    const fields = failureFields(error);
    ports.log('error', { what: 'git was not served', org: organization.name, ...fields });
    say(`${fields.code} ${fields.reason}`);
  } finally {
    entry.leave();
    stream.end();
    if (isPush) {
      ports.quota.use(peer, 'seconds', (performance.now() - started) / 1000);
      organization.received();
    }
  }
}

/** A socket that nobody listens on any more is left from a node that was killed. @throws WorldError GDO5024 where somebody does */
async function freeSocket(path: string): Promise<void> {
  if (Buffer.byteLength(path) > socketPathMax)
    throw new WorldError(
      'GDO5024',
      `The path of the local socket is longer than ${socketPathMax} bytes: ${path}`,
      'name a shorter one: `socket` in the configuration',
    );
  makeFolders(dirname(path), 0o700);
  if (!existsSync(path)) return;
  const isAnswered = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.on('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });
  if (isAnswered) throw new WorldError('GDO5024', `Another node listens on ${path}`, 'stop the other one first');
  rmSync(path, { force: true });
}

function listening(made: Server, place: { readonly path: string } | { readonly host: string; readonly port: number }, shown: string): Promise<void> {
  return new Promise((resolve, reject) => {
    made.once('error', (cause) => reject(new WorldError('GDO5024', `The node cannot listen on ${shown}: ${cause.message}`, listeningHelp(cause), cause)));
    made.listen(place, () => resolve());
  });
}

function portOf(address: AddressInfo | string | null): number | undefined {
  return address === null || typeof address === 'string' ? undefined : address.port;
}
