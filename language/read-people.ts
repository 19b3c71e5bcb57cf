// Reads who acts and how many: actors, shares, facts after `who`, events, limits with their remedies, and `allow`.
import { amount, comparison, date, duration, isComparison, length, maybeWithin, names, path, text, wordAsName } from './read-terms.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { Decimal, Fraction, Int, keyword, Param, Percent, phrase, Quoted } from './tokens.ts';
import type { RecusalClause } from './tree-stages.ts';
import type { Act, Actor, AllowClause, Bound, EventPattern, Fact, Headcount, LimitClause, Name, Remedy, Share, Since, Whole } from './tree-terms.ts';

const say = {
  a: phrase('a'),
  after: phrase('after'),
  all: phrase('all'),
  allOfThem: phrase('all of them'),
  allow: phrase('allow'),
  and: keyword('and'),
  any: phrase('any'),
  ago: phrase('ago'),
  atTheNext: phrase('at the next'),
  because: phrase('because'),
  but: phrase('but'),
  countsAs: phrase('counts as'),
  decidedBy: phrase('decided by'),
  doNotHold: phrase('do not hold'),
  first: keyword('first'),
  for: phrase('for'),
  have: phrase('have'),
  hold: phrase('hold'),
  inARow: phrase('in a row'),
  includingThe: phrase('including the'),
  joinedAtLeast: phrase('joined at least'),
  larger: keyword('larger'),
  leave: phrase('leave'),
  leaveTheRoster: phrase('leave the roster'),
  limit: phrase('limit'),
  newest: keyword('newest'),
  next: keyword('next'),
  of: phrase('of'),
  oneByLot: phrase('one by lot'),
  or: keyword('or'),
  other: phrase('other'),
  otherwise: phrase('otherwise'),
  per: phrase('per'),
  person: phrase('person'),
  recusal: phrase('recusal'),
  root: phrase('the square root of'),
  since: phrase('since'),
  smaller: keyword('smaller'),
  square: keyword('square'),
  start: phrase('start'),
  the: phrase('the'),
  theNewest: phrase('the newest'),
  theOldest: phrase('the oldest'),
  theLarger: phrase('the larger'),
  theSmaller: phrase('the smaller'),
  theStart: phrase('the start'),
  to: phrase('to'),
  unlessWaivedThrough: phrase('unless waived through'),
  until: phrase('until'),
  vote: keyword('vote'),
  waived: keyword('waived'),
  who: phrase('who'),
} as const;

/** `'allow' name 'because' text ['until' date]`. */
export function allow(reader: Reader): AllowClause {
  const start = reader.at;
  reader.words(say.allow);
  const rule = reader.name();
  reader.words(say.because);
  const because = text(reader);
  const until = reader.passes(say.until) ? date(reader) : undefined;
  return { kind: 'allow', rule, because, ...(until && { until }), span: reader.spanFrom(start) };
}

/** Words after `otherwise` that make it a remedy; with others it is a line of its own. */
const remedies: readonly number[] = phrase('start after at the one all');

/** A limit, with what happens where something else than a grant breaks it. */
export function limit(reader: Reader): LimitClause {
  const start = reader.at;
  reader.words(say.limit);
  const most = amount(reader);
  reader.passes(say.of);
  const counted = reader.name();
  const per: LimitClause['per'][number][] = [];
  while (reader.passes(say.per)) per.push(limitPer(reader));
  // Two words decide: `in flight` is a clause of its own in a process.
  const inARow = reader.beginsAhead(1, say.a) && reader.passes(say.inARow);
  const including = reader.passes(say.includingThe) ? reader.name() : undefined;
  const otherwise = remedies.includes(reader.kindAhead(1)) && reader.passes(say.otherwise) ? remedy(reader) : undefined;
  const waivedThrough = reader.isAhead(1, say.waived) && reader.passes(say.unlessWaivedThrough) ? reader.name() : undefined;
  const tail = { ...(including && { including }), ...(otherwise && { otherwise }), ...(waivedThrough && { waivedThrough }) };
  return { kind: 'limit', amount: most, counted, per, inARow, ...tail, span: reader.spanFrom(start) };
}

function limitPer(reader: Reader): LimitClause['per'][number] {
  return reader.is(Int) ? { kind: 'window', duration: length(reader) } : { kind: 'each', name: reader.name() };
}

