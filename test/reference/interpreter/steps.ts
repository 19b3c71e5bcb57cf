// A step: whose acts count, which line fires, and when (S16-S24, S116-S119). Each question is answered from the list of acts.
import type { CharterAct, CharterActor, CharterShare, CharterSince, CharterStage, CharterStep, CharterTransition } from '../../../engine/index.ts';
import { meetsBound, sharesOf } from './bounds.ts';
import { withinGroups } from './limits.ts';
import { recusedInStep } from './recusals.ts';
import { casePeople, peopleOf } from './rosters.ts';
import { deadline } from './time.ts';
import type { Act, Case, Concern, Opening, Refusal, Roll } from './world.ts';

/** A stage in which people act. */
export interface OpenStage {
  readonly subject: Case;
  readonly opening: Opening;
}

/** A step that is open in a case. */
export interface OpenStep extends OpenStage {
  readonly step: CharterStep;
}

function dayEnds({ opening }: OpenStep): number | undefined {
  return opening.roll.charter.organization.dayEnds;
}

/** The people a share counts: the roster frozen at the opening, `other` without the starters (S9, S108). */
function rosterOf({ subject, opening }: OpenStage, share: CharterShare): readonly string[] {
  const off = recusedInStep(subject, opening)
    .filter(({ countsAs }) => countsAs === undefined)
    .map(({ person }) => person);
  const people = peopleOf(opening.roll, subject, share.role).filter((person) => !off.includes(person));
  return share.other === undefined ? people : people.filter((person) => !subject.starters.includes(person));
}

/** Everybody whose act an actor asks for. */
export function actorPeople(open: OpenStage, actor: CharterActor): readonly string[] {
  if (actor.kind === 'count') return sharesOf(actor.bound).flatMap((share) => rosterOf(open, share));
  const people = peopleOf(open.opening.roll, open.subject, actor.role);
  if (actor.kind === 'the' && actor.order !== undefined) return orderedPerson(open, actor.role, actor.order);
  return actor.kind === 'one' && actor.other !== undefined ? people.filter((person) => !open.subject.starters.includes(person)) : people;
}

/** S27: the one person an ordered role asks in this stage; outside of its stages the first of them. */
function orderedPerson({ opening, subject }: OpenStage, role: string, which: 'first' | 'next'): readonly string[] {
  const asked = opening.asked.find((one) => one.role === role && one.which === which);
  if (asked === undefined) return peopleOf(opening.roll, subject, role).slice(0, 1);
  return asked.person === undefined ? [] : [asked.person];
}

/** S27: whom a stage that opens now asks of its ordered roles: the first, or the one after the last who was asked in this case. */
export function askedInOrder(subject: Case, stage: CharterStage, roll: Roll): Opening['asked'] {
  const before = subject.openings.slice(subject.askedFrom).flatMap(({ asked }) => asked);
  const orderOf = (role: string, person: string): number => roll.holdings.find((one) => one.role === role && one.person === person)?.order ?? Infinity;
  return orderedIn(stage).map(({ role, which }) => {
    const last = which === 'first' ? undefined : before.findLast((one) => one.role === role && one.person !== undefined);
    const person = peopleOf(roll, subject, role).find((one) => last === undefined || orderOf(role, one) > last.order);
    return { role, which, person, order: person === undefined ? Infinity : orderOf(role, person) };
  });
}

/** The ordered actors anywhere in a stage, each once. */
function orderedIn(part: unknown): readonly { readonly role: string; readonly which: 'first' | 'next' }[] {
  if (typeof part !== 'object' || part === null) return [];
  const { order, role }: { readonly order?: unknown; readonly role?: unknown } = part;
  const own = (order === 'first' || order === 'next') && typeof role === 'string' ? [{ role, which: order } as const] : [];
  const all = [...own, ...Object.values(part).flatMap(orderedIn)];
  return all.filter((one, index) => all.findIndex((other) => other.role === one.role && other.which === one.which) === index);
}

/** S7: whom the roster frozen at the opening holds; and ledger.md section 9: by a role that is still held when the act is received. */
export function isAsked(open: OpenStage, actor: CharterActor, person: string, now: Roll): boolean {
  // S134: the acts of a recused person do not count, so they are not asked; who decides a tie is asked for that (`though concerned`).
  const { kind } = open.opening.stage;
  if (kind !== 'vote' && kind !== 'joint' && recusedInStep(open.subject, open.opening).some((one) => one.person === person)) return false;
  if (actor.kind === 'the' && actor.order !== undefined && !peopleOf(now, open.subject, actor.role).includes(person)) return false;
  const today = { ...open, opening: { ...open.opening, roll: now } };
  return actorPeople(open, actor).includes(person) && actorPeople(today, actor).includes(person);
}

