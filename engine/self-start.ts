// Cases that the rules start at the end of an epoch: by the calendar, by a shortage, after a stage of another case, by an outcome (S109, and the effect
// `start`). Their author is nobody. A case that may not start is said so where another case asked for it, and is left out otherwise.
import type { Charter, CharterProcess, CharterRole } from './bylaws.ts';
import { utf8Encode } from './bytes.ts';
import { canonicalText } from './canonical.ts';
import type { CaseRecord } from './case.ts';
import { candidatesNamed, charterInForce, currentOf, indexCase, lapsedNames, readCase, theCase, writeCase, writeCurrent } from './case.ts';
import { sha256Hex } from './chain.ts';
import { minuteMs } from './duration.ts';
import { meetsFacts } from './facts.ts';
import { textOf } from './field.ts';
import { caseLimitProblem } from './limit.ts';
import { openStage } from './opening.ts';
import { noteCapCase } from './cap-remedy.ts';
import type { CapStart } from './cap-remedy.ts';
import type { Closing } from './ending.ts';
import { notice } from './ending.ts';
import { isReached } from './reached.ts';
import { isShort, roundsAbout, shortageKey } from './rule-start.ts';
import { allMembers, holdersOf } from './roster.ts';
import { needsRole, startProblem } from './start-problem.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import { overdueProcess } from './vacancy.ts';
import { suspendWhileOpen } from './while-open.ts';

/** Cases that start one another without any time between them: more than this many in a row are a circle, and it ends there. */
const chainMax = 16;

/** Less than this between two starts is no time. */
const chainGapMs: number = minuteMs;

/** Why a case starts. `from` is the case whose stage or outcome asks for it; what it is about is taken over. */
interface Cause {
  readonly process: CharterProcess;
  readonly what: string;
  readonly from?: CaseRecord;
  readonly role?: string;
  readonly subjects?: readonly string[];
  readonly cap?: CapStart;
}

/** The id of a case that nobody proposed: what started it, under which bylaws, when. No event has such an id. */
function idOf(closing: Closing, cause: Cause): string {
  const { bylaws } = currentOf(closing.draft.state);
  return sha256Hex(utf8Encode(`gdo-rule-case-v1\0${canonicalText([bylaws, cause.process.name, cause.what, closing.timeMs])}`));
}

function chainOf(closing: Closing, from: CaseRecord | undefined): number {
  if (from === undefined || from.author !== '' || closing.timeMs - from.startedMs >= chainGapMs) return 0;
  return (from.chain ?? 0) + 1;
}

function recordOf(closing: Closing, cause: Cause, chain: number, first: string): CaseRecord {
  const { process, from } = cause;
  const current = currentOf(closing.draft.state);
  const role = cause.role ?? from?.role;
  const atMs = closing.timeMs;
  const decision = from === undefined ? undefined : (from.decision ?? from.id);
  const lapsed = lapsedNames(closing.draft.state);
  return {
    id: idOf(closing, cause),
    number: current.cases + 1,
    process: process.name,
    bylaws: current.bylaws,
    ...(lapsed.length === 0 ? {} : { lapsed }),
    title: process.title ?? process.name,
    author: '',
    starters: [],
    candidates: from === undefined ? [] : candidatesNamed(from),
    subjects: cause.cap?.subjects ?? cause.subjects ?? from?.subjects ?? [],
    ...(decision === undefined ? {} : { decision }),
    ...(cause.cap === undefined ? {} : { cap: cause.cap.cap }),
    ...(role === undefined ? {} : { role }),
    ...(chain === 0 ? {} : { chain }),
    startedMs: atMs,
    phase: 'opening',
    stage: first,
    entry: 0,
    entries: 0,
    openedMs: atMs,
    dueMs: atMs,
    acts: 0,
    firsts: [],
    reached: [],
    concerns: [],
    votes: [],
    present: [],
    nominees: [],
    winners: [],
  };
}

