// Instant runoff: excludes the fewest votes until one is left. Not STV; no surplus moves here.
import { at, everyOutcome, type Ballot, type Counted, type Lot } from './ballots.ts';
import { firstRank, type SharedRank } from './points.ts';

/** What shared ranks do. A share is counted in 720720ths, which every number of sharers up to 16 divides. */
export interface RunoffOptions {
  readonly shared: SharedRank;
  /** Whether a ballot that was exhausted by a shared rank comes back when all but one of the sharers are out. */
  readonly revives?: boolean;
  /** Whether a lowest tie is first put to the earlier rounds, the latest that tells them apart first. */
  readonly earlier?: boolean;
}

const WHOLE = 720720n;

/** Votes of one round, in 720720ths; `spent` holds the ballots that are out for good. */
export function round(among: readonly string[], ballots: readonly Ballot[], options: RunoffOptions, spent: Set<Ballot>): Map<string, bigint> {
  const votes = new Map<string, bigint>(among.map((c) => [c, 0n]));
  for (const ballot of ballots) {
    if (spent.has(ballot)) continue;
    const here = firstRank(ballot, among);
    if (here.length > 1 && options.shared === 'exhaust') {
      if (options.revives !== true) spent.add(ballot);
      continue;
    }
    for (const c of here) votes.set(c, at(votes, c) + (ballot.weight * WHOLE) / BigInt(here.length));
  }
  return votes;
}

/** Decision 0184: nobody puts any of the lowest first, somebody is put first, and no paper waits between several, so it makes no odds who of them goes first. */
function isIdle(
  left: readonly string[],
  low: readonly string[],
  votes: ReadonlyMap<string, bigint>,
  ballots: readonly Ballot[],
  { shared }: RunoffOptions,
): boolean {
  const waits = shared === 'exhaust' && ballots.some((ballot) => firstRank(ballot, left).length > 1);
  return !waits && low.length < left.length && low.every((c) => at(votes, c) === 0n);
}

/** The one left after excluding the lowest again and again; a lowest tie goes to the lot. */
export function exclude(candidates: readonly string[], ballots: readonly Ballot[], options: RunoffOptions, lot: Lot): string {
  let left = [...candidates];
  const spent = new Set<Ballot>();
  const history: Map<string, bigint>[] = [];
  while (left.length > 1) {
    const votes = round(left, ballots, options, spent);
    const cast = left.reduce((sum, c) => sum + at(votes, c), 0n);
    const majority = left.find((c) => 2n * at(votes, c) > cast);
    if (majority !== undefined) return majority;
    let low = left.filter((c) => left.every((d) => at(votes, c) <= at(votes, d)));
    if (options.earlier === true) for (const before of [...history].reverse()) low = low.filter((c) => low.every((d) => at(before, c) <= at(before, d)));
    const out = low.length === 1 || isIdle(left, low, votes, ballots, options) ? low[0] : lot(low, 'out');
    history.push(votes);
    left = left.filter((c) => c !== out);
  }
  return left[0] ?? '';
}

/** Instant runoff for one seat. */
export function irv(candidates: readonly string[], ballots: readonly Ballot[], _seats: number, options: RunoffOptions): Counted {
  return everyOutcome((lot) => [exclude(candidates, ballots, options, lot)]);
}
