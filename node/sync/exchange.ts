// Brings what another repository has of a ledger here, and ours there (node.md section 7). What arrives counts only after it was replayed;
// a ref of ours never goes back.
import { gitOutput, runGit } from '../git/child.ts';
import type { RefChange, RefEntry, Repository } from '../git/repository.ts';
import { fetchRefs, listRemote, pushRefs } from '../git/transport.ts';
import type { PushResult, Remote } from '../git/transport.ts';
import { hasLedger, replayLedger } from '../ledger/replay.ts';
import type { LedgerFault } from '../ledger/statement-log.ts';
import type { LedgerView } from '../ledger/view.ts';

/** What a fetch brought. `diverged`: refs whose two sides do not continue each other; ours stays. */
export interface Fetched {
  readonly moved: readonly string[];
  readonly diverged: readonly string[];
  /** The other side's main, or undefined where it has none. */
  readonly remoteMain: string | undefined;
  /** The first fault of what arrived; then nothing was moved. */
  readonly fault: LedgerFault | undefined;
  /** The ledger after it, where there is one. */
  readonly view: LedgerView | undefined;
}

/** The refs of a ledger that another node may have and we want (ledger.md section 2). */
const wanted = /^refs\/gdo\/(?:genesis|checkpoint|(?:log|receipt|cosign)\/[0-9a-f]{64}|proposal\/[0-9a-f]{64}\/[a-z0-9-]{1,64})$/;
const incoming = 'refs/gdo-incoming/';
/** Refs taken in one exchange; a flood of them waits for the next. */
const refsMax = 10_000;

/** The address of a clone's remote `origin`, or undefined where it has none. */
export async function originOf(repository: Repository): Promise<Remote | undefined> {
  const end = await runGit({ gitDirectory: repository.gitDirectory, arguments: ['config', '--local', '--get', 'remote.origin.url'] });
  const address = end.output.toString('utf8').trim();
  return end.code === 0 && address !== '' ? { address } : undefined;
}

/** Fetches, compares by ancestry, moves refs forward in one transaction, replays. @throws WorldError GDO4002 where the remote cannot be reached */
export async function fetchLedger(repository: Repository, remote: Remote): Promise<Fetched> {
  const theirs = await listRemote(repository, remote);
  const ours = new Map((await repository.list('refs/gdo')).map((entry) => [entry.ref, entry.id]));
  const remoteMain = theirs.find((entry) => entry.ref === 'refs/heads/main')?.id;
  const news = theirs.filter((entry) => wanted.test(entry.ref) && ours.get(entry.ref) !== entry.id).slice(0, refsMax);
  const sources = [...news.map((entry) => entry.ref), ...(remoteMain === undefined ? [] : ['refs/heads/main'])];
  await fetchRefs(repository, remote, sources.map((ref) => `+${ref}:${incoming}${ref}`));
  try {
    const { changes, diverged } = await forward(repository, news, ours);
    const applied = await apply(repository, changes);
    return { moved: applied.fault === undefined ? changes.map((change) => change.ref) : [], diverged, remoteMain, ...applied };
  } finally {
    await dropIncoming(repository);
  }
}

async function forward(repository: Repository, news: readonly RefEntry[], ours: ReadonlyMap<string, string>): Promise<{ readonly changes: readonly RefChange[]; readonly diverged: readonly string[] }> {
  const changes: RefChange[] = [];
  const diverged: string[] = [];
  for (const { ref, id } of news) {
    const old = ours.get(ref);
    // A proposal's head may be replaced by its author: the case binds content, not the ref.
    const ahead = old === undefined || ref.startsWith('refs/gdo/proposal/') || (await repository.walk([old], [id])).length === 0;
    if (ahead) changes.push({ ref, old, next: id });
    else if ((await repository.walk([id], [old])).length > 0) diverged.push(ref);
  }
  return { changes, diverged };
}

/** Moves the refs, replays, and moves them back where the replay finds a fault: a bad peer must not spoil a good copy. */
async function apply(repository: Repository, changes: readonly RefChange[]): Promise<Pick<Fetched, 'fault' | 'view'>> {
  if (changes.length > 0) await repository.updateRefs(changes);
  if (!(await hasLedger(repository))) return { fault: undefined, view: undefined };
  const replay = await replayLedger(repository);
  if (replay.kind === 'ok') return { fault: undefined, view: replay.view };
  await repository.updateRefs(changes.map((change) => ({ ref: change.ref, old: change.next, next: change.old })));
  return { fault: replay.fault, view: replay.view };
}

async function dropIncoming(repository: Repository): Promise<void> {
  const left = await repository.list('refs/gdo-incoming');
  await repository.updateRefs(left.map((entry) => ({ ref: entry.ref, old: entry.id, next: undefined })));
}

/** Pushes one device's own log and proposals. @returns undefined where there is nothing of it here @throws WorldError GDO4002 */
export async function pushOwn(repository: Repository, remote: Remote, device: string): Promise<PushResult | undefined> {
  const own = await repository.list('refs/gdo');
  const refs = own.map((entry) => entry.ref).filter((ref) => ref === `refs/gdo/log/${device}` || ref.startsWith(`refs/gdo/proposal/${device}/`));
  if (refs.length === 0) return undefined;
  const theirs = new Map((await listRemote(repository, remote)).map((entry) => [entry.ref, entry.id]));
  const news = own.filter((entry) => refs.includes(entry.ref) && theirs.get(entry.ref) !== entry.id);
  if (news.length === 0) return undefined;
  // Proposals go first: a log that names a head without its objects would have to wait.
  const sorted = news.map((entry) => entry.ref).toSorted((left, right) => Number(left.includes('/log/')) - Number(right.includes('/log/')));
  return pushRefs(repository, remote, sorted.map((ref) => `${ref.startsWith('refs/gdo/proposal/') ? '+' : ''}${ref}:${ref}`));
}

/** How this clone's own main was brought to the accepted line. */
export type MainMove = 'moved' | 'same' | 'has-other-commits' | 'has-changed-files';

/**
 * Moves this clone's main forward to the accepted commit. A working tree that shows main follows where none of its files would be lost.
 * Bare repositories are left alone: there the node moves main with its own verdict.
 */
export async function followMain(repository: Repository, accepted: string): Promise<MainMove> {
  const current = await repository.resolve('refs/heads/main');
  if (current === accepted || repository.workTree === undefined) return 'same';
  if (current !== undefined && (await repository.walk([current], [accepted])).length > 0) return 'has-other-commits';
  const { gitDirectory, workTree } = repository;
  const head = await runGit({ gitDirectory, arguments: ['symbolic-ref', '-q', 'HEAD'] });
  if (head.output.toString('utf8').trim() === 'refs/heads/main' && current !== undefined) {
    const tree = await runGit({ gitDirectory, environment: { GIT_WORK_TREE: workTree }, arguments: ['read-tree', '-m', '-u', current, accepted] });
    if (tree.code !== 0) return 'has-changed-files';
  }
  await gitOutput({ gitDirectory, arguments: ['update-ref', 'refs/heads/main', accepted] });
  return 'moved';
}
