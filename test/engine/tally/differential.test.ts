// The engine's counts against the slow ones of test/reference/tally on small random elections. GDO_DIFFERENTIAL sets how many; the figures in the notes come from 100,000.
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../engine/tally/ballot.ts';
import { count } from '../../../engine/tally/count.ts';
import type { CountRecord } from '../../../engine/tally/record.ts';
import type { CountRule, TieChain } from '../../../engine/tally/rules.ts';
import { type ReferenceElection, randomElection } from '../../reference/tally/election.ts';
import { type PairMeaning, condorcetIrvWinner, minimaxWinners, rankedPairsOutcomes, schulzeWinners } from '../../reference/tally/pairs.ts';
import { type ReferenceResult, meek, scottish, wigm } from '../../reference/tally/stv.ts';

const elections = Number(process.env['GDO_DIFFERENTIAL'] ?? '2000');

const meanings: readonly PairMeaning[] = (['tied-last', 'not-compared'] as const).flatMap((unranked) =>
  (['winning-votes', 'margins'] as const).map((strength) => ({ unranked, strength })),
);

function profileOf(election: ReferenceElection): Profile {
  const candidates = election.candidates.map((id) => ({ id, name: id }));
  return { kind: 'ranked', candidates, ballots: election.ballots.map((ballot) => ({ weight: BigInt(ballot.voters), ranks: ballot.groups })) };
}

function counted(election: ReferenceElection, rule: CountRule, ties: TieChain): CountRecord {
  return count(profileOf(election), rule, ties);
}

/** Everybody who could have the one seat: the winner, or the tied. */
function possible(record: CountRecord): string[] {
  const { outcome } = record;
  if (outcome.kind === 'elected') return [...outcome.winners].sort();
  return outcome.kind === 'tied' ? [...outcome.tied].sort() : [];
}

function isBlank(election: ReferenceElection): boolean {
  return election.ballots.every((ballot) => ballot.groups.length === 0);
}

function favourOf(election: ReferenceElection): TieChain {
  return [{ kind: 'decided', by: 'the test', order: election.favour }];
}

function sameStv(election: ReferenceElection, method: 'stv-scottish' | 'stv-wigm' | 'stv-meek', expected: ReferenceResult): void {
  const record = counted(election, { method, unranked: 'exhausted', equalRanks: 'refused', seats: election.seats, cap: 'none' }, favourOf(election));
  const winners = record.outcome.kind === 'elected' ? [...record.outcome.winners].sort() : [record.outcome.kind];
  const votes = (record.stages.at(-1)?.votes ?? []).map(([id, shown]): [string, bigint] => [id, BigInt(shown.replace('.', ''))]);
  if (winners.join() !== expected.elected.join()) expect([election, winners]).toEqual([election, expected.elected]);
  for (const [id, own] of votes) if (own !== expected.votes.get(id)) expect([election, id, own]).toEqual([election, id, expected.votes.get(id)]);
}

describe('the engine agrees with the slow reference', () => {
  it(`on Schulze and minimax for ${elections} random elections under each meaning of the ballots`, () => {
    for (let seed = 0; seed < elections; seed += 1) {
      const election = randomElection(seed, 'with equal ranks');
      if (isBlank(election)) continue;
      for (const meaning of meanings) {
        const rule = { ...meaning, equalRanks: 'allowed', seats: 1, cap: 'none' } as const;
        const actual = [possible(counted(election, { method: 'schulze', ...rule }, [])), possible(counted(election, { method: 'minimax', ...rule }, []))];
        const expected = [schulzeWinners(election, meaning), minimaxWinners(election, meaning)];
        if (JSON.stringify(actual) !== JSON.stringify(expected)) expect([election, meaning, actual]).toEqual([election, meaning, expected]);
      }
    }
  });

  it(`on ranked pairs for ${elections} random elections, and is tied wherever the order of equal victories matters`, () => {
    let tied = 0;
    for (let seed = 0; seed < elections; seed += 1) {
      const election = randomElection(seed, 'with equal ranks');
      if (isBlank(election)) continue;
      const meaning = meanings[seed % meanings.length] ?? { unranked: 'tied-last', strength: 'margins' };
      const outcomes = rankedPairsOutcomes(election, meaning);
      if (outcomes === undefined) continue;
      const rule: CountRule = { method: 'ranked-pairs', ...meaning, equalRanks: 'allowed', seats: 1, cap: 'none' };
      const record = counted(election, rule, []);
      const locking = record.outcome.kind === 'tied' && record.outcome.at.startsWith('locking');
      if (locking) {
        // Every choice the chain can make is one of the results that some order of equal victories gives.
        tied += 1;
        const chosen = counted(election, rule, favourOf(election));
        const winner = possible(chosen).join(' ');
        if (![...outcomes].some((names) => names.split(' ').includes(winner))) expect([election, winner]).toEqual([election, [...outcomes]]);
      } else if (outcomes.size !== 1 || !outcomes.has(possible(record).join(' ')))
        expect([election, meaning, possible(record)]).toEqual([election, meaning, [...outcomes]]);
    }
    expect(tied).toBeGreaterThan(0);
  });

  it(`on Condorcet with runoff in the Smith set for ${elections} random elections`, () => {
    for (let seed = 0; seed < elections; seed += 1) {
      const election = randomElection(seed, 'with equal ranks');
      if (isBlank(election)) continue;
      const rule: CountRule = { method: 'condorcet-irv', unranked: 'tied-last', equalRanks: 'waits', roundsAmong: 'smith', seats: 1, cap: 'none' };
      const actual = possible(counted(election, rule, favourOf(election)));
      const expected = [condorcetIrvWinner(election)];
      if (actual.join() !== expected.join()) expect([election, actual]).toEqual([election, expected]);
    }
  });

  it(`on STV by the Scottish, the WIGM and the Meek rule for ${elections} random elections, votes at the end included`, () => {
    for (let seed = 0; seed < elections; seed += 1) {
      const election = randomElection(seed, 'without equal ranks');
      if (isBlank(election)) continue;
      sameStv(election, 'stv-scottish', scottish(election));
      sameStv(election, 'stv-wigm', wigm(election));
      sameStv(election, 'stv-meek', meek(election));
    }
  });
});
