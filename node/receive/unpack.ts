// Unpacks what a push over HTTP brings into a quarantine: git's own tools, under the limits for strangers. Judges nothing.
import type { Readable } from 'node:stream';
import { runGit, type GitEnd, type StrangerLimits } from '../git/child.ts';
import { quarantineEnvironment, type Quarantine } from '../git/quarantine.ts';

/** One pack to unpack. `loose`: into loose objects, which are read without another program; `packed`: as a pack with its index. */
export interface Unpacking {
  readonly gitDirectory: string;
  readonly quarantine: Quarantine;
  readonly to: 'loose' | 'packed';
  readonly pack: Uint8Array | Readable;
  readonly limits: StrangerLimits;
  readonly signal?: AbortSignal;
}

const words = { loose: ['unpack-objects', '-q', '--strict'], packed: ['index-pack', '--stdin', '--strict', '--fix-thin'] } as const;

/** Objects, packs with their indexes, and refs are on the disk before anything is acknowledged. */
const durable = ['-c', 'core.fsync=committed,loose-object,pack-metadata,reference'] as const;

/** Unpacks: every object and every link of what came is looked at, and no pack is taken without its bases. @throws WorldError GDO5024 where git cannot be started */
export function unpack({ gitDirectory, quarantine, to, pack, limits, signal }: Unpacking): Promise<GitEnd> {
  return runGit({
    gitDirectory,
    strangers: 'taking',
    limits,
    environment: quarantineEnvironment(quarantine),
    arguments: [...durable, ...words[to]],
    input: pack,
    ...(signal === undefined ? {} : { signal }),
  });
}
