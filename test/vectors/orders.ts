// Epochs to be ordered, without signatures: what waits, what a bound of the window leaves out, and which device has forked (SPEC.md section 10).
import type { EventKind } from '../../engine/index.ts';

/** One batch as far as the order looks at it. Parents before those that build on them. */
export interface OrderBatch {
  readonly id: string;
  readonly device: string;
  readonly seq: number;
  readonly count: number;
  readonly prev?: string;
  readonly deps: readonly string[];
  /** The kinds of its events; facts where there are fewer than `count`. */
  readonly kinds: readonly EventKind[];
}

/** An epoch before it is ordered. `final` are the devices with their last final number; a parent that is not listed is final. */
export interface OrderCase {
  readonly name: string;
  readonly window: number;
  readonly time: number;
  readonly final: readonly (readonly [device: string, seq: number])[];
  readonly batches: readonly OrderBatch[];
  readonly times: readonly (readonly [id: string, timeMs: number])[];
}

const wide = 4_096;

function batch(id: string, device: string, place: Partial<OrderBatch> & { readonly seq: number }): OrderBatch {
  return { id, device, count: 1, deps: [], kinds: ['ballot'], ...place };
}

/** A chain of one device, each of so many facts. */
function chain(device: string, length: number, count: number): readonly OrderBatch[] {
  return Array.from({ length }, (_, index) => ({
    id: `${device}${String(index).padStart(4, '0')}`,
    device,
    seq: 1 + index * count,
    count,
    ...(index === 0 ? {} : { prev: `${device}${String(index - 1).padStart(4, '0')}` }),
    deps: [],
    kinds: [],
  }));
}

const inTurn = (batches: readonly OrderBatch[]): OrderCase['times'] => batches.map(({ id }, index) => [id, 1 + index]);
const full = [...chain('a', 256, 255), ...chain('b', 1, 255)];
const brim = [
  ...full,
  batch('c0000', 'c', { seq: 1, count: 2, kinds: [] }),
  batch('d0000', 'd', { seq: 1, kinds: [] }),
  batch('e0000', 'e', { seq: 1, kinds: [] }),
];
const long = chain('f', 258, 1);
const crowd = Array.from({ length: 10 }, (_, index) => batch(`g${index}`, `g${index}`, { seq: 1 }));

/** All cases. */
export const orderCases: readonly OrderCase[] = [
  {
    name: 'by receipt time and then by id',
    window: wide,
    time: 9,
    final: [],
    batches: [batch('b', 'x', { seq: 1 }), batch('a', 'y', { seq: 1 }), batch('c', 'z', { seq: 1 })],
    times: [
      ['a', 5],
      ['b', 5],
      ['c', 4],
    ],
  },
  {
    name: 'a batch is not received before what it builds on, and what builds on that is later still',
    window: wide,
    time: 9,
    final: [['x', 3]],
    batches: [
      batch('p', 'x', { seq: 4, prev: 'old' }),
      batch('a', 'y', { seq: 1, deps: ['p'] }),
      batch('b', 'y', { seq: 2, prev: 'a' }),
      batch('c', 'z', { seq: 1 }),
    ],
    times: [
      ['p', 7],
      ['a', 1],
      ['b', 2],
      ['c', 7],
    ],
  },
  {
    name: 'without a receipt time, or with one after the checkpoint, a batch waits with all that builds on it',
    window: wide,
    time: 9,
    final: [],
    batches: [
      batch('a', 'x', { seq: 1 }),
      batch('b', 'y', { seq: 1, deps: ['a'] }),
      batch('c', 'z', { seq: 1 }),
      batch('d', 'z', { seq: 2, prev: 'c', deps: ['b'] }),
      batch('e', 'v', { seq: 1 }),
    ],
    times: [
      ['b', 3],
      ['c', 9],
      ['d', 4],
      ['e', 10],
    ],
  },
  {
    name: 'the last eighth of the window is for what takes power away and nothing else',
    window: 8,
    time: 99,
    final: [],
    batches: [
      ...crowd.slice(0, 7),
      batch('h1', 'h1', { seq: 1 }),
      batch('h2', 'h2', { seq: 1, count: 2, kinds: ['key.revoke', 'ballot'] }),
      batch('h3', 'h3', { seq: 1, count: 2, kinds: [] }),
      batch('h4', 'h4', { seq: 1, count: 3, kinds: ['revoke', 'suspend'] }),
      batch('h5', 'h5', { seq: 1, kinds: ['key.revoke'] }),
    ],
    times: inTurn([...crowd.slice(0, 7), ...['h1', 'h2', 'h3', 'h4', 'h5'].map((id) => batch(id, id, { seq: 1 }))]),
  },
  { name: 'a window of three has no eighth', window: 3, time: 99, final: [], batches: crowd.slice(0, 4), times: inTurn(crowd.slice(0, 4)) },
  {
    name: 'each kind that takes power away is reserved',
    window: 8,
    time: 99,
    final: [],
    batches: [...crowd.slice(0, 7), ...(['issue', 'release', 'key.enrol', 'lock'] as const).map((kind) => batch(`k-${kind}`, kind, { seq: 1, kinds: [kind] }))],
    times: [...inTurn(crowd.slice(0, 7)), ['k-issue', 20], ['k-release', 21], ['k-key.enrol', 22], ['k-lock', 23]],
  },
  {
    name: 'what would pass 65,536 events waits, and a smaller one behind it is taken',
    window: wide,
    time: 9_999,
    final: [],
    batches: brim,
    times: inTurn(brim),
  },
  { name: 'the 257th batch of a device waits, and so does the next', window: wide, time: 9_999, final: [], batches: long, times: inTurn(long) },
  {
    name: 'two batches with one number are a fork from that number',
    window: wide,
    time: 9,
    final: [],
    batches: [
      batch('a', 'x', { seq: 1 }),
      batch('b', 'x', { seq: 2, prev: 'a' }),
      batch('c', 'x', { seq: 2, prev: 'a' }),
      batch('d', 'x', { seq: 3, prev: 'b' }),
    ],
    times: [
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 4],
    ],
  },
  {
    name: 'a batch inside a longer one is a fork from its own number',
    window: wide,
    time: 9,
    final: [],
    batches: [
      batch('a', 'x', { seq: 1, count: 3, kinds: ['ballot', 'ballot', 'ballot'] }),
      batch('b', 'x', { seq: 1 }),
      batch('c', 'x', { seq: 2, prev: 'b' }),
    ],
    times: [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ],
  },
  {
    name: 'a batch below what is final is a fork, and other devices are not touched',
    window: wide,
    time: 9,
    final: [
      ['x', 4],
      ['y', 2],
    ],
    batches: [batch('a', 'x', { seq: 5, prev: 'old' }), batch('b', 'x', { seq: 3, prev: 'older' }), batch('c', 'y', { seq: 3, prev: 'other' })],
    times: [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ],
  },
  {
    name: 'a branch that waits makes no fork yet',
    window: wide,
    time: 9,
    final: [],
    batches: [batch('a', 'x', { seq: 1 }), batch('b', 'x', { seq: 1, deps: ['old'] })],
    times: [
      ['a', 1],
      ['b', 10],
    ],
  },
];
