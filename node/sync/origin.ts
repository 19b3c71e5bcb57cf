// The other repository that a clone knows, and the refs of one's own that it should have. Comparing and moving refs is node/ledger/sync.ts's.
import { resolve } from 'node:path';
import type { Repository } from '../git/repository.ts';
import type { PushResult, Remote } from '../git/transport.ts';
import { pushLedger } from '../ledger/sync.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A place as a person reaches it: over ssh with the command and the agent that plain git would use for them. Both come from whoever runs the command, never from
 * a repository; a node reaches its peers otherwise (node/sync/peer.ts).
 * @param environment - that of the person
 */
export function personalRemote(address: string, environment: Environment): Remote {
  const { GIT_SSH_COMMAND: sshCommand, SSH_AUTH_SOCK: sshAgent } = environment;
  return { address, ...(sshCommand ? { sshCommand } : {}), ...(sshAgent ? { sshAgent } : {}) };
}

/** The remote `origin` of a clone, or undefined where it has none. @param environment - that of the person whose clone it is */
export async function originOf(repository: Repository, environment: Environment): Promise<Remote | undefined> {
  const address = await repository.setting('remote.origin.url');
  if (address === undefined) return undefined;
  // A path in a clone's configuration is relative to its working tree, as git reads it.
  const isPath = address.startsWith('./') || address.startsWith('../');
  return personalRemote(isPath ? resolve(repository.workTree ?? repository.gitDirectory, address) : address, environment);
}

/** Pushes one device's own log and proposals. @returns undefined where there is nothing of it here @throws WorldError GDO4002 */
export async function pushOwn(repository: Repository, remote: Remote, device: string): Promise<PushResult | undefined> {
  const own = (await repository.list('refs/gdo')).map((entry) => entry.ref);
  // Proposals go first: a log that names a head without its objects would have to wait.
  const refs = [...own.filter((ref) => ref.startsWith(`refs/gdo/proposal/${device}/`)), ...own.filter((ref) => ref === `refs/gdo/log/${device}`)];
  return refs.length === 0 ? undefined : pushLedger(repository, remote, refs);
}