function remedy(reader: Reader): Remedy {
  const start = reader.at;
  if (reader.passes(say.start)) return { kind: 'start', process: reader.name(), span: reader.spanFrom(start) };
  const after = reader.passes(say.after) ? duration(reader) : undefined;
  const at = reader.passes(say.atTheNext) ? path(reader) : undefined;
  const who = leavers(reader);
  reader.words(say.leave);
  return { kind: 'leave', who, ...(after && { after }), ...(at && { at }), span: reader.spanFrom(start) };
}

function leavers(reader: Reader): 'newest' | 'oldest' | 'lot' | 'all' {
  const newest = reader.isAhead(1, say.newest);
  if (reader.passes(newest ? say.theNewest : say.theOldest)) return newest ? 'newest' : 'oldest';
  if (reader.passes(say.oneByLot)) return 'lot';
  reader.words(say.allOfThem);
  return 'all';
}

/** `[since]`. */
export function maybeSince(reader: Reader): Since | undefined {
  return reader.begins(say.since) ? since(reader) : undefined;
}

function since(reader: Reader): Since {
  const start = reader.at;
  reader.words(say.since);
  if (reader.beginsAhead(1, say.start) && reader.passes(say.theStart)) return { kind: 'start', span: reader.spanFrom(start) };
  return { kind: 'stage', name: reader.name(), span: reader.spanFrom(start) };
}

/** `[who]`: the facts, none where there is no `who`. */
export function maybeWho(reader: Reader): Fact[] {
  return reader.passes(say.who) ? reader.list(fact, say.and) : [];
}

function fact(reader: Reader): Fact {
  const start = reader.at;
  if (reader.passes(say.hold)) return { kind: 'holds', name: reader.name(), span: reader.spanFrom(start) };
  if (reader.passes(say.doNotHold)) return { kind: 'does-not-hold', name: reader.name(), span: reader.spanFrom(start) };
  if (reader.passes(say.have)) {
    const compared = comparison(reader);
    const least = amount(reader);
    return { kind: 'has', comparison: compared, amount: least, name: reader.name(), span: reader.spanFrom(start) };
  }
  reader.words(say.joinedAtLeast);
  const ago = duration(reader);
  reader.words(say.ago);
  return { kind: 'joined', ago, span: reader.spanFrom(start) };
}

/** `'all' ['but' Int ['of']] ['other'] name`. */
export function whole(reader: Reader): Whole {
  const start = reader.at;
  reader.words(say.all);
  const except = reader.isAhead(1, Int) && reader.passes(say.but) ? reader.integer() : undefined;
  if (except !== undefined) reader.passes(say.of);
  const other = reader.passes(say.other);
  const role = reader.name();
  return { kind: 'whole', ...(except !== undefined && { except }), other, role, span: reader.spanFrom(start) };
}

function part(reader: Reader): Share {
  const start = reader.at;
  const size = amount(reader);
  reader.passes(say.of);
  const squareRoot = reader.isAhead(1, say.square) && reader.passes(say.root);
  const other = reader.passes(say.other);
  const role = reader.name();
  return { kind: 'part', amount: size, squareRoot, other, role, span: reader.spanFrom(start) };
}

function rootPart(reader: Reader): Share {
  const start = reader.at;
  reader.words(say.root);
  return { kind: 'part', squareRoot: true, other: false, role: reader.name(), span: reader.spanFrom(start) };
}

/** `whole | part | rootPart`. */
export function share(reader: Reader): Share {
  if (reader.begins(say.all)) return whole(reader);
  return reader.begins(say.the) ? rootPart(reader) : part(reader);
}

/** `widerBound | share`. */
export function bound(reader: Reader): Bound {
  const isLarger = reader.isAhead(1, say.larger);
  if (!reader.begins(say.the) || !(isLarger || reader.isAhead(1, say.smaller))) return share(reader);
  const start = reader.at;
  reader.words(isLarger ? say.theLarger : say.theSmaller);
  reader.words(say.of);
  const left = share(reader);
  reader.take(say.and);
  return { kind: isLarger ? 'larger' : 'smaller', left, right: share(reader), span: reader.spanFrom(start) };
}

const actors: Lines<Actor> = linesOf<Actor>(
  { any: anyActor, all: whole, the: theActor, at: boundedActor, more: boundedActor, fewer: boundedActor, exactly: boundedActor, a: oneActor },
  [Fraction, Percent, Decimal, Int, Param].map((kind) => [kind, countedActor]),
);

/** Who acts. */
export function actor(reader: Reader): Actor {
  return reader.oneOf(actors, oneActor);
}

