// Looks whether a file is a content that this copy put before and still has: then nothing has to be cut, and its SHA-256 is known without hashing the whole. It decides by
// bytes that were just hashed, and writes nothing. docs/decisions/0183.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PackedIds } from '../git/packed-ids.ts';
import type { Repository } from '../git/repository.ts';
import { openTrails, stepsOnPage, trailedBytesLeast, trailForm, type ContentTrail, type ReadAs } from './content-trail.ts';
import { followCounters, followThread, pageFollower, type FollowJob, type FollowThread, type PageFollower } from './follow-pages.ts';

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
  /** Lets go of the thread and of the trails. */
  readonly end: () => Promise<void>;
}

/** A thread of its own takes a while to start: less than this is compared before. */
const threadBytesLeast: number = 16 * 1024 * 1024;
/** Read in one go: what is hashed lies near then. It takes four chunks of the greatest length. */
const bufferBytes: number = 256 * 1024;
/** Pages all over the file that are compared before the others: where a version differs, one of them mostly tells. */
const samplesMost = 8;
/** And no more than about a quarter of it, for others help with the rest only. */
const pagesPerSample = 4;

/** Begins to compare a file with the trails of contents of its length. @param common - the folder of git that all work trees share @returns undefined where there is none */
export function beginFollowing(common: string, stretch: FileStretch, readAs: ReadAs): Following | undefined {
  const trails = stretch.size < trailedBytesLeast ? [] : openTrails(common, stretch.size, readAs);
  if (trails.length === 0) return undefined;
  const thread = stretch.size < threadBytesLeast ? undefined : followThread();
  let isEnded = false;
  const isStopped = (): boolean => isEnded;
  const sampled = choose(trails, stretch, isStopped);
  const isSame = sampled.then((one) => one !== undefined && compareAll(one, { thread, stretch, isStopped }));
  // Whoever asks hears of it.
  isSame.catch(() => undefined);
  return {
    chosen: sampled.then((one) => one?.trail),
    isSame,
    end: async () => {
      if (isEnded) return;
      isEnded = true;
      await thread?.end();
      await isSame.catch(() => undefined);
      for (const trail of trails) trail.close();
    },
  };
}

interface Sampled {
  readonly trail: ContentTrail;
  readonly job: FollowJob;
  readonly follower: PageFollower;
}

async function choose(trails: readonly ContentTrail[], stretch: FileStretch, isStopped: () => boolean): Promise<Sampled | undefined> {
  for (const trail of trails) {
    const job = jobOf(trail, stretch);
    const follower = pageFollower(fs, crypto, job, followCounters);
    const samples = Math.min(samplesMost, Math.ceil(trail.pages / pagesPerSample));
    for (let sample = 0; sample < samples && !hasDifference(job) && !isStopped(); sample += 1) {
      follower.compare(Math.floor((sample * trail.pages) / samples));
      await setImmediate();
    }
    if (!hasDifference(job)) return { trail, job, follower };
  }
  return undefined;
}

function jobOf({ file: trail, chunks, pages, table }: ContentTrail, { file, from }: FileStretch): FollowJob {
  const memory = new SharedArrayBuffer(followCounters.bytesCount + pages + table.length);
  new Uint8Array(memory).set(table, followCounters.bytesCount + pages);
  return { file, from, trail, chunks, pages, memory, form: trailForm, bufferBytes };
}

const countsOf = ({ memory }: FollowJob): Int32Array => new Int32Array(memory, 0, followCounters.bytesCount / 4);
const hasDifference = (job: FollowJob): boolean => Atomics.load(countsOf(job), followCounters.differs) !== 0;

async function compareAll(
  { job, follower }: Sampled,
  { thread, stretch, isStopped }: { readonly thread: FollowThread | undefined; readonly stretch: FileStretch; readonly isStopped: () => boolean },
): Promise<boolean> {
  const beside = thread?.follow(job);
  beside?.catch(() => undefined);
  // What else waits for its turn here, such as git's answers, gets it between two pages.
  while (!isStopped() && follower.next()) await setImmediate();
  if (isStopped()) return false;
  await beside;
  if (Atomics.load(countsOf(job), followCounters.done) !== job.pages) return false;
  return !stretch.isWhole || fs.readSync(stretch.file, Buffer.alloc(1), 0, 1, stretch.from + stretch.size) === 0;
}

/** Objects of a content that git is asked about one by one, because they are in no pack: more are put as new. */
const looseMost = 1_000;

/** Whether every object of a content lies here: in packs, and a few of them otherwise. What is false about the trail is no content. */
export async function liesHere(repository: Repository, common: string, trail: ContentTrail): Promise<boolean> {
  const packed = new PackedIds(join(common, 'objects', 'pack'));
  try {
    const loose = idsNotIn(packed, trail);
    if (loose === undefined) return false;
    const sizes = await repository.sizes([...loose]);
    return sizes.every((size) => size !== undefined) && !packed.lostPacks();
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
