// The list of lint rules, in order of code. A rule that is not named here is not run.
import { accountWithoutLimit } from './account-without-limit.ts';
import { allButEverybody } from './all-but-everybody.ts';
import { ambiguousDay } from './ambiguous-day.ts';
import { amenderWeaker } from './amender-weaker.ts';
import { amendmentDecidesOpenCases } from './amendment-decides-open-cases.ts';
import { appealToSameBody } from './appeal-to-same-body.ts';
import { approverIsAuthor } from './approver-is-author.ts';
import { belowMinimumUnruled } from './below-minimum-unruled.ts';
import { capContradictsSeats } from './cap-contradicts-seats.ts';
import { capWithoutRemedy } from './cap-without-remedy.ts';
import { captureByNewcomers } from './capture-by-newcomers.ts';
import { certificateForever } from './certificate-forever.ts';
import { circularDefinition } from './circular-definition.ts';
import { closedProgramList } from './closed-program-list.ts';
import { confirmationTooLong } from './confirmation-too-long.ts';
import { conflictUnanswered } from './conflict-unanswered.ts';
import { conflictedRecusal } from './conflicted-recusal.ts';
import { conflictedTieBreaker } from './conflicted-tie-breaker.ts';
import { conflictingThresholds } from './conflicting-thresholds.ts';
import { firstHoldersMisfit } from './first-holders-misfit.ts';
import { vacantWithoutSeats } from './vacant-without-seats.ts';
import { upperBoundOfActors } from './upper-bound-of-actors.ts';
import { tieNeverAsked } from './tie-never-asked.ts';
import { exceptNobody } from './except-nobody.ts';
import { countingParameterMissing } from './counting-parameter-missing.ts';
import { dateInPast } from './date-in-past.ts';
import { deadEnd } from './dead-end.ts';
import { decisionNeverExpires } from './decision-never-expires.ts';
import { decisionWithoutEffect } from './decision-without-effect.ts';
import { delegationDoubleCount } from './delegation-double-count.ts';
import { disjointQuorums } from './disjoint-quorums.ts';
import { dutyWithoutConsequence } from './duty-without-consequence.ts';
import { earlyCloseChangingBallots } from './early-close-changing-ballots.ts';
import { editUnanswered } from './edit-unanswered.ts';
import { effectOnNobody } from './effect-on-nobody.ts';
import { emptySchedule } from './empty-schedule.ts';
import { emptyWindow } from './empty-window.ts';
import { endBeforeMinimum } from './end-before-minimum.ts';
import { endlessRestart } from './endless-restart.ts';
import { endorsersCanSplit } from './endorsers-can-split.ts';
import { eternalHasAmender } from './eternal-has-amender.ts';
import { extensionUnbounded } from './extension-unbounded.ts';
import { gainPathWithoutGrant } from './gain-path-without-grant.ts';
import { governsNothing } from './governs-nothing.ts';
import { graceDiffers } from './grace-differs.ts';
import { graceWithoutWitnesses } from './grace-without-witnesses.ts';
import { holdAtWill } from './hold-at-will.ts';
import { inactiveInDenominator } from './inactive-in-denominator.ts';
import { issuerBootstrapsItself } from './issuer-bootstraps-itself.ts';
import { ladderGap } from './ladder-gap.ts';
import { lastHolderCanGo } from './last-holder-can-go.ts';
import { lateSwing } from './late-swing.ts';
import { limitUnreachable } from './limit-unreachable.ts';
import { lockOut } from './lock-out.ts';
import { lockWithoutRelease } from './lock-without-release.ts';
import { loneAmendment } from './lone-amendment.ts';
import { loneYesCarries } from './lone-yes-carries.ts';
import { longProcess } from './long-process.ts';
import { loopWithoutProgress } from './loop-without-progress.ts';
import { mergesNothing } from './merges-nothing.ts';
import { missingOtherwise } from './missing-otherwise.ts';
import { mutualRating } from './mutual-rating.ts';
import { noAmendmentProcess } from './no-amendment-process.ts';
import { noAppeal } from './no-appeal.ts';
import { noDeadline } from './no-deadline.ts';
import { noDecisionToHold } from './no-decision-to-hold.ts';
import { noLiarTolerated } from './no-liar-tolerated.ts';
import { noRemovalPath } from './no-removal-path.ts';
import { noShowParadox } from './no-show-paradox.ts';
import { noSuccession } from './no-succession.ts';
import { noWayToJoin } from './no-way-to-join.ts';
import { noWayToLeave } from './no-way-to-leave.ts';
import { nobodyNominates } from './nobody-nominates.ts';
import { nonMonotone } from './non-monotone.ts';
import { nondeterministicReport } from './nondeterministic-report.ts';
import { notFormatted } from './not-formatted.ts';
import { noticeTooShort } from './notice-too-short.ts';
import { officeOutlivesSeat } from './office-outlives-seat.ts';
import { offlineAboveStale } from './offline-above-stale.ts';
import { offlineLimitsDiffer } from './offline-limits-differ.ts';
import { offlineOutlivesLoss } from './offline-outlives-loss.ts';
import { offsetNotDeclared } from './offset-not-declared.ts';
import { oneBodyDoesAll } from './one-body-does-all.ts';
import { oneOfSeveral } from './one-of-several.ts';
import { onePersonTransfer } from './one-person-transfer.ts';
import { openingAfterDeadline } from './opening-after-deadline.ts';
import { overlappingResults } from './overlapping-results.ts';
import { ownRemovalConsent } from './own-removal-consent.ts';
import { ownerlessDuty } from './ownerless-duty.ts';
import { payerApproves } from './payer-approves.ts';
import { presentWithoutMeeting } from './present-without-meeting.ts';
import { propertyUndecided } from './property-undecided.ts';
import { propertyViolated } from './property-violated.ts';
import { quorumImpossible } from './quorum-impossible.ts';
import { quorumOfOne } from './quorum-of-one.ts';
import { recusalKillsQuorum } from './recusal-kills-quorum.ts';
import { remedyEmptiesRole } from './remedy-empties-role.ts';
import { removalEasierThanAdmission } from './removal-easier-than-admission.ts';
import { renewableEmergency } from './renewable-emergency.ts';
import { repairSlowerThanHarm } from './repair-slower-than-harm.ts';
import { repeatingPercentage } from './repeating-percentage.ts';
import { rightNobodyCanUse } from './right-nobody-can-use.ts';
import { rightWithoutOffline } from './right-without-offline.ts';
import { rollChangeBreaksRule } from './roll-change-breaks-rule.ts';
import { ruleWithoutSentence } from './rule-without-sentence.ts';
import { rulesReadFromChange } from './rules-read-from-change.ts';
import { safetyLockByEveryone } from './safety-lock-by-everyone.ts';
import { sameMatterEvaded } from './same-matter-evaded.ts';
import { samePeopleTwice } from './same-people-twice.ts';
import { scenarioFailed } from './scenario-failed.ts';
import { scheduleContradictsWords } from './schedule-contradicts-words.ts';
import { sealedButWatched } from './sealed-but-watched.ts';
import { secondCallDecidesRules } from './second-call-decides-rules.ts';
import { selfAppointment } from './self-appointment.ts';
import { selfEarned } from './self-earned.ts';
import { sentenceWithoutRule } from './sentence-without-rule.ts';
import { shadowedTest } from './shadowed-test.ts';
import { shadowedTransition } from './shadowed-transition.ts';
import { shareOfFew } from './share-of-few.ts';
import { shareOfOpenRole } from './share-of-open-role.ts';
import { silenceConsents } from './silence-consents.ts';
import { silentlyEternal } from './silently-eternal.ts';
import { sinceUnvisited } from './since-unvisited.ts';
import { singleVeto } from './single-veto.ts';
import { smallJuryPool } from './small-jury-pool.ts';
import { splittableLimit } from './splittable-limit.ts';
import { sponsorsTooFew } from './sponsors-too-few.ts';
import { staggerMismatch } from './stagger-mismatch.ts';
import { staleRestatement } from './stale-restatement.ts';
import { strictnessMatters } from './strictness-matters.ts';
import { supportLost } from './support-lost.ts';
import { suspensionAtWill } from './suspension-at-will.ts';
import { sybilGain } from './sybil-gain.ts';
import { takeover } from './takeover.ts';
import { termWithoutSuccessor } from './term-without-successor.ts';
import { thresholdAboveEveryone } from './threshold-above-everyone.ts';
import { thresholdIsEveryone } from './threshold-is-everyone.ts';
import { tieRuleMissing } from './tie-rule-missing.ts';
import { twoStepBypass } from './two-step-bypass.ts';
import { unboundedParameter } from './unbounded-parameter.ts';
import { uncoveredPath } from './uncovered-path.ts';
import { undeclaredDapp } from './undeclared-dapp.ts';
import { unendingEmergency } from './unending-emergency.ts';
import { unexercisedTransition } from './unexercised-transition.ts';
import { unitMismatch } from './unit-mismatch.ts';
import { unreachableStage } from './unreachable-stage.ts';
import { unsatisfiableTests } from './unsatisfiable-tests.ts';
import { vacancyUnhandled } from './vacancy-unhandled.ts';
import { vacuousTest } from './vacuous-test.ts';
import { weakerFastPath } from './weaker-fast-path.ts';
import { weightGainedMeanwhile } from './weight-gained-meanwhile.ts';
import { windowNeverReached } from './window-never-reached.ts';
import type { LintRule } from './rule.ts';

