// Processes as xstate machines (language.md section 12): the configuration is plain JSON, guards are named data with parameters, and the facts a
// guard asks about come with the event. No timers, no context: instants, rosters and ballots live in the state of the organization.
import { type AnyStateMachine, setup, transition } from 'xstate';
import type { CharterProcess } from './bylaws.ts';
import type { CharterEffect, CharterJoint, CharterResults, CharterStage, CharterTransition } from './bylaws-stages.ts';
import { invariant, unreachable } from './invariant.ts';

/** What a guard may ask, for one step of one case. */
export interface StepScope {
  /** Of an open step: does the transition with this place in the text fire now? */
  readonly fires: (index: number) => boolean;
  /** The result of the stage, or of one vote of a joint. */
  readonly result: (vote: string | undefined) => string | undefined;
}

/** The one event a machine knows. */
export interface StepEvent {
  readonly type: 'step';
  readonly scope: StepScope;
}

/** A named guard with its parameters. */
export type MachineGuard =
  | { readonly type: 'fires'; readonly params: { readonly index: number; readonly rule: CharterTransition['kind'] } }
  | { readonly type: 'result'; readonly params: { readonly is: string } }
  | { readonly type: 'joint'; readonly params: { readonly which: 'all' | 'any'; readonly votes: readonly string[] } }
  | { readonly type: 'jointOver'; readonly params: { readonly which: 'all' | 'any'; readonly votes: readonly string[] } }
  | { readonly type: 'anyResult'; readonly params: Record<string, never> };

/** One transition of a state; `target` is a state of the same process. */
export interface MachineTransition {
  readonly guard: MachineGuard;
  readonly target: string;
}

/** One state. A joint is parallel, one region for each vote; an outcome is final and lists its effects. */
export type MachineState =
  | { readonly on: { readonly step: MachineTransition[] } }
  | { readonly type: 'parallel'; readonly states: Record<string, MachineState>; readonly on: { readonly step: MachineTransition[] } }
  | { readonly type: 'final'; readonly meta: { readonly accepts: boolean; readonly effects: readonly CharterEffect[] } };

/** A machine as JSON. */
export interface MachineConfig {
  readonly id: string;
  readonly initial: string;
  readonly context: Record<string, never>;
  readonly states: Record<string, MachineState>;
}

// Stage names such as `constructor` are legal in bylaws; with a mark in front none of them is a property every object has.
const mark = 'stage:';

function resultTransitions(stage: CharterResults): MachineTransition[] {
  const named = stage.results.map((row) => ({ guard: { type: 'result', params: { is: row.result } }, target: mark + row.target }) as const);
  return stage.otherwise === undefined ? named : [...named, { guard: { type: 'anyResult', params: {} }, target: mark + stage.otherwise }];
}

function jointState(stage: CharterJoint): MachineState {
  const votes = stage.votes.map((vote) => vote.name);
  const which = stage.passes?.which ?? 'all';
  const open: MachineState = { on: { step: [] } };
  const step: MachineTransition[] = [];
  if (stage.passes !== undefined) step.push({ guard: { type: 'joint', params: { which, votes } }, target: mark + stage.passes.target });
  if (stage.otherwise !== undefined) step.push({ guard: { type: 'jointOver', params: { which, votes } }, target: mark + stage.otherwise });
  return { type: 'parallel', states: Object.fromEntries(votes.map((name) => [mark + name, open])), on: { step } };
}

function stateOf(stage: CharterStage): MachineState {
  switch (stage.kind) {
    case 'step':
      return {
        on: { step: stage.transitions.map((rule, index) => ({ guard: { type: 'fires', params: { index, rule: rule.kind } }, target: mark + rule.target })) },
      };
    case 'vote':
    case 'meeting':
    case 'draw':
      return { on: { step: resultTransitions(stage) } };
    case 'joint':
      return jointState(stage);
    case 'outcome':
      return { type: 'final', meta: { accepts: stage.accepts, effects: stage.effects } };
    default:
      return unreachable(stage);
  }
}

/** The machine of a process as JSON. Pure. Source: language.md section 12 */
export function machineConfig(process: CharterProcess): MachineConfig {
  const first = process.stages[0];
  invariant(first !== undefined, 'a process has a stage');
  return {
    id: process.name,
    initial: mark + first.name,
    context: {},
    states: Object.fromEntries(process.stages.map((stage) => [mark + stage.name, stateOf(stage)])),
  };
}

const types: { readonly events?: StepEvent; readonly context?: Record<string, never> } = {};

function jointCount(event: StepEvent, votes: readonly string[]): { readonly passed: number; readonly failed: number } {
  const results = votes.map((vote) => event.scope.result(vote));
  const passed = results.filter((result) => result === 'passed').length;
  return { passed, failed: results.filter((result) => result !== undefined && result !== 'passed').length };
}

const machines = setup({
  types,
  guards: {
    fires: ({ event }, params: { readonly index: number }): boolean => event.scope.fires(params.index),
    result: ({ event }, params: { readonly is: string }): boolean => event.scope.result(undefined) === params.is,
    anyResult: ({ event }): boolean => event.scope.result(undefined) !== undefined,
    // A joint ends as soon as its verdict cannot change (S48).
    joint: ({ event }, params: { readonly which: 'all' | 'any'; readonly votes: readonly string[] }): boolean => {
      const { passed } = jointCount(event, params.votes);
      return params.which === 'all' ? passed === params.votes.length : passed > 0;
    },
    jointOver: ({ event }, params: { readonly which: 'all' | 'any'; readonly votes: readonly string[] }): boolean => {
      const { failed } = jointCount(event, params.votes);
      return params.which === 'all' ? failed > 0 : failed === params.votes.length;
    },
  },
});

/** The xstate machine of a process. */
export type ProcessMachine = AnyStateMachine;

// Building costs more than stepping, and a process never changes: one machine for each, kept as long as the process is.
const built: WeakMap<CharterProcess, ProcessMachine> = new WeakMap();

/** The machine of a process with its guards, built once for each process. */
export function machineFor(process: CharterProcess): ProcessMachine {
  const known = built.get(process);
  if (known !== undefined) return known;
  const machine = machines.createMachine(machineConfig(process));
  built.set(process, machine);
  return machine;
}

function valueOf(stage: CharterStage): string | Record<string, Record<string, Record<string, never>>> {
  if (stage.kind !== 'joint') return mark + stage.name;
  return { [mark + stage.name]: Object.fromEntries(stage.votes.map((vote) => [mark + vote.name, {}])) };
}

/**
 * The stage a case goes to from an open stage, or undefined while it stays. Pure; one step of the machine.
 * @param scope - what the guards may ask; called for the stage's own transitions only, in source order (S17)
 */
export function nextStage(process: CharterProcess, stage: CharterStage, scope: StepScope): string | undefined {
  const machine = machineFor(process);
  const [after] = transition(machine, machine.resolveState({ value: valueOf(stage), context: {} }), { type: 'step', scope });
  const reached: unknown = after.value;
  if (typeof reached === 'string') return reached === mark + stage.name ? undefined : reached.slice(mark.length);
  invariant(typeof reached === 'object' && reached !== null, 'a machine is in one stage');
  const name = Object.keys(reached)[0] ?? '';
  return name === mark + stage.name ? undefined : name.slice(mark.length);
}
