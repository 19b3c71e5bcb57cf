// Unpacks small pushes that wait at the same time with one run of git: a town that votes sends ballots, and a program started for each costs more than all else. Whoever
// does not fit together is found by halves and unpacked alone, by http-push.ts. Judges nothing.
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { joinPacks } from '../git/pack.ts';
import type { Quarantine } from '../git/quarantine.ts';
import { readWaitingObjects, reachedFrom, type WaitingObjects } from '../git/waiting-objects.ts';
import { unpack } from './unpack.ts';

/** What one push got. `done` is called once, when nothing of it is read or moved any more. */
export interface Unpacked {
  readonly quarantine: Quarantine;
  /** What its heads reach of that which arrived with it. */
  readonly waiting: WaitingObjects;
  /** Its part of the time that unpacking took. */
  readonly seconds: number;
  readonly done: () => Promise<void>;
}

/** Unpacks the pack of one push, together with others. @returns undefined where it has to be unpacked alone */
export type UnpackTogether = (pack: Buffer, heads: readonly string[]) => Promise<Unpacked | undefined>;

/** What is unpacked together: a ballot has three objects in half a kilobyte. No more than these claim a mebibyte each. */
export const togetherMax = { bytes: 16_384, objectsCount: 16 } as const;

/** Pushes of one run, and so as many as are taken to it at one time. */
export const runMax = 32;

/** What a run may use, below what a push alone may: an object of more than half a mebibyte, or two seconds of processor, end it, and its pushes are tried in halves. */
const limits = { allocationBytes: 1_048_576, processorSeconds: 2 } as const;

interface Waiting {
  readonly pack: Buffer;
  readonly heads: readonly string[];
  readonly resolve: (unpacked: Unpacked | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Unpacks for one repository, run after run: whoever comes while one runs is in the next. */
export function unpackTogether(gitDirectory: string): UnpackTogether {
  const waiting: Waiting[] = [];
  let isRunning = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      // What arrived in one breath goes in one run.
      await new Promise(setImmediate);
      await unpackAll(gitDirectory, waiting.splice(0, runMax));
    }
    isRunning = false;
  };
  return (pack, heads) =>
    new Promise((resolve, reject) => {
      if (pack.length > togetherMax.bytes || heads.length === 0) return resolve(undefined);
      waiting.push({ pack, heads, resolve, reject });
      if (!isRunning) void run();
    });
}

/** Unpacks pushes in one run, or in halves where one of them spoils it. Answers each of them. */
async function unpackAll(gitDirectory: string, pushes: readonly Waiting[]): Promise<void> {
  try {
    const isUnpacked = await unpackOnce(gitDirectory, pushes);
    if (isUnpacked) return;
    if (pushes.length === 1) return pushes[0]?.resolve(undefined);
    const half = Math.ceil(pushes.length / 2);
    await unpackAll(gitDirectory, pushes.slice(0, half));
    await unpackAll(gitDirectory, pushes.slice(half));
  } catch (error) {
    for (const { reject } of pushes) reject(error);
  }
}

async function unpackOnce(gitDirectory: string, pushes: readonly Waiting[]): Promise<boolean> {
  const pack = joinPacks(
    pushes.map((push) => push.pack),
    togetherMax.objectsCount,
  );
  if (pack === undefined) return false;
  const started = performance.now();
  const objects = join(gitDirectory, 'objects');
  // The name is one that the sweep of leftovers knows.
  const folder = mkdtempSync(join(objects, 'tmp_objdir-push-'));
  const quarantine = { objectDirectory: folder, alternates: objects };
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const end = await unpack({ gitDirectory, quarantine, to: 'loose', pack, limits });
  const all = end.code === 0 ? readWaitingObjects(folder) : undefined;
  if (all === undefined) {
    await remove();
    return false;
  }
  const seconds = (performance.now() - started) / 1000 / pushes.length;
  let users = pushes.length;
  const done = async (): Promise<void> => {
    users -= 1;
    if (users === 0) await remove();
  };
  for (const { heads, resolve, reject } of pushes) {
    // A pack whose entries reached into those of a neighbour would have hidden them: whoever misses something is unpacked alone.
    const isWhole = heads.every((head) => all.objects.has(head));
    if (isWhole) resolve({ quarantine, waiting: reachedFrom(all, heads), seconds, done });
    else void done().then(() => resolve(undefined), reject);
  }
  return true;
}
