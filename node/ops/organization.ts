// One organization that a node serves: its lock, its repository, its ledger in memory, and the turns in which it takes in what arrived and closes what is due.
// Peers are node/ops/pulling.ts's, pushes node/ops/push-judge.ts's.
import { dirname, join } from 'node:path';
import { nextDueMs, openRequirements } from '../../engine/index.ts';
import { closeEpochs } from '../cli/close-epochs.ts';
import { WorldError } from '../cli/command.ts';
import type { World } from '../cli/world.ts';
import { epochReason, mustRecallVotes } from '../gate/checkpoint-round.ts';
import { sweepObjects } from '../git/leftovers.ts';
import { findGitDirectory } from '../git/git-place.ts';
import { makeFolders } from '../git/make-folders.ts';
import { looseRefsCount, packRefs } from '../git/pack-refs.ts';
import { refsMark } from '../git/refs-mark.ts';
import { initRepository, openRepository, type Repository } from '../git/repository.ts';
import { voteStore, votesPath } from '../ledger/votes.ts';
import { openKey, type Signer } from '../ledger/keys.ts';
import { seatOf } from '../ledger/received.ts';
import { hasLedger, openLedger } from '../ledger/replay.ts';
import { followMain } from '../ledger/sync.ts';
import type { StoredBatch } from '../ledger/batch.ts';
import { withBatches, type LedgerView } from '../ledger/view.ts';
import { promoter, type Promote, type Promoter } from '../receive/promotion.ts';
import { mustBeWanted } from '../sync/wanted-ledger.ts';
import { unpackTogether, type UnpackTogether } from '../receive/unpack-together.ts';
import { installHooks } from '../receive/hook.ts';
import type { NodeConfiguration, OrganizationConfiguration } from './configuration.ts';
import { offerPieces } from './offer-pieces.ts';
import { holdLock, type HeldLock } from './lock.ts';
import { failureFields, type Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { sayWhereServed } from './served-by.ts';

/** What an organization works with. */
export interface OrganizationPorts {
  readonly configuration: NodeConfiguration;
  readonly world: World;
  readonly log: Log;
  readonly metrics: Metrics;
  /** What an installed hook calls where no node runs. */
  readonly program: { readonly nodePath: string; readonly gdoPath: string };
  /** The operator has looked at the clock after a long silence (GDO4020). */
  readonly isClockConfirmed: boolean;
}

/** Codes after which a node no longer trusts its own state: it keeps and passes on, and closes nothing until it is started again. */
const doubts: readonly string[] = ['GDO1070', 'GDO1071', 'GDO4010', 'GDO4012', 'GDO4013'];
/** A clock is behind when it is this much earlier than the last checkpoint; epochs of one round are a millisecond apart. */
const clockSlackMs = 1_000;
/** After a failure the next turn comes so much later, each time twice as late. */
const againMs = { least: 500, most: 60_000 } as const;
/** Turns come at least this often, whatever the timer of a due instant did while the machine slept. */
const turnMsMost = 30_000;
/** A turn reads every ref: while many push, it comes once for all that arrive in this time. */
const gatherMs = 1_000;

/** As many files of refs as are read one by one in the time that starting git takes. */
const looseRefsMax = 512;

/** Why an organization is not ready. */
export interface Fault {
  readonly code: string;
  readonly reason: string;
  readonly next: string;
}

/** One organization. */
export class Organization {
  readonly configuration: OrganizationConfiguration;
  readonly ports: OrganizationPorts;
  /** The ledger as of the last turn; undefined while there is none. */
  view: LedgerView | undefined;
  private opened: Repository | undefined;
  private promotes: Promoter | undefined;
  private unpacks: UnpackTogether | undefined;
  private lock: HeldLock | undefined;
  private signer: Signer | undefined;
  private timer: NodeJS.Timeout | undefined;
  private timerAtMs = Number.POSITIVE_INFINITY;
  private running: Promise<void> | undefined;
  private isStale = true;
  private isStopped = false;
  /** Of the refs that the view was read from. */
  private readMark: string | undefined;
  private failures = 0;
  private fault: Fault | undefined;
  private areVotesRecalled = false;
  private isDoubtful = false;
  private askedAtMs = Number.NEGATIVE_INFINITY;
  private readonly listeners: (() => void)[] = [];

  constructor(configuration: OrganizationConfiguration, ports: OrganizationPorts) {
    this.configuration = configuration;
    this.ports = ports;
  }

  get name(): string {
    return this.configuration.name;
  }

  /** Whether its repository is open and locked. */
  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  get repository(): Repository {
    if (this.opened === undefined) throw new WorldError('GDO5020', `The ledger of ${this.name} is not open`, 'wait until the node is ready');
    return this.opened;
  }

  /** Takes the lock, opens or makes the repository and puts the gate into it. @returns when the lock is lost @throws WorldError where it cannot be served */
  async open(): Promise<{ readonly lost: Promise<void> }> {
    const { repository: path, key } = this.configuration;
    makeFolders(dirname(path), 0o700);
    const place = findGitDirectory(path);
    if (place?.workTree !== undefined)
      throw new WorldError('GDO5020', `${path} is somebody's clone, and a node serves a bare repository`, 'make one:  git clone --mirror CLONE ledger.git');
    this.lock = await holdLock(join(path, 'gdo', 'node.lock'));
    this.opened = place === undefined ? await initRepository(path, 'bare') : openRepository(path);
    this.promotes = promoter(this.opened);
    this.unpacks = unpackTogether(this.opened.gitDirectory);
    sweepObjects(path);
    await installHooks(this.opened, this.ports.program);
    await offerPieces(this.opened);
    sayWhereServed(path, { name: this.name, socket: this.ports.configuration.socket });
    if (key !== undefined) this.signer = openKey(key, this.ports.world.env);
    if (await hasLedger(this.opened)) {
      const view = await this.openOwn(this.opened);
      const { unusedSnapshot: unused } = view;
      if (unused !== undefined) this.ports.log('warning', { what: 'a snapshot was not used', org: this.name, ...unused, next: 'run `gdo audit`' });
      this.accept(view);
      this.view = view;
    }
    return { lost: this.lock.lost };
  }

  /** This copy took in nothing that its gdo had not computed itself: where it now comes to something else, either has changed. @throws WorldError GDO4012 */
  private async openOwn(repository: Repository): Promise<LedgerView> {
    try {
      return await openLedger(repository, undefined, 'snapshot');
    } catch (error) {
      if (!(error instanceof WorldError) || error.code !== 'GDO1070') throw error;
      throw new WorldError(
        'GDO4012',
        `This version of gdo does not come to what was final here before: ${error.message}`,
        'start the version that ran before; if it says the same, this copy was changed: compare it with another one by `gdo audit`',
        error,
      );
    }
  }

  /** Whether a ledger is the one that the configuration names. @throws WorldError GDO5020 another organization, GDO1070 another line, GDO4002 too short to tell */
  accept(view: LedgerView): void {
    mustBeWanted(view, this.configuration);
  }

  /** Calls `listener` after every turn that changed something. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Something arrived: a turn comes soon, and takes in what arrives until then. */
  received(): void {
    this.isStale = true;
    this.wakeIn(Math.min(gatherMs, this.ports.configuration.closeMilliseconds ?? gatherMs));
  }

  /** Batches were judged on this view or an earlier one and are in the repository: what builds on them need not wait for a turn. */
  taken(batches: readonly StoredBatch[]): void {
    if (this.view !== undefined) this.view = withBatches(this.view, batches, []);
    this.received();
  }

  private get promoter(): Promoter {
    if (this.promotes === undefined) throw new WorldError('GDO5020', `The ledger of ${this.name} is not open`, 'wait until the node is ready');
    return this.promotes;
  }

  /** Takes pushes of this node's own peers in. */
  get promote(): Promote {
    return this.promoter.promote;
  }

  /** Unpacks small pushes of this node's own peers. */
  get unpackTogether(): UnpackTogether {
    if (this.unpacks === undefined) throw new WorldError('GDO5020', `The ledger of ${this.name} is not open`, 'wait until the node is ready');
    return this.unpacks;
  }

  /** Does something while no push is taken in. */
  between(act: () => Promise<void>): Promise<void> {
    return this.promoter.between(act);
  }

  /** Resolves when what had arrived before the call is in the view. */
  async refreshed(): Promise<void> {
    while (this.isStale && !this.isStopped && this.failures === 0) {
      this.wakeIn(0);
      await (this.running ?? new Promise((resolve) => setTimeout(resolve, 1)));
    }
  }

  /** Whether the view may lack what arrived. */
  get isBehind(): boolean {
    return this.isStale;
  }

  /** Why this organization is not ready, or undefined. */
  notReady(): Fault | undefined {
    if (this.fault !== undefined) return this.fault;
    if (this.view === undefined) return { code: 'GDO5020', reason: 'there is no ledger here yet', next: 'a peer that has it must be reachable' };
    const ageMs = this.ports.world.clockMs() - this.view.tip.timeMs;
    // A witness that waits for its clock to be confirmed says so itself; for any other node an old checkpoint means that it hears from nobody.
    if (ageMs > 2 * this.view.genesis.params.heartbeatMs)
      return {
        code: 'GDO4002',
        reason: `the newest checkpoint is ${Math.round(ageMs / 3_600_000)} hours old`,
        next: 'look whether the witness runs and can be reached',
      };
    return undefined;
  }

  /** Stops closing epochs: what was just seen may mean that this node's state, or a witness, is not what it should be. */
  doubt(fault: Fault): void {
    this.isDoubtful = true;
    this.setFault(fault);
    this.ports.log('error', { what: 'stopped closing epochs', org: this.name, ...fault });
  }

  /** Ends after the turn that runs. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
    this.opened?.close();
    await this.lock?.release();
  }

  /** Lets a turn come at the latest in so many milliseconds. */
  wakeIn(delayMs: number): void {
    if (this.isStopped) return;
    const atMs = performance.now() + delayMs;
    if (atMs >= this.timerAtMs) return;
    clearTimeout(this.timer);
    this.timerAtMs = atMs;
    this.timer = setTimeout(() => {
      this.timerAtMs = Number.POSITIVE_INFINITY;
      if (this.running !== undefined) return this.wakeIn(20);
      this.running = this.turn().finally(() => {
        this.running = undefined;
      });
    }, delayMs);
  }

  private async turn(): Promise<void> {
    const { log, metrics } = this.ports;
    try {
      await this.work();
      if (!this.isDoubtful) this.setFault(undefined);
      this.failures = 0;
    } catch (error) {
      const fields = failureFields(error);
      // The signal that ends the node may have reached the git of this turn too. The next start does it again.
      if (this.isStopped) return log('info', { what: 'stopped in a turn', org: this.name, reason: fields.reason });
      metrics.add('gdo_failures_total', { org: this.name, code: fields.code });
      this.failures += 1;
      // Somebody else may have closed an epoch here: what then is still in doubt, is.
      if (doubts.includes(fields.code) && (fields.code !== 'GDO1071' || this.failures > 1)) this.isDoubtful = true;
      this.setFault(fields);
      log('error', { what: 'turn failed', org: this.name, ...fields });
      this.wakeIn(Math.min(againMs.most, againMs.least * 2 ** this.failures));
    }
    this.wakeIn(turnMsMost);
  }

  private async work(): Promise<void> {
    const before = this.view;
    if (before === undefined && !(await hasLedger(this.repository))) return;
    this.isStale = false;
    const { gitDirectory } = this.repository;
    if (looseRefsCount(gitDirectory, 'refs/gdo/log') > looseRefsMax) await packRefs(gitDirectory);
    // Taken before anything is read: what moves meanwhile is read again. Most turns end here, without any process of git.
    const mark = refsMark(gitDirectory);
    const isRead = before !== undefined && mark !== undefined && mark === this.readMark;
    this.readMark = undefined;
    let view = isRead ? before : await openLedger(this.repository, before, 'snapshot');
    if (before === undefined) this.accept(view);
    this.view = view;
    if (this.configuration.role === 'witness') view = await this.close(view);
    if (!isRead || view !== before) {
      const moved = await followMain(view);
      if (moved.kind === 'differs') throw new WorldError(moved.code, moved.reason, `look at it:  git log main   then move it back to ${view.mainCommit}`);
    }
    this.view = view;
    this.readMark = mark;
    if (view !== before) for (const listener of this.listeners) listener();
  }

  /** Closes epochs if something is due and the last one is long enough ago. */
  private async close(view: LedgerView): Promise<LedgerView> {
    const { world, log, metrics, configuration } = this.ports;
    const { signer } = this;
    if (signer === undefined || this.isDoubtful) return view;
    if (view.genesis.finality === 'F1')
      throw new WorldError('GDO4004', 'This organization makes checkpoints final by a stream, and this node has none', 'set its role to keeper');
    if (seatOf(view, signer.device) === undefined)
      throw new WorldError('GDO5021', 'The key of this node is no witness of the organization', 'name the key of the steward, or set the role to keeper');
    // At once, and not when the next epoch is due: whoever restored it looks whether it is ready, and goes home.
    if (!this.areVotesRecalled) mustRecallVotes({ view, signer, votes: voteStore(votesPath(view.repository)) });
    this.areVotesRecalled = true;
    const nowMs = world.clockMs();
    this.mustHaveClock(view, nowMs);
    // What a program did not answer is asked again: its engine may be back.
    const isAsked = openRequirements(view.state).length > 0 && performance.now() - this.askedAtMs >= turnMsMost;
    const reason = (await epochReason(view, nowMs)) ?? (isAsked ? 'requirements' : undefined);
    const earliestMs = view.tip.timeMs + (configuration.closeMilliseconds ?? view.genesis.params.minIntervalMs);
    if (reason === undefined || (reason === 'batches' && nowMs < earliestMs)) {
      this.wakeIn(reason === undefined ? Math.max(1, (nextWakeMs(view) ?? nowMs + turnMsMost) - nowMs) : earliestMs - nowMs);
      return view;
    }
    const started = performance.now();
    this.askedAtMs = started;
    const report = await closeEpochs(view, signer, { ...world, env: { ...world.env, DOCKER_HOST: engineOf(configuration) } });
    metrics.observe('gdo_fold_seconds', { org: this.name }, (performance.now() - started) / 1000);
    metrics.add('gdo_epochs_total', { org: this.name }, report.closed);
    metrics.add('gdo_votes_total', { org: this.name }, report.closed);
    const { tip } = report.view;
    log('info', { what: 'closed epochs', org: this.name, height: tip.height, checkpoint: tip.id, events: tip.statement.events, because: reason });
    for (const { code, reason: why } of report.left) log('debug', { what: 'batch left out', org: this.name, code, reason: why });
    for (const { code, reason: why, dapp } of report.unanswered) log('warning', { what: 'no verdict', org: this.name, code, reason: `${dapp}: ${why}` });
    this.wakeIn(Math.max(againMs.least, (nextWakeMs(report.view) ?? nowMs + turnMsMost) - nowMs));
    return report.view;
  }

  /** @throws WorldError GDO4020 where the clock cannot be believed */
  private mustHaveClock(view: LedgerView, nowMs: number): void {
    const { timeMs } = view.tip;
    if (nowMs + clockSlackMs < timeMs)
      throw new WorldError(
        'GDO4020',
        'The clock of this machine is behind the last checkpoint',
        'set the clock: `timedatectl` says whether it is synchronised',
      );
    // A clock that jumped ahead would end every vote at once, for good.
    if (view.tip.height > 0 && nowMs - timeMs > 2 * view.genesis.params.heartbeatMs && !this.ports.isClockConfirmed)
      throw new WorldError(
        'GDO4020',
        'The last checkpoint is long ago, or the clock of this machine is ahead',
        'look at `date -u`; if it is right, start with --confirm-clock',
      );
  }

  private setFault(fault: Fault | undefined): void {
    if (this.fault !== undefined && fault === undefined) this.ports.log('info', { what: 'ready again', org: this.name });
    this.fault = fault;
  }
}

/** When the next instant is due for which a witness closes an epoch. */
function nextWakeMs(view: LedgerView): number | undefined {
  return Math.min(nextDueMs(view.state) ?? Number.POSITIVE_INFINITY, view.tip.timeMs + view.genesis.params.heartbeatMs);
}

function engineOf(configuration: NodeConfiguration): string {
  // Without an engine a socket that nobody listens on: what is not configured is not looked for.
  return `unix://${configuration.containers ?? '/nonexistent/engine.sock'}`;
}
