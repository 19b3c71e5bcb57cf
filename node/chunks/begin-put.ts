// What a command that puts large content can do before its words are read: have the thread started that will hash. It puts nothing.
import { statSync } from 'node:fs';
import { startSideThread } from './side-thread.ts';

/** Less than this is hashed before a thread has started. */
const largeBytesLeast = 16 * 1024 * 1024;

/** Starts a thread where one of the words of a command seems to name a large file. A guess that is wrong takes some milliseconds of a processor and changes nothing. */
export function beginPut(words: readonly string[]): void {
  if (words.some(namesLargeFile)) startSideThread();
}

function namesLargeFile(word: string): boolean {
  try {
    const kind = statSync(word, { throwIfNoEntry: false });
    return kind?.isFile() === true && kind.size >= largeBytesLeast;
  } catch {
    // What cannot be looked at is for the command to say.
    return false;
  }
}
