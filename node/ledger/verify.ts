// Decides a case or a commit again from the replayed ledger and shows why: which requirement had what, at which checkpoint, signed by whom. Reads no clock.
import { caseView, engines, explainCase, foldEpoch, type CaseView, type RequirementLine, type State } from '../../engine/index.ts';
import type { MergeRecord } from './epoch.ts';
import type { CheckpointRecord, JudgedEvent, LedgerView } from './view.ts';

/** One stage that a case left, with the requirements as they stood when it did. */
export interface DecisionStep {
  readonly height: number;
  readonly timeMs: number;
  readonly stage: string;
  readonly stageTitle: string | undefined;
  readonly entry: number;
  /** The stage or outcome that followed. */
  readonly next: string;
  readonly lines: readonly RequirementLine[];
}

/** A case decided again. `exit`: 0 accepted, 1 refused, 4 still open (cli.md section 2). */
export interface CaseVerification {
  readonly exit: 0 | 1 | 4;
  readonly code: string | undefined;
  readonly case: CaseView;
  readonly steps: readonly DecisionStep[];
  /** Requirements of the stage that is open now, or of the merge that waits. */
  readonly open: readonly RequirementLine[];
  readonly merge: MergeRecord | undefined;
  /** Every event of the case in the order of the ledger, the proposal first. */
  readonly events: readonly JudgedEvent[];
  /** Keys that signed them. */
  readonly keysCount: number;
  /** The checkpoint that decided it, or the tip while it is open. */
  readonly checkpoint: CheckpointRecord;
}

/** A commit decided again. */
export type RefVerification =
  | { readonly kind: 'merge'; readonly exit: 0; readonly commit: string; readonly verification: CaseVerification }
  /** Content from before the founding, or a commit inside an accepted proposal (`verification`). */
  | { readonly kind: 'founding'; readonly exit: 0; readonly commit: string }
  | { readonly kind: 'part'; readonly exit: 0; readonly commit: string; readonly verification: CaseVerification }
  /** On no accepted case (GDO2001), or naming a case that did not accept it (GDO2005, GDO2006, GDO2010 ...). */
  | {
      readonly kind: 'unaccepted';
      readonly exit: 1 | 4;
      readonly commit: string;
      readonly code: string;
      readonly reason: string;
      readonly verification: CaseVerification | undefined;
    };

/**
 * The checkpoint at which a view begins, where the case or commit asked for is older: this copy does not hold what was said about it then.
 * @param started - when the case began
 */
export function beginsAfter(view: LedgerView, startedMs: number): CheckpointRecord | undefined {
  const [first] = view.checkpoints;
  return view.earlier.length > 0 && first !== undefined && startedMs <= first.timeMs ? first : undefined;
}

/** Decides one case again. @param id - case id, or its number @returns undefined where there is no such case */
export function verifyCase(view: LedgerView, id: string | number): CaseVerification | undefined {
  const current = caseView(view.state, id);
  if (current === undefined) return undefined;
  const events = [...view.verdicts.values()].filter((row) => row.event.id === current.id || row.event.case === current.id);
  const steps = decisionSteps(view, current.id);
  const merge = view.merges.find((one) => one.merge.case === current.id);
  const decided = view.checkpoints.findLast((checkpoint) => checkpoint.notices.some((notice) => notice.case === current.id));
  return {
    exit: exitOf(current.status),
    code: current.code ?? refusalCode(current.status),
    case: current,
    steps,
    open: current.status === 'open' || current.status === 'waiting' ? current.needed : [],
    merge,
    events,
    keysCount: new Set(events.map((row) => row.event.device)).size,
    checkpoint: exitOf(current.status) === 4 ? view.tip : (decided ?? view.tip),
  };
}

