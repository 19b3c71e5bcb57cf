// The files of the engine that decide, and the tests that judge each of them. The measures of coverage and of mutants read it; nothing is measured here.

/** Files that are measured under the same tests. A test file is named, or all of a folder are: `test/engine/step/`. Paths begin at the project's root. */
export interface DecidingGroup {
  readonly tests: readonly string[];
  readonly files: readonly string[];
}

const named = (folder: string, names: string): readonly string[] => names.split(' ').map((name) => `${folder}/${name}.ts`);

/** What a verdict, a count, an electorate or the order of events depends on; the most deciding first. Source: docs/decisions/0142 */
export const decidingGroups: readonly DecidingGroup[] = [
  {
    tests: ['test/engine/step/', 'test/engine/ledger/fold.test.ts', 'test/reference/differences.test.ts'],
    files: named(
      'engine',
      'vote closing counting ballots roster filter quantity early-close fold cast order outcome actor delegated support vote-clock joint step act elect limit right opening starters leaving ending recusal measure meeting',
    ),
  },
  {
    tests: [
      'test/engine/tally/refusals.test.ts',
      'test/engine/tally/bad-input.test.ts',
      'test/reference/tally/agreement.test.ts',
      'test/engine/tally/properties.test.ts',
    ],
    files: named(
      'engine/tally',
      'yes-no irv ranked-pairs schulze stv-gregory tie pairwise rational star borda cap rounds count stv-meek condorcet-default intake sums minimax condorcet-irv two-round stv-papers stv-arithmetic lot approval plurality points score condorcet contest rule-fault',
    ),
  },
];

/** All of them, in the same order. */
export const decidingFiles: readonly string[] = decidingGroups.flatMap(({ files }) => files);
