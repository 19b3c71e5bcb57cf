// Looks at every ballot before the count and sets aside what the rule does not accept, each with its reason; what is left becomes one table. It counts no votes.
import { unreachable } from '../invariant.ts';
import { type BallotTable, type BallotTableBuilder, type Profile, ballotTableBuilder } from './ballot.ts';
import type { SetAside } from './record.ts';
import type { CountRule } from './rules.ts';

/** More options than this on one ballot is a mistake; it also keeps every place in 16 bits. */
export const candidatesMax = 1_000;
/** A wider range of scores does not fit the table. */
export const scoreRangeMax = 60_000n;
/** Set-aside ballots that a record lists; all are counted. */
export const setAsideListedMax = 1_000;

/** What goes into a count: a table, or published sums. */
export interface Intake {
  readonly table: BallotTable;
  readonly totals: readonly bigint[] | undefined;
  readonly rows: number;
  readonly weight: bigint;
  readonly setAsideRows: number;
  readonly setAsideWeight: bigint;
  readonly setAside: readonly SetAside[];
}

/** Places of one ballot, or the reason why it is set aside. */
type Judged = readonly number[] | string;

function placesOf(groups: readonly (readonly string[])[], indexOf: ReadonlyMap<string, number>): Judged {
  const places = Array.from<number>({ length: indexOf.size }).fill(0);
  let place = 0;
  for (const group of groups) {
    if (group.length > 0) place += 1;
    for (const id of group) {
      const index = indexOf.get(id);
      if (index === undefined) return `\`${id}\` is not a candidate`;
      if (places[index] !== 0) return `\`${id}\` is on it twice`;
      places[index] = place;
    }
  }
  return places;
}

function placesOfScores(
  scores: readonly (readonly [string, bigint])[],
  indexOf: ReadonlyMap<string, number>,
  rule: Extract<CountRule, { method: 'score' | 'star' }>,
): Judged {
  const places = Array.from<number>({ length: indexOf.size }).fill(0);
  for (const [id, points] of scores) {
    const index = indexOf.get(id);
    if (index === undefined) return `\`${id}\` is not a candidate`;
    if (places[index] !== 0) return `\`${id}\` is on it twice`;
    if (points < rule.from || points > rule.to) return `${points} is not a score from ${rule.from} to ${rule.to}`;
    places[index] = Number(rule.to - points) + 1;
  }
  if (scores.length === 0) return places;
  if (places.includes(0) && rule.unscored === 'refused') return 'it does not score everybody';
  return places.map((place) => (place === 0 ? Number(rule.to - rule.from) + 1 : place));
}

function ruleAgainst(places: Judged, rule: CountRule): Judged {
  if (typeof places === 'string') return places;
  const ranked = places.filter((place) => place !== 0);
  switch (rule.method) {
    case 'approval':
      return rule.marksMax !== 'unlimited' && ranked.length > rule.marksMax ? `it has ${ranked.length} marks and ${rule.marksMax} are allowed` : places;
    case 'score':
    case 'star':
      return places;
    case 'yes-no':
      if (ranked.length === 0) return 'it is blank, and an abstention has to say so';
      return ranked.length > 1 ? 'it says more than one thing' : places;
    case 'plurality': {
      const best = ranked.reduce((least, place) => (place < least ? place : least), 65_535);
      return rule.equalRanks === 'refused' && ranked.filter((place) => place === best).length > 1 ? 'it has more than one first choice' : places;
    }
    default:
      return rule.equalRanks === 'refused' && new Set(ranked).size < ranked.length ? 'it ranks two options equal' : places;
  }
}

/** Methods that need no more than a sum for each option. */
const countsSums: readonly CountRule['method'][] = ['approval', 'plurality', 'score', 'yes-no'];

const weightReason = 'its weight is not 1 or more';

type Rows = { readonly count: number; readonly weightOf: (row: number) => bigint; readonly placesOf: (row: number) => Judged };

