// Decisions that hold for a while and then only if another process ratifies them (S56): the instant is stored when the effects happen.
import type { CharterOutcome } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { casesOf, charterOfCase, readCase, timerKey } from './case.ts';
import { dueInstant } from './duration.ts';
import type { Closing } from './ending.ts';
import { notice } from './ending.ts';
import { textOf } from './field.ts';
import { isSameMatter, matterOf } from './matter.ts';
import { reverseDecision } from './reverse.ts';
import type { State } from './state.ts';
import { eraseEntry, readEntry, writeEntry } from './state.ts';
import { durationText } from './wording.ts';

const prefix = 'ratify/';

/** Stores until when the effects of an outcome last unless they are ratified; nothing where they last anyway. */
export function noteRatification(closing: Closing, record: CaseRecord, outcome: CharterOutcome): void {
  const merge = outcome.effects.find((effect) => effect.kind === 'accept-merge');
  const ratified = merge?.kind === 'accept-merge' ? merge.ratified : undefined;
  if (ratified === undefined) return;
  const charter = charterOfCase(closing.draft.state, record);
  const untilMs = dueInstant(closing.timeMs, ratified.within, charter.organization.dayEnds);
  const key = `${prefix}${record.id}`;
  const noted = writeEntry(closing.draft.state, key, { process: ratified.process, until: untilMs });
  closing.draft.state = writeEntry(noted, timerKey(untilMs, key), {});
  notice(closing, record, {
    kind: 'waiting',
    reason: `it lasts until \`${ratified.process}\` ratifies it, or ends in ${durationText(ratified.within)}`,
  });
}

/** The case that ratified a decision before an instant: it names the decision, or names none and is about the same matter. */
function ratifiedBy(state: State, target: CaseRecord, process: string, untilMs: number): CaseRecord | undefined {
  const matter = matterOf(state, target);
  return casesOf(state, process).find((record) => {
    const atMs = record.reached.find(([stage]) => stage === record.outcome)?.[1];
    if (record.accepted !== true || record.merge === 'stale' || record.merge === 'refused' || atMs === undefined || atMs >= untilMs) return false;
    if (record.decision !== undefined) return record.decision === target.id;
    return record.startedMs >= target.startedMs && record.id !== target.id && isSameMatter(matterOf(state, record), matter);
  });
}

/** Handles the timer of a provisional decision: it stands for good, or its effects are undone. */
export function settleRatification(closing: Closing, key: string): void {
  const entry = readEntry(closing.draft.state, key);
  const target = readCase(closing.draft.state, key.slice(prefix.length));
  closing.draft.state = eraseEntry(closing.draft.state, key);
  if (entry === undefined || target === undefined) return;
  const process = textOf(entry['process']);
  const by = ratifiedBy(closing.draft.state, target, process, Number(entry['until']));
  if (by === undefined) reverseDecision(closing, target, { kind: 'time' }, `\`${process}\` did not ratify it in time, so its effects are undone`);
  else notice(closing, target, { kind: 'decided', reason: `case ${by.number} of \`${process}\` ratified it` });
}
