// Reads a vote: its clauses, its quorum, and what follows from its results.
import { counted } from './read-counting.ts';
import { actor, allow, bound, limit, maybeWho, recusal, share } from './read-people.ts';
import { amount, choice, comparison, duration, goto, names, theNames, title, within } from './read-terms.ts';
import { test } from './read-tests.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { keyword, phrase } from './tokens.ts';
import type { BallotClause, QuorumClause, ResultClause, SecondCallClause, TieRule, Transition, VoteStage } from './tree-stages.ts';
import type { Duration, Span } from './tree-terms.ts';

type BallotExtension = Extract<BallotClause, { readonly kind: 'extends' }>['when'];
type VoteClause = VoteStage['clauses'][number];

const say = {
  and: keyword('and'),
  as: phrase('as'),
  asOfTheStart: phrase('as of the start'),
  atMost: phrase('at most'),
  ballots: phrase('ballots'),
  beats: phrase('beats'),
  choices: phrase('choices'),
  closesEarly: phrase('closes early when decided'),
  decidedBy: phrase('decided by'),
  default: phrase('default'),
  defaultBy: phrase('default by'),
  elects: phrase('elects'),
  except: phrase('except'),
  extendsBy: phrase('extends by'),
  fails: phrase('fails'),
  final: phrase('final'),
  grace: phrase('grace'),
  holdFor: phrase('hold for'),
  in: phrase('in'),
  lot: phrase('lot'),
  marksAtMost: phrase('marks at most'),
  mayChange: phrase('may change'),
  openFor: phrase('open for'),
  othersBy: phrase('others by'),
  otherwise: phrase('otherwise'),
  overDefault: phrase('over default'),
  passes: phrase('passes'),
  present: phrase('present'),
  quorateInTheLast: phrase('quorate in the last'),
  quorum: phrase('quorum'),
  reasonsFor: phrase('reasons for'),
  receipts: phrase('receipts'),
  saying: phrase('saying'),
  sealed: phrase('sealed until the close revealed'),
  secondCallAfter: phrase('second call after'),
  swungInTheLast: phrase('swung in the last'),
  the: phrase('the'),
  theVacant: phrase('the vacant'),
  thenNext: keyword('then'),
  thoughConcerned: phrase('though concerned'),
  tie: phrase('tie'),
  times: phrase('times'),
  to: phrase('to'),
  vacanciesCountAs: phrase('vacancies count as'),
  vote: phrase('vote'),
  voters: phrase('voters'),
  voting: phrase('voting'),
  weightedBy: phrase('weighted by'),
  when: phrase('when'),
  with: phrase('with'),
  withoutQuorum: phrase('without quorum'),
} as const;

/** `'vote' name [text] {voteClause} done`. */
export function vote(reader: Reader): VoteStage {
  const start = reader.at;
  reader.words(say.vote);
  reader.open('vote', 'voteClause', start);
  const name = reader.name();
  const titled = title(reader);
  const clauses = reader.clauses('voteClause', voteClauses, name);
  return { kind: 'vote', name, ...titled, clauses, span: reader.spanFrom(start) };
}

const voteClauses: Lines<VoteClause> = linesOf<VoteClause>({
  voters,
  choices,
  default: defaultOption,
  counted,
  elects,
  marks,
  reasons,
  vacancies,
  open: openFor,
  ballots,
  closes: closesEarly,
  extends: extension,
  hold: holdsFor,
  grace,
  quorum,
  second: secondCall,
  passes,
  beats,
  tie,
  limit,
  recusal,
  allow,
  when: result,
  otherwise: transitionOtherwise,
});

/** `'when' name goto`. */
export function result(reader: Reader): ResultClause {
  const start = reader.at;
  reader.words(say.when);
  const named = reader.name();
  return { kind: 'result', result: named, target: goto(reader), span: reader.spanFrom(start) };
}

/** `'otherwise' goto`. */
export function transitionOtherwise(reader: Reader): Transition & ResultClause {
  const start = reader.at;
  reader.words(say.otherwise);
  return { kind: 'otherwise', target: goto(reader), span: reader.spanFrom(start) };
}

function voters(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.voters);
  const roles = names(reader);
  const present = reader.passes(say.present);
  const weightedBy = reader.passes(say.weightedBy) ? reader.name() : undefined;
  const asOfTheStart = reader.passes(say.asOfTheStart);
  const except = reader.passes(say.except) ? theNames(reader) : [];
  const who = maybeWho(reader);
  return { kind: 'voters', roles, present, ...(weightedBy && { weightedBy }), asOfTheStart, except, who, span: reader.spanFrom(start) };
}

function choices(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.choices);
  // `choices the, yes` lists a choice called `the`.
  if (reader.isNameAhead(1) && reader.passes(say.the)) return { kind: 'choices', from: { kind: 'the', name: reader.name() }, span: reader.spanFrom(start) };
  return { kind: 'choices', from: { kind: 'list', names: names(reader) }, span: reader.spanFrom(start) };
}

function defaultOption(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.default);
  return { kind: 'default', option: reader.name(), span: reader.spanFrom(start) };
}

function elects(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.elects);
  const seats = reader.passes(say.theVacant) ? 'the-vacant' : amount(reader);
  return { kind: 'elects', seats, role: reader.name(), span: reader.spanFrom(start) };
}

