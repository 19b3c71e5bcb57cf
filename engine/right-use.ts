// Uses of rights as facts (S97, S98): the fold decides each again from the checkpoint, offset and instant the device recorded, and flags a difference.
// This is the only reading of a device's own instant.
import type { CharterRight } from './bylaws.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import type { JsonObject } from './canonical.ts';
import { isObject } from './canonical.ts';
import { charterInForce, currentOf } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import { isAmount } from './event-decode.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import type { RightAnswer } from './right.ts';
import { decideRight, rightReasons } from './right.ts';
import { offsetsOf } from './right-over.ts';
import { addRow, isInside, rowsWithin, windowsOf } from './rolling.ts';
import type { State } from './state.ts';
import { checkpointMsOf, stateAsOf } from './was.ts';

/** The type of a fact that is a use of a right. */
export const useFact = 'right.used';

const dataFields: readonly string[] = ['amount', 'checkpoint', 'offset', 'reason', 'right', 'thing'];

/** True iff this engine keeps a limit of a right: uses or money, of each person or of all, in windows or ever. Pure. */
export function countsUses(limit: CharterLimit): boolean {
  const isPlain = limit.inARow === undefined && limit.including === undefined && limit.otherwise === undefined && limit.waivedThrough === undefined;
  const isKnown = limit.amount.kind === 'money' || (limit.counted === 'uses' && limit.amount.kind === 'count');
  return isKnown && isPlain && limit.per.every((per) => per.kind === 'window' || per.name === 'person');
}

function usesKey(right: string, person: string): string {
  return `use/${right}/${person}`;
}

/** A limit of a right for one person at an instant. */
interface AskedLimit {
  readonly right: CharterRight;
  readonly limit: CharterLimit;
  readonly person: string;
  readonly atMs: number;
}

/** Whether a device knew of a use: recorded by which device, after which checkpoint. */
type KnownUse = (use: { readonly device: string; readonly afterMs: number }) => boolean;

function usesIn(state: State, asked: AskedLimit, isKnown: KnownUse): readonly JsonObject[] {
  const person = asked.limit.per.some((per) => per.kind === 'each') ? asked.person : '';
  return rowsWithin(state, usesKey(asked.right.name, person), asked.atMs, windowsOf(asked.limit))
    .map(({ value }) => value)
    .filter((value) => isKnown({ device: textOf(value['device']), afterMs: Number(value['after']) }));
}

/** How many allowed uses of a right lie in the window of a limit that ends at an instant (S97). */
export function usesWithin(state: State, asked: AskedLimit, isKnown: KnownUse): number {
  return usesIn(state, asked, isKnown).length;
}

/**
 * The same count at a device that has recorded uses of its own: those that the state does not hold yet count too.
 * @param own - instants of the allowed uses of this right, by this person where the limit is per person, that the device recorded
 */
export function usesKnown(state: State, asked: AskedLimit, own: readonly number[]): number {
  const person = asked.limit.per.some((per) => per.kind === 'each') ? asked.person : '';
  const windows = windowsOf(asked.limit);
  const held = rowsWithin(state, usesKey(asked.right.name, person), asked.atMs, windows).map(({ atMs }) => atMs);
  return held.length + own.filter((atMs) => !held.includes(atMs) && isInside(atMs, asked.atMs, windows)).length;
}

/** How many units of money a use is about; one that names no amount is about nothing, as an empty text is the number 0. */
function unitsOf(use: JsonObject): bigint {
  return BigInt(textOf(use['amount']));
}

/** How many units of money those uses were about (S62). */
export function spentWithin(state: State, asked: AskedLimit, isKnown: KnownUse): bigint {
  return usesIn(state, asked, isKnown).reduce((sum, value) => sum + unitsOf(value), 0n);
}

