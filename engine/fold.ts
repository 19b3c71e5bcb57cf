// The fold: fold(S, P, rt) -> (S', verdicts), with the filter that lets a removal reach acts it could not know of (ledger.md section 9).
// Pure: no clock, no I/O, no iteration whose order could differ. What an event means is the engine rules' business.
import { invariant } from './invariant.ts';
import type { Batch, LedgerEvent } from './event.ts';
import type { OrderedBatch } from './order.ts';
import { concurrent, forkedDevices, orderBatches } from './order.ts';
import type { State } from './state.ts';
import { readEntry, writeEntry } from './state.ts';
import type { CaseNotice, Merge, Removal, Verdict } from './verdict.ts';

/** What the rules see beside the event: receipt time, the batch, and the powers the filter took from its actor. */
export interface ApplyContext {
  readonly receivedMs: number;
  readonly batch: Batch;
  readonly without: readonly Removal[];
}

/** What one event did. A refused event leaves the draft as it was. */
export interface Applied<Draft> {
  readonly draft: Draft;
  readonly verdict: Verdict;
  /** Powers it took at once. */
  readonly removals: readonly Removal[];
}

/** What the end of an epoch is told. `previousCheckpoint` seeds the lots of votes that the previous checkpoint closed. */
export interface EndContext {
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

/** The semantics behind an engine number (ledger.md section 13). `Draft` is its own business between begin and end. */
export interface EngineRules<Draft> {
  readonly number: number;
  readonly begin: (state: State) => Draft;
  readonly apply: (draft: Draft, event: LedgerEvent, context: ApplyContext) => Applied<Draft>;
  readonly end: (draft: Draft, context: EndContext) => EpochEnd;
}

/** The input of one epoch. `batches` are valid and causally complete, in any order. */
export interface EpochInput<Draft> {
  readonly state: State;
  readonly batches: readonly Batch[];
  readonly receivedMs: (batch: string) => number | undefined;
  readonly timeMs: number;
  readonly height: number;
  readonly previousCheckpoint: string;
  readonly rules: EngineRules<Draft>;
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
  /** Batch ids beyond the window; they are not lost (GDO1061). */
  readonly waiting: readonly string[];
  /** New heads of the devices that advanced, ascending by device and batch. */
  readonly heads: readonly (readonly [device: string, seq: number, batch: string])[];
}

interface Row {
  readonly event: LedgerEvent;
  readonly from: OrderedBatch;
}

/** Passes the filter loop may need: it only grows, by at most one power set per event and removal (2 were enough on 20,000 random graphs). */
const passesMax = 1_024;

/**
 * Folds one epoch. Pure: the same set of batches gives the same result in any order of arrival.
 * Source: ledger.md section 9
 */
export function foldEpoch<Draft>(input: EpochInput<Draft>): EpochResult {
  const { ordered, waiting } = orderBatches(input.batches, input.receivedMs);
  const rows: Row[] = ordered.flatMap((from) => from.batch.events.map((event) => ({ event, from })));
  const forked = forkedDevices(input.batches);
  const taken = new Map<string, readonly Removal[]>();
  for (let pass = 0; ; pass += 1) {
    invariant(pass < passesMax, 'the filter only grows, so its loop ends');
    const { draft, verdicts, again } = judgeOnce(input, rows, { forked, taken });
    if (again) continue;
    const heads = headsOf(ordered);
    const end = input.rules.end(draft, { timeMs: input.timeMs, height: input.height, previousCheckpoint: input.previousCheckpoint });
    const state = heads.reduce((current, [device, seq, batch]) => writeHead(current, { device, seq, batch }), end.state);
    return { state, verdicts, merges: end.merges, notices: end.notices, included: ordered.map((one) => one.batch.id), waiting: waiting.map((batch) => batch.id), heads };
  }
}

/** A device with a fork has two heads in the checkpoint; the state keeps the one with the smaller batch id, and the key is frozen by the rules. */
function writeHead(state: State, head: { readonly device: string; readonly seq: number; readonly batch: string }): State {
  const key = `head/${head.device}`;
  const known = readEntry(state, key);
  return known !== undefined && known['seq'] === head.seq ? state : writeEntry(state, key, { batch: head.batch, seq: head.seq });
}

function judgeOnce<Draft>(
  input: EpochInput<Draft>,
  rows: readonly Row[],
  filter: { readonly forked: ReadonlyMap<string, number>; readonly taken: Map<string, readonly Removal[]> },
): { readonly draft: Draft; readonly verdicts: readonly EventVerdict[]; readonly again: boolean } {
  let draft = input.rules.begin(input.state);
  const verdicts = new Map<string, Verdict>();
  const fired = new Set<string>();
  let again = false;
  for (const { event, from } of rows) {
    const without = filter.taken.get(event.id) ?? [];
    const receivedMs = from.receivedMs;
    const forkedAt = filter.forked.get(event.device);
    if (event.kind !== 'fact' && forkedAt !== undefined && event.seq >= forkedAt) {
      verdicts.set(event.id, { kind: 'void', code: 'GDO1043', reason: 'The device signed two different records under one number' });
      continue;
    }
    if (receivedMs === undefined) {
      verdicts.set(event.id, { kind: 'pending', code: 'GDO1060', reason: 'No quorum of witnesses has received it yet' });
      continue;
    }
    const applied = input.rules.apply(draft, event, { receivedMs, batch: from.batch, without });
    draft = applied.draft;
    verdicts.set(event.id, applied.verdict.kind === 'refused' && without.length > 0 ? concurrentRemoval : applied.verdict);
    if (applied.verdict.kind !== 'ok' || applied.removals.length === 0) continue;
    fired.add(event.id);
    for (const row of rows) if (takeFrom(row, { event, from, removals: applied.removals }, { fired, taken: filter.taken }) && verdicts.get(row.event.id)?.kind === 'ok') again = true;
  }
  const listed = rows.map(({ event }) => ({ event: event.id, device: event.device, seq: event.seq, verdict: verdicts.get(event.id) ?? concurrentRemoval }));
  return { draft, verdicts: listed, again };
}

const concurrentRemoval: Verdict = { kind: 'void', code: 'GDO1041', reason: 'It relied on a power that a concurrent removal had taken' };

/** Adds a fired removal's powers to one concurrent event of its targets. @returns true iff the filter of that event grew */
function takeFrom(
  row: Row,
  removal: { readonly event: LedgerEvent; readonly from: OrderedBatch; readonly removals: readonly Removal[] },
  filter: { readonly fired: ReadonlySet<string>; readonly taken: Map<string, readonly Removal[]> },
): boolean {
  const { event, from } = row;
  if (event.kind === 'fact' || filter.fired.has(event.id) || !concurrent(from, removal.from)) return false;
  const known = filter.taken.get(event.id) ?? [];
  const added = removal.removals.filter((one) => (one.device === undefined ? one.member === event.actor : one.device === event.device) && !known.some((other) => sameRemoval(one, other)));
  if (added.length === 0) return false;
  filter.taken.set(event.id, [...known, ...added]);
  return true;
}

function sameRemoval(left: Removal, right: Removal): boolean {
  const power = (one: Removal): string => (one.power === 'everything' ? '*' : one.power.role);
  return left.member === right.member && left.device === right.device && power(left) === power(right);
}

function headsOf(ordered: readonly OrderedBatch[]): EpochResult['heads'] {
  const prevs = new Set(ordered.map(({ batch }) => batch.prev));
  return ordered
    .filter(({ batch }) => !prevs.has(batch.id))
    .map(({ batch }) => [batch.device, batch.seq + batch.count - 1, batch.id] as const)
    .sort((left, right) => (`${left[0]} ${left[2]}` < `${right[0]} ${right[2]}` ? -1 : 1));
}
