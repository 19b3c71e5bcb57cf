// Reads the other stages of a process: step, joint, meeting, draw and outcome with its effects.
import { openFor, quorum, result, secondCall, transitionOtherwise, vote } from './read-ballots.ts';
import { effects } from './read-effects.ts';
import { act, actor, actorsOr, allow, event, limit, maybeSince, maybeWho } from './read-people.ts';
import { duration, goto, maybeWithin, names, theNames, title, within } from './read-terms.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { phrase } from './tokens.ts';
import type { DrawStage, JointStage, MeetingStage, OutcomeStage, Stage, StepClause, StepStage, Support, Transition } from './tree-stages.ts';
import type { Held } from './tree-terms.ts';

type StepWithout = NonNullable<Extract<Transition, { readonly kind: 'after' }>['without']>;
type JointClause = JointStage['clauses'][number];
type MeetingClause = MeetingStage['clauses'][number];
type DrawClause = DrawStage['clauses'][number];

const say = {
  accepts: phrase('accepts'),
  after: phrase('after'),
  all: phrase('all'),
  any: phrase('any'),
  attendedBy: phrase('attended by'),
  calledBy: phrase('called by'),
  certifiedBy: phrase('certified by'),
  concerns: phrase('concerns'),
  concernsBy: phrase('concerns by'),
  decision: phrase('decision'),
  draw: phrase('draw'),
  except: phrase('except'),
  hold: phrase('hold'),
  inARow: phrase('in a row'),
  joint: phrase('joint'),
  lastsAtLeast: phrase('lasts at least'),
  meeting: phrase('meeting'),
  nominationsOf: phrase('nominations of'),
  notice: phrase('notice'),
  optionsBy: phrase('options by'),
  outcome: phrase('outcome'),
  pass: phrase('pass'),
  picks: phrase('picks'),
  refuses: phrase('refuses'),
  resolvedBy: phrase('resolved by'),
  withReasons: phrase('with reasons'),
  seedCommittedBy: phrase('seed committed by'),
  step: phrase('step'),
  struckAfter: phrase('struck after'),
  supportedBy: phrase('supported by'),
  theDecision: phrase('the decision'),
  unless: phrase('unless'),
  vote: phrase('vote'),
  when: phrase('when'),
  without: phrase('without'),
  withoutConcerns: phrase('without concerns'),
} as const;

/** Stages by their first words. */
export const stages: Lines<Stage> = linesOf<Stage>({ step, vote, joint, meeting, draw, outcome });

function step(reader: Reader): StepStage {
  const start = reader.at;
  reader.words(say.step);
  reader.open('step', 'stepClause', start);
  const name = reader.name();
  const titled = title(reader);
  const clauses = reader.clauses('stepClause', stepClauses, name);
  return { kind: 'step', name, ...titled, clauses, span: reader.spanFrom(start) };
}

const stepClauses: Lines<StepClause> = linesOf<StepClause>({
  lasts: stepLasts,
  concerns,
  nominations,
  options,
  hold: stepHold,
  limit,
  when: transitionWhen,
  unless: transitionUnless,
  otherwise: transitionOtherwise,
  after: transitionAfter,
  allow,
});

function stepLasts(reader: Reader): StepClause {
  const start = reader.at;
  reader.words(say.lastsAtLeast);
  const length = duration(reader);
  const since = maybeSince(reader);
  return { kind: 'lasts', duration: length, ...(since && { since }), span: reader.spanFrom(start) };
}

function concerns(reader: Reader): StepClause {
  const start = reader.at;
  reader.words(say.concernsBy);
  const by = actor(reader);
  const reasons = reader.passes(say.withReasons);
  reader.words(say.resolvedBy);
  return { kind: 'concerns', by, reasons, resolvedBy: actorsOr(reader), span: reader.spanFrom(start) };
}

function nominations(reader: Reader): StepClause {
  const start = reader.at;
  reader.words(say.nominationsOf);
  const of = reader.name();
  const who = maybeWho(reader);
  const support = maybeSupport(reader);
  return { kind: 'nominations', of, who, ...(support && { support }), span: reader.spanFrom(start) };
}

function options(reader: Reader): StepClause {
  const start = reader.at;
  reader.words(say.optionsBy);
  const by = actor(reader);
  const support = maybeSupport(reader);
  return { kind: 'options', by, ...(support && { support }), span: reader.spanFrom(start) };
}

function maybeSupport(reader: Reader): Support | undefined {
  const start = reader.at;
  if (!reader.passes(say.supportedBy)) return undefined;
  const by = actor(reader);
  const who = maybeWho(reader);
  const struckAfter = reader.passes(say.struckAfter) ? duration(reader) : undefined;
  return { by, who, ...(struckAfter && { struckAfter }), span: reader.spanFrom(start) };
}

/** `'the decision' | names`. */
export function held(reader: Reader): Held {
  const start = reader.at;
  if (reader.beginsAhead(1, say.decision) && reader.passes(say.theDecision)) return { kind: 'decision', span: reader.spanFrom(start) };
  return { kind: 'processes', names: names(reader), span: reader.spanFrom(start) };
}

function stepHold(reader: Reader): StepClause {
  const start = reader.at;
  reader.words(say.hold);
  const what = held(reader);
  reader.words(say.when);
  return { kind: 'hold', held: what, event: event(reader), span: reader.spanFrom(start) };
}

