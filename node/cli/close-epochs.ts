// The steward's round: answers open requirements, closes epochs until nothing is due any more. Used by `gdo sync` and `gdo merge`.
import type { CaseNotice } from '../../engine/index.ts';
import { closeEpoch, epochReason } from '../gate/checkpoint-round.ts';
import { answerRequirements } from '../gate/requirements.ts';
import type { Unanswered } from '../gate/requirements.ts';
import type { Signer } from '../ledger/keys.ts';
import type { MergeRecord } from '../ledger/epoch.ts';
import type { LedgerView } from '../ledger/view.ts';
import { voteStore, votesPath } from '../ledger/votes.ts';
import { dappRunner } from './dapp-runner.ts';
import { bylawsAttestor } from './bylaws-attestor.ts';
import type { World } from './world.ts';

/** What the rounds did. */
export interface RoundReport {
  readonly view: LedgerView;
  readonly closed: number;
  readonly notices: readonly CaseNotice[];
  readonly merges: readonly MergeRecord[];
  readonly left: readonly { readonly code: string; readonly reason: string; readonly actor: string }[];
  /** Requirements that could not be answered: no engine, no verdict (GDO3xxx). They stay open. */
  readonly unanswered: readonly Unanswered[];
}

/** Epochs of one round: a chain of decisions that each open the next is shorter; a loop of ours must not run for ever. */
const roundsMax = 64;

/** Closes epochs while batches wait, something is due, or the heartbeat is. @throws WorldError as `closeEpoch` */
export async function closeEpochs(start: LedgerView, signer: Signer, world: World): Promise<RoundReport> {
  const votes = voteStore(votesPath(start.repository));
  const notices: CaseNotice[] = [];
  const merges: MergeRecord[] = [];
  let view = start;
  let closed = 0;
  let left: RoundReport['left'] = [];
  let unanswered: readonly Unanswered[] = [];
  for (let round = 0; round < roundsMax; round += 1) {
    const answered = await answerRequirements({ view, signer, clockMs: world.clockMs(), checkBylaws: bylawsAttestor(), runDapp: dappRunner(world) });
    view = answered.view;
    unanswered = answered.unanswered;
    const before = view.pending.length;
    if (epochReason(view, world.clockMs()) === undefined) break;
    const epoch = await closeEpoch({ view, signer, votes, clockMs: world.clockMs() });
    view = epoch.view;
    closed += 1;
    notices.push(...epoch.checkpoint.notices);
    merges.push(...epoch.merges);
    left = epoch.left.map((one) => ({ code: one.code, reason: one.reason, actor: one.stored.batch.actor }));
    // Batches that stay out every time are no reason for another epoch.
    if (view.pending.length > 0 && view.pending.length === before && epoch.checkpoint.notices.length === 0) break;
  }
  return { view, closed, notices, merges, left, unanswered };
}
