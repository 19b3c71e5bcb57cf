// Bringing two copies of a ledger together: what the other side has is staged, compared and taken only where it continues what is here.
import { runGit } from '../git/child.ts';
import type { RefChange, RefEntry, Repository } from '../git/repository.ts';
import { fetchRefs, listRemote, pushRefs, type PushResult, type Remote } from '../git/transport.ts';
import { WorldError } from '../cli/command.ts';
import type { LedgerView } from './view.ts';

/** Where fetched refs wait until they were compared; never pushed. */
const staging = 'refs/gdo-incoming/';
const wanted = /^refs\/gdo\/(genesis|checkpoint|(log|receipt|cosign)\/[0-9a-f]{64}|proposal\/[0-9a-f]{64}\/[a-z0-9-]{1,64})$|^refs\/heads\/main$/;

/** What a fetch did. */
export interface Fetched {
  /** Refs that moved here. */
  readonly moved: readonly string[];
  /** Logs of which this copy has more than the other side: they want a push. */
  readonly ahead: readonly string[];
  /** Logs of one key that went two ways; the other side's was taken and ours is kept at the commit named (GDO1043: sign anew). */
  readonly replaced: readonly { readonly ref: string; readonly commit: string }[];
  /** The other side's main, which `followMain` takes only if the ledger accepts it. */
  readonly main: string | undefined;
}

/**
 * Fetches a ledger. The own unpushed batches stay; main of this clone is not touched.
 * @throws WorldError GDO4002 unreachable, GDO5020 another organization's ledger, GDO1071 two different final lines
 */
export async function fetchLedger(repository: Repository, remote: Remote): Promise<Fetched> {
  const theirs = (await listRemote(repository, remote)).filter((entry) => wanted.test(entry.ref));
  const genesis = theirs.find((entry) => entry.ref === 'refs/gdo/genesis');
  if (genesis === undefined)
    throw new WorldError('GDO5020', `There is no ledger at ${remote.address}`, 'check the address, or found one there with `gdo found`');
  const ours = new Map((await repository.list('refs/gdo')).map((entry) => [entry.ref, entry.id]));
  // Looked at before anything else: another organization's final line is no proof of a fault.
  refuseStrangers(genesis, ours.get(genesis.ref));
  const fresh = theirs.filter((entry) => ours.get(entry.ref) !== entry.id);
  await fetchRefs(
    repository,
    remote,
    fresh.map((entry) => `+${entry.ref}:${staging}${entry.ref.slice('refs/'.length)}`),
  );
  const changes: RefChange[] = [];
  const ahead: string[] = [];
  const replaced: { readonly ref: string; readonly commit: string }[] = [];
  for (const entry of fresh.filter((one) => one.ref !== 'refs/heads/main')) {
    const old = ours.get(entry.ref);
    const relation = old === undefined ? 'behind' : await relationOf(repository, old, entry.id);
    if (relation === 'ahead') ahead.push(entry.ref);
    if (relation === 'apart') {
      refuseApart(entry);
      if (old !== undefined && entry.ref.startsWith('refs/gdo/log/')) replaced.push({ ref: entry.ref, commit: old });
    }
    if (relation !== 'ahead') changes.push({ ref: entry.ref, old, next: entry.id });
  }
  const known = new Set(theirs.map((entry) => entry.ref));
  for (const ref of ours.keys()) if (ref.startsWith('refs/gdo/log/') && !known.has(ref)) ahead.push(ref);
  await moveRefs(repository, changes);
  return {
    moved: changes.map((change) => change.ref),
    ahead: ahead.toSorted(byText),
    replaced,
    main: theirs.find((entry) => entry.ref === 'refs/heads/main')?.id,
  };
}

/** Pushes logs and proposals. A refusal by the other side's gate is in the result. */
export function pushLedger(repository: Repository, remote: Remote, refs: readonly string[]): Promise<PushResult> {
  return pushRefs(
    repository,
    remote,
    refs.map((ref) => `${ref}:${ref}`),
  );
}

/** A genesis never moves: another one is another organization. */
function refuseStrangers(genesis: RefEntry, ours: string | undefined): void {
  if (ours !== undefined && ours !== genesis.id)
    throw new WorldError('GDO5020', 'The ledger there belongs to another organization', 'use another clone for it');
}

function refuseApart(entry: RefEntry): void {
  if (/^refs\/gdo\/(checkpoint|receipt|cosign)/.test(entry.ref)) {
    throw new WorldError(
      'GDO1071',
      `The ledger there has another final line than this copy (${entry.ref})`,
      'stop, keep both copies, and ask the steward: two final lines prove a fault',
    );
  }
}

async function moveRefs(repository: Repository, changes: readonly RefChange[]): Promise<void> {
  if (changes.length === 0) return;
  const moved = await repository.updateRefs(changes);
  if (moved.kind === 'conflict') throw new WorldError('GDO1043', 'The ledger moved while it was fetched', 'run `gdo sync` again', new Error(moved.reason));
}

/** How a line of ours stands to a line of theirs. */
async function relationOf(repository: Repository, ours: string, theirs: string): Promise<'ahead' | 'behind' | 'apart'> {
  const isAncestor = async (old: string, next: string): Promise<boolean> =>
    (await runGit({ gitDirectory: repository.gitDirectory, environment: repository.environment, arguments: ['merge-base', '--is-ancestor', old, next] }))
      .code === 0;
  if (await isAncestor(ours, theirs)) return 'behind';
  return (await isAncestor(theirs, ours)) ? 'ahead' : 'apart';
}

/** How `followMain` ended. `differs`: this clone's main has commits that the ledger did not accept (GDO2003), or files stand in the way. */
export type FollowedMain =
  | { readonly kind: 'same' }
  | { readonly kind: 'moved'; readonly old: string | undefined }
  | { readonly kind: 'differs'; readonly code: 'GDO2003'; readonly reason: string };

/** Moves this copy's main forward to the accepted commit, with the files of the working tree where main is checked out. Local changes are never lost. */
export async function followMain(view: LedgerView): Promise<FollowedMain> {
  const { repository, mainCommit } = view;
  const old = await repository.resolve('refs/heads/main');
  if (old === mainCommit) return { kind: 'same' };
  if (old !== undefined && (await relationOf(repository, old, mainCommit)) !== 'behind') {
    return { kind: 'differs', code: 'GDO2003', reason: 'Main of this clone has commits that the ledger did not accept' };
  }
  const { gitDirectory, workTree } = repository;
  const head = await runGit({ gitDirectory, arguments: ['symbolic-ref', '--quiet', 'HEAD'] });
  if (workTree !== undefined && head.output.toString('utf8').trim() === 'refs/heads/main') {
    // A copied or restored clone has other file times than its index remembers; without this git would see every file as changed.
    await runGit({ gitDirectory, workTree, arguments: ['update-index', '-q', '--refresh'] });
    const trees = old === undefined ? [mainCommit] : [old, mainCommit];
    const checkout = await runGit({ gitDirectory, workTree, arguments: ['read-tree', '-m', '-u', ...trees] });
    if (checkout.code !== 0)
      return { kind: 'differs', code: 'GDO2003', reason: `Files of this clone stand in the way: ${checkout.errors.trim().split('\n')[0] ?? ''}` };
  }
  await moveRefs(repository, [{ ref: 'refs/heads/main', old, next: mainCommit }]);
  return { kind: 'moved', old };
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
