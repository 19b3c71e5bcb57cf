// Reads scenarios: what is so at first, what people do, and what is expected (language.md section 4 and S68). It plays nothing.
import { verb } from './read-people.ts';
import { clock, date, duration, money, names, path, text, texts, value, wordAsName } from './read-terms.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { Clock, Comma, Decimal, Dot, Int, keyword, phrase, Quoted } from './tokens.ts';
import type { ScenarioDeclaration, ScenarioExpectation, ScenarioGiven, ScenarioHad, ScenarioLine, ScenarioPeople, ScenarioScore } from './tree-scenarios.ts';
import type { Name } from './tree-terms.ts';

type OnLine = Extract<ScenarioLine, { readonly kind: 'on' }>;

const say = {
  about: phrase('about'),
  after: phrase('after'),
  are: phrase('are'),
  as: phrase('as'),
  at: phrase('at'),
  day: phrase('day'),
  do: phrase('do'),
  doNotHold: phrase('do not hold'),
  expect: phrase('expect'),
  for: phrase('for'),
  given: phrase('given'),
  have: phrase('have'),
  hold: phrase('hold'),
  is: phrase('is'),
  joined: phrase('joined'),
  on: phrase('on'),
  other: phrase('other'),
  refusal: phrase('refusal'),
  scenario: phrase('scenario'),
  setTo: phrase('set to'),
  starts: keyword('starts'),
  to: phrase('to'),
  vote: keyword('vote'),
  with: phrase('with'),
} as const;

/** `'scenario' text {given} {scenarioLine} done`. */
export function scenario(reader: Reader): ScenarioDeclaration {
  const start = reader.at;
  reader.words(say.scenario);
  reader.open('scenario', 'scenarioLine', start);
  const title = text(reader);
  const givens: ScenarioGiven[] = [];
  while (reader.begins(say.given)) {
    reader.mark('given');
    givens.push(...given(reader));
  }
  const lines = [...givens, ...reader.clauses('scenarioLine', scenarioLines, undefined)];
  return { kind: 'scenario', title, lines, span: reader.spanFrom(start) };
}

function given(reader: Reader): readonly ScenarioGiven[] {
  const start = reader.at;
  reader.words(say.given);
  if (reader.is(Int)) return [givenHeads(reader, start)];
  const people = names(reader);
  if (reader.passes(say.joined)) return [{ kind: 'given-joined', people, joined: date(reader), span: reader.spanFrom(start) }];
  if (reader.passes(say.have)) return [{ kind: 'given-have', people, had: scenarioHad(reader), span: reader.spanFrom(start) }];
  reader.words(say.are);
  const holders = names(reader);
  return people.map((role) => ({ kind: 'given', role, people: holders, span: reader.spanFrom(start) }));
}

/** `50 contributions` of a measure, or `employer "Acme"` of an attribute. */
function scenarioHad(reader: Reader): ScenarioHad {
  if (reader.is(Int)) return { kind: 'amount', amount: reader.integer(), name: reader.name() };
  const name = reader.name();
  return { kind: 'value', name, value: text(reader) };
}

function givenHeads(reader: Reader, start: number): ScenarioGiven {
  const count = reader.integer();
  const role = reader.name();
  const joined = reader.passes(say.joined) ? date(reader) : undefined;
  return { kind: 'given-heads', count, role, ...(joined && { joined }), span: reader.spanFrom(start) };
}

const scenarioLines: Lines<ScenarioLine> = linesOf<ScenarioLine>({ on: scenarioOn, after: scenarioAfter, expect: scenarioExpect });

function scenarioOn(reader: Reader): ScenarioLine {
  const start = reader.at;
  reader.words(say.on);
  const when = scenarioDay(reader);
  const at = reader.isAhead(1, Clock) && reader.passes(say.at) ? clock(reader) : undefined;
  const people = scenarioPeople(reader);
  const does = scenarioVerb(reader);
  const object = scenarioObject(reader);
  const price = reader.passes(say.for) ? { amount: money(reader), currency: reader.name() } : undefined;
  const about = reader.passes(say.about) ? names(reader) : [];
  const to = reader.passes(say.to) ? reader.name() : undefined;
  const proposed = reader.passes(say.as) ? reader.name() : undefined;
  const files = isWithFiles(reader) && reader.passes(say.with) ? texts(reader) : [];
  const changed = isWithSetting(reader) && reader.passes(say.with) ? amended(reader) : undefined;
  const tail = {
    ...(object && { object }),
    ...(price && { price }),
    about,
    ...(to && { to }),
    ...(proposed && { proposed }),
    files,
    ...(changed && { amended: changed }),
  };
  return { kind: 'on', when, ...(at && { at }), people, verb: does, ...tail, span: reader.spanFrom(start) };
}

