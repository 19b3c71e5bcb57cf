// Mutants that no test can notice, because what they change cannot be seen, each with the reason. A reason is read like code.

/** What stood in a file, as Stryker names it, what it became (anything, where nothing is said), and why that changes nothing. */
export interface Equivalent {
  readonly file: string;
  readonly was: string;
  readonly becomes?: string;
  readonly reason: string;
}

const sameUnit = 'in a vote that nothing weighs, everybody weighs one: people and weight are the same number';
const written = 'the compiler writes the choices of every vote out, `yes, no, abstain` too: only a charter made by another hand could leave them to this line';

/** All of them, by file. */
export const equivalents: readonly Equivalent[] = [
  { file: 'engine/vote.ts', was: "['yes', 'no', 'abstain']", reason: written },
  ...["'yes'", "'no'", "'abstain'"].map((was) => ({ file: 'engine/vote.ts', was, becomes: '""', reason: written })),
  ...["vote.choices.kind !== 'list' || vote.choices.names.length === 0", "vote.choices.kind !== 'list'", 'vote.choices.names.length === 0'].map((was) => ({
    file: 'engine/vote.ts',
    was,
    reason: written,
  })),
  {
    file: 'engine/vote.ts',
    was: 'vote.vacanciesCountAs === undefined',
    becomes: 'false',
    reason: 'no choice of a vote is undefined, so the question after it says the same',
  },
  {
    file: 'engine/vote.ts',
    was: 'vote.vacanciesCountAs !== undefined',
    becomes: 'true',
    reason: 'without such a clause there are no empty seats to add, and nobody asks for the choice they would be added to',
  },
  { file: 'engine/vote.ts', was: 'tally.vote.voters.weightedBy === undefined', becomes: 'false', reason: sameUnit },
  {
    file: 'engine/vote.ts',
    was: 'vacancies.find(([name]) => name === role)?.[1]',
    reason: 'the list has every role of the voters, and other roles were sent away a line before',
  },
  { file: 'engine/vote.ts', was: "'whole'", reason: 'what is no part of a square root is a whole: nobody asks for this word' },
  { file: 'engine/vote.ts', was: "test.amount.kind === 'count'", becomes: 'true', reason: 'a share has no value that could be 1' },
  {
    file: 'engine/vote.ts',
    was: 'stage.secondCall?.quorum',
    becomes: 'stage.secondCall.quorum',
    reason: 'there is a second call where this is asked',
  },
  {
    file: 'engine/vote.ts',
    was: 'winner === undefined',
    becomes: 'false',
    reason: 'a winner that is undefined is no winner, whether its key is there or not',
  },
  { file: 'engine/tally/yes-no.ts', was: 'own === undefined', reason: 'a ballot of no option was set aside before: intake.ts takes none' },
  ...["rule.roll === 'unknown'", "rule.present === 'unknown'", "'unknown'"].map((was) => ({
    file: 'engine/tally/yes-no.ts',
    was,
    reason: 'a rule that asks for a number it does not state was refused before: rule-fault.ts',
  })),
  ...['tally.said[option]?.[unit]', 'tally.said[yes]?.[unit]', 'tally.said[no]?.[unit]'].map((was) => ({
    file: 'engine/tally/yes-no.ts',
    was,
    reason: 'there is a sum for every option of the rule',
  })),
  {
    file: 'engine/tally/yes-no.ts',
    was: "test.kind !== 'share'",
    becomes: 'false',
    reason: 'a test of another kind has no base that could be votes or weight cast',
  },
];
