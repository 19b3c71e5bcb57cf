// Reads the JSON form of elections: ranked, scored or sums only. Numbers above 2^53 are refused, because JSON has already rounded them.
import type { CountCandidate, Profile, RankedBallot, ScoreBallot } from '../../engine/index.ts';
import { type Election, type MalformedBallot, UnreadableElection, malformedListedMax } from './election.ts';
import { fieldsOf } from './rule-words.ts';

/** A whole number that JSON did not round, or digits in a string; anything else is undefined. */
function wholeOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^\d{1,40}$/u.test(value) ? BigInt(value) : undefined;
}

/** `affiliation` is one attribute; `attributes` is an object of further ones, such as `{"country": "NL"}`. */
function groupsOf(affiliation: unknown, attributes: unknown): (readonly [attribute: string, value: string])[] {
  const more = attributes === undefined ? new Map<string, unknown>() : fieldsOf(attributes);
  if (more === undefined) throw new UnreadableElection('the attributes of a candidate are not an object');
  return [...(affiliation === undefined || affiliation === null ? [] : [['affiliation', affiliation] as const]), ...more].map(([attribute, value]) => {
    if (typeof value !== 'string') throw new UnreadableElection(`the ${attribute} of a candidate is not text`);
    return [attribute, value];
  });
}

function candidateOf(value: unknown): CountCandidate {
  const fields = fieldsOf(value);
  const id = fields?.get('id');
  const name = fields?.get('name') ?? id;
  if (typeof id !== 'string' || typeof name !== 'string') throw new UnreadableElection('a candidate has no id');
  const groups = groupsOf(fields?.get('affiliation'), fields?.get('attributes'));
  return { id, name, ...(groups.length === 0 ? {} : { groups }) };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

type ReadBallot<Ballot> = Ballot | string;

function weightOf(entry: unknown): bigint | string {
  if (!Array.isArray(entry) || entry.length !== 2) return 'it is not a pair of weight and choices';
  const weight = wholeOf(entry[0]);
  if (weight === undefined)
    return typeof entry[0] === 'number' && Number.isInteger(entry[0]) ? 'its weight is above 2^53 and JSON has rounded it' : 'its weight is not a whole number';
  return weight < 1n ? 'its weight is not 1 or more' : weight;
}

function rankedOf(entry: unknown): ReadBallot<RankedBallot> {
  const weight = weightOf(entry);
  if (typeof weight === 'string') return weight;
  const ranks: unknown = Array.isArray(entry) ? entry[1] : undefined;
  return Array.isArray(ranks) && ranks.every(isTextList) ? { weight, ranks } : 'its ranking is not a list of lists of ids';
}

function scoredOf(entry: unknown): ReadBallot<ScoreBallot> {
  const weight = weightOf(entry);
  if (typeof weight === 'string') return weight;
  const fields = fieldsOf(Array.isArray(entry) ? entry[1] : undefined);
  if (fields === undefined) return 'its scores are not an object';
  const scores: (readonly [string, bigint])[] = [];
  for (const [id, value] of fields) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return `the score of \`${id}\` is not a whole number`;
    scores.push([id, BigInt(value)]);
  }
  return { weight, scores };
}

interface Sorted<Ballot> {
  readonly ballots: readonly Ballot[];
  readonly lines: readonly number[];
  readonly malformed: readonly MalformedBallot[];
}

function sortOut<Ballot extends object>(entries: unknown, read: (entry: unknown) => ReadBallot<Ballot>): Sorted<Ballot> {
  if (!Array.isArray(entries)) throw new UnreadableElection('there is no list of ballots');
  const ballots: Ballot[] = [];
  const lines: number[] = [];
  const malformed: MalformedBallot[] = [];
  entries.forEach((entry: unknown, index) => {
    const ballot = read(entry);
    if (typeof ballot === 'string') malformed.push({ line: index + 1, reason: ballot });
    else {
      ballots.push(ballot);
      lines.push(index + 1);
    }
  });
  return { ballots, lines, malformed };
}

function totalsOf(value: unknown): readonly (readonly [string, bigint])[] {
  const fields = fieldsOf(value);
  if (fields === undefined) throw new UnreadableElection('there are no totals');
  return [...fields].map(([id, votes]) => {
    const sum = wholeOf(votes);
    if (sum === undefined) throw new UnreadableElection(`the total of \`${id}\` is not a whole number`);
    return [id, sum];
  });
}

/** Decodes one parsed JSON election. Pure. @throws UnreadableElection where it is none */
export function readElectionJson(document: unknown): Election {
  const fields = fieldsOf(document);
  const listed: unknown = fields?.get('candidates');
  if (fields === undefined || !Array.isArray(listed)) throw new UnreadableElection('there is no list of candidates');
  const candidates = listed.map(candidateOf);
  const title = fields.get('title');
  const seats = fields.get('seats');
  const kind = fields.get('ballots_kind') ?? 'ranked';
  let profile: Profile;
  let sorted: Sorted<unknown> = { ballots: [], lines: [], malformed: [] };
  if (kind === 'totals-only') profile = { kind: 'totals', candidates, totals: totalsOf(fields.get('totals')) };
  else if (kind === 'score') {
    const scored = sortOut(fields.get('ballots'), scoredOf);
    profile = { kind: 'scored', candidates, ballots: scored.ballots };
    sorted = scored;
  } else if (kind === 'ranked') {
    const ranked = sortOut(fields.get('ballots'), rankedOf);
    profile = { kind: 'ranked', candidates, ballots: ranked.ballots };
    sorted = ranked;
  } else throw new UnreadableElection('the kind of ballots is unknown');
  return {
    title: typeof title === 'string' ? title : '',
    candidates,
    profile,
    seats: typeof seats === 'number' ? seats : undefined,
    malformed: sorted.malformed.slice(0, malformedListedMax),
    malformedCount: sorted.malformed.length,
    lineOf: (row) => sorted.lines[row] ?? 0,
  };
}
