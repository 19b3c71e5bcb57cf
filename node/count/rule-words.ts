// Reads a counting rule from words, as they stand in a parameters file or come from flags. Every parameter must be there: none is guessed.
import type { AgainstDefault, CountRule, Method, Rational, SeatCap, TieChain, TieRule, YesNoRule } from '../../engine/index.ts';
import { rational, unreachable, utf8Bytes } from '../../engine/index.ts';

import { readQuorums, readTests } from './motion-words.ts';

/** A rule and its tie chain, or the parameter that is missing or wrong; `reason` goes on after its name: `must be a whole number`. */
export type ReadRule =
  | { readonly kind: 'rule'; readonly rule: CountRule; readonly ties: TieChain }
  | { readonly kind: 'wrong'; readonly parameter: string; readonly reason: string };

class Wrong extends Error {
  readonly parameter: string;
  constructor(parameter: string, reason: string) {
    super(reason);
    this.parameter = parameter;
  }
}

type Fields = ReadonlyMap<string, unknown>;

/** The entries of a JSON object, or undefined for anything else. Own entries only, so `__proto__` is a name like others. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map<string, unknown>(Object.entries(value)) : undefined;
}

function word<Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word {
  const value = fields.get(name);
  const found = words.find((each) => each === value);
  if (found === undefined) throw new Wrong(name, `must be one of ${words.join(', ')}`);
  return found;
}

function wholeNumber(name: string, value: unknown, least: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) throw new Wrong(name, `must be a whole number of ${least} or more`);
  return value;
}

function points(fields: Fields, name: string): bigint {
  const value = fields.get(name);
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Wrong(name, `must be a whole number`);
  return BigInt(value);
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Wrong(name, `must be a word`);
  return value;
}

function list(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Wrong(name, `must be a list`);
  return value;
}

function object(name: string, value: unknown): Fields {
  const fields = fieldsOf(value);
  if (fields === undefined) throw new Wrong(name, `must be an object`);
  return fields;
}

function fraction(name: string, value: unknown): Rational {
  const match = typeof value === 'string' ? /^(\d{1,30})(?:\/(\d{1,30}))?$/u.exec(value) : null;
  const denominator = BigInt(match?.[2] ?? '1');
  if (match?.[1] === undefined || denominator === 0n) throw new Wrong(name, `must be a fraction such as "3/2"`);
  return rational(BigInt(match[1]), denominator);
}

function cap(value: unknown): 'none' | readonly SeatCap[] {
  if (value === 'none') return value;
  return list('cap', value).map((one) => {
    const fields = object('cap', one);
    const sitting = list('sitting', fields.get('sitting')).map((entry) => {
      const own = object('sitting', entry);
      return { value: text('value', own.get('value')), seats: wholeNumber('sitting', own.get('seats'), 0) };
    });
    return { attribute: text('attribute', fields.get('attribute')), seatsMax: wholeNumber('seatsMax', fields.get('seatsMax'), 1), sitting };
  });
}

function against(value: unknown): AgainstDefault {
  const fields = object('against', value);
  const quorum = fields.get('quorum');
  const quorumFields = quorum === 'none' ? undefined : object('quorum', quorum);
  return {
    option: text('option', fields.get('option')),
    quorum:
      quorumFields === undefined
        ? 'none'
        : { comparison: word(quorumFields, 'comparison', ['at-least', 'more-than']), ballots: fraction('ballots', quorumFields.get('ballots')) },
    ratio: fraction('ratio', fields.get('ratio')),
    ratioOf: list('ratioOf', fields.get('ratioOf')).map((entry) => {
      const own = object('ratioOf', entry);
      return { option: text('option', own.get('option')), ratio: fraction('ratio', own.get('ratio')) };
    }),
    ratioComparison: word(fields, 'ratioComparison', ['at-least', 'more-than']),
  };
}

function tieRule(value: unknown): TieRule {
  const fields = object('ties', value);
  const kind = word(fields, 'kind', ['prior-rounds', 'lot', 'decided', 'fails']);
  switch (kind) {
    case 'lot': {
      const seed = utf8Bytes(text('seed', fields.get('seed')));
      if (seed === undefined) throw new Wrong('seed', 'must be Unicode text');
      return { kind, seed };
    }
    case 'decided':
      return { kind, by: text('by', fields.get('by')), order: list('order', fields.get('order')).map((id) => text('order', id)) };
    case 'prior-rounds':
    case 'fails':
      return { kind };
    default:
      return unreachable(kind);
  }
}

function sizeOf(name: string, value: unknown): bigint | 'unknown' {
  return value === 'unknown' ? value : BigInt(wholeNumber(name, value, 1));
}

/** A motion: `choices` are the names of yes, no and abstain, `passes` and `quorum` are words. */
function motion(fields: Fields): YesNoRule {
  const choices = list('choices', fields.get('choices')).map((one) => text('choices', one));
  const [yes, no, abstain] = choices;
  if (yes === undefined || no === undefined || abstain === undefined || choices.length > 3)
    throw new Wrong('choices', 'must be three names: yes, no and abstain in this order');
  const tests = readTests(text('passes', fields.get('passes')), yes);
  if (tests.kind === 'wrong') throw new Wrong('passes', `must be tests: ${tests.reason}`);
  const quorums = readQuorums(text('quorum', fields.get('quorum')));
  if (quorums.kind === 'wrong') throw new Wrong('quorum', `must be quorums: ${quorums.reason}`);
  return {
    method: 'yes-no',
    yes,
    no,
    abstain,
    weights: word(fields, 'weights', ['ballots', 'voters']),
    tests: tests.parts,
    quorums: quorums.parts,
    roll: sizeOf('roll', fields.get('roll')),
    present: sizeOf('present', fields.get('present')),
    seats: 1,
    cap: 'none',
  };
}

