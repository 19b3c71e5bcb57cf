// What a teller reads of a count: each round with its votes, who went out, where the votes went, and why. Elections out of the literature, and some counted by hand.
import { describe, expect, it } from 'vitest';
import { fc } from '../../seeded.ts';
import { count } from '../../../engine/tally/count.ts';
import { add, type Rational, rational, showRational } from '../../../engine/tally/rational.ts';
import type { CountRecord, CountStage } from '../../../engine/tally/record.ts';
import type { CountRule, TieChain } from '../../../engine/tally/rules.ts';
import { ballots, counted, profile, shortRankings } from './profiles.ts';

const one = { seats: 1, cap: 'none' } as const;
const rounds = { unranked: 'exhausted', equalRanks: 'waits', ...one } as const;
const pairs = { unranked: 'tied-last', equalRanks: 'allowed', ...one } as const;
const inOrder = (...order: readonly string[]): TieChain => [{ kind: 'decided', by: 'the chair', order }];

/** One stage in one line: title and quota | votes, and what is kept of each | idle | what was done | what moved. */
function line({ title, quota, votes, keep, idle, actions, transfers }: CountStage): string {
  const rows = (list: readonly (readonly [string, string])[]): string => list.map(([name, amount]) => `${name} ${amount}`).join(' ');
  return [
    quota === undefined ? title : `${title} of ${quota}`,
    keep === undefined ? rows(votes) : `${rows(votes)}, keep ${rows(keep)}`,
    rows(idle),
    actions.map(({ kind, option }) => `${kind} ${option}`).join(', '),
    transfers.map(({ from, to, votes: moved }) => `${from}>${to ?? ''} ${moved}`).join(', '),
  ].join(' | ');
}

const stagesOf = (record: CountRecord): readonly string[] => record.stages.map(line);
const orderOf = ({ outcome }: CountRecord): string => (outcome.kind === 'elected' ? outcome.order.map((group) => group.join('=')).join('>') : outcome.kind);
const defeatsOf = ({ defeats }: CountRecord): readonly string[] =>
  defeats.map(({ winner, loser, forWinner, forLoser, result }) => `${winner}>${loser} ${forWinner}:${forLoser} ${result}`);

/** The capital of Tennessee: Memphis, Nashville, Chattanooga, Knoxville; the usual example, https://en.wikipedia.org/wiki/Instant-runoff_voting */
const tennessee = ballots('42 m>n>c>k', '26 n>c>k>m', '15 c>k>n>m', '17 k>c>n>m');
/** 45 voters: M. Schulze, "A New Monotonic, Clone-Independent, Reversal Symmetric, and Condorcet-Consistent Single-Winner Election Method", section 3 */
const voters45 = ballots('5 a>c>b>e>d', '5 a>d>e>c>b', '8 b>e>d>a>c', '3 c>a>b>e>d', '7 c>a>e>b>d', '2 c>b>a>d>e', '7 d>c>e>b>a', '8 e>b>a>d>c');
/** What to eat: orange, pear, chocolate, strawberry, sweets; the usual example of three seats, https://en.wikipedia.org/wiki/Single_transferable_vote */
const food = ballots('4 o', '2 p>o', '8 c>s', '4 c>w', '1 s', '1 w');

describe('the rounds of instant runoff (S43)', () => {
  it('end for Tennessee with Knoxville over Memphis, 58 to 42', () => {
    const record = counted('mnck', tennessee, { method: 'irv', ...rounds });
    expect(stagesOf(record)).toEqual([
      'round 1 | m 42 n 26 c 15 k 17 | exhausted 0 equal 0 | excluded c | c>k 15',
      'round 2 | m 42 n 26 k 32 | exhausted 0 equal 0 | excluded n | n>k 26',
      'round 3 | m 42 k 58 | exhausted 0 equal 0 | elected k | ',
    ]);
    expect(orderOf(record)).toBe('k>m>n>c');
  });

  it('say which votes end, and which wait between equals', () => {
    const record = counted('abcd', ballots('6 a', '5 b', '3 c', '1 c>b', '1 d=a', '2 d', '1'), { method: 'irv', ...rounds });
    expect(stagesOf(record)).toEqual([
      'round 1 | a 6 b 5 c 4 d 2 | exhausted 1 equal 1 | excluded d | d>a 1, d> 1',
      'round 2 | a 7 b 5 c 4 | exhausted 3 equal 0 | excluded c | c>b 1, c> 3',
      'round 3 | a 7 b 6 | exhausted 6 equal 0 | elected a | ',
    ]);
  });

  it('show who remains in the order of the last round, and halves as fractions', () => {
    const record = counted('abc', ballots('5 a', '2 b', '1 c', '1 b=c'), { method: 'irv', ...rounds, equalRanks: 'split' });
    expect(stagesOf(record)).toEqual(['round 1 | a 5 b 5/2 c 3/2 | exhausted 0 equal 0 | elected a | ']);
    expect(orderOf(record)).toBe('a>b>c');
  });

  it('of which one ends in a tie that nobody breaks are shown up to it', () => {
    const record = counted('abc', ballots('3 a', '2 b>c', '2 c>b'), { method: 'irv', ...rounds });
    expect(stagesOf(record)).toEqual(['round 1 | a 3 b 2 c 2 | exhausted 0 equal 0 |  | ']);
    expect(record.ties).toEqual([{ at: 'excluding in round 1', tied: ['b', 'c'], by: 'nobody', favoured: [], rest: ['b', 'c'] }]);
  });
});

