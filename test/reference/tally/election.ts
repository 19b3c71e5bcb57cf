// An election of the language: which ballots are counted, by which of the tallies of this folder, and who wins under a lot (S43-S45, S115, decisions 0024, 0106).
import type { CharterCounted } from '../../../engine/index.ts';
import type { Ballot, Counted, Lot } from './ballots.ts';
import { at, everyOutcome, walkLots } from './ballots.ts';
import { cappedOnce } from './cap.ts';
import type { Limit } from './cap.ts';
import { undropped, withDefault } from './default-option.ts';
import { exactOnce, scottishOnce } from './gregory.ts';
import { condorcet, pairwise, schulzeOver } from './pairwise.ts';
import { approvals, bordaPoints } from './points.ts';
import { lockings } from './ranked-pairs.ts';
import { exclude, round } from './runoff.ts';

type Levels = readonly (readonly string[])[];

/** What is counted. */
export interface Election {
  readonly counted: CharterCounted;
  readonly candidates: readonly string[];
  /** Each voter's groups of candidates, best first, and the weight of the voter; of a ballot of points one group for each number, the highest first. */
  readonly ballots: readonly { readonly ranks: Levels; readonly weight: bigint }[];
  readonly seats: number;
  readonly limits: readonly Limit[];
  /** The default among the candidates: whoever stands behind it has lost (S44). */
  readonly fallback: string | undefined;
}

/** What a ballot says in this method; undefined: it is set aside whole, for equals or for an option without points. */
export function readBallot({ counted, candidates }: Pick<Election, 'counted' | 'candidates'>, ranks: Levels): Levels | undefined {
  const { method, equalRanks, unscored, from = 0, to = 0 } = counted;
  if (ranks.length === 0) return ranks;
  if (method === 'score') {
    const missing = candidates.filter((one) => !ranks.flat().includes(one));
    if (missing.length > 0 && unscored === 'refused') return undefined;
    // Decision 0106: the lowest points, also against a default.
    return Array.from({ length: to - from + 1 }, (_, place) => [...(ranks[place] ?? []), ...(place === to - from ? missing : [])]);
  }
  if ((equalRanks === 'refused' || method.startsWith('stv')) && ranks.some((rank) => rank.length > 1)) return undefined;
  if (method === 'plurality') return ranks.slice(0, 1);
  return method === 'approval' ? [ranks.flat()] : ranks;
}

/** The ballots that count, without those who do not stand any more; those of no weight support nobody. */
function seen(election: Election): Ballot[] {
  const stands = (name: string): boolean => election.candidates.includes(name);
  return election.ballots.flatMap(({ ranks, weight }) => {
    const own = ranks.map((rank) => rank.filter(stands));
    const said = own.some((rank) => rank.length > 0) ? own : [];
    const read = readBallot(election, election.counted.method === 'score' ? said : said.filter((rank) => rank.length > 0));
    return read === undefined || weight === 0n ? [] : [{ ranks: read, weight }];
  });
}

/** The ballots with everybody left out put together at the end. */
function completed(candidates: readonly string[], ballots: readonly Ballot[]): Ballot[] {
  return ballots.map((ballot) => {
    const rest = candidates.filter((one) => !ballot.ranks.flat().includes(one));
    return ballot.ranks.length === 0 || rest.length === 0 ? ballot : { ...ballot, ranks: [...ballot.ranks, rest] };
  });
}

/** Candidates level by level: those under nobody, then those under nobody but them, and so on. */
function levelsBy(candidates: readonly string[], better: (a: string, b: string) => boolean): Levels {
  const levels: string[][] = [];
  let left = [...candidates];
  while (left.length > 0) {
    const level = left.filter((one) => !left.some((other) => better(other, one)));
    levels.push(level);
    left = left.filter((one) => !level.includes(one));
  }
  return levels;
}

/** How the candidates of an election stand under a lot. */
type Places = (election: Election, lot: Lot) => Levels;

/** Who wins if every lot falls by an order; nobody, where no candidate can win. @param settled - as of `cappedOnce` */
export function winnersBy(election: Election, lot: Lot, settled?: (among: readonly string[]) => boolean, places: Places = standing): readonly string[] {
  const { candidates, fallback, limits, seats } = election;
  return cappedOnce(
    {
      names: candidates,
      seats,
      limits,
      standing: (among, by) => places({ ...election, candidates: among }, by),
      ahead: (winners) => (fallback !== undefined && winners.includes(fallback) ? winners.slice(0, winners.indexOf(fallback)) : winners),
    },
    lot,
    settled,
  );
}

