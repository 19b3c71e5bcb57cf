// The fold: fold(S, P, rt) -> (S', verdicts) of one epoch (ledger.md section 9). Pure: no clock, no I/O, no iteration whose order could differ.
// What an event means is the engine rules' business; the filter for concurrent removals is filter.ts.
import type { Batch, EventKind, LedgerEvent } from './event.ts';
import { judgeEvents } from './filter.ts';
import type { Head } from './head.ts';
import { advanceHeads, finalHeads, seqOf } from './head.ts';
import type { EventClass } from './order.ts';
import { forkedDevices, orderBatches, windowBatchesMax } from './order.ts';
import type { State } from './state.ts';
import type { CaseNotice, Merge, Removal, Verdict } from './verdict.ts';

/** What the rules see beside the event: receipt time, the batch, and the powers the filter took from its actor. */
export interface ApplyContext {
  readonly receivedMs: number;
  readonly batch: Batch;
  /** The time of the checkpoint that the batch names as its base; undefined where whoever writes always knows the newest. */
  readonly baseMs: number | undefined;
  readonly without: readonly Removal[];
  /** How many witnesses, none of them the author's own device, had received the batch before an instant (S105). */
  readonly receiptsBefore: (beforeMs: number) => number;
}

/** What one event did. The draft of an event that is refused or void is dropped. */
export interface Applied<Draft> {
  readonly draft: Draft;
  readonly verdict: Verdict;
  /** Powers it took at once; read only where the verdict is ok. */
  readonly removals: readonly Removal[];
}

/** What the receipts of a checkpoint allow it to end. */
export interface Settled {
  /** Stages whose end lies later stay open. */
  readonly settledMs: number;
  /** Nothing received was left out, so that the witnesses of the next height may be other ones. */
  readonly renewsWitnesses: boolean;
}

/** What the end of an epoch is told. `previousCheckpoint` seeds the lots of votes that the previous checkpoint closed. */
export interface EndContext extends Settled {
  readonly timeMs: number;
  readonly height: number;
  readonly previousCheckpoint: string;
}

/** What the end of an epoch did. */
export interface EpochEnd {
  readonly state: State;
  readonly merges: readonly Merge[];
  readonly notices: readonly CaseNotice[];
}

/**
 * The semantics behind an engine number (ledger.md section 13). `Draft` is its own business between begin and end; drafts are immutable, since
 * the filter may judge an epoch again from its beginning.
 */
export interface EngineRules<Draft> {
  readonly number: number;
  readonly begin: (state: State) => Draft;
  readonly apply: (draft: Draft, event: LedgerEvent, context: ApplyContext) => Applied<Draft>;
  readonly end: (draft: Draft, context: EndContext) => EpochEnd;
  /** The class of an event that is no fact, by the last final state; absent: by its kind alone. Serves only the window's reserve. */
  readonly classOf?: (state: State, event: LedgerEvent) => EventClass;
}

/** The input of one epoch. `batches` are valid, causally complete and not final, in any order. */
export interface EpochInput<Draft> {
  readonly state: State;
  readonly batches: readonly Batch[];
  readonly receivedMs: (batch: string) => number | undefined;
  /** Who received a batch when; without it the receipt time stands for one witness. */
  readonly receipts?: (batch: string) => readonly (readonly [witness: string, timeMs: number])[];
  /** The time of a final checkpoint by its id; without it everybody is taken to know the newest one (ledger.md section 11). */
  readonly baseMs?: (checkpoint: string) => number | undefined;
  /** What may end, by the batch ids that the epoch took; without it everything that is due at the checkpoint, as with one witness who leaves nothing out. */
  readonly settle?: (included: ReadonlySet<string>) => Settled;
  readonly timeMs: number;
  readonly height: number;
  readonly previousCheckpoint: string;
  readonly rules: EngineRules<Draft>;
  /** The genesis' parameter; 4,096 where it is left out. */
  readonly windowBatches?: number;
}

/** One verdict, with where the event stands. */
export interface EventVerdict {
  readonly event: string;
  readonly device: string;
  readonly seq: number;
  readonly verdict: Verdict;
}

/** The output of one epoch. */
export interface EpochResult {
  readonly state: State;
  /** In fold order. */
  readonly verdicts: readonly EventVerdict[];
  readonly merges: readonly Merge[];
  readonly notices: readonly CaseNotice[];
  /** Batch ids in fold order. */
  readonly included: readonly string[];
  /**
   * Batch ids that wait for a later epoch, ascending: without a quorum of receipts (GDO1060), received after the checkpoint time, beyond the
   * window (GDO1061), or built on one of these. They have no verdict yet and are not lost.
   */
  readonly waiting: readonly string[];
  /** Heads of the devices that advanced, ascending by device and batch. A device with two heads has forked. */
  readonly heads: readonly Head[];
}

const classesOfKinds: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ['key.revoke', 0],
  ['resign', 0],
  ['revoke', 0],
  ['suspend', 0],
  ['lock', 0],
  ['evidence', 0],
  ['key.enrol', 1],
  ['issue', 1],
  ['release', 1],
]);

/** The class of an event outside of cases, by its kind (ledger.md section 6). Pure. */
export function classOfKind(kind: EventKind): EventClass {
  return classesOfKinds.get(kind) ?? 2;
}

const noHeads: readonly Head[] = [];

/**
 * Folds one epoch. Pure: the same set of batches gives the same result in any order of arrival.
 * Source: ledger.md section 9
 */
export function foldEpoch<Draft>(input: EpochInput<Draft>): EpochResult {
  const { rules, state } = input;
  const { ordered, waiting } = orderBatches({
    batches: input.batches,
    receivedMs: input.receivedMs,
    timeMs: input.timeMs,
    windowBatches: input.windowBatches ?? windowBatchesMax,
    classOf: (event) => rules.classOf?.(state, event) ?? classOfKind(event.kind),
  });
  const included = ordered.map(({ batch }) => batch);
  // Read once, and before anything is written.
  const heads = new Map(included.map(({ device }) => [device, noHeads]));
  for (const device of heads.keys()) heads.set(device, finalHeads(state, device));
  const forked = forkedDevices(included, (device) => seqOf(heads.get(device) ?? noHeads));
  const frozen = new Set([...heads].flatMap(([device, known]) => (known.length > 1 ? [device] : [])));
  const { draft, verdicts } = judgeEvents({ ...input, ordered, forked, frozen });
  const settled = input.settle?.(new Set(included.map(({ id }) => id))) ?? { settledMs: input.timeMs, renewsWitnesses: false };
  const end = rules.end(draft, { timeMs: input.timeMs, height: input.height, previousCheckpoint: input.previousCheckpoint, ...settled });
  const advanced = advanceHeads(heads, end.state, included);
  return {
    state: advanced.state,
    verdicts,
    merges: end.merges,
    notices: end.notices,
    included: included.map(({ id }) => id),
    waiting: waiting.map(({ id }) => id),
    heads: advanced.heads,
  };
}
