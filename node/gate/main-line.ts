// Compares a repository's main with the line that the ledger accepted: a host without the gate can be bypassed (node.md section 4).
import { WorldError } from '../cli/command.ts';
import type { RefChange } from '../git/repository.ts';
import type { ComputedEpoch } from '../ledger/epoch.ts';
import { commitLinks } from '../ledger/statements.ts';
import type { LedgerView } from '../ledger/view.ts';

/** Where main stands. `current` is undefined where the repository has no main yet. */
export type MainLine =
  | { readonly kind: 'same'; readonly current: string | undefined }
  | { readonly kind: 'differs'; readonly code: 'GDO2003'; readonly current: string; readonly reason: string };

/** Reads `refs/heads/main` and compares it with the accepted commit. */
export async function mainLine(view: LedgerView): Promise<MainLine> {
  const current = await view.repository.resolve('refs/heads/main');
  if (current === undefined || current === view.mainCommit) return { kind: 'same', current };
  const links = await commitLinks(view.repository, current);
  const ahead = links === undefined ? 0 : (await view.repository.walk([current], [view.mainCommit])).length;
  const what = ahead === 0 ? 'Main is behind the accepted line' : `Main is ahead of the accepted line by ${ahead} ${ahead === 1 ? 'commit' : 'commits'}`;
  return { kind: 'differs', code: 'GDO2003', current, reason: what };
}

/** The move of main, if the epoch merged something. @throws WorldError GDO2003 where main is not the accepted line */
export async function mainMove(view: LedgerView, epoch: ComputedEpoch): Promise<readonly RefChange[]> {
  if (epoch.merges.length === 0) return [];
  const line = await mainLine(view);
  if (line.kind === 'differs')
    throw new WorldError('GDO2003', line.reason, `move it back with \`git update-ref refs/heads/main ${view.mainCommit}\` and propose the change`);
  return [{ ref: 'refs/heads/main', old: line.current, next: epoch.statement.mainCommit }];
}
