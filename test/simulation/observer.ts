// Watches a run from outside and checks the invariants of security.md section 4 at every step. It knows what all machines know and trusts none of them.
import {
  decodeReceipt,
  decodeVote,
  deviceOf,
  entriesUnder,
  finalHeads,
  readArmour,
  readEntry,
  readEvidence,
  receiptId,
  stateRoot,
  type Receipt,
} from '../../engine/index.ts';
import { readCommitLinks, readTree } from '../../node/git/object.ts';
import type { StreamDraft } from '../../node/finality/stream.ts';
import type { StoredBatch } from '../../node/ledger/batch.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { checkCases } from './cases.ts';
import { finalEpoch, plainOrder, plainTimes, type FinalEpoch } from './final-epoch.ts';
import type { Disk } from '../../node/story/disk.ts';
import { Governed } from './governed.ts';
import { Violation, type Machine } from './machine.ts';
import { checkMoney } from './money.ts';
import { checkPowers } from './powers.ts';

/** Votes that decide, by the number of witnesses from 0 to 9. */
const quorums: readonly number[] = [0, 1, 2, 2, 3, 4, 4, 5, 6, 6];

/** Who may do what an honest one does not. */
export interface ObserverInput {
  readonly engine: 0 | 1;
  readonly liars: ReadonlySet<string>;
  readonly mayFork: ReadonlySet<string>;
}

/** The observer of one run. */
export class Observer {
  private readonly input: ObserverInput;
  private readonly finalIds: string[] = [];
  private readonly heightOf = new Map<string, number>();
  private readonly seenHeights = new Map<number, number>();
  private readonly values = new Map<string, string>();
  private readonly receipts = new Map<string, Receipt>();
  private readonly written = new Map<string, StoredBatch>();
  /** Witness, height and value of every vote, from the stream and from git. */
  private readonly votes = new Set<string>();
  /** Commits of statements that were read. */
  private readonly read = new Set<string>();
  private readonly remembered = { results: new Map<string, string>(), opened: new Map<string, number>(), pinned: new Map<string, string>() };
  /** Members who are shown to have signed two things as witnesses, while they have their seat. */
  private readonly proven = new Set<string>();
  private readonly balances = new Map<string, bigint>();
  private readonly governed = new Governed();
  /** The latest instant that anybody signed. */
  latestMs = 0;
  /** Epochs that were checked. */
  epochs = 0;

  constructor(input: ObserverInput) {
    this.input = input;
  }

  /** A statement has left a machine. @param isOnDisk - whether its disk holds a text */
  sent(draft: StreamDraft, isOnDisk: (text: string) => boolean): void {
    const read = readArmour(draft.armour);
    const device = read.kind === 'ok' ? deviceOf(read.signature.key) : '';
    if (draft.kind === 'receipt') {
      const receipt = decodeReceipt(draft.bytes);
      if (receipt.kind === 'refused') return;
      this.receipts.set(receiptId(draft.bytes), receipt.statement);
      this.latestMs = Math.max(this.latestMs, receipt.statement.upToMs);
      if (!this.input.liars.has(device)) this.once('I16', `receipt ${device} ${receipt.statement.seq}`, receiptId(draft.bytes));
    }
    if (draft.kind !== 'vote') return;
    const vote = decodeVote(draft.bytes);
    if (vote.kind === 'refused') return;
    this.votes.add(`${device} ${vote.statement.height} ${vote.statement.value}`);
    if (this.input.liars.has(device)) return;
    this.once('I16', `vote ${device} ${vote.statement.height}`, vote.statement.value);
    if (!isOnDisk(vote.statement.value)) throw new Violation('I16', `a vote for height ${vote.statement.height} has left and is not on disk`);
  }

  /** Somebody has written a batch. */
  wrote(stored: StoredBatch): void {
    this.written.set(stored.batch.id, stored);
  }

  /** What must be one value whoever says it. */
  private once(invariant: string, name: string, value: string): void {
    const known = this.values.get(name);
    if (known !== undefined && known !== value) throw new Violation(invariant, `two values for ${name}: ${known.slice(0, 8)} and ${value.slice(0, 8)}`);
    this.values.set(name, value);
  }

