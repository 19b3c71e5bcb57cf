// Casting a ballot: the voter, the vote, the time and the choice (S10, S34, S130, S131). It counts nothing.
import type { CharterVote } from './bylaws-stages.ts';
import type { Json } from './canonical.ts';
import { scopeOf, stageProblem } from './act.ts';
import { isOneOf } from './actor.ts';
import { ballotChoices } from './choices.ts';
import type { CaseRecord, VoteRecord } from './case.ts';
import { charterInForce, readBallot, stageOf, writeBallot } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import type { ApplyContext } from './fold.ts';
import { ballotDeed } from './measure-history.ts';
import { noteDeed } from './measure.ts';
import { isRecused } from './recused.ts';
import { readFrozen } from './roster.ts';
import { namesChosen } from './vote.ts';

function choiceProblem(vote: CharterVote, record: CaseRecord, choice: Json, reason: Json | undefined): Outcome | undefined {
  const known = ballotChoices(vote, record);
  const named = namesChosen(choice);
  const unknown = named.find((one) => !known.includes(one) && !(one === 'abstain' && vote.counted !== undefined));
  if (unknown !== undefined) return refused('GDO1052', `\`${unknown}\` is not a choice here; choices are ${known.join(', ')}`);
  if (new Set(named).size !== named.length) return refused('GDO1052', 'a ballot names a choice once');
  const isPlain = vote.counted === undefined && vote.marks === undefined;
  if (isPlain && named.length !== 1) return refused('GDO1052', 'this vote takes one choice');
  if (vote.marks !== undefined && named.length > vote.marks) return refused('GDO1052', `a ballot has at most ${vote.marks} marks here`);
  const needsReason = named.some((one) => vote.reasonsFor.includes(one)) && (typeof reason !== 'string' || reason.trim() === '');
  return needsReason ? refused('GDO1052', `a ballot for ${named.join(', ')} says why`) : undefined;
}

function voteOf(record: CaseRecord, entry: number): VoteRecord | undefined {
  return record.votes.find((vote) => vote.entry === entry && vote.result === undefined);
}

/** Judges a `ballot`. A later one replaces an earlier one where ballots may change. Refuses with GDO1050, GDO1051, GDO1052, GDO1057. */
export function applyBallot(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const open = scopeOf(draft.state, event.case ?? '');
  if (open === undefined) return refused('GDO1052', 'there is no such case');
  const entry = Number(event.body['stage']);
  const record = open.record;
  const problem = stageProblem(record, entry, context.receivedMs);
  if (problem !== undefined) return problem;
  if (record.phase !== 'open') return refused('GDO1051', `the vote \`${record.stage}\` is closed`);
  const stage = stageOf(open.process, record.stage);
  const running = voteOf(record, entry);
  const vote = stage.kind === 'joint' ? stage.votes.find((one) => one.name === running?.name) : stage.kind === 'vote' ? stage : undefined;
  if (vote === undefined || running === undefined) return refused('GDO1052', `\`${record.stage}\` takes no ballots`);
  if (context.receivedMs >= running.closesMs) return refused('GDO1051', `\`${vote.name}\` closed before this arrived`);
  const scope = entry === record.entry ? open : { ...open, frozen: readFrozen(draft.state, record.id, entry) };
  if (isRecused(record, event.actor)) return refused('GDO1057', `\`${event.actor}\` is recused`);
  if (!isOneOf(scope, 'electorate', event.actor)) return refused('GDO1057', `\`${event.actor}\` was not on the roster when \`${vote.name}\` opened`);
  const choice = event.body['choice'] ?? '';
  const wrong = choiceProblem(vote, record, choice, event.body['text']);
  if (wrong !== undefined) return wrong;
  const isFinal = vote.ballots === 'final' || vote.closesEarly !== undefined;
  if (isFinal && readBallot(draft.state, record.id, entry, event.actor) !== undefined)
    return refused('GDO1052', 'ballots are final here, and this person has voted');
  if (readBallot(draft.state, record.id, entry, event.actor) === undefined)
    draft.state = noteDeed(draft.state, charterInForce(draft.state), ballotDeed(record.id, entry, event.actor, context.receivedMs));
  const text = event.body['text'];
  const ballot = { event: event.id, by: event.actor, atMs: context.receivedMs, choice };
  draft.state = writeBallot(draft.state, record, entry, typeof text === 'string' ? { ...ballot, text } : ballot);
  draft.touched.add(record.id);
  return ok();
}
