// What would follow if people did something now: their acts are folded on the state as it is and time passes, and nothing is kept. Nobody has signed them.
import { utf8Encode } from './bytes.ts';
import type { JsonObject } from './canonical.ts';
import { canonicalText } from './canonical.ts';
import { currentOf } from './case.ts';
import { sha256Hex, zeros64 } from './chain.ts';
import { nextDueMs } from './due.ts';
import type { Batch, EventKind } from './event.ts';
import { foldEpoch } from './fold.ts';
import { textOf } from './field.ts';
import { finalSeq } from './head.ts';
import type { State } from './state.ts';
import { entriesUnder } from './state.ts';
import { engine1 } from './step.ts';
import type { CaseNotice, Verdict } from './verdict.ts';

/** Something a person would do. `body` as in the ledger. */
export interface Supposed {
  readonly person: string;
  readonly kind: EventKind;
  readonly case?: string;
  readonly body: JsonObject;
}

/** What would follow: a verdict for each supposed event in order, what would happen to cases, and the state after it. */
export interface Supposition {
  readonly verdicts: readonly Verdict[];
  readonly notices: readonly CaseNotice[];
  readonly state: State;
}

/** Instants that are visited after the acts: deadlines can follow one another for ever, and a supposition ends. */
const instantsMax = 1_000;

function deviceOf(state: State, person: string): string {
  const own = entriesUnder(state, 'key/').find(([, value]) => value['member'] === person && value['revoked'] === undefined);
  return own?.[0].slice('key/'.length) ?? sha256Hex(utf8Encode(`gdo-supposed-v1\0${person}`));
}

function batchesOf(state: State, supposed: readonly Supposed[], atMs: number): readonly Batch[] {
  const heads = new Map<string, { readonly seq: number; readonly id: string }>();
  return supposed.map((one, place): Batch => {
    const device = deviceOf(state, one.person);
    const head = heads.get(device) ?? { seq: finalSeq(state, device), id: zeros64 };
    const id = sha256Hex(utf8Encode(`gdo-supposed-v1\0${canonicalText([one.person, one.kind, one.case ?? '', one.body, place])}`));
    const seq = head.seq + 1;
    heads.set(device, { seq, id });
    const event = {
      id,
      org: zeros64,
      actor: one.person,
      device,
      seq,
      kind: one.kind,
      body: one.body,
      tsMs: atMs,
      ...(one.case === undefined ? {} : { case: one.case }),
    };
    return { id, device, actor: one.person, seq, count: 1, prev: head.id, deps: [], base: zeros64, events: [event], changes: [], charters: [] };
  });
}

/**
 * Supposes that these things are done at an instant, one after the other, and that then nothing more is done until another instant. Pure: the state
 * given stays as it is. An act of somebody without a valid key is refused like any other.
 */
export function whatIf(state: State, supposed: readonly Supposed[], at: { readonly nowMs: number; readonly untilMs: number }): Supposition {
  const nowMs = Math.max(at.nowMs, currentOf(state).timeMs + 1);
  const batches = batchesOf(state, supposed, nowMs);
  // One millisecond apart, so that they are judged in the order given.
  const received = new Map(batches.map((batch, place) => [batch.id, nowMs + place]));
  let height = 0;
  const fold = (from: State, timeMs: number, own: readonly Batch[]): ReturnType<typeof foldEpoch> => {
    height += 1;
    return foldEpoch({ state: from, batches: own, receivedMs: (id) => received.get(id), timeMs, height, previousCheckpoint: zeros64, rules: engine1 });
  };
  const first = fold(state, nowMs + batches.length, batches);
  let after = first.state;
  const notices = [...first.notices];
  for (let count = 0; count < instantsMax; count += 1) {
    const dueMs = nextDueMs(after);
    if (dueMs === undefined || dueMs > at.untilMs) break;
    const result = fold(after, Math.max(dueMs, currentOf(after).timeMs), []);
    notices.push(...result.notices);
    after = result.state;
  }
  const verdict = (batch: Batch): Verdict => {
    const id = textOf(batch.events[0]?.id);
    return first.verdicts.find((one) => one.event === id)?.verdict ?? { kind: 'pending', code: 'GDO1061', reason: 'it waits for a later epoch' };
  };
  return { verdicts: batches.map(verdict), notices, state: after };
}
