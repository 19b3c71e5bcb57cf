// Reproduces the results of the shared election files with the reference counts of this folder. It does not touch the engine.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { itShared } from '../../shared.ts';
import { at, sorted, topByPoints, type Ballot, type Lot } from './ballots.ts';
import { undropped, withDefault } from './default-option.ts';
import { cferOnce, scottishOnce, wigmOnce, type Stv } from './gregory.ts';
import { meekExactOnce, meekReferenceOnce } from './meek.ts';
import { condorcet, condorcetIrv, minimax, pairwise, schulze, schulzeOver, type Unranked } from './pairwise.ts';
import { borda, bordaPoints, plurality, star, totals } from './points.ts';
import { lockings, rankedPairs } from './ranked-pairs.ts';
import { irv, round } from './runoff.ts';

interface File {
  candidates: { id: string; affiliation?: string; default?: boolean }[];
  seats: number;
  unranked?: string;
  totals?: Record<string, number>;
  tieOrder?: string[];
  ballots: [number, string[][] | Record<string, number>][];
  rules: { affiliationCap?: { max: number } };
  // The expected part differs from file to file; each test reads the figures it names.
  expected: Record<string, unknown> & { winners: string[]; order?: string[]; pairwise?: Record<string, Record<string, number>> };
}

interface Election {
  readonly file: File;
  readonly names: string[];
  readonly ballots: Ballot[];
}

function open(path: string): Election {
  const file: File = JSON.parse(readFileSync(path, 'utf8'));
  const ballots = (file.ballots ?? []).map(([weight, paper]): Ballot => {
    if (Array.isArray(paper)) return { weight: BigInt(weight), ranks: paper };
    return { weight: BigInt(weight), ranks: [], scores: Object.entries(paper).map(([c, n]): [string, bigint] => [c, BigInt(n)]) };
  });
  return { file, names: file.candidates.map((c) => c.id), ballots };
}

function election(name: string, title: string, check: (e: Election) => void): void {
  itShared(`cases/elections/${name}.json`, title, (path) => check(open(path)));
}

function orderBy(names: readonly string[], over: (a: string, b: string) => boolean): string[] {
  return [...names].sort((a, b) => (over(a, b) ? -1 : over(b, a) ? 1 : 0));
}

/** The lot of the reference reports: the first of the order is chosen, to be served as to go out. */
function inOrder(order: readonly string[]): Lot {
  return (tied) => order.find((c) => tied.includes(c)) ?? '';
}

