// Stands for `node:worker_threads` and `node:os` where gdo runs in a browser: all of it runs on the thread of the page, so nothing that gdo/browser offers starts another.
import { WorldError } from '../cli/command.ts';

/** How many processors there are to share work between. */
export function availableParallelism(): number {
  return 1;
}

/** @throws WorldError GDO5024 always */
export class Worker {
  constructor() {
    throw new WorldError('GDO5024', 'A page cannot start a thread of gdo', 'use gdo on a machine with git for this');
  }
}

/** A page is no machine with other programs; it has no name. */
export function hostname(): string {
  return '';
}
