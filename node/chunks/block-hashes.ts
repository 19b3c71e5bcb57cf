// Hashes chunks that lie in a ring of blocks in shared memory: the SHA-256 and, where it is asked for, git's id of each, and the SHA-256 of all of them in order. Of a large
// content a thread beside whoever cuts has the sum of the whole and the ids; the sums of chunks are made by whichever of both has the time, a block at a time. What comes of it
// is the same, whoever hashes. docs/decisions/0134, 0192.
import type * as crypto from 'node:crypto';
import type { ThreadModules } from './side-thread.ts';

const [endBytes, idBytes, nameBytes] = [4, 20, 32];

/**
 * Where things lie in the memory. `controls`: numbers of 32 bits that both threads read and write (`ringControls`), and behind them a row for each block (`ringRow`). `numbers`: so
 * many bytes for each block: where its chunks end, of 32 bits each; from `idsFrom` on their ids; from `namesFrom` on their SHA-256. `sum`: the SHA-256 of the whole.
 */
export interface RingForm {
  readonly blocks: number;
  readonly controls: number;
  readonly sum: number;
  readonly numbers: number;
  readonly numbersBytes: number;
  readonly idsFrom: number;
  readonly namesFrom: number;
  /** Where all of that ends. */
  readonly end: number;
}

/**
 * `cut`: blocks that were cut. `passed`: those of which the thread has made what only it makes. `ended`: 1 when no more will be cut, and 2 when the sum of the whole is there. `called` and `moved` count what whoever cuts and the thread have done, for the other one to wait for.
 */
export const ringControls = { cut: 0, passed: 1, ended: 2, called: 3, moved: 4, count: 5 } as const;

/** Of one block: where its first chunk begins, how many chunks it has, whether their ids are wanted, and how far their SHA-256 are: 0, 1 while somebody makes them, 2. */
export const ringRow = { from: 0, chunks: 1, withIds: 2, names: 3, count: 4 } as const;

/** Lays a ring out. @param from - where there is room; @param chunksMost - chunks of one block */
export function ringForm({ from, blocks, chunksMost }: { readonly from: number; readonly blocks: number; readonly chunksMost: number }): RingForm {
  const sum = from + (ringControls.count + blocks * ringRow.count) * endBytes;
  // Numbers of 32 bits stand at a multiple of their length, and so does the sum.
  const numbers = sum + nameBytes;
  const [idsFrom, numbersBytes] = [chunksMost * endBytes, chunksMost * (endBytes + idBytes + nameBytes)];
  return { blocks, controls: from, sum, numbers, numbersBytes, idsFrom, namesFrom: idsFrom + chunksMost * idBytes, end: numbers + blocks * numbersBytes };
}

/** What a hasher is given; `controls` and `row` are those above, for a thread that has nothing but its text. */
export interface RingJob {
  readonly memory: SharedArrayBuffer;
  readonly form: RingForm;
  readonly controls: typeof ringControls;
  readonly row: typeof ringRow;
}

/** Hashes blocks of a ring; `block` is a place in it. */
export interface RingHasher {
  /** Makes the SHA-256 of the chunks of a block, if nobody has begun with them. @returns whether it did */
  readonly names: (block: number) => boolean;
  /** Makes ids, where they are wanted, and takes the block into the sum of the whole. Blocks come in order. */
  readonly pass: (block: number) => void;
  /** SHA-256 of all blocks that passed. */
  readonly whole: () => Buffer;
}

/** Makes a hasher. Its text is also what a thread runs (`ringThreadText`): it may use nothing but its arguments and what the language has. */
export function ringHasher(sums: Pick<typeof crypto, 'createHash' | 'hash'>, { memory, form, controls, row }: RingJob): RingHasher {
  const all = Buffer.from(memory);
  const counts = new Int32Array(memory, form.controls, controls.count + form.blocks * row.count);
  const total = sums.createHash('sha256');
  const rowOf = (block: number): number => controls.count + block * row.count;
  const numbersOf = (block: number): number => form.numbers + block * form.numbersBytes;
  const endsOf = (block: number): Uint32Array => new Uint32Array(memory, numbersOf(block), counts[rowOf(block) + row.chunks]);
  return {
    names: (block) => {
      const place = rowOf(block);
      if (Atomics.compareExchange(counts, place + row.names, 0, 1) !== 0) return false;
      let from = counts[place + row.from] ?? 0;
      let at = numbersOf(block) + form.namesFrom;
      for (const end of endsOf(block)) {
        // A sum as a string of one letter a byte: a buffer for each costs a quarter of the hash.
        at += all.write(sums.hash('sha256', all.subarray(from, end), 'binary'), at, 'latin1');
        from = end;
      }
      Atomics.store(counts, place + row.names, 2);
      return true;
    },
    pass: (block) => {
      const place = rowOf(block);
      const first = counts[place + row.from] ?? 0;
      let from = first;
      let at = numbersOf(block) + form.idsFrom;
      for (const end of endsOf(block)) {
        if (counts[place + row.withIds] === 1) {
          // Two calls cost less than a copy behind the head: shared memory is copied slowly.
          const sum = sums
            .createHash('sha1')
            .update(`blob ${end - from}\0`, 'latin1')
            .update(all.subarray(from, end));
          at += all.write(sum.digest('binary'), at, 'latin1');
        }
        from = end;
      }
      total.update(all.subarray(first, from));
    },
    whole: () => total.digest(),
  };
}

/** What a thread does: it passes every block in order, makes the SHA-256 of its chunks if nobody has begun with them, and waits for the next one. */
function serve({ sums }: ThreadModules, job: RingJob, make: typeof ringHasher): void {
  const { controls, form, memory } = job;
  const hasher = make(sums, job);
  const counts = new Int32Array(memory, form.controls, controls.count);
  const moved = (): void => {
    Atomics.add(counts, controls.moved, 1);
    Atomics.notify(counts, controls.moved);
  };
  for (let count = 0; ;) {
    const called = Atomics.load(counts, controls.called);
    // Asked before how many there are: when it has ended that is the last word.
    const isEnded = Atomics.load(counts, controls.ended) !== 0;
    if (Atomics.load(counts, controls.cut) > count) {
      const block = count % form.blocks;
      hasher.pass(block);
      count += 1;
      Atomics.store(counts, controls.passed, count);
      moved();
      if (hasher.names(block)) moved();
    } else if (isEnded) {
      Buffer.from(memory).set(hasher.whole(), form.sum);
      Atomics.store(counts, controls.ended, 2);
      return moved();
    } else Atomics.wait(counts, controls.called, called);
  }
}

/** The text of what a thread runs, given a `RingJob`. */
export const ringThreadText = (): string => `(modules, job) => (${serve.toString()})(modules, job, ${ringHasher.toString()})`;
