// A ledger without bytes for scenarios: one clock, one key a person, one epoch an instant. The rules are the real engine's; nothing is signed.
import {
  calendarOf,
  caseView,
  dayMs,
  engine1,
  entriesUnder,
  foldEpoch,
  hourMs,
  initialState,
  minuteMs,
  nextDueMs,
  sha256Hex,
  utf8Encode,
  windowBatchesMax,
  writeEntry,
  zeros64,
} from '../engine/index.ts';
import type { Batch, ChangeSet, CaseNotice, CaseView, Charter, EventKind, JsonObject, State, Verdict } from '../engine/index.ts';
import type { CaseMove } from './scenario-turns.ts';
import { movesOf, rulesBeforeClosing } from './scenario-turns.ts';

/** The virtual ledger. It is changed in place and belongs to one scenario. */
export interface VirtualLedger {
  state: State;
  nowMs: number;
  height: number;
  readonly bylawsHash: string;
  readonly heads: Map<string, { readonly seq: number; readonly batch: string }>;
  batches: number;
  /** What moved cases on so far, in order. */
  readonly moves: CaseMove[];
}

/** One event of a person, before it is put into a batch. */
export interface VirtualEvent {
  readonly person: string;
  readonly kind: EventKind;
  readonly case?: string;
  readonly body: JsonObject;
  readonly change?: ChangeSet;
  /** The bylaws that a change writes. */
  readonly adopts?: Batch['charters'][number];
}

/** What an epoch did: the verdict of each event, in order, with the event's id, and what happened to cases. */
export interface VirtualEpoch {
  readonly verdicts: readonly { readonly event: string; readonly verdict: Verdict }[];
  readonly notices: readonly CaseNotice[];
}

/** The most epochs without an event before a clock is called stuck: far more than deadlines can follow one another in a scenario. */
const epochsMax = 10_000;

/** Founds an organization in which every person has a key. Names that are no words are left out. Pure. */
export function foundVirtually(founding: {
  readonly charter: Charter;
  readonly bylawsHash: string;
  readonly people: readonly string[];
  readonly holders: readonly (readonly [role: string, people: readonly string[]])[];
  readonly timeMs: number;
  /** People who joined before the first day; all others join on it. */
  readonly sinceMs: ReadonlyMap<string, number>;
}): VirtualLedger {
  const { charter, bylawsHash, timeMs } = founding;
  const founded = initialState({
    org: zeros64,
    timeMs,
    charter,
    bylawsHash,
    members: founding.people.map((person) => [person, [deviceOf(person)]] as const),
    roles: founding.holders,
    witnesses: [],
    content: [],
  });
  const state = joinedBefore(founded, founding.sinceMs);
  return { state, nowMs: timeMs, height: 0, bylawsHash, heads: new Map(), batches: 0, moves: [] };
}

/** The same people in the same roles, since an earlier day. Terms keep counting from the first day. */
function joinedBefore(founded: State, sinceMs: ReadonlyMap<string, number>): State {
  if (sinceMs.size === 0) return founded;
  let state = founded;
  for (const prefix of ['member/', 'role/']) {
    for (const [key, entry] of entriesUnder(founded, prefix)) {
      const since = sinceMs.get(key.slice(key.lastIndexOf('/') + 1));
      if (since !== undefined) state = writeEntry(state, key, { ...entry, since });
    }
  }
  return state;
}

/** Lets time pass: every instant that something waits for gets an epoch of its own, before anything received at that instant (S18). */
export function passUntil(ledger: VirtualLedger, untilMs: number): readonly { readonly atMs: number; readonly notice: CaseNotice }[] {
  const seen: { readonly atMs: number; readonly notice: CaseNotice }[] = [];
  for (let count = 0; count < epochsMax; count += 1) {
    const dueMs = nextDueMs(ledger.state);
    if (dueMs === undefined || dueMs > untilMs) break;
    const atMs = Math.max(dueMs, ledger.nowMs);
    seen.push(...runEpoch(ledger, atMs, []).notices.map((notice) => ({ atMs, notice })));
  }
  ledger.nowMs = Math.max(ledger.nowMs, untilMs);
  return seen;
}

