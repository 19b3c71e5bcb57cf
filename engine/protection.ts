// Whether an amendment may be made at all: what the bylaws in force protect, and within which bounds (S59, S60). What changes is charter-diff.ts's;
// when a protected declaration lapses is sunset.ts's.
import type { Charter, CharterProtection, CharterValue } from './bylaws.ts';
import type { CharterQuorum, CharterStage, CharterTest } from './bylaws-stages.ts';
import type { CharterBound, CharterComparison, CharterDuration, CharterShare, Quantity } from './bylaws-terms.ts';
import type { CharterChange } from './charter-diff.ts';
import { charterDiff, fullPath, touches } from './charter-diff.ts';
import type { Json } from './canonical.ts';
import { byCodeUnit, canonicalText } from './canonical.ts';
import { jsonOf } from './case.ts';

/** What a value is compared as: an exact number, or a length that may depend on the calendar. `least` and `most` in minutes. */
type Measured =
  | { readonly kind: 'number'; readonly numerator: bigint; readonly denominator: bigint; readonly isShare: boolean }
  | { readonly kind: 'length'; readonly least: number; readonly most: number; readonly months?: number }
  | { readonly kind: 'other' };

const minutesOf: Readonly<Record<CharterDuration['unit'], readonly [least: number, most: number]>> = {
  minute: [1, 1],
  hour: [60, 60],
  day: [1_440, 1_440],
  week: [10_080, 10_080],
  // A month has 28 to 31 days, a year 365 or 366.
  month: [40_320, 44_640],
  year: [525_600, 527_040],
};

function measuredLength({ count, unit }: CharterDuration): Measured {
  const months = unit === 'month' ? count : unit === 'year' ? count * 12 : undefined;
  const [least, most] = minutesOf[unit];
  if (months === undefined) return { kind: 'length', least: count * least, most: count * most };
  // Twelve months are a year, whichever they are.
  const rest = months % 12;
  const inAll = ([year, month]: readonly [number, number]): number => Math.trunc(months / 12) * year + rest * month;
  const [years, single] = [minutesOf.year, minutesOf.month];
  return { kind: 'length', least: inAll([years[0], single[0]]), most: inAll([years[1], single[1]]), months };
}

function measuredQuantity(quantity: Quantity): Measured {
  if (quantity.kind === 'count') return { kind: 'number', numerator: BigInt(quantity.value), denominator: 1n, isShare: false };
  return { kind: 'number', numerator: BigInt(quantity.numerator), denominator: BigInt(quantity.denominator), isShare: true };
}

function measuredValue(value: CharterValue): Measured {
  switch (value.kind) {
    case 'quantity':
      return measuredQuantity(value.quantity);
    case 'duration':
      return measuredLength(value.duration);
    default:
      return { kind: 'other' };
  }
}

/** True iff the first value is certainly not above the second; what cannot be compared is not. */
function isAtMost(left: Measured, right: Measured): boolean {
  if (left.kind === 'number' && right.kind === 'number')
    return left.isShare === right.isShare && left.numerator * right.denominator <= right.numerator * left.denominator;
  if (left.kind === 'length' && right.kind === 'length') {
    if (left.months !== undefined && right.months !== undefined) return left.months <= right.months;
    return left.most <= right.least;
  }
  return false;
}

function sharesOf(bound: CharterBound): readonly CharterShare[] {
  return bound.kind === 'whole' || bound.kind === 'part' ? [bound] : [bound.left, bound.right];
}

/** A share as it is compared: all of a roster is the whole of it, all but some and square roots compare with nothing. */
function measuredShare(share: CharterShare): Measured {
  if (share.kind === 'whole') return share.except === undefined ? measuredQuantity({ kind: 'share', numerator: 1, denominator: 1 }) : { kind: 'other' };
  return share.squareRoot === undefined ? measuredQuantity(share.amount) : { kind: 'other' };
}

function ofStage(stage: CharterStage, clause: string | undefined): readonly Measured[] {
  if (clause === 'open') return stage.kind === 'vote' || stage.kind === 'meeting' ? [measuredLength(stage.open)] : [];
  if (clause === 'quorum') {
    const quorums = stage.kind === 'vote' || stage.kind === 'meeting' ? stage.quorums : [];
    return quorums.flatMap((quorum) => sharesOf(quorum.bound).map(measuredShare));
  }
  if (clause === secondCall) {
    const again = stage.kind === 'vote' || stage.kind === 'meeting' ? stage.secondCall : undefined;
    if (again === undefined) return [];
    return again.quorum === undefined ? [{ kind: 'other' }] : sharesOf(again.quorum.bound).map(measuredShare);
  }
  if (clause !== 'passes' || stage.kind !== 'vote') return [];
  return stage.passes.flatMap((row) =>
    row.tests.flatMap((test): readonly Measured[] => {
      if ('amount' in test) return [measuredQuantity(test.amount)];
      return test.kind === 'turnout' ? sharesOf(test.bound).map(measuredShare) : [];
    }),
  );
}

