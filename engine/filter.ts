// The filter of the fold: an act concurrent with a fired removal is judged as if the removal had happened first (ledger.md section 9). Judges the
// events of one epoch in order, as often as the filter grows. It knows no rule: authority and effects are the engine rules'.
import { invariant } from './invariant.ts';
import type { LedgerEvent } from './event.ts';
import type { Applied, EngineRules, EpochInput, EventVerdict } from './fold.ts';
import type { OrderedBatch } from './order.ts';
import { concurrent } from './order.ts';
import type { State } from './state.ts';
import type { Removal, Verdict } from './verdict.ts';

/** The events of one epoch in their order, and what is known of their devices. */
export interface JudgeInput<Draft> {
  readonly state: State;
  readonly rules: EngineRules<Draft>;
  readonly ordered: readonly OrderedBatch[];
  /** Device to the lowest sequence number that it signed twice. */
  readonly forked: ReadonlyMap<string, number>;
  /** Devices with two final heads. */
  readonly frozen: ReadonlySet<string>;
  readonly receipts?: EpochInput<Draft>['receipts'];
  readonly baseMs?: EpochInput<Draft>['baseMs'];
}

/** What the last pass left: the draft, and a verdict for every event in fold order. */
export interface Judged<Draft> {
  readonly draft: Draft;
  readonly verdicts: readonly EventVerdict[];
  /** How often the events were judged. */
  readonly passes: number;
}

interface Row {
  readonly event: LedgerEvent;
  readonly from: OrderedBatch;
}

/** Event id to the powers taken from it. It only grows. */
type Taken = Map<string, readonly Removal[]>;

const forkedVerdict = { code: 'GDO1043', reason: 'The device signed two different records under one number' } as const;
const frozenVerdict = { code: 'GDO1042', reason: 'The device is frozen: it signed two different records under one number' } as const;
const concurrentRemoval: Verdict = { kind: 'void', code: 'GDO1041', reason: 'It relied on a power that a concurrent removal had taken' };

/**
 * Judges all events of an epoch. Pure. Passes: one, and one more for each time that the filter reaches an event already judged ok; each adds to
 * a finite set, so it ends.
 */
export function judgeEvents<Draft>(input: JudgeInput<Draft>): Judged<Draft> {
  const rows: Row[] = input.ordered.flatMap((from) => from.batch.events.map((event) => ({ event, from })));
  const taken: Taken = new Map();
  for (let passes = 1; ; passes += 1) {
    invariant(passes <= rows.length * rows.length + 1, 'the filter only grows, so its loop ends');
    const { draft, verdicts, again } = judgeOnce(input, rows, taken);
    if (again) continue;
    const listed = rows.map(({ event }) => ({ event: event.id, device: event.device, seq: event.seq, verdict: verdicts.get(event.id) ?? concurrentRemoval }));
    return { draft, verdicts: listed, passes };
  }
}

/** Where nobody says who received a batch when, its receipt time stands for one witness. */
function receiptsOf<Draft>(input: JudgeInput<Draft>, from: OrderedBatch): (beforeMs: number) => number {
  const rows = input.receipts?.(from.batch.id);
  return (beforeMs) => {
    if (rows === undefined) return from.receivedMs < beforeMs ? 1 : 0;
    return new Set(rows.flatMap(([witness, timeMs]) => (timeMs < beforeMs && witness !== from.batch.device ? [witness] : []))).size;
  };
}

function judgeOnce<Draft>(
  input: JudgeInput<Draft>,
  rows: readonly Row[],
  taken: Taken,
): { readonly draft: Draft; readonly verdicts: ReadonlyMap<string, Verdict>; readonly again: boolean } {
  let draft = input.rules.begin(input.state);
  const verdicts = new Map<string, Verdict>();
  const fired = new Set<string>();
  let again = false;
  for (const { event, from } of rows) {
    const barred = barredVerdict(input, event);
    if (barred !== undefined) {
      verdicts.set(event.id, barred);
      continue;
    }
    const without = taken.get(event.id) ?? [];
    const applied = input.rules.apply(draft, event, {
      receivedMs: from.receivedMs,
      batch: from.batch,
      baseMs: input.baseMs?.(from.batch.base),
      without,
      receiptsBefore: receiptsOf(input, from),
    });
    const verdict = verdictOf(event, applied, without);
    verdicts.set(event.id, verdict);
    if (verdict.kind === 'ok' || verdict.kind === 'flagged') draft = applied.draft;
    if (verdict.kind !== 'ok' || event.kind === 'fact' || applied.removals.length === 0) continue;
    fired.add(event.id);
    for (const row of rows) {
      if (row.event.kind === 'fact' || fired.has(row.event.id)) continue;
      if (takeFrom(row, from, { removals: applied.removals, taken }) && verdicts.get(row.event.id)?.kind === 'ok') again = true;
    }
  }
  return { draft, verdicts, again };
}

/** Equivocation and frozen keys: facts are kept and flagged, everything else is void. No rule sees either. */
function barredVerdict<Draft>(input: JudgeInput<Draft>, event: LedgerEvent): Verdict | undefined {
  const kind = event.kind === 'fact' ? 'flagged' : 'void';
  if (input.frozen.has(event.device)) return { kind, ...frozenVerdict };
  const forkedAt = input.forked.get(event.device);
  return forkedAt !== undefined && event.seq >= forkedAt ? { kind, ...forkedVerdict } : undefined;
}

function verdictOf<Draft>(event: LedgerEvent, applied: Applied<Draft>, without: readonly Removal[]): Verdict {
  const verdict = applied.verdict;
  if (verdict.kind !== 'refused' && verdict.kind !== 'void') return verdict;
  if (event.kind === 'fact') return { kind: 'flagged', code: verdict.code, reason: verdict.reason };
  return without.length > 0 ? concurrentRemoval : verdict;
}

/** Takes a fired removal's powers from one concurrent event of its targets. @returns true iff that event had some of them left */
function takeFrom(row: Row, removal: OrderedBatch, powers: { readonly removals: readonly Removal[]; readonly taken: Taken }): boolean {
  const { event, from } = row;
  const known = powers.taken.get(event.id) ?? [];
  const added = powers.removals.filter((one) => isTarget(one, event) && !known.some((other) => covers(other, one)));
  if (added.length === 0 || !concurrent(from, removal)) return false;
  powers.taken.set(event.id, [...known, ...added]);
  return true;
}

/** A removal of a device reaches what that device signed; any other reaches the member on every device. */
function isTarget(removal: Removal, event: LedgerEvent): boolean {
  return removal.device === undefined ? removal.member === event.actor : removal.device === event.device;
}

/** Both have one event as their target, so only the power is compared: everything covers each role. */
function covers(known: Removal, added: Removal): boolean {
  if (known.power === 'everything' || added.power === 'everything') return known.power === 'everything';
  return known.power.role === added.power.role;
}