/** Says whether that many people are enough for an actor. */
export function areEnough(open: OpenStage, actor: CharterActor, count: number): boolean {
  if (actor.kind !== 'count') return count >= 1;
  return meetsBound(BigInt(count), actor.comparison, actor.bound, (share) => {
    // S110: a square root is taken before `other`.
    const whole = share.kind === 'part' && share.squareRoot !== undefined;
    return BigInt((whole ? peopleOf(open.opening.roll, open.subject, share.role) : rosterOf(open, share)).length);
  });
}

/** S117: from when a clock or an act counts; undefined: only this instance. A stage that never opened gives nothing earlier. */
function sinceMs({ subject, opening }: OpenStep, since: CharterSince | undefined): number {
  if (since === undefined) return opening.atMs;
  if (since.kind === 'start') return subject.startedMs;
  // Decision 0147: what begins anew has opened nothing before.
  return subject.openings.slice(subject.askedFrom).find(({ stage }) => stage.name === since.stage)?.atMs ?? opening.atMs;
}

/** S117: a withdrawn act never counts. */
function isWithdrawn({ acts }: Case, act: Act, index: number): boolean {
  return acts.slice(index + 1).some((later) => later.verb === 'withdraw' && later.about.includes(act.verb) && later.person === act.person);
}

/** The acts that count for an asked act, oldest first. `beforeMs`: the end of a window `within` (S20). */
function countingActs(open: OpenStep, asked: CharterAct, beforeMs: number): readonly Act[] {
  const { subject, opening } = open;
  const people = actorPeople(open, asked.actor);
  const fromMs = sinceMs(open, asked.since);
  return subject.acts.filter(
    (act, index) =>
      act.verb === asked.verb &&
      (asked.text === undefined || act.text === asked.text) &&
      (asked.since === undefined ? act.entry === opening.entry : act.atMs >= fromMs) &&
      act.atMs < beforeMs &&
      people.includes(act.person) &&
      // S134: the acts of a recused person do not count.
      !recusedInStep(subject, opening).some(({ person }) => person === act.person) &&
      !isWithdrawn(subject, act, index),
  );
}

/** What supporters do. */
export const supporting: readonly string[] = ['endorse', 'approve', 'accept'];

/** What must not be done by too many. */
function isUpper({ actor }: CharterAct): boolean {
  return actor.kind === 'count' && (actor.comparison === 'at-most' || actor.comparison === 'fewer-than');
}

type Within = Parameters<typeof deadline>[1] | undefined;

/**
 * S19: whether an event has happened by an instant. Decision 0053: what must not be done by too many is judged at the end of its time; without one when the
 * rest is there, and alone at once, but not before the minimum is over.
 */
function hasHappened(open: OpenStep, acts: readonly CharterAct[], within: Within, atMs: number): boolean {
  const beforeMs = windowEnd(open, within);
  const [upper, lower] = [acts.filter(isUpper), acts.filter((act) => !isUpper(act))];
  if (upper.length === 0) return areDone(open, lower, beforeMs);
  const people = (own: OpenStep, act: CharterAct): number => new Set(countingActs(own, act, beforeMs).map(({ person }) => person)).size;
  const areFew = (own: OpenStep): boolean => upper.every((act) => areEnough(own, act.actor, people(own, act)));
  if (within !== undefined) return atMs >= beforeMs && areDone(open, lower, beforeMs) && areFew(open);
  const { subject, opening } = open;
  if (atMs < heldUntil(open)) return false;
  const standing = subject.acts.filter((act, index) => !isWithdrawn(subject, act, index));
  const upTo = (count: number): OpenStep => ({ ...open, subject: { ...subject, acts: standing.slice(0, count) } });
  // All count that were done up to the act with which the rest is there, those before the opening, and those before the minimum was over.
  const least = standing.findLastIndex((act) => act.entry < opening.entry || act.atMs < heldUntil(open)) + 1;
  const counts = [...standing.keys(), standing.length];
  const completed = counts.find((count) => areDone(upTo(count), lower, beforeMs));
  return completed !== undefined && areFew(upTo(Math.max(completed, least)));
}

