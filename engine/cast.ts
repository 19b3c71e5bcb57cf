// Casting a ballot: the voter, the vote, the time and the choice (S10, S34, S130, S131). It counts nothing.
import type { CharterVote } from './bylaws-stages.ts';
import type { Json } from './canonical.ts';
import { scopeOf, stageProblem } from './act.ts';
import type { CaseScope } from './actor.ts';
import { isOneOf } from './actor.ts';
import { isHex64 } from './bytes.ts';
import { ballotChoices } from './choices.ts';
import type { BallotRecord, CaseRecord, VoteRecord } from './case.ts';
import { charterInForce, readBallot, readCase, stageOf, writeBallot, writeCase } from './case.ts';
import { delegateOf, delegationFor } from './delegated.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import type { ApplyContext } from './fold.ts';
import { ballotDeed } from './measure-history.ts';
import { isCounted, noteDeed } from './measure.ts';
import { isRecused } from './recused.ts';
import { scoreProblem } from './scored.ts';
import { commitmentOf } from './sealed.ts';
import { endOfVotes, isWatched, watched } from './vote-clock.ts';
import { inVote } from './vote-result.ts';
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
  if (vote.marks !== undefined && named.length > vote.marks) return refused('GDO1052', `a ballot has at most ${vote.marks} marks here`);
  const needsReason = named.some((one) => vote.reasonsFor.includes(one)) && (typeof reason !== 'string' || reason.trim() === '');
  return needsReason ? refused('GDO1052', `a ballot for ${named.join(', ')} says why`) : undefined;
}

function voteOf(record: CaseRecord, entry: number): VoteRecord | undefined {
  return record.votes.find((vote) => vote.entry === entry && vote.result === undefined && vote.waits === undefined);
}

interface Casting {
  readonly draft: Draft;
  readonly event: LedgerEvent;
  readonly context: ApplyContext;
  readonly scope: CaseScope;
  readonly vote: CharterVote;
  readonly running: VoteRecord;
  /** The ballot that this person has cast before in this vote. */
  readonly kept: BallotRecord | undefined;
}

/** Why a ballot comes too late: after the close, unless a vote with grace has enough receipts from before it (S4, S105). */
function lateProblem({ vote, running, context }: Casting): Outcome | undefined {
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
  const { event, context, scope, vote, running, kept } = casting;
  const { nonce } = event.body;
  if (vote.ballots !== 'sealed') return refused('GDO1052', 'ballots are not sealed here, so there is nothing to open');
  if (context.receivedMs < running.closesMs) return refused('GDO1050', 'sealed ballots are opened after the close');
  if (kept?.sealed === undefined) return refused('GDO1052', kept === undefined ? 'this person has sealed no ballot' : 'this ballot is open already');
  const sealed = { case: scope.record.id, entry: running.entry, voter: event.actor, choice: choiceOf(casting), nonce: typeof nonce === 'string' ? nonce : '' };
  if (commitmentOf(sealed) !== kept.choice) return refused('GDO1052', 'this is not what was sealed');
  return choiceProblem(vote, scope.record, choiceOf(casting), event.body['text']);
}

function castProblem(casting: Casting): Outcome | undefined {
  const { event, context, scope, vote, kept } = casting;
  const late = lateProblem(casting);
  if (late !== undefined) return late;
  const isSealed = vote.ballots === 'sealed';
  if (isSealed && !isHex64(choiceOf(casting))) return refused('GDO1052', 'ballots are sealed here: the choice is a commitment');
  const wrong = isSealed ? undefined : choiceProblem(vote, scope.record, choiceOf(casting), event.body['text']);
  if (wrong !== undefined) return wrong;
  const delegate = delegateOf(scope, event.actor, context.receivedMs);
  if (delegate !== undefined && delegationFor(scope.charter, scope.process.name)?.override === undefined)
    return refused('GDO1057', `\`${event.actor}\` has delegated this vote to \`${delegate}\``);
  if (isSealed) return undefined;
  const isFinal = vote.ballots === 'final' || vote.closesEarly !== undefined;
  return isFinal && kept !== undefined ? refused('GDO1052', 'ballots are final here, and this person has voted') : undefined;
}

