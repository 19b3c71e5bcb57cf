// What examples/elections/parameters.json says of each published election, and how a count is held against what was published. No file is special here.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type CountRecord, count, rational, showRational } from '../../../engine/index.ts';
import { readElectionJson } from '../../../node/count/election-json.ts';
import { fieldsOf, readRule } from '../../../node/count/rule-words.ts';
import { shared } from '../../shared.ts';

/** Where the published elections are, beside the project. */
export const folder = 'cases/elections';

/** Parses JSON as what it is: unknown. */
export function json(text: string): unknown {
  return JSON.parse(text);
}

/** The value at a path of a parsed document. */
export function at(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (Array.isArray(value) ? value[Number(key)] : fieldsOf(value)?.get(String(key))), document);
}

/** One count: a file, a rule, why each parameter is as it is, and what the result is held against. */
export interface Entry {
  readonly file: string;
  readonly rule: unknown;
  readonly because: ReadonlyMap<string, unknown>;
  readonly compare: ReadonlyMap<string, unknown>;
  readonly compareIn: string;
}

/** All counts of the parameters file, in its order. */
export function entries(): Entry[] {
  const counts = at(json(readFileSync(new URL('../../../examples/elections/parameters.json', import.meta.url), 'utf8')), ['counts']);
  return (Array.isArray(counts) ? counts : []).map((entry) => ({
    file: String(at(entry, ['file'])),
    rule: at(entry, ['rule']),
    because: fieldsOf(at(entry, ['because'])) ?? new Map(),
    compare: fieldsOf(at(entry, ['compare'])) ?? new Map(),
    compareIn: String(at(entry, ['compareIn']) ?? at(entry, ['file'])),
  }));
}

/** One name or several as a list. */
export function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

const sorted = (list: readonly string[]): string[] => [...list].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function winnersOf(record: CountRecord): readonly string[] {
  return record.outcome.kind === 'elected' ? record.outcome.winners : [record.outcome.kind];
}

function orderOf(record: CountRecord): string[] {
  return record.outcome.kind === 'elected' ? record.outcome.order.map((group) => group.join('=')) : [];
}

/** A published order writes equal options as `a=b`; programs that never write `=` order equal ones at will. */
function sameOrder(actual: readonly string[], published: readonly string[]): void {
  expect(actual.map((group) => sorted(group.split('=')).join('='))).toEqual(published.map((group) => sorted(group.split('=')).join('=')));
}

function comparePoints(record: CountRecord, published: unknown): void {
  const expected = [...(fieldsOf(published) ?? [])].map(([id, value]) => [id, showRational(rational(BigInt(Math.round(Number(value) * 2)), 2n))]);
  expect(new Map(record.points)).toEqual(new Map(expected.map(([id, value]) => [String(id), String(value)])));
}

function comparePairs(record: CountRecord, published: unknown): void {
  const { options, matrix } = record.pairwise ?? { options: [], matrix: [] };
  expect(options.length).toBeGreaterThan(0);
  options.forEach((a, row) =>
    options.forEach((b, column) => a !== b && expect([a, b, matrix[row]?.[column]]).toEqual([a, b, BigInt(Number(at(published, [a, b])))])),
  );
}

function compareRounds(record: CountRecord, published: unknown): void {
  const rounds = Array.isArray(published) ? published : [];
  expect(record.stages.length).toBe(rounds.length);
  record.stages.forEach((stage, index) => {
    const named = new Map([...stage.votes, ...stage.idle.map(([name, votes]): [string, string] => [name === 'equal' ? 'overvote' : name, votes])]);
    expect(named).toEqual(new Map([...(fieldsOf(rounds[index]) ?? [])].map(([name, votes]) => [name, String(votes)])));
  });
}

function compareStv(record: CountRecord, published: unknown): void {
  const last = record.stages.at(-1);
  const votes = fieldsOf(at(published, ['elected']) ?? at(published, ['finalVotes'])) ?? new Map();
  const digits = String(at(published, ['quota'])).split('.')[1]?.length ?? 0;
  // An exact count writes fractions; the published report cuts them to its own digits.
  const shown = (text: string | undefined): string => {
    const [numerator, denominator] = (text ?? '0').split('/');
    if (denominator === undefined && text?.includes('.') === true) return text;
    const scaled = (((BigInt(numerator ?? '0') * 10n ** BigInt(digits) * 2n) / BigInt(denominator ?? '1') + 1n) / 2n).toString().padStart(digits + 1, '0');
    return `${scaled.slice(0, -digits)}.${scaled.slice(-digits)}`;
  };
  expect(sorted(winnersOf(record))).toEqual(sorted([...votes.keys()]));
  expect(shown(record.stages[0]?.quota)).toBe(at(published, ['quota']));
  expect(Object.fromEntries(sorted([...votes.keys()]).map((id) => [id, shown(new Map(last?.votes).get(id))]))).toEqual(
    Object.fromEntries(sorted([...votes.keys()]).map((id) => [id, votes.get(id)])),
  );
  const nontransferable = at(published, ['nontransferable']);
  if (nontransferable !== undefined) expect(last?.idle[0]?.[1]).toBe(nontransferable);
  const actions = at(published, ['actions']);
  const defeated = (Array.isArray(actions) ? actions : [])
    .filter(([action]) => ['Defeat', 'Defeat certain loser'].includes(String(action)))
    .map(([, id]) => String(id));
  const excluded = record.stages.flatMap((stage) => stage.actions.filter((action) => action.kind === 'excluded').map((action) => action.option));
  expect(excluded).toEqual(defeated);
}

function compare(record: CountRecord, kind: string, published: unknown): void {
  switch (kind) {
    case 'winners':
      expect(sorted(winnersOf(record))).toEqual(sorted(names(published)));
      return;
    case 'order':
      sameOrder(orderOf(record), names(published));
      return;
    case 'orderBeforeCap':
      sameOrder(
        (record.recounts[0]?.order ?? []).map((group) => group.join('=')),
        names(published),
      );
      return;
    case 'firstOf':
      expect(winnersOf(record)).toEqual(names(published).slice(0, 1));
      return;
    case 'struck':
      expect(sorted(record.exclusions.map((exclusion) => exclusion.option))).toEqual(sorted(names(published)));
      return;
    case 'points':
      comparePoints(record, published);
      return;
    case 'pairwise':
      comparePairs(record, published);
      return;
    case 'rounds':
      compareRounds(record, published);
      return;
    case 'runoff':
      for (const [id, votes] of record.stages.at(-1)?.votes ?? []) expect(votes).toBe(String(at(published, [id])));
      return;
    case 'stvReport':
      compareStv(record, published);
      return;
    default:
      throw new Error(`nothing compares ${kind}`);
  }
}

/** Counts an entry and holds it against each of its published values; throws where one differs. */
export function countedAsPublished(entry: Entry, path: string): CountRecord {
  const read = readRule(entry.rule);
  if (read.kind !== 'rule') throw new Error(`${read.parameter} ${read.reason}`);
  const election = readElectionJson(json(readFileSync(path, 'utf8')));
  expect(election.malformed).toEqual([]);
  const record = count(election.profile, read.rule, read.ties);
  const document = json(readFileSync(shared(`${folder}/${entry.compareIn}`), 'utf8'));
  expect(entry.compare.size).toBeGreaterThan(0);
  for (const [kind, place] of entry.compare) compare(record, kind, at(document, names(place)));
  return record;
}