function anyActor(reader: Reader): Actor {
  const start = reader.at;
  reader.words(say.any);
  const other = reader.passes(say.other);
  return { kind: 'any', other, role: reader.name(), span: reader.spanFrom(start) };
}

function theActor(reader: Reader): Actor {
  const start = reader.at;
  reader.words(say.the);
  const order = reader.isNameAhead(1) ? orderHere(reader) : undefined;
  return { kind: 'the', ...(order && { order }), role: reader.name(), span: reader.spanFrom(start) };
}

function orderHere(reader: Reader): 'first' | 'next' | undefined {
  const order = reader.is(say.first) ? 'first' : reader.is(say.next) ? 'next' : undefined;
  if (order !== undefined) reader.at += 1;
  return order;
}

function boundedActor(reader: Reader): Actor {
  const start = reader.at;
  const compared = comparison(reader);
  return { kind: 'bounded', comparison: compared, bound: bound(reader), span: reader.spanFrom(start) };
}

function countedActor(reader: Reader): Actor {
  const start = reader.at;
  const count = amount(reader);
  reader.passes(say.of);
  const other = reader.passes(say.other);
  return { kind: 'part', amount: count, squareRoot: false, other, role: reader.name(), span: reader.spanFrom(start) };
}

function oneActor(reader: Reader): Actor {
  const start = reader.at;
  reader.words(say.a);
  return { kind: 'a', role: reader.name(), span: reader.spanFrom(start) };
}

/** `actor {'or' actor}`. */
export function actorsOr(reader: Reader): Actor[] {
  return reader.list(actor, say.or);
}

/** `Word | Param | 'vote'`. */
export function verb(reader: Reader): Name {
  return reader.is(say.vote) ? wordAsName(reader) : reader.name();
}

/** `actor verb [text] [since]`. */
export function act(reader: Reader): Act {
  const start = reader.at;
  const who = isRoleNamedLikeOrder(reader) ? plainHolder(reader) : actor(reader);
  const does = verb(reader);
  const what = reader.is(Quoted) ? text(reader) : undefined;
  const from = maybeSince(reader);
  return { actor: who, verb: does, ...(what && { text: what }), ...(from && { since: from }), span: reader.spanFrom(start) };
}

function plainHolder(reader: Reader): Actor {
  const start = reader.at;
  reader.words(say.the);
  return { kind: 'the', role: reader.name(), span: reader.spanFrom(start) };
}

const [goWord = 0, toWord = 0] = phrase('go to');
const afterVerb: readonly number[] = phrase('within since without and');

/** `the first accepts go to x`: a role called `first`, since what follows its verb is no verb. */
function isRoleNamedLikeOrder(reader: Reader): boolean {
  if (!reader.begins(say.the) || !(reader.isAhead(1, say.first) || reader.isAhead(1, say.next)) || !reader.isNameAhead(2)) return false;
  const behind = reader.kindAhead(3);
  return (behind === goWord && reader.isAhead(4, toWord)) || afterVerb.includes(behind) || behind === Quoted;
}

/** `act {'and' act} [within]`. */
export function event(reader: Reader): EventPattern {
  const start = reader.at;
  const acts = reader.list(act, say.and);
  const window = maybeWithin(reader);
  return { acts, ...(window && { within: window }), span: reader.spanFrom(start) };
}

/** `[comparison] amount ['to' amount] 'person'`. */
export function headcount(reader: Reader): Headcount {
  const start = reader.at;
  const compared = isComparison(reader) ? comparison(reader) : undefined;
  const least = amount(reader);
  const to = reader.passes(say.to) ? amount(reader) : undefined;
  reader.words(say.person);
  return { ...(compared && { comparison: compared }), amount: least, ...(to && { to }), span: reader.spanFrom(start) };
}

/** Who may not take part, and who says so. */
export function recusal(reader: Reader): RecusalClause {
  const start = reader.at;
  reader.words(say.recusal);
  const attributes = reader.passes(say.for) ? names(reader) : [];
  reader.words(say.decidedBy);
  const decidedBy = actor(reader);
  if (reader.begins(say.leave)) {
    reader.words(say.leaveTheRoster);
    return { kind: 'recusal', for: attributes, decidedBy, effect: { kind: 'leaves' }, span: reader.spanFrom(start) };
  }
  reader.words(say.countsAs);
  return { kind: 'recusal', for: attributes, decidedBy, effect: { kind: 'counts-as', choice: reader.name() }, span: reader.spanFrom(start) };
}
