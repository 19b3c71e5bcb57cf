// Reads rights, duties, protections and properties.
import { effect } from './read-effects.ts';
import { act, actor, actorsOr, allow, limit, maybeWho } from './read-people.ts';
import { amount, clock, comparison, date, duration, isComparison, maybeWithin, names, path, paths, text, title, within } from './read-terms.ts';
import { patterns, valueRange } from './read-things.ts';
import { dayOf } from './literal.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { Comma, Dot, isWeekDay, keywordOf, phrase, Quoted, weekDayKinds } from './tokens.ts';
import type { Claim, Day, DutyDeclaration, PropertyDeclaration, ProtectDeclaration, RightDeclaration } from './tree.ts';

type RightClause = RightDeclaration['clauses'][number];
type DutyClause = DutyDeclaration['clauses'][number];
type ProtectClause = ProtectDeclaration['clauses'][number];

const say = {
  after: phrase('after'),
  always: phrase('always'),
  any: phrase('any'),
  anyMergeIn: phrase('any merge in'),
  approving: phrase('approving'),
  bounds: phrase('bounds'),
  changedThrough: phrase('changed through'),
  deniedTo: phrase('denied to'),
  doneWhen: phrase('done when'),
  duty: phrase('duty'),
  every: phrase('every'),
  forbid: phrase('forbid'),
  from: phrase('from'),
  heldBy: phrase('held by'),
  hold: phrase('hold'),
  lapses: phrase('lapses'),
  lockedBy: phrase('locked by'),
  neverChanged: phrase('never changed'),
  of: phrase('of'),
  offlineForAtMost: phrase('offline for at most'),
  on: phrase('on'),
  otherwise: phrase('otherwise'),
  owedBy: phrase('owed by'),
  possible: phrase('possible'),
  protect: phrase('protect'),
  reaches: phrase('reaches'),
  refusal: phrase('refusal'),
  releasedBy: phrase('released by'),
  right: phrase('right'),
  say: phrase('say'),
  to: phrase('to'),
  unlessRenewedThrough: phrase('unless renewed through'),
  with: phrase('with'),
} as const;

/** `'right' name [text] {rightClause} done`. */
export function right(reader: Reader): RightDeclaration {
  const start = reader.at;
  reader.words(say.right);
  reader.open('right', 'rightClause', start);
  const name = reader.name();
  const titled = title(reader);
  return { kind: 'right', name, ...titled, clauses: reader.clauses('rightClause', rightClauses, name), span: reader.spanFrom(start) };
}

const rightClauses: Lines<RightClause> = linesOf<RightClause>(
  { covers: rightCovers, held: rightHeldBy, denied, locked, offline: offlineFor, refusal, limit, allow },
  weekDayKinds.map((kind) => [kind, dayLine]),
);

function rightCovers(reader: Reader): RightClause {
  const start = reader.at;
  const { covers, except } = patterns(reader);
  return { kind: 'covers', patterns: covers, except, span: reader.spanFrom(start) };
}

function rightHeldBy(reader: Reader): RightClause {
  const start = reader.at;
  reader.words(say.heldBy);
  const roles = names(reader);
  const who = maybeWho(reader);
  return { kind: 'held-by', roles, who, span: reader.spanFrom(start) };
}

function denied(reader: Reader): RightClause {
  const start = reader.at;
  reader.words(say.deniedTo);
  const roles = names(reader);
  const sentence = reader.is(Quoted) ? text(reader) : undefined;
  return { kind: 'denied', roles, ...(sentence && { sentence }), span: reader.spanFrom(start) };
}

function dayLine(reader: Reader): RightClause {
  const start = reader.at;
  const days = reader.list(day, Comma);
  reader.words(say.from);
  const from = clock(reader);
  reader.words(say.to);
  return { kind: 'days', days, from, to: clock(reader), span: reader.spanFrom(start) };
}

function day(reader: Reader): Day {
  const kind = reader.kind();
  if (isWeekDay(kind)) reader.at += 1;
  else reader.stop();
  return dayOf(keywordOf(kind) ?? '');
}

function locked(reader: Reader): RightClause {
  const start = reader.at;
  reader.words(say.lockedBy);
  const by = actor(reader);
  reader.words(say.releasedBy);
  return { kind: 'locked', by, releasedBy: actorsOr(reader), span: reader.spanFrom(start) };
}

function offlineFor(reader: Reader): RightClause {
  const start = reader.at;
  reader.words(say.offlineForAtMost);
  return { kind: 'offline-for', most: duration(reader), span: reader.spanFrom(start) };
}

function refusal(reader: Reader): RightClause {
  const start = reader.at;
  reader.words(say.refusal);
  const reason = reader.name();
  reader.words(say.say);
  return { kind: 'refusal', reason, says: text(reader), span: reader.spanFrom(start) };
}

/** `'duty' name [text] {dutyClause} done`. */
export function duty(reader: Reader): DutyDeclaration {
  const start = reader.at;
  reader.words(say.duty);
  reader.open('duty', 'dutyClause', start);
  const name = reader.name();
  const titled = title(reader);
  return { kind: 'duty', name, ...titled, clauses: reader.clauses('dutyClause', dutyClauses, name), span: reader.spanFrom(start) };
}

const dutyClauses: Lines<DutyClause> = linesOf<DutyClause>({
  owed,
  within: dutyWithin,
  every: dutyEvery,
  done: doneWhen,
  otherwise: otherwiseEffect,
  allow,
});

