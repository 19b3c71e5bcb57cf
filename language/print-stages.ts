// One line for each clause of a stage. Order and layout are print.ts's.
import { unreachable } from './invariant.ts';
import * as term from './print-terms.ts';
import type {
  BallotClause,
  CountingParameter,
  DrawStage,
  Effect,
  Granted,
  JointStage,
  MeetingStage,
  QuorumClause,
  RecusalClause,
  ResultClause,
  SecondCallClause,
  StepClause,
  Support,
  Test,
  TieRule,
} from './tree-stages.ts';
import type { Held } from './tree-terms.ts';

const { words } = term;

/** Any clause that can stand in a stage. */
export type StageClause =
  | StepClause
  | BallotClause
  | ResultClause
  | JointStage['clauses'][number]
  | MeetingStage['clauses'][number]
  | DrawStage['clauses'][number];

/** Prints a clause of a step. Pure. */
export function stepLine(of: StepClause): string {
  switch (of.kind) {
    case 'lasts':
      return words('lasts at least', term.duration(of.duration), term.since(of.since));
    case 'concerns':
      return `concerns by ${term.actor(of.by)}${of.reasons ? ' with reasons' : ''} resolved by ${term.actorsOr(of.resolvedBy)}`;
    case 'nominations':
      return words('nominations of', of.of.text, term.who(of.who, term.isSingular(of.of)), support(of.support));
    case 'options':
      return words('options by', term.actor(of.by), support(of.support));
    case 'hold':
      return `hold ${held(of.held)} when ${term.event(of.event)}`;
    case 'when':
      return words('when', term.event(of.event), of.withoutConcerns && 'without concerns', `go to ${of.target.text}`);
    case 'unless':
      return `unless ${term.event(of.event)} go to ${of.target.text}`;
    case 'otherwise':
      return `otherwise go to ${of.target.text}`;
    case 'after':
      return words('after', term.duration(of.duration), term.since(of.since), of.inARow && 'in a row', without(of.without), `go to ${of.target.text}`);
    case 'limit':
      return term.limit(of);
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function without(of: Extract<StepClause, { readonly kind: 'after' }>['without']): string {
  if (of === undefined) return '';
  return of.kind === 'concerns' ? 'without concerns' : `without ${term.act(of.act)}`;
}

function support(of: Support | undefined): string {
  return of === undefined
    ? ''
    : words(
        'supported by',
        term.actor(of.by),
        term.who(of.who, ['any', 'the', 'a'].includes(of.by.kind)),
        of.struckAfter && `struck after ${term.duration(of.struckAfter)}`,
      );
}

/** Prints what is held back. Pure. */
export function held(of: Held): string {
  return of.kind === 'decision' ? 'the decision' : term.names(of.names);
}

/** Prints a clause of a vote. Pure. */
export function voteLine(of: BallotClause | ResultClause): string {
  switch (of.kind) {
    case 'voters':
      return words(
        'voters',
        term.names(of.roles),
        of.present && 'present',
        of.weightedBy && `weighted by ${of.weightedBy.text}`,
        of.asOfTheStart && 'as of the start',
        term.exceptNames(of.except),
        term.who(of.who, false),
      );
    case 'choices':
      return `choices ${of.from.kind === 'the' ? `the ${of.from.name.text}` : term.names(of.from.names)}`;
    case 'default':
      return `default ${of.option.text}`;
    case 'counted':
      return words(
        'counted by',
        of.method.text,
        of.from !== undefined && of.to !== undefined && `from ${of.from} to ${of.to}`,
        of.parameters.length > 0 && `with ${of.parameters.map(countingParameter).join(', ')}`,
      );
    case 'elects':
      return `elects ${of.seats === 'the-vacant' ? 'the vacant' : term.amount(of.seats)} ${of.role.text}`;
    case 'marks':
      return `marks at most ${of.most}`;
    case 'reasons':
      return `reasons for ${term.names(of.for)}`;
    case 'vacancies':
      return `vacancies count as ${of.countAs.text}`;
    case 'open':
      return `open for ${term.duration(of.duration)}`;
    case 'ballots':
      return ballots(of);
    case 'closes-early':
      return 'closes early when decided';
    case 'extends':
      return words('extends by', term.duration(of.by), 'when', extension(of.when), of.most !== undefined && `at most ${of.most} times`);
    case 'holds':
      return `holds for ${term.duration(of.duration)}`;
    case 'grace':
      return `grace ${term.duration(of.duration)} with ${of.receipts} receipts`;
    case 'passes':
      return words('passes', of.as && `as ${of.as.text}`, 'when', of.tests.map(test).join(' and '));
    case 'beats-default':
      return words('beats default by', term.comparison(of.comparison), `${of.left} to ${of.right}`, of.area && `in ${of.area.text}`);
    case 'beats-others':
      return `beats others by ${term.comparison(of.comparison)} ${term.bound(of.share)}`;
    case 'tie':
      return `tie ${of.rules.map(tieRule).join(' then ')}`;
    case 'recusal':
      return recusal(of);
    default:
      return sharedLine(of);
  }
}

/** Prints a clause that several kinds of stages have. Pure. */
export function sharedLine(of: QuorumClause | SecondCallClause | ResultClause | Extract<StageClause, { readonly kind: 'limit' | 'allow' }>): string {
  switch (of.kind) {
    case 'quorum':
      return quorum(of);
    case 'second-call':
      return `second call after ${term.duration(of.after)} ${of.quorum === undefined ? 'without quorum' : quorum(of.quorum)}`;
    case 'result':
      return `when ${of.result.text} go to ${of.target.text}`;
    case 'otherwise':
      return `otherwise go to ${of.target.text}`;
    case 'limit':
      return term.limit(of);
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

const unrankedWords = { 'tied-last': 'last', 'not-compared': 'not compared', exhausted: 'exhausted' } as const;

function countingParameter(of: CountingParameter): string {
  switch (of.kind) {
    case 'strength':
      return of.value === 'winning-votes' ? 'winning votes' : 'margins';
    case 'unranked':
      return `unranked ${unrankedWords[of.value]}`;
    case 'equalRanks':
      return `equal ranks ${of.value === 'waits' ? 'wait' : of.value}`;
    case 'unscored':
      return `unscored ${of.value}`;
    default:
      return unreachable(of);
  }
}

function ballots(of: Extract<BallotClause, { readonly kind: 'ballots' }>): string {
  if (of.mode === 'sealed') return words('ballots sealed until the close revealed', term.within(of.revealedWithin));
  return of.mode === 'final' ? 'ballots final' : 'ballots may change';
}

function extension(of: Extract<BallotClause, { readonly kind: 'extends' }>['when']): string {
  return of.kind === 'result' ? term.choice(of.names) : `${of.kind} in the last ${term.duration(of.inTheLast)}`;
}

function quorum(of: QuorumClause): string {
  const counted =
    of.counted.kind === 'saying' ? `saying ${term.choice(of.counted.choice)}` : of.counted.kind === 'over-default' ? 'over default' : of.counted.kind;
  return words('quorum', term.comparison(of.comparison), term.bound(of.bound), counted);
}

function test(of: Test): string {
  switch (of.kind) {
    case 'share-of-base':
      return `${term.comparison(of.comparison)} ${term.amount(of.amount)} of ${of.base.kind === 'all' ? `all ${of.base.role.text}` : baseWords[of.base.kind]} are ${of.winner === undefined ? term.choice(of.choice) : 'the winner'}`;
    case 'people-say':
      return words(term.comparison(of.comparison), term.amount(of.amount), of.role.text, isOne(of.amount) ? 'says' : 'say', term.choice(of.choice));
    case 'none-or-all-say':
      return words(of.which, of.role.text, of.which === 'no' ? 'says' : 'say', term.choice(of.choice));
    case 'turnout':
      return `turnout ${term.comparison(of.comparison)} ${term.bound(of.bound)}`;
    case 'lead':
      return `the lead of ${of.of.text} over ${of.over.text} is ${term.comparison(of.comparison)} ${of.value}`;
    default:
      return unreachable(of);
  }
}

const baseWords: { readonly [base in 'votes-cast' | 'votes-and-abstentions' | 'weight-cast' | 'those-present']: string } = {
  'votes-cast': 'votes cast',
  'votes-and-abstentions': 'votes and abstentions',
  'weight-cast': 'weight cast',
  'those-present': 'those present',
};

function isOne(amount: Parameters<typeof term.amount>[0]): boolean {
  return amount.kind === 'integer' && /^0*1$/.test(amount.digits);
}

function tieRule(of: TieRule): string {
  return of.kind === 'decided' ? words('decided by', term.actor(of.by), of.thoughConcerned && 'though concerned') : of.kind;
}

/** Prints a recusal, which votes and processes have. Pure. */
export function recusal(of: RecusalClause): string {
  const effect = of.effect.kind === 'leaves' ? 'leaves the roster' : `counts as ${of.effect.choice.text}`;
  return words('recusal', of.for.length > 0 && `for ${term.names(of.for)}`, 'decided by', term.actor(of.decidedBy), effect);
}

/** Prints a clause of a joint behind its votes. Pure. */
export function jointLine(of: JointStage['clauses'][number]): string {
  return of.kind === 'pass' ? `when ${of.which} pass go to ${of.target.text}` : sharedLine(of);
}

/** Prints a clause of a meeting. Pure. */
export function meetingLine(of: MeetingStage['clauses'][number]): string {
  switch (of.kind) {
    case 'called':
      return words('called by', term.actor(of.by), term.within(of.within));
    case 'notice':
      return `notice ${term.duration(of.duration)}`;
    case 'attended':
      return words('attended by', of.by.text, of.certifiedBy && `certified by ${term.actor(of.certifiedBy)}`);
    case 'open':
      return `open for ${term.duration(of.duration)}`;
    default:
      return sharedLine(of);
  }
}

/** Prints a clause of a draw. Pure. */
export function drawLine(of: DrawStage['clauses'][number]): string {
  switch (of.kind) {
    case 'picks':
      return words('picks', String(of.count), of.role.text, term.exceptNames(of.except), term.who(of.who, false));
    case 'seed':
      return `seed committed by ${term.actor(of.committedBy)} ${term.within(of.within)}`;
    default:
      return sharedLine(of);
  }
}

/** Prints an effect of an outcome or a duty. Pure. */
export function effectLine(of: Effect): string {
  switch (of.kind) {
    case 'accept-merge':
      return words(
        'accept the merge',
        term.within(of.within),
        of.ratifiedThrough && `until ratified through ${of.ratifiedThrough.process.text} ${term.within(of.ratifiedThrough.within)}`,
      );
    case 'refuse-merge':
      return 'refuse the merge';
    case 'grant':
      return words(
        'grant',
        granted(of.what),
        'to the',
        of.select && (of.select.kind === 'first' ? `first ${of.select.count}` : 'other'),
        of.to.text,
        of.for && `for ${term.duration(of.for)}`,
      );
    case 'remove':
      return `remove ${granted(of.what)} from the ${of.from.text}`;
    case 'award':
      return `award ${of.amount} ${of.points.text} to the ${of.to.text}`;
    case 'pay':
      return `pay the amount from ${of.account.text}`;
    case 'reverse':
      return 'reverse the decision';
    case 'strike':
      return `strike the ${of.who.text} from ${of.from.text}`;
    case 'start':
      return `start ${of.process.text}`;
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function granted(of: Granted): string {
  return of.kind === 'proposed-role' ? 'the proposed role' : of.name.text;
}
