// The reference as a judge of epochs: events one by one, then whatever stage is due (S17, S18; ledger.md section 9). Written from the papers alone.
import type { CharterOutcome, CharterStage } from '../../../engine/index.ts';
import type { Answer, Epoch, Founding, Judge, Signed } from '../differential/stream.ts';
import { eventIdOf } from '../differential/stream.ts';
import { applyGrants, applyOutcome, endTerms, firstHoldings, lose, termDueMs } from './outcomes.ts';
import { rollNow, seated } from './rosters.ts';
import { capDueMs, mendCaps } from './limits.ts';
import { ruleDueMs, startByRules } from './rule-starts.ts';
import { isStarted, join, joiningRefusal, proposalRefusal, proposed, startedByRule } from './starts.ts';
import { attendants, meetingDueMs, meetingRefusal, meetingResult } from './meetings.ts';
import type { OpenMeeting } from './meetings.ts';
import { drawDueMs, drawRefusal, drawn } from './draws.ts';
import type { OpenDraw } from './draws.ts';
import { lock, release } from './rights.ts';
import { declarationRefusal } from './ties.ts';
import { certify, deed, delegate, giveCertificates, issue, perform, report, revoke } from './office.ts';
import { earnFor } from './awards.ts';
import { closeVote, closesEarly, isPass, noteBallot } from './closing.ts';
import { nothingRecorded } from './records.ts';
import { stateLines } from './state-lines.ts';
import { askedInOrder, concernOf, stepDueMs, stepRefusal, stepTarget } from './steps.ts';
import type { OpenStep } from './steps.ts';
import { deadline, plus } from './time.ts';
import { recusalRefusal, recusalRules, recusedBy } from './recusals.ts';
import { heldMs } from './vote-clock.ts';
import { nominees, openingResult } from './elections.ts';
import { ballotRefusal, endMs, openVote } from './votes.ts';
import type { Act, Case, Event, Opening, Refusal, World } from './world.ts';
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
    records: nothingRecorded,
    payments: [],
    broken: new Map(),
    short: new Set(),
    ruledMs: startMs,
    reached: [],
    locks: [],
    said: [],
    issuing: [],
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
    state: () => stateLines(world),
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
  giveCertificates(world);
  mendCaps(world, (person, role) => {
    lose(world, person, role);
  });
  // What opens may be what a case starts after, so both go on until neither brings anything.
  do {
    startByRules(world, world.reached.splice(0), (process, about) => {
      enter(world, startedByRule(world, process, about), process.stages[0]?.name ?? '');
    });
    for (const open of world.entering.splice(0)) open();
  } while (
    world.reached.some(({ path }) => world.charter.processes.some(({ starts }) => starts.some((one) => one.kind === 'after' && one.path.join('.') === path)))
  );
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
      return subject === undefined ? { codes: ['GDO1052'], reason: 'there is no such case' } : ballotOf(world, subject, event);
    case 'certify':
      return certify(world, event);
    case 'issue':
      return issue(world, event);
    case 'revoke':
      return revoke(world, event);
    case 'perform':
      return perform(world, event);
    case 'delegate':
      return delegate(world, event);
    case 'lock':
      return lock(world, event);
    case 'release':
      return release(world, event);
    case 'fact':
      return report(world, event);
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
  // A recusal may be asked for in one vote of a joint, by the entry of the vote.
  const entries = opening === undefined ? [] : [opening.entry, ...(verb === 'recuse' ? opening.votes.map(({ entry }) => entry) : [])];
  if (subject.ended !== undefined || opening === undefined || !entries.some((entry) => entry === body['stage']) || subject.again !== undefined) {
    return entryRefusal(subject, body['stage']);
  }
  const text = typeof body['text'] === 'string' ? { text: body['text'] } : {};
  const part = verb === 'commit' ? body['hash'] : body['secret'];
  const secret = typeof part === 'string' ? { secret: part } : {};
  const act: Act = { id, atMs, person, verb, about: namesIn(body['about']), entry: opening.entry, ...text, ...secret };
  const meeting = asMeeting(subject, opening);
  const draw = asDraw(subject, opening);
  const tied = opening.votes.find(({ phase }) => phase === 'tie');
  let refusal: Refusal = { codes: ['GDO1050', 'GDO1052'], reason: 'this stage takes no such acts' };
  if (verb === 'recuse' && recusalRules(subject, opening).length > 0) refusal = recusalRefusal(subject, opening, act, rollNow(world));
  else if (opening.stage.kind === 'step') refusal = stepRefusal({ subject, opening, step: opening.stage }, act, rollNow(world));
  else if (draw !== undefined) refusal = drawRefusal(draw, act, rollNow(world));
  else if (meeting !== undefined)
    refusal = meetingRefusal(meeting, act, { now: rollNow(world), startMs: typeof body['at'] === 'number' ? body['at'] : undefined });
  else if (tied !== undefined) refusal = declarationRefusal(world, subject, tied, act);
  if (refusal !== undefined) return refusal;
  if (verb === 'withdraw') {
    const taken = subject.acts.filter((one) => one.person === person && act.about.includes(one.verb)).map((one) => one.id);
    world.records = { ...world.records, deeds: world.records.deeds.filter((one) => one.act === undefined || !taken.includes(one.act)) };
  }
  if (world.charter.actions.some(({ name }) => name === verb)) deed(world, verb, person, id);
  subject.acts.push(act);
  if (verb === 'raise') subject.concerns.push({ id: `c${subject.concerns.length + 1}`, raiser: person, raisedMs: atMs });
  const closed = verb === 'resolve' || (verb === 'withdraw' && act.about.length > 0) ? concernOf(subject, act) : undefined;
  // S119: only its raiser withdraws a concern.
  if (closed !== undefined && (verb === 'resolve' || closed.raiser === person)) closed.closedMs = atMs;
  return undefined;
}

