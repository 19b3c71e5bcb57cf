// The reference as a judge of epochs: events one by one, then whatever stage is due (S17, S18; ledger.md section 9). Written from the papers alone.
import type { CharterOutcome, CharterStage } from '../../../engine/index.ts';
import type { Answer, Epoch, Founding, Judge, Signed } from '../differential/stream.ts';
import { eventIdOf } from '../differential/stream.ts';
import { applyGrants, applyOutcome, endTerms, firstHoldings, lose, termDueMs } from './outcomes.ts';
import { rollNow, seated } from './rosters.ts';
import { isStarted, join, joiningRefusal, proposalRefusal, proposed } from './starts.ts';
import { attendants, meetingDueMs, meetingRefusal, meetingResult } from './meetings.ts';
import type { OpenMeeting } from './meetings.ts';
import { advanceTie, declarationRefusal, settle } from './ties.ts';
import { concernOf, stepDueMs, stepRefusal, stepTarget } from './steps.ts';
import type { OpenStep } from './steps.ts';
import { deadline, plus } from './time.ts';
import { isDecided, resultOf, saidIn } from '../tally/motion.ts';
import { electionResult, nominees, openingResult } from './elections.ts';
import { ballotRefusal, isElection, openVote } from './votes.ts';
import type { Act, Case, Event, OpenVote, Opening, Refusal, World } from './world.ts';
import { currentOf, namesIn } from './world.ts';

/** The reference as a judge; its world can be looked at. */
export interface ReferenceJudge extends Judge {
  readonly world: World;
  readonly fork: () => ReferenceJudge;
}

/** Founds an organization in the reference. */
export function referenceJudge(founding: Founding): ReferenceJudge {
  const { charter, bylawsHash, people, holders, startMs } = founding;
  return judgeOver({
    charter,
    bylawsHash,
    joined: new Map(people.map((person) => [person, startMs])),
    holdings: firstHoldings(charter.roles, holders, startMs),
    cases: [],
    grants: [],
    entering: [],
    nowMs: startMs,
    height: 0,
    events: 0,
    notes: new Set(),
  });
}

function judgeOver(world: World): ReferenceJudge {
  return {
    world,
    dueMs: () => dueMs(world),
    epoch: (epoch: Epoch) => runEpoch(world, epoch),
    state: () => linesOf(world),
    fork: () => judgeOver(structuredClone(world)),
  };
}

function runEpoch(world: World, { height, timeMs, events }: Epoch): readonly Answer[] {
  world.nowMs = timeMs;
  world.height = height;
  const answers = events.map((signed) => {
    const refusal = judge(world, eventOf(world, signed));
    return refusal === undefined ? { ok: true, codes: [], reason: '' } : { ok: false, ...refusal };
  });
  for (const subject of world.cases) advance(world, subject);
  endTerms(world);
  applyGrants(world);
  for (const open of world.entering.splice(0)) open();
  return answers;
}

function eventOf(world: World, { atMs, person, kind, case: number, body }: Signed): Event {
  world.events += 1;
  return { id: eventIdOf(world.events), atMs, person, kind, subject: world.cases.find((subject) => subject.number === number), body };
}

/** One event: its verdict, and what it adds to the lists. */
function judge(world: World, event: Event): Refusal {
  const { person, kind, body, subject } = event;
  if (!world.joined.has(person)) return { codes: ['GDO1040', 'GDO1015'], reason: 'nobody of this organization' };
  switch (kind) {
    case 'propose': {
      const refusal = proposalRefusal(world, event);
      if (refusal === undefined) proposed(world, event);
      return refusal;
    }
    case 'resign': {
      const [role = ''] = namesIn(body['role']);
      const losses = world.charter.roles.find(({ name }) => name === role)?.lost ?? [];
      if (!seated(rollNow(world), role).includes(person) || !losses.some(({ kind: loss }) => loss === 'resignation'))
        return { codes: ['GDO1040'], reason: 'does not hold it, or it is not lost through resignation' };
      lose(world, person, role);
      return undefined;
    }
    case 'act':
      return subject === undefined ? { codes: ['GDO1052'], reason: 'there is no such case' } : actRefusal(world, subject, event);
    case 'ballot':
      return subject === undefined ? { codes: ['GDO1052'], reason: 'there is no such case' } : ballotOf(subject, event);
    default:
      return { codes: ['GDO1040'], reason: 'this kind of event is not in the reference yet' };
  }
}

