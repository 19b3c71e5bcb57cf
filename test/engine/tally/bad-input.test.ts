// What a count does with ballots and rules that cannot be: it sets aside, refuses or answers, and never throws or counts silently.
import { describe, expect, it } from 'vitest';
import { type Profile, ballotTableBuilder } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountLog } from '../../../engine/tally/contest.ts';
import { lotOrder, lotSeed } from '../../../engine/tally/lot.ts';
import { exactBitsMax, exactPapersMax } from '../../../engine/tally/stv-arithmetic.ts';
import type { CountRule, TieChain } from '../../../engine/tally/rules.ts';
import { tieBreaker } from '../../../engine/tally/tie.ts';
import { ballots, counted, profile, rankedRules } from './profiles.ts';

const stv: CountRule = { method: 'stv-scottish', unranked: 'exhausted', equalRanks: 'refused', seats: 1, cap: 'none' };
const schulze: CountRule = { method: 'schulze', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', seats: 1, cap: 'none' };

describe('ballots that cannot be counted', () => {
  it.each([
    ['1 a=b', 'it ranks two options equal'],
    ['1 x>a', '`x` is not a candidate'],
    ['1 a>b>a', '`a` is on it twice'],
    ['0 a>b', 'its weight is not 1 or more'],
    ['-3 a>b', 'its weight is not 1 or more'],
  ])('%s is set aside with a reason and not counted', (line, reason) => {
    const record = counted('ab', ballots('2 b>a', line), stv);
    expect(record.setAside.map((ballot) => [ballot.ballot, ballot.reason])).toEqual([[1, reason]]);
    expect(record.ballots.setAsideRows).toBe(1);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['b'] });
    expect(record.stages.at(-1)?.votes).toEqual([
      ['a', '0.00000'],
      ['b', '2.00000'],
    ]);
  });

  it('too many marks and scores out of range are set aside', () => {
    const { candidates } = profile('abc', []);
    const marked = count(
      {
        kind: 'marked',
        candidates,
        ballots: [
          { weight: 1n, marks: ['a', 'b'] },
          { weight: 1n, marks: ['c'] },
        ],
      },
      { method: 'approval', marksMax: 1, seats: 1, cap: 'none' },
      [],
    );
    expect(marked.setAside[0]?.reason).toBe('it has 2 marks, and at most 1 may stand on it');
    expect(marked.outcome).toMatchObject({ kind: 'elected', winners: ['c'] });
    const scored = count(
      {
        kind: 'scored',
        candidates,
        ballots: [
          { weight: 1n, scores: [['a', 6n]] },
          { weight: 1n, scores: [['b', 1n]] },
        ],
      },
      { method: 'star', from: 0n, to: 5n, unscored: 'lowest', seats: 1, cap: 'none' },
      [{ kind: 'lot', seed: new Uint8Array(4) }],
    );
    expect(scored.setAside[0]?.reason).toBe('6 is not a score from 0 to 5');
    expect(scored.outcome).toMatchObject({ kind: 'elected', winners: ['b'] });
  });

  it.each(rankedRules.map((rule) => [rule.method, rule] as const))('%s fails where there is no ballot, or only blank ones', (_, rule) => {
    expect(counted('ab', [], rule).outcome).toEqual({ kind: 'failed', reason: 'no ballot supports anybody' });
    expect(counted('ab', ballots('5'), rule).outcome).toEqual({ kind: 'failed', reason: 'no ballot supports anybody' });
    expect(counted('ab', ballots('5'), rule).ballots.blankWeight).toBe(5n);
  });

  it.each(rankedRules.map((rule) => [rule.method, rule] as const))(
    '%s elects a single candidate, and leaves further seats vacant where the method fills several',
    (_, rule) => {
      expect(counted('a', ballots('1 a'), rule).outcome).toMatchObject({ kind: 'elected', winners: ['a'], vacancies: 0 });
      const three = counted('a', ballots('1 a'), { ...rule, seats: 3 }).outcome;
      if (three.kind !== 'failed') expect(three).toMatchObject({ kind: 'elected', winners: ['a'], vacancies: 2 });
      else expect(three.reason).toBe(`${rule.method} fills one seat`);
    },
  );

  it.each(rankedRules.map((rule) => [rule.method, rule] as const))('%s counts weights above 2^53 exactly', (_, rule) => {
    const huge = 2n ** 53n;
    const list = [...ballots('1 a>b'), { weight: huge, ranks: [['b'], ['a']] }, { weight: huge, ranks: [['a'], ['b']] }];
    expect(counted('ab', list, rule).outcome).toMatchObject({ kind: 'elected', winners: ['a'] });
  });

  it.each(rankedRules.map((rule) => [rule.method, rule] as const))('%s counts a candidate called __proto__ like others', (_, rule) => {
    const candidates = ['__proto__', 'constructor', 'toString'].map((id) => ({ id, name: id }));
    const list: Profile = {
      kind: 'ranked',
      candidates,
      ballots: [
        { weight: 3n, ranks: [['__proto__'], ['constructor'], ['toString']] },
        { weight: 1n, ranks: [['toString']] },
      ],
    };
    expect(count(list, rule, []).outcome).toMatchObject({ kind: 'elected', winners: ['__proto__'] });
  });
});

