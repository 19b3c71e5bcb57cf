// A ledger as one file of git, to be carried on a stick: every ref of the ledger and main, with all their objects. What comes back is taken in as from any other copy.
import { gitOutput } from '../git/child.ts';
import type { Repository } from '../git/repository.ts';

/** The refs that a bundle carries; what waits to be compared or belongs to the clone stays at home. */
const carried = /^refs\/gdo\/(genesis|checkpoint|blob\/[0-9a-f]{64}|(log|receipt|cosign)\/[0-9a-f]{64}|(fork|proposal)\/[0-9a-f]{64}\/[a-z0-9-]{1,64})$/;

/** Writes the ledger of a repository into a file, which must not be inside of it. @returns how many refs it carries */
export async function writeBundle(repository: Repository, path: string): Promise<number> {
  const refs = (await repository.list('refs/gdo')).filter((entry) => carried.test(entry.ref)).map((entry) => entry.ref);
  const [accepted, head] = [await repository.resolve('refs/heads/main'), await repository.resolve('HEAD')];
  // With a HEAD, `git clone` of the file checks main out without being told.
  const main = accepted === undefined ? [] : ['refs/heads/main', ...(head === accepted ? ['HEAD'] : [])];
  const input = Buffer.from(`${[...refs, ...main].join('\n')}\n`, 'utf8');
  await gitOutput({ gitDirectory: repository.gitDirectory, arguments: ['bundle', 'create', '--quiet', path, '--stdin'], input });
  return refs.length + main.length;
}
