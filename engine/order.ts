// The order in which an epoch's batches are judged: sequence vectors, what is before what, equivocation, the window (ledger.md section 9).
// It reads no state and no clock.
import { byCodeUnit } from './canonical.ts';
import type { Batch } from './event.ts';

/** What each device is known to have written, by device, inside the epoch: the last sequence number. */
export type SequenceVector = ReadonlyMap<string, number>;

/** A batch with its receipt time, clamped to its dependencies', and its vector. `receivedMs` undefined: no quorum of receipts yet. */
export interface OrderedBatch {
  readonly batch: Batch;
  readonly receivedMs: number | undefined;
  readonly vector: SequenceVector;
}

/** Bounds of one epoch (ledger.md section 9, "Window cap"). */
export const windowBatchesMax = 4_096;
const windowEventsMax = 65_536;
const windowBatchesPerDeviceMax = 256;

/** True iff everything of x is known to y: V(y)[device(x)] >= last seq of x, and x is not y. */
export function before(x: OrderedBatch, y: OrderedBatch): boolean {
  if (x.batch.id === y.batch.id) return false;
  const known = y.vector.get(x.batch.device);
  return known !== undefined && known >= x.batch.seq + x.batch.count - 1;
}

/** True iff neither is before the other. */
export function concurrent(x: OrderedBatch, y: OrderedBatch): boolean {
  return x.batch.id !== y.batch.id && !before(x, y) && !before(y, x);
}

/** The order of an epoch: batches as they are judged, and those that wait for the next one. */
export interface EpochOrder {
  readonly ordered: readonly OrderedBatch[];
  /** Surplus batches of the window cap, and everything that depends on one. */
  readonly waiting: readonly Batch[];
}

/**
 * Orders valid, causally complete batches: Kahn's algorithm with the key (receipt time, batch id). Pure; the order of the input has no effect.
 * @param receivedMs - receipt time of a batch id, or undefined without a quorum of receipts
 */
export function orderBatches(batches: readonly Batch[], receivedMs: (batch: string) => number | undefined): EpochOrder {
  const byId = new Map(batches.map((batch) => [batch.id, batch]));
  const parentsOf = (batch: Batch): readonly string[] => [batch.prev, ...batch.deps].filter((parent) => byId.has(parent));
  const children = new Map<string, Batch[]>();
  const open = new Map<string, number>();
  for (const batch of byId.values()) {
    const parents = parentsOf(batch);
    open.set(batch.id, parents.length);
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), batch]);
  }
  const done = new Map<string, OrderedBatch>();
  const ready = new Heap();
  const offer = (batch: Batch): void => {
    const parents = parentsOf(batch).map((parent) => done.get(parent));
    const own = receivedMs(batch.id);
    const times = [own, ...parents.map((parent) => parent?.receivedMs)];
    // A batch is never received before what it builds on, and has no time while one of those has none.
    const clamped = times.includes(undefined) ? undefined : Math.max(...times.filter((time) => time !== undefined));
    const vector = new Map<string, number>();
    for (const parent of parents) for (const [device, seq] of parent?.vector ?? []) vector.set(device, Math.max(seq, vector.get(device) ?? 0));
    vector.set(batch.device, batch.seq + batch.count - 1);
    ready.push({ batch, receivedMs: clamped, vector });
  };
  for (const batch of byId.values()) if (open.get(batch.id) === 0) offer(batch);
  const ordered: OrderedBatch[] = [];
  const waiting: Batch[] = [];
  const window = new Window();
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    done.set(next.batch.id, next);
    const blocked = waiting.some((late) => next.batch.prev === late.id || next.batch.deps.includes(late.id));
    if (blocked || !window.take(next.batch)) waiting.push(next.batch);
    else ordered.push(next);
    for (const child of children.get(next.batch.id) ?? []) {
      const left = (open.get(child.id) ?? 0) - 1;
      open.set(child.id, left);
      if (left === 0) offer(child);
    }
  }
  return { ordered, waiting };
}

/** Counts what one epoch has taken. Class reserves follow when engines know classes of events (ledger.md section 9). */
class Window {
  private batches = 0;
  private events = 0;
  private readonly perDevice = new Map<string, number>();

  take(batch: Batch): boolean {
    const own = this.perDevice.get(batch.device) ?? 0;
    if (this.batches >= windowBatchesMax || this.events + batch.count > windowEventsMax || own >= windowBatchesPerDeviceMax) return false;
    this.batches += 1;
    this.events += batch.count;
    this.perDevice.set(batch.device, own + 1);
    return true;
  }
}

/** True iff left is judged first: by receipt time, then by batch id; without a receipt last. */
function first(left: OrderedBatch, right: OrderedBatch): boolean {
  const [one, two] = [left.receivedMs ?? Number.POSITIVE_INFINITY, right.receivedMs ?? Number.POSITIVE_INFINITY];
  return one === two ? byCodeUnit(left.batch.id, right.batch.id) < 0 : one < two;
}

/** A binary heap of ready batches. */
class Heap {
  private readonly items: OrderedBatch[] = [];

  push(item: OrderedBatch): void {
    this.items.push(item);
    for (let at = this.items.length - 1; at > 0; ) {
      const up = (at - 1) >> 1;
      if (!this.swapIfFirst(at, up)) break;
      at = up;
    }
  }

  pop(): OrderedBatch | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return top;
    this.items[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [at * 2 + 1, at * 2 + 2];
      const down = this.isFirst(right, left) ? right : left;
      if (!this.swapIfFirst(down, at)) return top;
      at = down;
    }
  }

  private isFirst(one: number, two: number): boolean {
    const [left, right] = [this.items[one], this.items[two]];
    return left !== undefined && (right === undefined || first(left, right));
  }

  private swapIfFirst(lower: number, upper: number): boolean {
    const [down, up] = [this.items[lower], this.items[upper]];
    if (down === undefined || up === undefined || !first(down, up)) return false;
    this.items[lower] = up;
    this.items[upper] = down;
    return true;
  }
}

/** For each device with two batches covering one sequence number: the lowest such number. Everything of it that is no fact is void from there. */
export function forkedDevices(batches: readonly Batch[]): ReadonlyMap<string, number> {
  const forked = new Map<string, number>();
  const byDevice = new Map<string, Batch[]>();
  for (const batch of batches) byDevice.set(batch.device, [...(byDevice.get(batch.device) ?? []), batch]);
  for (const [device, own] of byDevice) {
    const sorted = own.sort((left, right) => left.seq - right.seq || byCodeUnit(left.id, right.id));
    let covered = 0;
    for (const batch of sorted) {
      if (batch.seq <= covered) forked.set(device, Math.min(batch.seq, forked.get(device) ?? batch.seq));
      covered = Math.max(covered, batch.seq + batch.count - 1);
    }
  }
  return forked;
}
