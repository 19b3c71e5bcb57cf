// A whole node from its start to its end: organizations, peers, listeners, and stopping in order. It decides nothing by itself.
import type { Server } from 'node:http';
import { WorldError } from '../cli/command.ts';
import type { World } from '../cli/world.ts';
import { runMax } from '../receive/unpack-together.ts';
import type { NodeConfiguration } from './configuration.ts';
import { freePart } from './disk.ts';
import { keepContents } from './keep-contents.ts';
import { keepTidy } from './tidying.ts';
import { openListeners } from './listener.ts';
import { failureFields, jsonLog, type Log } from './log.ts';
import { metricsRegistry, type Metrics } from './metrics.ts';
import { Organization, type OrganizationPorts } from './organization.ts';
import { PeerLine } from './pulling.ts';
import { quotaOf } from './quota.ts';
import { recently } from './recently.ts';
import { refLists } from './git-requests.ts';
import type { RequestPorts } from './requests.ts';
import { turnstile } from './turnstile.ts';

/** node.md section 8: the node ends within ten seconds; what is in the middle gets this long. */
const graceMs = 6_000;

/** Whoever sent something small that did not unpack beside others is unpacked alone for so long. */
const aloneMs = 60_000;

/** How a node ends. */
export type NodeEnd = 'stopped' | 'lost its lock';

/** What a node needs besides its configuration. `stop` resolves when it shall end; `started` hears the port of TCP. */
export interface NodePorts {
  readonly world: World;
  readonly program: OrganizationPorts['program'];
  readonly isClockConfirmed: boolean;
  readonly stop: Promise<void>;
  /** Rejects with an error that nothing in the node expected: it ends in order, and the error is the caller's to report. */
  readonly fault: Promise<never>;
  readonly started?: (port: number | undefined) => void;
}

/** Runs a node until it is told to stop. @throws WorldError where it cannot start: then nothing of it is left running */
export async function runNode(configuration: NodeConfiguration, ports: NodePorts): Promise<NodeEnd> {
  const { world } = ports;
  const log = jsonLog({ write: world.stderr, clockMs: world.clockMs, level: configuration.log });
  const organizations: Organization[] = [];
  const metrics = metricsRegistry((registry) => gauges(registry, organizations, world));
  const shared = { configuration, world, log, metrics, program: ports.program, isClockConfirmed: ports.isClockConfirmed };
  const stopped = new AbortController();
  let isStopping = false;
  let isAsked = false;
  void ports.stop.then(() => {
    isAsked = true;
  });
  const lines = new Map<Organization, readonly PeerLine[]>();
  const closing: (() => Promise<void>)[] = [];
  try {
    // Whoever looks whether the node lives gets an answer while ledgers are read.
    for (const one of configuration.organizations) organizations.push(new Organization(one, shared));
    const requestPorts: RequestPorts = {
      configuration,
      organizations,
      quota: quotaOf(configuration.limits, () => performance.now()),
      pushes: turnstile({ places: configuration.limits.pushesAtOnce, waiting: configuration.limits.connectionsPerPeer }),
      fetches: turnstile({ places: configuration.limits.fetchesAtOnce, waiting: configuration.limits.connectionsPerPeer }),
      together: turnstile({ places: 2 * runMax, waiting: configuration.limits.connectionsPerPeer }),
      alone: recently(aloneMs, () => performance.now()),
      metrics,
      log,
      stopped: stopped.signal,
      lists: refLists(stopped.signal),
      open: new Map(),
      hinted: (organization) => lines.get(organization)?.forEach((line) => line.hinted()),
      isStopping: () => isStopping,
      git: configuration.http?.git ?? false,
    };
    const port = await openListeners(requestPorts, (server) => closing.push(() => closeServer(server)));
    const losses: Promise<void>[] = [];
    for (const organization of organizations) {
      // One that cannot be served holds its lock already: kept, it would keep this process from ending too.
      closing.push(() => organization.stop());
      const { lost } = await organization.open();
      losses.push(lost);
      const housekeeping = keepTidy(organization, shared);
      // Before the repository is closed: the order in which all end is theirs.
      closing.push(() => housekeeping.stop());
      startPeers(organization, lines);
    }
    const contents = keepContents(organizations, shared);
    closing.push(() => contents.stop());
    log('info', { what: 'started', organizations: organizations.length, port });
    ports.started?.(port);
    const end = await Promise.race([
      ports.stop.then((): NodeEnd => 'stopped'),
      ...losses.map((lost) => lost.then((): NodeEnd => 'lost its lock')),
      ports.fault,
    ]);
    log(end === 'stopped' ? 'info' : 'error', { what: end === 'stopped' ? 'stopping' : 'lost its lock', next: 'what is in the middle is finished first' });
    return end;
  } catch (error) {
    // Ctrl-C and many supervisors send their signal to git's processes too: what then fails is no fault of a ledger.
    if (!isAsked) throw error;
    log('info', { what: 'stopped while starting', reason: failureFields(error).reason });
    return 'stopped';
  } finally {
    isStopping = true;
    await within(graceMs, [...[...lines.values()].flat().map((line) => line.stop()), ...closing.map((close) => close())], log);
    stopped.abort();
    log('info', { what: 'stopped' });
  }
}

function startPeers(organization: Organization, lines: Map<Organization, readonly PeerLine[]>): void {
  const own = organization.configuration.peers.map((peer) => new PeerLine(organization, peer));
  lines.set(organization, own);
  organization.onChange(() => {
    for (const line of own) line.tell();
  });
  for (const line of own) line.start();
  organization.received();
}

/** Stops taking requests and waits for those that are being answered. */
function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
  });
}

async function within(mostMs: number, works: readonly Promise<void>[], log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log('warning', {
        what: 'stopped in the middle',
        reason: `something did not end within ${mostMs / 1000} seconds`,
        next: 'nothing is lost; the next start goes on',
      });
      resolve();
    }, mostMs);
  });
  const ended = Promise.allSettled(works).then((results) => {
    for (const result of results) if (result.status === 'rejected') log('error', { what: 'did not stop in order', ...failureFields(result.reason) });
  });
  await Promise.race([ended, over]);
  clearTimeout(timer);
}

function gauges(metrics: Metrics, organizations: readonly Organization[], world: World): void {
  metrics.set('gdo_rss_bytes', {}, process.memoryUsage.rss());
  for (const organization of organizations) {
    const labels = { org: organization.name };
    metrics.set('gdo_ready', labels, organization.notReady() === undefined ? 1 : 0);
    const { view } = organization;
    if (view === undefined) continue;
    metrics.set('gdo_checkpoint_height', labels, view.tip.height);
    metrics.set('gdo_checkpoint_age_seconds', labels, Math.round((world.clockMs() - view.tip.timeMs) / 1000));
    metrics.set('gdo_window_batches', labels, view.pending.length);
    metrics.set('gdo_parked_batches', labels, view.rejected.filter((one) => one.kind === 'parked').length);
    metrics.set('gdo_disk_free_ratio', labels, freePart(organization.repository.gitDirectory));
  }
}

/** Refuses a configuration that no node of this version runs. @throws WorldError GDO4023 */
export function mustRunHere(): void {
  if (process.platform === 'win32') throw new WorldError('GDO4023', 'A node does not run on Windows', 'use Linux, or macOS for a try');
}
