// Fetching from and pushing to other repositories, by path or ssh. What arrives is judged by node/receive and node/ledger, not here.
import { isAbsolute } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { runGit, type GitRun } from './child.ts';
import { listOverHttp, pushOverHttp } from './portable-transport.ts';
import type { RefEntry, Repository } from './repository.ts';

/** A place of another repository: absolute path, `file://`, `ssh://` or `user@host:path`, `https://` or `http://`. */
export interface Remote {
  readonly address: string;
  /** Built by a node for ssh: `-F /dev/null`, own known-hosts file, batch mode (node.md section 2); or a person's own. */
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
  if (repository.adapter === 'portable') return listOverHttp(httpAddress(remote));
  const end = await runGit({ ...transport(repository, remote), strangers: 'listing', arguments: ['ls-remote', '--quiet', '--', remote.address] });
  if (end.code !== 0) throw unreachable(remote, end.errors);
  const rows = end.output.toString('utf8').split('\n').filter(Boolean);
  return rows.map((line) => ({ id: line.slice(0, 40), ref: line.slice(41) })).filter((entry) => entry.ref.startsWith('refs/') && !entry.ref.endsWith('^{}'));
}

/** Fetches objects and sets local refs as `source:target` says; a leading `+` allows a rewrite. @throws WorldError GDO4002 */
export async function fetchRefs(repository: Repository, remote: Remote, refspecs: readonly string[]): Promise<void> {
  if (refspecs.length === 0) return;
  const end = await runGit({
    ...transport(repository, remote),
    strangers: 'bringing',
    arguments: ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--atomic', '--', remote.address, ...refspecs],
  });
  if (end.code !== 0) throw unreachable(remote, end.errors);
}

/** Git's words where it ended at a limit of node/git/child.ts: memory, processor, or the size of a file. */
const limitWords = /exceeds maximum allowed size|attempting to allocate|too large to fit|[Oo]ut of memory|died of signal|File too large/;

/**
 * Fetches the objects behind refs into a folder of their own, as packs, under the limits for what strangers made. No ref moves.
 * @param into.alternates - object folders whose content is here already
 * @throws WorldError GDO4002
 */
export async function fetchObjects(
  repository: Repository,
  remote: Remote,
  into: { readonly refs: readonly string[]; readonly folder: string; readonly alternates: readonly string[] },
): Promise<{ readonly kind: 'fetched' } | { readonly kind: 'over'; readonly reason: string }> {
  const run = transport(repository, remote);
  const end = await runGit({
    ...run,
    strangers: 'taking',
    environment: { ...run.environment, GIT_OBJECT_DIRECTORY: into.folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: into.alternates.join(':') },
    arguments: [
      '-c',
      'fetch.unpackLimit=1',
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--stdin',
      '--',
      remote.address,
    ],
    input: Buffer.from(into.refs.map((ref) => `${ref}\n`).join(''), 'utf8'),
  });
  if (end.code === 0) return { kind: 'fetched' };
  if (limitWords.test(end.errors) || end.code > 128) return { kind: 'over', reason: 'it ends at a limit of memory, time or size' };
  throw unreachable(remote, end.errors);
}

/** Pushes refs in one go. A refusal by the other side is an answer, not an error. @throws WorldError GDO4002 where it cannot be reached */
export async function pushRefs(repository: Repository, remote: Remote, refspecs: readonly string[]): Promise<PushResult> {
  if (repository.adapter === 'portable') return pushOverHttp(repository, httpAddress(remote), refspecs.map(endsOf));
  const end = await runGit({
    ...transport(repository, remote),
    strangers: 'giving',
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

/** Both names of `+from:to`. */
function endsOf(refspec: string): readonly [from: string, to: string] {
  const [from = '', to = from] = refspec.replace(/^\+/, '').split(':');
  return [from, to];
}

/** The address of a remote that is reached without git. @throws WorldError GDO5024 for a place that only git reaches */
export function httpAddress(remote: Remote): string {
  if (['https', 'http'].includes(transportKind(remote.address))) return remote.address;
  throw new WorldError(
    'GDO5024',
    `Git is not installed, and without it nothing reaches ${remote.address}`,
    'install git 2.39 or newer, or use the https:// address of the node',
  );
}

/** One line of `git push --porcelain`: flag, tab, `from:to`, tab, summary. */
function pushedRef(line: string): readonly PushedRef[] {
  const parts = line.split('\t');
  const [flag, names, summary] = parts;
  if (parts.length < 3 || flag === undefined || names === undefined || summary === undefined || !/^[ +\-*!=]$/.test(flag)) return [];
  return [{ ref: names.slice(names.indexOf(':') + 1), accepted: flag !== '!', reason: summary }];
}

/** What a run of git needs to reach another repository. @throws WorldError GDO4002 for an address of another kind */
export function transport(repository: Repository, remote: Remote): Omit<GitRun, 'arguments'> {
  const environment: Record<string, string> = { ...repository.environment };
  if (remote.sshCommand !== undefined) environment['GIT_SSH_COMMAND'] = remote.sshCommand;
  if (remote.sshAgent !== undefined) environment['SSH_AUTH_SOCK'] = remote.sshAgent;
  return { gitDirectory: repository.gitDirectory, environment, transport: transportKind(remote.address) };
}

/** @throws WorldError GDO4002 for any other kind, such as `ext::` */
function transportKind(address: string): 'file' | 'ssh' | 'https' | 'http' {
  if (isAbsolute(address) || address.startsWith('file://')) return 'file';
  if (address.startsWith('https://')) return 'https';
  // Everything that is fetched is judged by its signatures; who listens on the line learns what the node shows to anybody.
  if (address.startsWith('http://')) return 'http';
  // A host without a user may be one of the person's own ssh configuration. Two colons are a transport of another kind, as `ext::`.
  if (address.startsWith('ssh://') || /^(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!\/\/)[^:]/.test(address)) return 'ssh';
  throw new WorldError('GDO4002', `\`${address}\` is no address that gdo fetches from`, 'use an absolute path, ssh://, https:// or http://');
}

/** What git says below each failure of a line, whatever the reason: ssh has said that before. */
const emptyWords = /^(?:fatal: Could not read from remote repository\.|Please make sure you have the correct access rights|and the repository exists\.)$/;

function unreachable(remote: Remote, errors: string): WorldError {
  if (limitWords.test(errors))
    return new WorldError(
      'GDO4002',
      `The repository at ${remote.address} sent more than is taken from a peer, and was not listened to any longer`,
      'tell whoever looks after it, and ask another copy',
    );
  const words = errors
    .split('\n')
    .filter((line) => line.trim() !== '' && !emptyWords.test(line))
    .slice(-2)
    .join(' ');
  return new WorldError(
    'GDO4002',
    `The repository at ${remote.address} did not answer: ${words || 'its line ended'}`,
    'check the address and the network, then run `gdo sync` again',
  );
}
