// The order in which an epoch's batches are judged: sequence vectors, what is before what, equivocation, the window (ledger.md section 9).
// It reads no state and no clock.
import { byCodeUnit } from './canonical.ts';
import type { Batch, LedgerEvent } from './event.ts';
import { ReadyHeap } from './ready-heap.ts';

/** What each device is known to have written, by device, inside the epoch: the last sequence number. */
export type SequenceVector = ReadonlyMap<string, number>;

/** A batch with its receipt time, clamped to its dependencies', and its vector. */
export interface OrderedBatch {
  readonly batch: Batch;
  readonly receivedMs: number;
  readonly vector: SequenceVector;
}

/** Serves only the window's reserve: 0 takes power away, 1 gives power, 2 the rest (ledger.md section 6). */
export type EventClass = 0 | 1 | 2;

/** Bounds of one epoch (ledger.md section 9, "Window cap"). */
export const windowBatchesMax = 4_096;
const windowEventsMax = 65_536;
const windowBatchesPerDeviceMax = 256;
/** One batch in eight is kept for class 0: 512 of 4,096. */
const reserveShare = 8;

/** True iff everything of x is known to y: V(y)[device(x)] >= last seq of x, and x is not y. */
export function before(x: OrderedBatch, y: OrderedBatch): boolean {
  if (x.batch.id === y.batch.id) return false;
  const known = y.vector.get(x.batch.device);
  return known !== undefined && known >= lastSeq(x.batch);
}

/** True iff neither is before the other. A batch is not concurrent with itself. */
export function concurrent(x: OrderedBatch, y: OrderedBatch): boolean {
  return x.batch.id !== y.batch.id && !before(x, y) && !before(y, x);
}

/** The last sequence number that a batch covers. */
export function lastSeq(batch: Batch): number {
  return batch.seq + batch.count - 1;
}

/** What an epoch is ordered from. `batches` are valid and causally complete, in any order; a repeated id counts once. */
export interface OrderInput {
  readonly batches: readonly Batch[];
  /** Receipt time of a batch id, or undefined without a quorum of receipts. */
  readonly receivedMs: (batch: string) => number | undefined;
  /** The checkpoint time: what is received later waits. */
  readonly timeMs: number;
  readonly windowBatches: number;
  readonly classOf: (event: LedgerEvent) => EventClass;
}

/** The order of an epoch: batches as they are judged, and those that wait for a later one. */
export interface EpochOrder {
  readonly ordered: readonly OrderedBatch[];
  /** Without a receipt time, received after the checkpoint time, beyond the window, or built on one of these; ascending by id. */
  readonly waiting: readonly Batch[];
}

/** Orders batches: Kahn's algorithm with the key (receipt time, batch id). Pure; the order of the input has no effect. */
export function orderBatches(input: OrderInput): EpochOrder {
  const byId = new Map(input.batches.map((batch) => [batch.id, batch]));
  const parentsOf = (batch: Batch): readonly string[] => {
    // Most batches of an epoch build on nothing in it.
    if (batch.deps.length === 0) return byId.has(batch.prev) ? [batch.prev] : noParents;
    return [...new Set([batch.prev, ...batch.deps])].filter((parent) => byId.has(parent));
  };
  const children = new Map<string, Batch[]>();
  const missing = new Map<string, number>();
  const included = new Map<string, OrderedBatch>();
  const ready = new ReadyHeap<OrderedBatch>(judgedFirst);
  const offer = (batch: Batch): void => {
    const parents = parentsOf(batch).map((parent) => included.get(parent));
    const receivedMs = clampedTime(input.receivedMs(batch.id), parents);
    if (receivedMs !== undefined && receivedMs <= input.timeMs) ready.push({ batch, receivedMs, vector: vectorOf(batch, parents) });
  };
  for (const batch of byId.values()) {
    const parents = parentsOf(batch);
    missing.set(batch.id, parents.length);
    for (const parent of parents) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [batch]);
      else known.push(batch);
    }
  }
  for (const batch of byId.values()) if (missing.get(batch.id) === 0) offer(batch);
  const window = new Window(input);
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    // What a batch in waiting is a parent of never becomes ready, so it waits too.
    if (!window.take(next.batch)) continue;
    included.set(next.batch.id, next);
    for (const child of children.get(next.batch.id) ?? []) {
      const left = (missing.get(child.id) ?? 0) - 1;
      missing.set(child.id, left);
      if (left === 0) offer(child);
    }
  }
  const waiting = [...byId.values()].filter((batch) => !included.has(batch.id)).sort((left, right) => byCodeUnit(left.id, right.id));
  return { ordered: [...included.values()], waiting };
}

const noParents: readonly string[] = [];

/** A batch is never received before what it builds on. */
function clampedTime(own: number | undefined, parents: readonly (OrderedBatch | undefined)[]): number | undefined {
  if (own === undefined) return undefined;
  let latest = own;
  for (const parent of parents) if (parent !== undefined && parent.receivedMs > latest) latest = parent.receivedMs;
  return latest;
}

function vectorOf(batch: Batch, parents: readonly (OrderedBatch | undefined)[]): SequenceVector {
  const vector = new Map<string, number>();
  for (const parent of parents) for (const [device, seq] of parent?.vector ?? []) vector.set(device, Math.max(seq, vector.get(device) ?? 0));
  return vector.set(batch.device, lastSeq(batch));
}

function judgedFirst(left: OrderedBatch, right: OrderedBatch): boolean {
  return left.receivedMs === right.receivedMs ? left.batch.id < right.batch.id : left.receivedMs < right.receivedMs;
}

/** Counts what one epoch has taken. A batch is as late a class as its latest event: nothing gets in by riding along with a removal. */
class Window {
  private readonly input: OrderInput;
  private batches = 0;
  private events = 0;
  private readonly perDevice = new Map<string, number>();

  constructor(input: OrderInput) {
    this.input = input;
  }

  take(batch: Batch): boolean {
    const own = this.perDevice.get(batch.device) ?? 0;
    const most = this.input.windowBatches;
    if (this.batches >= most || this.events + batch.count > windowEventsMax || own >= windowBatchesPerDeviceMax) return false;
    if (this.batches >= most - Math.floor(most / reserveShare) && !this.isReserved(batch)) return false;
    this.batches += 1;
    this.events += batch.count;
    this.perDevice.set(batch.device, own + 1);
    return true;
  }

  private isReserved(batch: Batch): boolean {
    const judged = batch.events.filter((event) => event.kind !== 'fact');
    return judged.length > 0 && judged.every((event) => this.input.classOf(event) === 0);
  }
}

/**
 * Finds equivocation: for each device with two batches covering one sequence number, the lowest such number that is not final. Everything of
 * the device that is no fact is void from there.
 * @param finalSeq - the last final sequence number of a device, 0 for none; a second branch below it counts from its own first number
 */
export function forkedDevices(batches: readonly Batch[], finalSeq: (device: string) => number): ReadonlyMap<string, number> {
  const forked = new Map<string, number>();
  const covered = new Map<string, number>();
  // Batches under one number tell the same in either order.
  for (const batch of [...batches].sort((left, right) => left.seq - right.seq)) {
    const known = covered.get(batch.device) ?? finalSeq(batch.device);
    if (batch.seq <= known && !forked.has(batch.device)) forked.set(batch.device, batch.seq);
    covered.set(batch.device, Math.max(known, lastSeq(batch)));
  }
  return forked;
}