/** The stage that a path of a Charter leads into, with the word of the clause behind it; undefined for other paths. */
function clauseAt(charter: Charter, path: readonly string[]): readonly [stage: CharterStage, clause: string | undefined] | undefined {
  const [head = '', ...rest] = fullPath(charter, path);
  const stage = charter.processes.find((one) => one.name === head)?.stages.find((one) => one.name === rest[0]);
  if (stage?.kind !== 'joint') return stage === undefined ? undefined : [stage, rest[1]];
  const vote = stage.votes.find((one) => one.name === rest[1]);
  return vote === undefined ? undefined : [vote, rest[2]];
}

/** The values that stand at a path of a Charter now; none where nothing stands there. */
function valuesAt(charter: Charter, path: readonly string[]): readonly Measured[] {
  const [head, ...rest] = path;
  const role = charter.roles.find((one) => one.name === head);
  if (role !== undefined) {
    const { term, held } = role;
    if (rest[0] === 'term') return term === undefined ? [] : [measuredLength(term.duration)];
    if (rest[0] !== 'held' || held === undefined) return [];
    const most: Measured = held.most === undefined ? { kind: 'other' } : measuredQuantity({ kind: 'count', value: held.most });
    return [measuredQuantity({ kind: 'count', value: held.least }), most];
  }
  const found = clauseAt(charter, path);
  return found === undefined ? [] : ofStage(...found);
}

/** What a comparison asks for: as much, or as little. */
const directions: Readonly<Record<CharterComparison, 'up' | 'down' | 'exactly'>> = {
  'at-least': 'up',
  'more-than': 'up',
  'at-most': 'down',
  'fewer-than': 'down',
  exactly: 'exactly',
};

/** Whose people a bound counts, and whether the larger or the smaller of two is meant. */
function rollsOf(bound: CharterBound): Json {
  return [bound.kind === 'larger' || bound.kind === 'smaller' ? bound.kind : 'one', ...sharesOf(bound).map(({ role, other = false }) => [role, other])];
}

function demandOfQuorum({ counted, comparison, bound, choices = [] }: CharterQuorum): string {
  return canonicalText([counted, directions[comparison], rollsOf(bound), [...choices]]);
}

/** What a test asks beside its amount: of whom or of what base, of which choices, whether for much or for little. One without an amount is all of its text. */
function demandOfTest(test: CharterTest): string {
  if (test.kind === 'turnout') return canonicalText([directions[test.comparison], rollsOf(test.bound)]);
  if (!('amount' in test)) return canonicalText(jsonOf(test));
  const { amount: _amount, comparison, ...rest } = test;
  return canonicalText([directions[comparison], jsonOf(rest)]);
}

/** What a clause demands beside its amounts: alternatives, each a text of all that it asks together. A line that asks less is another line. */
function demandsAt(charter: Charter, path: readonly string[]): readonly string[] {
  const [stage, clause] = clauseAt(charter, path) ?? [];
  if (stage?.kind !== 'vote' && stage?.kind !== 'meeting') return [];
  const together = (demands: readonly string[]): string => [...new Set(demands)].sort(byCodeUnit).join('\n');
  if (clause === 'quorum') return [together(stage.quorums.map(demandOfQuorum))];
  if (clause === secondCall) return stage.secondCall?.quorum === undefined ? [] : [together([demandOfQuorum(stage.secondCall.quorum)])];
  if (clause !== 'passes' || stage.kind !== 'vote') return [];
  return stage.passes.map(({ result, tests }) => together([result, ...tests.map(demandOfTest)]));
}

/** The word of a Charter for the second call of a vote, which has a quorum of its own or none (S101). */
const secondCall = 'secondCall';

/** The path of the second call that a quorum belongs to; undefined for other paths. */
function secondCallOf(path: readonly string[]): readonly string[] | undefined {
  return path.at(-1) === 'quorum' ? [...path.slice(0, -1), secondCall] : undefined;
}

/** True iff an amendment touches what a path of a protection names: whoever protects a quorum protects that of the second call (S101). */
function isTouched(changes: readonly CharterChange[], old: Charter, path: readonly string[]): boolean {
  const full = fullPath(old, path);
  const again = secondCallOf(full);
  return changes.some((change) => touches(change, full) || (again !== undefined && touches(change, again)));
}

/** True iff something stands at a path of a Charter that a bound may be about, or at that of its second call. */
function hasClause(charter: Charter, path: readonly string[]): boolean {
  const again = secondCallOf(path);
  const stands = (one: readonly string[]): boolean => valuesAt(charter, one).length > 0 || demandsAt(charter, one).some((demand) => demand !== '');
  return stands(path) || (again !== undefined && stands(again));
}

