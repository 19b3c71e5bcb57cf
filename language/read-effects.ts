// Reads what an outcome does, and what follows a duty that is not done: merges, grants, removals, awards, payments.
import { allow } from './read-people.ts';
import { duration, maybeWithin, within } from './read-terms.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { Int, Param, phrase } from './tokens.ts';
import type { Effect, Granted } from './tree-stages.ts';

const say = {
  acceptTheMerge: phrase('accept the merge'),
  award: phrase('award'),
  first: phrase('first'),
  for: phrase('for'),
  from: phrase('from'),
  fromThe: phrase('from the'),
  grant: phrase('grant'),
  of: phrase('of'),
  other: phrase('other'),
  pay: phrase('pay the amount from'),
  proposed: phrase('proposed'),
  refuseTheMerge: phrase('refuse the merge'),
  remove: phrase('remove'),
  reverseTheDecision: phrase('reverse the decision'),
  start: phrase('start'),
  strikeThe: phrase('strike the'),
  theProposedRole: phrase('the proposed role'),
  toThe: phrase('to the'),
  untilRatifiedThrough: phrase('until ratified through'),
} as const;

/** Lines of an outcome. */
export const effects: Lines<Effect> = linesOf<Effect>({
  accept: acceptMerge,
  refuse: refuseMerge,
  grant,
  remove,
  award,
  pay,
  reverse,
  strike,
  start: startEffect,
  allow,
});

/** One effect. */
export function effect(reader: Reader): Effect {
  return reader.oneOf(effects, allow);
}

function acceptMerge(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.acceptTheMerge);
  // In a duty the next line may be `within 3 days of x.y`.
  const isNextLine = reader.beginsAhead(reader.isAhead(1, Param) ? 2 : 3, say.of);
  const window = isNextLine ? undefined : maybeWithin(reader);
  const ratified = reader.passes(say.untilRatifiedThrough) ? reader.name() : undefined;
  const ratifiedThrough = ratified && { process: ratified, within: within(reader) };
  return { kind: 'accept-merge', ...(window && { within: window }), ...(ratifiedThrough && { ratifiedThrough }), span: reader.spanFrom(start) };
}

function refuseMerge(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.refuseTheMerge);
  return { kind: 'refuse-merge', span: reader.spanFrom(start) };
}

function granted(reader: Reader): Granted {
  const start = reader.at;
  if (reader.beginsAhead(1, say.proposed) && reader.passes(say.theProposedRole)) return { kind: 'proposed-role', span: reader.spanFrom(start) };
  return { kind: 'named', name: reader.name(), span: reader.spanFrom(start) };
}

function grant(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.grant);
  const what = granted(reader);
  reader.words(say.toThe);
  const first = reader.isAhead(1, Int) && reader.passes(say.first) ? reader.integer() : undefined;
  const other = reader.passes(say.other);
  const to = reader.name();
  const length = reader.passes(say.for) ? duration(reader) : undefined;
  const select = first !== undefined ? { select: { kind: 'first', count: first } as const } : other ? { select: { kind: 'other' } as const } : {};
  return { kind: 'grant', what, ...select, to, ...(length && { for: length }), span: reader.spanFrom(start) };
}

function remove(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.remove);
  const what = granted(reader);
  reader.words(say.fromThe);
  return { kind: 'remove', what, from: reader.name(), span: reader.spanFrom(start) };
}

function award(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.award);
  const amount = reader.integer();
  const points = reader.name();
  reader.words(say.toThe);
  return { kind: 'award', amount, points, to: reader.name(), span: reader.spanFrom(start) };
}

function pay(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.pay);
  return { kind: 'pay', account: reader.name(), span: reader.spanFrom(start) };
}

function reverse(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.reverseTheDecision);
  return { kind: 'reverse', span: reader.spanFrom(start) };
}

function strike(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.strikeThe);
  const who = reader.name();
  reader.words(say.from);
  return { kind: 'strike', who, from: reader.name(), span: reader.spanFrom(start) };
}

function startEffect(reader: Reader): Effect {
  const start = reader.at;
  reader.words(say.start);
  return { kind: 'start', process: reader.name(), span: reader.spanFrom(start) };
}
