// What two copies of a ledger have in common besides fetching (node/sync): pushing one's own, how two lines stand to each other, and following main.
import type { RefChange, Repository } from '../git/repository.ts';
import { pushRefs, type PushResult, type Remote } from '../git/transport.ts';
import { WorldError } from '../cli/command.ts';
import { commitLinks } from './statements.ts';
import type { LedgerView } from './view.ts';

/** Pushes logs and proposals. A refusal by the other side's gate is in the result. */
export function pushLedger(repository: Repository, remote: Remote, refs: readonly string[]): Promise<PushResult> {
  return pushRefs(
    repository,
    remote,
    refs.map((ref) => `${ref}:${ref}`),
  );
}

/** Moves refs as they were compared. @throws WorldError GDO1043 where one of them moved meanwhile */
export async function moveRefs(repository: Repository, changes: readonly RefChange[]): Promise<void> {
  if (changes.length === 0) return;
  const moved = await repository.updateRefs(changes);
  if (moved.kind === 'conflict') throw new WorldError('GDO1043', 'The ledger moved while it was fetched', 'run `gdo sync` again', new Error(moved.reason));
}

/** Most steps that are looked at one by one: what a copy has fallen behind is mostly a few. */
const stepsMax = 256;

/** How a line of ours stands to a line of theirs. @param repository - sees both */
export async function relationOf(repository: Repository, ours: string, theirs: string): Promise<'ahead' | 'behind' | 'apart'> {
  const isAncestor = async (old: string, next: string): Promise<boolean> => {
    let at: string | undefined = next;
    for (let steps = 0; at !== undefined && steps < stepsMax; steps += 1) {
      if (at === old) return true;
      at = (await commitLinks(repository, at))?.parents[0];
    }
    return repository.isAncestor(old, next);
  };
  if (await isAncestor(ours, theirs)) return 'behind';
  return (await isAncestor(theirs, ours)) ? 'ahead' : 'apart';
}

/** How `followMain` ended. `left`: main is checked out here, and files change only where git is installed. `differs`: this clone's main has commits that the ledger did not accept (GDO2003), or files stand in the way. */
export type FollowedMain =
  | { readonly kind: 'same' }
  | { readonly kind: 'left' }
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
  if (repository.workTree !== undefined && (await repository.currentBranch()) === 'refs/heads/main') {
    if (repository.adapter === 'portable') return { kind: 'left' };
    const shown = await repository.showFiles(old, mainCommit);
    if (shown.kind === 'blocked') return { kind: 'differs', code: 'GDO2003', reason: `Files of this clone stand in the way: ${shown.reason}` };
  }
  await moveRefs(repository, [{ ref: 'refs/heads/main', old, next: mainCommit }]);
  return { kind: 'moved', old };
}
