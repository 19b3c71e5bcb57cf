// The write-ahead log of a witness: a vote is on disk before it leaves the process, and one height is voted once, for ever (ledger.md section 12).
import { closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { RefChange, Repository } from '../git/repository.ts';
import { syncFolder } from '../git/sync-folder.ts';
import { writeWhole } from '../git/write-whole.ts';

/** One vote with the ref moves that publish it, so that a crash between writing and moving is made good. */
export interface VoteLine {
  readonly org: string;
  readonly height: number;
  readonly value: string;
  readonly refs: readonly RefChange[];
}

/** Where a witness keeps its votes. */
export interface VoteStore {
  /** The newest vote for an organization, or undefined. */
  readonly newest: (org: string) => VoteLine | undefined;
  /** Appends and fsyncs. @throws WorldError GDO4013 where this height was voted before with another value */
  readonly append: (line: VoteLine) => void;
}

/** The file beside a repository's objects: `gdo/votes.log` in its git directory. */
export function votesPath(repository: Repository): string {
  return join(repository.gitDirectory, 'gdo', 'votes.log');
}

/** A file that only grows. `append` returns when the bytes are on disk. */
export interface GrowingFile {
  /** Everything that it holds; empty where it does not exist. */
  readonly read: () => string;
  readonly append: (text: string) => void;
}

/** A vote store in a file of mode 600. */
export function voteStore(path: string): VoteStore {
  return voteStoreIn(growingFile(path));
}

/** A vote store in a file. */
export function voteStoreIn(file: GrowingFile): VoteStore {
  const newest = (org: string): VoteLine | undefined =>
    file
      .read()
      .split('\n')
      // A torn last line is a vote that never left: the crash came before its fsync returned.
      .flatMap((line) => parseLine(line))
      .findLast((line) => line.org === org);
  return {
    newest,
    append: (line) => {
      const last = newest(line.org);
      if (last !== undefined && (last.height > line.height || (last.height === line.height && last.value !== line.value))) {
        throw new WorldError(
          'GDO4013',
          `This witness has voted at height ${last.height} already`,
          'fetch the newest ledger; if this machine was restored from a backup, run `gdo node resume-witness`',
        );
      }
      const text = file.read();
      // After a torn line a new one begins, or both would be unreadable and the vote forgotten.
      file.append(`${text === '' || text.endsWith('\n') ? '' : '\n'}${JSON.stringify(line)}\n`);
    },
  };
}

/** A file of mode 600 on disk. */
export function growingFile(path: string): GrowingFile {
  return {
    read: () => (existsSync(path) ? readFileSync(path, 'utf8') : ''),
    append: (text) => {
      const isNew = !existsSync(path);
      makeFolders(dirname(path), 0o700);
      const file = openSync(path, 'a', 0o600);
      try {
        // A vote of which only a part is on the disk must not leave.
        writeWhole(file, Buffer.from(text, 'utf8'), path);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      // A new file is there for good only when its folder is on disk too.
      if (isNew) syncFolder(dirname(path));
    },
  };
}

function parseLine(text: string): readonly VoteLine[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  if (typeof value !== 'object' || value === null || !('org' in value) || !('height' in value) || !('value' in value) || !('refs' in value)) return [];
  const { org, height, value: voted, refs } = value;
  if (typeof org !== 'string' || typeof height !== 'number' || typeof voted !== 'string' || !Array.isArray(refs)) return [];
  return [{ org, height, value: voted, refs: refs.flatMap(parseRef) }];
}

function parseRef(value: unknown): readonly RefChange[] {
  if (typeof value !== 'object' || value === null || !('ref' in value) || typeof value.ref !== 'string') return [];
  const text = (part: unknown): string | undefined => (typeof part === 'string' ? part : undefined);
  return [{ ref: value.ref, old: text('old' in value ? value.old : undefined), next: text('next' in value ? value.next : undefined) }];
}