describe('two rounds (S43)', () => {
  it('leave out of Tennessee all but Memphis and Nashville, whom 58 of 100 prefer', () => {
    const record = counted('mnck', tennessee, { method: 'two-round', ...rounds });
    expect(stagesOf(record)).toEqual([
      'round 1 | m 42 n 26 c 15 k 17 | exhausted 0 equal 0 | excluded c, excluded k | ',
      'round 2 | m 42 n 58 | exhausted 0 equal 0 | elected n | ',
    ]);
    expect(orderOf(record)).toBe('n>m>k>c');
  });

  it('are one where somebody has more than half, and exactly half is not', () => {
    const rule: CountRule = { method: 'two-round', ...rounds };
    expect(stagesOf(counted('abc', ballots('4 a', '2 b', '1 c'), rule))).toEqual(['round 1 | a 4 b 2 c 1 | exhausted 0 equal 0 | elected a | ']);
    expect(stagesOf(counted('abc', ballots('4 a', '3 b', '1 c>b'), rule))).toEqual([
      'round 1 | a 4 b 3 c 1 | exhausted 0 equal 0 | excluded c | ',
      'round 2 | a 4 b 4 | exhausted 0 equal 0 |  | ',
    ]);
  });

  it('take the second finalist by a tie rule, and show the first round where none does', () => {
    const given = profile('abcd', ballots('3 a>b', '2 b', '2 c', '1 d>c'));
    const rule: CountRule = { method: 'two-round', ...rounds };
    expect(stagesOf(count(given, rule, []))).toEqual(['round 1 | a 3 b 2 c 2 d 1 | exhausted 0 equal 0 |  | ']);
    const record = count(given, rule, inOrder('c', 'b'));
    expect(record.ties).toEqual([
      { at: 'choosing the two finalists', tied: ['b', 'c'], by: 'decided', decider: 'the chair', favoured: ['c'], rest: ['b'] },
      { at: 'filling the last seats', tied: ['a', 'c'], by: 'nobody', favoured: [], rest: ['a', 'c'] },
    ]);
    expect(stagesOf(record)[1]).toBe('round 2 | a 3 c 3 | exhausted 2 equal 0 |  | ');
  });
});

describe('pairs, of the 45 voters (S43)', () => {
  const matrix = [
    [0n, 20n, 26n, 30n, 22n],
    [25n, 0n, 16n, 33n, 18n],
    [19n, 29n, 0n, 17n, 24n],
    [15n, 12n, 28n, 0n, 14n],
    [23n, 27n, 21n, 31n, 0n],
  ];

  it('have the published strongest paths by Schulze, and its order', () => {
    const record = counted('abcde', voters45, { method: 'schulze', ...pairs, strength: 'winning-votes' });
    expect(record.pairwise).toEqual({
      options: ['a', 'b', 'c', 'd', 'e'],
      matrix,
      paths: [
        [0n, 28n, 28n, 30n, 24n],
        [25n, 0n, 28n, 33n, 24n],
        [25n, 29n, 0n, 29n, 24n],
        [25n, 28n, 28n, 0n, 24n],
        [25n, 28n, 28n, 31n, 0n],
      ],
    });
    expect(record.points?.map((row) => row.join(' '))).toEqual(['a 3', 'b 1', 'c 2', 'd 0', 'e 4']);
    expect(orderOf(record)).toBe('e>a>c>b>d');
  });

  it('are locked from the strongest down unless they contradict', () => {
    const record = counted('abcde', voters45, { method: 'ranked-pairs', ...pairs, strength: 'winning-votes' });
    expect(defeatsOf(record)).toEqual([
      'b>d 33:12 locked',
      'e>d 31:14 locked',
      'a>d 30:15 locked',
      'c>b 29:16 locked',
      'd>c 28:17 skipped',
      'e>b 27:18 locked',
      'a>c 26:19 locked',
      'b>a 25:20 skipped',
      'c>e 24:21 locked',
      'e>a 23:22 skipped',
    ]);
    expect(record.points?.map((row) => row.join(' '))).toEqual(['a 4', 'b 1', 'c 3', 'd 0', 'e 2']);
    expect(orderOf(record)).toBe('a>c>e>b>d');
  });

  it.each<readonly [strength: 'winning-votes' | 'margins', worst: readonly string[]]>([
    ['winning-votes', ['a 25', 'b 29', 'c 28', 'd 33', 'e 24']],
    ['margins', ['a 5', 'b 13', 'c 11', 'd 21', 'e 3']],
  ])('have by minimax, of %s, the worst defeat of each', (strength, worst) => {
    const record = counted('abcde', voters45, { method: 'minimax', ...pairs, strength });
    expect(record.points?.map((row) => row.join(' '))).toEqual(worst);
    expect(orderOf(record)).toBe('e>a>c>b>d');
  });
});

