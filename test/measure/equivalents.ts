// Mutants that no test can notice, because what they change cannot be seen, each with the reason. A reason is read like code.
import { equalInCases } from './equal-in-cases.ts';

/** What stood in a file, as Stryker names it, what it became (anything, where nothing is said), and why that changes nothing. */
export interface Equivalent {
  readonly file: string;
  readonly was: string;
  readonly becomes?: string;
  readonly reason: string;
}

const asBefore = 'rules that do not say `ok` give the draft back as it was';
const sameUnit = 'in a vote that nothing weighs, everybody weighs one: people and weight are the same number';
const lastSecret = 'the last secret makes a draw due at once, and nothing else has it looked at: drawing.ts';
const onlyVotes = 'a stage that is no vote and no joint has no votes';
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
  ...["verdict.kind === 'ok' || verdict.kind === 'flagged'", "verdict.kind === 'flagged'", "'flagged'"].map((was) => ({
    file: 'engine/filter.ts',
    was,
    reason: asBefore,
  })),
  ...["verdict.kind !== 'ok' || event.kind === 'fact'", "verdict.kind !== 'ok'", "event.kind === 'fact'", "'fact'"].map((was) => ({
    file: 'engine/filter.ts',
    was,
    reason: 'what is refused, and a fact, takes nothing from anybody: its rules give no removals',
  })),
  {
    file: 'engine/filter.ts',
    was: "verdicts.get(row.event.id)?.kind === 'ok'",
    becomes: 'true',
    reason: 'one pass more over the same events judges them the same',
  },
  { file: 'engine/filter.ts', was: 'passes += 1', reason: 'the passes are only compared with a bound that is never reached' },
  ...["verdict.kind !== 'void'", "'void'"].map((was) => ({
    file: 'engine/filter.ts',
    was,
    reason: 'rules refuse, and only this file makes void what they refuse',
  })),
  ...["known.power === 'everything' || added.power === 'everything'", "known.power === 'everything'", "added.power === 'everything'", "'everything'"].map(
    (was) => ({ file: 'engine/filter.ts', was, reason: 'a role taken beside everything takes no more, and everything is no role' }),
  ),
  ...['added.length === 0', 'delegated.length === 0', 'recused.length === 0'].map((was) => ({
    file: 'engine/ballots.ts',
    was,
    becomes: 'false',
    reason: 'it spares work: with nothing to add or to leave out the other way gives the same',
  })),
  ...[
    '[...kept, ...added].sort((left, right) => byCodeUnit(left.by, right.by))',
    '[...own, ...delegated].sort((left, right) => byCodeUnit(left.by, right.by))',
    '(left, right) => byCodeUnit(left.by, right.by)',
  ].map((was) => ({ file: 'engine/ballots.ts', was, reason: 'no count depends on the order of its ballots (test/engine/tally/properties.test.ts)' })),
  ...[
    'seed !== undefined && record.draw?.revealed.length === record.draw?.committed.length',
    'seed !== undefined',
    'record.draw?.revealed.length === record.draw?.committed.length',
  ].map((was) => ({ file: 'engine/closing.ts', was, reason: lastSecret })),
  { file: 'engine/closing.ts', was: 'isDue || isRevealed', becomes: 'true', reason: lastSecret },
  {
    file: 'engine/closing.ts',
    was: 'isDue',
    becomes: 'true',
    reason: 'acts keep the next instant of a step: looked at before it, the step is given the same one again',
  },
  { file: 'engine/closing.ts', was: "stage.kind !== 'draw'", becomes: 'true', reason: 'no draw has the result `inquorate`, and none is called a second time' },
  { file: 'engine/closing.ts', was: "stage.kind === 'vote'", becomes: 'true', reason: onlyVotes },
  {
    file: 'engine/closing.ts',
    was: "stage.kind === 'vote' && running !== undefined",
    becomes: "stage.kind === 'vote' || running !== undefined",
    reason: onlyVotes,
  },
  ...[
    ["kind === 'cap' && role !== undefined", 'true'],
    ["kind === 'duty' && role !== undefined", 'true'],
    ["kind === 'duty'", 'true'],
    ["kind === 'role' && role !== undefined && member !== undefined", 'true'],
    ["kind === 'role' && role !== undefined && member !== undefined", "kind === 'role' && role !== undefined || member !== undefined"],
    ["kind === 'role' && role !== undefined", 'true'],
    ["kind === 'role'", 'true'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/closing.ts',
    was,
    becomes,
    reason: 'a name is declared once: what a timer of another kind is about is no such role, duty or cap',
  })),
  ...["theCase(draft.state, id).phase === 'merging'", "'merging'"].map((was) => ({
    file: 'engine/closing.ts',
    was,
    reason: 'a case that merges is given to no stage: there is nothing to do for it here',
  })),
  { file: 'engine/cast.ts', was: 'named.length > 1', becomes: 'true', reason: 'one name, or none, is not there twice' },
  ...[
    ["typeof choice === 'string' && open.plainChoices.has(choice)", 'false'],
    ["typeof choice === 'string'", 'true'],
    ["'string'", '""'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/cast.ts',
    was,
    becomes,
    reason: 'it spares work: the questions after it find nothing wrong with a plain choice',
  })),
  { file: 'engine/delegated.ts', was: 'own.length === 0', becomes: 'false', reason: 'it spares work: where nobody has voted nobody has a ballot to give' },
  { file: 'engine/delegated.ts', was: 'most > before', becomes: 'most >= before', reason: 'where both are equal nothing is left, either way' },
  { file: 'engine/delegated.ts', was: "'whole'", reason: 'what is no part of a square root is a whole: nobody asks for this word' },
  {
    file: 'engine/delegated.ts',
    was: 'untilMs === undefined',
    becomes: 'false',
    reason: 'a time that is undefined is none, whether its key is there or not',
  },
  { file: 'engine/delegated.ts', was: '[]', becomes: '["Stryker was here"]', reason: 'only what stands behind the first place of a row is read' },
  {
    file: 'engine/early-close.ts',
    was: 'count <= completionsMax',
    becomes: 'true',
    reason: 'it spares work: what is above the bound stays above it',
  },
  { file: 'engine/ballots.ts', was: "''", reason: 'an abstention that a recusal stands for has no event, and nobody asks for it' },
  {
    file: 'engine/tally/cap.ts',
    was: 'candidates[option]?.groups',
    becomes: 'candidates[option].groups',
    reason: 'whoever won is a candidate',
  },
  { file: 'engine/tally/cap.ts', was: '[]', reason: 'a group that nobody is in has no seat too many' },
  ...['engine/tally/approval.ts', 'engine/tally/borda.ts'].map((file) => ({
    file,
    was: '-1',
    becomes: '+1',
    reason: 'there is one slot: what is added to another is read by nobody',
  })),
  {
    file: 'engine/tally/schulze.ts',
    was: 'a === b',
    becomes: 'false',
    reason: 'no ballot prefers an option to itself: its strength against itself is 0',
  },
  ...[
    ['from === middle || toMiddle === 0n', 'from === middle && toMiddle === 0n'],
    ['toMiddle === 0n', 'false'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/tally/schulze.ts',
    was,
    becomes,
    reason: 'it spares work: through an option that is not reached goes a path of strength 0',
  })),
  ...['from === middle', 'to === middle'].map((was) => ({
    file: 'engine/tally/schulze.ts',
    was,
    becomes: 'false',
    reason: 'no path leads from an option to itself: its strength is 0, and nothing goes through it',
  })),
  {
    file: 'engine/tally/stv-gregory.ts',
    was: 'this.state.piles[next]?.push',
    becomes: 'this.state.piles[next].push',
    reason: 'the next choice of a paper is a candidate, and each has a pile',
  },
  { file: 'engine/tally/tie.ts', was: '(a, b) => a - b', becomes: '() => undefined', reason: 'whoever asks gives the tied options ascending' },
  {
    file: 'engine/tally/tie.ts',
    was: 'groups.flat().slice(0, tie.take)',
    becomes: 'groups.flat()',
    reason: 'a group is taken whole there, or nothing of it, and then nobody asks who is favoured',
  },
  { file: 'engine/tally/rational.ts', was: 'denominator === 1n', becomes: 'false', reason: 'it spares work: a whole number is in lowest terms' },
  { file: 'engine/tally/rational.ts', was: 'denominator < 0n', becomes: 'denominator <= 0n', reason: 'no denominator is 0' },
  {
    file: 'engine/tally/rational.ts',
    was: 'magnitude > a.denominator',
    becomes: 'magnitude >= a.denominator',
    reason: 'where both are equal, either one is the larger',
  },
  {
    file: 'engine/tally/stv-meek.ts',
    was: 'arithmetic.compare(total, arithmetic.zero) < 0',
    becomes: 'arithmetic.compare(total, arithmetic.zero) <= 0',
    reason: 'a total of 0 is 0, either way',
  },
  {
    file: 'engine/tally/stv-meek.ts',
    was: 'iteration < iterationsMax',
    becomes: 'iteration <= iterationsMax',
    reason: 'no count that converges comes near the bound',
  },
  {
    file: 'engine/tally/stv-meek.ts',
    was: "this.rule.papersMax !== 'unlimited'",
    becomes: 'true',
    reason: 'no number is larger than a word',
  },
  { file: 'engine/tally/rule-fault.ts', was: '[]', becomes: '["Stryker was here"]', reason: 'nobody asks for a base of that name' },
  { file: 'engine/tally/ranked-pairs.ts', was: '[]', becomes: '["Stryker was here"]', reason: 'a row of what is locked is read at options alone' },
  {
    file: 'engine/tally/pairwise.ts',
    was: 'ballot < table.ballotsCount',
    becomes: 'ballot <= table.ballotsCount',
    reason: 'behind the last ballot nobody is ranked',
  },
  {
    file: 'engine/tally/stv-papers.ts',
    was: 'ballot < table.ballotsCount',
    becomes: 'ballot <= table.ballotsCount',
    reason: 'behind the last ballot nobody is ranked',
  },
  ...['[...joined].sort(([a], [b]) => byCodeUnit(a, b))', '([a], [b]) => byCodeUnit(a, b)'].map((was) => ({
    file: 'engine/tally/stv-papers.ts',
    was,
    reason: 'each paper is rounded by itself: no sum depends on their order',
  })),
  ...[
    ['totalWeight(table) <= BigInt(Number.MAX_SAFE_INTEGER)', 'false'],
    ['totalWeight(table) <= BigInt(Number.MAX_SAFE_INTEGER)', 'totalWeight(table) < BigInt(Number.MAX_SAFE_INTEGER)'],
    ['small !== undefined', 'false'],
    ['{', '{}'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/tally/sums.ts',
    was,
    becomes,
    reason: 'it spares work: big integers give the same sums',
  })),
  { file: 'engine/tally/sums.ts', was: 'slot >= 0', becomes: 'true', reason: 'a place below 0 is none of a list of sums' },
  { file: 'engine/tally/contest.ts', was: 'a - b', becomes: 'a + b', reason: 'options come ascending, and sorting keeps the order of equals' },
  { file: 'engine/tally/intake.ts', was: "'star'", becomes: '""', reason: 'a rule of scores refuses no equals: the questions after it find nothing' },
  { file: 'engine/tally/intake.ts', was: "'unlimited'", becomes: '""', reason: 'no number is larger than a word' },
  ...[
    ["ballot.choice === 'abstain'", 'false', 'an abstention names no option and gives none points, so that what follows says the same'],
    ["choice === 'abstain'", 'false', 'an abstention prefers nobody and gives no points, whether it is taken or not'],
    ['ballot.weight > 0n', 'true', 'a ballot of weight 0 adds nothing to any count'],
    ['ballot.weight > 0n', 'ballot.weight >= 0n', 'a ballot of weight 0 adds nothing to any count'],
    ['one === undefined || other === undefined', 'one === undefined && other === undefined', 'two options have two places'],
    ['other === undefined', 'false', 'two options have two places'],
    ['vote.counted?.unscored', 'vote.counted.unscored', 'a vote that is counted here has a method'],
    ['vote.counted?.unranked', 'vote.counted.unranked', 'a vote that is counted here has a method'],
    ['ratio.area === undefined', 'false', 'it spares work: a ratio without an area is for every option, also where areas are asked for'],
    ['over > under', 'over >= under', 'the method itself drops who has not strictly more than the default: condorcet-default.ts'],
    ['option !== winner', 'true', 'whoever asks has taken all winners out'],
    ['caps.length === 0', 'false', 'a list of no caps strikes nobody, and a count without caps gives the same again'],
  ].map(([was = '', becomes, reason = '']) => ({ file: 'engine/elect.ts', was, becomes, reason })),
  ...[
    ['[]', '["Stryker was here"]', 'on no roster is anybody of that name'],
    ['role.succeededBy.length > 0', 'role.succeededBy.length >= 0', 'it spares work: without successors nobody acts for the role'],
    ['known !== undefined', 'false', 'it spares work: worked out again it is the same'],
    ['value !== null', 'true', 'no part of compiled bylaws is null'],
  ].map(([was = '', becomes, reason = '']) => ({ file: 'engine/roster.ts', was, becomes, reason })),
  ...[
    ['rolesOf(line.actor).filter((role) => roleOf(scope.charter, role) !== undefined)', 'rolesOf(line.actor)'],
    ['roleOf(scope.charter, role) !== undefined', 'true'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/starters.ts',
    was,
    becomes,
    reason: 'of what is no role nobody is put on a roster, and nobody asks for it',
  })),
  {
    file: 'engine/starters.ts',
    was: 'people.length >= row.needed',
    becomes: 'false',
    reason: 'a case of which one line is full has begun, and its lines are not asked for any more',
  },
  {
    file: 'engine/step.ts',
    was: "outcome.verdict.kind !== 'ok'",
    becomes: 'false',
    reason: 'a rule that refuses has written nothing before: the line holds rules to it',
  },
  { file: 'engine/tally/irv.ts', was: 'rounds.slice(0, -1)', becomes: 'rounds', reason: 'the round in which they are tied tells them apart by nothing' },
  ...[
    ['decisive === undefined', 'false', 'where no level decides, no victory is of one that does'],
    ['levelOf(a) < levelOf(b)', 'levelOf(a) <= levelOf(b)', 'two of one level were told apart before'],
  ].map(([was = '', becomes, reason = '']) => ({ file: 'engine/tally/ranked-pairs.ts', was, becomes, reason })),
  ...['victory.winner === option', 'victory.loser === option'].map((was) => ({
    file: 'engine/tally/ranked-pairs.ts',
    was,
    becomes: 'false',
    reason: 'in a circle everybody beats somebody and is beaten by somebody',
  })),
  ...[
    ['engine/tally/borda.ts', 'pointsOf(a) < pointsOf(b)'],
    ['engine/tally/points.ts', 'pointsOf(a) < pointsOf(b)'],
    ['engine/tally/minimax.ts', 'worstOf(a) > worstOf(b)'],
  ].map(([file = '', was = '']) => ({ file, was, becomes: 'false', reason: 'options come ascending, and sorting asks only which of two comes first' })),
  ...[
    ['take <= 0', 'false'],
    ['take <= 0', 'take < 0'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/tally/count.ts',
    was,
    becomes,
    reason: 'it spares work: where no seat is left, nobody of a group is taken and nobody is asked',
  })),
  {
    file: 'engine/tally/count.ts',
    was: 'ballot < intake.table.ballotsCount',
    becomes: 'ballot <= intake.table.ballotsCount',
    reason: 'behind the last ballot there is none that is blank',
  },
  ...['run.log.requirements === undefined', 'run.log.points === undefined', 'run.log.pairwise === undefined'].map((was) => ({
    file: 'engine/tally/count.ts',
    was,
    becomes: 'false',
    reason: 'a part that is undefined is none, whether its key is there or not',
  })),
  { file: 'engine/tally/condorcet-default.ts', was: 'forA < forB', becomes: 'forA <= forB', reason: 'they were different a line before' },
  { file: 'engine/tally/condorcet-default.ts', was: 'reach.get(a)?.has', becomes: 'reach.get(a).has', reason: 'every option has an entry' },
  ...[
    ['vote.revealedWithin !== undefined', 'true'],
    ["vote.revealedWithin !== undefined && vote.ballots === 'sealed'", "vote.revealedWithin !== undefined || vote.ballots === 'sealed'"],
    ["vote.ballots === 'sealed'", 'true'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/vote-clock.ts',
    was,
    becomes,
    reason: 'ballots that are sealed have a time in which they are opened, and no others have one',
  })),
  {
    file: 'engine/vote-clock.ts',
    was: 'standsMs === running.closesMs',
    becomes: 'false',
    reason: 'whoever asks when the result stands takes the close where nothing else is said',
  },
  {
    file: 'engine/vote-clock.ts',
    was: 'running.holdsSinceMs === undefined',
    becomes: 'false',
    reason: 'the end of a time that has not begun is no number, and none that comes before the close',
  },
  { file: 'engine/vote-clock.ts', was: 'vote === undefined', becomes: 'false', reason: 'a vote that runs is one of its stage' },
  ...[
    ["vote.holdsFor !== undefined || vote.extends.some((row) => row.when.kind !== 'result')", 'true'],
    ["row.when.kind !== 'result'", 'true'],
    ["'result'", '""'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/vote-clock.ts',
    was,
    becomes,
    reason: 'it spares work: what is noted of a vote whose end does not depend on it is asked by nobody',
  })),
  ...[
    ['quorateMs === undefined', 'false'],
    ['atMs !== undefined', 'true'],
  ].map(([was = '', becomes]) => ({
    file: 'engine/vote-clock.ts',
    was,
    becomes,
    reason: 'an instant that is not there comes before no other: the next question says no',
  })),
  { file: 'engine/vote-clock.ts', was: 'row.most !== undefined', becomes: 'true', reason: 'no count comes up to a bound that is not there' },
  ...['row * size', 'row + 1'].map((was) => ({ file: 'engine/tally/intake.ts', was, reason: 'a row of a table is judged where it lies' })),
  ...equalInCases,
];
