// Looks whether a file is a content that this copy put before and still has: then nothing has to be cut, and its SHA-256 is known without hashing the whole. It decides by
// bytes that were just hashed, and writes nothing. docs/decisions/0183.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PackedIds } from '../git/packed-ids.ts';
import type { Repository } from '../git/repository.ts';
import { openTrails, stepsOnPage, trailedBytesLeast, trailForm, type ContentTrail, type ReadAs } from './content-trail.ts';
import { followCounters, followThreadText, pageFollower, type FollowJob } from './follow-pages.ts';
import { packsStand } from './pack-marks.ts';
import type { SideThread } from './side-thread.ts';

/** Bytes of an open file that can be read once more. `isWhole`: they are all of it, and it must have no more when they were read. */
export interface FileStretch {
  readonly file: number;
  readonly from: number;
  readonly size: number;
  readonly isWhole: boolean;
}

/** A file that may be a content of a trail. */
export interface Following {
  /** The one trail that it may follow, as far as some pages of it say, or undefined. */
  readonly chosen: Promise<ContentTrail | undefined>;
  /** Whether it is that content, to its last byte. */
  readonly isSame: Promise<boolean>;
  /** Compares no more, on no thread, and lets go of the trails. */
  readonly end: () => Promise<void>;
}

/** A thread of its own takes a while to start: less than this is compared before. */
const threadBytesLeast: number = 16 * 1024 * 1024;
/** Read in one go: what is hashed lies near then. It takes four chunks of the greatest length. */
const bufferBytes: number = 256 * 1024;
/** Pages all over the file that are compared before the others: where a version differs, one of them mostly tells. */
const samplesMost = 8;
/** And no more than about a quarter of all. */
const pagesPerSample = 4;

/** What is compared, and the thread that helps with what is large. `progress` hears about how many bytes were; it begins anew with each trail. */
export interface FollowRequest {
  readonly stretch: FileStretch;
  readonly readAs: ReadAs;
  readonly thread: SideThread;
  readonly progress: ((bytesCount: number) => void) | undefined;
}

/** Begins to compare a file with the trails of contents of its length. @param common - the folder of git that all work trees share @returns undefined where there is none */
export function beginFollowing(common: string, { stretch, readAs, thread, progress }: FollowRequest): Following | undefined {
  const trails = stretch.size < trailedBytesLeast ? [] : openTrails(common, stretch.size, readAs);
  if (trails.length === 0) return undefined;
  let isEnded = false;
  let choose: (trail: ContentTrail | undefined) => void = () => undefined;
  const chosen = new Promise<ContentTrail | undefined>((answer) => (choose = answer));
  const helper = stretch.size < threadBytesLeast ? undefined : thread;
  const isSame = compareAny(trails, { stretch, thread: helper, progress, isStopped: () => isEnded, choose });
  // Whoever asks hears of what went wrong.
  isSame.catch(() => choose(undefined));
  return {
    chosen,
    isSame,
    end: async () => {
      if (isEnded) return;
      isEnded = true;
      await isSame.catch(() => undefined);
      for (const trail of trails) trail.close();
    },
  };
}

/** How trails are compared. `choose` hears of the first one that some pages do not contradict, and of none at the end. */
interface Comparing {
  readonly stretch: FileStretch;
  readonly thread: SideThread | undefined;
  readonly progress: ((bytesCount: number) => void) | undefined;
  readonly isStopped: () => boolean;
  readonly choose: (trail: ContentTrail | undefined) => void;
}

/** @returns whether the file is the content of the chosen one */
async function compareAny(trails: readonly ContentTrail[], comparing: Comparing): Promise<boolean> {
  for (const trail of trails) {
    const came = await compareOne(trail, comparing);
    if (came !== 'differs early') return came === 'same';
  }
  comparing.choose(undefined);
  return false;
}

