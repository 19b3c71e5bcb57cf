// Ways to break an analysis, each with the family of charters that must notice. `npm run corpus -- --mutants` tries them in a copy of the tree.
import type { Mutation } from '../mutations.ts';

const test = 'test/measure/planted/planted.test.ts';

/** One change for each way an analysis could be wrong. A mutation that no charter notices is a hole in the corpus. */
export const analysisMutations: readonly Mutation[] = [
  // Recusal and exclusion: the person concerned has no vote.
  { file: 'compiler/lint/own-removal-consent.ts', text: " || vote.voters.except.includes('subject')", replacement: '', test, title: 'analyses own removal' },
  // Quorums: a strict one as inclusive.
  { file: 'compiler/analysis/tally-table.ts', text: '      comparison,\n', replacement: "      'at-least',\n", test, title: 'analyses quorum of one' },
  { file: 'compiler/lint/unsatisfiable-tests.ts', text: 'table.isQuorate(tally) && ', replacement: '', test, title: 'analyses contradiction' },
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
  {
    file: 'compiler/lint/ballot-reach.ts',
    text: 'excludedFrom(process, vote, role).surely',
    replacement: '0',
    test,
    title: 'analyses takeover',
  },
  // Nobody is given more ballots than the text allows, and a share of all weight is not one of the weight cast.
  {
    file: 'compiler/analysis/delegated-takeover.ts',
    text: 'mosts.length === 0 ? undefined : Math.min(...mosts)',
    replacement: 'undefined',
    test,
    title: 'analyses given ballots',
  },
  {
    file: 'compiler/analysis/weighted-partition.ts',
    text: 'return [halves.weight, halves.total];',
    replacement: 'return [halves.weight, halves.weight];',
    test,
    title: 'analyses halves by weight',
  },
  // A guard that takes as many people to change as to use is not weaker.
  {
    file: 'compiler/analysis/entrenchment.ts',
    text: 'change.by.people >= guard.people',
    replacement: 'change.by.people > guard.people',
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
  // Two ways: as long as each other, and weaker only where nothing passes the weak one alone.
  {
    file: 'compiler/lint/conflicting-thresholds.ts',
    text: 'if (weakMinutes !== strongMinutes) return [];',
    replacement: '',
    test,
    title: 'analyses conflicting ways',
  },
  {
    file: 'compiler/analysis/dominance.ts',
    text: 'return isMixed ? undefined : { enough };',
    replacement: 'return { enough };',
    test,
    title: 'analyses removal and admission',
  },
  {
    file: 'compiler/analysis/dominance.ts',
    text: "one.resultOf(tally) === 'passed' && other.resultOf(tally) !== 'passed'",
    replacement: "one.resultOf(tally) === 'passed'",
    test,
    title: 'analyses ways as long',
  },
  { file: 'compiler/lint/amender-weaker.ts', text: ' || minutes > ordinaryMinutes', replacement: '', test, title: 'analyses amendment and work' },
  // A hold stops at once, a reversal undoes, and a rolling limit bounds what is lost meanwhile.
  {
    file: 'compiler/lint/repair-slower-than-harm.ts',
    text: 'return stops(process) ? 0 : undefined;',
    replacement: 'return undefined;',
    test,
    title: 'analyses repair and harm',
  },
  {
    file: 'compiler/lint/repair-slower-than-harm.ts',
    text: "effect.kind === 'reverse'",
    replacement: "effect.kind === 'strike'",
    test,
    title: 'analyses repair and harm',
  },
  {
    file: 'compiler/lint/repair-slower-than-harm.ts',
    text: 'shortest(per.duration) >= repair',
    replacement: 'shortest(per.duration) < 0',
    test,
    title: 'analyses repair and harm',
  },
  // A rule that could not be met before is another fault.
  { file: 'compiler/lint/roll-change-breaks-rule.ts', text: '.find((name) => !before.includes(name))', replacement: '[0]', test, title: 'analyses removals' },
  // Recused people who leave the roster leave the denominator too.
  {
    file: 'compiler/lint/recusal-kills-quorum.ts',
    text: 'const roster = recusal.countsAs === undefined ? left : size;',
    replacement: 'const roster = size;',
    test,
    title: 'analyses recusals',
  },
  { file: 'compiler/lint/usable-right.ts', text: '.find((name) => has.has(name));', replacement: '.find(() => false);', test, title: 'analyses rights' },
  { file: 'compiler/lint/usable-right.ts', text: 'if (above !== undefined) implied.add(above);', replacement: '', test, title: 'analyses rights' },
  // What reading charters corrected: the one holder of an office, newcomers in other chambers, and who gave up what by a grant.
  {
    file: 'compiler/lint/group-reach.ts',
    text: 'return outside >= (peopleFor(charter, actor, 1) ?? 1);',
    replacement: 'return true;',
    test,
    title: 'charters founder',
  },
  {
    file: 'compiler/lint/takeover.ts',
    text: ' || waitMinutes > 0',
    replacement: '',
    test,
    title: 'charters tenants',
  },
  { file: 'compiler/lint/approver-is-author.ts', text: ' || isOfTheBody(act.actor)', replacement: '', test, title: 'charters sociocracy' },
  { file: 'compiler/lint/people-count.ts', text: 'Math.max(0, people - newcomers.count)', replacement: 'people', test, title: 'charters bicameral' },
  { file: 'compiler/lint/office-outlives-seat.ts', text: 'ways.length > 0 && rises', replacement: 'ways.length > 1 && rises', test, title: 'charters guild' },
  { file: 'compiler/analysis/properties.ts', text: 'fewest === undefined ? nothing : [fewest, most]', replacement: 'nothing', test, title: 'analyses claims' },
  {
    file: 'compiler/analysis/approvers.ts',
    text: 'people: Math.max(next.people, lead.people)',
    replacement: 'people: next.people',
    test,
    title: 'analyses claims',
  },
  {
    file: 'compiler/lint/sentence-without-rule.ts',
    text: 'isLinked ? contradicted(sentence) : undefined',
    replacement: 'undefined',
    test,
    title: 'analyses prose',
  },
];
