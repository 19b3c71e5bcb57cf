// The shape of a case in the state, and its reading and writing. What a case means is decided elsewhere.
import type { Charter, CharterProcess } from './bylaws.ts';
import type { CharterStage, CharterVote } from './bylaws-stages.ts';
import type { Json, JsonObject } from './canonical.ts';
import type { DrawRecord } from './drawing.ts';
import { textOf, textsOf } from './field.ts';
import { invariant } from './invariant.ts';
import { withoutDeclarations } from './lapsed.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, readRow, writeEntry, writeRow } from './state.ts';

/**
 * Where a case stands. `starting`: it waits for more people to start it. `opening`: its stage opens at the end of the epoch. `between`: it waits for its second call. `lot`: for the next checkpoint's
 * id. `tie`: for a decider. `held`: for the end of another case, before its outcome. `merging`: accepted, waiting for the gate.
 */
export type CasePhase = 'starting' | 'opening' | 'open' | 'between' | 'lot' | 'tie' | 'held' | 'merging' | 'decided';

/** One vote that is open or was counted in the current stage; a plain vote has one, a joint several. */
export type VoteRecord = {
  readonly name: string;
  readonly entry: number;
  readonly closesMs: number;
  readonly seats?: number;
  readonly result?: string;
  readonly tieRule?: number;
  /** In a joint, of a closed vote without a result: what it waits for, until when, and what a decider of its tie declared. */
  readonly waits?: 'call' | 'lot' | 'tie';
  readonly waitsMs?: number;
  readonly declared?: readonly string[];
  /** In a joint: this is its second call. */
  readonly secondCall?: true;
  /** When its result stands, where ballots may be opened or arrive after the close. */
  readonly standsMs?: number;
  /** Of a vote whose end depends on it: the result so far, when it last changed, since when there is a quorum and the tests hold. */
  readonly provisional?: string;
  readonly changedMs?: number;
  readonly quorateMs?: number;
  readonly holdsSinceMs?: number;
  /** How often each line of `extends` has moved the close. */
  readonly extensions?: readonly number[];
};

/** One concern of a case; `closedMs` absent while it is open (S24, S119). */
export type ConcernRecord = { readonly id: string; readonly by: string; readonly openedMs: number; readonly closedMs?: number };

/** How far one `started by` line is: its place among those lines, how many people it needs, and who they are so far (S108). */
export type StartingRow = { readonly line: number; readonly needed: number; readonly people: readonly string[] };

/** Whom a stage asks of a role that is held in order: one person, or nobody when the walk is over (S27). */
export type AskedRow = { readonly role: string; readonly order: 'first' | 'next'; readonly members: readonly string[] };

/** A recusal: asked for, and decided when `decidedBy` is there; `entry` 0 is the whole case; `countsAs` absent: leaves the roster (S42). */
export type RecusalRecord = {
  readonly member: string;
  readonly entry: number;
  readonly askedBy: string;
  readonly atMs: number;
  readonly decidedBy?: string;
  readonly countsAs?: string;
  /** Who has said so, while more people are needed to decide. */
  readonly saying?: readonly string[];
};

/** One option that a case offers beside its own content. `withdrawnMs` absent: it stands (S121). */
export type OptionRecord = { readonly name: string; readonly by: string; readonly atMs: number; readonly text: string; readonly withdrawnMs?: number };

/** Who or what leaves the ballot at an instant, which may be yet to come (S121). */
export type StrikeRow = readonly [name: string, atMs: number];

