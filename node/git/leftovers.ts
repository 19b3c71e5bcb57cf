// What a killed git leaves behind: lock files beside refs, and quarantines and temporary files among objects. Nobody has to remove them by hand (node.md section 8).
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isOwnerGone, ownMark } from './owner-mark.ts';

/** A ref transaction takes milliseconds, and so does a change of a setting; a lock that stood this long while we watched belongs to a process that is gone. */
const deadAfterMs = 3_000;
const lookMs = 50;
/** What is older than this is nobody's: no push may stay so long (node/receive/door.ts). */
export const leftoverAgeMs = 3_600_000;

/** Git's words where a lock file stands in its way. */
export function blockingLock(errors: string, gitDirectory: string): string | undefined {
  const settings = /could not lock config file (.+): File exists/.exec(errors)?.[1];
  const path = /Unable to create '([^']+\.lock)': File exists/.exec(errors)?.[1] ?? (settings === undefined ? undefined : `${settings}.lock`);
  return path === undefined || relative(gitDirectory, path).startsWith('..') ? undefined : path;
}

/**
 * Waits until a lock is gone. One that does not go is removed, and with it every other lock of a ref that stood as long: one killed transaction
 * leaves a lock per ref. The time is measured while watching, so no clock that jumps makes a living lock look old.
 */
export async function awaitLock(gitDirectory: string, path: string): Promise<void> {
  const stood = locksOf(gitDirectory);
  for (let waitedMs = 0; waitedMs < deadAfterMs; waitedMs += lookMs) {
    if (!existsSync(path)) return;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  const now = locksOf(gitDirectory);
  for (const [lock, identity] of stood) if (now.get(lock) === identity) rmSync(lock, { force: true });
}

function locksOf(gitDirectory: string): ReadonlyMap<string, string> {
  const inside = readdirSync(join(gitDirectory, 'refs'), { recursive: true, encoding: 'utf8' }).map((name) => join('refs', name));
  const found = new Map<string, string>();
  for (const name of [...inside.filter((one) => one.endsWith('.lock')), 'HEAD.lock', 'config.lock', 'packed-refs.lock', 'gdo-refs.lock']) {
    const lock = join(gitDirectory, name);
    const stat = statSync(lock, { throwIfNoEntry: false });
    if (stat !== undefined) found.set(lock, `${stat.ino} ${stat.mtimeMs} ${stat.size}`);
  }
  return found;
}

/** When something was last written at a place or below it; undefined where it is gone. A folder does not tell that a file in it grows. */
function newestIn(path: string): number | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return stat?.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name)) ?? 0));
}

/**
 * Removes what was killed more than an hour ago, by the clock of the disk: quarantines and temporary files of pushes, bodies of requests, and the folders into which
 * contents and images were brought. @returns how many
 */
export function sweepObjects(gitDirectory: string): number {
  const objects = join(gitDirectory, 'objects');
  const nowMs = clockOfDisk(gitDirectory);
  const names = readdirSync(objects).flatMap((name) =>
    /^([0-9a-f]{2}|pack)$/.test(name) ? readdirSync(join(objects, name)).map((inner) => join(name, inner)) : [name],
  );
  const temporary = names.filter((name) => /(^|\/)tmp_/.test(name)).map((name) => join(objects, name));
  const folders = readdirSync(gitDirectory).filter((name) => /^gdo-(arrival|sweep|image|spool|doctor)-/.test(name));
  const left = [...temporary, ...folders.map((name) => join(gitDirectory, name))].filter((path) => {
    const newestMs = newestIn(path);
    return newestMs !== undefined && nowMs - newestMs > leftoverAgeMs;
  });
  for (const path of left) rmSync(path, { recursive: true, force: true });
  return left.length;
}

/** Makes a folder among objects into which a fetch writes. Its name says whose it is, and is one that the sweep knows. */
export function arrivalFolder(objects: string): string {
  return mkdtempSync(join(objects, `${arrivalStart}${ownMark()}-`));
}

const arrivalStart = 'tmp_objdir-fetch-';

/** Removes such folders of processes that were killed: at once where that is known, and else after the hour of the sweep. */
export function sweepArrivals(objects: string): void {
  const left = readdirSync(objects).filter((name) => name.startsWith(arrivalStart));
  if (left.length === 0) return;
  const nowMs = clockOfDisk(objects);
  for (const name of left) {
    const path = join(objects, name);
    const isGone = isOwnerGone(name.slice(arrivalStart.length, name.lastIndexOf('-')));
    if (isGone || nowMs - (newestIn(path) ?? nowMs) > leftoverAgeMs) rmSync(path, { recursive: true, force: true });
  }
}

/** What the disk of a repository takes for now, in milliseconds: files are dated by it. */
export function clockOfDisk(gitDirectory: string): number {
  const probe = mkdtempSync(join(gitDirectory, 'gdo-sweep-'));
  const nowMs = statSync(probe).mtimeMs;
  rmSync(probe, { recursive: true });
  return nowMs;
}