const inPairs = ['tied-last', 'not-compared'] as const;
const inRounds = ['exhausted', 'tied-last'] as const;
const equalInPairs = ['allowed', 'refused'] as const;
const equalInRounds = ['refused', 'waits', 'split'] as const;
const stvMethods = ['stv-scottish', 'stv-wigm', 'stv-cfer', 'stv-exact', 'stv-meek', 'stv-meek-exact'] as const;

/** Every method by its name on the command line. */
export const methodWords: readonly Method[] = [
  'yes-no',
  'plurality',
  'approval',
  'score',
  'star',
  'borda',
  'irv',
  'two-round',
  ...stvMethods,
  'schulze',
  'ranked-pairs',
  'minimax',
  'condorcet',
  'condorcet-irv',
  'condorcet-default',
];

function ruleOf(fields: Fields): CountRule {
  const method = word(fields, 'method', methodWords);
  if (method === 'yes-no') return motion(fields);
  const seats = { seats: wholeNumber('seats', fields.get('seats'), 1), cap: cap(fields.get('cap')) };
  switch (method) {
    case 'plurality':
      return { method, equalRanks: word(fields, 'equalRanks', ['refused', 'split']), ...seats };
    case 'approval': {
      const marks = fields.get('marksMax');
      return { method, marksMax: marks === 'unlimited' ? marks : wholeNumber('marksMax', marks, 1), ...seats };
    }
    case 'score':
    case 'star':
      return { method, from: points(fields, 'from'), to: points(fields, 'to'), unscored: word(fields, 'unscored', ['lowest', 'refused']), ...seats };
    case 'irv':
    case 'two-round':
      return { method, unranked: word(fields, 'unranked', inRounds), equalRanks: word(fields, 'equalRanks', equalInRounds), ...seats };
    case 'borda':
    case 'condorcet':
      return { method, unranked: word(fields, 'unranked', inPairs), equalRanks: word(fields, 'equalRanks', equalInPairs), ...seats };
    case 'schulze':
    case 'ranked-pairs':
    case 'minimax': {
      const strength = word(fields, 'strength', ['winning-votes', 'margins']);
      return { method, unranked: word(fields, 'unranked', inPairs), equalRanks: word(fields, 'equalRanks', equalInPairs), strength, ...seats };
    }
    case 'condorcet-irv': {
      const roundsAmong = word(fields, 'roundsAmong', ['smith', 'all']);
      return { method, unranked: word(fields, 'unranked', inPairs), equalRanks: word(fields, 'equalRanks', equalInRounds), roundsAmong, ...seats };
    }
    case 'condorcet-default':
      return {
        method,
        unranked: word(fields, 'unranked', inPairs),
        equalRanks: word(fields, 'equalRanks', equalInPairs),
        against: against(fields.get('against')),
        ...seats,
      };
    default:
      return { method, unranked: word(fields, 'unranked', ['exhausted']), equalRanks: word(fields, 'equalRanks', ['refused']), ...seats };
  }
}

/** Decodes a rule with its tie chain from parsed JSON. Pure. */
export function readRule(value: unknown): ReadRule {
  try {
    const fields = object('rule', value);
    const rule = ruleOf(fields);
    return { kind: 'rule', rule, ties: list('ties', fields.get('ties')).map(tieRule) };
  } catch (error) {
    if (error instanceof Wrong) return { kind: 'wrong', parameter: error.parameter, reason: error.message };
    throw error;
  }
}