/** A case. Instants in milliseconds; `entry` counts the stages' openings from 1, `entries` the last number given. */
export type CaseRecord = {
  readonly id: string;
  readonly number: number;
  readonly process: string;
  readonly bylaws: string;
  /** Declarations of these bylaws that had lapsed when the case was proposed: it is judged without them (S60). */
  readonly lapsed?: readonly string[];
  readonly title: string;
  readonly text?: string;
  /** Empty where the rules started the case. */
  readonly author: string;
  /** How many cases in a row started one another without time between them, this one included. */
  readonly chain?: number;
  readonly starters: readonly string[];
  /** Only while the case waits for its starters. */
  readonly starting?: readonly StartingRow[];
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
  readonly role?: string;
  /** Units of money that the case asks for, and who is paid; the author where nobody is named (S62). */
  readonly amount?: string;
  readonly recipient?: string;
  /** The cap whose remedy started the case: role and place of the limit (S114). */
  readonly cap?: string;
  readonly change?: string;
  readonly head?: string;
  readonly adopts?: string;
  /** What happens to open cases once the new bylaws are in force; absent: they keep their rules (S58). */
  readonly inFlight?: 'restart' | 'abort';
  /** The path of the bylaws that the case renews (S60). */
  readonly renews?: string;
  /** The decision this case is about: the one its author names, or its `started by` line's `within` does, or the one that started it (S120). */
  readonly decision?: string;
  /** People whom other cases struck from this one (S121). */
  readonly struck?: readonly string[];
  /** The duty that ended the case because nobody did it, and the bylaws it stands in (S65). */
  readonly endedBy?: readonly [bylaws: string, duty: string];
  /** The outcome that waits while the case is held. */
  readonly awaits?: string;
  readonly startedMs: number;
  readonly phase: CasePhase;
  readonly stage: string;
  readonly entry: number;
  readonly entries: number;
  readonly openedMs: number;
  readonly dueMs?: number;
  readonly acts: number;
  readonly firsts: readonly (readonly [stage: string, openedMs: number])[];
  /** When each stage or outcome was last reached (S122). */
  readonly reached: readonly (readonly [stage: string, atMs: number])[];
  readonly concerns: readonly ConcernRecord[];
  readonly recusals?: readonly RecusalRecord[];
  /** Whom the open stage asks along an ordered role, and whom the case has asked so far. */
  readonly asks?: readonly AskedRow[];
  readonly asked?: readonly AskedRow[];
  readonly votes: readonly VoteRecord[];
  /** The open draw, the panels that were drawn, and who committed a part of a seed and did not reveal it (S47). */
  readonly draw?: DrawRecord;
  readonly panels?: readonly (readonly [name: string, people: readonly string[]])[];
  readonly unrevealed?: readonly string[];
  readonly secondCall?: true;
  /** How many openings had been numbered when new bylaws started the case again (S58): those were under other rules. */
  readonly openedBefore?: number;
  /** Every second call there was: which vote or meeting, its entry, and the entry of the stage it belongs to (S101). */
  readonly secondCalls?: readonly (readonly [name: string, entry: number, stageEntry: number])[];
  readonly meetingMs?: number;
  readonly present: readonly string[];
  readonly nominees: readonly string[];
  readonly options?: readonly OptionRecord[];
  /** The options of the latest step that takes some, when it ended; without such a step the case's own content is the one option. */
  readonly offered?: readonly string[];
  readonly strikes?: readonly StrikeRow[];
  readonly winners: readonly string[];
  /** What a decider of a tie declared, best first. */
  readonly declared?: readonly string[];
  readonly result?: string;
  readonly outcome?: string;
  readonly accepted?: boolean;
  readonly merge?: 'waiting' | 'merged' | 'stale' | 'refused';
  readonly acceptance?: number;
  /** The time for the merge ran out while the decision was held. */
  readonly overdue?: true;
  readonly code?: string;
  readonly reason?: string;
  readonly endedMs?: number;
  /** When its effects were taken back, and what of them could not be (S66). */
  readonly reversedMs?: number;
  readonly unreversed?: readonly string[];
};

/** One ballot as it is kept; a ranked choice is a list of lists, best first. */
export type BallotRecord = {
  readonly event: string;
  readonly by: string;
  readonly atMs: number;
  readonly choice: Json;
  readonly text?: string;
  /** The choice is a commitment that has not been opened (S129). */
  readonly sealed?: true;
};

function isCase(value: JsonObject): value is CaseRecord {
  // INVARIANT: only writeCase writes under case/, so what is read there has this shape.
  return typeof value['phase'] === 'string';
}

function isBallot(value: JsonObject): value is BallotRecord {
  // INVARIANT: only writeBallot writes under ballot/.
  return value['choice'] !== undefined;
}

function isCharter(value: Json | undefined): value is JsonObject & Charter {
  // INVARIANT: bylaws/ is written from a compiled Charter by genesis and by a merge that `gdo-check` attested.
  return typeof value === 'object' && 'processes' in value;
}

/** Reads a case. */
export function readCase(state: State, id: string): CaseRecord | undefined {
  const value = readRow(state, 'case/', id);
  return value !== undefined && isCase(value) ? value : undefined;
}