  /** Receipts and votes as they lie in a machine's git, each signed by the key of its ref. */
  private readStatements(disk: Disk): void {
    for (const [ref, tip] of disk.refsUnder('refs/gdo/')) {
      const [, kind, device] = /^refs\/gdo\/(receipt|cosign)\/(.*)$/.exec(ref) ?? [];
      if (kind === undefined || device === undefined) continue;
      for (let at: string | undefined = tip; at !== undefined && !this.read.has(at);) {
        this.read.add(at);
        const commit = readCommitLinks(disk.object(at)?.bytes ?? new Uint8Array());
        const rows = readTree(disk.object(commit?.tree ?? '')?.bytes ?? new Uint8Array()) ?? [];
        const [statement, signature] = rows.map(({ id }) => disk.object(id)?.bytes ?? new Uint8Array());
        const signed = readArmour(Buffer.from(signature ?? []).toString('utf8'));
        if (statement === undefined || signed.kind === 'refused' || deviceOf(signed.signature.key) !== device)
          throw new Violation('I17', `a statement of ${device.slice(0, 8)} is not signed by its key`);
        const [receipt, vote] = [decodeReceipt(statement), decodeVote(statement)];
        if (kind === 'receipt' && receipt.kind === 'ok') this.receipts.set(receiptId(statement), receipt.statement);
        if (kind === 'cosign' && vote.kind === 'ok') this.votes.add(`${device} ${vote.statement.height} ${vote.statement.value}`);
        at = commit?.parents[0];
      }
    }
  }

  /** Looks at what a machine holds after something happened to it. */
  async look(view: LedgerView, { index: machine, disk }: Pick<Machine, 'index' | 'disk'>): Promise<void> {
    const from = (this.seenHeights.get(machine) ?? 0) + 1;
    if (from <= view.tip.height) this.readStatements(disk);
    for (const id of view.batches.keys()) if (!this.written.has(id)) throw new Violation('I20', `machine ${machine} holds a batch that nobody wrote`);
    for (let height = Math.min(from, view.tip.height + 1); height <= view.tip.height; height += 1) {
      const checkpoint = view.checkpoints[height];
      if (checkpoint === undefined) continue;
      const known = this.finalIds[height];
      if (known !== undefined && known !== checkpoint.id) throw new Violation('I02', `two final checkpoints at height ${height}`);
      if (known === undefined) {
        this.finalIds[height] = checkpoint.id;
        const epoch = finalEpoch(view, height);
        if (epoch !== undefined) await this.check(view, epoch);
      }
      if (stateRoot(checkpoint.state) !== checkpoint.statement.state)
        throw new Violation('I01', `the state of machine ${machine} is not that of checkpoint ${height}`);
    }
    this.seenHeights.set(machine, view.tip.height);
    const old = view.checkpoints[view.tip.height >> 1];
    if (old !== undefined && stateRoot(old.state) !== old.statement.state) throw new Violation('I13', `the state at height ${old.height} has changed`);
  }