function boundProblem(protection: CharterProtection, changes: readonly CharterChange[], old: Charter, fresh: Charter): string | undefined {
  for (const { path, from, to } of protection.bounds) {
    if (!isTouched(changes, old, path)) continue;
    const isWithin = (value: Measured): boolean => isAtMost(measuredValue(from), value) && isAtMost(value, measuredValue(to));
    const again = secondCallOf(path);
    // An amount says nothing where the test is another one: `at most 1/2` for `at least 1/2`, or a second line that silence passes.
    const own = demandsAt(old, path);
    const areKnown = (one: readonly string[], known: readonly string[]): boolean => demandsAt(fresh, one).every((demand) => known.includes(demand));
    const values = valuesAt(fresh, path);
    // Where nothing stood and nothing stands, an amendment sets no value: it takes away what never had one.
    if (!hasClause(old, path) && !hasClause(fresh, path)) continue;
    const isInside = values.length > 0 && values.every(isWithin) && areKnown(path, own);
    // A second call that stays as it is was there before its bounds, or lies within them.
    const isCalled = again !== undefined && changes.some((change) => touches(change, fullPath(old, again)));
    const isCallInside = !isCalled || (valuesAt(fresh, again).every(isWithin) && areKnown(again, [...own, ...demandsAt(old, again)]));
    if (!isInside || !isCallInside) return `\`${path.join('.')}\` would leave its bounds`;
  }
  return undefined;
}

/** The declarations that new bylaws let lapse, or otherwise than before: that removes them, only later (S60). */
function newlyLapsing(old: Charter, fresh: Charter): readonly string[] {
  const added = fresh.protections.filter((one) => one.lapses !== undefined && !old.protections.some((other) => sameProtection(one, other)));
  return added.flatMap(({ paths }) => paths.flatMap(([head, ...rest]) => (head === undefined || rest.length > 0 ? [] : [head])));
}

/** How a protection is called in a reason. */
function nameOf(protection: CharterProtection): string {
  return protection.paths.map((path) => `\`${path.join('.')}\``).join(', ');
}

function guardProblem(protection: CharterProtection, what: string, process: string | undefined): string | undefined {
  if (protection.neverChanged !== undefined) return `${what} may never be changed`;
  if (protection.changedThrough === undefined || protection.changedThrough === process) return undefined;
  return `${what} is changed through \`${protection.changedThrough}\` only`;
}

/** What has lapsed of a Charter: declarations by their names, and protections that went with theirs. */
export interface Lapsed {
  readonly names: readonly string[];
  readonly stands: (protection: CharterProtection) => boolean;
}

/** What a protection still guards; undefined where it stands no more, or where all that it names has lapsed: a thing that is gone is changed by nobody. */
function standing(protection: CharterProtection, { names, stands }: Lapsed): CharterProtection | undefined {
  const isThere = (path: readonly string[]): boolean => !names.includes(path[0] ?? '');
  const paths = protection.paths.filter(isThere);
  const bounds = protection.bounds.filter(({ path }) => isThere(path));
  const isGone = paths.length + bounds.length === 0;
  return isGone || !stands(protection) ? undefined : { ...protection, paths, bounds };
}

/**
 * Why a process may not replace the bylaws in force by new ones; undefined where it may. The protecting declaration is protected like what it protects.
 * Pure. Source: language.md S59, S60
 * @param old - without what has lapsed
 * @param process - undefined where no process decides it, but a duty that nobody did
 */
export function amendmentProblem(old: Charter, fresh: Charter, process: string | undefined, lapsed: Lapsed): string | undefined {
  if (old.protections.length === 0) return undefined;
  const changes = charterDiff(old, fresh);
  const lapsing = newlyLapsing(old, fresh);
  for (const written of old.protections) {
    const protection = standing(written, lapsed);
    if (protection === undefined) continue;
    const path = protection.paths.find((one) => isTouched(changes, old, one) || lapsing.includes(one[0] ?? ''));
    const problem = path === undefined ? undefined : guardProblem(protection, `\`${path.join('.')}\``, process);
    if (problem !== undefined) return problem;
    const isKept = fresh.protections.some((other) => sameProtection(written, other));
    const own = isKept ? undefined : guardProblem(protection, `the protection of ${nameOf(written)}`, process);
    if (own !== undefined) return own;
    const outside = boundProblem(protection, changes, old, fresh);
    if (outside !== undefined) return outside;
  }
  return undefined;
}

/** True iff two protections say the same, whatever their titles. Pure. */
export function sameProtection(left: CharterProtection, right: CharterProtection): boolean {
  return protectionText(left) === protectionText(right);
}

/** A protection as one text without its title: what identifies it from one set of bylaws to the next. Pure. */
export function protectionText(protection: CharterProtection): string {
  const { title: _title, ...rest } = protection;
  return canonicalText(jsonOf(rest));
}