/** The places of all candidates, or of those whom the method ranks. */
function standing(election: Election, lot: Lot): Levels {
  const { counted, candidates, fallback, seats } = election;
  const ballots = seen(election);
  if (!ballots.some(({ ranks }) => ranks.length > 0)) return [];
  const unranked = counted.unranked === 'not-compared' ? 'not-compared' : 'tied-last';
  const byPoints = (points: ReadonlyMap<string, bigint>): Levels =>
    behind(
      levelsBy(candidates, (a, b) => at(points, a) > at(points, b)),
      fallback,
    );
  const pairs = (): Levels => levelsBy(candidates, schulzeOver(candidates, pairwise(candidates, ballots, unranked), counted.strength ?? 'margins', true));
  const only = ({ winners }: Counted): Levels => (typeof winners === 'string' ? [] : [winners]);
  switch (counted.method) {
    case 'plurality':
      return byPoints(round(candidates, ballots, { shared: 'split' }, new Set()));
    case 'approval':
      return byPoints(approvals(ballots));
    case 'score':
      return byPoints(points(counted, ballots));
    case 'irv': {
      const shared = counted.equalRanks === 'split' ? 'split' : 'exhaust';
      return [[exclude(candidates, counted.unranked === 'exhausted' ? ballots : completed(candidates, ballots), { shared, revives: true }, lot)]];
    }
    case 'stv-scottish':
      return scottishOnce(candidates, ballots, seats, lot).levels;
    case 'stv-exact':
      return exactOnce(candidates, ballots, seats, lot).levels;
    case 'borda': {
      const filled = ballots.filter(({ ranks }) => ranks.length > 0);
      if (unranked === 'tied-last') return byPoints(bordaPoints(candidates, filled));
      const sums = new Map<string, bigint>();
      for (const one of filled) for (const [name, more] of bordaPoints(one.ranks.flat(), [one])) sums.set(name, at(sums, name) + more);
      return byPoints(sums);
    }
    case 'schulze':
      return behind(pairs(), fallback);
    case 'condorcet-schulze': {
      if (fallback === undefined) return pairs();
      // Decision 0024: what does not strictly beat the default is dropped; for one seat the Schwartz set is left, for more Schulze's order.
      const options = { unranked, standing: fallback, quorum: 0n, ratio: [1n, 1n] } as const;
      if (seats === 1) return [[...new Set(withDefault(candidates, ballots, 1, options).possible.flat())]];
      const left = undropped(candidates, ballots, options);
      return behind(levelsBy(left, schulzeOver(left, pairwise(left, ballots, unranked), 'winning-votes', true)), fallback);
    }
    case 'ranked-pairs': {
      // Every order of equally strong pairs is one way in which a lot may fall.
      const orders = new Map(
        lockings(candidates, ballots, { unranked, strength: counted.strength ?? 'margins' }).map((over) => [JSON.stringify(levelsBy(candidates, over)), over]),
      );
      const [first = '', ...more] = orders.keys();
      const over = orders.get(more.length === 0 ? first : lot([first, ...more], 'first')) ?? orders.get(first);
      return over === undefined ? [] : behind(levelsBy(candidates, over), fallback);
    }
    case 'condorcet':
      return only(condorcet(candidates, ballots, 1, { unranked }));
    default:
      return [];
  }
}

/** The sums of points, from the place of each group. */
function points({ from = 0, to = 0 }: CharterCounted, ballots: readonly Ballot[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();

  for (const { ranks, weight } of ballots)
    for (const [place, rank] of ranks.entries()) for (const name of rank) sums.set(name, at(sums, name) + weight * BigInt(to - from - place));
  return sums;
}

/** The levels down to the default. */
function behind(levels: Levels, fallback: string | undefined): Levels {
  const place = levels.findIndex((level) => fallback !== undefined && level.includes(fallback));
  return place < 0 ? levels : levels.slice(0, place + 1);
}

/** Decision 0184: the most falls of the lots of one count in rounds that are looked at. */
const fallsMax = 120;

/** Decision 0184: what all falls of the lots in rounds come to, if they elect the same in the same order: a level ends only where one ends in every fall. */
function inEveryFall(election: Election): Levels | undefined {
  const falls: Levels[] = [];
  const walked = walkLots((lot) => {
    falls.push(standing(election, lot));
    return [];
  }, fallsMax);
  const [first = [], ...others] = falls;
  const line = first.flat();
  if (walked === undefined || others.some((other) => other.flat().join('|') !== line.join('|'))) return undefined;
  const breaks = falls.map((levels) => new Set(levels.map((_, place) => levels.slice(0, place + 1).flat().length)));
  const ends = [...line.keys()].map((place) => place + 1).filter((end) => breaks.every((own) => own.has(end)));
  // Within a level everybody stands where the list has them.
  return ends.map((end, place) => election.candidates.filter((c) => line.slice(ends[place - 1] ?? 0, end).includes(c)));
}

/** The winners where no lot is needed for a seat, `tied` where one is; nobody, where nobody can win. */
export function winnersOf(election: Election): readonly string[] | 'tied' | 'none' {
  const isInRounds = election.counted.method === 'irv' || election.counted.method.startsWith('stv');
  let isOpen = false;
  const places: Places = (own, lot) => {
    if (!isInRounds) return standing(own, lot);
    const levels = inEveryFall(own);
    isOpen ||= levels === undefined;
    return levels ?? [];
  };
  // Decision 0045: there have to be winners before one of them is struck, so a tie comes before any limit, also one that a limit would settle.
  const settled = (among: readonly string[]): boolean =>
    everyOutcome((lot) => winnersBy({ ...election, candidates: among, limits: [] }, lot, undefined, places)).winners !== 'tied';
  const { winners } = everyOutcome((lot) => winnersBy(election, lot, settled, places));
  if (isOpen) return 'tied';
  // In the order of election, which no lot changes (S131).
  return typeof winners === 'string' ? winners : winnersBy(election, ([first = '']) => first, undefined, places);
}
