// Hashes chunks that lie in shared memory: git's id and the SHA-256 of each, and the SHA-256 of all of them in order. Large contents are hashed by threads of their own,
// beside the cutting; each thread has one or two of the three sums. What comes of it is the same, whoever hashes. docs/decisions/0134.
import * as crypto from 'node:crypto';
import type * as workerThreads from 'node:worker_threads';
import { Worker } from 'node:worker_threads';

/**
 * Chunks that stand one behind the other in the memory: where the first begins, and where numbers and sums lie: ends (32 bits each), ids (20 bytes) and names (32 bytes).
 * `withIds`: whether ids are made at all.
 */
export interface HashJob {
  readonly from: number;
  readonly count: number;
  readonly ends: number;
  readonly ids: number;
  readonly names: number;
  readonly withIds: boolean;
}

/** The sums that one hasher makes. */
export interface Duties {
  readonly ids: boolean;
  readonly names: boolean;
  readonly whole: boolean;
}

/** Takes jobs in the order of the content. */
export interface BlockHasher {
  readonly hash: (job: HashJob) => void;
  /** SHA-256 of all chunks of all jobs. */
  readonly whole: () => string;
}

/** The part of `node:crypto` that a hasher is given. */
type Sums = Pick<typeof crypto, 'createHash' | 'hash'>;

/** Makes a hasher. Its text is also what a thread runs (`threadText`): it may use nothing but its arguments and what the language has. */
export function blockHasher(sums: Sums, memory: SharedArrayBuffer, duties: Duties): BlockHasher {
  const all = Buffer.from(memory);
  const total = sums.createHash('sha256');
  return {
    hash: (job) => {
      const ends = new Uint32Array(memory, job.ends, job.count);
      let from = job.from;
      for (let index = 0; index < job.count; index += 1) {
        const end = ends[index] ?? from;
        // A sum as a string of one letter a byte: a buffer for each costs a quarter of the hash.
        if (duties.ids && job.withIds) {
          // Two calls cost less than a copy behind the head: shared memory is copied slowly.
          const sum = sums
            .createHash('sha1')
            .update(`blob ${end - from}\0`, 'latin1')
            .update(all.subarray(from, end));
          all.write(sum.digest('binary'), job.ids + index * 20, 'latin1');
        }
        if (duties.names) all.write(sums.hash('sha256', all.subarray(from, end), 'binary'), job.names + index * 32, 'latin1');
        from = end;
      }
      if (duties.whole) total.update(all.subarray(job.from, from));
    },
    whole: () => total.digest('hex'),
  };
}

/** What a thread runs: it answers each job when its sums stand in the memory, and the word `whole` with that sum, which is the last that is asked. */
function serve(threads: typeof workerThreads, sums: Sums, make: typeof blockHasher): void {
  const { memory, duties }: { memory: SharedArrayBuffer; duties: Duties } = threads.workerData;
  const hasher = make(sums, memory, duties);
  const port = threads.parentPort;
  port?.on('message', (job: HashJob | 'whole') => {
    port.postMessage(job === 'whole' ? hasher.whole() : hasher.hash(job));
    if (job === 'whole') port.close();
  });
}

const threadText = (): string => `(${serve.toString()})(require('node:worker_threads'), require('node:crypto'), ${blockHasher.toString()})`;

/** Hashes beside whoever asks. `hash` is done when the sums of the job stand in the memory. */
export interface Hashing {
  readonly hash: (job: HashJob) => Promise<void>;
  readonly whole: () => Promise<string>;
  readonly end: () => Promise<void>;
}

/** Hashes here, at once: for little content. */
export function hashingHere(memory: SharedArrayBuffer): Hashing {
  const hasher = blockHasher(crypto, memory, { ids: true, names: true, whole: true });
  return { hash: async (job) => hasher.hash(job), whole: async () => hasher.whole(), end: async () => undefined };
}

/** The sums by thread. Ids are made where most chunks are new, and then whoever cuts has to compress them, which takes far longer. */
const threadDuties: readonly Duties[] = [
  { ids: false, names: true, whole: false },
  { ids: true, names: false, whole: true },
];

/** Hashes on threads. */
export function hashingThreads(memory: SharedArrayBuffer): Hashing {
  const threads = threadDuties.map((duties) => hashingThread(memory, duties));
  return {
    hash: async (job) => void (await Promise.all(threads.map(({ ask }) => ask(job)))),
    // Asked of all, so that both end while whoever asked goes on.
    whole: async () => String((await Promise.all(threads.map(({ ask }) => ask('whole'))))[1]),
    end: async () => void (await Promise.all(threads.map(({ end }) => end()))),
  };
}

interface HashingThread {
  readonly ask: (message: HashJob | 'whole') => Promise<unknown>;
  readonly end: () => Promise<unknown>;
}

/** A thread keeps next to nothing of its own. */
const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 };

function hashingThread(memory: SharedArrayBuffer, duties: Duties): HashingThread {
  const worker = new Worker(threadText(), { eval: true, execArgv: [], workerData: { memory, duties }, resourceLimits });
  const waiting: { readonly answer: (value: unknown) => void; readonly fail: (error: unknown) => void }[] = [];
  let broken: unknown;
  worker.on('message', (value: unknown) => waiting.shift()?.answer(value));
  worker.on('error', (error) => {
    broken = error;
    for (const one of waiting.splice(0)) one.fail(error);
  });
  const ask = (message: HashJob | 'whole'): Promise<unknown> =>
    new Promise((answer, fail) => {
      if (broken !== undefined) return fail(broken);
      waiting.push({ answer, fail });
      worker.postMessage(message);
    });
  return { ask, end: () => worker.terminate() };
}