describe('ranked pairs of equal strength (S43, S124)', () => {
  const ranked = (strength: 'winning-votes' | 'margins', seats = 1): Extract<CountRule, { strength: unknown }> => ({
    method: 'ranked-pairs',
    ...pairs,
    strength,
    seats,
  });
  const circle = ballots('1 a>b>c', '1 b>c>a', '1 c>a>b');

  it.each(['winning-votes', 'margins'] as const)('by %s are tied in a circle, and locked by the chain where it says who is favoured', (strength) => {
    expect(count(profile('abc', circle), ranked(strength), []).outcome).toMatchObject({ kind: 'tied', certain: [], tied: ['a', 'b', 'c'], seats: 1 });
    const record = count(profile('abc', circle), ranked(strength), inOrder('b', 'c', 'a'));
    // The victory of b first; then, of those against the least favoured, c over a; what is left closes the circle.
    expect(defeatsOf(record)).toEqual(['b>c 2:1 locked', 'c>a 2:1 locked', 'a>b 2:1 skipped']);
    expect(orderOf(record)).toBe('b>c>a');
  });

  it('need no order where no seat depends on it: below the winner they stay open', () => {
    const record = count(profile('abcd', ballots('1 d>a>b>c', '1 d>b>c>a', '1 d>c>a>b')), ranked('winning-votes'), []);
    expect(orderOf(record)).toBe('d>a=b=c');
    expect(defeatsOf(record)).toEqual(['d>a 3:0 locked', 'd>b 3:0 locked', 'd>c 3:0 locked', 'a>b 2:1 open', 'b>c 2:1 open', 'c>a 2:1 open']);
    expect(record.points?.map((row) => row.join(' '))).toEqual(['a 0', 'b 0', 'c 0', 'd 3']);
    // With the second seat it does, and the winner is certain.
    const second = count(profile('abcd', ballots('1 d>a>b>c', '1 d>b>c>a', '1 d>c>a>b')), ranked('winning-votes', 2), []);
    expect(second.outcome).toMatchObject({ kind: 'tied', certain: ['d'], tied: ['a', 'b', 'c'], seats: 1 });
  });

  it('ask the chain about those in the circle alone', () => {
    // e loses to each of the others by more: the circle is above it, in the same seats.
    const given = profile('abce', ballots('1 a>b>c>e', '1 b>c>a>e', '1 c>a>b>e'));
    const record = count(given, ranked('margins'), inOrder('c', 'a', 'b'));
    expect(record.ties).toEqual([
      {
        at: 'locking victories of equal strength 1',
        tied: ['a', 'b', 'c'],
        by: 'decided',
        decider: 'the chair',
        favoured: ['c'],
        rest: ['a', 'b'],
      },
    ]);
    expect(orderOf(record)).toBe('c>a>b>e');
  });

  // Each ballot compares two alone, so that every pair has the numbers written here.
  const compared = (...lines: readonly string[]): ReturnType<typeof profile> => profile('abc', ballots(...lines));

  it('with winning votes are stronger where fewer are against (Zavist and Tideman)', () => {
    const record = count(compared('4 a>b', '1 b>a', '4 b>c', '2 c>b', '4 c>a', '3 a>c'), { ...ranked('winning-votes'), unranked: 'not-compared' }, []);
    expect(defeatsOf(record)).toEqual(['a>b 4:1 locked', 'b>c 4:2 locked', 'c>a 4:3 skipped']);
    expect(orderOf(record)).toBe('a>b>c');
  });

  it('with margins are equal however many are against', () => {
    const given = compared('4 a>b', '1 b>a', '5 b>c', '2 c>b', '6 c>a', '3 a>c');
    const tied = count(given, { ...ranked('margins'), unranked: 'not-compared' }, []);
    expect(tied.outcome).toMatchObject({ kind: 'tied', tied: ['a', 'b', 'c'], at: 'locking victories of equal strength 3' });
    expect(orderOf(count(given, { ...ranked('winning-votes'), unranked: 'not-compared' }, []))).toBe('b>c>a');
  });
});