/** Requires a case that an index names. @throws Bug when the index lies */
export function theCase(state: State, id: string): CaseRecord {
  const record = readCase(state, id);
  invariant(record !== undefined, `an index names the existing case ${id}`);
  return record;
}

const dueWidth = 16;

function dueKey(record: CaseRecord): string | undefined {
  return record.dueMs === undefined || record.phase === 'decided' ? undefined : timerKey(record.dueMs, `case/${record.id}`);
}

/** The key of a timer: ascending keys are ascending instants. */
export function timerKey(dueMs: number, what: string): string {
  return `due/${String(dueMs).padStart(dueWidth, '0')}/${what}`;
}

/** A record that is looked at again at an instant; without one it keeps the instant it has. Pure. */
export function dueBy(record: CaseRecord, dueMs: number | undefined): CaseRecord {
  return dueMs === undefined ? record : { ...record, dueMs };
}

/** True iff a case was to be looked at by an instant. Pure. */
export function isDueBy({ dueMs }: CaseRecord, atMs: number): boolean {
  return dueMs !== undefined && dueMs <= atMs;
}

/** The stage that a held case waits to reach (S120). Pure. */
export function awaited({ awaits }: CaseRecord): string {
  invariant(awaits !== undefined, 'a case that is held waits for a stage');
  return awaits;
}

/** Writes a case and keeps its timer and the list of open cases in step. */
export function writeCase(state: State, record: CaseRecord): State {
  const old = readCase(state, record.id);
  const [oldKey, newKey] = [old === undefined ? undefined : dueKey(old), dueKey(record)];
  let next = writeEntry(state, `case/${record.id}`, record);
  if (oldKey !== undefined && oldKey !== newKey) next = eraseEntry(next, oldKey);
  if (newKey !== undefined && oldKey !== newKey) next = writeEntry(next, newKey, {});
  const openKey = `open/${String(record.number).padStart(12, '0')}`;
  if (record.phase === 'decided') return eraseEntry(next, openKey);
  return old === undefined ? writeEntry(next, openKey, { case: record.id }) : next;
}

/** Cases that are not decided, ascending by number. */
export function undecided(state: State): readonly CaseRecord[] {
  return entriesUnder(state, 'open/').map(([, value]) => theCase(state, textOf(value['case'])));
}

function casesKey(process: string): string {
  return `cases/${process}/`;
}

/** Enters a new case among those of its number and process. */
export function indexCase(state: State, record: CaseRecord): State {
  const next = writeEntry(state, `number/${record.number}`, { case: record.id });
  return writeEntry(next, `${casesKey(record.process)}${String(record.number).padStart(12, '0')}`, { case: record.id });
}

/** All cases of a process, decided ones included, ascending by number. */
export function casesOf(state: State, process: string): readonly CaseRecord[] {
  return entriesUnder(state, casesKey(process)).map(([, value]) => theCase(state, textOf(value['case'])));
}

/** The author as a list: nobody where the rules started the case. Pure. */
export function authorOf(record: CaseRecord): readonly string[] {
  return record.author === '' ? [] : [record.author];
}

function notStruck({ struck }: CaseRecord, people: readonly string[]): readonly string[] {
  return struck === undefined ? people : people.filter((member) => !struck.includes(member));
}

/** The candidates a case was started for who were not struck from it (S121); none where it named none. Pure. */
export function candidatesNamed(record: CaseRecord): readonly string[] {
  return notStruck(record, record.candidates);
}

/** `the candidate`: those a case was started for, or its author where it named none, without those who were struck (S121). Pure. */
export function candidatesStanding(record: CaseRecord): readonly string[] {
  return notStruck(record, record.candidates.length > 0 ? record.candidates : authorOf(record));
}

/** A record that has reached a stage or an outcome at an instant. Pure. */
export function reaching(record: CaseRecord, stage: string, atMs: number): CaseRecord {
  return { ...record, reached: [...record.reached.filter(([name]) => name !== stage), [stage, atMs]] };
}

/** The table of the ballots of one vote. */
export function ballotsKey(id: string, entry: number): string {
  return `ballot/${id}/${String(entry).padStart(4, '0')}/`;
}

/** Writes a person's ballot over an earlier one. @param ballots - the table of the vote */
export function writeBallot(state: State, ballots: string, ballot: BallotRecord): State {
  return writeRow(state, ballots, ballot.by, ballot);
}

