// Plays one stream on both judges side by side and says where they first differ. It knows no rule.
import { engineJudge } from './engine-judge.ts';
import { referenceJudge } from '../interpreter/reference-judge.ts';
import { endless, knownRules } from './known.ts';
import type { Answer, Founding, Judge, Signed } from './stream.ts';

/** The first difference: what was done, and what each said. */
export interface Difference {
  readonly kind: 'verdict' | 'code' | 'state' | 'due' | 'throws';
  readonly at: number;
  readonly event: Signed | undefined;
  readonly engine: string;
  readonly reference: string;
  /** The rule of a difference that is known already. */
  readonly known?: string;
}

/** How a stream went: its difference, if there is one, and each answer of the engine. */
export interface Played {
  readonly difference: Difference | undefined;
  readonly answers: readonly Answer[];
}

/** When both states are compared: after every event, or once after the last (every verdict is compared always). */
export type Watch = 'each event' | 'the end';

/** Two judges of one organization, and the clock they share. */
export interface Table {
  readonly engine: Judge;
  readonly reference: ReturnType<typeof referenceJudge>;
  readonly founding: Founding;
  readonly watch: Watch;
  nowMs: number;
  height: number;
}

/** More epochs without an event than deadlines can follow one another in a stream whose stages do not go round. */
const idleMax = 200;

/** Names what excuses a difference, if something does. */
function excused(table: Table, difference: Difference | undefined): Difference | undefined {
  const rule = [...table.reference.world.notes].find((note) => knownRules.includes(note));
  return difference === undefined || rule === undefined ? difference : { ...difference, known: rule };
}

/** Seats both judges. */
export function tableFor(founding: Founding, watch: Watch = 'each event'): Table {
  return { engine: engineJudge(founding), reference: referenceJudge(founding), founding, watch, nowMs: founding.startMs, height: 0 };
}

/** The same table once more: what happens at one of them from now on is not seen at the other. */
export function forkTable(table: Table, watch: Watch): Table {
  return { ...table, watch, engine: table.engine.fork(), reference: table.reference.fork() };
}

/** S18: every instant that either judge waits for gets an epoch of its own, up to an instant. */
export function passUntil(table: Table, untilMs: number): Difference | undefined {
  for (let count = 0; count < idleMax; count += 1) {
    const [own, other] = [table.engine.dueMs(), table.reference.dueMs()];
    if (other !== undefined && other <= untilMs && (own === undefined || Math.max(own, table.nowMs) > Math.max(other, table.nowMs))) {
      return { kind: 'due', at: table.nowMs, event: undefined, engine: `waits until ${own ?? 'ever'}`, reference: `something is due at ${other}` };
    }
    const due = Math.min(own ?? Infinity, other ?? Infinity);
    if (due > untilMs) {
      table.nowMs = Math.max(table.nowMs, untilMs);
      return undefined;
    }
    epoch(table, Math.max(due, table.nowMs), undefined);
  }
  // Two stages that lead to each other every few minutes go on for ever: from here on deadlines come late, of which S18 says nothing.
  table.reference.world.notes.add(endless);
  return undefined;
}

function epoch(table: Table, timeMs: number, signed: Signed | undefined): readonly [engine: Answer | undefined, reference: Answer | undefined] {
  table.height += 1;
  table.nowMs = timeMs;
  const events = signed === undefined ? [] : [signed];
  const one = { height: table.height, timeMs, events };
  return [table.engine.epoch(one)[0], table.reference.epoch(one)[0]];
}

/** Whatever a judge throws is a difference too: bad input is answered by values. */
function caught(table: Table, event: Signed | undefined, run: () => Difference | undefined): Difference | undefined {
  try {
    return excused(table, run());
  } catch (error) {
    const frame = error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 3).join(' ') : String(error);
    return { kind: 'throws', at: table.nowMs, event, engine: frame, reference: 'answers' };
  }
}

/** Plays one event: what came before it, its verdict, and where both stand then. */
export function playEvent(table: Table, signed: Signed, answers: Answer[]): Difference | undefined {
  return caught(table, signed, () => judgeEvent(table, signed, answers));
}

function judgeEvent(table: Table, signed: Signed, answers: Answer[]): Difference | undefined {
  const late = passUntil(table, signed.atMs);
  if (late !== undefined) return late;
  const filled = signed.kind === 'propose' && signed.body['bylaws'] === undefined ? { ...signed.body, bylaws: table.reference.world.bylawsHash } : signed.body;
  const [own, other] = epoch(table, Math.max(signed.atMs, table.nowMs), { ...signed, body: filled });
  if (own === undefined || other === undefined) return { kind: 'verdict', at: signed.atMs, event: signed, engine: 'no verdict', reference: 'no verdict' };
  answers.push(own);
  const said = { at: signed.atMs, event: signed, engine: textOf(own), reference: textOf(other) };
  if (own.ok !== other.ok) return { kind: 'verdict', ...said };
  if (!own.ok && other.codes.length > 0 && !own.codes.some((code) => other.codes.includes(code))) return { kind: 'code', ...said };
  return table.watch === 'each event' ? differingState(table, signed) : undefined;
}

function textOf(answer: Answer): string {
  return answer.ok ? 'ok' : `refused ${answer.codes.join(' or ')}: ${answer.reason}`;
}

/** Compares what is true on both sides. */
export function differingState(table: Table, event: Signed | undefined): Difference | undefined {
  const [own, other] = [table.engine.state(), table.reference.state()];
  if (own.join('\n') === other.join('\n')) return undefined;
  const only = (lines: readonly string[], rest: readonly string[]): string => lines.filter((line) => !rest.includes(line)).join('\n');
  return { kind: 'state', at: table.nowMs, event, engine: only(own, other), reference: only(other, own) };
}

/** How long a stream is watched after its last event: longer than most deadlines. */
const afterwardsMs = 20 * 86_400_000;

/** Plays a whole stream, then lets time pass. */
export function play(founding: Founding, stream: readonly Signed[]): Played {
  const table = tableFor(founding);
  const answers: Answer[] = [];
  for (const signed of stream) {
    const difference = playEvent(table, signed, answers);
    if (difference !== undefined) return { difference, answers };
  }
  return { difference: finish(table), answers };
}

/** The end of a stream: every deadline in reach passes, and both stand the same. */
export function finish(table: Table): Difference | undefined {
  return caught(table, undefined, () => passUntil(table, table.nowMs + afterwardsMs) ?? differingState(table, undefined));
}