function formProblem(data: JsonObject): string | undefined {
  if (Object.keys(data).some((key) => !dataFields.includes(key))) return 'a use of a right has the data right, thing, reason, offset, checkpoint and amount';
  const { amount, checkpoint, offset, reason, right, thing } = data;
  const isWhole = typeof amount === 'string' && isAmount(amount) && !amount.startsWith('-');
  if (amount !== undefined && !isWhole) return 'the amount of a use is a whole number of units in digits';
  const isText = [checkpoint, reason, thing].every((one) => typeof one === 'string') && (right === undefined || typeof right === 'string');
  if (!isText || typeof offset !== 'number') return 'a use of a right names its thing, reason and checkpoint, and its offset in minutes';
  return reason === 'allowed' || rightReasons.some((one) => one === reason) ? undefined : `\`${textOf(reason)}\` is no reason of a right`;
}

function answered(answer: RightAnswer): { readonly reason: string; readonly right: string } {
  return answer.kind === 'allowed' ? { reason: 'allowed', right: answer.right } : { reason: answer.reason, right: answer.right ?? '' };
}

function decideAgain(draft: Draft, event: LedgerEvent, data: JsonObject, checkpointMs: number): RightAnswer {
  const person = textOf(event.body['subject']);
  const past = stateAsOf(draft.state, person, checkpointMs);
  const atMs = event.tsMs;
  const isKnown: KnownUse = ({ device, afterMs }) => device === event.device || afterMs < checkpointMs;
  return decideRight(past, charterInForce(past), {
    thing: textOf(data['thing']),
    // Nobody has an empty name: a use without a subject is by a credential that is unknown.
    person,
    // What a door knows of its own credentials is in no ledger, so it is believed.
    ...(data['reason'] === 'credential-disabled' ? { credential: 'disabled' as const } : {}),
    atMs,
    offsetMinutes: Number(data['offset']),
    checkpointMs,
    contact: 'alone',
    locksAsOf: true,
    amount: unitsOf(data),
    uses: (right, limit) => usesWithin(draft.state, { right, limit, person, atMs }, isKnown),
    spent: (right, limit) => spentWithin(draft.state, { right, limit, person, atMs }, isKnown),
  });
}

/** Judges a fact of the type `right.used`. It stays whatever it says; one that is flagged counts for no limit. Flags with GDO1002, GDO1023, GDO1055, GDO1056. */
export function applyUse(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const data = event.body['data'];
  const problem = isObject(data) ? formProblem(data) : 'a use of a right has data';
  if (!isObject(data) || problem !== undefined) return refused('GDO1002', problem ?? '');
  const named = textOf(data['checkpoint']);
  const { timeMs } = currentOf(draft.state);
  // The newest checkpoint is not yet in the list; whatever else a batch is based on is, unless it is too old.
  const isNewest = named === context.batch.base && (context.baseMs === undefined || context.baseMs === timeMs);
  const checkpointMs = checkpointMsOf(draft.state, named) ?? (isNewest ? timeMs : undefined);
  if (checkpointMs === undefined) return refused('GDO1023', 'the checkpoint is unknown, or too old for any right');
  const person = textOf(event.body['subject']);
  const charter = charterInForce(stateAsOf(draft.state, person, checkpointMs));
  if (!offsetsOf(charter).includes(Number(data['offset']))) return refused('GDO1055', 'the offset is not in the list `local time`');
  const again = answered(decideAgain(draft, event, data, checkpointMs));
  if (again.reason !== data['reason'] || (data['right'] !== undefined && again.right !== data['right']))
    return refused('GDO1056', `decided again it is \`${again.reason}\`${again.right === '' ? '' : ` by \`${again.right}\``}`);
  if (again.reason !== 'allowed') return ok();
  const use = { device: event.device, after: timeMs };
  // An instant far away is a device's affair; rows must only stay in order.
  const row = {
    atMs: Math.min(event.tsMs, 8_000_000_000_000_000),
    id: event.id,
    value: data['amount'] === undefined ? use : { ...use, amount: textOf(data['amount']) },
  };
  draft.state = addRow(addRow(draft.state, usesKey(again.right, person), row), usesKey(again.right, ''), row);
  return ok();
}
