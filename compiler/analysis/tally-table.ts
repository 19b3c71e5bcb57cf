// Tally tables (check.md 3.3): what every possible count of a vote says, for all legal sizes of its roster. The comparisons are the engine's own.
// Votes with ranks, weights or people who must be present are not tabled, and then nothing is claimed about them.
import { compares, meetsBound, meetsQuantity } from '../../engine/index.ts';
import type { Charter, CharterProcess, CharterShare, CharterTest, CharterVote } from '../../engine/index.ts';
import { excludedFrom } from '../lint/roster-size.ts';

/** Rosters to this size are exact; `--deep` takes them to 60 (check.md section 3). With more than three choices to 12. */
const sizeMax = { quick: 24, deep: 60, manyChoices: 12 };

/** Sizes beyond a table of which only the corners are looked at (check.md 3.3), as far as they are legal. */
const sizesBeyond: readonly number[] = [60, 200, 1_000, 10_000];

/** One count: the size of the roster, and ballots by choice in the order of `choices`; the rest did not vote. */
export interface Tally {
  readonly size: number;
  readonly counts: readonly number[];
}

/** A vote that can be tabled. */
export interface TallyTable {
  readonly choices: readonly string[];
  /** Legal sizes of the roster, ascending, not empty. */
  readonly sizes: readonly number[];
  /** True where larger rosters are legal, of which only corners are looked at. */
  readonly isCut: boolean;
  /** Counts of larger rosters: everybody, a half or a quarter says one thing, the rest of them another, or nothing. */
  readonly corners: readonly Tally[];
  readonly resultOf: (tally: Tally) => string;
  /** Whether the result leads where `passed` leads. */
  readonly passes: (tally: Tally) => boolean;
  /** Whether each `passes` line holds by itself, the quorums left out. */
  readonly linesOf: (tally: Tally) => readonly boolean[];
  readonly holds: (tally: Tally, test: CharterTest) => boolean;
  readonly isQuorate: (tally: Tally) => boolean;
}

/** The table of a vote; undefined where counts of ballots alone do not decide it. Pure. Source: language.md S28-S33, S124-S126, S130. */
export function tallyTable(charter: Charter, process: CharterProcess, vote: CharterVote, deep: boolean): TallyTable | undefined {
  const [name, ...others] = vote.voters.roles;
  const role = charter.roles.find((candidate) => candidate.name === name);
  if (role === undefined || others.length > 0 || vote.counted !== undefined || vote.choices.kind !== 'list' || vote.voters.weightedBy !== undefined)
    return undefined;
  if (vote.passes.length === 0 || vote.marks !== undefined || vote.vacanciesCountAs !== undefined) return undefined;
  const own = [role.name, 'electorate'];
  if (!countsOnly(vote, own)) return undefined;
  const choices = vote.choices.names.length === 0 ? ['yes', 'no', 'abstain'] : vote.choices.names;
  const most = choices.length > 3 ? sizeMax.manyChoices : deep ? sizeMax.deep : sizeMax.quick;
  const left = excludedFrom(process, vote, role.name).surely;
  const [least, largest] = role.held === undefined ? [Math.max(5, role.firstHeldBy.length), undefined] : [Math.max(1, role.held.least), role.held.most];
  const top = Math.min(largest ?? most, most) - left;
  const bottom = Math.max(1, least - left);
  if (bottom > top || choices.length > 5) return undefined;
  const sizes = Array.from({ length: top - bottom + 1 }, (_, index) => bottom + index);
  const isCut = largest === undefined || largest > most;
  const beyond = isCut
    ? [...sizesBeyond.filter((size) => size > most && size < (largest ?? Infinity)), ...(largest === undefined ? [] : [Math.min(largest, 10_000)])]
    : [];
  const corners = beyond.flatMap((size) => cornersOf(size - left, choices.length));
  return { choices, sizes, isCut, corners, ...judged(vote, choices, { top, seats: role.held?.most ?? role.held?.least ?? 0 }) };
}

/** The corners of one size: each choice by itself, and each beside another one. */
function cornersOf(size: number, choices: number): readonly Tally[] {
  const places = Array.from({ length: choices }, (_, place) => place);
  const [half, quarter] = [Math.floor((size + 1) / 2), Math.floor((size + 3) / 4)];
  const dealt = (rows: readonly (readonly [place: number, people: number])[]): Tally => ({
    size,
    counts: places.map((place) => rows.find(([at]) => at === place)?.[1] ?? 0),
  });
  return places.flatMap((one) => [
    ...[quarter, half, size].map((people) => dealt([[one, people]])),
    ...places.flatMap((other) =>
      other === one
        ? []
        : [half, quarter].map((people) =>
            dealt([
              [one, people],
              [other, size - people],
            ]),
          ),
    ),
  ]);
}