function rowsOf(profile: Profile, rule: CountRule): Rows | string {
  const indexOf = new Map(profile.candidates.map((candidate, index) => [candidate.id, index]));
  const scoring = rule.method === 'score' || rule.method === 'star';
  switch (profile.kind) {
    case 'ranked':
      if (scoring || rule.method === 'approval') return `rankings cannot be counted by ${rule.method}`;
      return {
        count: profile.ballots.length,
        weightOf: (row) => profile.ballots[row]?.weight ?? 0n,
        placesOf: (row) => placesOf(profile.ballots[row]?.ranks ?? [], indexOf),
      };
    case 'table': {
      const { table } = profile;
      const size = table.candidatesCount;
      if (scoring || rule.method === 'approval') return `rankings cannot be counted by ${rule.method}`;
      if (size !== profile.candidates.length) return 'the table has another number of candidates';
      return {
        count: table.ballotsCount,
        weightOf: (row) => table.weights[row] ?? 0n,
        placesOf: (row) => Array.from(table.ranks.subarray(row * size, (row + 1) * size)),
      };
    }
    case 'scored':
      if (!scoring) return `scores cannot be counted by ${rule.method}`;
      return {
        count: profile.ballots.length,
        weightOf: (row) => profile.ballots[row]?.weight ?? 0n,
        placesOf: (row) => placesOfScores(profile.ballots[row]?.scores ?? [], indexOf, rule),
      };
    case 'marked':
      if (rule.method !== 'approval' && rule.method !== 'plurality' && rule.method !== 'yes-no') return `marks cannot be counted by ${rule.method}`;
      return {
        count: profile.ballots.length,
        weightOf: (row) => profile.ballots[row]?.weight ?? 0n,
        placesOf: (row) => placesOf([profile.ballots[row]?.marks ?? []], indexOf),
      };
    case 'totals':
      if (!countsSums.includes(rule.method)) return `sums without ballots cannot be counted by ${rule.method}`;
      return { count: 0, weightOf: () => 0n, placesOf: () => [] };
    default:
      return unreachable(profile);
  }
}

function totalsOf(profile: Extract<Profile, { kind: 'totals' }>): readonly bigint[] | string {
  const sums = new Map<string, bigint>();
  for (const [id, votes] of profile.totals) {
    if (!profile.candidates.some((candidate) => candidate.id === id)) return `\`${id}\` is not a candidate`;
    if (sums.has(id)) return `\`${id}\` has two sums`;
    if (votes < 0n) return `the sum of \`${id}\` is negative`;
    sums.set(id, votes);
  }
  return profile.candidates.map((candidate) => sums.get(candidate.id) ?? 0n);
}

/** Starts a builder with the first rows of a table, all of which were accepted. */
function copyOfRows(profile: Profile, count: number): BallotTableBuilder {
  const size = profile.candidates.length;
  const builder = ballotTableBuilder(size);
  if (profile.kind !== 'table') return builder;
  for (let row = 0; row < count; row += 1)
    builder.append(profile.table.weights[row] ?? 0n, Array.from(profile.table.ranks.subarray(row * size, (row + 1) * size)));
  return builder;
}

/** Judges all ballots of a profile under a rule. @returns the table, or a sentence why nothing can be counted. Pure. */
export function takeIn(profile: Profile, rule: CountRule): Intake | string {
  const rows = rowsOf(profile, rule);
  if (typeof rows === 'string') return rows;
  const totals = profile.kind === 'totals' ? totalsOf(profile) : undefined;
  if (typeof totals === 'string') return totals;
  const size = profile.candidates.length;
  // A table is used as it is until one of its rows is set aside: a second copy of a million ballots would cost as much as the first.
  let builder = profile.kind === 'table' ? undefined : ballotTableBuilder(size);
  const setAside: SetAside[] = [];
  let setAsideRows = 0;
  let setAsideWeight = 0n;
  let weight = 0n;
  for (let row = 0; row < rows.count; row += 1) {
    const own = rows.weightOf(row);
    const judged = own < 1n ? weightReason : ruleAgainst(rows.placesOf(row), rule);
    if (own > 0n) weight += own;
    if (typeof judged !== 'string') {
      builder?.append(own, judged);
      continue;
    }
    builder ??= copyOfRows(profile, row);
    setAsideRows += 1;
    if (own > 0n) setAsideWeight += own;
    if (setAside.length < setAsideListedMax) setAside.push({ ballot: row, weight: own, reason: judged });
  }
  const table = builder?.finish() ?? (profile.kind === 'table' ? profile.table : ballotTableBuilder(size).finish());
  return { table, totals, rows: rows.count, weight, setAsideRows, setAsideWeight, setAside };
}