function marks(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.marksAtMost);
  return { kind: 'marks', most: reader.integer(), span: reader.spanFrom(start) };
}

function reasons(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.reasonsFor);
  return { kind: 'reasons', for: names(reader), span: reader.spanFrom(start) };
}

function vacancies(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.vacanciesCountAs);
  return { kind: 'vacancies', countAs: reader.name(), span: reader.spanFrom(start) };
}

/** `'open for' duration`. */
export function openFor(reader: Reader): { readonly kind: 'open'; readonly duration: Duration; readonly span: Span } {
  const start = reader.at;
  reader.words(say.openFor);
  return { kind: 'open', duration: duration(reader), span: reader.spanFrom(start) };
}

function ballots(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.ballots);
  if (reader.passes(say.final)) return { kind: 'ballots', mode: 'final', span: reader.spanFrom(start) };
  if (reader.passes(say.mayChange)) return { kind: 'ballots', mode: 'may-change', span: reader.spanFrom(start) };
  reader.words(say.sealed);
  return { kind: 'ballots', mode: 'sealed', revealedWithin: within(reader), span: reader.spanFrom(start) };
}

function closesEarly(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.closesEarly);
  return { kind: 'closes-early', span: reader.spanFrom(start) };
}

function extension(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.extendsBy);
  const by = duration(reader);
  reader.words(say.when);
  const when = extensionCause(reader);
  const most = reader.passes(say.atMost) ? reader.integer() : undefined;
  if (most !== undefined) reader.words(say.times);
  return { kind: 'extends', by, when, ...(most !== undefined && { most }), span: reader.spanFrom(start) };
}

function extensionCause(reader: Reader): BallotExtension {
  // `when swung or quorate` names results of the vote.
  if (reader.beginsAhead(1, say.in)) {
    if (reader.passes(say.swungInTheLast)) return { kind: 'swung', inTheLast: duration(reader) };
    if (reader.passes(say.quorateInTheLast)) return { kind: 'quorate', inTheLast: duration(reader) };
  }
  return { kind: 'result', names: choice(reader) };
}

function holdsFor(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.holdFor);
  return { kind: 'holds', duration: duration(reader), span: reader.spanFrom(start) };
}

function grace(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.grace);
  const length = duration(reader);
  reader.words(say.with);
  const receipts = reader.integer();
  reader.words(say.receipts);
  return { kind: 'grace', duration: length, receipts, span: reader.spanFrom(start) };
}

/** How many must take part. */
export function quorum(reader: Reader): QuorumClause {
  const start = reader.at;
  reader.words(say.quorum);
  const compared = comparison(reader);
  const least = bound(reader);
  return { kind: 'quorum', comparison: compared, bound: least, counted: quorumCount(reader), span: reader.spanFrom(start) };
}

function quorumCount(reader: Reader): QuorumClause['counted'] {
  if (reader.passes(say.voting)) return { kind: 'voting' };
  if (reader.passes(say.present)) return { kind: 'present' };
  if (reader.passes(say.overDefault)) return { kind: 'over-default' };
  reader.words(say.saying);
  return { kind: 'saying', choice: choice(reader) };
}

/** `'second call after' duration (quorum | 'without quorum')`. */
export function secondCall(reader: Reader): SecondCallClause {
  const start = reader.at;
  reader.words(say.secondCallAfter);
  const after = duration(reader);
  const lower = reader.begins(say.quorum) ? quorum(reader) : undefined;
  if (lower === undefined) reader.words(say.withoutQuorum);
  return { kind: 'second-call', after, ...(lower && { quorum: lower }), span: reader.spanFrom(start) };
}

function passes(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.passes);
  const as = reader.passes(say.as) ? reader.name() : undefined;
  reader.words(say.when);
  const tests = reader.list(test, say.and);
  return { kind: 'passes', ...(as && { as }), tests, span: reader.spanFrom(start) };
}

function beats(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.beats);
  if (!reader.begins(say.defaultBy)) {
    reader.words(say.othersBy);
    const compared = comparison(reader);
    return { kind: 'beats-others', comparison: compared, share: share(reader), span: reader.spanFrom(start) };
  }
  reader.words(say.defaultBy);
  const compared = comparison(reader);
  const left = reader.integer();
  reader.words(say.to);
  const right = reader.integer();
  const area = reader.passes(say.in) ? reader.name() : undefined;
  return { kind: 'beats-default', comparison: compared, left, right, ...(area && { area }), span: reader.spanFrom(start) };
}

function tie(reader: Reader): BallotClause {
  const start = reader.at;
  reader.words(say.tie);
  const rules = reader.list(tieRule, say.thenNext);
  return { kind: 'tie', rules, span: reader.spanFrom(start) };
}

function tieRule(reader: Reader): TieRule {
  const start = reader.at;
  if (reader.passes(say.fails)) return { kind: 'fails', span: reader.spanFrom(start) };
  if (reader.passes(say.lot)) return { kind: 'lot', span: reader.spanFrom(start) };
  reader.words(say.decidedBy);
  const by = actor(reader);
  const thoughConcerned = reader.passes(say.thoughConcerned);
  return { kind: 'decided', by, thoughConcerned, span: reader.spanFrom(start) };
}
