// The other repository that a clone knows, and the refs of one's own that it should have. Comparing and moving refs is node/ledger/sync.ts's.
import { resolve } from 'node:path';
import type { Repository } from '../git/repository.ts';
import type { PushResult, Remote } from '../git/transport.ts';
import { pushLedger } from '../ledger/sync.ts';

/** The address of a clone's remote `origin`, or undefined where it has none. */
export async function originOf(repository: Repository): Promise<Remote | undefined> {
  const address = await repository.setting('remote.origin.url');
  if (address === undefined) return undefined;
  // A path in a clone's configuration is relative to its working tree, as git reads it.
  const isPath = address.startsWith('./') || address.startsWith('../');
  return { address: isPath ? resolve(repository.workTree ?? repository.gitDirectory, address) : address };
}

/** Pushes one device's own log and proposals. @returns undefined where there is nothing of it here @throws WorldError GDO4002 */
export async function pushOwn(repository: Repository, remote: Remote, device: string): Promise<PushResult | undefined> {
  const own = (await repository.list('refs/gdo')).map((entry) => entry.ref);
  // Proposals go first: a log that names a head without its objects would have to wait.
  const refs = [...own.filter((ref) => ref.startsWith(`refs/gdo/proposal/${device}/`)), ...own.filter((ref) => ref === `refs/gdo/log/${device}`)];
  return refs.length === 0 ? undefined : pushLedger(repository, remote, refs);
}
