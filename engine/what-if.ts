// What would follow if people did something now: their acts are folded on the state as it is and time passes, and nothing is kept. Nobody has signed them.
import { utf8Encode } from './bytes.ts';
import type { JsonObject } from './canonical.ts';
import { canonicalText } from './canonical.ts';
import { currentOf } from './case.ts';
import { sha256Hex, zeros64 } from './chain.ts';
import { earliest, nextDueMs } from './due.ts';
import type { Batch, EventKind } from './event.ts';
import { foldEpoch } from './fold.ts';
import { textOf } from './field.ts';
import { finalHeads, finalSeq } from './head.ts';
import type { State } from './state.ts';
import { entriesUnder } from './state.ts';
import { engine1 } from './step.ts';
import type { SealedBallot } from './supposed-seal.ts';
import { opensMs, sayingSo, sealedBallot, sentNow, stillClosed } from './supposed-seal.ts';
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
  /** Where ballots of sealed votes are supposed: whose were opened, and who has one that stayed closed, so that it does not count. */
  readonly sealed?: { readonly opened: readonly string[]; readonly closed: readonly string[] };
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
    // What it has signed goes on: another record under a number of it would be a fork, and freeze the key.
    const head = heads.get(device) ?? { seq: finalSeq(state, device), id: finalHeads(state, device).at(-1)?.[2] ?? zeros64 };
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

/** The verdict about each of some batches of one event. */
function verdictsOf(batches: readonly Batch[], judged: ReturnType<typeof foldEpoch>['verdicts']): readonly Verdict[] {
  return batches.map((batch) => {
    const id = textOf(batch.events[0]?.id);
    return judged.find((one) => one.event === id)?.verdict ?? { kind: 'pending', code: 'GDO1061', reason: 'it waits for a later epoch' };
  });
}

/**
 * Supposes that these things are done at an instant, one after the other, and that then nothing more is done until another instant. Pure: the state
 * given stays as it is. An act of somebody without a valid key is refused like any other. A ballot of a sealed vote is sealed now and opened when the
 * vote has closed (S129); of somebody who has sealed one already it is supposed, after the close, that theirs says so.
 */
export function whatIf(state: State, supposed: readonly Supposed[], at: { readonly nowMs: number; readonly untilMs: number }): Supposition {
  const nowMs = Math.max(at.nowMs, currentOf(state).timeMs + 1);
  const ballots = supposed.map((one) => (one.kind === 'ballot' ? sealedBallot(state, one, nowMs) : undefined));
  const sealed = ballots.filter((one) => one !== undefined);
  const notices: CaseNotice[] = [];
  let [after, height] = [sayingSo(state, sealed), 0];
  const fold = (fromMs: number, events: readonly Supposed[]): readonly Verdict[] => {
    height += 1;
    const batches = batchesOf(after, events, fromMs);
    // One millisecond apart, so that they are judged in the order given.
    const received = new Map(batches.map((batch, place) => [batch.id, fromMs + place]));
    const timeMs = fromMs + batches.length;
    const epoch = { state: after, batches, timeMs, height, previousCheckpoint: zeros64, rules: engine1 };
    const result = foldEpoch({ ...epoch, receivedMs: (id) => received.get(id) });
    after = result.state;
    notices.push(...result.notices);
    return verdictsOf(batches, result.verdicts);
  };
  const send = (one: Supposed, ballot: SealedBallot | undefined): Supposed => (ballot === undefined ? one : { ...one, body: sentNow(ballot) });
  const verdicts = [
    ...fold(
      nowMs,
      supposed.map((one, place) => send(one, ballots[place])),
    ),
  ];
  const isOpened = (ballot: SealedBallot): boolean => verdicts[ballots.indexOf(ballot)]?.kind === 'ok';
  const opened = sealed.filter((ballot) => ballot.isClosed && isOpened(ballot));
  // Of several ballots that one person has sealed the last one is opened.
  const waiting = new Map(sealed.flatMap((one) => (one.isClosed || !isOpened(one) ? [] : [[`${one.id} ${one.entry} ${one.person}`, one] as const])));
  for (let count = 0; count < instantsMax; count += 1) {
    const atMs = earliest([nextDueMs(after), ...[...waiting.values()].map((ballot) => opensMs(after, ballot))]);
    if (atMs === undefined || atMs > at.untilMs) break;
    const due = [...waiting].filter(([, ballot]) => opensMs(after, ballot) === atMs);
    const said = fold(
      Math.max(atMs, currentOf(after).timeMs),
      due.map(([, { id, person, opened: body }]) => ({ person, kind: 'ballot', case: id, body })),
    );
    due.forEach(([key, ballot], place) => {
      waiting.delete(key);
      const verdict = said[place];
      if (verdict !== undefined) verdicts[ballots.indexOf(ballot)] = verdict;
      if (verdict?.kind === 'ok') opened.push(ballot);
    });
  }
  if (sealed.length === 0) return { verdicts, notices, state: after };
  return { verdicts, notices, state: after, sealed: { opened: opened.map(({ person }) => person), closed: stillClosed(after, sealed) } };
}
