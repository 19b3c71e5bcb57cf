// An election of the language: which ballots are counted, by which of the tallies of this folder, and who wins under a lot (S43, S45, S115, decision 0024).
import type { CharterCounted } from '../../../engine/index.ts';
import type { Ballot, Lot } from './ballots.ts';
import { at, everyOutcome, topByLot } from './ballots.ts';
import { exactOnce, scottishOnce } from './gregory.ts';
import { condorcet, pairwise, schulzeOver } from './pairwise.ts';
import { approvals, bordaPoints } from './points.ts';
import { rankedPairs } from './ranked-pairs.ts';
import { exclude, round } from './runoff.ts';

/** What is counted. */
export interface Election {
  readonly counted: CharterCounted;
  readonly candidates: readonly string[];
  /** Each voter's groups of candidates, best first, and the weight of the voter. */
  readonly ballots: readonly { readonly ranks: readonly (readonly string[])[]; readonly weight: bigint }[];
  readonly seats: number;
  /** Who may not win: they are struck, the lowest first, and the ballots are counted again without them (S115). */
  readonly barred?: (candidate: string) => boolean;
}

/** The ballots with everybody left out put together at the end. */
function completed(candidates: readonly string[], ballots: readonly Ballot[]): Ballot[] {
  return ballots.map((ballot) => {
    const rest = candidates.filter((one) => !ballot.ranks.flat().includes(one));
    return ballot.ranks.length === 0 || rest.length === 0 ? ballot : { ...ballot, ranks: [...ballot.ranks, rest] };
  });
}

/** The ballots that count: `equal ranks refused` sets the others aside whole. */
function seen({ counted, ballots }: Election): Ballot[] {
  const marks = counted.method === 'plurality' ? ballots.map(({ ranks, weight }) => ({ ranks: ranks.slice(0, 1), weight })) : ballots;
  const strict = counted.equalRanks === 'refused' || counted.method.startsWith('stv');
  const kept = strict ? marks.filter(({ ranks }) => ranks.every((rank) => rank.length < 2)) : marks;
  // Ballots of no weight support nobody.
  const heavy = kept.filter(({ weight }) => weight > 0n);
  return heavy.map(({ ranks, weight }) => ({ weight, ranks: counted.method === 'approval' && ranks.length > 0 ? [ranks.flat()] : ranks }));
}

/** Who wins if every lot falls by an order; `none`: no candidate can win, whatever the lot. */
export function winnersBy(election: Election, lot: Lot): readonly string[] | 'none' {
  const { barred } = election;
  for (let left = election; ;) {
    const winners = countedOnce(left, lot);
    const struck = winners === 'none' || barred === undefined ? undefined : winners.toReversed().find(barred);
    if (struck === undefined) return winners;
    const stays = (name: string): boolean => name !== struck;
    const ballots = left.ballots.map(({ ranks, weight }) => ({ weight, ranks: ranks.map((rank) => rank.filter(stays)).filter((rank) => rank.length > 0) }));
    left = { ...left, candidates: left.candidates.filter(stays), ballots };
  }
}

function countedOnce(election: Election, lot: Lot): readonly string[] | 'none' {
  const { counted, candidates, seats } = election;
  const ballots = seen(election);
  if (!ballots.some(({ ranks }) => ranks.length > 0)) return 'none';
  const unranked = counted.unranked === 'not-compared' ? 'not-compared' : 'tied-last';
  const byPoints = (points: ReadonlyMap<string, bigint>): string[] => topByLot(candidates, seats, (a, b) => at(points, a) > at(points, b), lot);
  switch (counted.method) {
    case 'plurality':
      return byPoints(round(candidates, ballots, { shared: 'split' }, new Set()));
    case 'approval':
      return byPoints(approvals(ballots));
    case 'irv': {
      const shared = counted.equalRanks === 'split' ? 'split' : 'exhaust';
      return [exclude(candidates, counted.unranked === 'exhausted' ? ballots : completed(candidates, ballots), { shared, revives: true }, lot)];
    }
    case 'stv-scottish':
      return scottishOnce(candidates, ballots, seats, lot).winners;
    case 'stv-exact':
      return exactOnce(candidates, ballots, seats, lot).winners;
    case 'borda': {
      const filled = ballots.filter(({ ranks }) => ranks.length > 0);
      if (unranked === 'tied-last') return byPoints(bordaPoints(candidates, filled));
      const points = new Map<string, bigint>();
      for (const one of filled) for (const [name, more] of bordaPoints(one.ranks.flat(), [one])) points.set(name, at(points, name) + more);
      return byPoints(points);
    }
    case 'schulze':
      return topByLot(candidates, seats, schulzeOver(candidates, pairwise(candidates, ballots, unranked), counted.strength ?? 'margins', true), lot);
    case 'condorcet': {
      const { winners } = condorcet(candidates, ballots, 1, { unranked });
      return typeof winners === 'string' ? 'none' : winners;
    }
    default:
      return 'none';
  }
}

/** The winners where no lot is needed for a seat, `tied` where one is, `none` where nobody can win. */
export function winnersOf(election: Election): readonly string[] | 'tied' | 'none' {
  const { counted, candidates, seats } = election;
  const { barred } = election;
  if (counted.method === 'ranked-pairs') {
    const ballots = seen(election);
    if (!ballots.some(({ ranks }) => ranks.length > 0)) return 'none';
    const unranked = counted.unranked === 'not-compared' ? 'not-compared' : 'tied-last';
    const { winners } = rankedPairs(candidates, ballots, seats, { unranked, strength: counted.strength ?? 'margins' });
    const struck = typeof winners === 'string' || barred === undefined ? undefined : winners.toReversed().find(barred);
    if (struck === undefined) return winners;
    const left = ballots.map(({ ranks, weight }) => ({
      weight,
      ranks: ranks.map((rank) => rank.filter((name) => name !== struck)).filter((rank) => rank.length > 0),
    }));
    return winnersOf({ ...election, candidates: candidates.filter((name) => name !== struck), ballots: left });
  }
  if (winnersBy(election, (tied) => tied[0] ?? '') === 'none') return 'none';
  return everyOutcome((lot) => {
    const winners = winnersBy(election, lot);
    return winners === 'none' ? [] : winners;
  }).winners;
}
