// Writes what has become final into a node's own repository in one transaction: receipts, votes, merges, the checkpoint, main. It decides nothing.
import { invariant } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { mainMove } from '../gate/main-line.ts';
import type { GitObject } from '../git/object.ts';
import type { RefChange } from '../git/repository.ts';
import type { ComputedEpoch } from '../ledger/epoch.ts';
import { snapshotInterval } from '../ledger/checkpoint-chain.ts';
import { snapshotBytes } from '../ledger/snapshot.ts';
import type { StoredReceipt, StoredVote } from '../ledger/statement-log.ts';
import { checkpointCommit, statementCommit } from '../ledger/statements.ts';
import { withCheckpoint, type LedgerView } from '../ledger/view.ts';
import type { Board, BoardReceipt } from './board.ts';

/** A checkpoint that a quorum has voted for, with what it adds. `own`: the device whose receipt ref is ahead of what checkpoints name. */
export interface FinalCheckpointParts {
  readonly epoch: ComputedEpoch;
  readonly added: readonly BoardReceipt[];
  readonly times: ReadonlyMap<string, number>;
  readonly votes: readonly StoredVote[];
  readonly own: string | undefined;
}

/** Publishes it and gives the view after it. @throws WorldError GDO1071 where another process moved the refs, GDO2003 where main is not the accepted line */
export async function publishFinal(view: LedgerView, board: Board, parts: FinalCheckpointParts): Promise<LedgerView> {
  const { epoch } = parts;
  const { height, timeMs } = epoch.statement;
  const objects: GitObject[] = [...epoch.objects];
  const refs: RefChange[] = [];
  const receipts: StoredReceipt[] = [];
  for (const [device] of view.witnesses.rows) {
    const named = view.receipts.get(device)?.commit;
    let commit = named;
    for (const { id, receipt, bytes, armour } of parts.added.filter((one) => one.receipt.witness === device)) {
      const built = statementCommit('receipt', { bytes, armour }, commit);
      objects.push(...built.objects);
      commit = built.commit;
      receipts.push({ id, receipt, commit });
    }
    const ref = `refs/gdo/receipt/${device}`;
    const current = await view.repository.resolve(ref);
    // Own receipts are ahead of what checkpoints name, and stay.
    const isAhead =
      device === parts.own && current !== undefined && (await view.repository.walk([current], named === undefined ? [] : [named])).includes(commit ?? '');
    if (commit !== undefined && !isAhead && commit !== named) refs.push(...moved(ref, current, commit));
    const votes = await voteRef(view, board, device);
    objects.push(...votes.objects);
    refs.push(...votes.refs);
  }
  const checkpoint = checkpointCommit({
    bytes: epoch.bytes,
    id: epoch.id,
    height,
    timeMs,
    parent: view.tip.commit,
    snapshot: height % snapshotInterval === 0 ? snapshotBytes(epoch.result.state) : undefined,
  });
  objects.push(...checkpoint.objects);
  refs.push({ ref: 'refs/gdo/checkpoint', old: view.tip.commit, next: checkpoint.commit }, ...(await mainMove(view, epoch)));
  await view.repository.writeObjects(objects);
  const transaction = await view.repository.updateRefs(refs);
  if (transaction.kind === 'conflict')
    throw new WorldError(
      'GDO1071',
      'Another process moved the ledger while a checkpoint became final',
      'let one node work on a repository',
      new Error(transaction.reason),
    );
  return withCheckpoint(view, epoch, { commit: checkpoint.commit, receipts, votes: parts.votes, times: parts.times });
}

function moved(ref: string, old: string | undefined, next: string): readonly RefChange[] {
  return old === next ? [] : [{ ref, old, next }];
}

/** A witness's votes in its own order, each on top of the one before it: the same line on every node that reads the same stream. */
async function voteRef(
  view: LedgerView,
  board: Board,
  device: string,
): Promise<{ readonly objects: readonly GitObject[]; readonly refs: readonly RefChange[] }> {
  const votes = board.votesOf(device);
  const last = votes.at(-1);
  if (last === undefined) return { objects: [], refs: [] };
  const ref = `refs/gdo/cosign/${device}`;
  const current = await view.repository.resolve(ref);
  const at = votes.findIndex(({ built }) => built.commit === current);
  if (current !== undefined && at < 0) return { objects: [], refs: [] };
  invariant(at < votes.length, 'a vote that is stored was read from the stream');
  return { objects: votes.slice(at + 1).flatMap(({ built }) => built.objects), refs: moved(ref, current, last.built.commit) };
}