function start(closing: Closing, charter: Charter, cause: Cause): void {
  const { process, from } = cause;
  const [first] = process.stages;
  // Nothing happens in the process, or nobody is meant by `about`.
  if (first === undefined || cause.subjects?.length === 0) return;
  const chain = chainOf(closing, from);
  const record = recordOf(closing, cause, chain, first.name);
  const { author, candidates, subjects, role } = record;
  const asked = { state: closing.draft.state, charter, process, author, candidates, subjects, atMs: closing.timeMs };
  const problem = startProblem(role === undefined ? asked : { ...asked, role });
  const reason = chain > chainMax ? 'cases start one another in a circle' : (problem?.reason ?? caseLimitProblem(asked, []));
  if (reason !== undefined || readCase(closing.draft.state, record.id) !== undefined) {
    if (from !== undefined && reason !== undefined)
      notice(closing, from, { kind: 'decided', code: 'GDO1040', reason: `\`${process.name}\` did not start: ${reason}` });
    return;
  }
  const current = currentOf(closing.draft.state);
  closing.draft.state = writeCurrent(indexCase(writeCase(closing.draft.state, record), record), { ...current, cases: record.number });
  if (cause.cap !== undefined) closing.draft.state = noteCapCase(closing.draft.state, record);
  suspendWhileOpen(closing.draft, process, record);
  // An outcome has effects, and their time in this epoch is over: such a case ends in the next one.
  if (first.kind !== 'outcome') openStage(closing, record.id);
}

/** The roles a case by the calendar asks for: one case for each role that is gained or lost through the process; one case without where none is asked for. */
function rolesAsked(charter: Charter, process: CharterProcess): readonly (string | undefined)[] {
  if (!needsRole(process)) return [undefined];
  const isLost = (role: CharterRole): boolean => role.lost.some((loss) => loss.kind === 'process' && loss.process === process.name);
  return charter.roles.filter((role) => role.gainedThrough.includes(process.name) || isLost(role)).map((role) => role.name);
}

/**
 * Nobody proposes such a case, so it is about everybody whom `about` means now; where that is nobody it does not start (S114, S123,
 * docs/decisions/0061).
 */
function aboutWhom(closing: Closing, charter: Charter, process: CharterProcess): Pick<Cause, 'subjects'> {
  const { about } = process;
  if (about === undefined) return {};
  const { state } = closing.draft;
  const scope = { state, charter, atMs: closing.timeMs, role: about.role };
  const people = about.role === 'person' ? allMembers(state) : holdersOf(state, charter, about.role);
  return { subjects: people.filter((member) => meetsFacts(scope, about.who, member)) };
}

function startByCalendar(closing: Closing, charter: Charter): void {
  const beforeMs = currentOf(closing.draft.state).timeMs;
  for (const process of charter.processes) {
    process.starts.forEach((line, place) => {
      if (line.kind !== 'every') return;
      const { lastMs } = roundsAbout(line, closing.timeMs);
      // After a long silence the instants that went by start one case, not many.
      if (lastMs === undefined || lastMs <= beforeMs) return;
      for (const role of rolesAsked(charter, process))
        start(closing, charter, {
          process,
          what: `every ${place} ${role ?? ''}`,
          ...aboutWhom(closing, charter, process),
          ...(role === undefined ? {} : { role }),
        });
    });
  }
}

/**
 * True iff cases that the rules started in a process, without time between them, end and begin a shortage again and again: that is a circle, too. Cases
 * have their numbers in the order in which they start, so it ends at the first one of any process that is older than that. O(cases of the last minutes).
 */
function isShortAgain({ draft: { state }, timeMs }: Closing, process: CharterProcess): boolean {
  let [row, atMs] = [0, timeMs];
  for (let number = currentOf(state).cases; number > 0; number -= 1) {
    const record = theCase(state, textOf(readEntry(state, `number/${number}`)?.['case']));
    if (atMs - record.startedMs >= chainGapMs) return false;
    if (record.process !== process.name || record.author !== '' || record.startedMs === atMs) continue;
    [row, atMs] = [row + 1, record.startedMs];
    if (row > chainMax) return true;
  }
  return false;
}