/** Keeps a ballot, and what it changes about the end of the vote. */
function keep(casting: Casting, isOpening: boolean): Outcome {
  const { draft, event, context, scope, vote, running, kept } = casting;
  const { record } = scope;
  const isSealed = vote.ballots === 'sealed' && !isOpening;
  const inForce = charterInForce(draft.state);
  if ((isOpening || (!isSealed && kept === undefined)) && isCounted(inForce, 'ballots'))
    draft.state = noteDeed(draft.state, inForce, ballotDeed(record.id, running.entry, event.actor, context.receivedMs));
  const text = event.body['text'];
  const ballot = {
    event: event.id,
    by: event.actor,
    atMs: context.receivedMs,
    choice: choiceOf(casting),
    ...(typeof text === 'string' ? { text } : {}),
    ...(isSealed ? ({ sealed: true } as const) : {}),
  };
  draft.state = writeBallot(draft.state, record, running.entry, ballot);
  if (isWatched(vote)) draft.state = writeCase(draft.state, rewatched({ ...casting, scope: { ...scope, state: draft.state } }));
  draft.touched.add(record.id);
  return ok();
}

/** The case with what is so far of this vote, and the instant at which its stage then ends. */
function rewatched({ scope, vote, running, context, draft }: Casting): CaseRecord {
  const before = readCase(draft.state, scope.record.id) ?? scope.record;
  const noted = watched({ ...scope, record: before }, vote, running, context.receivedMs);
  const votes = before.votes.map((one) => (one.entry === running.entry ? noted : one));
  const stage = stageOf(scope.process, before.stage);
  const dueMs = endOfVotes(scope, stage.kind === 'joint' ? stage.votes : stage.kind === 'vote' ? [stage] : [], votes);
  return { ...before, votes, ...(dueMs === undefined ? {} : { dueMs }) };
}

/**
 * Judges a `ballot`. A later one replaces an earlier one where ballots may change; one with a `nonce` opens a sealed one.
 * Refuses with GDO1050, GDO1051, GDO1052, GDO1057.
 */
export function applyBallot(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const open = scopeOf(draft.state, event.case ?? '');
  if (open === undefined) return refused('GDO1052', 'there is no such case');
  const entry = Number(event.body['stage']);
  const record = open.record;
  const problem = stageProblem(record, entry, context);
  if (problem !== undefined) return problem;
  if (record.phase === 'starting') return refused('GDO1050', 'the case waits for more people to start it');
  if (record.phase !== 'open') return refused('GDO1051', `the vote \`${record.stage}\` is closed`);
  const stage = stageOf(open.process, record.stage);
  const running = voteOf(record, entry);
  const vote = stage.kind === 'joint' ? stage.votes.find((one) => one.name === running?.name) : stage.kind === 'vote' ? stage : undefined;
  if (vote === undefined || running === undefined) return refused('GDO1052', `\`${record.stage}\` takes no ballots`);
  const scope = entry === record.entry ? open : inVote(open, entry);
  const kept = readBallot(draft.state, scope.record, running.entry, event.actor);
  const casting: Casting = { draft, event, context, scope, vote, running, kept };
  const isOpening = event.body['nonce'] !== undefined;
  const late = isOpening ? undefined : lateProblem(casting);
  if (late !== undefined) return late;
  if (isRecused(scope.record, event.actor)) return refused('GDO1057', `\`${event.actor}\` is recused`);
  if (!isOneOf(scope, 'electorate', event.actor)) return refused('GDO1057', `\`${event.actor}\` was not on the roster when \`${vote.name}\` opened`);
  return (isOpening ? openProblem(casting) : castProblem(casting)) ?? keep(casting, isOpening);
}