describe('rules that cannot be', () => {
  it.each([
    [profile('', []), schulze, 'there is no candidate'],
    [profile('aa', []), schulze, 'two candidates have the id `a`'],
    [profile('ab', []), { ...schulze, seats: 0 }, 'the number of seats is not 1 or more'],
    [profile('ab', []), { ...schulze, seats: 1.5 }, 'the number of seats is not 1 or more'],
    [profile('ab', []), { method: 'irv', unranked: 'exhausted', equalRanks: 'waits', seats: 2, cap: 'none' }, 'irv fills one seat'],
    [profile('ab', []), { method: 'score', from: 5n, to: 0n, unscored: 'lowest', seats: 1, cap: 'none' }, 'the range of scores is empty or too wide'],
    [profile('ab', []), { method: 'approval', marksMax: 1, seats: 1, cap: 'none' }, 'rankings cannot be counted by approval'],
  ] as const)('%# is a failed count with a sentence', (ballotsGiven, rule, reason) => {
    expect(count(ballotsGiven, rule, []).outcome).toEqual({ kind: 'failed', reason });
  });

  it('an exact Meek count whose fractions grow too long is refused and names the bound', () => {
    // Three popular candidates whose papers run through each other keep parts that depend on all three.
    const lines = ['a>b>c>d', 'b>c>a>e', 'c>a>b>d', 'a>c>e>b', 'b>a>d>c', 'c>b>e>a', 'd>a>b>c', 'e>b>c>a', 'd>c>e', 'e>a>c>d', 'd', 'e'];
    const list = ballots(
      ...lines.map((line, index) => `${1009 - 83 * index + (index % 3)} ${line}`),
      ...lines.slice(0, 6).map((line, index) => `${57 + 10 * index} ${line.slice(0, 3)}`),
    );
    const outcome = counted('abcde', list, { method: 'stv-meek-exact', unranked: 'exhausted', equalRanks: 'refused', seats: 3, cap: 'none' }).outcome;
    expect(outcome).toEqual({ kind: 'failed', reason: `the exact fractions of this count grew beyond ${exactBitsMax} bits: count it by stv-meek` });
  });

  it('an exact Meek count takes so many different rankings and no more', () => {
    const orders = (names: readonly string[]): readonly string[][] =>
      names.length === 0 ? [[]] : names.flatMap((name) => orders(names.filter((other) => other !== name)).map((rest) => [name, ...rest]));
    const list = orders('abcdefg'.split(''))
      .slice(0, exactPapersMax + 1)
      .map((names) => ({ weight: 1n, ranks: names.map((name) => [name]) }));
    const rule = { method: 'stv-meek-exact', unranked: 'exhausted', equalRanks: 'refused', seats: 6, cap: 'none' } as const;
    const reason = `there are ${exactPapersMax + 1} different rankings and an exact count takes ${exactPapersMax} at most: count it by stv-meek`;
    expect(counted('abcdefg', list, rule).outcome).toEqual({ kind: 'failed', reason });
    expect(counted('abcdefg', [...list.slice(1), ...list.slice(1, 2)], rule).outcome).not.toMatchObject({ reason });
  });
});

