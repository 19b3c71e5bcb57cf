// A thread beside the one that puts a content, which hashes with it. It takes a while to start, so a command can have one started before it knows what the thread will do. What
// runs there is the text of a function: the program is one file, and stays one.
import type * as crypto from 'node:crypto';
import type * as fs from 'node:fs';
import { Worker } from 'node:worker_threads';

/** What a function finds there. */
export interface ThreadModules {
  readonly files: Pick<typeof fs, 'readSync'>;
  readonly sums: Pick<typeof crypto, 'createHash' | 'hash'>;
}

/** A thread keeps next to nothing of its own. */
const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 };

/** What a thread runs: it calls one function after the other, and says when each has returned. */
const threadText = `const { parentPort } = require('node:worker_threads');
const modules = { files: require('node:fs'), sums: require('node:crypto') };
parentPort.on('message', ({ text, given }) => {
  (0, eval)(text)(modules, given);
  parentPort.postMessage('done');
});`;

interface Waiting {
  readonly answer: () => void;
  readonly fail: (error: unknown) => void;
}

/** One thread. It starts when it is told to, or with the first thing that it has to do. */
export class SideThread {
  private worker: Worker | undefined;
  private failure: unknown;
  private waiting: Waiting[] = [];

  /** Starts it. A process that has nothing else to do does not wait for it. */
  start(): void {
    if (this.worker !== undefined) return;
    const worker = new Worker(threadText, { eval: true, execArgv: [], resourceLimits });
    worker.unref();
    worker.on('message', () => this.waiting.shift()?.answer());
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('the thread was ended')));
    this.worker = worker;
  }

  /**
   * Calls a function there, behind those before.
   * @param text - of a function of `ThreadModules` and of what is given, which uses nothing else but what the language has
   * @returns when the function has returned
   */
  async run(text: string, given: unknown): Promise<void> {
    this.start();
    this.worker?.ref();
    try {
      await new Promise<void>((answer, fail) => {
        if (this.failure !== undefined) return fail(this.failure);
        this.waiting.push({ answer, fail });
        this.worker?.postMessage({ text, given });
      });
    } finally {
      if (this.waiting.length === 0) this.worker?.unref();
    }
  }

  /** Ends it, whatever it does. */
  async end(): Promise<void> {
    await this.worker?.terminate();
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    for (const { fail } of this.waiting.splice(0)) fail(error);
  }
}

let early: SideThread | undefined;

/** Starts a thread for whoever asks for one next. */
export function startSideThread(): void {
  early ??= new SideThread();
  early.start();
}

/** @returns a thread that was started before, if there is one, and one that has not begun otherwise */
export function sideThread(): SideThread {
  const thread = early ?? new SideThread();
  early = undefined;
  return thread;
}
