// Looks at every ballot before the count and sets aside what the rule does not accept, each with its reason; what is left becomes one table. It counts no votes.
import { entryAt, invariant, unreachable } from '../invariant.ts';
import { type BallotTable, type BallotTableBuilder, type CountedTable, type Profile, ballotTableBuilder } from './ballot.ts';
import type { SetAside } from './record.ts';
import type { CountRule } from './rules.ts';
import { countedTable } from './sums.ts';

/** More options than this on one ballot is a mistake; it also keeps every place in 16 bits. */
export const candidatesMax = 1_000;
/** A wider range of scores does not fit the table. */
export const scoreRangeMax = 60_000n;
/** Set-aside ballots that a record lists; all are counted. */
export const setAsideListedMax = 1_000;

/** What goes into a count: a table, or published sums. */
export interface Intake {
  readonly table: CountedTable;
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

/** Places that were seen in the ballot at hand: `stamps[place]` is its number. One array for all ballots, so that a million of them cost no garbage. */
interface Seen {
  readonly stamps: Uint32Array;
  stamp: number;
}

function newSeen(): Seen {
  return { stamps: new Uint32Array(65_536), stamp: 0 };
}

/** Why a rule does not accept the places `from` to `from + size` of a ballot, if it does not. */
function ruleAgainst(places: ArrayLike<number>, row: { readonly from: number; readonly size: number }, rule: CountRule, seen: Seen): string | undefined {
  if (rule.method === 'score' || rule.method === 'star') return undefined;
  seen.stamp += 1;
  let ranked = 0;
  let best = 65_536;
  let isBestShared = false;
  let isShared = false;
  for (let index = row.from; index < row.from + row.size; index += 1) {
    const place = places[index] ?? 0;
    if (place === 0) continue;
    ranked += 1;
    if (seen.stamps[place] === seen.stamp) isShared = true;
    seen.stamps[place] = seen.stamp;
    isBestShared = place < best ? false : isBestShared || place === best;
    if (place < best) best = place;
  }
  switch (rule.method) {
    case 'approval':
      return rule.marksMax !== 'unlimited' && ranked > rule.marksMax ? `it has ${ranked} marks, and at most ${rule.marksMax} may stand on it` : undefined;
    case 'yes-no':
      if (ranked === 0) return 'it is blank, and an abstention has to say so';
      return ranked > 1 ? 'it says more than one thing' : undefined;
    case 'plurality':
      return rule.equalRanks === 'refused' && isBestShared ? 'it has more than one first choice' : undefined;
    default:
      return rule.equalRanks === 'refused' && isShared ? 'it ranks two options equal' : undefined;
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
        weightOf: (row) => entryAt(profile.ballots, row).weight,
        placesOf: (row) => placesOf(entryAt(profile.ballots, row).ranks, indexOf),
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
        weightOf: (row) => entryAt(profile.ballots, row).weight,
        placesOf: (row) => placesOfScores(entryAt(profile.ballots, row).scores, indexOf, rule),
      };
    case 'marked':
      if (rule.method !== 'approval' && rule.method !== 'plurality' && rule.method !== 'yes-no') return `marks cannot be counted by ${rule.method}`;
      return {
        count: profile.ballots.length,
        weightOf: (row) => entryAt(profile.ballots, row).weight,
        placesOf: (row) => placesOf([entryAt(profile.ballots, row).marks], indexOf),
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
function copyOfRows(table: BallotTable, count: number): BallotTableBuilder {
  const size = table.candidatesCount;
  const builder = ballotTableBuilder(size);
  for (let row = 0; row < count; row += 1) builder.append(entryAt(table.weights, row), Array.from(table.ranks.subarray(row * size, (row + 1) * size)));
  return builder;
}

/** Looks at one ballot. @returns how to get its places, or why it is set aside. A row of a table is judged where it lies. */
function judgeRow(
  profile: Profile,
  rows: Rows,
  row: number,
  weight: bigint,
  { rule, seen }: { readonly rule: CountRule; readonly seen: Seen },
): string | { readonly places: () => readonly number[] } {
  if (weight < 1n) return weightReason;
  const size = profile.candidates.length;
  if (profile.kind === 'table') {
    const reason = ruleAgainst(profile.table.ranks, { from: row * size, size }, rule, seen);
    return reason ?? { places: () => Array.from(profile.table.ranks.subarray(row * size, (row + 1) * size)) };
  }
  const places = rows.placesOf(row);
  if (typeof places === 'string') return places;
  return ruleAgainst(places, { from: 0, size }, rule, seen) ?? { places: () => places };
}

/** Judges all ballots of a profile under a rule. @returns the table, or a sentence why nothing can be counted. Pure. */
export function takeIn(profile: Profile, rule: CountRule): Intake | string {
  const rows = rowsOf(profile, rule);
  if (typeof rows === 'string') return rows;
  const totals = profile.kind === 'totals' ? totalsOf(profile) : undefined;
  if (typeof totals === 'string') return totals;
  const size = profile.candidates.length;
  const seen = newSeen();
  // A table is used as it is until one of its rows is set aside: a second copy of a million ballots would cost as much as the first.
  const given = profile.kind === 'table' ? profile.table : undefined;
  let builder = given === undefined ? ballotTableBuilder(size) : undefined;
  const setAside: SetAside[] = [];
  let setAsideRows = 0;
  let setAsideWeight = 0n;
  let weight = 0n;
  for (let row = 0; row < rows.count; row += 1) {
    const own = rows.weightOf(row);
    if (own > 0n) weight += own;
    const judged = judgeRow(profile, rows, row, own, { rule, seen });
    if (typeof judged !== 'string') {
      builder?.append(own, judged.places());
      continue;
    }
    if (builder === undefined && given !== undefined) builder = copyOfRows(given, row);
    setAsideRows += 1;
    if (own > 0n) setAsideWeight += own;
    if (setAside.length < setAsideListedMax) setAside.push({ ballot: row, weight: own, reason: judged });
  }
  const table = builder?.finish() ?? given;
  invariant(table !== undefined, 'ballots that are no table make one');
  return { table: countedTable(table), totals, rows: rows.count, weight, setAsideRows, setAsideWeight, setAside };
}