describe('exact Gregory counts', () => {
  it('are refused at the same bound, and the rule that counts them is named', () => {
    let state = 20_270_301;
    const next = (below: number): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    const options = 60;
    const table = ballotTableBuilder(options);
    for (let paper = 0; paper < 2_000; paper += 1) {
      const drawn = Array.from({ length: options }, (_, option) => [next(options + 3) + option / 2, next(1_000_000), option] as const);
      const order = [...drawn].sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 1 + next(options));
      const places = Array.from<number>({ length: options }).fill(0);
      order.forEach(([, , option], place) => (places[option] = place + 1));
      table.append(BigInt(1 + next(5)), places);
    }
    const candidates = Array.from({ length: options }, (_, option) => ({ id: `o${option}`, name: `o${option}` }));
    const rule: CountRule = { method: 'stv-exact', unranked: 'exhausted', equalRanks: 'refused', seats: 30, cap: 'none' };
    const chain: TieChain = [{ kind: 'decided', by: 'the test', order: candidates.map(({ id }) => id) }];
    const { outcome } = count({ kind: 'table', candidates, table: table.finish() }, rule, chain);
    expect(outcome).toEqual({ kind: 'failed', reason: `the exact fractions of this count grew beyond ${exactBitsMax} bits: count it by stv-wigm` });
    expect(count({ kind: 'table', candidates, table: table.finish() }, { ...rule, method: 'stv-wigm' }, chain).outcome.kind).toBe('elected');
  });
});

describe('ties', () => {
  const even = ballots('1 a>b', '1 b>a');

  it.each(rankedRules.filter((rule) => rule.method !== 'condorcet').map((rule) => [rule.method, rule] as const))(
    '%s leaves a tie tied where no rule is declared',
    (_, rule) => {
      expect(counted('ab', even, rule).outcome).toMatchObject({ kind: 'tied', tied: ['a', 'b'], seats: 1, certain: [] });
    },
  );

  it.each(rankedRules.filter((rule) => rule.method !== 'condorcet').map((rule) => [rule.method, rule] as const))(
    '%s follows the chain: a decided order, the failure, and a lot that everybody can draw again',
    (_, rule) => {
      const by = (order: readonly string[]): unknown => count(profile('ab', even), rule, [{ kind: 'decided', by: 'the chair', order }]).outcome;
      expect(by(['a', 'b'])).toMatchObject({ kind: 'elected', winners: ['a'] });
      expect(by(['b', 'a'])).toMatchObject({ kind: 'elected', winners: ['b'] });
      expect(by(['b'])).toMatchObject({ kind: 'tied' });
      expect(count(profile('ab', even), rule, [{ kind: 'fails' }]).outcome.kind).toBe('failed');
      const seed = lotSeed(new Uint8Array(32), 'case 7', 'election');
      const first = lotOrder(seed, ['a', 'b'], [0, 1])[0] === 0 ? 'a' : 'b';
      const drawn = count(profile('ab', even), rule, [{ kind: 'lot', seed }]);
      expect(drawn.outcome).toMatchObject({ kind: 'elected', winners: [first] });
      expect(drawn.ties.at(-1)?.by).toBe('lot');
    },
  );

  it('earlier rounds are asked from the most recent back', () => {
    const log: CountLog = { stages: [], defeats: [], exclusions: [], ties: [] };
    const votes =
      (...amounts: readonly number[]) =>
      (a: number, b: number): number =>
        (amounts[b] ?? 0) - (amounts[a] ?? 0);
    const tie = { at: 'a test', tied: [0, 1], take: 1, rounds: [votes(9, 1), votes(2, 3), votes(4, 4)] };
    expect(tieBreaker([{ kind: 'prior-rounds' }], ['a', 'b'], log).settle(tie)).toEqual({ kind: 'split', favoured: [1], rest: [0] });
    expect(log.ties).toEqual([{ at: 'a test', tied: ['a', 'b'], by: 'prior-rounds', favoured: ['b'], rest: ['a'] }]);
  });

  it('who leads for certain is named beside the tied', () => {
    const outcome = counted('abc', ballots('4 a', '1 b', '1 c'), { method: 'plurality', equalRanks: 'refused', seats: 2, cap: 'none' }).outcome;
    expect(outcome).toEqual({ kind: 'tied', certain: ['a'], tied: ['b', 'c'], seats: 1, at: 'filling the last seats' });
  });

  it('a lot favours each of two options about equally often over many seeds', () => {
    let first = 0;
    for (let seed = 0; seed < 1_000; seed += 1) if (lotOrder(Uint8Array.of(seed & 255, seed >> 8), ['a', 'b'], [0, 1])[0] === 0) first += 1;
    expect(first).toBeGreaterThan(430);
    expect(first).toBeLessThan(570);
  });
});