type Judged = Pick<TallyTable, 'resultOf' | 'passes' | 'linesOf' | 'holds' | 'isQuorate'>;

/** The largest roster of a table, and the seats of its role. */
interface Sizes {
  readonly top: number;
  readonly seats: number;
}

/** A comparison of two numbers of ballots or people. */
type Compare = (left: number, right: number) => boolean;

/** The engine's answer for each pair of small numbers, asked for once: a table of 24 people has 20,475 counts, but only 625 such pairs. */
function remembered(ask: Compare, top: number): Compare {
  const width = top + 1;
  const known = new Int8Array(width * width);
  return (left, right) => {
    if (left >= width || right >= width) return ask(left, right);
    const at = left * width + right;
    if (known[at] === 0) known[at] = ask(left, right) ? 1 : -1;
    return known[at] === 1;
  };
}

function ballotsOf(tally: Tally): number {
  let total = 0;
  for (const count of tally.counts) total += count;
  return total;
}

/** How many ballots of a count are for one of some choices. */
function summing(choices: readonly string[], names: readonly string[]): (tally: Tally) => number {
  const places = choices.flatMap((choice, index) => (names.includes(choice) ? [index] : []));
  return (tally) => {
    let total = 0;
    for (const place of places) total += tally.counts[place] ?? 0;
    return total;
  };
}

type QuorumClause = CharterVote['quorums'][number];
type Bound = QuorumClause['bound'];

/** Compares people with a bound; the second number is the size of the roster. */
function boundCompare(comparison: QuorumClause['comparison'], bound: Bound, { top, seats }: Sizes): Compare {
  return remembered(
    (people, size) =>
      meetsBound(
        () => BigInt(people),
        comparison,
        bound,
        (share: CharterShare): bigint => BigInt(share.role === 'seats' ? seats : size),
      ),
    top,
  );
}

function judgeOf(test: CharterTest, choices: readonly string[], sizes: Sizes): (tally: Tally) => boolean {
  switch (test.kind) {
    case 'share-of-base': {
      const [part, abstained] = [summing(choices, test.choices), summing(choices, ['abstain'])];
      const compare = remembered((left, base) => meetsQuantity(BigInt(left), test.comparison, test.amount, BigInt(base)), sizes.top);
      const baseOf = (tally: Tally): number => {
        if (test.base === 'all') return test.role === 'seats' ? sizes.seats : tally.size;
        return test.base === 'votes-and-abstentions' ? ballotsOf(tally) : ballotsOf(tally) - abstained(tally);
      };
      return (tally) => compare(part(tally), baseOf(tally));
    }
    case 'people-say': {
      const part = summing(choices, test.choices);
      const compare = remembered((left, size) => meetsQuantity(BigInt(left), test.comparison, test.amount, BigInt(size)), sizes.top);
      return (tally) => compare(part(tally), tally.size);
    }
    case 'none-say': {
      const part = summing(choices, test.choices);
      return (tally) => part(tally) === 0;
    }
    case 'all-say': {
      const part = summing(choices, test.choices);
      return (tally) => part(tally) === tally.size;
    }
    case 'turnout': {
      const compare = boundCompare(test.comparison, test.bound, sizes);
      return (tally) => compare(ballotsOf(tally), tally.size);
    }
    case 'lead': {
      const [of, over] = [summing(choices, [test.of]), summing(choices, [test.over])];
      const compare = remembered((left, right) => compareLead(left - right, test), sizes.top);
      return (tally) => compare(of(tally), over(tally));
    }
  }
}

function judged(vote: CharterVote, choices: readonly string[], sizes: Sizes): Judged {
  const judges = new Map(vote.passes.flatMap((line) => line.tests.map((test) => [test, judgeOf(test, choices, sizes)] as const)));
  const holds = (tally: Tally, test: CharterTest): boolean => (judges.get(test) ?? judgeOf(test, choices, sizes))(tally);
  const quorums = vote.quorums.map((quorum) => {
    const people = quorum.counted === 'saying' ? summing(choices, quorum.choices ?? []) : ballotsOf;
    const compare = boundCompare(quorum.comparison, quorum.bound, sizes);
    return (tally: Tally): boolean => compare(people(tally), tally.size);
  });
  const isQuorate = (tally: Tally): boolean => quorums.every((quorum) => quorum(tally));
  const lineHolds = (tally: Tally, line: CharterVote['passes'][number]): boolean => line.tests.every((test) => holds(tally, test));
  const linesOf = (tally: Tally): readonly boolean[] => vote.passes.map((line) => lineHolds(tally, line));
  const [yes, no] = [summing(choices, ['yes']), summing(choices, ['no'])];
  const mayTie = vote.tie !== undefined && choices.includes('yes');
  const resultOf = (tally: Tally): string => {
    if (!isQuorate(tally)) return 'inquorate';
    if (ballotsOf(tally) === 0) return 'failed';
    if (mayTie && yes(tally) === no(tally)) return 'tied';
    return vote.passes.find((line) => lineHolds(tally, line))?.result ?? 'failed';
  };
  const passing = passingResults(vote);
  return { holds, isQuorate, linesOf, resultOf, passes: (tally) => passing.has(resultOf(tally)) };
}