function owed(reader: Reader): DutyClause {
  const start = reader.at;
  reader.words(say.owedBy);
  return { kind: 'owed', by: actor(reader), span: reader.spanFrom(start) };
}

function dutyWithin(reader: Reader): DutyClause {
  const start = reader.at;
  const length = within(reader);
  reader.words(say.of);
  return { kind: 'within', duration: length, of: path(reader), span: reader.spanFrom(start) };
}

function dutyEvery(reader: Reader): DutyClause {
  const start = reader.at;
  reader.words(say.every);
  const length = duration(reader);
  reader.words(say.from);
  return { kind: 'every', duration: length, from: date(reader), span: reader.spanFrom(start) };
}

function doneWhen(reader: Reader): DutyClause {
  const start = reader.at;
  reader.words(say.doneWhen);
  return { kind: 'done', when: act(reader), span: reader.spanFrom(start) };
}

function otherwiseEffect(reader: Reader): DutyClause {
  const start = reader.at;
  reader.words(say.otherwise);
  return { kind: 'otherwise', effect: effect(reader), span: reader.spanFrom(start) };
}

/** `'protect' paths [text] {protectClause} done`. */
export function protect(reader: Reader): ProtectDeclaration {
  const start = reader.at;
  reader.words(say.protect);
  reader.open('protect', 'protectClause', start);
  const protectedPaths = paths(reader);
  const titled = title(reader);
  const clauses = reader.clauses('protectClause', protectClauses, undefined);
  return { kind: 'protect', paths: protectedPaths, ...titled, clauses, span: reader.spanFrom(start) };
}

const protectClauses: Lines<ProtectClause> = linesOf<ProtectClause>({ changed: changedThrough, never: neverChanged, bounds: boundsOf, lapses, allow });

function changedThrough(reader: Reader): ProtectClause {
  const start = reader.at;
  reader.words(say.changedThrough);
  return { kind: 'changed', through: reader.name(), span: reader.spanFrom(start) };
}

function neverChanged(reader: Reader): ProtectClause {
  const start = reader.at;
  reader.words(say.neverChanged);
  return { kind: 'never', span: reader.spanFrom(start) };
}

function boundsOf(reader: Reader): ProtectClause {
  const start = reader.at;
  reader.words(say.bounds);
  const bounded = path(reader);
  reader.words(say.from);
  return { kind: 'bounds', path: bounded, ...valueRange(reader), span: reader.spanFrom(start) };
}

function lapses(reader: Reader): ProtectClause {
  const start = reader.at;
  reader.words(say.lapses);
  const when = lapsesWhen(reader);
  const renewedThrough = reader.passes(say.unlessRenewedThrough) ? reader.name() : undefined;
  return { kind: 'lapses', when, ...(renewedThrough && { renewedThrough }), span: reader.spanFrom(start) };
}

function lapsesWhen(reader: Reader): Extract<ProtectClause, { readonly kind: 'lapses' }>['when'] {
  if (reader.passes(say.after)) return { kind: 'after', duration: duration(reader) };
  reader.words(say.on);
  return { kind: 'on', date: date(reader) };
}

/** `('forbid' | 'always' | 'possible') text claim done`. */
export function property(reader: Reader): PropertyDeclaration {
  const start = reader.at;
  const mode = reader.passes(say.forbid) ? 'forbid' : reader.passes(say.always) ? 'always' : 'possible';
  if (mode === 'possible') reader.words(say.possible);
  reader.open('property', 'claim', start);
  const titled = text(reader);
  reader.mark('claim');
  const claimed = claim(reader);
  reader.close(undefined);
  return { kind: 'property', mode, title: titled, claim: claimed, span: reader.spanFrom(start) };
}

function claim(reader: Reader): Claim {
  const isPathAhead = reader.beginsAhead(1, say.reaches) || reader.isAhead(1, Dot);
  if (!isPathAhead && reader.begins(say.any)) return mergeClaim(reader);
  return !isPathAhead && isComparison(reader) ? holdsClaim(reader) : reachesClaim(reader);
}

function mergeClaim(reader: Reader): Claim {
  const start = reader.at;
  reader.words(say.anyMergeIn);
  const area = reader.name();
  reader.words(say.with);
  const compared = comparison(reader);
  const people = amount(reader);
  reader.words(say.approving);
  return { kind: 'merge', area, comparison: compared, amount: people, role: reader.name(), span: reader.spanFrom(start) };
}

function holdsClaim(reader: Reader): Claim {
  const start = reader.at;
  const compared = comparison(reader);
  const count = amount(reader);
  const people = reader.name();
  reader.words(say.hold);
  return { kind: 'holds', comparison: compared, amount: count, people, role: reader.name(), span: reader.spanFrom(start) };
}

function reachesClaim(reader: Reader): Claim {
  const start = reader.at;
  const from = path(reader);
  reader.words(say.reaches);
  const outcome = reader.name();
  const people = reader.passes(say.with) ? claimedPeople(reader) : undefined;
  const window = maybeWithin(reader);
  return { kind: 'reaches', path: from, outcome, ...(people && { with: people }), ...(window && { within: window }), span: reader.spanFrom(start) };
}

function claimedPeople(reader: Reader): NonNullable<Extract<Claim, { readonly kind: 'reaches' }>['with']> {
  const compared = comparison(reader);
  const count = amount(reader);
  return { comparison: compared, amount: count, role: reader.name() };
}
