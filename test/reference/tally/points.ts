// Methods that add up points: plurality, approval, score, STAR, Borda and the two-round vote. Not the methods that move ballots.
import { at, everyOutcome, topByLot, topByPoints, type Ballot, type Counted, type Lot } from './ballots.ts';

/** What a rank that several continuing candidates share does where one mark is needed. */
export type SharedRank = 'exhaust' | 'split';

/** The candidates of the first rank that holds one of `among`; empty where the ballot has none. */
export function firstRank(ballot: Ballot, among: readonly string[]): string[] {
  for (const rank of ballot.ranks) {
    const here = rank.filter((c) => among.includes(c));
    if (here.length > 0) return here;
  }
  return [];
}

/** Votes of ballots that name exactly one candidate of `among` in first place. */
export function firstVotes(among: readonly string[], ballots: readonly Ballot[]): Map<string, bigint> {
  const votes = new Map<string, bigint>(among.map((c) => [c, 0n]));
  for (const ballot of ballots) {
    const [only, ...more] = firstRank(ballot, among);
    if (only !== undefined && more.length === 0) votes.set(only, at(votes, only) + ballot.weight);
  }
  return votes;
}

/** Plurality: most first marks; several seats are the single non-transferable vote. */
export function plurality(candidates: readonly string[], ballots: readonly Ballot[], seats: number): Counted {
  return topByPoints(candidates, seats, firstVotes(candidates, ballots));
}

/** Approval votes: everyone in the first rank of a ballot gets its full weight. */
export function approvals(ballots: readonly Ballot[]): Map<string, bigint> {
  const votes = new Map<string, bigint>();
  for (const ballot of ballots) for (const c of ballot.ranks[0] ?? []) votes.set(c, at(votes, c) + ballot.weight);
  return votes;
}

/** Sums of points; a candidate without points on a ballot has 0 from it. */
export function totals(ballots: readonly Ballot[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const ballot of ballots) for (const [c, points] of ballot.scores ?? []) sums.set(c, at(sums, c) + ballot.weight * points);
  return sums;
}

function preferred(ballots: readonly Ballot[], a: string, b: string): bigint {
  let lead = 0n;
  for (const ballot of ballots) {
    const points = new Map(ballot.scores ?? []);
    if (at(points, a) > at(points, b)) lead += ballot.weight;
    if (at(points, a) < at(points, b)) lead -= ballot.weight;
  }
  return lead;
}

/** STAR: the two highest sums, then whichever more ballots score higher; a tied runoff goes to the higher sum where `byTotal`, else to the lot. */
export function star(candidates: readonly string[], ballots: readonly Ballot[], _seats: number, options: { byTotal: boolean } = { byTotal: true }): Counted {
  return everyOutcome((lot) => starOnce(candidates, ballots, options, lot));
}

/** One STAR count with a given lot. */
export function starOnce(candidates: readonly string[], ballots: readonly Ballot[], options: { byTotal: boolean }, lot: Lot): string[] {
  const sums = totals(ballots);
  const [first = '', second] = topByLot(candidates, 2, (a, b) => at(sums, a) > at(sums, b), lot);
  if (second === undefined) return [first];
  const lead = preferred(ballots, first, second) || (options.byTotal ? at(sums, first) - at(sums, second) : 0n);
  return [lead > 0n ? first : lead < 0n ? second : lot([first, second], 'first')];
}

/** Bloc STAR: one STAR count for each seat, without those who have one. */
export function blocStarOnce(candidates: readonly string[], ballots: readonly Ballot[], seats: number, lot: Lot): string[] {
  const winners: string[] = [];
  while (winners.length < seats && winners.length < candidates.length) {
    const rest = candidates.filter((c) => !winners.includes(c));
    winners.push(...starOnce(rest, ballots, { byTotal: false }, lot));
  }
  return winners;
}

/** Borda: on each ballot two half-points for everyone ranked below and one for everyone level; the unranked are level and last. */
export function bordaPoints(candidates: readonly string[], ballots: readonly Ballot[]): Map<string, bigint> {
  const points = new Map<string, bigint>();
  for (const ballot of ballots) {
    const place = (c: string): number => {
      const found = ballot.ranks.findIndex((rank) => rank.includes(c));
      return found < 0 ? ballot.ranks.length : found;
    };
    for (const c of candidates)
      for (const d of candidates) {
        if (c === d) continue;
        const half = place(c) < place(d) ? 2n : place(c) === place(d) ? 1n : 0n;
        points.set(c, at(points, c) + half * ballot.weight);
      }
  }
  return points;
}

/** Borda: the most points. */
export function borda(candidates: readonly string[], ballots: readonly Ballot[], seats: number): Counted {
  return topByPoints(candidates, seats, bordaPoints(candidates, ballots));
}

/** Two rounds on one set of ballots: more than half of the first votes wins, else the two with most meet. `votes` counts a round. */
export function twoRoundOnce(candidates: readonly string[], votes: (among: readonly string[]) => ReadonlyMap<string, bigint>, lot: Lot): string[] {
  const first = votes(candidates);
  const cast = candidates.reduce((sum, c) => sum + at(first, c), 0n);
  const outright = candidates.find((c) => 2n * at(first, c) > cast);
  if (outright !== undefined) return [outright];
  const pair = topByLot(candidates, 2, (a, b) => at(first, a) > at(first, b), lot);
  const second = votes(pair);
  return topByLot(pair, 1, (a, b) => at(second, a) > at(second, b), lot);
}
