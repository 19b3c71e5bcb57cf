// Compares a file with the trail of a content, a page at a time, on as many threads as there are: each takes the next page that nobody has, reads its bytes of the file and
// holds every chunk against its SHA-256. Equal chunks of equal lengths in equal order are the same content, cut where the cutter would cut it.
import type { trailForm } from './content-trail.ts';
import type { ThreadModules } from './side-thread.ts';

/**
 * What is followed. `file`: descriptor, read from `from` on; `trail`: descriptor of the trail. `samples`: pages all over the content that come first. `memory`: `counters`, and
 * the table.
 */
export interface FollowJob {
  readonly file: number;
  readonly from: number;
  readonly trail: number;
  readonly chunks: number;
  readonly pages: number;
  readonly samples: number;
  readonly memory: SharedArrayBuffer;
  readonly form: typeof trailForm;
  readonly counters: typeof followCounters;
  readonly bufferBytes: number;
}

/** Counters at the front of the memory: the next page, whether a difference was found, and how many pages were compared. */
export const followCounters = { next: 0, differs: 1, done: 2, bytesCount: 16 } as const;

/** Follows on one thread. */
export interface PageFollower {
  /** Compares the next page that nobody has. @returns whether there was one, and no difference yet */
  readonly next: () => boolean;
}

/** Makes a follower. Its text is also what a thread runs: it may use nothing but its arguments and what the language has. */
export function pageFollower({ files, sums }: ThreadModules, job: FollowJob): PageFollower {
  const { counters, form, memory, pages } = job;
  const counts = new Int32Array(memory, 0, counters.bytesCount / 4);
  const table = Buffer.from(memory, counters.bytesCount);
  const names = Buffer.alloc(form.stepsPerPage * form.stepBytes);
  const buffer = Buffer.allocUnsafeSlow(job.bufferBytes);
  const isRead = (file: number, length: number, into: Buffer, from: number): boolean => {
    for (let filled = 0; filled < length;) {
      const count = files.readSync(file, into, filled, length - filled, from + filled);
      if (count === 0) return false;
      filled += count;
    }
    return true;
  };
  const isSum = (bytes: Buffer, at: number, of: Buffer): boolean => {
    // A string of one letter a byte: a buffer for each sum costs a quarter of the hash.
    const sum = sums.hash('sha256', of, 'binary');
    for (let index = 0; index < form.nameBytes; index += 1) if (sum.charCodeAt(index) !== bytes[at + index]) return false;
    return true;
  };
  const isEqual = (page: number): boolean => {
    const steps = Math.min(form.stepsPerPage, job.chunks - page * form.stepsPerPage);
    const row = page * form.rowBytes;
    if (!isRead(job.trail, steps * form.stepBytes, names, page * form.pageBytes)) return false;
    if (!isSum(table, row + form.offsetBytes, names.subarray(0, steps * form.stepBytes))) return false;
    let from = job.from + table.readUIntBE(row, form.offsetBytes);
    for (let step = 0; step < steps;) {
      // As many whole chunks as the buffer takes: what is read is hashed while it is near.
      let [end, length] = [step, 0];
      for (; end < steps; end += 1) {
        const size = names.readUInt32BE(end * form.stepBytes + form.nameBytes);
        if (length + size > buffer.length) break;
        length += size;
      }
      if (end === step || !isRead(job.file, length, buffer, from)) return false;
      for (let at = 0; step < end; step += 1) {
        const place = step * form.stepBytes;
        const size = names.readUInt32BE(place + form.nameBytes);
        if (!isSum(names, place, buffer.subarray(at, at + size))) return false;
        at += size;
      }
      from += length;
    }
    return true;
  };
  const sampleAt = (sample: number): number => Math.floor((sample * pages) / job.samples);
  const samples = new Set(Array.from({ length: job.samples }, (_, sample) => sampleAt(sample)));
  return {
    next: () => {
      for (;;) {
        const turn = Atomics.load(counts, counters.differs) === 0 ? Atomics.add(counts, counters.next, 1) : pages + job.samples;
        if (turn >= pages + job.samples) return false;
        const page = turn < job.samples ? sampleAt(turn) : turn - job.samples;
        if (turn >= job.samples && samples.has(page)) continue;
        if (isEqual(page)) Atomics.add(counts, counters.done, 1);
        else Atomics.store(counts, counters.differs, 1);
        return true;
      }
    },
  };
}

/** What a thread does: it compares pages as long as there are any. */
function follow(modules: ThreadModules, job: FollowJob, make: typeof pageFollower): void {
  const { next } = make(modules, job);
  while (next()) continue;
}

/** The text of what a thread runs, given a `FollowJob`. */
export const followThreadText = (): string => `(modules, job) => (${follow.toString()})(modules, job, ${pageFollower.toString()})`;
