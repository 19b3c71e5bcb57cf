// Tally tables (check.md 3.3): what every possible count of a vote says, for all legal sizes of its roster. The comparisons are the engine's own.
// Votes with ranks, weights or people who must be present are not tabled, and then nothing is claimed about them.
import { compares, meetsBound, meetsQuantity } from '../../engine/index.ts';
import type { Charter, CharterProcess, CharterShare, CharterTest, CharterVote } from '../../engine/index.ts';
import { excludedFrom } from '../lint/roster-size.ts';

/** Rosters to this size are exact; `--deep` takes them to 60 (check.md section 3). With more than three choices to 12. */
const sizeMax = { quick: 24, deep: 60, manyChoices: 12 };

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
  /** True where larger rosters are legal and were not looked at. */
  readonly isCut: boolean;
  readonly resultOf: (tally: Tally) => string;
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
  return { choices, sizes, isCut: largest === undefined || largest > most, ...judged(vote, choices, role.held?.most ?? role.held?.least ?? 0) };
}

type Judged = Pick<TallyTable, 'resultOf' | 'linesOf' | 'holds' | 'isQuorate'>;

function judged(vote: CharterVote, choices: readonly string[], seats: number): Judged {
  const sizeOf =
    (size: number) =>
    (share: CharterShare): bigint =>
      BigInt(share.role === 'seats' ? seats : size);
  const sum = (tally: Tally, names: readonly string[]): number =>
    choices.reduce((total, choice, index) => (names.includes(choice) ? total + (tally.counts[index] ?? 0) : total), 0);
  const ballots = (tally: Tally): number => tally.counts.reduce((total, count) => total + count, 0);
  const holds = (tally: Tally, test: CharterTest): boolean => {
    switch (test.kind) {
      case 'share-of-base': {
        const cast = ballots(tally) - sum(tally, ['abstain']);
        const base =
          test.base === 'all'
            ? sizeOf(tally.size)({ kind: 'whole', role: test.role ?? 'electorate' })
            : BigInt(test.base === 'votes-and-abstentions' ? ballots(tally) : cast);
        return meetsQuantity(BigInt(sum(tally, test.choices)), test.comparison, test.amount, base);
      }
      case 'people-say':
        return meetsQuantity(BigInt(sum(tally, test.choices)), test.comparison, test.amount, BigInt(tally.size));
      case 'none-say':
        return sum(tally, test.choices) === 0;
      case 'all-say':
        return sum(tally, test.choices) === tally.size;
      case 'turnout':
        return meetsBound(() => BigInt(ballots(tally)), test.comparison, test.bound, sizeOf(tally.size));
      case 'lead':
        return compareLead(sum(tally, [test.of]) - sum(tally, [test.over]), test);
    }
  };
  const isQuorate = (tally: Tally): boolean =>
    vote.quorums.every((quorum) =>
      meetsBound(
        () => BigInt(quorum.counted === 'saying' ? sum(tally, quorum.choices ?? []) : ballots(tally)),
        quorum.comparison,
        quorum.bound,
        sizeOf(tally.size),
      ),
    );
  const linesOf = (tally: Tally): readonly boolean[] => vote.passes.map((line) => line.tests.every((test) => holds(tally, test)));
  const resultOf = (tally: Tally): string => {
    if (!isQuorate(tally)) return 'inquorate';
    if (ballots(tally) === 0) return 'failed';
    if (vote.tie !== undefined && choices.includes('yes') && sum(tally, ['yes']) === sum(tally, ['no'])) return 'tied';
    const at = linesOf(tally).indexOf(true);
    return vote.passes[at]?.result ?? 'failed';
  };
  return { holds, isQuorate, linesOf, resultOf };
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

/** Every count of a table once: sizes ascending, counts in order. Pure. */
export function* tallies(table: TallyTable): Generator<Tally> {
  for (const size of table.sizes) for (const counts of splits(size, table.choices.length)) yield { size, counts };
}

function* splits(people: number, parts: number): Generator<readonly number[]> {
  if (parts === 0) {
    yield [];
    return;
  }
  for (let first = 0; first <= people; first += 1) for (const rest of splits(people - first, parts - 1)) yield [first, ...rest];
}

/** The first count that has a property; undefined where none of the table has. Pure. */
export function firstTally(table: TallyTable, has: (tally: Tally) => boolean): Tally | undefined {
  for (const tally of tallies(table)) if (has(tally)) return tally;
  return undefined;
}

/** The same count with one more ballot of a choice, by somebody who did not vote; undefined where everybody has. Pure. */
export function withOneMore(table: TallyTable, tally: Tally, choice: string): Tally | undefined {
  const at = table.choices.indexOf(choice);
  if (at < 0 || tally.counts.reduce((sum, count) => sum + count, 0) >= tally.size) return undefined;
  return { size: tally.size, counts: tally.counts.map((count, index) => (index === at ? count + 1 : count)) };
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
