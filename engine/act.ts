// Acts in an open case: who may do what in the open stage, concerns, withdrawal, meetings, and deciding a tie. It moves no case to another stage;
// it stores the instant at which the end of an epoch will.
import { caseNamed } from './event.ts';
import type { CharterStage, CharterStep, CharterVote } from './bylaws-stages.ts';
import type { CharterAct, CharterActor } from './bylaws-terms.ts';
import type { CaseScope } from './actor.ts';
import { isMeant } from './actor.ts';
import { actorText, supportText } from './wording.ts';
import type { ActRecord } from './acts.ts';
import type { CaseRecord } from './case.ts';
import { ballotChoices } from './choices.ts';
import { actsOf, addAct } from './acts.ts';
import { awaited, charterInForce, charterOfCase, dueBy, isDueBy, processOf, readCase, stageOf, writeCase } from './case.ts';
import type { DecidedTie } from './decider.ts';
import { decidingScope, isSkipped } from './decider.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import { applyDrawAct } from './drawing.ts';
import { earliest, firingInstants } from './due.ts';
import { applyEdit } from './edit.ts';
import type { LedgerEvent } from './event.ts';
import { oneOrMore, textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { applyHolds } from './hold.ts';
import type { Deed } from './measure.ts';
import { forgetDeed, noteDeed } from './measure.ts';
import { applyMeetingAct } from './meeting.ts';
import { optionAdded, sponsorProblem, withdrawn } from './offering.ts';
import { applyRecusal } from './recusal.ts';
import { holdsStill, readFrozen, roleOf } from './roster.ts';
import { applyStart, startEntry } from './starters.ts';
import type { State } from './state.ts';
import { isSupporter } from './supporting.ts';
import { inVote } from './vote-result.ts';

/** The case an event names with all that judges it, or the refusal. */
export function scopeOf(state: State, id: string): CaseScope | undefined {
  const record = readCase(state, id);
  if (record === undefined) return undefined;
  const charter = charterOfCase(state, record);
  return { state, charter, process: processOf(charter, record), record, frozen: readFrozen(state, record.id, record.entry) };
}

/** A person who has lost a role since the roster was frozen, or from whom the filter takes it, can no longer act in it; ballots can (S10). */
export function stillActs(scope: CaseScope, actor: CharterActor, member: string, context: ApplyContext): boolean {
  if (!isMeant(scope, actor, member)) return false;
  const roles =
    actor.kind === 'count'
      ? actor.bound.kind === 'whole' || actor.bound.kind === 'part'
        ? [actor.bound.role]
        : [actor.bound.left.role, actor.bound.right.role]
      : [actor.role];
  return roles.some((role) => {
    if (roleOf(scope.charter, role) === undefined) return true;
    return holdsStill(scope.state, scope.charter, { role, member, without: context.without });
  });
}

/** The acts a step asks for anywhere in its text. */
export function actsAsked(step: CharterStep): readonly CharterAct[] {
  const asked: CharterAct[] = [];
  for (const rule of step.transitions) {
    if (rule.kind === 'when' || rule.kind === 'unless') asked.push(...rule.acts);
    if (rule.kind === 'after' && rule.without?.kind === 'act') asked.push(rule.without.act);
  }
  for (const hold of step.holds) asked.push(...hold.acts);
  return asked;
}

interface Doing {
  readonly scope: CaseScope;
  readonly event: LedgerEvent;
  readonly context: ApplyContext;
  readonly verb: string;
  readonly about: readonly string[];
}

function actOf(doing: Doing): ActRecord {
  const text = doing.event.body['text'];
  const act = {
    event: doing.event.id,
    entry: doing.scope.record.entry,
    by: doing.event.actor,
    verb: doing.verb,
    atMs: doing.context.receivedMs,
    about: doing.about,
  };
  return typeof text === 'string' ? { ...act, text } : act;
}

function actDeed(act: ActRecord): Deed {
  return { what: act.verb, member: act.by, atMs: act.atMs, id: act.event };
}

/** Stores an act and looks again when the step will be left. */
function keepInStep(draft: Draft, doing: Doing, step: CharterStep, changed: CaseRecord): Outcome {
  const record = { ...changed, acts: changed.acts + 1 };
  const act = actOf(doing);
  draft.state = addAct(draft.state, changed, act);
  const charter = charterInForce(draft.state);
  if (charter.actions.some((action) => action.name === act.verb)) draft.state = noteDeed(draft.state, charter, actDeed(act));
  const dueMs = earliest(firingInstants({ ...doing.scope, record }, step, actsOf(draft.state, record.id)));
  const { dueMs: _before, ...rest } = record;
  draft.state = writeCase(draft.state, dueBy(rest, dueMs));
  draft.touched.add(record.id);
  return ok(...applyHolds(draft, { ...doing.scope, record }, step));
}

function closeConcern(doing: Doing, step: CharterStep): CaseRecord | Outcome {
  const record = doing.scope.record;
  const open = record.concerns.filter((concern) => concern.closedMs === undefined);
  const named = open.find((concern) => doing.about.includes(concern.id)) ?? (doing.about.length === 0 && open.length === 1 ? open[0] : undefined);
  if (named === undefined)
    return refused('GDO1052', open.length === 0 ? 'no concern is open' : `name one of the open concerns: ${open.map((one) => one.id).join(', ')}`);
  const isRaiser = named.by === doing.event.actor;
  const resolvers = step.concerns.flatMap((rule) => rule.resolvedBy);
  const may =
    doing.verb === 'withdraw'
      ? isRaiser
      : resolvers.some((actor) => ('role' in actor && actor.role === 'raiser' ? isRaiser : stillActs(doing.scope, actor, doing.event.actor, doing.context)));
  if (!may) return refused('GDO1040', `the concern ${named.id} is resolved by ${resolvers.map((one) => actorText(doing.scope.charter, one)).join(' or ')}`);
  return { ...record, concerns: record.concerns.map((concern) => (concern.id === named.id ? { ...concern, closedMs: doing.context.receivedMs } : concern)) };
}

function applyConcern(draft: Draft, doing: Doing, step: CharterStep): Outcome {
  const { scope, context, event } = doing;
  if (doing.verb === 'raise') {
    if (!step.concerns.some((rule) => stillActs(scope, rule.by, event.actor, context))) {
      return refused('GDO1040', `a concern is raised by ${step.concerns.map((rule) => actorText(scope.charter, rule.by)).join(' or ')}`);
    }
    const heard = step.concerns.filter((rule) => stillActs(scope, rule.by, event.actor, context));
    if (heard.every((rule) => rule.reasons !== undefined) && textOf(event.body['text']).trim() === '') {
      return refused('GDO1052', 'a concern comes with its reason here');
    }
    const concern = { id: `c${scope.record.concerns.length + 1}`, by: event.actor, openedMs: context.receivedMs };
    return keepInStep(draft, doing, step, { ...scope.record, concerns: [...scope.record.concerns, concern] });
  }
  const closed = closeConcern(doing, step);
  return 'verdict' in closed ? closed : keepInStep(draft, doing, step, closed);
}

function applyNomination(draft: Draft, doing: Doing, step: CharterStep): Outcome | undefined {
  if (step.nominations.length === 0) return undefined;
  const { scope, event, context, verb } = doing;
  if (verb === 'accept') return keepInStep(draft, doing, step, scope.record);
  if (verb !== 'nominate' && verb !== 'endorse') return undefined;
  const isSelf = verb === 'nominate' && (doing.about.length === 0 || doing.about.includes(event.actor));
  const supporters = step.nominations.flatMap((rule) => (rule.support === undefined ? [] : [rule.support]));
  if (!isSelf && !supporters.some((support) => stillActs(scope, support.by, event.actor, context) && isSupporter(scope, step, support, event.actor))) {
    return refused(
      'GDO1040',
      supporters.length === 0
        ? 'candidates nominate themselves here'
        : `a candidate is supported by ${supporters.map((one) => supportText(scope.charter, one)).join(' or ')}`,
    );
  }
  return keepInStep(draft, { ...doing, about: isSelf ? [event.actor] : doing.about }, step, scope.record);
}

function applyStepAct(draft: Draft, doing: Doing, step: CharterStep): Outcome {
  const { scope, event, context, verb } = doing;
  if (step.concerns.length > 0 && (verb === 'raise' || verb === 'resolve')) return applyConcern(draft, doing, step);
  const asked = actsAsked(step).filter((act) => act.verb === verb);
  if (verb === 'withdraw' && doing.about.length > 0) {
    if (doing.about.some((name) => scope.record.concerns.some((concern) => concern.id === name))) return applyConcern(draft, doing, step);
    const before = actsOf(draft.state, scope.record.id);
    const changed = withdrawn(draft, scope.record, actOf(doing));
    const after = new Set(actsOf(draft.state, scope.record.id).map((act) => act.event));
    for (const act of before) if (!after.has(act.event)) draft.state = forgetDeed(draft.state, actDeed(act));
    return keepInStep(draft, doing, step, changed);
  }
  const offering = { scope, act: actOf(doing), may: (actor: CharterActor) => stillActs(scope, actor, event.actor, context) };
  const added = optionAdded(offering, step);
  if (added !== undefined) return 'verdict' in added ? added : keepInStep(draft, doing, step, added);
  const sponsoring = sponsorProblem(offering, step);
  if (sponsoring !== undefined) return sponsoring === 'fine' ? keepInStep(draft, doing, step, scope.record) : sponsoring;
  const nomination = asked.some((act) => stillActs(scope, act.actor, event.actor, context)) ? undefined : applyNomination(draft, doing, step);
  if (nomination !== undefined) return nomination;
  if (asked.length === 0) return refused('GDO1052', `nothing in \`${step.name}\` asks anybody to ${verb}`);
  if (!asked.some((act) => stillActs(scope, act.actor, event.actor, context))) {
    return refused(
      'GDO1040',
      `to ${verb} here is for ${asked.map((act) => actorText(scope.charter, act.actor)).join(' or ')}, and \`${event.actor}\` is not among them`,
    );
  }
  return keepInStep(draft, doing, step, scope.record);
}

/** A tie that waits for somebody to decide it: the vote, its opening, and the rule that names who. */
export interface OpenTie {
  readonly vote: CharterVote;
  readonly entry: number;
  readonly rule: DecidedTie;
}

/** The ties that are being asked: of a vote alone while its case waits in `tie`, of the votes of a joint while they do. */
export function openTies(scope: CaseScope, stage: CharterStage): readonly OpenTie[] {
  const votes = stage.kind === 'joint' ? stage.votes : stage.kind === 'vote' && scope.record.phase === 'tie' ? [stage] : [];
  return scope.record.votes.flatMap((running) => {
    const vote = votes.find((one) => one.name === running.name);
    const rule = stage.kind === 'joint' && running.waits !== 'tie' ? undefined : vote?.tie?.[running.tieRule ?? 0];
    return vote === undefined || rule?.kind !== 'decided' ? [] : [{ vote, entry: running.entry, rule }];
  });
}

function applyTieDecision(draft: Draft, doing: Doing, stage: CharterStage): Outcome {
  const tie = openTies(doing.scope, stage).find((one) => one.entry === Number(doing.event.body['stage']));
  if (tie === undefined || doing.verb !== 'declare') return refused('GDO1050', 'the stage waits for a tie to be decided');
  const { event, context, about } = doing;
  const scope = inVote(doing.scope, tie.entry);
  const { vote, rule } = tie;
  if (!stillActs(decidingScope(scope, rule), rule.by, event.actor, context) || isSkipped(scope, rule, event.actor))
    return refused('GDO1040', `the tie is decided by ${actorText(scope.charter, rule.by)}`);
  const known = vote.counted === undefined ? ['passed', 'failed'] : ballotChoices(vote, scope.record);
  if (about.length === 0 || !about.every((one) => known.includes(one)))
    return refused('GDO1052', `a tie is decided by naming ${known.join(', ')}, the best first`);
  draft.state = addAct(draft.state, doing.scope.record, { ...actOf(doing), entry: tie.entry });
  draft.state = writeCase(draft.state, declaring(doing.scope.record, stage, tie, about, context.receivedMs));
  return ok();
}

/** The record with what a decider declared; the end of this epoch looks at it. */
function declaring(record: CaseRecord, stage: CharterStage, tie: OpenTie, declared: readonly string[], atMs: number): CaseRecord {
  const acted = { ...record, acts: record.acts + 1, dueMs: atMs };
  if (stage.kind === 'vote') return { ...acted, declared };
  return { ...acted, votes: record.votes.map((one) => (one.entry === tie.entry ? { ...one, declared, waitsMs: atMs } : one)) };
}

/** Why an event of a case comes too early, too late or at the wrong place; undefined when it may be judged. */
export function stageProblem(record: CaseRecord, entry: number, { receivedMs, baseMs }: Pick<ApplyContext, 'receivedMs' | 'baseMs'>): Outcome | undefined {
  if (record.phase === 'decided') return refused('GDO1051', `the case is decided: \`${record.outcome ?? record.stage}\``);
  if (record.phase === 'merging') return refused('GDO1051', 'the case is accepted and waits for its merge');
  if (record.phase === 'held') return refused('GDO1051', `the case waits to reach \`${awaited(record)}\``);
  if (record.phase === 'starting') {
    if (entry !== startEntry) return refused('GDO1050', 'the stage is not open yet');
    return isDueBy(record, receivedMs) ? refused('GDO1051', 'too few people started the case in time') : undefined;
  }
  const isOpenEntry = entry === record.entry || record.votes.some((vote) => vote.entry === entry);
  // In a joint a vote that is called again has another number: that of its first call is over, too (S101).
  if (entry < record.entry || (!isOpenEntry && entry <= record.entries))
    return refused('GDO1051', `stage ${entry} of this case is over; it is in \`${record.stage}\``);
  if (!isOpenEntry || record.phase === 'opening') return refused('GDO1050', 'the stage is not open yet');
  if (record.dueMs !== undefined && record.phase !== 'between' && receivedMs >= record.dueMs && record.votes.length < 2)
    return refused('GDO1051', `\`${record.stage}\` closed before this arrived`);
  if (receivedMs < record.openedMs) return refused('GDO1050', 'the stage is not open yet');
  return baseMs !== undefined && baseMs < record.openedMs
    ? refused('GDO1050', `it was written on a checkpoint from before \`${record.stage}\` opened`)
    : undefined;
}

/** After a recusal a step may be left at another instant: a person less counts. */
function lookAgain(draft: Draft, outcome: Outcome, id: string, stage: CharterStage): Outcome {
  const scope = scopeOf(draft.state, id);
  if (stage.kind !== 'step' || scope === undefined) return outcome;
  const dueMs = earliest(firingInstants(scope, stage, actsOf(draft.state, id)));
  const { dueMs: _before, ...rest } = scope.record;
  draft.state = writeCase(draft.state, dueBy(rest, dueMs));
  return outcome;
}

/** Judges an `act`. Refuses with GDO1040, GDO1050, GDO1051, GDO1052. */
export function applyAct(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const scope = scopeOf(draft.state, caseNamed(event));
  if (scope === undefined) return refused('GDO1052', 'there is no such case');
  const problem = stageProblem(scope.record, Number(event.body['stage']), context);
  if (problem !== undefined) return problem;
  if (scope.record.phase === 'starting') return applyStart(draft, scope, event, context);
  const doing: Doing = { scope, event, context, verb: textOf(event.body['verb']), about: oneOrMore(event.body['about']) };
  const stage = stageOf(scope.process, scope.record.stage);
  if (scope.record.phase === 'tie') return applyTieDecision(draft, doing, stage);
  if (scope.record.phase !== 'open') return refused('GDO1050', 'the stage is not open');
  if (stage.kind === 'joint' && doing.verb === 'declare') return applyTieDecision(draft, doing, stage);
  const isAsked = stage.kind === 'step' && actsAsked(stage).some((act) => act.verb === 'edit');
  const edit = doing.verb === 'edit' && !isAsked ? applyEdit(draft, scope, event, context) : undefined;
  if (edit !== undefined) return edit;
  const recusal = doing.verb === 'recuse' ? applyRecusal(draft, scope, stage, actOf(doing)) : undefined;
  if (recusal !== undefined) return recusal.verdict.kind === 'ok' ? lookAgain(draft, recusal, scope.record.id, stage) : recusal;
  switch (stage.kind) {
    case 'step':
      return applyStepAct(draft, doing, stage);
    case 'draw': {
      const may = stage.seed !== undefined && stillActs(scope, stage.seed.committedBy, event.actor, context);
      return applyDrawAct(draft, { scope, act: actOf(doing), hash: textOf(event.body['hash']), secret: textOf(event.body['secret']), may }, stage);
    }
    case 'meeting':
      return applyMeetingAct(draft, { ...doing, act: actOf(doing), may: (actor) => stillActs(scope, actor, event.actor, context) }, stage);
    default:
      return refused('GDO1052', `\`${stage.name}\` takes ballots, not acts`);
  }
}
