// From a way that a search found to the deeds people would do: the histories behind findings. Whoever is not in the group does nothing at all.
import type {
  Charter,
  CharterAct,
  CharterActor,
  CharterDuration,
  CharterMeeting,
  CharterProcess,
  CharterRole,
  CharterStage,
  CharterTransition,
  CharterVote,
} from '../engine/index.ts';
import { minuteMs } from '../engine/index.ts';
import type { Tally, TallyTable } from './analysis/tally-table.ts';
import { holdersToday } from './analysis/holders.ts';
import { actorRoles } from './emit-owners.ts';
import { isOther } from './lint/acting.ts';
import { effectsOf } from './lint/effects.ts';
import { fewestActing } from './lint/legal-sizes.ts';
import { longest, shortest } from './lint/minutes.ts';
import type { Way } from './lint/group-reach.ts';
import { votesOf } from './lint/stage-graph.ts';
import { undatedMs } from './scenario-cast.ts';
import { instantText } from './virtual-ledger.ts';
import type { WitnessEvent, WitnessFact } from './witness.ts';

const minutesOfDay = 1_440;

/** Deeds from one minute on, and the minute by which all has happened. */
export interface Deeds {
  readonly events: readonly WitnessEvent[];
  readonly until: number;
}

/** Whom a case is about, and what is asked for in it. */
export interface Matter {
  readonly about?: string;
  readonly proposed?: string;
  /** Money, in its smallest units. */
  readonly amount?: string;
}

/** Whom a case of a process has to be about, and which role is asked for, so that it can end as it is meant to. Pure. */
export function matterOf(charter: Charter, process: CharterProcess, newcomer: string, member: string): Matter {
  const effects = effectsOf(process).map(({ effect }) => effect);
  const isAbout = process.about !== undefined || effects.some((effect) => effect.kind === 'remove' && effect.from === 'subject');
  const proposed = effects.some((effect) => effect.kind === 'grant' && effect.what.kind === 'proposed')
    ? charter.roles.find((role) => role.gainedThrough.includes(process.name))?.name
    : undefined;
  const about = isAbout ? member : effects.some((effect) => effect.kind === 'grant') ? newcomer : undefined;
  return {
    ...(about === undefined ? {} : { about }),
    ...(proposed === undefined ? {} : { proposed }),
    ...(process.spends === undefined ? {} : { amount: process.spends.upToUnits }),
  };
}

type Act = Extract<WitnessEvent, { readonly kind: 'act' }>;

/** The most minutes until a deadline: with `day ends` one in days and longer moves on to the next end of a day (S5). */
function waiting(charter: Charter, duration: CharterDuration): number {
  const isExact = charter.organization.dayEnds === undefined || duration.unit === 'minute' || duration.unit === 'hour';
  return longest(duration) + (isExact ? 0 : minutesOfDay);
}

/** One deed at a minute. Pure. */
export function deed(minute: number, people: readonly string[], verb: string, more: Partial<Act> = {}): Act {
  return { kind: 'act', day: Math.floor(minute / minutesOfDay), minutes: minute % minutesOfDay, people, verb, ...more };
}

/** Who of a group holds a role: all of them, or where there are fewer seats as many, beginning with another one for each such role. Pure. */
function seated(charter: Charter, group: readonly string[], role: CharterRole): readonly string[] {
  const seats = role.held?.most ?? group.length;
  if (seats >= group.length || seats < 1) return group.slice(0, seats);
  const first = charter.roles.filter(({ held }) => held?.most !== undefined && held.most < group.length).indexOf(role) % group.length;
  return [...group.slice(first), ...group.slice(0, first)].slice(0, seats);
}

/** The people of a group and everybody else there is: the group holds every role, others fill the rolls to today's size. Pure. */
export function castOfGroup(charter: Charter, group: readonly string[], sizes: ReadonlyMap<string, number> = new Map()): readonly WitnessFact[] {
  return charter.roles.flatMap((role): readonly WitnessFact[] => {
    if (role.held === undefined && role.gainedThrough.length === 0) return [];
    const size = sizes.get(role.name) ?? holdersToday(charter, role.name) ?? group.length;
    const allies = seated(charter, group, role).slice(0, Math.max(0, size));
    const others = Array.from({ length: Math.max(0, size - allies.length) }, (_, index) => `${role.name}-${index + 1}`);
    return allies.length + others.length === 0 ? [] : [{ kind: 'holders', role: role.name, people: [...allies, ...others] }];
  });
}