/** S19: each act of the event has enough people, and nobody counts for two of them. */
function areDone(open: OpenStep, acts: readonly CharterAct[], beforeMs: number): boolean {
  const supporters = acts.map((act) => {
    const people = [...new Set(countingActs(open, act, beforeMs).map((one) => one.person))];
    // S115 speaks of supporters: who objects or publishes is none.
    if (!supporting.includes(act.verb)) return people;
    return withinGroups(open.opening.roll, open.step.limits, { people, first: casePeople(open.subject, 'candidate'), noun: 'supporters' });
  });
  const needs = acts.map((act, index) => {
    const most = supporters[index]?.length ?? 0;
    // An event is something somebody did: of an empty roster no number is reached by nobody.
    for (let count = 1; count <= most; count += 1) if (areEnough(open, act.actor, count)) return count;
    return undefined;
  });
  return needs.every((need) => need !== undefined) && canShareOut(supporters, needs, new Set());
}

/** Tries every way to give each act its number of people, none of them twice. */
function canShareOut(supporters: readonly (readonly string[])[], needs: readonly number[], taken: ReadonlySet<string>): boolean {
  const index = needs.findIndex((need) => need > 0);
  if (index === -1) return true;
  const rest = needs.map((need, other) => (other === index ? need - 1 : need));
  const free = (supporters[index] ?? []).filter((person) => !taken.has(person));
  // Whoever supports only this act is as good as anybody, so one of them is tried and no other.
  const alone = free.find((person) => supporters.every((people, other) => other === index || !people.includes(person)));
  const tried = alone === undefined ? free : [alone];
  return tried.some((person) => canShareOut(supporters, rest, new Set([...taken, person])));
}

function windowEnd(open: OpenStep, within: Parameters<typeof deadline>[1] | undefined): number {
  return within === undefined ? Infinity : deadline(open.opening.atMs, within, dayEnds(open));
}

/** S116: until when every `when`, and every `after` with a `without`, is held back. */
function heldUntil(open: OpenStep): number {
  const { lastsAtLeast } = open.step;
  return lastsAtLeast === undefined ? -Infinity : deadline(sinceMs(open, lastsAtLeast.since), lastsAtLeast.duration, dayEnds(open));
}

function openConcerns(subject: Case): boolean {
  return subject.concerns.some((concern) => concern.closedMs === undefined);
}

/** The instant from which an `after` may fire, whatever else it waits for. */
function clockEnd(open: OpenStep, line: Extract<CharterTransition, { readonly kind: 'after' }>): number {
  const { subject } = open;
  const { without } = line;
  const startMs = sinceMs(open, line.since);
  if (without?.kind === 'act') {
    // S118: D after the later of the opening and the last such act.
    const last = countingActs(open, without.act, Infinity).at(-1)?.atMs ?? -Infinity;
    return deadline(Math.max(startMs, last), line.duration, dayEnds(open));
  }
  // S118: a row of D without concerns begins again where one was closed.
  const broken = line.inARow === undefined ? [] : subject.concerns.map((concern) => concern.closedMs ?? Infinity);
  const fromMs = Math.max(startMs, ...broken);
  return fromMs === Infinity ? Infinity : deadline(fromMs, line.duration, dayEnds(open));
}

function fires(open: OpenStep, line: CharterTransition, atMs: number): boolean {
  const lines = open.step.transitions;
  const held = atMs < heldUntil(open);
  switch (line.kind) {
    case 'when':
      return !held && hasHappened(open, line.acts, line.within, atMs) && (line.withoutConcerns === undefined || !openConcerns(open.subject));
    case 'unless':
      // S21: at the end of the window, if it has not happened.
      return atMs >= windowEnd(open, line.within) && !hasHappened(open, line.acts, line.within, atMs);
    case 'otherwise': {
      // S21: at once when what each `unless` waits for has happened; without one it never fires, and the check names a step without an end.
      const unless = lines.filter((one) => one.kind === 'unless');
      return unless.length > 0 && unless.every((one) => hasHappened(open, one.acts, one.within, atMs));
    }
    case 'after':
      if (line.without === undefined) return atMs >= clockEnd(open, line);
      return !held && atMs >= clockEnd(open, line) && (line.without.kind === 'act' || !openConcerns(open.subject));
  }
}

/** S17, S18: where the first line in source order that fires at this instant leads; undefined: none does. */
export function stepTarget(open: OpenStep, atMs: number): string | undefined {
  return open.step.transitions.find((line) => fires(open, line, atMs))?.target;
}

