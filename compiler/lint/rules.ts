// The list of lint rules, in order of code. A rule that is not named here is not run.
import { ambiguousDay } from './ambiguous-day.ts';
import { countingParameterMissing } from './counting-parameter-missing.ts';
import { deadEnd } from './dead-end.ts';
import { endBeforeMinimum } from './end-before-minimum.ts';
import { gainPathWithoutGrant } from './gain-path-without-grant.ts';
import { loneAmendment } from './lone-amendment.ts';
import { mergesNothing } from './merges-nothing.ts';
import { missingOtherwise } from './missing-otherwise.ts';
import { noAmendmentProcess } from './no-amendment-process.ts';
import { noDeadline } from './no-deadline.ts';
import { noDecisionToHold } from './no-decision-to-hold.ts';
import { nobodyNominates } from './nobody-nominates.ts';
import { oneOfSeveral } from './one-of-several.ts';
import { presentWithoutMeeting } from './present-without-meeting.ts';
import { quorumImpossible } from './quorum-impossible.ts';
import type { LintRule } from './rule.ts';
import { shareOfOpenRole } from './share-of-open-role.ts';
import { thresholdAboveEveryone } from './threshold-above-everyone.ts';
import { thresholdIsEveryone } from './threshold-is-everyone.ts';
import { tieRuleMissing } from './tie-rule-missing.ts';
import { unreachableStage } from './unreachable-stage.ts';

/** Every structural rule once, ascending by code. */
export const lintRules: readonly LintRule[] = [
  tieRuleMissing,
  presentWithoutMeeting,
  oneOfSeveral,
  unreachableStage,
  deadEnd,
  missingOtherwise,
  noDeadline,
  gainPathWithoutGrant,
  noAmendmentProcess,
  nobodyNominates,
  mergesNothing,
  noDecisionToHold,
  endBeforeMinimum,
  quorumImpossible,
  thresholdAboveEveryone,
  thresholdIsEveryone,
  shareOfOpenRole,
  countingParameterMissing,
  loneAmendment,
  ambiguousDay,
];