function decimals(units: bigint, places: number): string {
  const digits = units.toString().padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

const winning = (unranked: Unranked): { unranked: Unranked; strength: 'winning-votes' } => ({ unranked, strength: 'winning-votes' });

describe('the published results', () => {
  for (const year of ['2017', '2019', '2021'])
    election(`k8s-steering-${year}`, `Kubernetes ${year} gives the published committee and order by Schulze without opinion`, ({ file, names, ballots }) => {
      const order = orderBy(names, schulzeOver(names, pairwise(names, ballots, 'not-compared'), 'winning-votes', false));
      if (file.expected.order !== undefined) expect(order).toEqual(file.expected.order);
      const barred = new Set<unknown>(Array.isArray(file.expected['excludedByCap']) ? file.expected['excludedByCap'] : []);
      expect(sorted(order.filter((c) => !barred.has(c)).slice(0, file.seats))).toEqual(sorted(file.expected.winners));
      expect(orderBy(names, schulzeOver(names, pairwise(names, ballots, 'tied-last'), 'winning-votes', false))).toEqual(
        file.expected['orderIfUnrankedCountedLast'],
      );
      if (year === '2019')
        expect(condorcetIrv(names, ballots, file.seats, { unranked: 'not-compared', shared: 'split' }).winners).toEqual(sorted(file.expected.winners));
    });

  for (const name of ['debian-dpl-2006', 'debian-dpl-2020'])
    election(name, `${name} gives the announced leader, drops the published options and has the published matrix`, ({ file, names, ballots }) => {
      const options = { unranked: 'tied-last', standing: 'nota', quorum: 46n, ratio: [1n, 1n] } as const;
      expect(withDefault(names, ballots, 1, options).winners).toEqual(file.expected.winners);
      const dropped = names.filter((c) => !undropped(names, ballots, options).includes(c));
      expect(sorted(dropped)).toEqual(file.expected['droppedByMajority']);
      const above = pairwise(names, ballots, 'tied-last');
      for (const a of names) for (const b of names) expect(Number(above(a, b))).toBe(file.expected.pairwise?.[a]?.[b]);
    });

  for (const name of ['2022-02-21', '2022-05-18', '2024-05-07', '2024-09-30'])
    election(`nodejs-tsc-${name}`, `Node.js ${name} has its announced strict Condorcet winner`, ({ file, names, ballots }) => {
      expect(condorcet(names, ballots, 1, { unranked: 'tied-last' }).winners).toEqual(file.expected.winners);
    });

  election('example-schulze-45', 'the example of 45 voters gives E by Schulze and A by ranked pairs', ({ names, ballots }) => {
    for (const strength of ['winning-votes', 'margins'] as const) {
      const options = { unranked: 'tied-last', strength } as const;
      expect(orderBy(names, schulzeOver(names, pairwise(names, ballots, 'tied-last'), strength, false))).toEqual(['E', 'A', 'C', 'B', 'D']);
      expect(rankedPairs(names, ballots, 1, options).winners).toEqual(['A']);
      expect(lockings(names, ballots, options).map((over) => orderBy(names, over))).toEqual([['A', 'C', 'E', 'B', 'D']]);
      expect(minimax(names, ballots, 1, options).winners).toEqual(['E']);
    }
    expect(borda(names, ballots, 1).winners).toEqual(['E']);
  });

  election('example-tennessee', 'the capital of Tennessee differs by method as published', ({ names, ballots }) => {
    expect(plurality(names, ballots, 1).winners).toEqual(['Memphis']);
    expect(irv(names, ballots, 1, { shared: 'exhaust' }).winners).toEqual(['Knoxville']);
    expect(borda(names, ballots, 1).winners).toEqual(['Nashville']);
    expect(condorcet(names, ballots, 1, { unranked: 'tied-last' }).winners).toEqual(['Nashville']);
    for (const seats of [1, 2, 3]) {
      const expected = sorted(['Nashville', 'Chattanooga', 'Knoxville'].slice(0, seats));
      expect(rankedPairs(names, ballots, seats, winning('tied-last')).winners).toEqual(expected);
    }
  });

  election('burlington-2009-mayor', 'Burlington elects Kiss over Wright with the published last round, and Montroll by pairs', ({ file, names, ballots }) => {
    expect(irv(names, ballots, 1, { shared: 'exhaust' }).winners).toEqual(file.expected.winners);
    const last = round(['kiss', 'wright'], ballots, { shared: 'exhaust' }, new Set());
    expect([at(last, 'kiss') / 720720n, at(last, 'wright') / 720720n]).toEqual([4314n, 4064n]);
    expect(plurality(names, ballots, 1).winners).toEqual(['wright']);
    expect(condorcet(names, ballots, 1, { unranked: 'tied-last' }).winners).toEqual(['montroll']);
    expect(schulze(names, ballots, 1, winning('tied-last')).winners).toEqual(['montroll']);
  });

  election('star-libertarian-2020', 'the STAR poll gives the published totals and winner', ({ file, names, ballots }) => {
    expect(Object.fromEntries(names.map((c) => [c, Number(at(totals(ballots), c))]))).toEqual(file.expected['totals']);
    expect(star(names, ballots, 1).winners).toEqual(file.expected.winners);
  });

  for (const name of ['gnome-board-2003', 'python-sc-2020', 'python-sc-2022'])
    election(name, `${name} gives the announced winners from its totals`, ({ file, names }) => {
      const points = new Map(Object.entries(file.totals ?? {}).map(([c, n]): [string, bigint] => [c, BigInt(n)]));
      const barred = new Set<unknown>(Array.isArray(file.expected['excludedByCap']) ? file.expected['excludedByCap'] : []);
      const counted = topByPoints(
        names.filter((c) => !barred.has(c)),
        file.seats,
        points,
      );
      expect(counted.winners).toEqual(sorted(file.expected.winners));
    });

  itShared('cases/elections/multi-method.json', 'the Borda points of real ballots are the computed ones', (path) => {
    const multi: { elections: Record<string, { borda: { points: Record<string, number> } }> } = JSON.parse(readFileSync(path, 'utf8'));
    for (const [name, { borda: computed }] of Object.entries(multi.elections)) {
      const { names, ballots } = open(path.replace('multi-method', name));
      const points = bordaPoints(names, ballots);
      expect(Object.fromEntries(names.map((c) => [c, Number(at(points, c)) / 2]))).toEqual(computed.points);
    }
  });
});

interface ByRule {
  rule: string;
  quota: string;
  elected: Record<string, string>;
}

describe('the STV results', () => {
  const rules: Record<string, { places: number; run: (names: string[], ballots: Ballot[], seats: number, lot: Lot) => Stv }> = {
    scotland: { places: 5, run: (names, ballots, seats, lot) => scottishOnce(names, ballots, seats, lot) },
    'wigm-prf': { places: 4, run: wigmOnce },
    cfer: { places: 5, run: cferOnce },
    'meek-prf': { places: 9, run: meekReferenceOnce },
  };
  for (const name of ['stv-42t', 'stv-m135', 'stv-voting-matters-12', 'nixos-sc-2025'])
    election(name, `${name} gives the winners, quota and votes of every reference report`, ({ file, names, ballots }) => {
      const reports: ByRule[] = JSON.parse(JSON.stringify(file.expected['byRule'] ?? file.expected['computedRuns']));
      for (const report of reports) {
        if (report.rule.startsWith('meek arithmetic=rational'))
          expect(sorted(meekExactOnce(names, ballots, file.seats, inOrder(names)).winners)).toEqual(sorted(Object.keys(report.elected)));
        const rule = rules[report.rule];
        if (rule === undefined) continue;
        const found = rule.run(names, ballots, file.seats, inOrder(file.tieOrder ?? names));
        expect([report.rule, sorted(found.winners)]).toEqual([report.rule, sorted(Object.keys(report.elected))]);
        // The reports give Meek's first quota, and set the vote of one who was elected to the quota even where the count ends before the surplus moves.
        if (report.rule !== 'meek-prf') expect([report.rule, decimals(found.quota, rule.places)]).toEqual([report.rule, report.quota]);
        for (const [c, votes] of Object.entries(report.elected)) {
          const mine = at(found.votes, c);
          if (votes === report.quota && mine > found.quota) continue;
          expect([report.rule, c, decimals(mine, rule.places)]).toEqual([report.rule, c, votes]);
        }
      }
    });

  election('glasgow-2007-calton', 'Glasgow Calton elects the three of the official count with their votes', ({ file, names, ballots }) => {
    const found = scottishOnce(names, ballots, 3, inOrder(names));
    expect(sorted(found.winners)).toEqual(sorted(file.expected.winners));
    expect(Object.fromEntries(found.winners.map((c) => [c, decimals(at(found.votes, c), 5)]))).toEqual(file.expected['finalVotes']);
  });
});

describe('the walk over the lots', () => {
  it('gives both winners where two candidates have one ballot each', () => {
    const one = (c: string): Ballot => ({ weight: 1n, ranks: [[c]] });
    expect(irv(['a', 'b'], [one('a'), one('b')], 1, { shared: 'exhaust' })).toEqual({ winners: 'tied', possible: [['b'], ['a']], drew: true });
    expect(bordaPoints(['a', 'b'], [one('a')])).toEqual(
      new Map([
        ['a', 2n],
        ['b', 0n],
      ]),
    );
  });
});
