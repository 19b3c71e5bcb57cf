// The files of the engine that decide, and the tests that judge each of them. The measures of coverage and of mutants read it; nothing is measured here.

/** Files that are measured under the same tests. A test file is named, or all of a folder are: `test/engine/step/`. Paths begin at the project's root. */
export interface DecidingGroup {
  readonly tests: readonly string[];
  readonly files: readonly string[];
}

const named = (folder: string, names: string): readonly string[] => names.split(' ').map((name) => `${folder}/${name}.ts`);
const tests = (folder: string, names: string): readonly string[] => named(`test/${folder}`, names.replaceAll(/(?<= |^)\S+/g, '$&.test'));

/** All tests of stepping and folding, and those that compare with the reference. Files are asked for in few groups, since these tests run once for each. */
const ofTheEngine: readonly string[] = [
  'test/engine/step/',
  ...tests('engine/ledger', 'duration fold worked-example'),
  ...tests('reference', 'boundaries differences found pairs'),
];
const engineGroup = (names: string): DecidingGroup => ({ tests: ofTheEngine, files: named('engine', names) });

/** What a verdict, a count, an electorate or the order of events depends on; the most deciding first. Source: docs/decisions/0142 */
export const decidingGroups: readonly DecidingGroup[] = [
  engineGroup(
    'closing joint leaving ending filter vote quantity counting ballots delegated numbered-rows count-inputs recusal early-close vote-clock cast fold order attestation read-set gate merging limit starters roster actor outcome step act elect right opening measure meeting support undo-grant cap-remedy coming-seat strike vote-result',
  ),
  engineGroup(
    'due redecide role-change term-limit role-cap protection in-flight charter-diff start start-line start-problem self-start reached rule-start reverse ratify drawing listing offering award account duty missed missed-votes missed-outcome certificate held facts granted decider recused edit acts area asking attribute attributed choices hold keys lapsed lock matter measure-history office open-vote perform proposed-content report reported retally right-over right-use rolling scored sealed spend spread sunset supporting vacancy was while-open satisfiable duration',
  ),
  {
    tests: ['test/engine/ledger/'],
    files: named('engine', 'finality evidence witness-set settling candidate head'),
  },
  {
    tests: [...tests('engine/tally', 'points caps motions refusals inner-ties bad-input records edges ways'), ...tests('reference/tally', 'agreement')],
    files: named(
      'engine/tally',
      'yes-no irv ranked-pairs schulze stv-gregory tie pairwise rational star borda cap rounds count ways stv-meek condorcet-default intake sums minimax condorcet-irv two-round stv-papers stv-arithmetic lot approval plurality points score condorcet contest rule-fault',
    ),
  },
];

/** All of them, in the same order. */
export const decidingFiles: readonly string[] = decidingGroups.flatMap(({ files }) => files);
