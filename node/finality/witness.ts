// One node of an organization whose checkpoints a quorum makes final (F1): reads the stream, receives, votes, offers, and follows what is final
// (ledger.md section 12). It waits for what is missing and never skips it; a vote is on disk before it leaves.
import {
  candidatesMax,
  checkpointId,
  encodeCheckpoint,
  encodeReceipt,
  encodeVote,
  finalityNumbers,
  judgeCandidate,
  receiptId,
  totalWeight,
  voteStanding,
  weightIn,
  zeros64,
  type Checkpoint,
  type Receipt,
  type VoteStanding,
} from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { admitBatches } from '../gate/admission.ts';
import { computeEpoch, type ComputedEpoch } from '../ledger/epoch.ts';
import type { Signer } from '../ledger/keys.ts';
import { epochRequest } from '../ledger/received.ts';
import { readReceipts, type StoredReceipt } from '../ledger/statement-log.ts';
import { statementCommit } from '../ledger/statements.ts';
import { basisOf, placedBatch, type LedgerView } from '../ledger/view.ts';
import type { VoteStore } from '../ledger/votes.ts';
import { Board, type BoardCandidate, type BoardReceipt } from './board.ts';
import { dueReason } from './due-reason.ts';
import { publishFinal } from './publish.ts';
import { namespaceOf, readLine, type CandidateStream, type StreamDraft } from './stream.ts';

/** Lines read at once. */
const linesMax = 4_096;
/** Receipt entries of one statement (ledger.md section 7). */
const entriesMax = 700;

/** What a node works with. `signer`: absent on a node that only follows. */
export interface WitnessPorts {
  readonly stream: CandidateStream;
  readonly votes: VoteStore;
  readonly signer: Signer | undefined;
}

