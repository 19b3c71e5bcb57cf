// How a case starts: who may, in which windows, and who has to join (S13, S27, S108, S122, S123, decisions 0020 and 0030).
import type { CharterProcess, CharterStart } from '../../../engine/index.ts';
import { meetsBound, sharesOf } from './bounds.ts';
import { changeProblems } from './amendments.ts';
import { asksForRole, names, sameMatter } from './matter.ts';
import { isNotRenewed } from './lapses.ts';
import { isOverCases, withinGroups } from './limits.ts';
import { moneyProblem } from './money.ts';
import { shortRole } from './outcomes.ts';
import type { About } from './rule-starts.ts';
import { holders, meetsFacts, rollFor, rollNow } from './rosters.ts';
import { deadline } from './time.ts';
import type { Case, Event, Matter, Refusal, Roll, World } from './world.ts';
import { namesIn } from './world.ts';

/** How long a proposal waits for the other people who start it (decision 0030). */
export const joiningDays = { count: 30, unit: 'day' } as const;

type ByLine = Extract<CharterStart, { readonly kind: 'by' }>;

function byLines(process: CharterProcess): readonly ByLine[] {
  return process.starts.flatMap((start) => (start.kind === 'by' ? [start] : []));
}

/** The people who may start by a line: holders whom the facts fit. */
function startersOf(roll: Roll, line: ByLine): readonly string[] {
  const { actor } = line;
  const people = actor.kind === 'count' ? sharesOf(actor.bound).flatMap((share) => holders(roll, share.role)) : holders(roll, actor.role);
  const names = actor.kind === 'count' ? sharesOf(actor.bound).map((share) => share.role) : [actor.role];
  return people.filter((person) => meetsFacts(roll, person, line.who, names));
}

/** What a case is about: the people it names; where it names none and its process speaks of a candidate, its author; and its paths. */
function matterOf(process: CharterProcess, event: Event): Matter {
  const given = [...namesIn(event.body['subject']), ...namesIn(event.body['candidate'])];
  const people = given.length === 0 && names(process.stages, 'candidate') ? [event.person] : given;
  return { people, paths: (event.change ?? []).map(({ path }) => path), ...(event.decision === undefined ? {} : { decision: event.decision }) };
}

