// Ranked pairs (Tideman 1987): majorities from the strongest down, each locked unless it would close a circle. Equal strengths are tried in every order.
import { everyOutcome, fromPossible, sorted, topByLot, type Ballot, type Counted } from './ballots.ts';
import { pairwise, stronger, type Link, type PairOptions } from './pairwise.ts';

type Pair = readonly [string, string];

function reaches(locked: readonly Pair[], from: string, to: string): boolean {
  const seen = [from];
  for (const c of seen) for (const [a, b] of locked) if (a === c && !seen.includes(b)) seen.push(b);
  return seen.includes(to);
}

/** Every set of locked pairs that some order of these equally strong ones leads to. */
function lockInEveryOrder(start: readonly Pair[], group: readonly Pair[]): Pair[][] {
  const ends = new Map<string, Pair[]>();
  const visited = new Set<string>();
  const visit = (locked: readonly Pair[], left: readonly Pair[]): void => {
    const name = `${sorted(locked.map((p) => p.join('>'))).join(' ')} / ${left.map((p) => p.join('>')).join(' ')}`;
    if (visited.has(name)) return;
    visited.add(name);
    if (left.length === 0) ends.set(name, [...locked]);
    for (const pair of left)
      visit(
        reaches(locked, pair[1], pair[0]) ? locked : [...locked, pair],
        left.filter((p) => p !== pair),
      );
  };
  visit(start, group);
  return [...ends.values()];
}

/** Every order of locking, each as its relation "is over". */
export function lockings(candidates: readonly string[], ballots: readonly Ballot[], options: PairOptions): ((a: string, b: string) => boolean)[] {
  const above = pairwise(candidates, ballots, options.unranked);
  const link = ([a, b]: Pair): Link => [above(a, b), above(b, a)];
  const beats = (p: Pair, q: Pair): boolean => stronger(link(p), link(q), options.strength, options.plain ?? false);
  let left: Pair[] = candidates.flatMap((a) => candidates.filter((b) => above(a, b) > above(b, a)).map((b): Pair => [a, b]));
  let states: Pair[][] = [[]];
  while (left.length > 0) {
    const strongest = left.filter((p) => !left.some((q) => beats(q, p)));
    const next = new Map<string, Pair[]>();
    for (const state of states) for (const end of lockInEveryOrder(state, strongest)) next.set(sorted(end.map((p) => p.join('>'))).join(' '), end);
    states = [...next.values()];
    left = left.filter((p) => !strongest.includes(p));
  }
  return states.map((locked) => (a: string, b: string) => a !== b && reaches(locked, a, b));
}

/** Ranked pairs: the first seats of the locked order, tied where equal strengths leave it open. */
export function rankedPairs(candidates: readonly string[], ballots: readonly Ballot[], seats: number, options: PairOptions): Counted {
  const possible = new Map<string, readonly string[]>();
  const orders = lockings(candidates, ballots, options);
  for (const over of orders)
    for (const winners of everyOutcome((lot) => topByLot(candidates, seats, over, lot)).possible) possible.set(winners.join('|'), winners);
  return fromPossible([...possible.values()], orders.length > 1);
}
