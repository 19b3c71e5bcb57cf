// What a path of the bylaws means among the stages, outcomes and ends that cases reach: what starts after it, and which remedies wait for it.
import type { Charter } from './bylaws.ts';
import { fullPath } from './charter-diff.ts';

/** Stands for the end of a case among the stages it reached: what a path of a process alone means (docs/decisions/0061). */
export const caseEnd = '';

/** True iff a path means what a case has just reached: a stage, the joint a vote opens with, or for a process alone the end of the case. Pure. */
export function isReached(charter: Charter, path: readonly string[], process: string, stage: string): boolean {
  if (path[0] !== process) return false;
  const [, reached = caseEnd] = fullPath(charter, path);
  return reached === stage;
}
