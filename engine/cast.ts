// Casting a ballot: the voter, the vote, the time and the choice (S10, S34, S130, S131). It counts nothing.
import { caseNamed } from './event.ts';
import type { CharterVote } from './bylaws-stages.ts';
import type { Json } from './canonical.ts';
import { stageProblem } from './act.ts';
import { isHex64 } from './bytes.ts';
import { ballotChoices } from './choices.ts';
import type { BallotRecord, CaseRecord } from './case.ts';
import { charterInForce, dueBy, readBallot, stageOf, theCase, votesIn, writeBallot, writeCase } from './case.ts';
import { delegateOf } from './delegated.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import type { ApplyContext } from './fold.ts';
import { invariant } from './invariant.ts';
import { ballotDeed } from './measure-history.ts';
import { noteDeed } from './measure.ts';
import type { OpenVote } from './open-vote.ts';
import { isVoter, keepOpenVotes, noVoteProblem, openVoteOf, scopeNow } from './open-vote.ts';
import { isRecused } from './recused.ts';
import { scoreProblem } from './scored.ts';
import { commitmentOf } from './sealed.ts';
import { endOfVotes, heldMs, isWatched, watched } from './vote-clock.ts';
import { namesChosen } from './vote.ts';

function choiceProblem(vote: CharterVote, record: CaseRecord, choice: Json, reason: Json | undefined): Outcome | undefined {
  const score = scoreProblem(vote, choice);
  if (score !== undefined) return refused('GDO1052', score);
  const known = ballotChoices(vote, record);
  const named = namesChosen(choice);
  const unknown = named.find((one) => !known.includes(one) && !(one === 'abstain' && vote.counted !== undefined));
  if (unknown !== undefined) return refused('GDO1052', `\`${unknown}\` is not a choice here; choices are ${known.join(', ')}`);
  if (named.length > 1 && new Set(named).size !== named.length) return refused('GDO1052', 'a ballot names a choice once');
  const isPlain = vote.counted === undefined && vote.marks === undefined;
  if (isPlain && named.length !== 1) return refused('GDO1052', 'this vote takes one choice');
  if (vote.marks !== undefined && named.length > vote.marks) return refused('GDO1052', `too many marks: a ballot here has at most ${vote.marks}`);
  const needsReason = named.some((one) => vote.reasonsFor.includes(one)) && (typeof reason !== 'string' || reason.trim() === '');
  return needsReason ? refused('GDO1052', `a ballot for ${named.join(', ')} says why`) : undefined;
}

interface Casting {
  readonly draft: Draft;
  readonly event: LedgerEvent;
  readonly context: ApplyContext;
  readonly open: OpenVote;
  /** The ballot that this person has cast before in this vote. */
  readonly kept: BallotRecord | undefined;
}

/** Why a ballot comes too late: after the close, unless a vote with grace has enough receipts from before it (S4, S105). */
function lateProblem({ draft, context, open }: Casting): Outcome | undefined {
  const { vote, running } = open;
  // Of the votes of a joint each ends for itself, whenever the next checkpoint notes it (S18, S40).
  const untilMs = heldMs(scopeNow(draft, open), vote, running);
  if (untilMs !== undefined && context.receivedMs >= untilMs) return refused('GDO1051', `\`${vote.name}\` had held long enough before this arrived`);
  if (context.receivedMs < running.closesMs) return undefined;
  const isInTime = vote.grace !== undefined && context.receivedMs < (running.standsMs ?? running.closesMs);
  if (isInTime && context.receiptsBefore(running.closesMs) >= vote.grace.receipts) return undefined;
  return refused('GDO1051', `\`${vote.name}\` closed before this arrived`);
}

function choiceOf(casting: Casting): Json {
  return casting.event.body['choice'] ?? '';
}

/** The opening of a sealed ballot: after the close, of what was committed to (S129). */
function openProblem(casting: Casting): Outcome | undefined {
  const { event, context, kept } = casting;
  const { record, vote, running } = casting.open;
  const { nonce } = event.body;
  if (vote.ballots !== 'sealed') return refused('GDO1052', 'ballots are not sealed here, so there is nothing to open');
  if (context.receivedMs < running.closesMs) return refused('GDO1050', 'sealed ballots are opened after the close');
  if (kept?.sealed === undefined) return refused('GDO1052', kept === undefined ? 'this person has sealed no ballot' : 'this ballot is open already');
  const sealed = { case: record.id, entry: running.entry, voter: event.actor, choice: choiceOf(casting), nonce: typeof nonce === 'string' ? nonce : '' };
  if (commitmentOf(sealed) !== kept.choice) return refused('GDO1052', 'this is not what was sealed');
  return choiceProblem(vote, record, choiceOf(casting), event.body['text']);
}

