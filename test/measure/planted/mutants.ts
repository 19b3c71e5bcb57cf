// Ways to break an analysis, each with the family of charters that must notice. `npm run corpus -- --mutants` tries them in a copy of the tree.
import type { Mutation } from '../mutations.ts';

const test = 'test/measure/planted/planted.test.ts';

/** One change for each way an analysis could be wrong. A mutation that no charter notices is a hole in the corpus. */
export const analysisMutations: readonly Mutation[] = [
  // Recusal and exclusion: the person concerned has no vote.
  { file: 'compiler/lint/own-removal-consent.ts', text: " || vote.voters.except.includes('subject')", replacement: '', test, title: 'analyses own removal' },
  // Quorums: a strict one as inclusive.
  { file: 'compiler/analysis/tally-table.ts', text: '      comparison,\n', replacement: "      'at-least',\n", test, title: 'analyses quorum of one' },
  // A vote that nobody takes part in passes nothing, and the two sides of a partition share nobody.
  {
    file: 'compiler/analysis/partition.ts',
    text: 'group = 1; 2 * group <= size',
    replacement: 'group = 1; 2 * group < size',
    test,
    title: 'analyses partition',
  },
  { file: 'compiler/lint/no-show-paradox.ts', text: ' && !lacksPeople(table, vote, tally)', replacement: '', test, title: 'analyses no-show' },
  {
    file: 'compiler/lint/non-monotone.ts',
    text: "withOneMore(table, tally, 'yes')",
    replacement: "withOneMore(table, tally, 'no')",
    test,
    title: 'analyses monotonicity',
  },
  // Lock-outs: who can still amend saves the body, and so does whoever can still elect.
  { file: 'compiler/analysis/lock-out.ts', text: 'return canAmend(charter) || ', replacement: 'return ', test, title: 'analyses lock-out' },
  { file: 'compiler/analysis/lock-out.ts', text: ' || canGrant(charter, role)', replacement: '', test, title: 'analyses lock-out' },
  // Takeovers take several admissions, and those admitted are allies.
  { file: 'compiler/analysis/takeover.ts', text: 'const motionsMax = 12;', replacement: 'const motionsMax = 1;', test, title: 'analyses takeover' },
  // A guard that takes as many people to change as to use is not weaker.
  {
    file: 'compiler/analysis/entrenchment.ts',
    text: 'group.people < guard.people',
    replacement: 'group.people <= guard.people',
    test,
    title: 'analyses entrenchment',
  },
  // One person is not another, and an easier way is no fast track where it is slow.
  {
    file: 'compiler/lint/group-reach.ts',
    text: 'people + (others ? starters : 0) <= group.people',
    replacement: 'people <= group.people',
    test,
    title: 'analyses lone amendment',
  },
  {
    file: 'compiler/lint/weaker-fast-path.ts',
    text: 'if (weakMinutes >= strongMinutes) return [];',
    replacement: '',
    test,
    title: 'analyses conflicting ways',
  },
];