/** ledger.md section 11: an act names the entry of its stage; an older one is late, a newer one not open yet. */
function entryRefusal(subject: Case, stage: unknown): Refusal {
  const early = subject.openings.length === 0 || Number(stage) > subject.entries;
  const codes = subject.ended === undefined && early ? ['GDO1050'] : ['GDO1051'];
  // Between two calls no stage is open, and the paper does not say whether the first is late or the second early.
  if (subject.again !== undefined) codes.push('GDO1050', 'GDO1051');
  return { codes: [...codes, 'GDO1052'], reason: 'this entry is not open' };
}

function actRefusal(world: World, subject: Case, event: Event): Refusal {
  const { person, body, id, atMs } = event;
  const opening = currentOf(subject);
  const [verb = ''] = namesIn(body['verb']);
  if (subject.ended === undefined && opening === undefined && verb === 'start' && body['stage'] === 1) {
    const refusal = joiningRefusal(world, subject, person);
    // Decision 0030: others add themselves; the paper names no code for somebody who has already.
    if (subject.starters.includes(person)) return { codes: [], reason: 'is among the starters already' };
    if (refusal === undefined) join(world, subject, person);
    return refusal;
  }
  if (subject.ended !== undefined || opening === undefined || opening.entry !== body['stage'] || subject.again !== undefined) {
    return entryRefusal(subject, body['stage']);
  }
  const text = typeof body['text'] === 'string' ? { text: body['text'] } : {};
  const act: Act = { id, atMs, person, verb, about: namesIn(body['about']), entry: opening.entry, ...text };
  const meeting = asMeeting(subject, opening);
  const tied = opening.votes.find(({ phase }) => phase === 'tie');
  let refusal: Refusal = { codes: ['GDO1050', 'GDO1052'], reason: 'this stage takes no such acts' };
  if (opening.stage.kind === 'step') refusal = stepRefusal({ subject, opening, step: opening.stage }, act, rollNow(world));
  else if (meeting !== undefined)
    refusal = meetingRefusal(meeting, act, { now: rollNow(world), startMs: typeof body['at'] === 'number' ? body['at'] : undefined });
  else if (tied !== undefined) refusal = declarationRefusal(world, subject, tied, act);
  if (refusal !== undefined) return refusal;
  subject.acts.push(act);
  if (verb === 'raise') subject.concerns.push({ id: `c${subject.concerns.length + 1}`, raiser: person, raisedMs: atMs });
  const closed = verb === 'resolve' || (verb === 'withdraw' && act.about.length > 0) ? concernOf(subject, act) : undefined;
  // S119: only its raiser withdraws a concern.
  if (closed !== undefined && (verb === 'resolve' || closed.raiser === person)) closed.closedMs = atMs;
  return undefined;
}

function ballotOf(subject: Case, event: Event): Refusal {
  const { person, body, atMs } = event;
  const opening = currentOf(subject);
  const open = opening?.votes.find(({ entry, phase }) => entry === body['stage'] && phase === 'open');
  if (subject.ended !== undefined || open === undefined) {
    return subject.ended === undefined && subject.again === undefined && opening?.entry === body['stage'] && opening?.votes.length === 0
      ? { codes: ['GDO1052'], reason: 'no vote' }
      : entryRefusal(subject, body['stage']);
  }
  const choice = body['choice'];
  const ballot = { atMs, person, ranks: Array.isArray(choice) ? choice.map(namesIn) : namesIn(choice).map((one) => [one]) };
  const refusal = ballotRefusal(open, ballot, typeof body['text'] === 'string' ? body['text'] : undefined);
  if (refusal === undefined) open.ballots.push(ballot);
  return refusal;
}