function transitionWhen(reader: Reader): Transition {
  const start = reader.at;
  reader.words(say.when);
  const what = event(reader);
  const withoutConcerns = reader.passes(say.withoutConcerns);
  return { kind: 'when', event: what, withoutConcerns, target: goto(reader), span: reader.spanFrom(start) };
}

function transitionUnless(reader: Reader): Transition {
  const start = reader.at;
  reader.words(say.unless);
  const what = event(reader);
  return { kind: 'unless', event: what, target: goto(reader), span: reader.spanFrom(start) };
}

function transitionAfter(reader: Reader): Transition {
  const start = reader.at;
  reader.words(say.after);
  const length = duration(reader);
  const since = maybeSince(reader);
  const inARow = reader.passes(say.inARow);
  const without = reader.passes(say.without) ? stepWithout(reader) : undefined;
  const target = goto(reader);
  return { kind: 'after', duration: length, ...(since && { since }), inARow, ...(without && { without }), target, span: reader.spanFrom(start) };
}

function stepWithout(reader: Reader): StepWithout {
  const start = reader.at;
  if (reader.passes(say.concerns)) return { kind: 'concerns', span: reader.spanFrom(start) };
  return { kind: 'act', act: act(reader), span: reader.spanFrom(start) };
}

function joint(reader: Reader): JointStage {
  const start = reader.at;
  reader.words(say.joint);
  reader.open('joint', 'jointClause', start);
  const name = reader.name();
  const titled = title(reader);
  const votes = [vote(reader)];
  while (reader.begins(say.vote)) votes.push(vote(reader));
  const clauses = reader.clauses('jointClause', jointClauses, name);
  return { kind: 'joint', name, ...titled, votes, clauses, span: reader.spanFrom(start) };
}

const jointClauses: Lines<JointClause> = linesOf<JointClause>({ when: jointPass, otherwise: transitionOtherwise, allow });

function jointPass(reader: Reader): JointClause {
  const start = reader.at;
  reader.words(say.when);
  const which = reader.passes(say.all) ? 'all' : 'any';
  if (which === 'any') reader.words(say.any);
  reader.words(say.pass);
  return { kind: 'pass', which, target: goto(reader), span: reader.spanFrom(start) };
}

function meeting(reader: Reader): MeetingStage {
  const start = reader.at;
  reader.words(say.meeting);
  reader.open('meeting', 'meetingClause', start);
  const name = reader.name();
  const titled = title(reader);
  const clauses = reader.clauses('meetingClause', meetingClauses, name);
  return { kind: 'meeting', name, ...titled, clauses, span: reader.spanFrom(start) };
}

const meetingClauses: Lines<MeetingClause> = linesOf<MeetingClause>({
  called,
  notice,
  attended,
  open: openFor,
  quorum,
  second: secondCall,
  when: result,
  otherwise: transitionOtherwise,
  allow,
});

function called(reader: Reader): MeetingClause {
  const start = reader.at;
  reader.words(say.calledBy);
  const by = actor(reader);
  const window = maybeWithin(reader);
  return { kind: 'called', by, ...(window && { within: window }), span: reader.spanFrom(start) };
}

function notice(reader: Reader): MeetingClause {
  const start = reader.at;
  reader.words(say.notice);
  return { kind: 'notice', duration: duration(reader), span: reader.spanFrom(start) };
}

function attended(reader: Reader): MeetingClause {
  const start = reader.at;
  reader.words(say.attendedBy);
  const by = reader.name();
  const certifiedBy = reader.passes(say.certifiedBy) ? actor(reader) : undefined;
  return { kind: 'attended', by, ...(certifiedBy && { certifiedBy }), span: reader.spanFrom(start) };
}

function draw(reader: Reader): DrawStage {
  const start = reader.at;
  reader.words(say.draw);
  reader.open('draw', 'drawClause', start);
  const name = reader.name();
  const titled = title(reader);
  const clauses = reader.clauses('drawClause', drawClauses, name);
  return { kind: 'draw', name, ...titled, clauses, span: reader.spanFrom(start) };
}

const drawClauses: Lines<DrawClause> = linesOf<DrawClause>({ picks, limit, seed, when: result, otherwise: transitionOtherwise, allow });

function picks(reader: Reader): DrawClause {
  const start = reader.at;
  reader.words(say.picks);
  const count = reader.integer();
  const role = reader.name();
  const except = reader.passes(say.except) ? theNames(reader) : [];
  const who = maybeWho(reader);
  return { kind: 'picks', count, role, except, who, span: reader.spanFrom(start) };
}

function seed(reader: Reader): DrawClause {
  const start = reader.at;
  reader.words(say.seedCommittedBy);
  const committedBy = actor(reader);
  return { kind: 'seed', committedBy, within: within(reader), span: reader.spanFrom(start) };
}

function outcome(reader: Reader): OutcomeStage {
  const start = reader.at;
  reader.words(say.outcome);
  reader.open('outcome', 'effect', start);
  const name = reader.name();
  const head = { kind: 'outcome', name, ...title(reader) } as const;
  const verdict = reader.passes(say.accepts) ? 'accepts' : reader.passes(say.refuses) ? 'refuses' : undefined;
  if (verdict !== undefined) {
    reader.closeLine();
    return { ...head, verdict, effects: [], span: reader.spanFrom(start) };
  }
  const lines = reader.lines('effect', effects);
  if (lines.length === 0) reader.stop();
  reader.close(name);
  return { ...head, effects: lines, span: reader.spanFrom(start) };
}
