// Ties on the way of a count that change nothing: it is counted in every way in which they can be broken, and where all ways elect the same people in the
// same order, there was no tie for a seat (S124). It breaks none of them for a seat.
import type { Standing } from './contest.ts';
import type { Way } from './tie.ts';

/** What one count came to: the seats filled and the standing behind them, or why not. */
export type Filled =
  | { readonly kind: 'filled'; readonly winners: readonly number[]; readonly groups: readonly (readonly number[])[] }
  | Exclude<Standing, { kind: 'order' }>;

/**
 * Ways that are tried: as many as there are orders of five people. Each is a count of its own, and a vote that is watched is counted at each ballot, so their
 * number is small; a count with more open ways stays tied.
 */
export const waysMax = 120;

/** The way after one that was walked, the last tie first; undefined where there is none. */
function wayAfter({ picks, open }: Way): Way | undefined {
  const walked = open.map((_, place) => picks[place] ?? 0);
  const last = walked.findLastIndex((pick, place) => pick + 1 < (open[place] ?? 0));
  return last < 0 ? undefined : { picks: [...walked.slice(0, last), (walked[last] ?? 0) + 1], open: [] };
}

/** How many stand in each group or before it. */
function endsOf(groups: readonly (readonly number[])[]): number[] {
  let count = 0;
  return groups.map((group) => (count += group.length));
}

/** Joins groups of two standings until both hold the same options in them: whoever stands higher in one and lower in the other stands equal. */
function joined(one: readonly (readonly number[])[], other: readonly (readonly number[])[]): number[][] {
  const [order, others] = [one.flat(), other.flat()];
  const isShared = (end: number): boolean => order.slice(0, end).every((option) => others.slice(0, end).includes(option));
  const ends = endsOf(one).filter((end) => endsOf(other).includes(end) && isShared(end));
  return ends.map((end, place) => order.slice(ends[place - 1] ?? 0, end).toSorted((a, b) => a - b));
}

/**
 * Counts once, or in every way in which ties on the way can be broken that no rule splits.
 * @param attempt - counts in one way; without a way such a tie ends the count
 * @returns the count, where all ways fill the seats with the same people in the same order: the first way, with the standing that all ways share. Otherwise,
 * and beyond `waysMax` ways, the count that the tie has ended
 * Source: language.md S124, docs/decisions/0184
 */
export function inEveryWay<Count extends { readonly filled: Filled }>(attempt: (way?: Way) => Count): Count {
  let way: Way = { picks: [], open: [] };
  const first = attempt(way);
  if (way.open.length === 0) return first;
  if (first.filled.kind !== 'filled') return attempt();
  const { winners } = first.filled;
  let { groups } = first.filled;
  for (let tried = 1; ; tried += 1) {
    const next = wayAfter(way);
    if (next === undefined) return { ...first, filled: { ...first.filled, groups } };
    if (tried >= waysMax) return attempt();
    way = next;
    const { filled } = attempt(way);
    if (filled.kind !== 'filled' || filled.winners.join() !== winners.join()) return attempt();
    groups = joined(groups, filled.groups);
  }
}
