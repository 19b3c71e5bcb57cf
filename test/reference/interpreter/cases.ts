// How a case goes from stage to stage and to its end (S11, S16, S18, S25, S48, S101, S120).
import type { CharterJoint, CharterOutcome, CharterStage } from '../../../engine/index.ts';
import { earnFor } from './awards.ts';
import { openingResult } from './elections.ts';
import { closeVote } from './closing.ts';
import { isHeld } from './held.ts';
import { takeAway } from './holding.ts';
import { mendAt } from './limits.ts';
import { drawDueMs, drawn } from './draws.ts';
import type { OpenDraw } from './draws.ts';
import { nominees, options } from './lists.ts';
import { renew } from './lapses.ts';
import { attendants, meetingDueMs, meetingResult } from './meetings.ts';
import { awaitMerge } from './merges.ts';
import { deed } from './office.ts';
import { applyOutcome } from './outcomes.ts';
import { recusedFromStep } from './recusals.ts';
import { rollFor } from './rosters.ts';
import { asDraw, asMeeting, asStep } from './stages.ts';
import { noteClosedVotes } from './losses.ts';
import { isStarted, joiningDays } from './starts.ts';
import type { OpenStep } from './steps.ts';
import { askedInOrder, noteHolds, stepTarget } from './steps.ts';
import { deadline, plus } from './time.ts';
import { openVote } from './votes.ts';
import type { Case, Opening, OpenVote, World } from './world.ts';
import { currentOf } from './world.ts';

const implicit: readonly CharterOutcome[] = [
  // S25: in every process, declared or not.
  { kind: 'outcome', name: 'accepted', accepts: true, effects: [] },
  { kind: 'outcome', name: 'refused', accepts: false, effects: [] },
];

/** Opens a stage by its name, or ends the case with that outcome. */
export function enter(world: World, subject: Case, name: string, second = false): void {
  const stage = [...subject.process.stages, ...implicit].find((one) => one.name === name);
  if (stage === undefined) return;
  subject.again = undefined;
  if (stage.kind === 'outcome') {
    // S120: a case that is held goes on but reaches no outcome.
    if (isHeld(world, subject)) subject.awaits = stage.name;
    else end(world, subject, stage);
    return;
  }
  // ledger.md section 11: rolls are those of the checkpoint at which the stage opens, with all that ended and was granted in its epoch.
  // What ends or is sent back in the meantime, by a duty or new bylaws, opens nothing any more.
  world.entering.push(() => {
    if (subject.ended === undefined && subject.sentTo === undefined) openStage(world, subject, stage, second);
  });
}

/** A case has got to a stage, an outcome or its end: what starts after it, and who leaves by a remedy that waits for it. */
function reach(world: World, path: string, by: Case): void {
  world.reached.push({ path, by });
  mendAt(world, path, (person, role) => {
    takeAway(world, person, role);
  });
}

/** Ends a case. */
export function end(world: World, subject: Case, stage: CharterOutcome): void {
  // Whoever missed the vote that led here has lost their role by it (S113).
  noteClosedVotes(world);
  const roll = rollFor(world, subject);
  subject.ended = { outcome: stage.name, accepts: stage.accepts, atMs: world.nowMs };
  subject.awaits = undefined;
  // What is earned by reaching the outcome comes before what the outcome awards.
  earnFor(world, subject, stage.name, roll);
  reach(world, `${subject.process.name}.${stage.name}`, subject);
  subject.outcomes.push({ stage: stage.name, atMs: world.nowMs });
  // What a decision does happens with its merge.
  if (awaitMerge(world, subject, stage)) return;
  over(world, subject);
  applyOutcome(world, subject, stage);
}

/** A case is over: at its outcome, or when it is settled what becomes of its merge (decision 0137). */
function over(world: World, subject: Case): void {
  subject.overMs = world.nowMs;
  reach(world, subject.process.name, subject);
  const isDone = subject.ended?.accepts === true && subject.merge?.standing !== 'stale' && subject.merge?.standing !== 'refused';
  if (!isDone) return;
  renew(world, subject);
  for (const person of subject.starters) deed(world, 'accepted-cases', person);
}

/** Ends a case that nobody has decided, because too few people began it or new bylaws end it: it reaches its end and no stage (decisions 0030, 0149). */
export function endUndecided(world: World, subject: Case): void {
  subject.ended = { outcome: 'refused', accepts: false, atMs: world.nowMs };
  subject.awaits = undefined;
  over(world, subject);
}

/** Ends the cases whose merges waited and wait no more. */
export function endMerged(world: World): void {
  for (const subject of world.cases)
    if (subject.ended !== undefined && subject.overMs === undefined && subject.merge?.standing !== 'waiting') over(world, subject);
}

/** Ends a case by one of the outcomes that every process has. */
export function endBy(world: World, subject: Case, name: 'accepted' | 'refused'): void {
  const outcome = implicit.find((one) => one.name === name);
  if (outcome !== undefined) end(world, subject, outcome);
}

function openStage(world: World, subject: Case, stage: CharterStage, second: boolean): void {
  const roll = rollFor(world, subject);
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
    calledAgain: [],
    second,
    asked: askedInOrder(subject, stage, roll),
    recused: stage.kind === 'step' ? recusedFromStep(subject, stage, roll) : [],
  });
  // S132: what needs no ballot is said at the opening.
  const [open] = votes;
  if (stage.kind === 'vote' && open !== undefined) subject.result = openingResult(subject, open) ?? subject.result;
  earnFor(world, subject, stage.name, roll);
  reach(world, `${subject.process.name}.${stage.name}`, subject);
}