/** A person's ballot. @param ballots - the table of the vote */
export function readBallot(state: State, ballots: string, person: string): BallotRecord | undefined {
  const value = readRow(state, ballots, person);
  return value !== undefined && isBallot(value) ? value : undefined;
}

/** All ballots of one vote, ascending by person. */
export function ballotsOf(state: State, id: string, entry: number): readonly BallotRecord[] {
  return entriesUnder(state, ballotsKey(id, entry)).flatMap(([, value]) => (isBallot(value) ? [value] : []));
}

/** Any value as JSON of the canonical profile: members that are undefined are left out. @throws Bug for what JSON cannot say */
export function jsonOf(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  invariant(typeof value === 'object' && value !== null, 'a compiled value is plain data');
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, jsonOf(member)]])));
}

/** The bylaws with a hash, where the state holds them. */
export function charterOf(state: State, hash: string): Charter | undefined {
  const charter = readRow(state, 'bylaws/', hash)?.['charter'];
  return isCharter(charter) ? charter : undefined;
}

/** The bylaws a case wants adopted, until it ends. */
export function proposedCharter(state: State, record: CaseRecord): Charter | undefined {
  const charter = readEntry(state, `proposed/${record.id}`)?.['charter'];
  return isCharter(charter) ? charter : undefined;
}

/** What the state says is in force. `cases` and `acceptances` count from 1. */
export interface Current {
  readonly bylaws: string;
  readonly engine: number;
  readonly cases: number;
  readonly acceptances: number;
  readonly timeMs: number;
}

// An entry never changes, and every event asks what is in force.
const currents: WeakMap<JsonObject, Current> = new WeakMap();

/** Reads the entry `current`. @throws Bug for a state without genesis */
export function currentOf(state: State): Current {
  const entry = readRow(state, '', 'current');
  invariant(entry !== undefined, 'the state has a genesis');
  const known = currents.get(entry) ?? currentIn(entry);
  currents.set(entry, known);
  return known;
}

function currentIn(entry: JsonObject): Current {
  const whole = (key: string): number => Number(entry[key] ?? 0);
  return { bylaws: textOf(entry['bylaws']), engine: whole('engine'), cases: whole('cases'), acceptances: whole('acceptances'), timeMs: whole('timeMs') };
}

/** Writes the entry `current`. */
export function writeCurrent(state: State, current: Current): State {
  return writeEntry(state, 'current', { ...current });
}

/** The bylaws as they are written, with what of them has lapsed. @throws Bug for a state without them */
export function charterAsWritten(state: State): Charter {
  return requiredCharter(state, currentOf(state).bylaws);
}

/** The bylaws in force for new cases, without what has lapsed (S60). @throws Bug for a state without them */
export function charterInForce(state: State): Charter {
  return withoutDeclarations(charterAsWritten(state), lapsedNames(state));
}

/** The declarations of the bylaws that have lapsed (S60). */
export function lapsedNames(state: State): readonly string[] {
  return textsOf(readRow(state, '', 'lapsed')?.['names']);
}

/** The bylaws with a hash, as they are written. @throws Bug for a state without them */
export function requiredCharter(state: State, hash: string): Charter {
  const charter = charterOf(state, hash);
  invariant(charter !== undefined, `the state keeps the bylaws ${hash}`);
  return charter;
}

/** The rules of a case: the bylaws it pins (S57), without what had lapsed of them before it (S60). @throws Bug for a state without them */
export function charterOfCase(state: State, { bylaws, lapsed }: Pick<CaseRecord, 'bylaws' | 'lapsed'>): Charter {
  return withoutDeclarations(requiredCharter(state, bylaws), lapsed ?? []);
}

/** The process of a case in its own bylaws. @throws Bug when it has none */
export function processOf(charter: Charter, record: CaseRecord): CharterProcess {
  const process = charter.processes.find((one) => one.name === record.process);
  invariant(process !== undefined, `the bylaws of a case have its process ${record.process}`);
  return process;
}

/** A stage of a process by its name. @throws Bug when it has none */
export function stageOf(process: CharterProcess, name: string): CharterStage {
  const stage = process.stages.find((one) => one.name === name);
  invariant(stage !== undefined, `the process ${process.name} has the stage ${name}`);
  return stage;
}

/** The votes of a stage: itself, those of a joint, or none. Pure. */
export function votesIn(stage: CharterStage): readonly CharterVote[] {
  if (stage.kind === 'joint') return stage.votes;
  return stage.kind === 'vote' ? [stage] : [];
}