const implicit: readonly CharterOutcome[] = [
  // S25: in every process, declared or not.
  { kind: 'outcome', name: 'accepted', accepts: true, effects: [] },
  { kind: 'outcome', name: 'refused', accepts: false, effects: [] },
];

/** Opens a stage by its name, or ends the case with that outcome. */
function enter(world: World, subject: Case, name: string, second = false): void {
  const stage = [...subject.process.stages, ...implicit].find((one) => one.name === name);
  if (stage === undefined) return;
  subject.again = undefined;
  if (stage.kind === 'outcome') {
    subject.ended = { outcome: stage.name, accepts: stage.accepts, atMs: world.nowMs };
    applyOutcome(world, subject, stage);
    return;
  }
  // ledger.md section 11: rolls are those of the checkpoint at which the stage opens, with all that ended and was granted in its epoch.
  world.entering.push(() => openStage(world, subject, stage, second));
}

function openStage(world: World, subject: Case, stage: CharterStage, second: boolean): void {
  const roll = rollNow(world);
  if (stage.kind === 'meeting') subject.present = [];
  subject.startRoll ??= roll;
  const entry = subject.entries + 1;
  subject.entries = entry;
  const votes = stage.kind === 'vote' ? [openVote(subject, stage, { roll, entry, second })] : [];
  if (stage.kind === 'joint') {
    for (const vote of stage.votes) {
      subject.entries += 1;
      votes.push(openVote(subject, vote, { roll, entry: subject.entries, second }));
    }
  }
  subject.openings.push({ stage, entry, atMs: world.nowMs, roll, votes, second });
}

/** How long a proposal waits for the other people who start it (decision 0030). */
const joiningDays = { count: 30, unit: 'day' } as const;

/** Moves a case on as far as this instant moves it. */
function advance(world: World, subject: Case): void {
  if (subject.ended !== undefined) return;
  if (subject.openings.length === 0) {
    if (isStarted(subject)) {
      subject.startedMs = world.nowMs;
      subject.started = true;
      enter(world, subject, subject.process.stages[0]?.name ?? '');
    } else if (world.nowMs >= plus(subject.proposedMs, joiningDays)) {
      subject.ended = { outcome: 'refused', accepts: false, atMs: world.nowMs };
    }
    return;
  }
  if (subject.again !== undefined) {
    if (world.nowMs >= subject.again.atMs) enter(world, subject, subject.again.stage.name, true);
    return;
  }
  const opening = currentOf(subject);
  const target = opening === undefined ? undefined : targetOf(world, subject, opening);
  if (target === undefined) return;
  if (opening?.stage.kind === 'step' && opening.stage.nominations.length > 0) {
    subject.nominees = nominees({ subject, opening, step: opening.stage }, rollNow(world));
  }
  enter(world, subject, target);
}

function asStep(subject: Case, opening: Opening): OpenStep | undefined {
  return opening.stage.kind === 'step' ? { subject, opening, step: opening.stage } : undefined;
}

function asMeeting(subject: Case, opening: Opening): OpenMeeting | undefined {
  return opening.stage.kind === 'meeting' ? { subject, opening, meeting: opening.stage } : undefined;
}

function targetOf(world: World, subject: Case, opening: Opening): string | undefined {
  const { stage } = opening;
  const step = asStep(subject, opening);
  if (step !== undefined) return stepTarget(step, world.nowMs);
  for (const open of opening.votes) closeVote(world, subject, open);
  const meeting = asMeeting(subject, opening);
  const over = meeting === undefined ? undefined : meetingDueMs(meeting);
  if (stage.kind === 'vote' || stage.kind === 'meeting') {
    const held = meeting !== undefined && over !== undefined && world.nowMs >= over ? meetingResult(meeting) : undefined;
    const result = held ?? opening.votes[0]?.result;
    if (result === undefined) return undefined;
    subject.result = result;
    if (meeting !== undefined) subject.present = attendants(meeting);
    if (result === 'inquorate' && stage.secondCall !== undefined && !opening.second) {
      subject.again = { stage, atMs: deadline(world.nowMs, stage.secondCall.after, world.charter.organization.dayEnds) };
      return undefined;
    }
    return stage.results.find((row) => row.result === result)?.target ?? stage.otherwise;
  }
  if (stage.kind !== 'joint') return undefined;
  // S48, S125: over as soon as its verdict cannot change; only `passed` is a pass.
  const results = opening.votes.map(({ result }) => result);
  const closed = results.filter((result) => result !== undefined);
  const passes = closed.filter((result) => result === 'passed').length;
  if (stage.passes?.which === 'any') {
    if (passes > 0) return stage.passes.target;
    return closed.length === results.length ? stage.otherwise : undefined;
  }
  if (passes < closed.length) return stage.otherwise;
  return closed.length === results.length ? stage.passes?.target : undefined;
}

