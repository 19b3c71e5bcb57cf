// Condorcet methods: Schulze, minimax, strict Condorcet, Smith set and Condorcet-IRV. Ranked pairs and the default option have files of their own.
import { everyOutcome, fromPossible, topOf, type Ballot, type Counted, type Lot } from './ballots.ts';
import { exclude, type RunoffOptions } from './runoff.ts';

/** What a candidate missing from a ballot means. */
export type Unranked = 'tied-last' | 'not-compared';

/** How strong a win is: the votes of the winning side, or the difference. */
export type Strength = 'winning-votes' | 'margins';

/** The number of ballots that put the first above the second. */
export type Above = (a: string, b: string) => bigint;

/** Counts, for every two candidates, the ballots that rank the one above the other. */
export function pairwise(candidates: readonly string[], ballots: readonly Ballot[], unranked: Unranked): Above {
  const table = new Map<string, bigint>();
  for (const ballot of ballots)
    for (const a of candidates)
      for (const b of candidates) {
        const ofA = ballot.ranks.findIndex((rank) => rank.includes(a));
        const ofB = ballot.ranks.findIndex((rank) => rank.includes(b));
        const above = unranked === 'tied-last' ? ofA >= 0 && (ofB < 0 || ofA < ofB) : ofA >= 0 && ofB >= 0 && ofA < ofB;
        if (above) table.set(`${a}>${b}`, (table.get(`${a}>${b}`) ?? 0n) + ballot.weight);
      }
  return (a, b) => table.get(`${a}>${b}`) ?? 0n;
}

/** A link of the Schulze paper: votes for and votes against. */
export type Link = readonly [bigint, bigint];

/** Whether the first link is stronger (Schulze 2011, 2.1): winning votes with fewer opposed as the second test unless `plain`, or margins. */
export function stronger([e, f]: Link, [g, h]: Link, strength: Strength, plain: boolean): boolean {
  if (strength === 'margins') return e - f > g - h;
  if (e > f && g <= h) return true;
  if (e >= f && g < h) return true;
  return e > f && g > h && (e > g || (!plain && e === g && f < h));
}

/** Schulze: the strongest paths by trying every middle; A is over B where its path is the stronger. */
export function schulzeOver(candidates: readonly string[], above: Above, strength: Strength, plain: boolean): (a: string, b: string) => boolean {
  const path = new Map<string, Link>();
  const get = (a: string, b: string): Link => path.get(`${a}>${b}`) ?? [0n, 0n];
  for (const a of candidates) for (const b of candidates) path.set(`${a}>${b}`, [above(a, b), above(b, a)]);
  for (const middle of candidates)
    for (const a of candidates)
      for (const b of candidates) {
        if (a === b || a === middle || b === middle) continue;
        const weaker = stronger(get(a, middle), get(middle, b), strength, plain) ? get(middle, b) : get(a, middle);
        if (stronger(weaker, get(a, b), strength, plain)) path.set(`${a}>${b}`, weaker);
      }
  return (a, b) => a !== b && stronger(get(a, b), get(b, a), strength, plain);
}

/** Options of the methods that look at pairs. */
export interface PairOptions {
  readonly unranked: Unranked;
  readonly strength: Strength;
  readonly plain?: boolean;
}

/** Schulze: the first seats of its order. */
export function schulze(candidates: readonly string[], ballots: readonly Ballot[], seats: number, options: PairOptions): Counted {
  return topOf(candidates, seats, schulzeOver(candidates, pairwise(candidates, ballots, options.unranked), options.strength, options.plain ?? false));
}

/** The worst defeat of a candidate; without a defeat it is 0. */
export function worstDefeat(candidates: readonly string[], above: Above, strength: Strength, c: string): bigint {
  let most = 0n;
  for (const d of candidates) {
    if (above(d, c) <= above(c, d)) continue;
    const defeat = strength === 'margins' ? above(d, c) - above(c, d) : above(d, c);
    if (defeat > most) most = defeat;
  }
  return most;
}

/** Minimax: the smallest worst defeat. */
export function minimax(candidates: readonly string[], ballots: readonly Ballot[], seats: number, options: PairOptions): Counted {
  const above = pairwise(candidates, ballots, options.unranked);
  const worst = (c: string): bigint => worstDefeat(candidates, above, options.strength, c);
  return topOf(candidates, seats, (a, b) => worst(a) < worst(b));
}

/** Strict Condorcet: the one who beats everyone else, or nobody. */
export function condorcet(candidates: readonly string[], ballots: readonly Ballot[], _seats: number, options: { unranked: Unranked }): Counted {
  const above = pairwise(candidates, ballots, options.unranked);
  const winner = candidates.find((c) => candidates.every((d) => c === d || above(c, d) > above(d, c)));
  return winner === undefined ? { winners: 'none', possible: [], drew: false } : fromPossible([[winner]], false);
}

/** The smallest set whose every member beats every outsider: grown from each candidate by whoever is not beaten; the smallest is it. */
export function smith(candidates: readonly string[], above: Above): string[] {
  let smallest = [...candidates];
  for (const start of candidates) {
    const set = [start];
    for (const member of set) for (const d of candidates) if (!set.includes(d) && above(member, d) <= above(d, member)) set.push(d);
    if (set.length < smallest.length) smallest = set;
  }
  return smallest;
}

/** Options of Condorcet-IRV: what pairs see, what the rounds do. */
export type CondorcetIrvOptions = { readonly unranked: Unranked; readonly among?: 'smith' | 'all' } & RunoffOptions;

/** One Condorcet-IRV count: instant runoff inside the Smith set; further seats by the same without those already elected. */
export function condorcetIrvOnce(candidates: readonly string[], ballots: readonly Ballot[], seats: number, options: CondorcetIrvOptions, lot: Lot): string[] {
  const above = pairwise(candidates, ballots, options.unranked);
  const winners: string[] = [];
  while (winners.length < seats && winners.length < candidates.length) {
    const rest = candidates.filter((c) => !winners.includes(c));
    const best = smith(rest, above);
    winners.push(exclude(options.among === 'all' && best.length > 1 ? rest : best, ballots, options, lot));
  }
  return winners;
}

/** Condorcet-IRV over every fall of the lots. */
export function condorcetIrv(candidates: readonly string[], ballots: readonly Ballot[], seats: number, options: CondorcetIrvOptions): Counted {
  return everyOutcome((lot) => condorcetIrvOnce(candidates, ballots, seats, options, lot));
}
