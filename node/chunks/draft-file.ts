// A file that is written while a content is put, and that nobody sees under its name before it is whole.
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../git/make-folders.ts';
import { beginUnfinished } from '../git/unfinished.ts';
import { writeWhole, writeWholeAt } from '../git/write-whole.ts';

interface Begun {
  readonly path: string;
  readonly file: number;
  readonly finished: () => void;
}

/** A draft. It is begun by its first bytes; of a process that is killed it stays, for whoever sweeps its folder. */
export class DraftFile {
  private readonly folder: string;
  private readonly word: string;
  private begun: Begun | undefined;

  /** @param word - with which its name begins */
  constructor(folder: string, word: string) {
    this.folder = folder;
    this.word = word;
  }

  /** Whether it has bytes, and was neither kept nor discarded. */
  isBegun(): boolean {
    return this.begun !== undefined;
  }

  /** Writes bytes at its end. @throws the error of the system where not all of them could be written */
  write(bytes: Uint8Array): void {
    this.begun ??= this.begin();
    writeWhole(this.begun.file, bytes, this.begun.path);
  }

  /** Writes bytes over its first ones. */
  writeFront(bytes: Uint8Array): void {
    if (this.begun !== undefined) writeWholeAt(this.begun.file, bytes, { path: this.begun.path, position: 0 });
  }

  /** Gives it its name, in one step. */
  keep(path: string): void {
    const draft = this.close();
    if (draft === undefined) return;
    renameSync(draft.path, path);
    draft.finished();
  }

  /** Forgets it. */
  discard(): void {
    const draft = this.close();
    if (draft === undefined) return;
    rmSync(draft.path, { force: true });
    draft.finished();
  }

  private close(): Begun | undefined {
    const { begun } = this;
    this.begun = undefined;
    if (begun !== undefined) closeSync(begun.file);
    return begun;
  }

  private begin(): Begun {
    makeFolders(this.folder, 0o700);
    const path = join(this.folder, `${this.word}${randomUUID()}`);
    const finished = beginUnfinished(path);
    return { path, file: openSync(path, 'wx', 0o600), finished };
  }
}
