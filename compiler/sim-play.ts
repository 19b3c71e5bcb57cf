// Plays one process on a virtual clock over the real engine: who acts is asked for, what follows is the engine's. It tells what happened as data.
import type { CaseNotice, CaseView, Charter, CharterDuration, CharterMeasure, CharterProcess, Json, JsonObject } from '../engine/index.ts';
import { addDuration, dayMs, holds, holdersOf, instantOf, isList, minuteMs, outlookOf, outlookSentences, readCase, setMeasure } from '../engine/index.ts';
import { actorRoles } from './emit-owners.ts';
import type { Cast } from './scenario-cast.ts';
import { mentionedIn } from './scenario-mention.ts';
import type { CaseMove } from './scenario-turns.ts';
import { simCast } from './sim-cast.ts';
import type { SealedBallots } from './sim-secret.ts';
import { openings, opensMs, sentBallot, votesOf } from './sim-secret.ts';
import { foundVirtually, passUntil, record, viewCase } from './virtual-ledger.ts';
import type { VirtualEvent, VirtualLedger } from './virtual-ledger.ts';

/** One line of the story. `day` counts from 0; `missing` lines say what an open stage still needs. */
export interface StoryLine {
  readonly day: number;
  readonly kind: 'act' | 'refused' | 'stage' | 'missing' | 'end';
  readonly text: string;
}

/** A play under way, changed in place. `id` is the case; absent until it is started. */
export interface Play {
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly ledger: VirtualLedger;
  readonly cast: Cast;
  readonly firstMs: number;
  readonly story: StoryLine[];
  readonly sealed: SealedBallots;
  id?: string;
}

/** How a play went. `outcome` is absent where the case is still open. */
export interface Played {
  readonly story: readonly StoryLine[];
  readonly outcome?: string;
  readonly accepted?: boolean;
  readonly days: number;
  readonly view: CaseView | undefined;
  readonly moves: readonly CaseMove[];
}

/** Begins a play: everybody is there, nothing is started. Pure. @param roll - how many people open roles have */
export function beginPlay(charter: Charter, hash: string, process: CharterProcess, firstMs: number, roll?: number): Play | { readonly message: string } {
  const cast = simCast(charter, process, firstMs, roll);
  if ('message' in cast) return cast;
  const ledger = foundVirtually({ charter, bylawsHash: hash, people: cast.people, holders: cast.holders, timeMs: firstMs, sinceMs: cast.sinceMs });
  const play: Play = { charter, process, ledger, cast, firstMs, story: [], sealed: new Map() };
  for (const measure of weighing(charter, process)) {
    const amount = Math.max(1, measure.least ?? 1);
    for (const member of cast.people) ledger.state = setMeasure(ledger.state, { measure, member, amount, atMs: firstMs });
    tell(play, 'missing', `a play has no reports: everybody begins with ${amount} \`${measure.name}\``);
  }
  return play;
}

/** The measures by which votes of a process weigh, and which somebody has to report: without them nobody's ballot weighs anything. */
function weighing(charter: Charter, process: CharterProcess): readonly CharterMeasure[] {
  const names = new Set(votesOf(process).flatMap((vote) => vote.voters.weightedBy ?? []));
  return charter.measures.filter((measure) => measure.reportedBy !== undefined && names.has(measure.name));
}

/** The day of an instant, counted from the first. Pure. */
export function dayOf(play: Play, atMs: number): number {
  return Math.floor((atMs - play.firstMs) / dayMs);
}

/** Adds a line to the story. */
export function tell(play: Play, kind: StoryLine['kind'], text: string, atMs: number = play.ledger.nowMs): void {
  play.story.push({ day: dayOf(play, atMs), kind, text });
}

function deedText(event: VirtualEvent, process: string): string {
  const word = (value: Json | undefined): string => (isList(value) ? value.map(word).join(' > ') : typeof value === 'string' ? value : '');
  switch (event.kind) {
    case 'propose':
      return `${event.person} proposes a case of \`${process}\``;
    case 'ballot':
      return `${event.person} ${event.body['nonce'] === undefined ? 'votes' : 'opens the ballot'} ${word(event.body['choice'])}`;
    default:
      return `${event.person}: ${word(event.body['verb'])}${event.body['about'] === undefined ? '' : ` (${word(event.body['about'])})`}`;
  }
}

function hear(play: Play, notices: readonly { readonly atMs: number; readonly notice: CaseNotice }[]): void {
  for (const { atMs, notice } of notices) {
    if (play.id !== undefined && notice.case !== play.id) {
      tell(play, 'stage', `${notice.process}: ${notice.reason}`, atMs);
      continue;
    }
    if (notice.kind === 'opened-stage') tellOpened(play, notice, atMs);
    else tell(play, 'stage', `${notice.reason}${resultText(play, notice, atMs)}`, atMs);
  }
}

/** The result that a case was decided with: none where its last stage was a step, though a vote before it had one. */
function resultText(play: Play, notice: CaseNotice, atMs: number): string {
  const move = notice.kind === 'decided' ? play.ledger.moves.findLast((one) => one.case === notice.case && one.atMs === atMs) : undefined;
  const result = move === undefined ? notice.result : move.result;
  return result === undefined ? '' : ` (${result})`;
}