async function compareOne(trail: ContentTrail, { stretch, thread, progress, isStopped, choose }: Comparing): Promise<'same' | 'differs early' | 'differs'> {
  const job = jobOf(trail, stretch);
  const counts = new Int32Array(job.memory, 0, followCounters.bytesCount / 4);
  const count = (counter: 'differs' | 'done'): number => Atomics.load(counts, followCounters[counter]);
  const { next } = pageFollower({ files: fs, sums: crypto }, job);
  const beside = thread?.run(followThreadText(), job);
  beside?.catch(() => undefined);
  let isChosen = false;
  // What else waits for its turn here, such as git's answers, gets it between two pages.
  for (let isMore = true; isMore && !isStopped(); await setImmediate()) {
    isMore = next();
    progress?.(Math.floor((count('done') / job.pages) * trail.size));
    if (isChosen || count('differs') !== 0 || count('done') < job.samples) continue;
    isChosen = true;
    choose(trail);
  }
  // The thread stops at its next page, too.
  if (isStopped()) Atomics.store(counts, followCounters.differs, 1);
  await beside;
  const isSame = count('differs') === 0 && count('done') === job.pages;
  if (!isSame) return isChosen || isStopped() ? 'differs' : 'differs early';
  choose(trail);
  return !stretch.isWhole || fs.readSync(stretch.file, Buffer.alloc(1), 0, 1, stretch.from + stretch.size) === 0 ? 'same' : 'differs';
}

function jobOf({ file: trail, chunks, pages, table }: ContentTrail, { file, from }: FileStretch): FollowJob {
  const memory = new SharedArrayBuffer(followCounters.bytesCount + table.length);
  new Uint8Array(memory).set(table, followCounters.bytesCount);
  const samples = Math.min(samplesMost, Math.ceil(pages / pagesPerSample));
  return { file, from, trail, chunks, pages, samples, memory, form: trailForm, counters: followCounters, bufferBytes };
}

/** Objects of a content that git is asked about one by one, because they are in no pack: more are put as new. */
const looseMost = 1_000;

/**
 * Whether every object of a content lies here: in the packs in which it lay, which are those still; or else in any packs, and a few otherwise. A trail that is false about them
 * leads nowhere. For callers beside whom nobody prunes.
 */
export async function liesHere(repository: Repository, common: string, trail: ContentTrail): Promise<boolean> {
  const folder = join(common, 'objects', 'pack');
  const hasPacks = trail.packs > 0 && packsStand(folder, trail.packMarks);
  const loose = hasPacks ? idsIn(trail.looseIds) : looseIn(folder, trail);
  return loose !== undefined && (await repository.sizes([...loose])).every((size) => size !== undefined);
}

function idsIn(ids: Buffer): readonly string[] {
  const { idBytes } = trailForm;
  return Array.from({ length: ids.length / idBytes }, (_, index) => ids.toString('hex', index * idBytes, (index + 1) * idBytes));
}

function looseIn(folder: string, trail: ContentTrail): ReadonlySet<string> | undefined {
  const packed = new PackedIds(folder);
  try {
    const loose = idsNotIn(packed, trail);
    return packed.lostPacks() ? undefined : loose;
  } finally {
    packed.close();
  }
}

function idsNotIn(packed: PackedIds, trail: ContentTrail): ReadonlySet<string> | undefined {
  const { idBytes, stepBytes, stepsPerPage, pageBytes, offsetBytes, rowBytes, nameBytes } = trailForm;
  const loose = new Set<string>();
  const look = (ids: Buffer): boolean => {
    for (let at = 0; at < ids.length; at += idBytes) if (!packed.has(ids, at)) loose.add(ids.toString('hex', at, at + idBytes));
    return loose.size <= looseMost;
  };
  const buffer = Buffer.alloc(stepsPerPage * idBytes);
  for (let page = 0; page < trail.pages; page += 1) {
    const steps = stepsOnPage(trail, page);
    const ids = buffer.subarray(0, steps * idBytes);
    if (fs.readSync(trail.file, ids, 0, ids.length, page * pageBytes + steps * stepBytes) !== ids.length) return undefined;
    const sum = page * rowBytes + offsetBytes + nameBytes;
    if (
      !crypto
        .createHash('sha256')
        .update(ids)
        .digest()
        .equals(trail.table.subarray(sum, sum + nameBytes)) ||
      !look(ids)
    )
      return undefined;
  }
  return look(trail.otherIds) ? loose : undefined;
}
