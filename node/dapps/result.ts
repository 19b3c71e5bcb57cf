// From what was observed of one run to its class: the table of node.md section 5.3, total and in its order. Pure; nothing here runs anything.
import { decodeCanonical, isList } from '../../engine/index.ts';
import type { Json, JsonObject } from '../../engine/index.ts';

/** What the runner saw of one container run. `exitCode` is undefined where the container never ended by itself. */
export interface RunObservation {
  /** The API's or the start's error, or a missing image. */
  readonly startError?: string;
  readonly timedOut: boolean;
  readonly outputExceeded: boolean;
  readonly oomKilled: boolean;
  /** Something on this machine was killed for want of memory while the container ran, and nobody said in which container. */
  readonly isMemoryUnclear?: boolean;
  readonly exitCode?: number;
  readonly stdout: Uint8Array;
  /** For people; never judged. */
  readonly stderr: string;
}

/** How a dapp answers: by JSON on stdout, or by its exit status alone. */
export type OutputMode = 'verdict' | 'exit';

/** The class of one run. `none` is never an answer: it is retried, never attested, and never means yes. */
export type RunClass =
  | { readonly kind: 'accept' | 'reject'; readonly reasons: readonly string[]; readonly output: Uint8Array; readonly score?: number }
  | { readonly kind: 'none'; readonly code: `GDO${number}`; readonly reason: string };

/** Exit statuses from here on are the shell's and runtime's own: command not found, not executable, ended by a signal. */
const exitOfRuntimeLeast = 126;

/**
 * Classifies one run. Pure and total: every observation has exactly one class, and only the last rows are answers.
 * Source: node.md section 5.3, in the order of its table.
 */
export function classifyRun(observation: RunObservation, mode: OutputMode): RunClass {
  if (observation.startError !== undefined) return none('GDO3001', `The container could not be started: ${observation.startError}`);
  if (observation.timedOut) return none('GDO3002', 'The dapp did not answer within its time and was stopped');
  if (observation.outputExceeded) return none('GDO3003', 'The dapp wrote more output than its limit allows and was stopped');
  if (observation.oomKilled) return none('GDO3004', 'The dapp ran out of memory');
  if (observation.isMemoryUnclear === true)
    return none('GDO3004', 'Something on this machine ran out of memory while the dapp ran, and the container engine did not say that it was not the dapp');
  const exitCode = observation.exitCode;
  if (exitCode === undefined) return none('GDO3001', 'The container engine did not say how the dapp ended');
  if (exitCode >= exitOfRuntimeLeast || exitCode < 0) return none('GDO3005', `The dapp was ended by a signal or could not be executed (exit ${exitCode})`);
  switch (mode) {
    case 'exit':
      return exitCode === 0
        ? { kind: 'accept', reasons: [], output: observation.stdout }
        : { kind: 'reject', reasons: [`The dapp ended with exit ${exitCode}`], output: observation.stdout };
    case 'verdict':
      return exitCode === 0 ? readVerdict(observation.stdout) : none('GDO3006', `The dapp ended with exit ${exitCode} instead of printing a verdict`);
    default:
      return unknownMode(mode);
  }
}

function unknownMode(mode: never): RunClass {
  return none('GDO3006', `The output mode ${String(mode)} is not known`);
}

function none(code: `GDO${number}`, reason: string): RunClass {
  return { kind: 'none', code, reason };
}

/** Reads `{"v":1,"verdict":...,"reasons":[...],"score":...,"writes":[...]}`; anything else, also one byte more, is no decision. */
function readVerdict(stdout: Uint8Array): RunClass {
  if (stdout.length === 0) return none('GDO3006', 'The dapp printed nothing, and no verdict');
  const decoded = decodeCanonical(withoutLineEnd(stdout), { bytesMax: stdout.length });
  if (decoded.kind === 'refused') return none('GDO3006', 'What the dapp printed is not one canonical JSON document');
  const { v, verdict, reasons, score, writes } = decoded.value;
  const sentences = readReasons(reasons);
  const isKnown = v === 1 && sentences !== undefined && !hasOtherFields(decoded.value) && (writes === undefined || areWrites(writes));
  if (!isKnown || (score !== undefined && typeof score !== 'number')) return none('GDO3006', 'What the dapp printed is not a verdict of version 1');
  if (verdict !== 'accept' && verdict !== 'reject') return none('GDO3006', 'What the dapp printed is neither accept nor reject');
  return { kind: verdict, reasons: sentences, output: stdout, ...(score === undefined ? {} : { score }) };
}

/** What a dapp wants kept: pairs of a key and a value. They are part of the compared bytes; nothing reads them yet. */
function areWrites(value: Json): boolean {
  return isList(value) && value.every((pair) => isList(pair) && pair.length === 2 && typeof pair[0] === 'string');
}

/** Programs end their last line; one final line feed is allowed and is part of the compared bytes all the same. */
function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
}

function readReasons(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const sentences: string[] = [];
  for (const entry of value) {
    if (typeof entry !== 'string') return undefined;
    sentences.push(entry);
  }
  return sentences;
}

function hasOtherFields(value: JsonObject): boolean {
  return Object.keys(value).some((key) => !['v', 'verdict', 'reasons', 'score', 'writes'].includes(key));
}
