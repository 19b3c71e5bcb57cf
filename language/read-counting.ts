// Reads how the ballots of a vote are counted: the method, and what it is told about ballots (S43, docs/decisions/0024).
import type { Reader } from './reader.ts';
import { Comma, phrase } from './tokens.ts';
import type { BallotClause, CountingParameter } from './tree-stages.ts';

type ValueOf<K extends CountingParameter['kind']> = Extract<CountingParameter, { readonly kind: K }>['value'];

const say = {
  allowed: phrase('allowed'),
  countedBy: phrase('counted by'),
  equalRanks: phrase('equal ranks'),
  exhausted: phrase('exhausted'),
  from: phrase('from'),
  last: phrase('last'),
  lowest: phrase('lowest'),
  margins: phrase('margins'),
  notCompared: phrase('not compared'),
  refused: phrase('refused'),
  split: phrase('split'),
  to: phrase('to'),
  unranked: phrase('unranked'),
  unscored: phrase('unscored'),
  wait: phrase('wait'),
  winningVotes: phrase('winning votes'),
  with: phrase('with'),
} as const;

/** The method, its range of marks, and what it is told. */
export function counted(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.countedBy);
  const method = reader.name();
  const range = reader.passes(say.from) ? marksRange(reader) : undefined;
  const parameters = reader.passes(say.with) ? reader.list(countingParameter, Comma) : [];
  return { kind: 'counted', method, ...range, parameters, span: reader.spanFrom(start) };
}

function marksRange(reader: Reader): { readonly from: number; readonly to: number } {
  const from = reader.integer();
  reader.words(say.to);
  return { from, to: reader.integer() };
}

function countingParameter(reader: Reader): CountingParameter {
  const start = reader.at;
  if (reader.passes(say.winningVotes)) return { kind: 'strength', value: 'winning-votes', span: reader.spanFrom(start) };
  if (reader.passes(say.margins)) return { kind: 'strength', value: 'margins', span: reader.spanFrom(start) };
  if (reader.passes(say.unranked)) return { kind: 'unranked', value: unranked(reader), span: reader.spanFrom(start) };
  if (reader.passes(say.equalRanks)) return { kind: 'equalRanks', value: equalRanks(reader), span: reader.spanFrom(start) };
  reader.words(say.unscored);
  return { kind: 'unscored', value: unscored(reader), span: reader.spanFrom(start) };
}

function unranked(reader: Reader): ValueOf<'unranked'> {
  if (reader.passes(say.last)) return 'tied-last';
  if (reader.passes(say.notCompared)) return 'not-compared';
  reader.words(say.exhausted);
  return 'exhausted';
}

function equalRanks(reader: Reader): ValueOf<'equalRanks'> {
  if (reader.passes(say.allowed)) return 'allowed';
  if (reader.passes(say.refused)) return 'refused';
  if (reader.passes(say.wait)) return 'waits';
  reader.words(say.split);
  return 'split';
}

function unscored(reader: Reader): ValueOf<'unscored'> {
  if (reader.passes(say.lowest)) return 'lowest';
  reader.words(say.refused);
  return 'refused';
}
