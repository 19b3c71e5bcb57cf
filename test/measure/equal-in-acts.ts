// Mutants that no test can notice in acts of office, reports, edits, walks and duties, each with the reason; equivalents.ts holds the others.
import type { Equivalent } from './equivalents.ts';

/** What stood there, what it became, and why that changes nothing. */
type Row = readonly [was: string, becomes: string, reason: string];

const stranger = '["Stryker was here"]';
const sayAll = 'what is said is compared with what others say of the same, and all of them say this word';
const oneName = 'no two stages of a process have one name';
const endsCases = 'a duty that ended a case is one of its bylaws, and says what becomes of the merge';
const noRefusal = 'a refusal by a duty has no effect, and none that could be taken back';
const onlyWalks = 'in compiled bylaws only an actor of a walk has an order, and it says which';
const askedTwice = 'who is asked twice by one name is asked: the first row says whom';
const unasked = 'a stage without a walk looks up nobody';
const noRow = 'what is put there is no row of a role, and no person';
const ofEdits = 'nobody reads what an edit said here: the case has its words';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'engine/office.ts': [
    ['needed !== undefined', 'true', 'nobody is as many as a number that is not there'],
    ["share.kind === 'part'", 'true', 'only a part has a square root'],
  ],
  'engine/certificate.ts': [
    ["'issue'", '""', sayAll],
    ["'revoke'", '""', sayAll],
  ],
  'engine/lock.ts': [
    ["'lock'", '""', sayAll],
    ["'release'", '""', sayAll],
    ['[]', stranger, 'it is about nobody, and nobody is called so'],
    ["'/'", '""', 'any spelling does that has no slash and tells things apart'],
  ],
  'engine/report.ts': [
    ["''", '"Stryker was here!"', 'no number is written so'],
    ['reportRun(draft.state, subject, member)?.report !== report', 'true', 'what the same report brings about is looked at after it, too'],
  ],
  'engine/reported.ts': [
    ['positive !== undefined', 'true', 'what is no text is none of the reports'],
    ["'/'", '""', 'no name of a person has a slash: whatever a report is called, two of them have two keys'],
    ["'%2F'", '""', 'no name of a person has a slash: whatever a report is called, two of them have two keys'],
    ['lostMs < firstMs', 'lostMs <= firstMs', 'of two equal instants either one is the first'],
  ],
  'engine/edit.ts': [
    ['`proposed/${record.id}`', '``', 'a case that brings no bylaws reads none, and others are written over them'],
    ['process.stages[0]?.name', 'process.stages[0].name', 'a case that is open has a stage'],
    ['[]', stranger, ofEdits],
    ['text === undefined', 'true', ofEdits],
    ['text === undefined', 'false', ofEdits],
    ['text === undefined', 'text !== undefined', ofEdits],
    ['{ text: textOf(text) }', '{}', ofEdits],
  ],
  'engine/acts.ts': [
    ["typeof value['verb'] === 'string'", 'true', 'nothing else is written there'],
    ['[]', stranger, 'nothing else is written there'],
    ['record.acts + 1', 'record.acts - 1', 'acts are ordered by how many came before them, whatever the count begins with'],
    ['true', 'false', 'it is asked whether an act says so, never what it says'],
  ],
  'engine/missed.ts': [
    ['target !== undefined', 'true', 'a decision that a case is about is never forgotten'],
    ["''", '"Stryker was here!"', 'it tells awards apart, and there is one without a case'],
    ["effect.kind === 'strike'", 'true', 'no other effect names anybody to strike'],
  ],
  'engine/missed-outcome.ts': [
    ["'outcome'", '""', 'nobody asks what kind of stage an outcome is'],
    ["effect?.kind === 'accept-merge'", 'true', noRefusal],
    ['effect?.kind', 'effect.kind', endsCases],
    [
      'requiredCharter(state, bylaws).duties.find((duty) => duty.name === name)?.otherwise',
      'requiredCharter(state, bylaws).duties.find(duty => duty.name === name).otherwise',
      endsCases,
    ],
    ["stage.kind === 'outcome'", 'true', oneName],
  ],
  'engine/granted.ts': [
    ["''", '"Stryker was here!"', 'no role is called so'],
    ["stage.kind === 'outcome'", 'true', oneName],
    ['[]', stranger, 'what is put there is no effect and grants nothing'],
  ],
  'engine/asking.ts': [
    ["'order' in value && value.order !== undefined", "'order' in value || value.order !== undefined", onlyWalks],
    ['value.order !== undefined', 'true', onlyWalks],
    ['part === null', 'false', 'no part of compiled bylaws is null'],
    ['found.filter((one, index) => found.findIndex((other) => other.role === one.role && other.order === o', 'found', askedTwice],
    ['found.findIndex((other) => other.role === one.role && other.order === one.order) === index', 'true', askedTwice],
    ['actors.length === 0', 'false', unasked],
    ['[]', stranger, noRow],
    ['last === undefined', 'false', 'nobody has the place before the first one'],
  ],
  'engine/matter.ts': [
    ['[]', stranger, 'what is put there is no limit'],
    ["about.author !== ''", 'true', 'a case without an author has no paths either: it is in the same matter as no other'],
    ["''", '"Stryker was here!"', 'a path names a process; a case without an author is in the same matter as no other'],
  ],
  'engine/vacancy.ts': [['process === undefined', 'false', 'what no process fills has no cases, and is filled by none']],
};

/** All of them, by file. */
export const equalInActs: readonly Equivalent[] = Object.entries(rows).flatMap(([file, all]) =>
  all.map(([was, becomes, reason]) => ({ file, was, becomes, reason })),
);