function tellOpened(play: Play, notice: CaseNotice, atMs: number): void {
  const view = viewCase(play.ledger, notice.case);
  const due = view?.dueMs === undefined || view.stage !== notice.stage ? '' : `, until day ${dayOf(play, view.dueMs)}`;
  const move = play.ledger.moves.findLast((one) => one.case === notice.case && one.to === notice.stage && one.atMs === atMs);
  const after = move?.result === undefined ? '' : ` after \`${move.from}\` (${move.result})`;
  tell(play, 'stage', `\`${notice.stage}\` opens${after}${due}`, atMs);
  if (view?.stage === notice.stage) tellMissing(play);
}

/** Says what the case still needs now. */
export function tellMissing(play: Play): void {
  if (play.id === undefined) return;
  for (const line of outlookSentences(play.ledger.state, play.id, (atMs) => `on day ${dayOf(play, atMs)}`, play.ledger.nowMs)) tell(play, 'missing', line);
}

/** Records what people do at this instant, as one epoch. */
export function perform(play: Play, events: readonly VirtualEvent[]): void {
  if (events.length === 0) return;
  const sent = events.map((event) => sentBallot(play.ledger, play.process, play.sealed, event));
  const epoch = record(play.ledger, sent);
  events.forEach((event, place) => {
    const judged = epoch.verdicts[place];
    if (judged === undefined) return;
    const text = deedText(event, play.process.name);
    if (judged.verdict.kind === 'ok') {
      if (event.kind === 'propose' && play.id === undefined) play.id = judged.event;
      tell(play, 'act', text);
    } else {
      tell(play, 'refused', `${text}: refused, ${judged.verdict.reason}`);
    }
  });
  const atMs = play.ledger.nowMs;
  hear(
    play,
    epoch.notices.map((notice) => ({ atMs, notice })),
  );
}

/** Lets time pass until the next instant of the case, or one part of the way there, and one day where none waits. @returns false where the days are over */
export function passTime(play: Play, days: number, parts = 1): boolean {
  const endMs = play.firstMs + days * dayMs;
  const view = play.id === undefined ? undefined : viewCase(play.ledger, play.id);
  const meetingMs = meetingOf(play);
  // A meeting begins before it is over, and sealed ballots are opened before their vote is counted: people have to be there.
  const before = [meetingMs, play.id === undefined ? undefined : opensMs(play.ledger, play.process, play.id)];
  const dueMs = before.find((atMs) => atMs !== undefined && atMs > play.ledger.nowMs) ?? view?.dueMs ?? play.ledger.nowMs + dayMs;
  const partMs = Math.max(dayMs, Math.floor((dueMs - play.ledger.nowMs) / parts));
  const nextMs = Math.max(parts === 1 ? dueMs : Math.min(dueMs, play.ledger.nowMs + partMs), play.ledger.nowMs + minuteMs);
  if (play.ledger.nowMs >= endMs) return false;
  const untilMs = Math.min(nextMs, endMs);
  hear(play, passUntil(play.ledger, untilMs));
  return true;
}

/** When the meeting of the open stage begins; undefined where none is called. */
export function meetingOf(play: Play): number | undefined {
  return play.id === undefined ? undefined : readCase(play.ledger.state, play.id)?.meetingMs;
}

/** Lets so much time pass, whatever happens in it. */
export function passDays(play: Play, days: number): void {
  hear(play, passUntil(play.ledger, addDuration(play.ledger.nowMs, { count: days, unit: 'day' })));
}

/** The sealed ballots that people of the play can open now. */
export function openingsNow(play: Play): readonly VirtualEvent[] {
  return play.id === undefined ? [] : openings(play.ledger, play.process, play.sealed, play.id);
}

/** The case as it stands. */
export function playedCase(play: Play): CaseView | undefined {
  return play.id === undefined ? undefined : viewCase(play.ledger, play.id);
}

/** True once nothing more can happen to the case. */
export function isOver(view: CaseView | undefined): boolean {
  return view !== undefined && view.status !== 'open' && view.status !== 'waiting';
}

