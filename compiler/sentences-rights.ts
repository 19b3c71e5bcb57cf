// Rights restated: who may use what, when, and what refused people are told. Pure.
import type { Charter, CharterRight } from '../engine/index.ts';
import { limitSentence } from './sentences-clauses.ts';
import { actorWords, anyActor, durationText, factsWords, list, many, quoted, sentence, spoken } from './sentences-words.ts';

const dayNames: readonly string[] = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

function daysText(days: readonly number[]): string {
  const sorted = [...days].sort((a, b) => a - b).join('');
  if (sorted === '1234567') return 'every day';
  if (sorted === '12345') return 'Monday to Friday';
  if (sorted === '67') return 'on Saturday and Sunday';
  return `on ${list([...days].sort((a, b) => a - b).map((day) => dayNames[day - 1] ?? String(day)))}`;
}

/** `06:00` for minutes from midnight, up to `24:00`. Pure. */
export function timeText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

/** When a right may be used: `every day from 06:00 to 24:00, local time`. Pure. Source: language.md S91 */
export function scheduleText(right: CharterRight): string {
  if (right.schedule.length === 0) return 'at any time';
  const spans = right.schedule.map((row) => {
    const nextDay = row.toMinutes <= row.fromMinutes ? ' on the next day' : '';
    return `${daysText(row.days)} from ${timeText(row.fromMinutes)} to ${timeText(row.toMinutes)}${nextDay}`;
  });
  return `${list(spans, 'or')}, local time`;
}

/** Who holds a right: `the members who ..., or the trainers`. Pure. Source: language.md S90 */
export function holdersText(charter: Charter, right: CharterRight): string {
  const rows = right.heldBy.map(
    (row) => `${list(row.roles.map((role) => (role === 'person' ? 'all people' : `the ${many(charter, role)}`)))}${factsWords(charter, row.who, true)}`,
  );
  return list(rows, 'or');
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['unknown-thing', 'the thing is unknown'],
  ['unknown-credential', 'the credential is unknown'],
  ['credential-disabled', 'the credential is disabled'],
  ['locked', 'it is locked'],
  ['suspended', 'they are suspended'],
  ['denied', 'it is denied to them'],
  ['lapsed', 'their role has lapsed'],
  ['no-role', 'they hold none of the roles'],
  ['condition', 'they do not meet a condition'],
  ['outside-hours', 'it is outside the hours'],
  ['limit-reached', 'the limit is reached'],
  ['too-long-offline', 'the device has been without news for too long'],
]);

/** A right, clause by clause. Pure. Source: language.md S89 to S99 */
export function rightSentences(charter: Charter, right: CharterRight): readonly string[] {
  const except = right.except.length === 0 ? '' : `, except ${list(right.except.map(quoted))}`;
  const holders = holdersText(charter, right);
  return [
    sentence(`${holders === '' ? 'nobody' : holders} may use ${list(right.covers.map(quoted))}${except}, ${scheduleText(right)}`),
    ...right.denied.map((row) =>
      sentence(
        `it is denied to the ${list(row.roles.map((role) => many(charter, role)))}, whatever else they hold${row.sentence === undefined ? '' : `; they are told: ${quoted(row.sentence)}`}`,
      ),
    ),
    ...right.limits.map((limit) => limitSentence(charter, limit)),
    ...(right.locked === undefined
      ? []
      : [sentence(`it is locked by ${actorWords(charter, right.locked.by).text} and released by ${anyActor(charter, right.locked.releasedBy)}`)]),
    ...(right.offline === undefined
      ? ['A device may not decide about it alone.']
      : [sentence(`a device may decide about it alone for at most ${durationText(right.offline)}`)]),
    ...right.refusals.map((row) => sentence(`if ${reasons.get(row.reason) ?? spoken(row.reason)}, people are told: ${quoted(row.says)}`)),
  ];
}
