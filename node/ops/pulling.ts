// What an organization does with its peers: asks each of them again and again, earlier on a hint, and tells them when something is new. Lost hints cost delay
// only: asking goes on (node.md section 7).
import { gitOutput } from '../git/child.ts';
import { listOverHttp } from '../git/portable-transport.ts';
import { refsMark } from '../git/refs-mark.ts';
import { pushRefs } from '../git/transport.ts';
import { fetchLedger } from '../sync/fetch-ledger.ts';
import { hintAddress, remoteOf, sendHint } from '../sync/peer.ts';
import { WorldError } from '../cli/command.ts';
import type { PeerConfiguration } from './configuration.ts';
import { failureFields } from './log.ts';
import type { Organization } from './organization.ts';

/** A mirror that does not take what is new is tried less and less often, up to this. Asking costs little and goes on as usual. */
const silentMsMost = 900_000;
/** A hint brings the next question this near, and no nearer: hints cost nothing to make. */
const hintMsLeast = 500;
/** Each time is up to a fifth earlier or later, so that nodes that start together do not ask together. */
const spread = 0.2;
/** The ledger moved while it was compared: asked again at once, so often. */
const conflictsMost = 3;

/** The refs that a mirror gets. A log goes another way where the branch that did not count is replaced. */
const mirrored = ['genesis', 'checkpoint', 'cosign/*', 'receipt/*', 'proposal/*', 'blob/*'].map((name) => `refs/gdo/${name}:refs/gdo/${name}`);

/** Asks one peer and tells it what is new, until it is stopped. */
export class PeerLine {
  private readonly organization: Organization;
  private readonly peer: PeerConfiguration;
  private timer: NodeJS.Timeout | undefined;
  private timerAtMs = Number.POSITIVE_INFINITY;
  private askedAtMs = Number.NEGATIVE_INFINITY;
  private running: Promise<void> | undefined;
  private silences = 0;
  private isStopped = false;
  private told = '';
  /** What was there and here when everything of it had been taken. */
  private heard: string | undefined;
  private refusedBefore = '';

  constructor(organization: Organization, peer: PeerConfiguration) {
    this.organization = organization;
    this.peer = peer;
  }

  start(): void {
    this.askIn(0);
    // Whoever missed what this node said before it ended hears of it now.
    this.tell();
  }

  /** Something is new there, somebody says. */
  hinted(): void {
    this.askIn(Math.max(0, this.askedAtMs + hintMsLeast - performance.now()));
  }

