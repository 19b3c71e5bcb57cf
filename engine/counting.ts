// What each counting method has to be told about ballots, and the rule that comes of it (S43, S44). Nothing has a default, and nothing is counted here.
import type { CharterVote } from './bylaws-stages.ts';
import { rational } from './tally/rational.ts';
import type { CountRule, Seats, EqualRanksInPairs, EqualRanksInRounds, Strength, UnrankedInPairs, UnrankedInRounds } from './tally/rules.ts';

/** The `counted by` of a vote in a Charter. */
type Counted = NonNullable<CharterVote['counted']>;

/** One parameter a method needs, and the values it knows, in the order in which they are offered. */
export interface CountingNeed {
  readonly parameter: 'strength' | 'unranked' | 'equalRanks' | 'unscored';
  readonly values: readonly string[];
}

const strengths: readonly Strength[] = ['winning-votes', 'margins'];
const unrankedInPairs: readonly UnrankedInPairs[] = ['tied-last', 'not-compared'];
const unrankedInRounds: readonly UnrankedInRounds[] = ['exhausted', 'tied-last'];
const equalInPairs: readonly EqualRanksInPairs[] = ['allowed', 'refused'];
const equalInRounds: readonly EqualRanksInRounds[] = ['refused', 'waits', 'split'];
const equalInPlurality = ['refused', 'split'] as const;
const unscoredMeanings = ['lowest', 'refused'] as const;

/**
 * What a method needs, in the order in which bylaws read best; empty for approval and for methods that are not known. Pure.
 * @param hasDefault - whether the vote has a default option: Debian's rule knows winning votes only
 * Source: language.md S43, docs/decisions/0024
 */
export function countingNeeds(method: string, hasDefault: boolean): readonly CountingNeed[] {
  const pairs: readonly CountingNeed[] = [
    { parameter: 'unranked', values: unrankedInPairs },
    { parameter: 'equalRanks', values: equalInPairs },
  ];
  switch (method) {
    case 'plurality':
      return [{ parameter: 'equalRanks', values: equalInPlurality }];
    case 'score':
      return [{ parameter: 'unscored', values: unscoredMeanings }];
    case 'irv':
      return [
        { parameter: 'unranked', values: unrankedInRounds },
        { parameter: 'equalRanks', values: equalInRounds },
      ];
    case 'stv-scottish':
    case 'stv-exact':
      return [
        { parameter: 'unranked', values: ['exhausted'] },
        { parameter: 'equalRanks', values: ['refused'] },
      ];
    case 'schulze':
    case 'ranked-pairs':
      return [{ parameter: 'strength', values: strengths }, ...pairs];
    case 'condorcet-schulze':
      return [{ parameter: 'strength', values: hasDefault ? ['winning-votes'] : strengths }, ...pairs];
    case 'borda':
    case 'condorcet':
      return pairs;
    default:
      return [];
  }
}

function known<T extends string>(values: readonly T[], said: string | undefined): T | undefined {
  return values.find((value) => value === said);
}

type PairMethod = 'schulze' | 'ranked-pairs' | 'condorcet-schulze' | 'borda' | 'condorcet';

function ruleInPairs(method: PairMethod, counted: Counted, { seats, cap }: Seats, standard: string | undefined): CountRule | undefined {
  const unranked = known(unrankedInPairs, counted.unranked);
  const equalRanks = known(equalInPairs, counted.equalRanks);
  const strength = known(strengths, counted.strength);
  if (unranked === undefined || equalRanks === undefined) return undefined;
  const common = { unranked, equalRanks, seats, cap } as const;
  if (method === 'borda' || method === 'condorcet') return { method, ...common };
  if (strength === undefined) return undefined;
  if (method !== 'condorcet-schulze') return { method, strength, ...common };
  if (standard === undefined) return { method: 'schulze', strength, ...common };
  if (strength !== 'winning-votes') return undefined;
  if (seats !== 1) return { method: 'schulze', strength, ...common };
  // The quorum and the ratios the bylaws write have dropped options before; what is left is A.6.3.2: strictly more for than against.
  return {
    method: 'condorcet-default',
    ...common,
    against: { option: standard, quorum: 'none', ratio: rational(1n), ratioOf: [], ratioComparison: 'more-than' },
  };
}

/**
 * The rule of a counted vote; undefined where its method is not run, or is not told all it needs. Pure.
 * @param seats - how many are elected, 1 or more
 * @param cap - caps that the winners keep
 */
export function countRuleOf(vote: CharterVote, seats: number, cap: Seats['cap'] = 'none'): CountRule | undefined {
  const counted = vote.counted;
  const common = { seats, cap } as const;
  switch (counted?.method) {
    case 'plurality': {
      const equalRanks = known(equalInPlurality, counted.equalRanks);
      return equalRanks && { method: 'plurality', equalRanks, ...common };
    }
    case 'approval':
      return { method: 'approval', marksMax: vote.marks ?? 'unlimited', ...common };
    case 'score': {
      const unscored = known(unscoredMeanings, counted.unscored);
      const { from, to } = counted;
      if (unscored === undefined || from === undefined || to === undefined) return undefined;
      return { method: 'score', from: BigInt(from), to: BigInt(to), unscored, ...common };
    }
    case 'irv': {
      const unranked = known(unrankedInRounds, counted.unranked);
      const equalRanks = known(equalInRounds, counted.equalRanks);
      return unranked && equalRanks && { method: 'irv', unranked, equalRanks, ...common };
    }
    case 'stv-scottish':
    case 'stv-exact':
      if (counted.unranked !== 'exhausted' || counted.equalRanks !== 'refused') return undefined;
      return { method: counted.method, unranked: 'exhausted', equalRanks: 'refused', ...common };
    case 'schulze':
    case 'ranked-pairs':
    case 'condorcet-schulze':
    case 'borda':
    case 'condorcet':
      return ruleInPairs(counted.method, counted, common, vote.default);
    default:
      return undefined;
  }
}
