// The list of lint rules, in order of code. A rule that is not named here is not run.
import { deadEnd } from './dead-end.ts';
import { loneAmendment } from './lone-amendment.ts';
import { missingOtherwise } from './missing-otherwise.ts';
import { noDeadline } from './no-deadline.ts';
import { quorumImpossible } from './quorum-impossible.ts';
import type { LintRule } from './rule.ts';
import { shareOfOpenRole } from './share-of-open-role.ts';
import { thresholdAboveEveryone } from './threshold-above-everyone.ts';
import { thresholdIsEveryone } from './threshold-is-everyone.ts';
import { unreachableStage } from './unreachable-stage.ts';

/** Every structural rule once, ascending by code. */
export const lintRules: readonly LintRule[] = [
  unreachableStage,
  deadEnd,
  missingOtherwise,
  noDeadline,
  quorumImpossible,
  thresholdAboveEveryone,
  thresholdIsEveryone,
  shareOfOpenRole,
  loneAmendment,
];
