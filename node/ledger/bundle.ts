// A ledger as one file of git, to be carried on a stick: every ref of the ledger and main, with all their objects. What comes back is taken in as from any other copy.
import { gitOutput } from '../git/child.ts';
import { buildPack } from '../git/pack.ts';
import { objectsBeyond } from '../git/reachable.ts';
import type { RefEntry, Repository } from '../git/repository.ts';
import type { LedgerView } from './view.ts';

/** The refs that a bundle carries; what waits to be compared or belongs to the clone stays at home. */
const carried = /^refs\/gdo\/(genesis|checkpoint|blob\/[0-9a-f]{64}|(log|receipt|cosign)\/[0-9a-f]{64}|(fork|proposal)\/[0-9a-f]{64}\/[a-z0-9-]{1,64})$/;

async function carriedRefs(repository: Repository): Promise<readonly RefEntry[]> {
  return (await repository.list('refs/gdo')).filter((entry) => carried.test(entry.ref));
}

/** Writes the ledger of a repository into a file, which must not be inside of it. @returns how many refs it carries */
export async function writeBundle(repository: Repository, path: string): Promise<number> {
  const refs = (await carriedRefs(repository)).map((entry) => entry.ref);
  const [accepted, head] = [await repository.resolve('refs/heads/main'), await repository.resolve('HEAD')];
  // With a HEAD, `git clone` of the file checks main out without being told.
  const main = accepted === undefined ? [] : ['refs/heads/main', ...(head === accepted ? ['HEAD'] : [])];
  const input = Buffer.from(`${[...refs, ...main].join('\n')}\n`, 'utf8');
  await gitOutput({ gitDirectory: repository.gitDirectory, arguments: ['bundle', 'create', '--quiet', path, '--stdin'], input, writes: path });
  return refs.length + main.length;
}

/** The same as bytes, of a repository in memory: gitformat-bundle(5), version 2, which needs nothing from whoever takes it in. */
export async function bundleOf({ repository, mainCommit }: LedgerView): Promise<Uint8Array> {
  const refs = [...(await carriedRefs(repository)), { ref: 'refs/heads/main', id: mainCommit }];
  const lines = refs.map(({ ref, id }) => `${id} ${ref}\n`);
  const heads = [...new Set(refs.map((entry) => entry.id))];
  return Buffer.concat([Buffer.from(`# v2 git bundle\n${lines.join('')}\n`, 'utf8'), buildPack(await objectsBeyond(repository, heads, []))]);
}
