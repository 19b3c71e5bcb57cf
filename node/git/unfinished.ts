// What a command is in the middle of writing, and nobody needs once it ends: also where a person stops it. A kill that no program hears of leaves it to the sweep of leftovers.
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';

const stopping = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const unfinished = new Set<string>();
const children = new Set<ChildProcess>();
/** A child that was killed may be within a call of the system for a moment, and make a file in a folder that has gone. */
const lastCallMs = 20;
const lastCallsMax = 50;

/** Begins to write files or folders. @returns what says that they have their names, or are gone */
export function beginUnfinished(...paths: readonly string[]): () => void {
  for (const path of paths) unfinished.add(path);
  return () => {
    for (const path of paths) unfinished.delete(path);
  };
}

/** Notes a child that writes: it ends with the command. */
export function noteChild(child: ChildProcess): void {
  children.add(child);
  child.on('close', () => children.delete(child));
}

function clearUp(): void {
  for (const child of children) child.kill('SIGKILL');
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let call = 0; call < lastCallsMax; call += 1) {
    for (const path of unfinished) rmSync(path, { recursive: true, force: true });
    if (children.size === 0) return;
    Atomics.wait(pause, 0, 0, lastCallMs);
    if (![...unfinished].some((path) => existsSync(path))) return;
  }
}

/** Does something that may be stopped at any moment (Ctrl-C, SIGTERM): what is unfinished then goes first, and the process ends as by the signal itself. */
export async function whileStoppable<Value>(act: () => Promise<Value>): Promise<Value> {
  const stop = (signal: NodeJS.Signals): void => {
    clearUp();
    // Only now: a second one, from somebody in a hurry, must not end it in the middle of this.
    silence();
    process.kill(process.pid, signal);
  };
  const silence = (): void => {
    for (const signal of stopping) process.off(signal, stop);
  };
  for (const signal of stopping) process.on(signal, stop);
  try {
    return await act();
  } finally {
    silence();
  }
}