/** Decisions 0091, 0137: what was decided or counted is gone. */
function forget(subject: Case): void {
  subject.nominees = [];
  subject.listed = undefined;
  subject.winners = [];
  subject.result = undefined;
  subject.begunAnew = true;
}

/** An edit sends a case to a stage, or to its beginning where none is named: nothing that was said moves to other content (S50, S117). */
export function sendBack(world: World, subject: Case, stage: string | undefined): void {
  subject.acts = [];
  subject.unsaid = true;
  if (stage === undefined) restart(world, subject);
  else goOnAt(world, subject, stage);
}

/** Goes on at a stage: who was present, whom it has asked and who is recused from the whole case are as they were. */
function goOnAt(world: World, subject: Case, stage: string): void {
  forget(subject);
  subject.sentTo = undefined;
  subject.moved = true;
  enter(world, subject, stage);
}

/** Begins a case anew: nothing that happened in it counts any more. S57, S58: its rules change only where an amendment asks for that. */
function restart(world: World, subject: Case): void {
  const process = subject.sentTo?.underNew === undefined ? undefined : world.charter.processes.find(({ name }) => name === subject.process.name);
  subject.sentTo = undefined;
  subject.moved = true;
  forget(subject);
  subject.acts = [];
  subject.unsaid = true;
  subject.added = [];
  subject.askedFrom = subject.openings.length;
  if (process !== undefined) {
    subject.process = process;
    subject.charter = world.charter;
    subject.bylawsHash = world.bylawsHash;
  }
  subject.startedMs = world.nowMs;
  subject.startRoll = undefined;
  subject.present = [];
  subject.drawn = new Map();
  subject.concerns = [];
  subject.requests = [];
  enter(world, subject, subject.process.stages[0]?.name ?? '');
}

/** Moves a case on as far as this instant moves it. */
export function advance(world: World, subject: Case): void {
  if (subject.ended !== undefined || subject.moved) return;
  if (subject.awaits !== undefined) {
    enter(world, subject, subject.awaits);
    return;
  }
  if (subject.sentTo !== undefined) {
    const { stage } = subject.sentTo;
    if (stage === undefined) restart(world, subject);
    else goOnAt(world, subject, stage);
    return;
  }
  if (subject.openings.length === 0) {
    if (isStarted(subject)) {
      subject.startedMs = world.nowMs;
      subject.started = true;
      enter(world, subject, subject.process.stages[0]?.name ?? '');
    } else if (world.nowMs >= plus(subject.proposedMs, joiningDays)) {
      endUndecided(world, subject);
    }
    return;
  }
  if (subject.again !== undefined) {
    if (world.nowMs >= subject.again.atMs) enter(world, subject, subject.again.stage.name, true);
    return;
  }
  const opening = currentOf(subject);
  if (opening !== undefined) noteHolds(subject, opening, world.nowMs);
  const target = opening === undefined ? undefined : targetOf(world, subject, opening);
  if (target === undefined) return;
  if (opening?.stage.kind === 'step') list(world, { subject, opening, step: opening.stage });
  enter(world, subject, target);
}

/** S121: what a step that ends puts on the ballot; the latest such step counts. */
function list(world: World, open: OpenStep): void {
  const { subject, step } = open;
  const people = step.nominations.length > 0 ? nominees(open, rollFor(world, subject)) : undefined;
  const things = step.options === undefined ? undefined : options(open, world.nowMs);
  if (people !== undefined) subject.nominees = people.names;
  if (things !== undefined) subject.listed = things.names;
  if (people !== undefined || things !== undefined) subject.leaving = [...(people?.leaving ?? []), ...(things?.leaving ?? [])];
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
  for (const open of opening.votes) {
    closeVote(world, subject, open);
    if (stage.kind === 'joint') waitForSecondCall(world, open);
  }
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
  const target = jointTarget(stage, opening);
  if (target === undefined) callAgain(world, subject, opening);
  return target;
}

/** Decision 0105: a vote of a joint that misses its quorum waits for its second call, and has no result meanwhile. */
function waitForSecondCall(world: World, open: OpenVote): void {
  const { secondCall } = open.vote;
  if (open.result !== 'inquorate' || secondCall === undefined || open.second) return;
  open.phase = 'again';
  delete open.result;
  open.closeMs = deadline(world.nowMs, secondCall.after, world.charter.organization.dayEnds);
}

/** Opens the votes of a joint whose second call has come, each alone, as a new instance with an entry of its own. */
function callAgain(world: World, subject: Case, opening: Opening): void {
  for (const [place, open] of opening.votes.entries()) {
    if (open.phase !== 'again' || world.nowMs < open.closeMs) continue;
    world.entering.push(() => {
      if (subject.ended !== undefined || subject.sentTo !== undefined || currentOf(subject) !== opening) return;
      subject.entries += 1;
      opening.calledAgain.push(open);
      opening.votes[place] = openVote(subject, open.vote, { roll: rollFor(world, subject), entry: subject.entries, second: true });
    });
  }
}

function jointTarget(stage: CharterJoint, opening: Opening): string | undefined {
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
