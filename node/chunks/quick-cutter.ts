// The cutter gear-1 (engine/cutter.ts) as WebAssembly, made here from its published numbers: three times as quick as the same loop in JavaScript, and its memory is shared
// with the threads that hash. It decides nothing of its own: the vectors and a test by chance hold both equal. docs/decisions/0158.
import { chunkBytesMax, chunkBytesMin, cutterRule, gearTable } from '../../engine/index.ts';

/** What of WebAssembly is used. The types of the runtime have none of it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number; readonly shared: true }) => { readonly buffer: SharedArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

/** A memory to fill with content, and the cutter over it. */
export interface QuickCutter {
  readonly memory: SharedArrayBuffer;
  /** As `chunkEnd` says it, of places in the memory. */
  readonly chunkEnd: (from: number, end: number) => number;
}

/** The first bytes of the memory hold the table. */
export const tableBytes: number = 256 * 4;
const pageBytes = 65_536;

/** Makes a cutter over a memory of its own of at least so many bytes, the table among them. */
export function quickCutter(bytesCount: number): QuickCutter {
  const pages = Math.ceil(bytesCount / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  new Uint32Array(memory.buffer, 0, 256).set(gearTable);
  const { chunkEnd } = new WebAssembly.Instance(new WebAssembly.Module(cutterModule(pages)), { gdo: { memory } }).exports;
  if (!isCutter(chunkEnd)) throw new TypeError('WebAssembly made no function');
  return { memory: memory.buffer, chunkEnd };
}

function isCutter(value: unknown): value is QuickCutter['chunkEnd'] {
  return typeof value === 'function';
}

/** Instructions by their names in the specification of WebAssembly (section 5.4), those that are used. */
const [end, branch, branchIf, giveBack, select] = [[0x0b], [0x0c], [0x0d], [0x0f], [0x1b]];
const [ifThen, block, loop] = [
  [0x04, 0x40],
  [0x02, 0x40],
  [0x03, 0x40],
];
const [lessUnsigned, atMostUnsigned, atLeastUnsigned] = [[0x49], [0x4d], [0x4f]];
const [add, subtract, shiftLeft] = [[0x6a], [0x6b], [0x74]];
const [i32, voidFunction] = [0x7f, 0x60];

/** The variables: both arguments, the place of the next byte, the hash, and where a scan stops. */
const [from, limit, at, hash, stop] = [0, 1, 2, 3, 4];
const get = (variable: number): readonly number[] => [0x20, variable];
const set = (variable: number): readonly number[] => [0x21, variable];
const constant = (value: number): readonly number[] => [0x41, ...signed(value)];
/** Loads the byte, or the word, at the address on the stack and so many bytes behind it. */
const loadByte = (behind: number): readonly number[] => [0x2d, 0, ...unsigned(behind)];
const loadWord: readonly number[] = [0x28, 2, 0];

/** LEB128 (section 5.2.2), of numbers from 0 on. */
function unsigned(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): readonly number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

/** hash = 2 hash + table[the byte so many behind `at`] */
function step(behind: number): readonly number[] {
  return [get(hash), constant(1), shiftLeft, get(at), loadByte(behind), constant(2), shiftLeft, loadWord, add, set(hash)].flat();
}

const forward = (count: number): readonly number[] => [get(at), constant(count), add, set(at)].flat();

/** One step, and the function ends behind its byte where the hash has so many zeros at the top: `hash >>> shift === 0`. */
function stepAndCut(behind: number, shift: number): readonly number[] {
  return [step(behind), get(hash), constant(2 ** shift), lessUnsigned, ifThen, get(at), constant(behind + 1), add, giveBack, end].flat();
}

/** Steps that are written out one after the other, so that the loop around them costs little. */
const stepsAtOnce = 4;

/** Goes on up to `from` and so many bytes, or to the limit. */
function scan(length: number, shift: number): readonly number[] {
  const most = [get(limit), get(from), constant(length), add];
  const least = [...most, ...most, lessUnsigned, select, set(stop)];
  const several = Array.from({ length: stepsAtOnce }, (_, behind) => stepAndCut(behind, shift));
  const loops = [
    [block, loop, get(stop), get(at), subtract, constant(stepsAtOnce), lessUnsigned, branchIf, [1], ...several, forward(stepsAtOnce), branch, [0], end, end],
    [block, loop, get(at), get(stop), atLeastUnsigned, branchIf, [1], stepAndCut(0, shift), forward(1), branch, [0], end, end],
  ];
  return [...least, ...loops.flat()].flat();
}

/** The function, in the order of `chunkEnd` of engine/cutter.ts. */
function cutterCode(): readonly number[] {
  const { normalBytes, shiftBefore, shiftAfter, windowBytes } = cutterRule;
  const warm = Array.from({ length: windowBytes - 1 }, (_, behind) => step(behind));
  return [
    [get(limit), get(from), subtract, constant(chunkBytesMin), atMostUnsigned, ifThen, get(limit), giveBack, end].flat(),
    [get(from), constant(chunkBytesMin - windowBytes), add, set(at)].flat(),
    ...warm,
    forward(windowBytes - 1),
    scan(normalBytes - 1, shiftBefore),
    scan(chunkBytesMax, shiftAfter),
    get(stop),
    end,
  ].flat();
}

/** The word asm behind a zero, and the version. */
const moduleHead = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** The module (section 5.5): one type, the memory that it is given, one function and its name. */
function cutterModule(pages: number): Uint8Array {
  const name = (text: string): readonly number[] => [text.length, ...Buffer.from(text, 'latin1')];
  const section = (id: number, bytes: readonly number[]): readonly number[] => [id, ...unsigned(bytes.length), ...bytes];
  // Three variables beside the arguments.
  const code = [1, 3, i32, ...cutterCode()];
  const sharedMemory = 3;
  return Uint8Array.from([
    ...moduleHead,
    ...section(1, [1, voidFunction, 2, i32, i32, 1, i32]),
    ...section(2, [1, ...name('gdo'), ...name('memory'), 2, sharedMemory, ...unsigned(pages), ...unsigned(pages)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('chunkEnd'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
