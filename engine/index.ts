// The door of engine/: everything other folders may use, one by one.
export { byBytes, fromBase64, fromHex, isHex64, toBase64, toHex, utf8Bytes, utf8Decode, utf8Encode } from './bytes.ts';
export type {
  CharterOrganization,
  CharterArea,
  CharterLoss,
  CharterRole,
  CharterAttribute,
  CharterAction,
  CharterMeasure,
  CharterPoints,
  CharterCertificate,
  CharterDelegation,
  CharterAccount,
  CharterDapp,
  CharterCollaborator,
  CharterStartWindow,
  CharterShortage,
  CharterStart,
  CharterWhileOpen,
  CharterAnswer,
  CharterProcess,
  CharterRight,
  CharterDuty,
  CharterValue,
  CharterProtection,
  CharterClaim,
  CharterProperty,
  Charter,
} from './bylaws.ts';
export type {
  CharterStage,
  CharterSupport,
  CharterTransition,
  CharterStep,
  CharterResults,
  CharterTest,
  CharterQuorum,
  CharterTieRule,
  CharterCounted,
  CharterVote,
  CharterJoint,
  CharterMeeting,
  CharterDraw,
  CharterGranted,
  CharterEffect,
  CharterOutcome,
} from './bylaws-stages.ts';
export type {
  CharterDuration,
  Quantity,
  CharterComparison,
  CharterShare,
  CharterBound,
  CharterActor,
  CharterFact,
  CharterSince,
  CharterAct,
  CharterRemedy,
  CharterLimit,
  CharterHeld,
  CharterRecusal,
} from './bylaws-terms.ts';
export { byCodeUnit, canonicalText, decodeCanonical, documentBytesMax, encodeCanonical, isList, isObject } from './canonical.ts';
export type { Decoded, Json, JsonObject } from './canonical.ts';
export type { HexDigest } from './chain.ts';
export { digest, sha256Bytes, sha256Hex, zeros64 } from './chain.ts';
export type { DigestPrefix } from './chain.ts';
export { charterDiff, fullPath, isWordingOnly, touches } from './charter-diff.ts';
export type { CharterChange } from './charter-diff.ts';
export { countingNeeds } from './counting.ts';
export type { CountingNeed } from './counting.ts';
export { checkpointLog, checkSuccessor, idsRoot, verdictsRoot } from './checkpoint.ts';
export type { FinalCheckpoint } from './checkpoint.ts';
export { changeId, decodeChangeSet, encodeChangeSet, isContentEntry } from './changeset.ts';
export { batchId, batchPayload, depsMax, eventsPerBatchMax, isBylawsName, isGitId, isIdentifier, readBatchCommit, signedCommit } from './commit.ts';
export type { BatchCommit, ReadCommit } from './commit.ts';
export { addDuration, calendarOf, dayMs, daysOf, dueInstant, hourMs, instantOf, minuteMs } from './duration.ts';
export type { CalendarDay } from './duration.ts';
export type { Batch, ChangeEntry, ChangeSet, EventKind, LedgerEvent } from './event.ts';
export { composeEvent, decodeEvent, encodeEvent, eventId, isFreeText, splitLines } from './event-decode.ts';
export type { EventDraft } from './event-decode.ts';
export { engineZero } from './engine-zero.ts';
export type { ZeroDraft } from './engine-zero.ts';
export { judgeEvents } from './filter.ts';
export type { Judged, JudgeInput } from './filter.ts';
export { finalHeads, finalSeq, isFrozen } from './head.ts';
export type { Head } from './head.ts';
export { classOfKind, foldEpoch } from './fold.ts';
export type { Applied, ApplyContext, EndContext, EngineRules, EpochEnd, EpochInput, EpochResult, EventVerdict, Settled } from './fold.ts';
export { Bug, invariant, unreachable } from './invariant.ts';
export { joined, merkleRoot, rootOfGrowing } from './merkle.ts';
export type { GrowingRoot } from './merkle.ts';
export { proveInclusion, verifyInclusion } from './merkle-proof.ts';
export type { InclusionProof } from './merkle-proof.ts';
export { before, concurrent, forkedDevices, lastSeq, orderBatches, windowBatchesMax } from './order.ts';
export type { EpochOrder, EventClass, OrderedBatch, OrderInput, SequenceVector } from './order.ts';
export { checkReceiptFollows, receiptTimes, rowsByBatch } from './receipt.ts';
export type { ReceiptRows } from './receipt.ts';
export { settledMs } from './settling.ts';
export type { SettlingInput } from './settling.ts';
export { finalityNumbers, totalWeight, voteStanding, weightIn } from './finality.ts';
export type { CastVote, FinalityNumbers, VoteStanding, WitnessSet } from './finality.ts';
export { candidatesMax, judgeCandidate } from './candidate.ts';
export type { CandidateBasis, JudgedCandidate, OfferedCandidate, PublishedReceipt } from './candidate.ts';
export { readEvidence } from './evidence.ts';
export type { Evidence, SignedText } from './evidence.ts';
export { foldNumbered } from './numbered-fold.ts';
export { witnessSetOf } from './witness-set.ts';
export { checkKey, verifyPortable, verifyWith } from './signature.ts';
export type { NativeEquation, SignatureVerdict, SignedMessage } from './signature.ts';
export { armour, deviceOf, keyTextDevice, publicKeyBlob, publicKeyText, readArmour, readPublicKey, signedData } from './sshsig.ts';
export type { MessageHash, SshNamespace, SshSignature } from './sshsig.ts';
export { verifyEntry } from './hash-trie.ts';
export type { StateProof } from './hash-trie.ts';
export { isApartFromRights, partRoot, stateOfPart, valueHash } from './state-part.ts';
export type { PartEntry } from './state-part.ts';
export { delegationFor } from './delegated.ts';
export { emptyState, entriesUnder, entryCount, eraseEntry, proveEntry, readEntry, rootUnder, stateRoot, writeEntry } from './state.ts';
export type { State } from './state.ts';
export {
  checkpointId,
  decodeCheckpoint,
  decodeGenesis,
  decodeReceipt,
  decodeVote,
  encodeCheckpoint,
  encodeGenesis,
  encodeReceipt,
  encodeVote,
  orgOf,
  paramsDefault,
  paramsOfQuorum,
  receiptEntriesMax,
  receiptId,
  statementBytesMax,
  witnessesHash,
} from './statement.ts';
export type { Checkpoint, ForkPoint, Genesis, LedgerParams, ReadStatement, Receipt, Vote } from './statement.ts';
export type { CaseNotice, Merge, RefusalCode, Removal, Verdict } from './verdict.ts';
export { actorText, boundText, comparisonText, pluralOf, quantityText } from './wording.ts';
export { areaOf, areaProblem, bySpecificity, contentKey, matchesPattern } from './area.ts';
export { attributeOf, groupOf, writeAttribute } from './attributed.ts';
export { charterAsWritten, charterInForce, charterOf, currentOf, jsonOf, readCase, undecided } from './case.ts';
export type { CaseRecord, Current } from './case.ts';
export type { Draft } from './draft.ts';
export { nextDueMs } from './due.ts';
export { caseView, decidedCases, explainCase, openCases } from './explain.ts';
export type { CaseView, OpenAct } from './explain.ts';
export { areReadPatterns, manifestPath, readsPath, readsRoot, stateRead } from './read-set.ts';
export { bylawsCheckName, candidateOf, changeEntries, changeOf, declarationFor, openRequirements } from './gate.ts';
export type { Candidate, MergeRequirement } from './gate.ts';
export { initialState } from './genesis.ts';
export type { GenesisFacts } from './genesis.ts';
export { outlookOf } from './outlook.ts';
export type { MissingAct, Outlook, WayOn } from './outlook-ways.ts';
export { missingActText, outlookSentences } from './outlook-text.ts';
export { whatIf } from './what-if.ts';
export type { Supposed, Supposition } from './what-if.ts';
export { retally } from './retally.ts';
export type { Retallied } from './retally.ts';
export { redecide } from './redecide.ts';
export type { Redecided, StageOpening } from './redecide.ts';
export { wayOf, wayProblem } from './way.ts';
export type { OpeningLeft } from './way.ts';
export { machineConfig, machineFor } from './machine.ts';
export type { MachineConfig, MachineGuard, MachineState, MachineTransition, ProcessMachine } from './machine.ts';
export { holdersOf, holdingsOf, holds } from './roster.ts';
export type { Holding } from './roster.ts';
export { setMeasure } from './measure.ts';
export { accountTotals } from './account.ts';
export { drawCommitment } from './drawing.ts';
export { keyActions } from './keys.ts';
export { decideRight, rightReasons } from './right.ts';
export type { RightAnswer, RightQuestion, RightReason } from './right.ts';
export { isOpenAt, offsetsOf, rightsOver } from './right-over.ts';
export { spentWithin, useFact, usesKnown, usesWithin } from './right-use.ts';
export { locksOf } from './lock.ts';
export { amountOf } from './facts.ts';
export { certificateOf, holdsThing, pointsOf } from './held.ts';
export { newestReport } from './reported.ts';
export type { ReportRecord } from './reported.ts';
export { hasLapsed } from './role-change.ts';
export { commitmentOf } from './sealed.ts';
export type { SealedChoice } from './sealed.ts';
export { engine1, engines } from './step.ts';
export { unsupported } from './support.ts';
export type { Unsupported } from './support.ts';
export type { RequirementLine } from './vote.ts';
export { count } from './tally/count.ts';
export { scoreRangeMax } from './tally/intake.ts';
export { ballotTableBuilder } from './tally/ballot.ts';
export type { BallotTable, BallotTableBuilder, CountCandidate, MarkedBallot, Profile, RankedBallot, ScoreBallot } from './tally/ballot.ts';
export { lotOrder, lotSeed } from './tally/lot.ts';
export { rational, showRational } from './tally/rational.ts';
export type { Rational } from './tally/rational.ts';
export type {
  CountOutcome,
  CountRecord,
  CountStage,
  DefeatRecord,
  Exclusion,
  Pairwise,
  Recount,
  Requirement,
  SetAside,
  StageAction,
  TieRecord,
  Transfer,
} from './tally/record.ts';
export type {
  AgainstDefault,
  CountRule,
  EqualRanksInPairs,
  EqualRanksInRounds,
  Method,
  MotionBase,
  MotionQuorum,
  MotionTest,
  SeatCap,
  Seats,
  Strength,
  StvMethod,
  TieChain,
  TieRule,
  UnrankedInPairs,
  UnrankedInRounds,
  YesNoRule,
} from './tally/rules.ts';
export { unmetRules } from './satisfiable.ts';
export { compares, leastMeeting, meetsBound, meetsQuantity } from './quantity.ts';
export { chunkBytesMax, chunkBytesMin, chunkEnd, cutterName, cutterRule, tarCutterName } from './cutter.ts';
export { gearTable } from './gear-table.ts';
export { hasTarSum, tarBlockBytes, TarMarks, tarSize } from './tar-marks.ts';