/** A shortage starts its case when it begins; its mark goes when it is over, or when no line asks for it any more. */
function startByShortage(closing: Closing, charter: Charter): void {
  const short = new Set<string>();
  for (const process of charter.processes) {
    process.starts.forEach((line, place) => {
      if (line.kind !== 'when' || !isShort(closing.draft.state, charter, line.shortage)) return;
      const key = shortageKey(process, place);
      short.add(key);
      if (readEntry(closing.draft.state, key) !== undefined) return;
      closing.draft.state = writeEntry(closing.draft.state, key, { since: closing.timeMs });
      if (isShortAgain(closing, process)) return;
      start(closing, charter, { process, what: `when ${place}`, role: line.shortage.role, ...aboutWhom(closing, charter, process) });
    });
  }
  for (const [key] of entriesUnder(closing.draft.state, 'short/')) if (!short.has(key)) closing.draft.state = eraseEntry(closing.draft.state, key);
}

/** A seat that nobody has asked to fill in time is filled by a case that the rules start. */
function startOverdue(closing: Closing, charter: Charter): void {
  for (const role of closing.overdue) {
    const process = overdueProcess(closing.draft, role, closing.timeMs);
    if (process !== undefined) start(closing, charter, { process, what: `vacancy ${role}`, role, ...aboutWhom(closing, charter, process) });
  }
}

/** A case that another one starts is about the people of that one; where it names nobody, about whom `about` means (docs/decisions/0137). */
function aboutCase(closing: Closing, charter: Charter, process: CharterProcess, from: CaseRecord): Pick<Cause, 'from' | 'subjects'> {
  const isAboutSomebody = from.candidates.length > 0 || from.subjects.length > 0;
  return { from, ...(isAboutSomebody ? {} : aboutWhom(closing, charter, process)) };
}

/** What cases reached in this epoch starts others; a case opened by one of them may reach a stage that starts more. */
function startByCases(closing: Closing, charter: Charter): void {
  // What is reached while this goes on is at the end of the list, and its turn comes.
  for (const { record, stage, starts } of closing.reached) {
    const what = `${record.id} ${record.entries} ${stage}`;
    for (const process of charter.processes) {
      if (starts.includes(process.name)) start(closing, charter, { process, what: `effect ${what}`, ...aboutCase(closing, charter, process, record) });
      process.starts.forEach((line, place) => {
        if (line.kind === 'after' && isReached(charter, line.path, record.process, stage))
          start(closing, charter, { process, what: `after ${place} ${what}`, ...aboutCase(closing, charter, process, record) });
      });
    }
  }
}

/** What follows from a missed duty may be a case; one that followed from a case is about the same people. */
function startByDuties(closing: Closing, charter: Charter): void {
  for (const { duty, effect, atMs, record } of closing.missed) {
    if (effect.kind !== 'start') continue;
    const process = charter.processes.find((one) => one.name === effect.process);
    const what = `duty ${duty.name} ${atMs} ${record?.id ?? ''}`;
    if (process !== undefined)
      start(closing, charter, {
        process,
        what,
        ...(record === undefined ? aboutWhom(closing, charter, process) : aboutCase(closing, charter, process, record)),
      });
  }
}

/** The remedies of broken caps that are cases: about the people who are too many (S114). */
function startByCaps(closing: Closing, charter: Charter): void {
  for (const cap of closing.capStarts) {
    const process = charter.processes.find((one) => one.name === cap.process);
    if (process !== undefined) start(closing, charter, { process, what: `cap ${cap.cap} ${closing.timeMs}`, cap });
  }
}

/** Starts what the rules start, under the bylaws now in force. The last thing an epoch does: grants, removals and new bylaws are in place. */
export function startByRules(closing: Closing): void {
  const charter = charterInForce(closing.draft.state);
  startByCalendar(closing, charter);
  startByShortage(closing, charter);
  startByDuties(closing, charter);
  startOverdue(closing, charter);
  startByCaps(closing, charter);
  startByCases(closing, charter);
}