/** Ends a vote whose time has come. */
function closeVote(world: World, subject: Case, open: OpenVote): void {
  if (open.phase !== 'open') {
    advanceTie(world, subject, open);
    return;
  }
  const atOnce = openingResult(subject, open);
  if (atOnce !== undefined) {
    open.phase = 'closed';
    open.result = atOnce;
    return;
  }
  const early = open.vote.closesEarly !== undefined && isDecided(subject, open);
  if (world.nowMs < open.closeMs && !early) return;
  const result = isElection(open.vote) ? electionResult(subject, open) : resultOf(subject, open, saidIn(open));
  if (result === 'tie') {
    settle(world, subject, open);
    return;
  }
  open.phase = 'closed';
  open.result = result;
}

/** The next instant at which something happens without an act. */
function dueMs(world: World): number | undefined {
  const instants = world.cases.flatMap((subject) => {
    if (subject.ended !== undefined) return [];
    const opening = currentOf(subject);
    if (opening === undefined) return [plus(subject.proposedMs, joiningDays)];
    if (subject.again !== undefined) return [subject.again.atMs];
    const step = asStep(subject, opening);
    const early = opening.votes.some((open) => open.phase === 'open' && open.vote.closesEarly !== undefined && isDecided(subject, open));
    const closes = opening.votes.filter(({ phase }) => phase !== 'closed').map(({ closeMs, phase }) => (phase === 'lot' ? world.nowMs : closeMs));
    const meeting = asMeeting(subject, opening);
    const over = meeting === undefined ? undefined : meetingDueMs(meeting);
    if (over !== undefined) closes.push(over);
    if (opening.votes.some((open) => open.phase === 'open' && openingResult(subject, open) !== undefined)) closes.push(world.nowMs);
    return [...(step === undefined ? [] : [stepDueMs(step, world.nowMs) ?? []].flat()), ...closes, ...(early ? [world.nowMs] : [])];
  });
  const term = termDueMs(world);
  const all = term === undefined ? instants : [...instants, term];
  return all.length === 0 ? undefined : Math.min(...all);
}

function linesOf(world: World): readonly string[] {
  const roles = world.holdings.map(({ role, person, sinceMs, untilMs }) => `${role}: ${person} since ${sinceMs} until ${untilMs ?? 'ever'}`);
  const cases = world.cases.flatMap((subject) => {
    const { number, process, ended, winners, present, starters, concerns, result } = subject;
    const opening = currentOf(subject);
    const settling = ended === undefined && opening?.votes.some(({ phase }) => phase === 'tie' || phase === 'lot') === true;
    const open = concerns.filter(({ closedMs }) => closedMs === undefined).length;
    const stage = opening?.stage.name ?? process.stages[0]?.name ?? '';
    return [
      `case ${number} ${process.name}: ${ended === undefined ? `in ${stage}` : `ended ${ended.outcome} ${ended.accepts ? 'accepted' : 'refused'}`}`,
      `case ${number} entry ${opening?.entry ?? 0} result ${settling ? 'settling' : (result ?? 'none')} winners ${winners.toSorted().join(',')} present ${present.toSorted().join(',')} by ${starters.join(',')} concerns ${open}`,
    ];
  });
  return [...roles, ...cases].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
