// Partition safety of votes by weight (check.md 3.5). Weights are not in the text, only their bounds are: the question is whether some weights let two groups
// that share nobody both decide. The best weights there can be make the two
// groups equal and everybody else as light as may be, so that two numbers of people answer for all.
import type { Charter, CharterBound, CharterMeasure, CharterTest, CharterVote } from '../../engine/index.ts';
import { meetsBound, meetsQuantity } from '../../engine/index.ts';

/** Weight where a measure has no upper bound: so much more than the least that who is left over counts for next to nothing. */
const heavy = 1_000_000n;

/** Two groups of a roster that weigh the same: as much as the smaller one can, while everybody else weighs the least there is. `group`: people of the smaller. */
interface Halves {
  readonly size: bigint;
  readonly group: bigint;
  readonly weight: bigint;
  readonly total: bigint;
}

/** Undefined where the larger group cannot weigh so little. */
function halvesOf(measure: CharterMeasure, size: number, group: number, other: number): Halves | undefined {
  const least = BigInt(measure.least ?? 0);
  const most = measure.most === undefined ? least * BigInt(other) + heavy : BigInt(measure.most);
  const weight = BigInt(group) * most;
  if (weight === 0n || BigInt(other) * least > weight) return undefined;
  return { size: BigInt(size), group: BigInt(group), weight, total: 2n * weight + BigInt(size - group - other) * least };
}

function boundMet(halves: Halves, comparison: Parameters<typeof meetsBound>[1], bound: CharterBound, own: readonly string[]): boolean {
  const roles = bound.kind === 'whole' || bound.kind === 'part' ? [bound.role] : [bound.left.role, bound.right.role];
  const isWeight = roles.every((role) => role === 'weight');
  if (!isWeight && !roles.every((role) => own.includes(role))) return false;
  return meetsBound(
    () => (isWeight ? halves.weight : halves.group),
    comparison,
    bound,
    () => (isWeight ? halves.total : halves.size),
  );
}

/** Whether half of the people, who all say yes and of whom nobody else hears, meet a test; false for tests that more people can break. */
function testMet(halves: Halves, test: CharterTest, own: readonly string[]): boolean {
  if (test.kind === 'turnout') return boundMet(halves, test.comparison, test.bound, own);
  if (test.kind !== 'share-of-base' || !test.choices.includes('yes') || (test.comparison !== 'at-least' && test.comparison !== 'more-than')) return false;
  const [part, whole] = ((): readonly [bigint, bigint | undefined] => {
    if (test.base === 'weight-cast') return [halves.weight, halves.weight];
    if (test.base === 'votes-cast' || test.base === 'votes-and-abstentions') return [halves.group, halves.group];
    if (test.base !== 'all') return [0n, undefined];
    if (test.role === 'weight') return [halves.weight, halves.total];
    return own.includes(test.role ?? 'electorate') ? [halves.group, halves.size] : [0n, undefined];
  })();
  return whole !== undefined && meetsQuantity(part, test.comparison, test.amount, whole);
}

/** The smallest of some sizes at which two groups of equal weight both pass a vote by weight; undefined where there is none, or other things decide it too. Pure. */
export function weightedSplit(
  charter: Charter,
  vote: CharterVote,
  sizes: readonly number[],
): { readonly size: number; readonly group: number; readonly other: number } | undefined {
  const [name, ...others] = vote.voters.roles;
  if (name === undefined || others.length > 0 || vote.counted !== undefined || vote.choices.kind !== 'list') return undefined;
  const own = [name, 'electorate'];
  const measure = charter.measures.find((one) => one.name === vote.voters.weightedBy);
  if (measure === undefined) return undefined;
  const decides = (halves: Halves): boolean =>
    vote.quorums.every((quorum) => quorum.counted === 'voting' && boundMet(halves, quorum.comparison, quorum.bound, own)) &&
    vote.passes.some((line) => line.result === 'passed' && line.tests.every((test) => testMet(halves, test, own)));
  for (const size of sizes) {
    for (let group = Math.floor(size / 2); group > 0; group -= 1) {
      for (let other = size - group; other >= group; other -= 1) {
        const halves = halvesOf(measure, size, group, other);
        if (halves !== undefined && decides(halves)) return { size, group, other };
      }
    }
  }
  return undefined;
}