  /** The checks of one final epoch, made once. */
  private async check(view: LedgerView, epoch: FinalEpoch): Promise<void> {
    this.epochs += 1;
    const { height } = epoch;
    const witnesses = this.witnessesBefore(view, epoch);
    const voters = witnesses.filter((device) => this.votes.has(`${device} ${height} ${this.finalIds[height]}`));
    const all = this.witnessesCount(view, epoch);
    // More than two thirds where a third may lie: the table of ledger.md section 12.
    if (voters.length < (quorums[all] ?? all)) throw new Violation('I02', `epoch ${height} is final by ${voters.length} of ${all} votes`);
    const times = plainTimes(epoch, this.receipts, witnesses);
    const order = plainOrder(epoch.batches, times);
    const judged = epoch.batches.map(({ id }) => id);
    if (order.join() !== judged.join()) throw new Violation('I08', `the order of epoch ${height} is not that of receipt time and batch id`);
    for (const batch of epoch.batches) {
      const before = this.heightOf.get(batch.id);
      if (before !== undefined) throw new Violation('I13', `batch ${batch.id.slice(0, 8)} is in epochs ${before} and ${height}`);
      this.heightOf.set(batch.id, height);
      if ((times.get(batch.id) ?? -1) < 0) throw new Violation('I13', `batch ${batch.id.slice(0, 8)} is in epoch ${height} without a quorum of receipts`);
      if ((times.get(batch.id) ?? 0) > epoch.statement.timeMs)
        throw new Violation('I13', `batch ${batch.id.slice(0, 8)} is in an epoch that ended before it came`);
      for (const parent of [batch.prev, ...batch.deps])
        if (view.batches.has(parent) && !this.heightOf.has(parent))
          throw new Violation('I13', `batch ${batch.id.slice(0, 8)} is in epoch ${height} without its parent`);
    }
    for (const { event, verdict, batch } of epoch.rows) {
      if (event.kind === 'fact' && verdict.kind !== 'ok' && verdict.kind !== 'flagged')
        throw new Violation('I05', `a fact of ${event.actor} is ${verdict.kind}`);
      if (verdict.kind !== 'ok' && !/^GDO\d{4}$/.test(verdict.code)) throw new Violation('I17', `a verdict without a code: ${verdict.kind}`);
      if (batch.events.length !== batch.count) throw new Violation('I05', 'an event of a batch has no verdict');
    }
    for (const [device] of epoch.statement.heads) {
      const heads = finalHeads(epoch.after, device);
      if (heads.length > 1 && !this.input.mayFork.has(device)) throw new Violation('I11', `the honest key ${device.slice(0, 8)} is frozen`);
    }
    this.checkForks(view, epoch);
    this.checkProven(epoch);
    checkPowers(this.input.engine, epoch);
    checkCases(this.input.engine, epoch, { times, ...this.remembered });
    if (this.input.engine === 0) return;
    checkMoney(epoch, this.balances);
    await this.governed.check(view, epoch);
  }

  /** A key that signed two branches of what is final has two heads (I11). */
  private checkForks(view: LedgerView, epoch: FinalEpoch): void {
    for (const batch of epoch.batches) {
      const other = [...this.heightOf.keys()].some((id) => {
        const known = id === batch.id ? undefined : view.batches.get(id)?.batch;
        return known !== undefined && known.device === batch.device && known.seq === batch.seq;
      });
      const stands = epoch.rows.some((row) => row.batch === batch && row.event.kind !== 'fact' && row.verdict.kind === 'ok');
      if (other && stands) throw new Violation('I11', `a branch of ${batch.device.slice(0, 8)} stands in epoch ${epoch.height} beside the other one`);
      if (other && finalHeads(epoch.after, batch.device).length < 2)
        throw new Violation('I11', `two branches of ${batch.device.slice(0, 8)} are final and it has one head`);
    }
  }

  /** Who has signed two things as a witness counts no more, with whatever key, as long as the seat is theirs (I11). */
  private checkProven(epoch: FinalEpoch): void {
    for (const { event, verdict } of epoch.rows) {
      const device = event.kind === 'evidence' && verdict.kind === 'ok' ? readEvidence(event)?.device : undefined;
      const member = readEntry(epoch.before, `key/${device ?? ''}`)?.['member'];
      if (typeof member === 'string') this.proven.add(member);
    }
    for (const member of this.proven) {
      const seats = entriesUnder(epoch.after, 'witness/').filter(([, seat]) => seat['member'] === member);
      if (seats.length === 0) this.proven.delete(member);
      if (seats.some(([, seat]) => seat['evidence'] === undefined))
        throw new Violation('I11', `${member} has signed two things as a witness and counts again in epoch ${epoch.height}`);
    }
  }

  private witnessesCount(view: LedgerView, epoch: FinalEpoch): number {
    return this.input.engine === 0 ? view.genesis.witnesses.length : entriesUnder(epoch.before, 'witness/').length;
  }

  private witnessesBefore(view: LedgerView, epoch: FinalEpoch): readonly string[] {
    const first = view.genesis.witnesses.map(([device]) => device);
    if (this.input.engine === 0) return first;
    const seats = entriesUnder(epoch.before, 'witness/').filter(([, { member }]) => typeof member !== 'string' || !this.proven.has(member));
    return seats.map(([key]) => key.slice('witness/'.length));
  }
}
