// Caps on how many of one group may sit (S115): who is struck, in which order, with which reason, and when nobody can say.
import { describe, expect, it } from 'vitest';
import type { CountCandidate, Profile } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountRule, SeatCap } from '../../../engine/tally/rules.ts';
import { ballots, profile } from './profiles.ts';

type Groups = NonNullable<CountCandidate['groups']>;

/** Votes for each of some people by the first letter of a name, and the groups of those who are in any. */
const election = (votes: string, groups: Readonly<Record<string, Groups>>): Profile => {
  const names = votes.split(' ').map((one) => one.charAt(0));
  const lines = votes.split(' ').map((one) => `${one.slice(1)} ${one.charAt(0)}`);
  const candidates = names.map((id) => ({ id, name: id, ...(groups[id] === undefined ? {} : { groups: groups[id] }) }));
  return { ...profile(names.join(''), ballots(...lines)), candidates };
};
const cap = (attribute: string, seatsMax: number, sitting: SeatCap['sitting'] = []): SeatCap => ({ attribute, seatsMax, sitting });
const seated = (seats: number, ...caps: readonly SeatCap[]): CountRule => ({ method: 'plurality', equalRanks: 'refused', seats, cap: caps });
const x: Groups = [['employer', 'x']];

describe('a cap on a group', () => {
  it('strikes one after the other from the lowest up, each with what would have been', () => {
    const given = election('a5 b4 c3 d2 e1', { a: x, b: x, c: x, d: [['region', 'x']] });
    const record = count(given, seated(3, cap('employer', 1)), []);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['a', 'd', 'e'] });
    expect(record.exclusions).toEqual([
      { option: 'c', kind: 'cap', reason: '`x` would have 3 seats, and has at most 1; c stands lowest' },
      { option: 'b', kind: 'cap', reason: '`x` would have 2 seats, and has at most 1; b stands lowest' },
    ]);
    expect(record.recounts.map(({ struck, winners }) => [struck, winners])).toEqual([
      [['c'], ['a', 'b', 'c']],
      [['b'], ['a', 'b', 'd']],
    ]);
  });

  it('strikes all who stand equally low where all of them have to go, and asks nobody', () => {
    const record = count(election('a5 b3 c3 d2 e1', { a: x, b: x, c: x }), seated(3, cap('employer', 1)), [{ kind: 'fails' }]);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['a', 'd', 'e'] });
    expect(record.recounts).toHaveLength(1);
    expect(record.ties).toEqual([]);
  });

  it('is a tie where one of two may stay: whoever is in no such group is elected for certain (S124)', () => {
    const given = election('d5 b3 c3 e1', { b: x, c: x });
    const rule = seated(3, cap('employer', 1));
    const at = 'striking one of `x` over the cap';
    expect(count(given, rule, []).outcome).toEqual({ kind: 'tied', certain: ['d'], tied: ['b', 'c'], seats: 2, at });
    expect(count(given, rule, [{ kind: 'decided', by: 'the chair', order: ['c', 'b'] }]).outcome).toMatchObject({ kind: 'elected', winners: ['d', 'c', 'e'] });
  });

  it('names every cap that is broken', () => {
    const both: Groups = [
      ['employer', 'x'],
      ['region', 'n'],
    ];
    const rule = seated(2, cap('employer', 1), cap('region', 1));
    expect(count(election('a5 b3 c1', { a: both, b: both }), rule, []).exclusions).toEqual([
      { option: 'b', kind: 'cap', reason: '`x` would have 2 seats, and has at most 1; `n` would have 2 seats, and has at most 1; b stands lowest' },
    ]);
    expect(count(election('a3 b3 c1', { a: both, b: both }), rule, []).outcome).toMatchObject({ kind: 'tied', at: 'striking one of `x`, `n` over the cap' });
    const n: Groups = [['region', 'n']];
    const own = count(election('a5 c4 b3 d1', { a: x, b: n, c: x, d: n }), seated(4, cap('employer', 1), cap('region', 1)), []);
    expect(own.exclusions.map(({ reason }) => reason)).toEqual([
      '`n` would have 2 seats, and has at most 1; d stands lowest',
      '`x` would have 2 seats, and has at most 1; c stands lowest',
    ]);
  });

  it('counts those who sit already', () => {
    const sits = cap('employer', 2, [{ value: 'x', seats: 2 }]);
    const record = count(election('a5 b4', { a: x }), seated(1, sits), []);
    expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['b'] });
    expect(record.exclusions).toEqual([{ option: 'a', kind: 'cap', reason: '`x` would have 3 seats, and has at most 2; a stands lowest' }]);
    expect(count(election('a5 b4', { a: x }), seated(1, cap('employer', 3, [{ value: 'x', seats: 2 }])), []).outcome).toMatchObject({ winners: ['a'] });
  });

  it('strikes nobody who sits already and wins again: the group is as large without that win', () => {
    // Of d, who sits and stays, and a, who would be the second of x, a goes, also where d stands lower.
    const rule = seated(2, { ...cap('employer', 1, [{ value: 'x', seats: 1 }]), standing: ['d'] });
    for (const votes of ['a5 d3 c1', 'd5 a3 c1']) {
      const record = count(election(votes, { a: x, d: x }), rule, []);
      expect(record.outcome).toMatchObject({ kind: 'elected', winners: ['d', 'c'] });
      expect(record.exclusions).toEqual([{ option: 'a', kind: 'cap', reason: '`x` would have 2 seats, and has at most 1; a stands lowest' }]);
    }
    const over = seated(2, { ...cap('employer', 1, [{ value: 'x', seats: 2 }]), standing: ['d'] });
    expect(count(election('d5 c3', { d: x }), over, []).outcome).toMatchObject({ kind: 'elected', winners: ['d', 'c'] });
  });

  it('strikes nobody whom a case lets in, who takes a place of the group from whoever is elected after them (S114)', () => {
    const rule = seated(2, { ...cap('employer', 1), waived: ['b'] });
    expect(count(election('a5 b4 c1', { a: x, b: x }), rule, []).outcome).toMatchObject({ kind: 'elected', winners: ['a', 'b'] });
    expect(count(election('b5 a4 c1', { a: x, b: x }), rule, []).outcome).toMatchObject({ kind: 'elected', winners: ['b', 'c'] });
    const three = seated(3, { ...cap('employer', 1), waived: ['b'] });
    expect(count(election('a5 b4 d3 c1', { a: x, b: x, d: x }), three, []).exclusions).toEqual([
      { option: 'd', kind: 'cap', reason: '`x` would have 3 seats, and has at most 1; d stands lowest' },
    ]);
  });
});