function ballotOf(world: World, subject: Case, event: Event): Refusal {
  const { person, body, atMs } = event;
  const opening = currentOf(subject);
  const open = opening?.votes.find(({ entry, phase }) => entry === body['stage'] && phase === 'open');
  if (subject.ended !== undefined || open === undefined) {
    return subject.ended === undefined && subject.again === undefined && opening?.entry === body['stage'] && opening?.votes.length === 0
      ? { codes: ['GDO1052'], reason: 'no vote' }
      : entryRefusal(subject, body['stage']);
  }
  const choice = body['choice'];
  const text = (name: string): string | undefined => {
    const value = body[name];
    return typeof value === 'string' ? value : undefined;
  };
  const ballot = { atMs, person, ranks: Array.isArray(choice) ? choice.map(namesIn) : namesIn(choice).map((one) => [one]) };
  const now = rollNow(world);
  const count = open.ballots.length;
  const refusal = ballotRefusal(subject, open, now, { ballot, choice, nonce: text('nonce'), text: text('text') });
  if (open.ballots.length > count) {
    noteBallot(world, subject, open);
    if (!open.ballots.slice(0, count).some((one) => one.person === person)) deed(world, 'ballots', person);
  }
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
    // What is earned by reaching the outcome comes before what the outcome awards.
    earnFor(world, subject, stage.name);
    world.reached.push({ path: `${subject.process.name}.${stage.name}`, by: subject }, { path: subject.process.name, by: subject });
    applyOutcome(world, subject, stage);
    if (stage.accepts) for (const person of subject.starters) deed(world, 'accepted-cases', person);
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
  subject.openings.push({
    stage,
    entry,
    atMs: world.nowMs,
    roll,
    height: world.height,
    votes,
    second,
    asked: askedInOrder(subject, stage, roll),
    recused: stage.kind === 'step' ? recusedBy(subject, roll, subject.process.recusals) : [],
  });
  earnFor(world, subject, stage.name);
  world.reached.push({ path: `${subject.process.name}.${stage.name}`, by: subject });
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
      world.reached.push({ path: `${subject.process.name}.refused`, by: subject }, { path: subject.process.name, by: subject });
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

function asDraw(subject: Case, opening: Opening): OpenDraw | undefined {
  return opening.stage.kind === 'draw' ? { subject, opening, draw: opening.stage } : undefined;
}

/** A draw by the next checkpoint, or by what was revealed: where it leads once it is made. */
function drawTarget(world: World, { subject, opening, draw }: OpenDraw): string | undefined {
  if (world.nowMs < drawDueMs({ subject, opening, draw })) return undefined;
  const { result, people } = drawn({ subject, opening, draw }, opening.height);
  subject.result = result;
  if (result === 'drawn') subject.drawn.set(draw.name, people);
  return draw.results.find((row) => row.result === result)?.target ?? draw.otherwise;
}

function targetOf(world: World, subject: Case, opening: Opening): string | undefined {
  const { stage } = opening;
  const step = asStep(subject, opening);
  if (step !== undefined) return stepTarget(step, world.nowMs);
  const draw = asDraw(subject, opening);
  if (draw !== undefined) return drawTarget(world, draw);
  for (const open of opening.votes) closeVote(world, subject, open);
  const meeting = asMeeting(subject, opening);
  const over = meeting === undefined ? undefined : meetingDueMs(meeting);
  if (stage.kind === 'vote' || stage.kind === 'meeting') {
    const held = meeting !== undefined && over !== undefined && world.nowMs >= over ? meetingResult(meeting) : undefined;
    const result = held ?? opening.votes[0]?.result;
    if (result === undefined) return undefined;
    subject.result = result;
    if (meeting !== undefined) {
      subject.present = attendants(meeting);
      for (const person of subject.present) deed(world, 'attendances', person);
    }
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

/** The next instant at which something happens without an act. */
function dueMs(world: World): number | undefined {
  const instants = world.cases.flatMap((subject) => {
    if (subject.ended !== undefined) return [];
    const opening = currentOf(subject);
    if (opening === undefined) return [plus(subject.proposedMs, joiningDays)];
    if (subject.again !== undefined) return [subject.again.atMs];
    const step = asStep(subject, opening);
    const now = rollNow(world);
    const early = opening.votes.some((open) => open.phase === 'open' && closesEarly(subject, open, now));
    const closes = opening.votes.flatMap((open) => {
      if (open.phase === 'closed') return [];
      if (open.phase === 'lot') return [world.nowMs];
      return open.phase === 'tie' ? [open.closeMs] : [Math.min(endMs(open), heldMs(open, (result) => isPass(open, result)) ?? Infinity)];
    });
    const meeting = asMeeting(subject, opening);
    const over = meeting === undefined ? undefined : meetingDueMs(meeting);
    if (over !== undefined) closes.push(over);
    const draw = asDraw(subject, opening);
    if (draw !== undefined) closes.push(drawDueMs(draw));
    if (opening.votes.some((open) => open.phase === 'open' && openingResult(subject, open) !== undefined)) closes.push(world.nowMs);
    return [...(step === undefined ? [] : [stepDueMs(step, world.nowMs) ?? []].flat()), ...closes, ...(early ? [world.nowMs] : [])];
  });
  const first = Math.min(...instants, termDueMs(world) ?? Infinity, capDueMs(world), ruleDueMs(world));
  return first === Infinity ? undefined : first;
}