function delegationProblem({ draft, event, context, open }: Casting): Outcome | undefined {
  if (open.delegation === undefined) return undefined;
  const delegate = delegateOf(scopeNow(draft, open), open.delegation, event.actor, context.receivedMs);
  if (delegate === undefined || open.delegation.override !== undefined) return undefined;
  return refused('GDO1057', `\`${event.actor}\` has delegated this vote to \`${delegate}\``);
}

function castProblem(casting: Casting): Outcome | undefined {
  const { event, open, kept } = casting;
  const { record, vote } = open;
  const choice = choiceOf(casting);
  const isSealed = vote.ballots === 'sealed';
  if (isSealed && !isHex64(choice)) return refused('GDO1052', 'ballots are sealed here: the choice is a commitment');
  const isPlain = typeof choice === 'string' && open.plainChoices.has(choice);
  const wrong = isSealed || isPlain ? undefined : choiceProblem(vote, record, choice, event.body['text']);
  if (wrong !== undefined) return wrong;
  const delegated = delegationProblem(casting);
  if (delegated !== undefined) return delegated;
  if (isSealed) return undefined;
  const isFinal = vote.ballots === 'final' || vote.closesEarly !== undefined;
  return isFinal && kept !== undefined ? refused('GDO1052', 'ballots are final here, and this person has voted') : undefined;
}

/** Keeps a ballot, and what it changes about the end of the vote. */
function keep(casting: Casting, isOpening: boolean): Outcome {
  const { draft, event, context, open } = casting;
  const { record, vote, running } = open;
  const before = draft.state;
  const isSealed = vote.ballots === 'sealed' && !isOpening;
  if (open.isCounted && !isSealed)
    draft.state = noteDeed(draft.state, charterInForce(draft.state), ballotDeed(record.id, running.entry, event.actor, context.receivedMs));
  const text = event.body['text'];
  const plain = { event: event.id, by: event.actor, atMs: context.receivedMs, choice: choiceOf(casting) };
  const ballot = typeof text === 'string' ? { ...plain, text } : plain;
  draft.state = writeBallot(draft.state, open.ballots, isSealed ? { ...ballot, sealed: true } : ballot);
  // What is sealed says nothing yet, and is no ballot unless it is opened (S129).
  if (isWatched(vote) && !isSealed) draft.state = writeCase(draft.state, rewatched(casting));
  else keepOpenVotes(draft, before);
  draft.touched.add(record.id);
  return ok();
}

/** The case with what is so far of this vote, and the instant at which its stage then ends. */
function rewatched({ draft, context, open }: Casting): CaseRecord {
  const { vote, running } = open;
  const scope = scopeNow(draft, open);
  const before = theCase(draft.state, scope.record.id);
  const noted = watched({ ...scope, record: before }, vote, running, context.receivedMs);
  const votes = before.votes.map((one) => (one.entry === running.entry ? noted : one));
  const stage = stageOf(scope.process, before.stage);
  const dueMs = endOfVotes(scope, votesIn(stage), votes);
  return dueBy({ ...before, votes }, dueMs);
}

/**
 * Judges a `ballot`. A later one replaces an earlier one where ballots may change; one with a `nonce` opens a sealed one.
 * Refuses with GDO1050, GDO1051, GDO1052, GDO1057.
 */
export function applyBallot(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const id = caseNamed(event);
  const entry = Number(event.body['stage']);
  const open = openVoteOf(draft, id, entry);
  const problem = open === undefined ? noVoteProblem(draft.state, id, entry, context) : stageProblem(open.atStage, entry, context);
  if (problem !== undefined) return problem;
  invariant(open !== undefined, 'a ballot without an open vote has a problem');
  const kept = readBallot(draft.state, open.ballots, event.actor);
  const casting: Casting = { draft, event, context, open, kept };
  const isOpening = event.body['nonce'] !== undefined;
  const late = isOpening ? undefined : lateProblem(casting);
  if (late !== undefined) return late;
  if (isRecused(open.record, event.actor)) return refused('GDO1057', `\`${event.actor}\` is recused`);
  if (!isVoter(open, event.actor)) return refused('GDO1057', `\`${event.actor}\` was not on the roster when \`${open.vote.name}\` opened`);
  return (isOpening ? openProblem(casting) : castProblem(casting)) ?? keep(casting, isOpening);
}