describe('the stages of a transferable vote (S43)', () => {
  const stv = (method: 'stv-scottish' | 'stv-wigm' | 'stv-cfer' | 'stv-exact' | 'stv-meek', seats: number): CountRule => ({
    method,
    unranked: 'exhausted',
    equalRanks: 'refused',
    seats,
    cap: 'none',
  });
  const stages = (method: Parameters<typeof stv>[0]): readonly string[] => stagesOf(counted('opcsw', food, stv(method, 3)));

  it('of the dinner elect chocolate, orange and strawberry by the Scottish rules, whose quota is 6', () => {
    expect(stages('stv-scottish')).toEqual([
      'stage 1 of 6.00000 | o 4.00000 p 2.00000 c 12.00000 s 1.00000 w 1.00000 | nontransferable 0.00000 | elected c | c>s 4.00000, c>w 2.00000',
      'stage 2 of 6.00000 | o 4.00000 p 2.00000 c 6.00000 s 5.00000 w 3.00000 | nontransferable 0.00000 | excluded p | p>o 2.00000',
      'stage 3 of 6.00000 | o 6.00000 p 0.00000 c 6.00000 s 5.00000 w 3.00000 | nontransferable 0.00000 | elected o, excluded w | w> 3.00000',
      'stage 4 of 6.00000 | o 6.00000 p 0.00000 c 6.00000 s 5.00000 w 0.00000 | nontransferable 3.00000 | elected-remaining s | ',
    ]);
  });

  it('of the dinner have four decimals by the PRF rule, cut off after each product, and the last surplus moves', () => {
    expect(stages('stv-wigm')).toEqual([
      'stage 1 of 5.0001 | o 4.0000 p 2.0000 c 12.0000 s 1.0000 w 1.0000 | nontransferable 0.0000 | elected c | c>s 4.6664, c>w 2.3332',
      'stage 2 of 5.0001 | o 4.0000 p 2.0000 c 5.0001 s 5.6664 w 3.3332 | nontransferable 0.0000 | elected s | s> 0.6655',
      'stage 3 of 5.0001 | o 4.0000 p 2.0000 c 5.0001 s 5.0001 w 3.3332 | nontransferable 0.6655 | excluded p | p>o 2.0000',
      'stage 4 of 5.0001 | o 6.0000 p 0.0000 c 5.0001 s 5.0001 w 3.3332 | nontransferable 0.6655 | elected o | o> 0.9996',
      'stage 5 of 5.0001 | o 5.0001 p 0.0000 c 5.0001 s 5.0001 w 3.3332 | nontransferable 1.6651 | defeated-remaining w | ',
    ]);
  });

  it('of the dinner have five decimals by the rule of CfER, and end with the last seat', () => {
    expect(stages('stv-cfer')).toEqual([
      'stage 1 of 5.00001 | o 4.00000 p 2.00000 c 12.00000 s 1.00000 w 1.00000 | nontransferable 0.00000 | elected c | c>s 4.66664, c>w 2.33332',
      'stage 2 of 5.00001 | o 4.00000 p 2.00000 c 5.00001 s 5.66664 w 3.33332 | nontransferable 0.00000 | elected s | s> 0.66660',
      'stage 3 of 5.00001 | o 4.00000 p 2.00000 c 5.00001 s 5.00001 w 3.33332 | nontransferable 0.66660 | excluded p | p>o 2.00000',
      'stage 4 of 5.00001 | o 6.00000 p 0.00000 c 5.00001 s 5.00001 w 3.33332 | nontransferable 0.66660 | elected o, defeated-remaining w | ',
    ]);
  });

  it('of the dinner lose nothing in exact fractions, where the quota is to be exceeded', () => {
    expect(stages('stv-exact')).toEqual([
      'stage 1 of 5 | o 4 p 2 c 12 s 1 w 1 | nontransferable 0 | elected c | c>s 14/3, c>w 7/3',
      'stage 2 of 5 | o 4 p 2 c 5 s 17/3 w 10/3 | nontransferable 0 | elected s | s> 2/3',
      'stage 3 of 5 | o 4 p 2 c 5 s 5 w 10/3 | nontransferable 2/3 | excluded p | p>o 2',
      'stage 4 of 5 | o 6 p 0 c 5 s 5 w 10/3 | nontransferable 2/3 | elected o, defeated-remaining w | ',
    ]);
  });

  it('by Meek keep of each elected one what leaves it a quota, which falls with the votes that end', () => {
    const record = counted('abcd', ballots('6 a>b', '2 b', '3 c', '1 d'), stv('stv-meek', 2));
    const kept = 'keep a 0.666666667 b 1.000000000 c 1.000000000 d';
    expect(stagesOf(record)).toEqual([
      'stage 1 of 4.000000001 | a 6.000000000 b 2.000000000 c 3.000000000 d 1.000000000, keep a 1.000000000 b 1.000000000 c 1.000000000 d 1.000000000 | nontransferable 0.000000000 | elected a | ',
      `stage 2 of 4.000000001 | a 4.000000002 b 3.999999998 c 3.000000000 d 1.000000000, ${kept} 1.000000000 | nontransferable 0.000000000 | excluded d | `,
      `stage 3 of 3.666666667 | a 4.000000002 b 3.999999998 c 3.000000000 d 0.000000000, ${kept} 0.000000000 | nontransferable 1.000000000 | elected b | `,
      `stage 4 of 3.666666667 | a 4.000000002 b 3.999999998 c 3.000000000 d 0.000000000, ${kept} 0.000000000 | nontransferable 1.000000000 | defeated-remaining c | `,
    ]);
    expect(orderOf(record)).toBe('a>b');
  });
});