/** Every rule once, ascending by code. */
export const lintRules: readonly LintRule[] = [
  tieRuleMissing,
  unitMismatch,
  presentWithoutMeeting,
  circularDefinition,
  oneOfSeveral,
  unreachableStage,
  deadEnd,
  missingOtherwise,
  noDeadline,
  loopWithoutProgress,
  shadowedTransition,
  conflictingThresholds,
  uncoveredPath,
  governsNothing,
  rulesReadFromChange,
  undeclaredDapp,
  editUnanswered,
  gainPathWithoutGrant,
  conflictUnanswered,
  nondeterministicReport,
  noAmendmentProcess,
  decisionWithoutEffect,
  nobodyNominates,
  mergesNothing,
  noDecisionToHold,
  endBeforeMinimum,
  sinceUnvisited,
  supportLost,
  sameMatterEvaded,
  effectOnNobody,
  quorumImpossible,
  thresholdAboveEveryone,
  thresholdIsEveryone,
  rollChangeBreaksRule,
  repeatingPercentage,
  strictnessMatters,
  shareOfFew,
  noShowParadox,
  loneYesCarries,
  nonMonotone,
  conflictedTieBreaker,
  weakerFastPath,
  removalEasierThanAdmission,
  weightGainedMeanwhile,
  delegationDoubleCount,
  inactiveInDenominator,
  recusalKillsQuorum,
  earlyCloseChangingBallots,
  unsatisfiableTests,
  vacuousTest,
  shareOfOpenRole,
  endorsersCanSplit,
  noLiarTolerated,
  secondCallDecidesRules,
  samePeopleTwice,
  shadowedTest,
  allButEverybody,
  overlappingResults,
  countingParameterMissing,
  upperBoundOfActors,
  tieNeverAsked,
  exceptNobody,
  loneAmendment,
  lockOut,
  lastHolderCanGo,
  ownRemovalConsent,
  selfAppointment,
  quorumOfOne,
  takeover,
  disjointQuorums,
  amenderWeaker,
  twoStepBypass,
  amendmentDecidesOpenCases,
  unboundedParameter,
  silentlyEternal,
  eternalHasAmender,
  unendingEmergency,
  singleVeto,
  oneBodyDoesAll,
  approverIsAuthor,
  propertyViolated,
  propertyUndecided,
  captureByNewcomers,
  renewableEmergency,
  closedProgramList,
  suspensionAtWill,
  rightNobodyCanUse,
  lockWithoutRelease,
  safetyLockByEveryone,
  holdAtWill,
  remedyEmptiesRole,
  emptyWindow,
  ambiguousDay,
  decisionNeverExpires,
  lateSwing,
  repairSlowerThanHarm,
  noticeTooShort,
  silenceConsents,
  termWithoutSuccessor,
  dateInPast,
  extensionUnbounded,
  confirmationTooLong,
  windowNeverReached,
  scheduleContradictsWords,
  offsetNotDeclared,
  offlineLimitsDiffer,
  graceDiffers,
  offlineOutlivesLoss,
  rightWithoutOffline,
  emptySchedule,
  graceWithoutWitnesses,
  offlineAboveStale,
  endlessRestart,
  sealedButWatched,
  openingAfterDeadline,
  belowMinimumUnruled,
  noSuccession,
  onePersonTransfer,
  conflictedRecusal,
  noRemovalPath,
  capContradictsSeats,
  noWayToJoin,
  noWayToLeave,
  vacancyUnhandled,
  dutyWithoutConsequence,
  ownerlessDuty,
  staggerMismatch,
  capWithoutRemedy,
  officeOutlivesSeat,
  firstHoldersMisfit,
  vacantWithoutSeats,
  splittableLimit,
  ladderGap,
  limitUnreachable,
  payerApproves,
  accountWithoutLimit,
  selfEarned,
  certificateForever,
  issuerBootstrapsItself,
  smallJuryPool,
  appealToSameBody,
  noAppeal,
  mutualRating,
  sybilGain,
  sponsorsTooFew,
  sentenceWithoutRule,
  ruleWithoutSentence,
  staleRestatement,
  notFormatted,
  longProcess,
  scenarioFailed,
  unexercisedTransition,
];