/** The first instant from `fromMs` on at which a line fires if nobody acts any more. */
export function stepDueMs(open: OpenStep, fromMs: number): number | undefined {
  const ends = open.step.transitions.flatMap((line) =>
    line.kind === 'after' ? [clockEnd(open, line)] : line.kind === 'otherwise' ? [] : [windowEnd(open, line.within)],
  );
  const instants = [fromMs, heldUntil(open), ...ends].filter((end) => end >= fromMs && end < Infinity).toSorted((a, b) => a - b);
  return instants.find((instant) => stepTarget(open, instant) !== undefined);
}

/** The acts that the lines of a step ask for. */
export function askedActs(step: CharterStep): readonly CharterAct[] {
  const lines = step.transitions.flatMap((line) => {
    if (line.kind === 'when' || line.kind === 'unless') return line.acts;
    return line.kind === 'after' && line.without?.kind === 'act' ? [line.without.act] : [];
  });
  return [...lines, ...step.holds.flatMap((hold) => hold.acts)];
}

/** The open concern an act is about; the only one, where the act names none. */
export function concernOf(subject: Case, act: Act): Concern | undefined {
  const open = subject.concerns.filter(({ closedMs }) => closedMs === undefined);
  return act.about.length === 0 && open.length === 1 ? open[0] : open.find(({ id }) => act.about.includes(id));
}

/** Takes an act given in this step, or says why not: it must be asked for, and asked of this person. */
export function stepRefusal(open: OpenStep, act: Act, now: Roll): Refusal {
  const { step, subject } = open;
  const asked = (actor: CharterActor): boolean => isAsked(open, actor, act.person, now);
  const actors: CharterActor[] = askedActs(step).flatMap((asked) => (asked.verb === act.verb ? [asked.actor] : []));
  if (act.verb === 'raise') {
    const clauses = step.concerns.filter((clause) => asked(clause.by));
    // Decision 0093: a text that is more than blanks, unless a line without `with reasons` names the person too.
    if (clauses.length > 0 && clauses.every(({ reasons }) => reasons !== undefined) && (act.text ?? '').trim() === '')
      return { codes: ['GDO1052'], reason: 'a concern has to give its reason' };
    actors.push(...step.concerns.map((clause) => clause.by));
  }
  if (act.verb === 'resolve' && step.concerns.length > 0) {
    const concern = concernOf(subject, act);
    if (concern === undefined) return { codes: ['GDO1052', 'GDO1040'], reason: 'there is no such open concern' };
    const raises = (actor: CharterActor): boolean => actor.kind === 'the' && actor.role === 'raiser';
    // `the raiser` is who raised this very concern (S108).
    const may = step.concerns.flatMap((clause) => clause.resolvedBy).some((actor) => (raises(actor) ? concern.raiser === act.person : asked(actor)));
    return may ? undefined : { codes: ['GDO1040'], reason: 'another may resolve this concern' };
  }
  if (step.nominations.length > 0 && ['nominate', 'accept', 'endorse'].includes(act.verb)) {
    const [about = act.person] = act.about;
    const supporters = step.nominations.flatMap(({ support }) => (support === undefined ? [] : [support.by]));
    // S121: oneself, or one who may support.
    const own = act.verb === 'accept' || (act.verb === 'nominate' && about === act.person);
    return own || supporters.some((actor) => asked(actor)) ? undefined : { codes: ['GDO1040', 'GDO1052'], reason: 'another may nominate or support' };
  }
  if (act.verb === 'withdraw' && (act.about.length > 0 || actors.length === 0)) {
    // Decision 0052: about a name or a verb it takes back what is one's own there, if there is anything.
    return act.about.length > 0 ? undefined : { codes: ['GDO1052'], reason: 'a withdrawal says what it takes back' };
  }
  if (actors.length === 0) return { codes: ['GDO1052'], reason: `no line of the step asks for ${act.verb}` };
  return actors.some((actor) => asked(actor)) ? undefined : { codes: ['GDO1040'], reason: 'no line asks this person' };
}

/** S120: from the event on, to the end of the case. */
export function noteHolds(subject: Case, opening: Opening, atMs: number): void {
  const { stage } = opening;
  if (stage.kind !== 'step') return;
  const open: OpenStep = { subject, opening, step: stage };
  for (const { held, acts, within } of stage.holds) {
    if (!subject.holding.includes(held) && hasHappened(open, acts, within, atMs)) subject.holding.push(held);
  }
}
