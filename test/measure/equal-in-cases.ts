// Mutants that no test can notice in what orders, judges, ends and merges cases, each with the reason; equivalents.ts holds the others.
import type { Equivalent } from './equivalents.ts';

/** What stood there, what it became, and why that changes nothing. */
type Row = readonly [was: string, becomes: string, reason: string];

const noTime = 'an instant that is not there comes before no other';
const spares = 'it spares work: without it the rest gives the same';
const counted = 'whoever asks who has approved asks how many they are: their order is seen by nobody';
const named = 'nothing is called so';
const atBound = 'at the bound itself both give the bound';
const unread = 'a joint has no rule of a step that could fire, and nobody asks whether one does';
const heldByClose = 'what has held by the close has held by now, and what has not held has no instant';
const allRun = 'a stage that is open runs all its votes, and a joint is asked for its own';
const noPlace = 'a group of nobody takes no place on a ballot: intake.ts';
const noLot = 'a case in which no vote waits for a lot is as it was after its lots are drawn';

const fewRows = 'it spares work: as long as the entry is not full, there are no older rows';
const stepsKept = 'acts, recusals and strikes keep the next instant of a step: looked at when it has come, the step is given the same one again';
const onlySteps = 'only a step has transitions that fire';
const ofLots = 'a vote or a draw that waits for a lot is in the phase of that, and a joint of which a vote does is open';
const looksAgain = 'it spares work: caps that are looked at once more hold';
const seatsKept = 'it is read where a vote counts empty seats, and asked for one of several roles: more is kept than is read';
const byName = 'rosters are looked up by their names: their order is seen by nobody';
const oneSeat = 'a vote that elects nobody to seats has one, and one is taken where none is kept';
const firstRow = 'whoever asks when a stage was first reached takes the first row';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'engine/order.ts': [
    ['known !== undefined', 'true', 'what is not known is no number that could be large enough'],
    ['batch.deps.length === 0', 'false', spares],
    ['receivedMs !== undefined', 'true', noTime],
    ['[]', '["Stryker was here"]', 'for a batch that nothing builds on: what is put there is no batch, and none waits for it'],
    ['own === undefined', 'false', 'nothing is later than an instant that is not there, so there is none in the end'],
    ['parent !== undefined', 'true', 'a batch is looked at once all that it builds on has its place'],
    ['parent.receivedMs > latest', 'parent.receivedMs >= latest', 'of two equal instants either one is the latest'],
    ['parent?.vector', 'parent.vector', 'a batch is looked at once all that it builds on has its place'],
    ['left.batch.id < right.batch.id', 'left.batch.id <= right.batch.id', 'no two batches have one id'],
    ['left.receivedMs < right.receivedMs', 'left.receivedMs <= right.receivedMs', 'it is asked where they differ'],
  ],
  'engine/fold.ts': [['[]', '["Stryker was here"]', 'no device is called so']],
  'engine/filter.ts': [['forkedAt !== undefined', 'true', 'no number comes up to one that is not there']],
  'engine/delegated.ts': [
    ['given.untilMs !== undefined', 'true', 'nothing is before an instant that is not there'],
    ["typeof to !== 'string'", 'false', 'it is a text wherever there is a row, and nothing is no delegate'],
    ["typeof until === 'number'", 'true', 'a time that is undefined is none, whether its key is there or not'],
    ["limit.amount.kind !== 'share'", 'false', 'a delegate is limited by a number or by a share: nothing else is run'],
    ['one < least', 'one <= least', 'of two that are equal either one is the least'],
    ["per?.kind === 'each'", 'true', 'a window has no name'],
    ['per?.kind', 'per.kind', 'it is asked where there is one'],
    ['delegation === undefined || own.length === 0', 'false', 'it spares work: without a delegation, and without ballots, nobody gives any'],
    [
      'delegation === undefined || own.length === 0',
      'delegation === undefined && own.length === 0',
      'it spares work: without a delegation, and without ballots, nobody gives any',
    ],
    ['delegation === undefined', 'false', 'whoever asks knows that there is one, or nobody has voted'],
    ['before + full <= most', 'before + full < most', 'where both are equal all of it is what is left'],
  ],
  'engine/numbered-rows.ts': [
    ["'0'", '""', 'what is left of so large a number has as many digits at every change there is'],
    ['changes === undefined', 'false', 'asked for the newest row, the entry has one as soon as there is any'],
    ['rows.length < newestMax', 'false', fewRows],
    ["readEntry(state, older)?.['rows']", "readEntry(state, older)['rows']", 'the key was listed a line before'],
    ['[]', '["Stryker was here"]', fewRows],
    ['rows.length < newestMax || oldest === undefined', 'true', 'rows that all stay in the entry are found as well: only more is read'],
    ['rows.length < newestMax', 'rows.length <= newestMax', 'one row more in the entry is found as well'],
    ['oldest === undefined', 'false', 'an entry with so many rows has a first one'],
    ['oldest === undefined', 'oldest !== undefined', 'rows that all stay in the entry are found as well: only more is read'],
  ],
  'engine/closing.ts': [
    ['[]', '["Stryker was here"]', 'what is put there names no role, process, case or dapp'],
    ["'draw'", '""', 'no draw has the result `inquorate`, and none is called a second time'],
    ['{', '{}', stepsKept],
    ['firstMs === undefined || firstMs > closing.settledMs', 'false', stepsKept],
    ['firstMs === undefined || firstMs > closing.settledMs', 'firstMs === undefined && firstMs > closing.settledMs', stepsKept],
    ['firstMs === undefined', 'false', stepsKept],
    ['firstMs > closing.settledMs', 'false', stepsKept],
    ['firstMs === undefined', 'true', stepsKept],
    ['firstMs === undefined', 'firstMs !== undefined', stepsKept],
    ['{ ...scope.record, dueMs: firstMs }', '{}', stepsKept],
    ['false', 'true', onlySteps],
    ['() => false', '() => undefined', onlySteps],
    ["''", '"Stryker was here!"', 'a stage that ends has a result, and every timer names what it is about'],
    ['default:', 'default:', 'behind the last case there is nothing to come to'],
    ["'declare'", '""', 'who decided stands in the record of a count, and a case takes its result alone'],
    ["stage.kind === 'joint' && scope.record.phase === 'open'", "stage.kind === 'joint' || scope.record.phase === 'open'", ofLots],
    ["stage.kind === 'joint'", 'true', ofLots],
    ["scope.record.phase === 'open'", 'true', ofLots],
    ['record.dueMs !== undefined', 'false', 'a case that is held and has an instant was looked at in this epoch'],
    ['timer.what === lookAgain', 'true', looksAgain],
    ['closing.adopted.length > 0', 'true', looksAgain],
    ['closing.adopted.length > 0', 'closing.adopted.length >= 0', looksAgain],
  ],
  'engine/act.ts': [['scope === undefined', 'false', 'a case that was just read is still there']],
  'engine/ending.ts': [['[]', '["Stryker was here"]', 'no process is called so, and nothing starts by it']],
  'engine/leaving.ts': [
    ['record.votes.find((one) => one.name === vote)?.result', 'record.votes.find(one => one.name === vote).result', allRun],
    ['sinceMs !== undefined && sinceMs <= closing.timeMs', 'sinceMs !== undefined || sinceMs <= closing.timeMs', heldByClose],
    ['sinceMs !== undefined', 'true', heldByClose],
    ['sinceMs <= closing.timeMs', 'true', heldByClose],
  ],
  'engine/joint.ts': [
    ["'declare'", '""', 'who decided stands in the record of a count, and a joint takes its result alone'],
    ['vote === undefined', 'false', allRun],
    ['() => false', '() => undefined', unread],
    ['false', 'true', unread],
    ['goesAgain', 'true', 'a joint of which no vote is called again opens none'],
    ['waitsMs !== undefined', 'true', noTime],
    ["record.phase === 'lot' || record.votes.some((one) => one.waits === 'lot')", 'true', noLot],
    ["one.waits === 'lot'", 'true', noLot],
  ],
  'engine/recusal.ts': [
    ['scope.record.votes.find((running) => running.name === vote.name)?.entry', 'scope.record.votes.find(running => running.name === vote.name).entry', allRun],
    ['values.size === 0', 'false', spares],
    ['[]', '["Stryker was here"]', 'what is put there is nobody, and no value that anybody has'],
    ['value === undefined', 'false', 'nobody shares what is not there: the next question says so'],
  ],
  'engine/measure.ts': [
    ['value < BigInt(least)', 'value <= BigInt(least)', atBound],
    ['raised > BigInt(most)', 'raised >= BigInt(most)', atBound],
  ],
  'engine/attestation.ts': [['declaration !== undefined', 'true', 'without a declaration there is no entry, and that was asked before']],
  'engine/gate.ts': [
    ['index > 0', 'true', 'the folder of all has no content of its own'],
    ['index > 0', 'index >= 0', 'the folder of all has no content of its own'],
    ['record.change === undefined', 'false', 'a change that is not there has no entries, and asks nobody for anything'],
  ],
  'engine/merging.ts': [
    ['[...people].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0))', '[...people]', counted],
    ...['true', 'false', 'left <= right', 'left >= right'].flatMap((becomes): readonly Row[] => [
      ['left < right', becomes, counted],
      ['left > right', becomes, counted],
    ]),
    ['record.adopts === undefined', 'false', 'a case that adopts nothing has proposed no bylaws'],
    ['record.inFlight === undefined', 'false', 'an answer that is undefined is none, whether its key is there or not'],
    ['adopted.inFlight !== undefined', 'true', 'no process says that nothing may be done with its cases'],
    ['after.length === 0', 'false', spares],
    ['process.stages[0]?.name', 'process.stages[0].name', 'a process has a stage'],
    ['record.reason === reason && !isOver', 'false', 'it spares work: the case is written as it was'],
    ['record.dueMs !== undefined', 'true', noTime],
  ],
  'engine/limit.ts': [
    ['limit.waivedThrough === undefined', 'false', 'nothing is waived through no process'],
    ['waiver !== undefined', 'true', 'a start that breaks a limit without a waiver was refused before'],
    ['each?.kind', 'each.kind', 'a limit of starters for nothing is not run (GDO035)'],
    ["each?.kind !== 'each'", 'false', 'a limit of starters in a window is not run (GDO035)'],
    ["amount.kind !== 'count'", 'false', 'a share of cases is no limit that is run (GDO035)'],
    ["limit.amount.kind !== 'count'", 'false', 'a share of starters is no limit that is run (GDO035)'],
    ['names.every((name) => isAttribute(charter, name))', 'names.some(name => isAttribute(charter, name))', 'there is one name'],
  ],
  'engine/actor.ts': [
    ['frozen.except.length === 0', 'false', spares],
    ['record.recusals === undefined', 'false', spares],
    ['scope.record.recusals === undefined', 'false', spares],
    ["share.kind === 'part'", 'true', 'no other share has a square root'],
  ],
  'engine/elect.ts': [
    ["'abstain'", '""', 'an abstention names no option and gives none points, so that what follows says the same'],
    ['role === undefined', 'false', 'nobody sits beside the winners of a vote that elects to no role'],
    ["'failed'", '""', 'a count that neither elects anybody nor is tied has failed'],
    ['[]', '["Stryker was here"]', 'nobody and no option is called so, and who is tied is asked of a tie alone'],
    ['ballots.filter((ballot) => ballot.weight > 0n)', 'ballots', 'a ballot of weight 0 adds nothing to any count'],
    ['group.length > 0', 'true', noPlace],
    ['group.length > 0', 'group.length >= 0', noPlace],
    ['ranksOf(vote, ballot)', 'ranksOf(vote, ballot).map(group => group.filter(one => options.includes(one)))', noPlace],
    [
      'Math.min(counting.seats, among.length)',
      'Math.max(counting.seats, among.length)',
      'it spares work: more than stand cannot win, and so it is counted anew',
    ],
  ],
  'engine/coming-seat.ts': [
    ["''", '"Stryker was here!"', 'a key of a seat that is waited for has a role and a member'],
    ['[]', '["Stryker was here"]', 'no vote is called so, and what is no seat has no instant: nobody waits for it and nobody takes it'],
    ['holding.untilMs !== undefined && nextMs !== undefined', 'true', noTime],
    ['holding.untilMs !== undefined && nextMs !== undefined', 'holding.untilMs !== undefined || nextMs !== undefined', noTime],
    ['holding.untilMs !== undefined', 'true', noTime],
    ['nextMs !== undefined', 'true', noTime],
    ['before.cases.filter((id) => id !== scope.record.id)', 'before.cases', 'a case that is there twice is found as once, and is taken off as once'],
    ['id !== scope.record.id', 'true', 'a case that is there twice is found as once, and is taken off as once'],
  ],
  'engine/undo-grant.ts': [
    ['[]', '["Stryker was here"]', 'no role is called so, and it is no holding whose term could be forgotten'],
    ["typeof left['by'] === 'string'", 'true', 'what no case gave names none, and there is no case without an id'],
    ["readCase(state, left['by'])?.reversedMs", "readCase(state, left['by']).reversedMs", 'a case that gave something is never forgotten'],
    ['target.endedMs !== undefined', 'true', 'what is taken back has ended'],
    ['kept !== undefined', 'true', spares],
    ['most !== undefined', 'true', 'no number comes up to one that is not there'],
  ],
  'engine/read-set.ts': [
    ['-1', '+1', 'it spares work: more entries are looked at, and those that match are taken'],
    ["typeof before === 'string'", 'true', 'whatever comes before was a text, or the question had ended there'],
  ],
  'engine/support.ts': [["per.kind === 'each'", 'true', 'a window has no name, and no attribute is called so']],
  'engine/roster.ts': [
    ["typeof until === 'number'", 'true', 'a time that is undefined is none, whether its key is there or not'],
    ['first === undefined || roleOf(charter, first) === undefined', 'false', 'what is no role has no holders, also where it is asked for them'],
  ],
  'engine/opening.ts': [
    ['[]', '["Stryker was here"]', named],
    ['vote.vacanciesCountAs === undefined || empty.length < 2', 'false', seatsKept],
    ['vote.vacanciesCountAs === undefined || empty.length < 2', 'vote.vacanciesCountAs === undefined && empty.length < 2', seatsKept],
    ['vote.vacanciesCountAs === undefined', 'false', seatsKept],
    ['empty.length < 2', 'false', seatsKept],
    ['rows.sort((left, right) => byCodeUnit(left[0], right[0]))', 'rows', byName],
    ['(left, right) => byCodeUnit(left[0], right[0])', '() => undefined', byName],
    ['vote.voters.asOfTheStart === undefined', 'false', 'more is frozen at the start than is read again'],
    ["'person'", '""', 'what a ballot weighs is measured of the person, in no role; and a draw without `picks` draws nobody'],
    [
      "vote.choices.kind === 'candidates'",
      'true',
      'a list of candidates is read by votes on them alone, and begins anew with each step that takes nominations',
    ],
    ['picks?.who', 'picks.who', 'a draw without `picks` asks it of nobody'],
    ['9_000 + index', '9_000 - index', 'any number does that no stage has'],
    ['vote.counted === undefined && vote.elects === undefined', 'false', oneSeat],
    ['vote.counted === undefined', 'true', oneSeat],
    ['vote.counted === undefined', 'vote.counted !== undefined', oneSeat],
    ['true', 'false', 'it is asked whether a vote says so, never what it says'],
    ['([name]) => name === stage.name', '() => undefined', firstRow],
    ['name === stage.name', 'false', firstRow],
    ['supporters.length === 0', 'false', spares],
    ['running.seats === undefined', 'false', 'a number that is undefined is none, whether its key is there or not'],
    ["case 'outcome':", "case 'outcome':", 'an outcome is not opened: it is reached'],
    ["'outcome'", '""', 'an outcome is not opened: it is reached'],
    ['vote === undefined', 'false', 'a vote that runs is one of its stage'],
    ['!isBuiltInRoster(name)', 'false', 'a role is asked person by person then, and gives the same people'],
  ],
  'engine/cap-remedy.ts': [
    ['limit.waivedThrough !== undefined', 'true', 'nothing is waived through no process'],
    ['first !== undefined', 'true', 'a grant that breaks a cap without a waiver was refused before'],
    ['count < leavesMax', 'count <= leavesMax', 'no role has so many holders'],
    ['count < leavesMax', 'true', 'it ends where nobody leaves, and no role has so many holders'],
    ["limit.amount.kind === 'share' && capsHolders(charter, role, limit)", 'true', spares],
    ["limit.amount.kind === 'share' && capsHolders(charter, role, limit)", "limit.amount.kind === 'share' || capsHolders(charter, role, limit)", spares],
    ["limit.amount.kind === 'share'", 'true', spares],
    [
      "cap?.limit.otherwise?.kind === 'leave'",
      'true',
      'an amendment takes the timer of a cap with it: one that comes is of a cap as it is, and lets people leave',
    ],
    ['cap?.limit.otherwise?.kind', 'cap?.limit.otherwise.kind', 'an amendment takes the timer of a cap with it'],
    ['cap?.limit', 'cap.limit', 'an amendment takes the timer of a cap with it'],
    ['count += 1', 'count -= 1', 'the count is only compared with a bound that is never reached'],
    ["remedy.kind !== 'leave'", 'false', 'a case has neither a delay nor a lot'],
    ["typeof dueMs === 'number'", 'true', named],
    ['!closing.draft.capsTouched', 'false', 'it spares work: where nothing happened, nothing is found'],
    ['[]', '["Stryker was here"]', named],
    ['record.cap !== undefined', 'true', 'a case that a remedy started names its cap'],
    ["record.phase !== 'decided'", 'true', 'a case that is over is passed over until its cap holds again, and forgotten then'],
    ["'decided'", '""', 'a case that is over is passed over until its cap holds again, and forgotten then'],
  ],
  'engine/role-cap.ts': [
    ['limit.waivedThrough !== undefined', 'true', 'nothing is waived through no process'],
    ['[]', '["Stryker was here"]', 'everybody who is looked for was put in a group before, and no process is called so'],
  ],
  'engine/count-inputs.ts': [
    ['listed === undefined', 'false', 'no vote on choices that the bylaws list asks who stood'],
    ['settled === undefined', 'settled !== undefined', 'it is read twice, and turned back the second time; nobody asks which instant it was'],
  ],
  'engine/vote-result.ts': [
    ["vote.choices.kind === 'candidates'", 'true', 'nobody is struck who does not stand, and options that are no people are not among those who stand'],
    ['struck === undefined || !nominees.includes(struck)', 'struck === undefined && !nominees.includes(struck)', 'whoever won the candidates stood among them'],
    ['struck === undefined', 'false', 'nobody is not among those who stand: the next question says so'],
    ['[]', '["Stryker was here"]', 'nobody asks who won a vote of yes and no, and nobody on a list is called so'],
    ['delegationFor(scope.charter, scope.process.name) !== undefined', 'true', spares],
    ['vote.elects?.seats', 'vote.elects.seats', 'it is asked where somebody is elected to a role'],
  ],
  'engine/outcome.ts': [
    ["effect.kind === 'award'", 'true', 'no other effect names points'],
    ["effect.kind === 'start'", 'true', 'no other effect names a process'],
    ['[]', '["Stryker was here"]', 'no process is called so, and nobody asks for the votes of a case that has none open'],
    ['record === undefined || role === undefined', 'false', 'an effect without a case is for no winners'],
    ['record === undefined', 'false', 'an effect without a case is for no winners'],
    ['target !== undefined', 'true', 'a decision that a case is about is never forgotten'],
    ['after.length === 0', 'false', spares],
    ['record.decision === undefined', 'false', named],
    ['record.result === undefined', 'false', 'a result that is undefined is none, whether its key is there or not'],
    ['effect.for === undefined', 'false', 'a time that is undefined is none, whether its key is there or not'],
    ["effect.kind === 'strike'", 'true', 'no other effect names anybody to strike'],
    ['most !== undefined', 'true', 'no number comes up to one that is not there'],
    ['role !== undefined && capsShare(charter, role)', 'true', spares],
    ['points === undefined', 'false', 'bylaws award points that they declare'],
  ],
};

/** All of them, by file. */
export const equalInCases: readonly Equivalent[] = Object.entries(rows).flatMap(([file, all]) =>
  all.map(([was, becomes, reason]) => ({ file, was, becomes, reason })),
);
