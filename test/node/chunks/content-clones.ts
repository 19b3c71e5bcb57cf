// Clones for tests of contents: each test has an empty one, with a mirror that it names as its origin where it wants one, and puts files into it through the command.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { initRepository } from '../../../node/git/repository.ts';
import { makeBench, type Outcome } from '../cli/virtual-world.ts';
import { git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

/** A clone, and the mirror that is its origin. */
export interface ContentClone {
  readonly path: string;
  readonly mirror: string;
  /** Runs a command in the clone. */
  readonly gdo: (...words: readonly string[]) => Promise<Outcome>;
  /** Puts bytes through `gdo store put`, which leaves them in the clone as `file`. @returns the SHA-256 */
  readonly put: (bytes: Uint8Array, ...words: readonly string[]) => Promise<string>;
}

/** Clones in one temporary folder. */
export interface ContentClones {
  readonly folder: string;
  /** An empty clone and its empty mirror. */
  readonly begin: () => Promise<ContentClone>;
  /** A clone that lies at a path already. */
  readonly at: (path: string) => ContentClone;
  readonly remove: () => void;
}

/** Makes the folder in which clones lie. */
export function contentClones(): ContentClones {
  const folder = temporaryFolder();
  const { runWith } = makeBench();
  let count = 0;
  const at = (path: string): ContentClone => {
    const gdo = (...words: readonly string[]): Promise<Outcome> => runWith({ cwd: path }, ...words);
    return {
      path,
      mirror: `${path}-mirror.git`,
      gdo,
      put: async (bytes, ...words) => {
        writeFileSync(join(path, 'file'), bytes);
        const outcome = await gdo('store', 'put', 'file', '--json', ...words);
        expect(outcome).toMatchObject({ exit: 0 });
        return JSON.parse(outcome.stdout).sha256;
      },
    };
  };
  return {
    folder,
    at,
    begin: async () => {
      const clone = at(join(folder, `clone-${(count += 1)}`));
      (await initRepository(clone.path, 'clone')).close();
      (await initRepository(clone.mirror, 'bare')).close();
      git(clone.path, 'remote', 'add', 'origin', clone.mirror);
      return clone;
    },
    remove: () => removeFolder(folder),
  };
}