describe('runoffs of STAR (S43)', () => {
  it('are shown with the ballots that prefer each of the two, seat by seat', () => {
    const scores = [
      [3n, 5n, 4n, 0n],
      [2n, 0n, 4n, 5n],
      [1n, 0n, 3n, 5n],
    ] as const;
    const { candidates } = profile('abc', []);
    const list = scores.map(([weight, ...points]) => ({ weight, scores: points.map((point, index) => ['abc'[index] ?? '', point] as const) }));
    const record = count(
      { kind: 'scored', candidates, ballots: list },
      { method: 'star', from: 0n, to: 5n, unscored: 'lowest', seats: 2, cap: 'none' },
      inOrder('b', 'a', 'c'),
    );
    // a 15, b 23, c 15: b meets a by the chair's word, and three prefer each.
    expect(record.points?.map((row) => row.join(' '))).toEqual(['a 15', 'b 23', 'c 15']);
    expect(stagesOf(record)).toEqual(['the runoff for seat 1 | b 3 a 3 |  | elected b | ', 'the runoff for seat 2 | a 3 c 3 |  | elected a | ']);
    expect(record.ties.map(({ at, favoured }) => `${at}: ${favoured.join(' ')}`)).toEqual([
      'choosing the two finalists for seat 1: a',
      'the runoff for seat 1: b',
      'the runoff for seat 2: a',
    ]);
    expect(orderOf(record)).toBe('b>a>c');
  });
});

describe('every round accounts for every vote (S43)', () => {
  const methods: readonly (readonly [string, CountRule])[] = [
    ['irv', { method: 'irv', ...rounds }],
    ['stv-exact', { method: 'stv-exact', unranked: 'exhausted', equalRanks: 'refused', seats: 2, cap: 'none' }],
  ];
  const amount = (text = '0'): Rational => {
    const [above = '0', below = '1'] = text.split('/');
    return rational(BigInt(above), BigInt(below));
  };
  const total = (texts: readonly string[]): string => showRational(texts.reduce((sum, text) => add(sum, amount(text)), rational(0n)));

  it.each(methods)('of %s: what an option has is what it had and what was moved to it, and nothing is lost', (_, rule) => {
    fc.assert(
      fc.property(shortRankings('abcd'), (list) => {
        const { stages, ballots: given } = count(profile('abcd', list), rule, inOrder('a', 'b', 'c', 'd'));
        for (const [index, stage] of stages.entries()) {
          // A transferable vote leaves blank papers out; the rounds of a runoff name them.
          const counting = rule.method === 'irv' ? given.weight : given.weight - given.blankWeight;
          expect(total([...stage.votes, ...stage.idle].map(([, votes]) => votes))).toBe(counting.toString());
          const before = stages[index - 1];
          if (before === undefined) continue;
          for (const [option, votes] of stage.votes) {
            if (before.transfers.some(({ from }) => from === option)) continue;
            const got = before.transfers.flatMap((moved) => (moved.to === option ? [moved.votes] : []));
            expect(votes).toBe(total([before.votes.find(([id]) => id === option)?.[1] ?? '0', ...got]));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
