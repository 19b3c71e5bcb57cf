// Fetching from and pushing to other repositories, by path or ssh. What arrives is judged by node/receive and node/ledger, not here.
import { isAbsolute } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { runGit, type GitRun } from './child.ts';
import type { RefEntry, Repository } from './repository.ts';

/** A place of another repository: absolute path, `file://`, `ssh://` or `user@host:path`, or `https://`. */
export interface Remote {
  readonly address: string;
  /** Built by the caller for ssh: `-F /dev/null`, own known-hosts file, batch mode (node.md section 2). */
  readonly sshCommand?: string;
  /** The socket of a running ssh-agent, if the person uses one. */
  readonly sshAgent?: string;
}

/** How a push of one ref ended. */
export interface PushedRef {
  readonly ref: string;
  readonly accepted: boolean;
  readonly reason: string;
}

/** The result of a push; `messages` is what the other side's gate said, one line each. */
export interface PushResult {
  readonly refs: readonly PushedRef[];
  readonly messages: readonly string[];
}

/** Lists the refs of another repository. @throws WorldError GDO4002 where it cannot be reached */
export async function listRemote(repository: Repository, remote: Remote): Promise<readonly RefEntry[]> {
  const end = await runGit({ ...transport(repository, remote), arguments: ['ls-remote', '--quiet', '--', remote.address] });
  if (end.code !== 0) throw unreachable(remote, end.errors);
  const rows = end.output.toString('utf8').split('\n').filter(Boolean);
  return rows.map((line) => ({ id: line.slice(0, 40), ref: line.slice(41) })).filter((entry) => entry.ref.startsWith('refs/') && !entry.ref.endsWith('^{}'));
}

/** Fetches objects and sets local refs as `source:target` says; a leading `+` allows a rewrite. @throws WorldError GDO4002 */
export async function fetchRefs(repository: Repository, remote: Remote, refspecs: readonly string[]): Promise<void> {
  if (refspecs.length === 0) return;
  const end = await runGit({
    ...transport(repository, remote),
    arguments: ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--atomic', '--', remote.address, ...refspecs],
  });
  if (end.code !== 0) throw unreachable(remote, end.errors);
}

/** Pushes refs in one go. A refusal by the other side is an answer, not an error. @throws WorldError GDO4002 where it cannot be reached */
export async function pushRefs(repository: Repository, remote: Remote, refspecs: readonly string[]): Promise<PushResult> {
  const end = await runGit({
    ...transport(repository, remote),
    arguments: ['push', '--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no', '--', remote.address, ...refspecs],
  });
  const refs = end.output.toString('utf8').split('\n').flatMap(pushedRef);
  if (refs.length === 0 && end.code !== 0) throw unreachable(remote, end.errors);
  const messages = end.errors
    .split('\n')
    .filter((line) => line.startsWith('remote: '))
    .map((line) => line.slice('remote: '.length).trimEnd());
  return { refs, messages };
}

/** One line of `git push --porcelain`: flag, tab, `from:to`, tab, summary. */
function pushedRef(line: string): readonly PushedRef[] {
  const parts = line.split('\t');
  const [flag, names, summary] = parts;
  if (parts.length < 3 || flag === undefined || names === undefined || summary === undefined || !/^[ +\-*!=]$/.test(flag)) return [];
  return [{ ref: names.slice(names.indexOf(':') + 1), accepted: flag !== '!', reason: summary }];
}

function transport(repository: Repository, remote: Remote): Omit<GitRun, 'arguments'> {
  const environment: Record<string, string> = { ...repository.environment };
  if (remote.sshCommand !== undefined) environment['GIT_SSH_COMMAND'] = remote.sshCommand;
  if (remote.sshAgent !== undefined) environment['SSH_AUTH_SOCK'] = remote.sshAgent;
  return { gitDirectory: repository.gitDirectory, environment, transport: transportKind(remote.address) };
}

/** @throws WorldError GDO4002 for any other kind, such as `ext::` */
function transportKind(address: string): 'file' | 'ssh' | 'https' {
  if (isAbsolute(address) || address.startsWith('file://')) return 'file';
  if (address.startsWith('https://')) return 'https';
  if (address.startsWith('ssh://') || /^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^:]/.test(address)) return 'ssh';
  throw new WorldError('GDO4002', `\`${address}\` is no address that gdo fetches from`, 'use an absolute path, ssh:// or https://');
}

function unreachable(remote: Remote, errors: string): WorldError {
  const words = errors.trim().split('\n').slice(-2).join(' ');
  return new WorldError(
    'GDO4002',
    `The repository at ${remote.address} did not answer: ${words}`,
    'check the address and the network, then run `gdo sync` again',
  );
}