/** `with "policy/doors.md"`: `with` is also a word that can be a name, but files come in quotes. */
function isWithFiles(reader: Reader): boolean {
  return reader.begins(say.with) && reader.isAhead(1, Quoted);
}

/** `with proposal.ballot.open set to 2 days`: behind the first name of a path comes a dot, or what is set. */
function isWithSetting(reader: Reader): boolean {
  return reader.begins(say.with) && reader.isNameAhead(1) && (reader.isAhead(2, Dot) || reader.beginsAhead(2, say.setTo));
}

/** `path 'set to' value`. */
function amended(reader: Reader): NonNullable<OnLine['amended']> {
  const changed = path(reader);
  reader.words(say.setTo);
  return { path: changed, value: value(reader) };
}

function scenarioDay(reader: Reader): OnLine['when'] {
  const start = reader.at;
  if (reader.passes(say.day)) return { kind: 'day', day: reader.integer(), span: reader.spanFrom(start) };
  return date(reader);
}

function scenarioPeople(reader: Reader): ScenarioPeople {
  const start = reader.at;
  if (reader.is(Int)) {
    const count = reader.integer();
    const other = reader.isNameAhead(1) && reader.passes(say.other);
    return { kind: 'heads', count, other, role: reader.name(), span: reader.spanFrom(start) };
  }
  // A person called `other` is still one where no role and verb follow.
  const isHeads = reader.isNameAhead(1) && (reader.isNameAhead(2) || reader.isAhead(2, say.vote) || reader.isAhead(2, say.starts));
  if (isHeads && reader.passes(say.other)) return { kind: 'heads', other: true, role: reader.name(), span: reader.spanFrom(start) };
  return { kind: 'names', names: names(reader), span: reader.spanFrom(start) };
}

/** A verb; `starts` is reserved elsewhere and still how one says it of one person. */
function scenarioVerb(reader: Reader): Name {
  return reader.is(say.starts) ? wordAsName(reader) : verb(reader);
}

function scenarioObject(reader: Reader): OnLine['object'] {
  if (reader.is(Quoted)) return { kind: 'text', text: text(reader) };
  if (reader.is(Int)) return { kind: 'amount', amount: reader.integer(), name: reader.name() };
  // `for` is also a word that can be a name, but not one before a number.
  if (reader.begins(say.for) && (reader.isAhead(1, Int) || reader.isAhead(1, Decimal))) return undefined;
  const isTail = (reader.begins(say.about) || reader.begins(say.as) || reader.begins(say.to)) && reader.isNameAhead(1);
  if (!reader.isName() || isTail || isWithFiles(reader) || isWithSetting(reader)) return undefined;
  const given = reader.isAhead(1, Int) ? reader.list(score, Comma) : undefined;
  const found = given === undefined ? names(reader) : [];
  const reason = reader.is(Quoted) ? text(reader) : undefined;
  if (given !== undefined) return { kind: 'scores', scores: given, ...(reason && { text: reason }) };
  return { kind: 'names', names: found, ...(reason && { text: reason }) };
}

/** `name Int`, a part of `scores = name Int {',' name Int}`. */
function score(reader: Reader): ScenarioScore {
  return { option: reader.name(), points: reader.integer() };
}

function scenarioAfter(reader: Reader): ScenarioLine {
  const start = reader.at;
  reader.words(say.after);
  return { kind: 'after', duration: duration(reader), span: reader.spanFrom(start) };
}

function scenarioExpect(reader: Reader): ScenarioExpectation {
  const start = reader.at;
  reader.words(say.expect);
  // A process called `refusal` is one where it `is` something; a stage called so needs its process before it.
  const isSubject = reader.beginsAhead(1, say.is) || reader.beginsAhead(1, say.have) || reader.beginsAhead(1, say.hold) || reader.beginsAhead(1, say.do);
  if (!isSubject && reader.passes(say.refusal)) {
    const code = reader.isName() ? reader.name() : undefined;
    return { kind: 'expect-refusal', ...(code && { code }), span: reader.spanFrom(start) };
  }
  const subject = reader.name();
  if (reader.passes(say.is)) return { kind: 'expect', subject, is: reader.name(), span: reader.spanFrom(start) };
  if (reader.passes(say.have)) return { kind: 'expect-has', person: subject, amount: reader.integer(), name: reader.name(), span: reader.spanFrom(start) };
  if (reader.passes(say.hold)) return { kind: 'expect-holds', person: subject, not: false, role: reader.name(), span: reader.spanFrom(start) };
  if (reader.passes(say.doNotHold)) return { kind: 'expect-holds', person: subject, not: true, role: reader.name(), span: reader.spanFrom(start) };
  return { kind: 'expect', subject, span: reader.spanFrom(start) };
}
