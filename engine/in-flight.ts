// Open cases when new bylaws come into force (S58): they keep their rules, unless the amendment asks for more and their own rules allow it.
import type { CaseRecord } from './case.ts';
import { withdrawAll } from './acts.ts';
import { charterInForce, charterOfCase, lapsedNames, processOf, undecided, writeCase } from './case.ts';
import type { Closing } from './ending.ts';
import { endCase, notice, resume, untimed } from './ending.ts';
import { suspendWhileOpen } from './while-open.ts';

/** A case as it was when it started, with what it is about and nothing of what happened in it; its entries go on counting. Pure. */
export function begunAgain(record: CaseRecord, first: string, atMs: number): CaseRecord {
  const {
    result: _result,
    recusals: _recusals,
    asks: _asks,
    asked: _asked,
    secondCall: _call,
    meetingMs: _meeting,
    declared: _declared,
    ...rest
  } = untimed(record);
  const {
    options: _options,
    offered: _offered,
    strikes: _strikes,
    awaits: _awaits,
    merge: _merge,
    acceptance: _acceptance,
    outcome: _outcome,
    accepted: _accepted,
    overdue: _overdue,
    endedBy: _endedBy,
    draw: _draw,
    panels: _panels,
    ...plain
  } = rest;
  const { code: _code, reason: _reason, ...clean } = plain;
  return {
    ...clean,
    phase: 'opening',
    stage: first,
    startedMs: atMs,
    dueMs: atMs,
    firsts: [],
    concerns: [],
    votes: [],
    present: [],
    nominees: [],
    winners: [],
  };
}

/**
 * A case that goes on at a stage of its own after an edit or a conflict: what was decided or counted is gone; since when it runs, its concerns, who was
 * present, whom it has asked, who is recused, panels that were drawn and the options that others have added are as they were. Pure.
 */
export function goingOnAt(record: CaseRecord, stage: string, atMs: number): CaseRecord {
  const { startedMs, firsts, concerns, present, recusals, asked, options, panels } = record;
  return {
    ...begunAgain(record, stage, atMs),
    startedMs,
    firsts,
    concerns,
    present,
    ...(recusals === undefined ? {} : { recusals }),
    ...(asked === undefined ? {} : { asked }),
    ...(options === undefined ? {} : { options }),
    ...(panels === undefined ? {} : { panels }),
  };
}

function restart(closing: Closing, record: CaseRecord, hash: string): void {
  const charter = charterInForce(closing.draft.state);
  const process = charter.processes.find((one) => one.name === record.process);
  const first = process?.stages[0]?.name;
  // Where the new bylaws know no such process there is nothing to start again: the case keeps its rules.
  if (process === undefined || first === undefined) return;
  resume(closing, record);
  const { lapsed: _lapsed, ...begun } = begunAgain(record, first, closing.timeMs);
  const lapsed = lapsedNames(closing.draft.state);
  const again = { ...begun, bylaws: hash, openedBefore: record.entries, ...(lapsed.length === 0 ? {} : { lapsed }) };
  closing.draft.state = writeCase(withdrawAll(closing.draft.state, record.id), again);
  // Decision 0149: the stage that was to open with this checkpoint does not; the first one opens with the next.
  const place = closing.openings.indexOf(record.id);
  if (place >= 0) closing.openings.splice(place, 1);
  suspendWhileOpen(closing.draft, process, again);
  notice(closing, again, { kind: 'waiting', reason: 'it starts again under the new bylaws' });
}

/**
 * Restarts or ends the open cases whose own rules allow that, also those that began when the same bylaws were in force before; cases that are accepted, and
 * cases that wait for starters, go on as they are.
 */
export function changeInFlight(closing: Closing, hash: string, asked: 'restart' | 'abort'): void {
  for (const record of undecided(closing.draft.state)) {
    if (record.phase === 'merging' || record.phase === 'starting') continue;
    const process = processOf(charterOfCase(closing.draft.state, record), record);
    if (!process.inFlight.includes(asked)) continue;
    if (asked === 'restart') {
      restart(closing, record, hash);
      continue;
    }
    const ended = endCase(closing, { ...record, outcome: 'refused', accepted: false, votes: [], reason: 'new bylaws ended it' });
    notice(closing, ended, { kind: 'decided', reason: `\`${record.process}\` ended: the amendment asked for it` });
  }
}
