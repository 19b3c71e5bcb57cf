// Stands for `node:child_process` and `node:stream` where gdo runs in a browser: there is no program to start. The portable adapter starts none, so this is never reached
// by what gdo/browser offers; whoever reaches it is told.
import { WorldError } from '../cli/command.ts';

/** @throws WorldError GDO5024 always */
export function spawn(program: string): never {
  throw new WorldError('GDO5024', `A browser cannot start ${program}`, 'use gdo on a machine with git for this');
}

/** The class that a stream would be of; nothing in a browser is. */
export class Readable {}
