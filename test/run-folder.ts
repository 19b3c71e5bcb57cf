// One folder for what the files of a test run share, gone at its end. With GDO_TESTS_IN_MEMORY=1 all temporary files lie in it, and it lies in memory where that is
// large enough: houses and repositories are thousands of small files, each synced to the disk, and a third of the time of some tests goes into that.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
/** Several times what two workers ever had there at one time. */
const freeBytesLeast = 6 * 1024 ** 3;
/** Files in memory and two workers with all their children. */
const memoryBytesLeast = 12 * 1024 ** 3;
/** Short, because the path of a socket has 107 bytes at most. */
const mark = 'gdo-';

/** Begins the folder, before any worker starts, and tells each of it. @returns what ends it; nothing within a run that has one */
export function setup(): (() => void) | undefined {
  if (process.env['GDO_RUN_FOLDER'] !== undefined) return undefined;
  const inMemory = process.env['GDO_TESTS_IN_MEMORY'] === '1' ? memoryFolder() : undefined;
  const folder = inMemory ?? mkdtempSync(join(tmpdir(), mark));
  process.env['GDO_RUN_FOLDER'] = folder;
  if (inMemory !== undefined) process.env['TMPDIR'] = folder;
  return () => remove(folder);
}

/** A folder in memory that programs can be started from, or undefined where the machine has none or too little of it. */
function memoryFolder(): string | undefined {
  if (!existsSync(memory) || process.availableMemory() < memoryBytesLeast) return undefined;
  const { bavail, bsize } = statfsSync(memory);
  if (bavail * bsize < freeBytesLeast) return undefined;
  removeDead();
  const folder = join(memory, `${mark}${process.pid}`);
  mkdirSync(folder, { mode: 0o700 });
  const probe = join(folder, 'probe');
  writeFileSync(probe, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const isUsable = spawnSync(probe).status === 0;
  rmSync(isUsable ? probe : folder, { recursive: true });
  return isUsable ? folder : undefined;
}

/** Removes what runs left that were killed: nobody else gives that memory back. */
function removeDead(): void {
  for (const name of readdirSync(memory)) {
    const pid = /^gdo-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) remove(join(memory, name));
  }
}

/** Removes a folder in which a program that outlives its run may still write; then some of it stays for the next run, and no test fails for it. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.warn(`${folder} could not be removed: ${error.message}`);
  }
}