describe('against a default option', () => {
  const rule = (quorum: 'none' | bigint, ratioComparison: 'at-least' | 'more-than', ratio: bigint): CountRule => ({
    method: 'condorcet-default',
    unranked: 'tied-last',
    equalRanks: 'allowed',
    seats: 1,
    cap: 'none',
    against: {
      option: 'n',
      quorum: quorum === 'none' ? quorum : { comparison: 'at-least', ballots: { numerator: quorum, denominator: 1n } },
      ratio: { numerator: ratio, denominator: 1n },
      ratioOf: [],
      ratioComparison,
    },
  });

  it('three to one is enough by `at least` and not by `more than`', () => {
    const list = ballots('3 a>n', '1 n>a');
    expect(counted('an', list, rule('none', 'at-least', 3n)).outcome).toMatchObject({ winners: ['a'] });
    const strict = counted('an', list, rule('none', 'more-than', 3n));
    expect(strict.outcome).toMatchObject({ winners: ['n'] });
    expect(strict.exclusions).toEqual([{ option: 'a', kind: 'ratio', reason: 'preferred to the default by 3, and the default to it by 1' }]);
  });

  it('an option that misses the quorum is out even if nobody is against it', () => {
    const record = counted('an', ballots('3 a>n', '9 a=n'), rule(4n, 'at-least', 1n));
    expect(record.outcome).toMatchObject({ winners: ['n'] });
    expect(record.exclusions[0]?.kind).toBe('quorum');
  });

  it('of defeats with equal votes for, the one with more votes against is dropped first', () => {
    const circle = ballots('6 a>b', '1 b>a', '6 b>c', '3 c>b', '7 c>a', '1 a>n', '1 b>n', '1 c>n');
    const base = rule('none', 'more-than', 1n);
    const record = counted('abcn', circle, base.method === 'condorcet-default' ? { ...base, unranked: 'not-compared' } : base);
    expect(record.defeats.map((defeat) => `${defeat.winner}>${defeat.loser} ${defeat.result}`)).toEqual(['b>c dropped']);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['c'] });
  });

  it('equally many for and against do not beat the default at one to one', () => {
    expect(counted('an', ballots('2 a>n', '2 n>a'), rule('none', 'at-least', 1n)).outcome).toMatchObject({ winners: ['n'] });
  });
});
