// Whether an amendment may be made at all: what the bylaws in force protect, and within which bounds (S59, S60). What changes is charter-diff.ts's;
// when a protected declaration lapses is sunset.ts's.
import type { Charter, CharterProtection, CharterValue } from './bylaws.ts';
import type { CharterStage } from './bylaws-stages.ts';
import type { CharterBound, CharterDuration, CharterShare, Quantity } from './bylaws-terms.ts';
import type { CharterChange } from './charter-diff.ts';
import { charterDiff, fullPath, touches } from './charter-diff.ts';
import { canonicalText } from './canonical.ts';
import { jsonOf } from './case.ts';

/** What a value is compared as: an exact number, or a length that may depend on the calendar. `least` and `most` in minutes. */
type Measured =
  | { readonly kind: 'number'; readonly numerator: bigint; readonly denominator: bigint; readonly isShare: boolean }
  | { readonly kind: 'length'; readonly least: number; readonly most: number; readonly months?: number }
  | { readonly kind: 'date'; readonly date: string }
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

function measuredLength(duration: CharterDuration): Measured {
  const [least, most] = minutesOf[duration.unit];
  const months = duration.unit === 'month' ? duration.count : duration.unit === 'year' ? duration.count * 12 : undefined;
  return { kind: 'length', least: duration.count * least, most: duration.count * most, ...(months === undefined ? {} : { months }) };
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
    case 'date':
      return { kind: 'date', date: value.date };
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
  return left.kind === 'date' && right.kind === 'date' && left.date <= right.date;
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
  if (clause !== 'passes' || stage.kind !== 'vote') return [];
  return stage.passes.flatMap((row) =>
    row.tests.flatMap((test): readonly Measured[] => {
      if ('amount' in test) return [measuredQuantity(test.amount)];
      return test.kind === 'turnout' ? sharesOf(test.bound).map(measuredShare) : [];
    }),
  );
}

/** The values that stand at a path of a Charter now; none where nothing stands there. */
function valuesAt(charter: Charter, path: readonly string[]): readonly Measured[] {
  const [head = '', ...rest] = fullPath(charter, path);
  const role = charter.roles.find((one) => one.name === head);
  if (role !== undefined) {
    const { term, held } = role;
    if (rest[0] === 'term') return term === undefined ? [] : [measuredLength(term.duration)];
    if (rest[0] !== 'held' || held === undefined) return [];
    return [held.least, ...(held.most === undefined ? [] : [held.most])].map((value) => measuredQuantity({ kind: 'count', value }));
  }
  const stages = charter.processes.find((one) => one.name === head)?.stages ?? [];
  const stage = stages.find((one) => one.name === rest[0]);
  if (stage?.kind !== 'joint') return stage === undefined ? [] : ofStage(stage, rest[1]);
  const vote = stage.votes.find((one) => one.name === rest[1]);
  return vote === undefined ? [] : ofStage(vote, rest[2]);
}

function boundProblem(protection: CharterProtection, changes: readonly CharterChange[], old: Charter, fresh: Charter): string | undefined {
  for (const { path, from, to } of protection.bounds) {
    const full = fullPath(old, path);
    if (!changes.some((change) => touches(change, full))) continue;
    const values = valuesAt(fresh, path);
    const isInside = values.length > 0 && values.every((value) => isAtMost(measuredValue(from), value) && isAtMost(value, measuredValue(to)));
    if (!isInside) return `\`${path.join('.')}\` would leave its bounds`;
  }
  return undefined;
}

/** How a protection is called in a reason. */
function nameOf(protection: CharterProtection): string {
  return protection.paths.map((path) => `\`${path.join('.')}\``).join(', ');
}

function guardProblem(protection: CharterProtection, what: string, process: string): string | undefined {
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
  const isGone = paths.length + bounds.length === 0 && protection.paths.length + protection.bounds.length > 0;
  return isGone || !stands(protection) ? undefined : { ...protection, paths, bounds };
}

/**
 * Why a process may not replace the bylaws in force by new ones; undefined where it may. The protecting declaration is protected like what it protects.
 * Pure. Source: language.md S59, S60
 * @param old - without what has lapsed
 */
export function amendmentProblem(old: Charter, fresh: Charter, process: string, lapsed: Lapsed): string | undefined {
  if (old.protections.length === 0) return undefined;
  const changes = charterDiff(old, fresh);
  for (const written of old.protections) {
    const protection = standing(written, lapsed);
    if (protection === undefined) continue;
    const path = protection.paths.find((one) => changes.some((change) => touches(change, fullPath(old, one))));
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