/** Who can propose a case now, about whom, for which role: the first of everybody for whom the engine takes it. */
export function proposals(play: Play): readonly VirtualEvent[] {
  const { process, charter, ledger, cast } = play;
  const mentions = (name: string): boolean => mentionedIn([process.stages, process.whileOpen, process.starts], name);
  const role = charter.roles.find((one) => one.gainedThrough.includes(process.name));
  const given = role?.name;
  const isOpen = (person: string): boolean =>
    role === undefined || role.openTo.length === 0 || role.openTo.some((line) => line.role === 'person' || holds(ledger.state, charter, line.role, person));
  const newcomers = cast.people.filter((person) => given === undefined || (!holds(ledger.state, charter, given, person) && isOpen(person)));
  const isAbout =
    process.about === undefined ? undefined : process.about.role === 'person' ? cast.people : holdersOf(ledger.state, charter, process.about.role);
  const asked = role ?? charter.roles.find((one) => one.lost.some((loss) => loss.kind === 'process' && loss.process === process.name));
  const taken = asked === undefined ? cast.people : holdersOf(ledger.state, charter, asked.name);
  const isAsked = mentionedIn(process.stages, 'proposed');
  const [isForCandidate, isForSubject] = [mentions('candidate'), mentions('subject') || process.about !== undefined];
  return cast.people.map((person) => {
    const candidate = newcomers.find((one) => one !== person) ?? person;
    const subject = (isAbout ?? taken).find((one) => one !== person) ?? person;
    const body: JsonObject = {
      process: process.name,
      bylaws: ledger.bylawsHash,
      ...(isForCandidate ? { candidate: [candidate] } : {}),
      ...(isForSubject ? { subject: [subject] } : {}),
      ...(isAsked && asked !== undefined ? { role: asked.name } : {}),
      ...(process.spends === undefined ? {} : { amount: largestAmount(charter, process.spends) }),
    };
    return { person, kind: 'propose', body };
  });
}

/** The largest amount is decided by this process and by no smaller one (S63), if its account gives as much. */
function largestAmount(charter: Charter, spends: NonNullable<CharterProcess['spends']>): string {
  const limits = charter.accounts.find((account) => account.name === spends.account)?.limits ?? [];
  const amounts = limits.flatMap(({ amount }) => (amount.kind === 'money' ? [BigInt(amount.units)] : []));
  return String(amounts.reduce((least, amount) => (amount < least ? amount : least), BigInt(spends.upToUnits)));
}

/** Whether people or the calendar can start a case of a process. Pure. */
export function canStart({ starts }: CharterProcess): boolean {
  return starts.length === 0 || starts.some(({ kind }) => kind === 'by' || kind === 'every');
}

/** Where only the calendar starts a process, a minute before it next does so from an instant on; else that instant. Pure. */
export function beforeStart({ starts }: CharterProcess, fromMs: number): number {
  if (starts.some(({ kind }) => kind === 'by')) return fromMs;
  const times = starts.flatMap((start) => (start.kind === 'every' ? [nextOf(start.from, start.duration, fromMs)] : []));
  return times.length === 0 ? fromMs : Math.min(...times) - minuteMs;
}

/** Turns of a calendar looked through: a minute's calendar of a year is no calendar of an organization. */
const calendarTurnsMax = 10_000;

function nextOf(date: string, every: CharterDuration, fromMs: number): number {
  const first = instantOf(date) ?? fromMs;
  let atMs = first;
  for (let turn = 1; turn <= calendarTurnsMax && atMs <= fromMs; turn += 1) atMs = addDuration(first, { ...every, count: every.count * turn });
  return atMs;
}

/** Whether no person starts cases of a process, but its rules do. Pure. */
export function isStartedByCalendar({ starts }: CharterProcess): boolean {
  return starts.length > 0 && !starts.some(({ kind }) => kind === 'by');
}

/** Lets the calendar start the case. @returns false where it does not */
function startByCalendar(play: Play): boolean {
  const { process, ledger } = play;
  if (!isStartedByCalendar(process)) return false;
  const notices = passUntil(ledger, ledger.nowMs + minuteMs);
  const opened = notices.find(({ notice }) => notice.process === process.name);
  if (opened === undefined) return false;
  play.id = opened.notice.case;
  tell(play, 'act', `the calendar starts a case of \`${process.name}\``);
  hear(play, notices);
  return true;
}

/** Starts the case: the calendar, or the first person whose proposal is taken. A refusal is told where nobody's is. */
export function startPlay(play: Play): void {
  if (startByCalendar(play)) return;
  const offers = proposals(play);
  const { state } = play.ledger;
  for (const offer of offers) {
    const told = play.story.length;
    perform(play, [offer]);
    if (play.id !== undefined) return;
    // Nobody needs to hear who could not start it.
    play.story.length = told;
    play.ledger.state = state;
  }
  // Why nobody can is said of somebody whom the process names: of others it would only be that they are not named.
  const named = new Set(play.process.starts.flatMap((start) => (start.kind === 'by' ? actorRoles(start.actor) : [])));
  const starter = [...named].flatMap((role) => holdersOf(state, play.charter, role))[0];
  const shown = offers.find((offer) => offer.person === starter) ?? offers.at(-1);
  if (shown !== undefined) perform(play, [shown]);
}

/** How the play stands now. */
export function playedSoFar(play: Play): Played {
  const view = playedCase(play);
  const end =
    view !== undefined && isOver(view) ? { outcome: view.outcome ?? view.status, accepted: view.status === 'accepted' || view.status === 'merged' } : {};
  const moves = play.ledger.moves.filter((move) => move.case === play.id);
  return { story: play.story, days: dayOf(play, play.ledger.nowMs), view, moves, ...end };
}

/** The ways on that people can bring about now, best first. */
export function waysNow(play: Play): ReturnType<typeof outlookOf> {
  return play.id === undefined ? { ways: [], shut: [] } : outlookOf(play.ledger.state, play.id, play.ledger.nowMs);
}
