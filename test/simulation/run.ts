// Plays one plan to its end and says what came of it.
import { isDeepStrictEqual } from 'node:util';
import { writeEntry } from '../../engine/index.ts';
import { replayLedger } from '../../node/ledger/replay.ts';
import { snapshotBytes } from '../../node/ledger/snapshot.ts';
import { goingOn } from '../node/ledger/same-view.ts';
import { Dice } from '../vectors/dice.ts';
import { accuse, backDate, duel, equivocate, hostile, lie, steal } from './attacks.ts';
import { forgetLinks } from '../../node/story/disk.ts';
import { leaveAndReturn } from './forking.ts';
import { Violation, type Machine } from './machine.ts';
import type { Plan, Step, StepKind } from './plan.ts';
import { atDeadline, doubleSpend, election, hasty, promotion, race, rotation } from './scenes.ts';
import { World } from './world.ts';

/** What a run came to. */
export interface RunResult {
  readonly seed: number;
  readonly hash: string;
  readonly steps: number;
  readonly faults: number;
  readonly epochs: number;
  readonly events: number;
  /** Changes of governed content that were merged. */
  readonly merges: number;
  readonly violation?: { readonly invariant: string; readonly step: number; readonly what: string };
}

const ordinary: readonly StepKind[] = ['write', 'turn', 'ask', 'heal', 'restart', 'backup', 'deadline', 'accuse', 'election'];

/** Plays a plan. The same plan gives the same trace. @param say - called for every line of the trace */
export async function play(plan: Plan, say: (line: string) => void = () => undefined): Promise<RunResult> {
  const world = new World(plan, say);
  let step = -1;
  try {
    await world.start();
    for (const [index, one] of plan.steps.entries()) {
      step = index;
      world.nowMs += one.waitMs - (one.waitMs % 500);
      await world.deliver();
      world.note(`${index} ${one.kind} ${one.node % plan.nodesCount} ${world.nowMs}`);
      if (!ordinary.includes(one.kind)) world.faults += 1;
      await playStep(world, one);
    }
    step = plan.steps.length;
    await world.comeTogether();
    await checkAgain(world);
    await leaveAndReturn(world, new Dice(plan.seed));
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return { ...resultOf(world, plan), violation: { invariant: error.invariant, step, what: error.message } };
  } finally {
    forgetLinks();
  }
  return resultOf(world, plan);
}

function resultOf(world: World, plan: Plan): RunResult {
  const tips = world.machines.map(({ index, view }) => `${index} ${view?.tip.height} ${view?.tip.id}`);
  for (const tip of tips) world.note(tip);
  const events = Math.max(0, ...world.machines.map(({ view }) => view?.tip.statement.events ?? 0));
  return {
    seed: plan.seed,
    hash: world.traceHash(),
    steps: plan.steps.length,
    faults: world.faults + world.stream.faults,
    epochs: world.observer.epochs,
    events,
    merges: Math.max(0, ...world.machines.map(({ view }) => view?.merges.length ?? 0)),
  };
}

/** From the genesis, from a snapshot, and as it went along: one state (I03). */
async function checkAgain(world: World): Promise<void> {
  const honest = world.honest();
  const machine = honest[world.plan.seed % honest.length];
  const view = machine?.view;
  if (machine === undefined || view === undefined) return;
  await machine.start();
  const again = machine.view;
  if (again?.tip.id !== view.tip.id || again.tip.statement.state !== view.tip.statement.state)
    throw new Violation('I03', `a replay from the genesis ends at height ${again?.tip.height} and not at ${view.tip.height}`);
  const { height, state } = view.checkpoints[1 + (world.plan.seed % Math.max(1, view.tip.height))] ?? view.tip;
  const short = await machine.startedAt(height, snapshotBytes(state));
  const [one, other] = [goingOn(short ?? again), goingOn(again)];
  const differs = Object.keys(one).filter((field) => !isDeepStrictEqual(one[field], other[field]));
  if (differs.length > 0) throw new Violation('I03', `from the snapshot of height ${height} other ${differs.join(', ')} are known than from the genesis`);
  // A snapshot is a cache: what somebody wrote into it is seen by the root that the witnesses signed.
  const forged = snapshotBytes(writeEntry(state, 'role/officer/nobody', { since: 0 }));
  if (await machine.believes(height, forged)) throw new Violation('I03', `a snapshot of height ${height} is believed that holds another state`);
  const onward = await replayLedger(machine.disk.repository, again);
  if (onward.kind === 'fault' || onward.view.tip.id !== view.tip.id) throw new Violation('I03', 'a replay onward from an earlier view ends elsewhere');
}

async function write(world: World, dice: Dice, machine: Machine): Promise<void> {
  const saying = await world.saying(dice, machine);
  if (saying === undefined) return;
  // People write where their key lives.
  await world.write(saying.device, world.machine(saying.device.home), { said: saying.said, clockMs: world.nowMs + machine.offsetMs });
}

async function restore(world: World, machine: Machine): Promise<void> {
  const { backup } = machine;
  // A steward that forgot what it signed would sign another checkpoint at a height that others hold: F0 shows that, and does not prevent it.
  if (world.plan.witnessesCount === 1 && machine.index === 0) return;
  // A stream that loses lines cannot show a restored witness what it has signed before.
  if (backup === undefined || world.plan.isStreamFaulty) return;
  machine.stop();
  machine.disk = backup.backup();
  await world.restart(machine, world.nowMs);
}

async function playStep(world: World, step: Step): Promise<void> {
  const machine = world.machine(step.node);
  const other = world.machine(step.node + 1 + (step.other % (world.plan.nodesCount - 1)));
  const dice = world.diceOf(step);
  switch (step.kind) {
    case 'write':
      return write(world, dice, machine);
    case 'turn':
      return world.turn(machine);
    case 'ask':
      return world.ask(machine, other, dice);
    case 'cut':
      return world.cut(dice);
    case 'one-way':
      return world.deafen(step.node);
    case 'heal':
      return world.heal();
    case 'unplug':
      return world.unplug(step.node);
    case 'crash':
      return machine.stop();
    case 'crash-at-write':
      return machine.disk.failAfter(dice.below(9));
    case 'restart':
      return machine.program === undefined ? world.restart(machine) : undefined;
    case 'skew':
      machine.offsetMs = (dice.below(41) - 20) * 500;
      return undefined;
    case 'jump':
      machine.offsetMs = (dice.below(121) - 60) * 60_000;
      return undefined;
    case 'equivocate':
      return equivocate(world, dice, [machine, other]);
    case 'duel':
      return duel(world, dice);
    case 'steal':
      return steal(world, dice, machine);
    case 'back-date':
      return backDate(world, dice);
    case 'hostile':
      return hostile(dice, machine);
    case 'lie':
      return lie(world, dice);
    case 'accuse':
      return accuse(world, dice, machine);
    case 'deadline':
      return atDeadline(world, dice);
    case 'hasty':
      return hasty(world, dice);
    case 'race':
      return race(world, dice);
    case 'double-spend':
      return doubleSpend(world, dice);
    case 'election':
      return election(world, dice);
    case 'promotion':
      return promotion(world, dice);
    case 'rotation':
      return rotation(world, dice);
    case 'backup':
      machine.backup = machine.disk.backup();
      return undefined;
    case 'restore':
      return restore(world, machine);
  }
}
