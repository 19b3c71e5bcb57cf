// The files of the engine that decide, and the tests that judge each of them. The measures of coverage and of mutants read it; nothing is measured here.

/** Files that are measured under the same tests. A test file is named, or all of a folder are: `test/engine/step/`. Paths begin at the project's root. */
export interface DecidingGroup {
  readonly tests: readonly string[];
  readonly files: readonly string[];
}

const named = (folder: string, names: string): readonly string[] => names.split(' ').map((name) => `${folder}/${name}.ts`);
const tests = (folder: string, names: string): readonly string[] => named(`test/${folder}`, names.replaceAll(/(?<= |^)\S+/g, '$&.test'));

/** What a verdict, a count, an electorate or the order of events depends on; the most deciding first. Source: docs/decisions/0142 */
export const decidingGroups: readonly DecidingGroup[] = [
  { tests: tests('engine/step', 'lines tests-of-votes sizes weight score ties counting-parameters election'), files: named('engine', 'vote') },
  { tests: tests('engine/step', 'quantity sizes tests-of-votes weight'), files: named('engine', 'quantity') },
  {
    tests: tests(
      'engine/step',
      'ties joint meetings who-is-meant vote-end semantics stages base election taking-part notices drawing keys held holding not-granted missed caps',
    ),
    files: named('engine', 'closing joint leaving ending'),
  },
  { tests: tests('engine/step', 'counting-needs counting-parameters score'), files: named('engine', 'counting') },
  { tests: tests('engine/step', 'delegation sizes vote-end taking-part tests-of-votes'), files: named('engine', 'ballots delegated recusal') },
  { tests: tests('engine/step', 'early vote-end semantics joint'), files: named('engine', 'early-close vote-clock') },
  { tests: tests('engine/step', 'ballots vote-end base score weight joint taking-part semantics election delegation'), files: named('engine', 'cast') },
  {
    tests: [
      ...tests('engine/ledger', 'fold worked-example'),
      ...tests('engine/step', 'people semantics changes keys missed base sizes council reports rights vote-end'),
    ],
    files: named('engine', 'filter fold order'),
  },
  { tests: tests('engine/step', 'limits-waived limits starting caps who-is-meant'), files: named('engine', 'limit starters') },
  {
    tests: ['test/engine/step/', ...tests('reference', 'differences')],
    files: named('engine', 'roster actor outcome step act elect right opening measure meeting support'),
  },
  {
    tests: [...tests('engine/tally', 'points caps motions refusals inner-ties bad-input'), ...tests('reference/tally', 'agreement')],
    files: named(
      'engine/tally',
      'yes-no irv ranked-pairs schulze stv-gregory tie pairwise rational star borda cap rounds count stv-meek condorcet-default intake sums minimax condorcet-irv two-round stv-papers stv-arithmetic lot approval plurality points score condorcet contest rule-fault',
    ),
  },
];

/** All of them, in the same order. */
export const decidingFiles: readonly string[] = decidingGroups.flatMap(({ files }) => files);