/** Records events at the clock's instant, in the order given, as one epoch. */
export function record(ledger: VirtualLedger, events: readonly VirtualEvent[]): VirtualEpoch {
  return runEpoch(
    ledger,
    ledger.nowMs,
    events.map((event) => batchOf(ledger, event)),
  );
}

/** The rules of an epoch in which what people have has changed: caps are looked at again. */
const rulesLookingAtCaps: typeof engine1 = { ...engine1, begin: (state) => ({ ...engine1.begin(state), capsTouched: true }) };

/** Lets follow what follows from what people have now. */
export function settle(ledger: VirtualLedger): void {
  runEpoch(ledger, ledger.nowMs, [], rulesLookingAtCaps);
}

function runEpoch(ledger: VirtualLedger, timeMs: number, batches: readonly Batch[], rules = engine1): VirtualEpoch {
  const input = {
    state: ledger.state,
    batches,
    receivedMs: (): number => timeMs,
    timeMs,
    height: ledger.height + 1,
    previousCheckpoint: sha256Hex(utf8Encode(`checkpoint ${ledger.height}`)),
    // What people do at one instant is one epoch, however many they are: a ledger would take several, and nobody's ballot waits for ever.
    windowBatches: windowBatchesMax + 2 * batches.length,
  };
  const judged = batches.length === 0 ? ledger.state : foldEpoch({ ...input, rules: rulesBeforeClosing }).state;
  const result = foldEpoch({ ...input, rules });
  ledger.moves.push(...movesOf(judged, result.state, result.notices, timeMs));
  ledger.state = result.state;
  ledger.height += 1;
  ledger.nowMs = timeMs;
  return { verdicts: result.verdicts, notices: result.notices };
}

function batchOf(ledger: VirtualLedger, event: VirtualEvent): Batch {
  ledger.batches += 1;
  const device = deviceOf(event.person);
  const head = ledger.heads.get(device);
  const seq = (head?.seq ?? 0) + 1;
  const id = eventId(ledger.batches);
  ledger.heads.set(device, { seq, batch: id });
  return {
    id,
    device,
    actor: event.person,
    seq,
    count: 1,
    prev: head?.batch ?? zeros64,
    deps: [],
    base: zeros64,
    events: [
      {
        id,
        org: zeros64,
        actor: event.person,
        device,
        seq,
        kind: event.kind,
        ...(event.case === undefined ? {} : { case: event.case }),
        body: event.body,
        tsMs: ledger.nowMs,
      },
    ],
    changes: event.change === undefined ? [] : [event.change],
    charters: event.adopts === undefined ? [] : [event.adopts],
  };
}

/** Ids that grow keep the order of the text where receipt times are equal (ledger.md section 9). */
function eventId(count: number): string {
  return count.toString(16).padStart(64, '0');
}

/** The id that the next event will have: that of its case, if it is a proposal. */
export function nextEventId(ledger: VirtualLedger): string {
  return eventId(ledger.batches + 1);
}

function deviceOf(person: string): string {
  return sha256Hex(utf8Encode(`device of ${person}`));
}

/** A case as it stands. */
export function viewCase(ledger: VirtualLedger, id: string): CaseView | undefined {
  return caseView(ledger.state, id);
}

/** An instant as people write it: `2027-03-01T14:00Z`. Pure. */
export function instantText(atMs: number): string {
  const days = Math.floor(atMs / dayMs);
  const { year, month, day } = calendarOf(days);
  const rest = atMs - days * dayMs;
  const hours = Math.floor(rest / hourMs);
  const minutes = Math.floor((rest - hours * hourMs) / minuteMs);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${padded(hours, 2)}:${padded(minutes, 2)}Z`;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