/** Decides one commit again. @param ref - anything git resolves, such as `main~1` @returns undefined where git knows no such commit */
export async function verifyRef(view: LedgerView, ref: string): Promise<RefVerification | undefined> {
  const { repository } = view;
  const commit = await repository.resolve(`${ref}^{commit}`);
  if (commit === undefined) return undefined;
  const merge = view.merges.find((one) => one.commit === commit);
  const known = merge === undefined ? undefined : verifyCase(view, merge.merge.case);
  if (known !== undefined) return { kind: 'merge', exit: 0, commit, verification: known };
  if ((await repository.walk([commit], [view.genesis.mainCommit])).length === 0) return { kind: 'founding', exit: 0, commit };
  for (const one of view.merges) {
    const inside = await repository.walk([one.merge.head], [one.parent]);
    const verification = inside.includes(commit) ? verifyCase(view, one.merge.case) : undefined;
    if (verification !== undefined) return { kind: 'part', exit: 0, commit, verification };
  }
  return unaccepted(view, commit);
}

/** A commit that no checkpoint named: if it claims a case, or a case wants exactly it, that case says why not. */
async function unaccepted(view: LedgerView, commit: string): Promise<RefVerification> {
  const object = await view.repository.readObject(commit);
  const claimed = /^Gdo-Case: ([0-9a-f]{64})$/m.exec(Buffer.from(object?.bytes ?? []).toString('utf8'))?.[1];
  const naming = [...view.verdicts.values()].findLast(
    ({ event }) => (event.kind === 'propose' || event.kind === 'act') && event.body['head'] === commit,
  )?.event;
  const proposed = naming?.case ?? naming?.id;
  const verification = verifyCase(view, claimed ?? proposed ?? '');
  if (verification === undefined) {
    return { kind: 'unaccepted', exit: 1, commit, code: 'GDO2001', reason: 'The commit is on no accepted case', verification };
  }
  const { exit, code } = verification;
  if (exit === 0)
    return {
      kind: 'unaccepted',
      exit: 1,
      commit,
      code: 'GDO2003',
      reason: `The commit is not the one that #${verification.case.number} was merged as`,
      verification,
    };
  const reason = exit === 4 ? `#${verification.case.number} is still open` : `#${verification.case.number} was not accepted`;
  return { kind: 'unaccepted', exit, commit, code: code ?? 'GDO2005', reason, verification };
}

function exitOf(status: CaseView['status']): 0 | 1 | 4 {
  switch (status) {
    case 'accepted':
    case 'merged':
      return 0;
    case 'refused':
    case 'stale':
    case 'rejected':
      return 1;
    case 'open':
    case 'waiting':
      return 4;
  }
}

function refusalCode(status: CaseView['status']): string | undefined {
  const exit = exitOf(status);
  return exit === 0 ? undefined : exit === 4 ? 'GDO2006' : 'GDO2005';
}

function decisionSteps(view: LedgerView, id: string): readonly DecisionStep[] {
  const steps: DecisionStep[] = [];
  for (const [index, checkpoint] of view.checkpoints.entries()) {
    const before = view.checkpoints[index - 1];
    if (before === undefined || !checkpoint.notices.some((notice) => notice.case === id)) continue;
    const judged = judgedState(view, before, checkpoint);
    const from = caseView(judged, id);
    const to = caseView(checkpoint.state, id);
    if (from === undefined || to === undefined || (from.entry === to.entry && from.status === to.status && from.stage === to.stage)) continue;
    steps.push({
      height: checkpoint.height,
      timeMs: checkpoint.timeMs,
      stage: from.stage,
      stageTitle: from.stageTitle,
      entry: from.entry,
      next: to.status === 'merged' ? 'merged' : to.stage,
      lines: explainCase(judged, id),
    });
  }
  return steps;
}

/** The state after the events of an epoch and before its end: what the end of the epoch decided on. */
function judgedState(view: LedgerView, before: CheckpointRecord, checkpoint: CheckpointRecord): State {
  const rules = engines(before.statement.engine);
  if (rules === undefined) return before.state;
  return foldEpoch({
    state: before.state,
    batches: checkpoint.included.flatMap((id) => view.batches.get(id)?.batch ?? []),
    receivedMs: (batch) => view.receivedMs.get(batch),
    baseMs: (checkpoint) => view.checkpointById.get(checkpoint)?.timeMs,
    timeMs: checkpoint.timeMs,
    height: checkpoint.height,
    previousCheckpoint: before.id,
    rules: { ...rules, end: (draft) => ({ state: draft.state, merges: [], notices: [] }) },
    windowBatches: view.genesis.params.windowBatches,
  }).state;
}
