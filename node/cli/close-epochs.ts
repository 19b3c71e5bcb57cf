// Wires the steward's round for the command line: the built-in check of bylaws, the container runner, the file of votes.
import type { CaseNotice } from '../../engine/index.ts';
import { gitPath } from '../git/child.ts';
import { sweepObjects } from '../git/leftovers.ts';
import { writeDecisions } from '../gate/decision-log.ts';
import { closeEpochs as closeRound } from '../gate/steward.ts';
import type { Signer } from '../ledger/keys.ts';
import type { LedgerView } from '../ledger/view.ts';
import { voteStore, votesPath } from '../ledger/votes.ts';
import { bylawsEndorser } from './bylaws-endorser.ts';
import { dappRunner } from './dapp-runner.ts';
import type { Unanswered } from './dapp-runner.ts';
import type { World } from './world.ts';

/** What the round did. */
export interface RoundReport {
  readonly view: LedgerView;
  readonly closed: number;
  readonly notices: readonly CaseNotice[];
  readonly left: readonly { readonly code: string; readonly reason: string; readonly actor: string }[];
  /** Requirements without a verdict (GDO3xxx). They stay open. */
  readonly unanswered: readonly Unanswered[];
}

/** Endorses and closes epochs while batches wait, something is due, or the heartbeat is. @throws WorldError as the gate's `closeEpoch`, GDO5024 where git is not installed */
export async function closeEpochs(start: LedgerView, signer: Signer, world: World): Promise<RoundReport> {
  // Members rely on what a steward signs: it is written by git, with git's own checks.
  if (start.repository.adapter === 'portable') gitPath();
  if (start.repository.workTree === undefined) sweepObjects(start.repository.gitDirectory);
  const runner = dappRunner(world);
  const round = await closeRound({
    view: start,
    signer,
    votes: voteStore(votesPath(start.repository)),
    clockMs: world.clockMs(),
    checkBylaws: bylawsEndorser(),
    runDapp: runner.endorse,
  });
  if (round.view !== start) writeDecisions(round.view);
  await showMerged(start, round.view);
  const last = round.closed.at(-1);
  return {
    view: round.view,
    closed: round.closed.length,
    notices: round.closed.flatMap((epoch) => epoch.checkpoint.notices),
    left: last?.left.map((one) => ({ code: one.code, reason: one.reason, actor: one.stored.batch.actor })) ?? [],
    unanswered: runner.unanswered(),
  };
}

/**
 * A clone that is its own node may show main in its working tree: the files follow the branch that the gate has moved. Where local changes
 * stand in the way they stay as they are, and git shows them as changes against the new main.
 */
async function showMerged(before: LedgerView, after: LedgerView): Promise<void> {
  const { repository } = after;
  if (repository.workTree === undefined || before.mainCommit === after.mainCommit) return;
  if ((await repository.currentBranch()) === 'refs/heads/main') await repository.showFiles(before.mainCommit, after.mainCommit);
}