/** What the names of a group that is there from the first day begin with. */
const ally = 'ally-';

/** People called `ally-1` and so on. Pure. */
export function allies(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${ally}${index + 1}`);
}

/** How long whoever is there from the first day waits before all of a process is open to them: some ask who has joined how long ago. Pure. */
export function waitingFor(process: CharterProcess): number {
  const facts = [
    ...process.starts.flatMap((start) => (start.kind === 'by' ? (start.who ?? []) : [])),
    ...(process.about?.who ?? []),
    ...votesOf(process).flatMap(({ vote }) => vote.voters.who),
  ];
  return Math.max(0, ...facts.flatMap((fact) => (fact.kind === 'joined' ? [longest(fact.ago)] : [])));
}

/**
 * How a group takes a case of a process along a way, from a minute on; undefined where the way leads through what no deed of a scenario can say, such as
 * a draw, a counted or a sealed vote. Pure.
 */
export function deedsAlong(
  charter: Charter,
  process: CharterProcess,
  way: Way,
  group: readonly string[],
  from: number,
  matter: Matter = {},
): Deeds | undefined {
  const [start, ...parts] = way.parts;
  const starting = process.starts.find((one) => one === start);
  // What may only follow on another decision needs that one before, and no way tells of it.
  if (starting?.kind !== 'by' || starting.windows.some(({ kind }) => kind === 'within')) return undefined;
  const starters = ofRole(charter, group, starting.actor).slice(
    0,
    Math.max(1, fewestActing(starting.actor, sizeFor(charter, starting.actor) ?? group.length) ?? group.length),
  );
  const events: WitnessEvent[] = [startOf(process, starters, from, matter)];
  let minute = from + 1;
  for (const part of parts) {
    const step = passing(charter, process, part, group, starters.length, minute);
    if (step === undefined) return undefined;
    events.push(...step.events);
    minute = step.until;
  }
  return { events, until: minute };
}

function startOf(process: CharterProcess, starters: readonly string[], minute: number, { about, proposed, amount }: Matter): Act {
  return deed(minute, starters, 'start', {
    process: process.name,
    ...(about === undefined ? {} : { about: [about] }),
    ...(proposed === undefined ? {} : { proposed }),
    ...(amount === undefined ? {} : { amount }),
  });
}

/** Those of a group who hold the role of an actor; whoever came in later holds no office, and comes after them. */
function ofRole(charter: Charter, group: readonly string[], actor: CharterActor): readonly string[] {
  const [name] = actorRoles(actor);
  const role = charter.roles.find((one) => one.name === name);
  const first = group.filter((person) => person.startsWith(ally));
  return role?.held?.most === undefined || role.held.most >= first.length ? group : seated(charter, first, role);
}

/** How many people there are for an actor today, as far as the text says. */
function sizeFor(charter: Charter, actor: CharterActor): number | undefined {
  const [name] = actorRoles(actor);
  return holdersToday(charter, name ?? '');
}

function passing(charter: Charter, process: CharterProcess, part: object, group: readonly string[], starters: number, minute: number): Deeds | undefined {
  for (const stage of process.stages) {
    if (stage.kind === 'step' && stage.transitions.some((line) => line === part)) {
      const line = stage.transitions.find((one) => one === part);
      return line === undefined ? undefined : alongStep(charter, stage, line, group, starters, minute);
    }
    if (stage.kind === 'vote' && (part === stage || stage.results.some((line) => line === part))) {
      const result = stage.results.find((line) => line === part)?.result;
      return alongVote(charter, stage, result, group, minute);
    }
    if (stage.kind === 'vote' && part === stage.secondCall) return untilCalledAgain(charter, stage, stage.secondCall.after, minute);
    if (stage.kind === 'joint' && part === stage.passes) return alongJoint(charter, stage.votes, group, minute);
    if (stage.kind === 'meeting' && stage.results.some((line) => line === part)) return alongMeeting(charter, stage, group, minute);
  }
  return undefined;
}

function alongStep(
  charter: Charter,
  step: Extract<CharterStage, { readonly kind: 'step' }>,
  line: CharterTransition,
  group: readonly string[],
  starters: number,
  minute: number,
): Deeds | undefined {
  const least = step.lastsAtLeast === undefined ? 0 : waiting(charter, step.lastsAtLeast.duration);
  switch (line.kind) {
    case 'when':
      return { events: actsTogether(charter, line.acts, group, starters, minute), until: minute + Math.max(1, least) };
    case 'after':
      return { events: [], until: minute + Math.max(waiting(charter, line.duration), least) };
    case 'unless':
      return { events: [], until: minute + waiting(charter, line.within) };
    case 'otherwise':
      return undefined;
  }
}

/** Several acts of one line count distinct people (S19): whoever did one leaves the others to the rest, as far as there are any. */
function actsTogether(charter: Charter, acts: readonly CharterAct[], group: readonly string[], starters: number, minute: number): readonly WitnessEvent[] {
  const done = new Set<string>();
  return acts.flatMap((act) => {
    const events = actsOf(charter, act, group, starters, minute, done);
    for (const event of events) if (event.kind === 'act') for (const person of event.people) done.add(person);
    return events;
  });
}

function actsOf(
  charter: Charter,
  act: CharterAct,
  group: readonly string[],
  starters: number,
  minute: number,
  done: ReadonlySet<string>,
): readonly WitnessEvent[] {
  const able = ofRole(charter, isOther(act.actor) ? group.slice(starters) : group, act.actor);
  const rest = able.filter((person) => !done.has(person));
  const free = rest.length === 0 ? able : rest;
  const size = sizeFor(charter, act.actor) ?? group.length;
  const people = free.slice(0, Math.max(1, fewestActing(act.actor, size) ?? free.length));
  return people.length === 0 ? [] : [deed(minute, people, act.verb, act.text === undefined ? {} : { text: act.text })];
}

/** The choice by which a vote passes: what its first test counts. */
function winningChoice(vote: CharterVote, result: string): string | undefined {
  const tests = vote.passes.filter((line) => line.result === result).flatMap((line) => line.tests);
  const counted = tests.flatMap((test) => (test.kind === 'share-of-base' || test.kind === 'people-say' || test.kind === 'all-say' ? test.choices : []));
  return counted[0];
}

function alongVote(charter: Charter, vote: CharterVote, result: string | undefined, group: readonly string[], minute: number): Deeds | undefined {
  const until = minute + waiting(charter, vote.open) + 1;
  if (result === undefined || result === 'failed' || result === 'inquorate') return { events: [], until };
  const choice = vote.counted === undefined ? winningChoice(vote, result) : undefined;
  return choice === undefined || vote.ballots === 'sealed' ? undefined : { events: [deed(minute, group, 'vote', { names: [choice] })], until };
}

/** Nobody votes, and the vote is called again. With `day ends` the second call begins within two days before the latest hour: a shorter one could be over. */
function untilCalledAgain(charter: Charter, vote: CharterVote, after: CharterDuration, minute: number): Deeds | undefined {
  if (charter.organization.dayEnds !== undefined && shortest(vote.open) <= 2 * minutesOfDay) return undefined;
  return { events: [], until: minute + waiting(charter, vote.open) + waiting(charter, after) + 1 };
}

/** One ballot of a person counts in every vote of a joint in which they are; so the same word has to carry all of them. */
function alongJoint(charter: Charter, votes: readonly CharterVote[], group: readonly string[], minute: number): Deeds | undefined {
  const ways = votes.map((vote) => alongVote(charter, vote, 'passed', group, minute));
  const [first] = ways;
  const words = new Set(votes.map((vote) => winningChoice(vote, 'passed')));
  if (first === undefined || words.size !== 1 || ways.includes(undefined)) return undefined;
  return { events: first.events, until: Math.max(...ways.map((way) => way?.until ?? 0)) };
}

/** One of the group calls, and after the notice all of them attend; whoever certifies who was there says so of all of them. */
function alongMeeting(charter: Charter, meeting: CharterMeeting, group: readonly string[], minute: number): Deeds | undefined {
  if (meeting.called === undefined) return undefined;
  const begins = minute + Math.max(1, meeting.notice === undefined ? 0 : waiting(charter, meeting.notice));
  const callers = ofRole(charter, group, meeting.called.by).slice(0, Math.max(1, fewestActing(meeting.called.by, group.length) ?? 1));
  // With `day ends` a notice is over at an hour that depends on the day: the call names a moment at which it surely is.
  const named = charter.organization.dayEnds === undefined ? {} : { text: instantText(undatedMs + begins * minuteMs) };
  const certifier = meeting.attended?.certifiedBy;
  const certified =
    certifier === undefined
      ? []
      : [deed(begins + 2, ofRole(charter, group, certifier).slice(0, Math.max(1, fewestActing(certifier, group.length) ?? 1)), 'attend', { about: group })];
  return {
    events: [deed(minute, callers, 'call', named), deed(begins + 1, group, 'attend'), ...certified],
    until: begins + waiting(charter, meeting.open) + 1,
  };
}

/** Deeds with the time in which all of it happens. Pure. */
export function waitingOut(deeds: Deeds): readonly WitnessEvent[] {
  const last = deeds.events.findLast((event) => event.kind === 'act');
  const passed = last?.kind === 'act' ? last.day * minutesOfDay + (last.minutes ?? 0) : 0;
  return [...deeds.events, { kind: 'wait', count: Math.max(1, deeds.until - passed + 1), unit: 'minute' }];
}

/** A roll of that size brings forward as many as any history needs. */
const rollMost = 1_000;

/** A case that begins with a vote, and ballots in these numbers, those of the first choice first; where it is about a member, it is the last. Undefined where something comes before the vote, or the roster is not one role. Pure. */
export function historyOfTally(
  charter: Charter,
  process: CharterProcess,
  vote: CharterVote,
  table: TallyTable,
  tally: Tally,
): { readonly given: readonly WitnessFact[]; readonly events: readonly WitnessEvent[] } | undefined {
  const [role] = vote.voters.roles;
  const start = process.starts.find((one) => one.kind === 'by' && !one.windows.some(({ kind }) => kind === 'within'));
  if (process.stages[0] !== vote || role === undefined || start?.kind !== 'by' || vote.voters.except.length > 0) return undefined;
  const people = Array.from({ length: tally.size }, (_, index) => `${role}-${index + 1}`);
  const [startedBy] = actorRoles(start.actor);
  const roll = charter.roles.find(({ name, held }) => name === startedBy && name !== role && held === undefined);
  const size = startedBy === role ? tally.size : (sizeFor(charter, start.actor) ?? tally.size);
  const needed = fewestActing(start.actor, size) ?? (roll === undefined ? undefined : fewestActing(start.actor, rollMost));
  if (needed === undefined) return undefined;
  // A roll may have to bring forward more people than there are voters.
  const starters =
    roll === undefined || needed <= tally.size
      ? people.slice(0, Math.max(1, needed))
      : Array.from({ length: needed }, (_, index) => `${roll.name}-${index + 1}`);
  const from = waitingFor(process);
  const concerned = process.about?.role;
  // Whom the case is about may have to be of another body than those who vote: one more there than all of them.
  const other =
    concerned === undefined || concerned === role || !charter.roles.some(({ name, held }) => name === concerned && held === undefined) ? [] : [concerned];
  const sizes = new Map([
    [role, tally.size],
    ...other.map((name): [string, number] => [name, tally.size + 1]),
    ...(roll === undefined || needed <= tally.size ? [] : [[roll.name, tally.size + needed] as const]),
  ]);
  const given = castOfGroup(charter, people, sizes);
  // A body of few seats is held by some of the voters, and the case is about one of those.
  const seats = given.flatMap((fact) => (fact.kind === 'holders' && fact.role === concerned && other.length === 0 ? fact.people : []));
  const matter = matterOf(charter, process, 'newcomer', other[0] === undefined ? (seats.at(-1) ?? people.at(-1) ?? 'newcomer') : `${other[0]}-1`);
  let next = 0;
  const ballots = table.choices.flatMap((choice, place) => {
    const voters = people.slice(next, next + (tally.counts[place] ?? 0));
    next += voters.length;
    return voters.length === 0 ? [] : [deed(from + 2, voters, 'vote', { names: [choice] })];
  });
  const deeds = { events: [startOf(process, starters, from, matter), ...ballots], until: from + 2 + waiting(charter, vote.open) };
  return { given, events: waitingOut(deeds) };
}