  /** Tells the peer what is new here: it gets everything where it is a mirror, a hint where it is a node. */
  tell(): void {
    const { view } = this.organization;
    const heads = view === undefined ? '' : `${view.tip.id} ${view.seen.size}`;
    if (view === undefined || this.isStopped || this.told === heads) return;
    this.told = heads;
    const address = hintAddress(this.peer);
    const telling = this.peer.mirror ? this.mirror() : address === undefined ? undefined : sendHint(address, { org: view.org, height: view.tip.height });
    telling?.catch((error: unknown) => {
      // Told again at the next change, and with the next question.
      this.told = '';
      this.note('debug', 'peer was not told', failureFields(error));
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private askIn(delayMs: number): void {
    const atMs = performance.now() + delayMs;
    if (this.isStopped || atMs >= this.timerAtMs) return;
    clearTimeout(this.timer);
    this.timerAtMs = atMs;
    this.timer = setTimeout(() => {
      this.timerAtMs = Number.POSITIVE_INFINITY;
      if (this.running !== undefined) return this.askIn(hintMsLeast);
      this.running = this.ask().finally(() => {
        this.running = undefined;
      });
    }, delayMs);
  }

  private async ask(): Promise<void> {
    const { metrics, configuration } = this.organization.ports;
    const labels = { org: this.organization.name, peer: this.peer.name };
    this.askedAtMs = performance.now();
    const usualMs = configuration.pullSeconds * 1_000 * (1 + spread * (2 * Math.random() - 1));
    try {
      if (this.peer.mirror) this.tell();
      else await this.pull();
      if (this.silences > 0) this.note('info', 'peer answers again', {});
      this.silences = 0;
      metrics.add('gdo_pulls_total', { ...labels, result: 'ok' });
      this.askIn(usualMs);
    } catch (error) {
      const fields = failureFields(error);
      metrics.add('gdo_pulls_total', { ...labels, result: fields.code });
      this.silences += 1;
      if (fields.code === 'GDO1071') this.organization.doubt(fields);
      // Said once when it begins; a peer that stays away fills no disk. What is wrong with what it sends is said each time.
      if (this.silences === 1 || fields.code !== 'GDO4002') this.note('warning', 'peer was not asked', fields);
      this.askIn(this.peer.mirror ? Math.min(silentMsMost, usualMs * 2 ** Math.min(this.silences - 1, 10)) : usualMs);
    }
  }

  private async pull(): Promise<void> {
    const { organization, peer } = this;
    const { metrics, world } = organization.ports;
    const labels = { org: organization.name, peer: peer.name };
    const { view: previous, repository } = organization;
    const remote = remoteOf(peer, world.env['SSH_AUTH_SOCK']);
    const both = previous === undefined ? undefined : await this.hear(repository.gitDirectory);
    if (both !== undefined && both === this.heard) return;
    this.heard = undefined;
    const accepts = previous === undefined ? this.acceptNew : undefined;
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        const fetched = await fetchLedger({ repository, remote, from: 'peer', previous, ...(accepts === undefined ? {} : { accepts }) });
        metrics.add('gdo_peer_objects_total', labels, fetched.objectsCount);
        for (const { code } of fetched.refused) metrics.add('gdo_peer_refused_total', { ...labels, code });
        const refused = fetched.refused.map(({ ref, code, reason }) => `${code} ${ref}: ${reason}`).join('; ');
        if (refused !== '' && refused !== this.refusedBefore) this.note('warning', 'not taken from peer', { reason: refused });
        this.refusedBefore = refused;
        if (fetched.moved.length > 0) {
          this.note('info', 'fetched from peer', { refs: fetched.moved.length, objects: fetched.objectsCount, height: fetched.view.tip.height });
          // Nothing was judged twice where nothing else came meanwhile.
          if (organization.view === previous) organization.view = fetched.view;
          organization.received();
        }
        if (refused === '') this.heard = both;
        return;
      } catch (error) {
        if (!(error instanceof WorldError) || error.code !== 'GDO1043' || conflicts >= conflictsMost) throw error;
      }
    }
  }

  /** The refs of a peer behind HTTP and a mark of ours, asked for without git: mostly they are those of before. Undefined where that cannot be told so. */
  private async hear(gitDirectory: string): Promise<string | undefined> {
    const { address } = this.peer;
    const mark = refsMark(gitDirectory);
    if (mark === undefined || !/^https?:/.test(address)) return undefined;
    try {
      const refs = await listOverHttp(address);
      return [mark, ...refs.map(({ ref, id }) => `${ref} ${id}`)].join('\n');
    } catch (error) {
      // Git may reach it all the same, and else says why not.
      if (error instanceof WorldError) return undefined;
      throw error;
    }
  }

  /** A newcomer believes no peer: the checkpoint that its operator was given must be in the ledger. */
  private readonly acceptNew: (view: Parameters<Organization['accept']>[0]) => void = (view) => {
    const { configuration } = this.organization;
    if (configuration.checkpoint === undefined)
      throw new WorldError(
        'GDO5010',
        `Nothing says which checkpoint of ${configuration.name} is the right one, and this node has no ledger yet`,
        'name `checkpoint` in the configuration: ask two people who do not know of each other for its id',
      );
    this.organization.accept(view);
  };

  private async mirror(): Promise<void> {
    const { repository, ports } = this.organization;
    const has =
      (await gitOutput({ gitDirectory: repository.gitDirectory, arguments: ['for-each-ref', '--count=1', '--format=1', 'refs/gdo/genesis'] })).length > 0;
    if (!has) return;
    const refspecs = [...mirrored, '+refs/gdo/log/*:refs/gdo/log/*', 'refs/heads/main:refs/heads/main'];
    const pushed = await pushRefs(repository, remoteOf(this.peer, ports.world.env['SSH_AUTH_SOCK']), refspecs);
    const refused = pushed.refs.filter((ref) => !ref.accepted);
    if (refused[0] !== undefined)
      throw new WorldError(
        'GDO4002',
        `The mirror ${this.peer.name} refused ${refused.length} refs: ${refused[0].ref} ${refused[0].reason}`,
        'look at its settings',
      );
  }

  private note(level: 'info' | 'warning' | 'debug', what: string, fields: Readonly<Record<string, string | number>>): void {
    this.organization.ports.log(level, { what, org: this.organization.name, peer: this.peer.name, ...fields });
  }
}