/** When cases of a process reached a stage or an outcome, in the same matter, oldest first. */
function reached(world: World, path: readonly string[], { decision, ...matter }: Matter): readonly { readonly atMs: number; readonly number: number }[] {
  const [process = '', stage = ''] = path;
  const all = world.cases.filter((subject) => subject.process.name === process);
  const named = all.filter(({ number }) => number === decision);
  return (named.length > 0 ? named : all.filter((subject) => sameMatter(matter, subject.matter)))
    .flatMap(({ openings, outcomes, overMs, number }) => [
      ...openings.filter((opening) => opening.stage.name === stage).map(({ atMs }) => ({ atMs, number })),
      ...outcomes.filter((outcome) => outcome.stage === stage).map(({ atMs }) => ({ atMs, number })),
      ...(overMs !== undefined && path.length === 1 ? [{ atMs: overMs, number }] : []),
    ])
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** S122: all windows of one line must hold. */
function inWindows(world: World, line: ByLine, matter: Matter): boolean {
  const { people, paths } = matter;
  const { dayEnds } = world.charter.organization;
  const timesOf = (path: readonly string[]): readonly number[] => reached(world, path, { people, paths }).map(({ atMs }) => atMs);
  const namedTimes = (path: readonly string[]): readonly number[] => reached(world, path, matter).map(({ atMs }) => atMs);
  return line.windows.every((window) => {
    if (window.kind === 'not-between') {
      const from = timesOf(window.from).at(-1);
      // The next one: what happens at the instant at which the window begins does not end it.
      return from === undefined || timesOf(window.until).some((until) => until > from);
    }
    const last = namedTimes(window.of).at(-1);
    if (window.kind === 'within') return last !== undefined && world.nowMs < deadline(last, window.duration, dayEnds);
    return last === undefined || world.nowMs >= deadline(last, window.duration, dayEnds);
  });
}

/** S50, S122, decision 0205: whether a case could be about these files, if it were to start now: of what is new in them no window shuts it out. */
export function mayBeAbout(world: World, subject: Case, paths: readonly string[]): boolean {
  const after = { people: subject.matter.people, paths };
  const lines = byLines(subject.process);
  const own = lines.filter((line) => startersOf(rollFor(world, subject), line).includes(subject.author));
  const timesOf = (path: readonly string[]): readonly number[] =>
    reached(world, path, after).flatMap(({ atMs, number }) =>
      world.cases.some((one) => one.number === number && sameMatter(one.matter, { people: after.people, paths: subject.matter.paths })) ? [] : [atMs],
    );
  const isOpen = (line: ByLine): boolean =>
    line.windows.every((window) => {
      if (window.kind === 'within') return true;
      if (window.kind === 'not-within')
        return timesOf(window.of).every((atMs) => world.nowMs >= deadline(atMs, window.duration, subject.charter.organization.dayEnds));
      const from = timesOf(window.from).at(-1);
      return from === undefined || reached(world, window.until, after).some(({ atMs }) => atMs > from);
    });
  return lines.length === 0 || (own.length === 0 ? lines : own).some(isOpen);
}

/** The people of a field, nobody twice: a proposal names somebody or does not (decision 0020). */
function eachOnce(value: unknown): readonly string[] {
  const people = namesIn(value);
  return people.filter((person, place) => people.indexOf(person) === place);
}

/** Whom a proposal names: a case without a candidate is about its author (decision 0020). */
function named(event: Event): { readonly candidates: readonly string[]; readonly subjects: readonly string[] } {
  const given = eachOnce(event.body['candidate']);
  return { candidates: given.length > 0 ? given : [event.person], subjects: eachOnce(event.body['subject']) };
}

/** What a proposal asks for; the author is paid where nobody is named (decision 0057). */
function moneyIn({ body, person }: Event): Case['money'] {
  const { amount, recipient } = body;
  if (typeof amount !== 'string' || !/^(0|-?[1-9][0-9]{0,29})$/.test(amount)) return undefined;
  return { units: BigInt(amount), recipient: typeof recipient === 'string' ? recipient : person };
}

/** Why a proposal is refused: everything that is wrong with it. */
export function proposalRefusal(world: World, event: Event): Refusal {
  const { body, person } = event;
  const codes: string[] = [];
  let unnamed = false;
  const process = world.charter.processes.find(({ name }) => name === body['process']);
  if (body['bylaws'] !== world.bylawsHash) codes.push('GDO1053');
  const { candidates, subjects } = named(event);
  if ([...candidates, ...subjects].some((one) => !world.joined.has(one))) codes.push('GDO1052');
  if (process !== undefined && subjects.length === 0 && names(process, 'subject')) codes.push('GDO1052');
  // What is asked for has to be said: which role, and one there is.
  const role = body['role'];
  const isRole = world.charter.roles.some(({ name }) => name === role);
  if (role === undefined ? process !== undefined && asksForRole(process) : !isRole) codes.push('GDO1052');
  if (process === undefined) return { codes: [...codes, 'GDO1052'], reason: 'there is no such process' };
  codes.push(...changeProblems(world, { charter: world.charter, process }, event));
  if (isNotRenewed(world, process.name, event.body['renews'])) codes.push('GDO1052');
  const decision = decisionOf(world, process, event);
  const decided = event.decision === undefined || isThere(world, process, event);
  if (!decided || (decision === undefined && isAboutDecision(process))) codes.push('GDO1052');
  const roll = rollNow(world);
  const fitting = byLines(process).filter((line) => startersOf(roll, line).includes(person));
  if (!fitting.some((line) => inWindows(world, line, matterOf(process, event)))) codes.push('GDO1040');
  // S123: the subject or candidate holds the role when the case starts. The paper names no code for it, nor for S13.
  const about = subjects.length > 0 ? subjects : candidates;
  if (
    process.about !== undefined &&
    !about.every(
      (one) => holders(roll, process.about?.role ?? '').includes(one) && meetsFacts(roll, one, process.about?.who ?? [], [process.about?.role ?? '']),
    )
  ) {
    unnamed = true;
  }
  if (shortRole(world, process) !== undefined || isOverCases(world, process, person)) unnamed = true;
  const money = moneyProblem(world, process, { author: person, money: moneyIn(event) });
  if (money !== undefined) return money;
  if (unnamed) return { codes: [], reason: 'not about such a person, or while a role is short' };
  return codes.length === 0 ? undefined : { codes, reason: 'who, when, what or under which rules' };
}

/** Decision 0061: what holds or reverses a decision needs one. */
function isAboutDecision({ whileOpen, stages }: CharterProcess): boolean {
  const holds = whileOpen.some((clause) => clause.kind === 'hold' && clause.held.kind === 'decision');
  return (
    holds ||
    stages.some(
      (stage) =>
        (stage.kind === 'step' && stage.holds.some(({ held }) => held.kind === 'decision')) ||
        (stage.kind === 'outcome' && stage.effects.some(({ kind }) => kind === 'reverse')),
    )
  );
}

/** What is held or reversed has been decided; any other process may be about a case that is still open. */
function isThere(world: World, process: CharterProcess, { decision }: Event): boolean {
  const subject = world.cases.find(({ number }) => number === decision);
  return subject !== undefined && (subject.ended !== undefined || !isAboutDecision(process));
}

/** The case whose decision a proposal is about: the one it names, or the latest that `within D of P.S` finds in the same matter. */
function decisionOf(world: World, process: CharterProcess, event: Event): number | undefined {
  if (event.decision !== undefined) return event.decision;
  const roll = rollNow(world);
  const matter = matterOf(process, event);
  const line = byLines(process).find((one) => startersOf(roll, one).includes(event.person) && inWindows(world, one, matter));
  const window = line?.windows.find(({ kind }) => kind === 'within');
  if (window?.kind !== 'within') return undefined;
  const last = reached(world, window.of, matter).at(-1);
  return last?.number;
}

/** A case in which nothing has happened. */
function blank(world: World, process: CharterProcess, id: string): Case {
  return {
    number: world.cases.length + 1,
    id,
    charter: world.charter,
    bylawsHash: world.bylawsHash,
    process,
    change: undefined,
    adopts: undefined,
    inFlight: undefined,
    renews: undefined,
    decision: undefined,
    merge: undefined,
    deeds: [],
    reversedMs: undefined,
    ratify: undefined,
    holding: [],
    awaits: undefined,
    unsaid: false,
    sentTo: undefined,
    begunAnew: false,
    moved: false,
    struck: [],
    author: '',
    starters: [],
    candidates: [],
    subjects: [],
    given: [],
    matter: { people: [], paths: [] },
    role: undefined,
    money: undefined,
    drawn: new Map(),
    proposedMs: world.nowMs,
    awaited: [],
    proposalRoll: rollNow(world),
    joinRoll: rollNow(world),
    startedMs: world.nowMs,
    started: false,
    startRoll: undefined,
    openings: [],
    askedFrom: 0,
    outcomes: [],
    overMs: undefined,
    entries: 0,
    acts: [],
    concerns: [],
    requests: [],
    present: [],
    nominees: [],
    added: [],
    listed: undefined,
    leaving: [],
    winners: [],
    result: undefined,
    ended: undefined,
    again: undefined,
  };
}

/** A case that the rules start (decision 0061): nobody's. */
export function startedByRule(world: World, process: CharterProcess, about: About, by: Case | undefined): Case {
  const { subjects, candidates, role } = about;
  const people = [...subjects, ...candidates];
  const subject: Case = {
    ...blank(world, process, `rule ${world.cases.length + 1}`),
    subjects,
    candidates,
    given: candidates,
    role,
    matter: { people, paths: [] },
    // Decision 0061: the decision that case was about, or else that case.
    decision: by?.decision ?? by?.number,
    started: true,
  };
  world.cases.push(subject);
  return subject;
}

/** Records a proposal that was not refused; it is opened when nobody more has to join (decision 0030). */
export function proposed(world: World, event: Event): Case | undefined {
  const process = world.charter.processes.find(({ name }) => name === event.body['process']);
  if (process === undefined) return undefined;
  const role = event.body['role'];
  const subject: Case = {
    ...blank(world, process, event.id),
    author: event.person,
    ...named(event),
    given: eachOnce(event.body['candidate']),
    matter: matterOf(process, event),
    change: event.change,
    adopts: event.adopts,
    inFlight: typeof event.body['inFlight'] === 'string' ? event.body['inFlight'] : undefined,
    renews: typeof event.body['renews'] === 'string' ? event.body['renews'] : undefined,
    decision: decisionOf(world, process, event),
    role: typeof role === 'string' ? role : undefined,
    money: moneyIn(event),
    awaited: byLines(process).map((_, line) => ({ line, people: [] })),
  };
  world.cases.push(subject);
  join(world, subject, event.person);
  return subject;
}

/** The lines by which somebody may start a case now. */
function fittingLines(world: World, subject: Case, person: string): readonly number[] {
  return byLines(subject.process).flatMap((line, index) =>
    startersOf(rollNow(world), line).includes(person) && inWindows(world, line, subject.matter) ? [index] : [],
  );
}

/** Adds a starter, who counts in each line that names them at this instant. */
export function join(world: World, subject: Case, person: string): void {
  const lines = fittingLines(world, subject, person);
  subject.starters.push(person);
  subject.joinRoll = rollNow(world);
  for (const { line, people } of subject.awaited) if (lines.includes(line)) people.push(person);
}

/** Whether the people of one line are enough to open the case. */
export function isStarted({ process, awaited, proposalRoll, joinRoll }: Case): boolean {
  return awaited.some(({ line, people: all }) => {
    const people = withinGroups(joinRoll, process.limits, { people: all, first: [], noun: 'starters' });
    const actor = byLines(process)[line]?.actor;
    // Nobody starts nothing: of an empty roster no number is reached by nobody (decision 0065).
    if (people.length === 0) return false;
    if (actor?.kind !== 'count') return true;
    return meetsBound(BigInt(people.length), actor.comparison, actor.bound, (share) => BigInt(holders(proposalRoll, share.role).length));
  });
}

/** Why somebody may not add themselves to a case that waits for more people. */
export function joiningRefusal(world: World, subject: Case, person: string): Refusal {
  if (subject.bylawsHash !== world.bylawsHash) return { codes: ['GDO1053'], reason: 'proposed under other bylaws' };
  // S60: no case of a process that has lapsed starts.
  if (!world.charter.processes.some(({ name }) => name === subject.process.name)) return { codes: ['GDO1052'], reason: 'there is no such process any more' };
  if (isOverCases(world, subject.process, person, subject)) return { codes: [], reason: 'has as many cases as allowed' };
  return fittingLines(world, subject, person).length > 0 ? undefined : { codes: ['GDO1040'], reason: 'no line of `started by` names this person' };
}
