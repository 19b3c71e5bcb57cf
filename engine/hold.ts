// The `hold` lines of a step: from the event they name to the end of the case (S120). What is held is while-open.ts's.
import type { CharterStep } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { actsOf } from './acts.ts';
import type { Draft } from './draft.ts';
import { progressOf, untilOf } from './due.ts';
import type { Removal } from './verdict.ts';
import { holdFor } from './while-open.ts';

/** Holds what the open step says is held, where its event has happened; what it takes from people at once is returned. */
export function applyHolds(draft: Pick<Draft, 'state'>, scope: CaseScope, step: CharterStep): readonly Removal[] {
  if (step.holds.length === 0) return [];
  const acts = actsOf(draft.state, scope.record.id);
  const hasHappened = ({ acts: asked, within }: CharterStep['holds'][number]): boolean =>
    progressOf(scope, step, asked, acts, untilOf(scope, within)).reachedMs !== undefined;
  return step.holds.filter(hasHappened).flatMap(({ held }) => holdFor(draft, scope.record, held));
}