/** What a candidate comes to on this node. `waits`: something it names is not here yet, or its time is ahead of the clock. */
type Weighed =
  | { readonly kind: 'sound'; readonly epoch: ComputedEpoch; readonly added: readonly BoardReceipt[]; readonly times: ReadonlyMap<string, number> }
  | { readonly kind: 'waits'; readonly reason: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** What one turn did. */
export interface WitnessTurn {
  /** Heights that became final. */
  readonly final: readonly number[];
  readonly voted: string | undefined;
  readonly offered: string | undefined;
}

/** A node of one organization. Between turns, batches are added to `view` by whoever receives them. */
export class Witness {
  view: LedgerView;
  private readonly ports: WitnessPorts;
  private readonly board = new Board();
  private readonly weighed = new Map<string, Weighed>();
  private readonly outbox: StreamDraft[] = [];
  private own: { readonly id: string; readonly receipt: Receipt; readonly commit: string } | undefined;
  /** Batches in receipts of one's own that no checkpoint holds. */
  private received = new Set<string>();
  /** Batches that a candidate at the next height names, which a quorum has received and this node has not. */
  private readonly missing = new Set<string>();
  private offeredMs = -1;
  private isStarted = false;
  /** Set after a restore from a backup: no vote before something is final without it that is later. */
  private restoredMs: number | undefined;

  /** @param restoredMs - the clock at a restore from a backup; absent after an ordinary start */
  constructor(view: LedgerView, ports: WitnessPorts, restoredMs?: number) {
    this.view = view;
    this.ports = ports;
    this.restoredMs = restoredMs;
  }

  /** What the votes at the next height come to, as far as they are here. */
  standing(): VoteStanding {
    return voteStanding(this.board.votesAt(this.view.tip.height + 1), this.view.witnesses);
  }

  /** True after a restore from a backup until something later is final without this node's vote: it gives none until then. */
  get isRestored(): boolean {
    return this.restoredMs !== undefined;
  }

  /** Whether a candidate at the next height waits for a batch. */
  lacks(batch: string): boolean {
    return this.missing.has(batch);
  }

  /** Statements of one witness that exclude each other, for `evidence`. */
  contradictions(): ReturnType<Board['contradictions']> {
    return this.board.contradictions(this.view.witnesses);
  }

  /** Does everything that can be done at this clock. @throws WorldError GDO1070, GDO1071 where the own state is in doubt, or the stream's GDO4002 */
  async turn(clockMs: number): Promise<WitnessTurn> {
    const isHeard = await this.read();
    // Until it has heard what it said before, a restored witness could say something else under the same number.
    if (!isHeard && this.isRestored) return { final: [], voted: undefined, offered: undefined };
    const final = await this.follow();
    const { signer } = this.ports;
    // A machine whose clock is behind the last checkpoint says nothing.
    if (signer === undefined || weightIn(this.view.witnesses, signer.device) === 0 || clockMs <= this.view.tip.timeMs) {
      await this.send();
      return { final, voted: undefined, offered: undefined };
    }
    if (!this.isStarted) await this.resume(signer);
    await this.receive(signer, clockMs);
    const voted = await this.vote(signer, clockMs);
    await this.send();
    await this.read();
    const more = await this.follow();
    const offered = more.length > 0 ? undefined : await this.offer(signer, clockMs);
    await this.send();
    return { final: [...final, ...more], voted, offered };
  }

  /** Reads the stream to its end. @returns false where it is out of reach: what was read before still stands */
  private async read(): Promise<boolean> {
    for (;;) {
      const lines = await this.ports.stream.read(this.board.place, linesMax);
      if (lines === 'out of reach') return false;
      for (const line of lines) {
        const read = readLine(line, this.view.org, this.view.equation);
        if (read !== undefined) this.board.add(read);
        this.board.place = line.place;
      }
      if (lines.length < linesMax) return true;
    }
  }

  /** Sends what waits, in order; what the stream does not take stays. */
  private async send(): Promise<void> {
    for (let next = this.outbox[0]; next !== undefined; next = this.outbox[0]) {
      await this.ports.stream.append(next);
      this.outbox.shift();
    }
  }

  /** Takes final checkpoints in their order as far as everything that they name is here. */
  private async follow(): Promise<readonly number[]> {
    const final: number[] = [];
    for (;;) {
      const height = this.view.tip.height + 1;
      const standing = this.standing();
      if (standing.kind === 'conflicting')
        throw new WorldError(
          'GDO1071',
          `Two checkpoints have a quorum at height ${height}`,
          'stop, keep both copies, and ask all witnesses: more of them lied than may',
        );
      if (standing.kind !== 'final') return final;
      const candidate = this.board.candidatesAt(height).find(({ id }) => id === standing.value);
      if (candidate === undefined) return final;
      const weighed = await this.weigh(candidate, 'final');
      if (weighed.kind === 'waits') return final;
      if (weighed.kind === 'invalid')
        throw new WorldError('GDO1070', `Checkpoint ${height} is final and differs from the own fold: ${weighed.reason}`, 'stop this node and run `gdo audit`');
      const votes = this.board.storedVotes(height, standing.value);
      this.view = await publishFinal(this.view, this.board, { ...weighed, votes, own: this.ports.signer?.device });
      this.weighed.clear();
      this.missing.clear();
      this.received = new Set([...this.received].filter((batch) => !weighed.epoch.result.included.includes(batch)));
      this.board.forget(height, this.view.receipts);
      const isWithout = votes.every(({ device }) => device !== this.ports.signer?.device);
      if (this.restoredMs !== undefined && isWithout && candidate.statement.timeMs > this.restoredMs) this.restoredMs = undefined;
      final.push(height);
    }
  }

  /** Weighs a candidate by the stream and by the own fold. @param mode - what a quorum has voted for is not asked when and by whom it was offered */
  private async weigh(candidate: BoardCandidate, mode: 'offered' | 'final'): Promise<Weighed> {
    const known = this.weighed.get(candidate.id);
    if (known !== undefined) return known;
    const { view, board } = this;
    const { statement } = candidate;
    const isFinal = mode === 'final';
    const before = board.candidatesAt(statement.height).filter(({ device, line }) => device === candidate.device && line.place < candidate.line.place).length;
    const judged = judgeCandidate(
      {
        witness: isFinal ? (view.witnesses.rows.find(([device]) => weightIn(view.witnesses, device) > 0)?.[0] ?? '') : candidate.device,
        place: isFinal ? Number.MAX_SAFE_INTEGER : candidate.line.place,
        stampMs: isFinal ? statement.timeMs : candidate.line.stampMs,
        statement,
      },
      {
        previous: view.tip,
        log: view.log,
        set: view.witnesses,
        params: view.genesis.params,
        named: view.receipts,
        published: (id) => board.receipt(id),
        before: isFinal ? 0 : before,
      },
    );
    // Where the quorum is not in doubt, a receipt that this copy of the stream lacks is waited for.
    if (judged.kind === 'invalid') return isFinal ? { kind: 'waits', reason: judged.reason } : { kind: 'invalid', reason: judged.reason };
    const added = judged.added.flatMap(({ id }) => board.receipt(id) ?? []);
    const request = epochRequest(view, { timeMs: statement.timeMs, named: statement.receipts, added: added.map(({ receipt }) => receipt) });
    const missing = [...request.times.keys()].filter((batch) => placedBatch(view, batch) === undefined);
    for (const batch of missing) this.missing.add(batch);
    if (missing[0] !== undefined) return { kind: 'waits', reason: `the batch ${missing[0]} has not arrived` };
    const computed = await computeEpoch(view.repository, basisOf(view), request);
    if (computed.kind === 'refused' && computed.code === 'GDO4010') throw new WorldError('GDO4010', computed.reason, 'install a newer gdo');
    if (computed.kind === 'refused') return { kind: 'waits', reason: computed.reason };
    const weighed: Weighed =
      computed.epoch.id === candidate.id
        ? { kind: 'sound', epoch: computed.epoch, added, times: request.times }
        : { kind: 'invalid', reason: `its ${differingField(computed.epoch.statement, statement)} differs from the own fold` };
    this.weighed.set(candidate.id, weighed);
    return weighed;
  }

  /** After a start: own statements that the stream does not show are sent again, the same ones. */
  private async resume(signer: Signer): Promise<void> {
    this.isStarted = true;
    const { view, board } = this;
    const named = view.receipts.get(signer.device);
    const stored = await ownReceipts(view, signer.device);
    const published = board.lineFrom(signer.device, named);
    const last = published.at(-1);
    const shown = last?.receipt.seq ?? named?.receipt.seq ?? 0;
    const after = stored.filter(({ receipt }) => receipt.seq > shown);
    // A backup may be older than what the stream shows of oneself: then the stream's line goes on.
    let commit = named?.commit;
    for (const one of published) {
      const built = statementCommit('receipt', one, commit);
      await view.repository.writeObjects(built.objects);
      commit = built.commit;
    }
    const ref = `refs/gdo/receipt/${signer.device}`;
    const newest = after.at(-1)?.commit ?? commit;
    const current = await view.repository.resolve(ref);
    if (newest !== undefined && current !== newest) await view.repository.updateRefs([{ ref, old: current, next: newest }]);
    this.own = after.at(-1) ?? (last === undefined || commit === undefined ? named : { id: last.id, receipt: last.receipt, commit });
    for (const { receipt } of after) {
      const bytes = encodeReceipt(receipt);
      this.outbox.push({ kind: 'receipt', bytes, armour: await signer.sign(namespaceOf('receipt'), bytes) });
    }
    for (const { receipt } of [...published, ...after]) for (const [batch] of receipt.entries) this.received.add(batch);
    const vote = this.ports.votes.newest(view.org);
    const isShown = board.votesOf(signer.device).some((one) => one.vote.height === vote?.height);
    if (vote === undefined || vote.height <= view.tip.height || isShown) return;
    const bytes = encodeVote({ org: view.org, height: vote.height, value: vote.value });
    this.outbox.push({ kind: 'vote', bytes, armour: await signer.sign(namespaceOf('vote'), bytes) });
  }

  /** Signs when it received what is new, and how far it has come where a stage waits to close. */
  private async receive(signer: Signer, clockMs: number): Promise<void> {
    const { view } = this;
    const timeMs = Math.max(clockMs, this.own?.receipt.upToMs ?? 0);
    const admitted = (await admitBatches(view)).admitted.map(({ batch }) => batch.id).filter((batch) => !this.received.has(batch));
    const reached = dueReason(view, timeMs);
    if (admitted.length === 0 && (reached === undefined || (this.own?.receipt.upToMs ?? 0) >= reached.reachMs)) return;
    const entries = admitted
      .slice(0, entriesMax)
      .toSorted((left, right) => (left < right ? -1 : 1))
      .map((batch) => [batch, timeMs] as const);
    const receipt: Receipt = {
      org: view.org,
      witness: signer.device,
      seq: (this.own?.receipt.seq ?? 0) + 1,
      prev: this.own?.id ?? zeros64,
      upToMs: timeMs,
      entries,
    };
    const bytes = encodeReceipt(receipt);
    const armour = await signer.sign(namespaceOf('receipt'), bytes);
    const built = statementCommit('receipt', { bytes, armour }, this.own?.commit);
    // On disk before it leaves: after a crash the same line goes on.
    await view.repository.writeObjects(built.objects);
    const ref = `refs/gdo/receipt/${signer.device}`;
    const moved = await view.repository.updateRefs([{ ref, old: await view.repository.resolve(ref), next: built.commit }]);
    if (moved.kind === 'conflict') throw new WorldError('GDO1071', 'Another process signs receipts as this witness', 'let only one node sign with a key');
    this.own = { id: receiptId(bytes), receipt, commit: built.commit };
    for (const [batch] of entries) this.received.add(batch);
    this.outbox.push({ kind: 'receipt', bytes, armour });
  }

  /** Votes for the first candidate in the order of the stream that is sound; waits where one of those before it may still be. @returns the value */
  private async vote(signer: Signer, clockMs: number): Promise<string | undefined> {
    const height = this.view.tip.height + 1;
    const newest = this.ports.votes.newest(this.view.org);
    if (this.restoredMs !== undefined || (newest !== undefined && newest.height >= height)) return undefined;
    if (this.board.votesOf(signer.device).some(({ vote }) => vote.height >= height)) return undefined;
    for (const candidate of this.board.candidatesAt(height)) {
      const weighed = await this.weigh(candidate, 'offered');
      if (weighed.kind === 'invalid') continue;
      if (weighed.kind === 'waits' || candidate.statement.timeMs > clockMs) return undefined;
      const bytes = encodeVote({ org: this.view.org, height, value: candidate.id });
      const armour = await signer.sign(namespaceOf('vote'), bytes);
      this.ports.votes.append({ org: this.view.org, height, value: candidate.id, refs: [] });
      this.outbox.push({ kind: 'vote', bytes, armour });
      return candidate.id;
    }
    return undefined;
  }

  /** Offers a candidate where something is due and nobody else has; the witnesses take turns by height. */
  private async offer(signer: Signer, clockMs: number): Promise<string | undefined> {
    const { view, board } = this;
    const { params } = view.genesis;
    const height = view.tip.height + 1;
    const devices = view.witnesses.rows.map(([device]) => device);
    const rank = (devices.indexOf(signer.device) + devices.length - (height % devices.length)) % devices.length;
    const own = board.candidatesAt(height).filter(({ device }) => device === signer.device).length;
    const openCount = board.candidatesAt(height).length;
    const stampMs = board.candidatesAt(height).at(-1)?.line.stampMs ?? 0;
    const waitedMs = clockMs - Math.max(view.tip.timeMs, this.offeredMs, stampMs);
    // Somebody's candidate gets its time; then the next in turn offers another, each time later.
    if (own >= candidatesMax || waitedMs < params.minIntervalMs * (1 + rank + (openCount > 0 ? devices.length : 0)) * 2 ** own) return undefined;
    const added = devices.flatMap((device) => board.lineFrom(device, view.receipts.get(device)));
    const receipts = namedReceipts(view, added);
    const request = epochRequest(view, { timeMs: clockMs, named: receipts, added: added.map(({ receipt }) => receipt) });
    const isNew = view.pending.some(({ batch }) => (request.times.get(batch.id) ?? Number.MAX_SAFE_INTEGER) <= clockMs);
    const { quorum } = finalityNumbers(totalWeight(view.witnesses));
    const reachedWeight = (atMs: number): number =>
      devices.reduce((sum, device) => sum + (reachOf(view, added, device) >= atMs ? weightIn(view.witnesses, device) : 0), 0);
    const due = dueReason(view, clockMs);
    const isDue = due !== undefined && reachedWeight(due.reachMs) >= quorum;
    if (!isNew && !isDue && clockMs - view.tip.timeMs < params.heartbeatMs) return undefined;
    if ([...request.times.keys()].some((batch) => placedBatch(view, batch) === undefined)) return undefined;
    const computed = await computeEpoch(view.repository, basisOf(view), request);
    if (computed.kind === 'refused') return undefined;
    const bytes = encodeCheckpoint(computed.epoch.statement);
    this.outbox.push({ kind: 'candidate', bytes, armour: await signer.sign(namespaceOf('candidate'), bytes) });
    this.offeredMs = clockMs;
    return checkpointId(bytes);
  }
}

function differingField(own: Checkpoint, other: Checkpoint): string {
  const fields = new Map(Object.entries(other));
  return Object.entries(own).find(([name, value]) => JSON.stringify(fields.get(name)) !== JSON.stringify(value))?.[0] ?? 'bytes';
}

/** Receipts of one's own that lie in the repository and that no checkpoint names. */
async function ownReceipts(view: LedgerView, device: string): Promise<readonly StoredReceipt[]> {
  const ref = `refs/gdo/receipt/${device}`;
  const tip = await view.repository.resolve(ref);
  if (tip === undefined) return [];
  const read = await readReceipts(view.repository, { ref, device, org: view.org, tip, after: view.receipts.get(device)?.commit, equation: view.equation });
  if (read.kind === 'fault') throw new WorldError(read.fault.code, `Own receipts are broken: ${read.fault.what}`, 'run `gdo audit`');
  return read.values;
}

/** The receipt prefixes that a candidate names: of each witness the newest that is known. */
function namedReceipts(view: LedgerView, added: readonly BoardReceipt[]): Checkpoint['receipts'] {
  const newest = new Map([...view.receipts.values()].map(({ id, receipt }) => [receipt.witness, { id, seq: receipt.seq }]));
  for (const { id, receipt } of added) newest.set(receipt.witness, { id, seq: receipt.seq });
  const rows = [...newest].filter(([witness]) => weightIn(view.witnesses, witness) > 0);
  return rows.map(([witness, { id, seq }]) => [witness, seq, id] as const).toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** How far the receipts of a witness reach. */
function reachOf(view: LedgerView, added: readonly BoardReceipt[], device: string): number {
  return (added.findLast(({ receipt }) => receipt.witness === device)?.receipt ?? view.receipts.get(device)?.receipt)?.upToMs ?? -1;
}