function compareLead(lead: number, test: Extract<CharterTest, { readonly kind: 'lead' }>): boolean {
  return compares(BigInt(lead), test.comparison, BigInt(test.value));
}

/** True where every count is of the voters themselves, so that people who are the same to the rules can be put together. */
function countsOnly(vote: CharterVote, own: readonly string[]): boolean {
  const share = (one: CharterShare): boolean => (own.includes(one.role) || one.role === 'seats') && one.other === undefined;
  const bound = (one: CharterVote['quorums'][number]['bound']): boolean =>
    one.kind === 'whole' || one.kind === 'part' ? share(one) : share(one.left) && share(one.right);
  const quorums = vote.quorums.every((quorum) => (quorum.counted === 'voting' || quorum.counted === 'saying') && bound(quorum.bound));
  const test = (one: CharterTest): boolean => {
    switch (one.kind) {
      case 'share-of-base':
        return (
          one.base === 'votes-cast' ||
          one.base === 'votes-and-abstentions' ||
          (one.base === 'all' && (own.includes(one.role ?? 'electorate') || one.role === 'seats'))
        );
      case 'turnout':
        return bound(one.bound);
      case 'people-say':
      case 'none-say':
      case 'all-say':
        return own.includes(one.role);
      case 'lead':
        return true;
    }
  };
  return quorums && vote.passes.every((line) => line.tests.every(test));
}

/** The first count that has a property, sizes ascending, counts in the order of an odometer whose first wheel is the slowest, then corners of larger sizes;
 * undefined where none has. Pure. */
export function firstTally(table: TallyTable, has: (tally: Tally) => boolean): Tally | undefined {
  for (const size of table.sizes) {
    // One count that is turned on, not one for each: a large table has tens of thousands.
    const counts = table.choices.map(() => 0);
    const tally = { size, counts };
    for (;;) {
      if (has(tally)) return { size, counts: counts.slice() };
      if (!turnOn(counts, size)) break;
    }
  }
  return table.corners.find(has);
}

/** Turns the odometer to the next way to deal at most so many people out; false after the last. */
function turnOn(counts: number[], people: number): boolean {
  let used = 0;
  for (const count of counts) used += count;
  let at = counts.length - 1;
  while (at >= 0 && used === people) {
    used -= counts[at] ?? 0;
    counts[at] = 0;
    at -= 1;
  }
  if (at < 0) return false;
  counts[at] = (counts[at] ?? 0) + 1;
  return true;
}

/** The count of each roster when nobody votes. Pure. */
export function emptyTallies(table: TallyTable): readonly Tally[] {
  return table.sizes.map((size) => ({ size, counts: table.choices.map(() => 0) }));
}

/** The same count with one more ballot of a choice, by somebody who did not vote; undefined where everybody has. Pure. */
export function withOneMore(table: TallyTable, tally: Tally, choice: string): Tally | undefined {
  const at = table.choices.indexOf(choice);
  if (at < 0 || ballotsOf(tally) >= tally.size) return undefined;
  return { size: tally.size, counts: tally.counts.with(at, (tally.counts[at] ?? 0) + 1) };
}

/** A count in words: `3 yes, 1 no of 5`. Pure. */
export function tallyText(table: TallyTable, tally: Tally): string {
  const said = table.choices.flatMap((choice, index) => ((tally.counts[index] ?? 0) === 0 ? [] : [`${tally.counts[index]} ${choice}`]));
  return `${said.length === 0 ? 'no ballot' : said.join(', ')} of ${tally.size}`;
}

/** The results that lead where `passed` leads. Pure. */
export function passingResults(vote: CharterVote): ReadonlySet<string> {
  const target = (result: string): string | undefined => vote.results.find((line) => line.result === result)?.target ?? vote.otherwise;
  return new Set(['passed', ...vote.passes.flatMap((line) => (target(line.result) === target('passed') ? [line.result] : []))]);
}

/** True for a vote that passes by another word than yes: what is said against something is meant to help it. Pure. */
export function asksForNo(vote: CharterVote): boolean {
  return vote.passes.some((line) =>
    line.tests.some(
      (test) =>
        (test.kind === 'share-of-base' || test.kind === 'people-say') &&
        !test.choices.includes('yes') &&
        (test.comparison === 'at-least' || test.comparison === 'more-than'),
    ),
  );
}
