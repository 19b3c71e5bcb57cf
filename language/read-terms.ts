// Reads the smallest parts of a text: names, texts, lengths of time, quantities (language.md section 4, first block).
import { unitOf } from './literal.ts';
import type { Reader } from './reader.ts';
import { CalendarDate, Clock, Comma, Decimal, Dot, Fraction, Int, isUnit, keyword, keywordOf, Param, Percent, phrase, Quoted } from './tokens.ts';
import type { Choice } from './tree-stages.ts';
import type { Amount, Comparison, DateLiteral, Duration, DurationUnit, Head, Name, Path, Span, Text, TimeLiteral, Value } from './tree-terms.ts';

const say = {
  or: keyword('or'),
  the: keyword('the'),
  plural: phrase('plural'),
  goTo: phrase('go to'),
  within: phrase('within'),
  at: keyword('at'),
  most: keyword('most'),
  atLeast: phrase('at least'),
  atMost: phrase('at most'),
  more: keyword('more'),
  moreThan: phrase('more than'),
  fewer: keyword('fewer'),
  fewerThan: phrase('fewer than'),
  exactly: keyword('exactly'),
} as const;

/** Reserved words that settings of stages are called by, in paths. */
const settings: readonly number[] = phrase('open quorum passes term held');

/** `name % ','`. */
export function names(reader: Reader): Name[] {
  const found = [reader.name()];
  while (reader.is(Comma)) {
    reader.at += 1;
    found.push(reader.name());
  }
  return found;
}

/** `('the' name) % ','`. */
export function theNames(reader: Reader): Name[] {
  return reader.list(theName, Comma);
}

function theName(reader: Reader): Name {
  reader.take(say.the);
  return reader.name();
}

/** `name {'or' name}`. */
export function choice(reader: Reader): Choice {
  const found = [reader.name()];
  while (reader.is(say.or)) {
    reader.at += 1;
    found.push(reader.name());
  }
  return found;
}

/** A quoted text, without its quotes. */
export function text(reader: Reader): Text {
  const { at } = reader;
  reader.take(Quoted);
  return { text: unquoted(reader.tokens.image(at)), span: reader.tokens.span(at) };
}

/** A title, where one stands. */
export function title(reader: Reader): { readonly title?: Text } {
  return reader.is(Quoted) ? { title: text(reader) } : noTitle;
}

const noTitle = {} as const;

/** `text % ','`. */
export function texts(reader: Reader): Text[] {
  return reader.list(text, Comma);
}

function unquoted(image: string): string {
  const last = image.at(-1);
  const closed = image.length > 1 && (last === '"' || last === '\u201c' || last === '\u201d' || last === '\u00bb' || last === '\u00ab');
  return image.slice(1, closed ? -1 : image.length);
}

/** `name {'.' pathPart}`. */
export function path(reader: Reader): Path {
  const start = reader.at;
  const parts = [reader.name()];
  while (reader.is(Dot)) {
    reader.at += 1;
    parts.push(pathPart(reader));
  }
  return { parts, span: reader.spanFrom(start) };
}

function pathPart(reader: Reader): Name {
  return settings.includes(reader.kind()) ? wordAsName(reader) : reader.name();
}

/** Takes the word that stands here, whichever it is, for a name. */
export function wordAsName(reader: Reader): Name {
  const { at } = reader;
  reader.at = at + 1;
  return { text: reader.tokens.image(at), span: reader.tokens.span(at) };
}

/** `path % ','`. */
export function paths(reader: Reader): Path[] {
  return reader.list(path, Comma);
}

/** `Int Unit | Param`. */
export function duration(reader: Reader): Duration {
  return reader.is(Param) ? parameter(reader) : length(reader);
}

/** `Int Unit`. */
export function length(reader: Reader): Exclude<Duration, { readonly kind: 'parameter' }> {
  const start = reader.at;
  const count = reader.integer();
  const unit = unitHere(reader);
  return { kind: 'duration', count, unit, span: reader.spanFrom(start) };
}

function unitHere(reader: Reader): DurationUnit {
  const kind = reader.kind();
  if (isUnit(kind)) reader.at += 1;
  else reader.stop();
  return unitOf(keywordOf(kind) ?? '');
}

function parameter(reader: Reader): { readonly kind: 'parameter'; readonly name: Name; readonly span: Span } {
  const name = reader.name();
  return { kind: 'parameter', name, span: name.span };
}

/** `quantity | Param`. */
export function amount(reader: Reader): Amount {
  return reader.is(Param) ? parameter(reader) : quantity(reader);
}

/** `Decimal | Int`. */
export function money(reader: Reader): Amount {
  return reader.is(Decimal) ? quantity(reader) : whole(reader);
}

type Quantity = Exclude<Amount, { readonly kind: 'parameter' }>;

function whole(reader: Reader): Quantity {
  const { at } = reader;
  reader.take(Int);
  return { kind: 'integer', digits: reader.tokens.image(at), span: reader.tokens.span(at) };
}

/** A number or share, digits kept as written. */
function quantity(reader: Reader): Quantity {
  const { at, tokens } = reader;
  const kind = reader.kind();
  if (kind !== Fraction && kind !== Percent && kind !== Decimal) return whole(reader);
  reader.at = at + 1;
  const image = tokens.image(at);
  const span = tokens.span(at);
  if (kind === Decimal) return { kind: 'decimal', digits: image, span };
  if (kind === Percent) return { kind: 'percent', digits: image.slice(0, -1).trimEnd(), span };
  const slash = image.indexOf('/');
  return { kind: 'fraction', numerator: image.slice(0, slash), denominator: image.slice(slash + 1), span };
}

/** A date or a moment. */
export function date(reader: Reader): DateLiteral {
  const { at } = reader;
  reader.take(CalendarDate);
  return { kind: 'date', text: reader.tokens.image(at), span: reader.tokens.span(at) };
}

/** A time of day. */
export function clock(reader: Reader): TimeLiteral {
  const { at } = reader;
  reader.take(Clock);
  return { text: reader.tokens.image(at), span: reader.tokens.span(at) };
}

/** `Int [Unit] | Fraction | Percent | text | date | name`. */
export function value(reader: Reader): Value {
  switch (reader.kind()) {
    case Int:
      return isUnit(reader.kindAhead(1)) ? length(reader) : quantity(reader);
    case Fraction:
    case Percent:
      return quantity(reader);
    case Quoted:
      return { kind: 'text', ...text(reader) };
    case CalendarDate:
      return date(reader);
    default: {
      const name = reader.name();
      return { kind: 'name', name, span: name.span };
    }
  }
}

/** `'at least' | 'at most' | 'more than' | 'fewer than' | 'exactly'`. */
export function comparison(reader: Reader): Comparison {
  const most = reader.isAhead(1, say.most);
  if (reader.passes(most ? say.atMost : say.atLeast)) return most ? 'at-most' : 'at-least';
  if (reader.passes(say.moreThan)) return 'more-than';
  if (reader.passes(say.fewerThan)) return 'fewer-than';
  reader.take(say.exactly);
  return 'exactly';
}

/** Whether a comparison begins here. */
export function isComparison(reader: Reader): boolean {
  const kind = reader.kind();
  return kind === say.at || kind === say.more || kind === say.fewer || kind === say.exactly;
}

/** `name ['plural' name] [text]`. */
export function head(reader: Reader): Head {
  const name = reader.name();
  const plural = reader.passes(say.plural) ? reader.name() : undefined;
  return { name, ...(plural && { plural }), ...title(reader) };
}

/** `'go to' name`. */
export function goto(reader: Reader): Name {
  reader.words(say.goTo);
  return reader.name();
}

/** `'within' duration`. */
export function within(reader: Reader): Duration {
  reader.words(say.within);
  return duration(reader);
}

/** `[within]`. */
export function maybeWithin(reader: Reader): Duration | undefined {
  return reader.begins(say.within) ? within(reader) : undefined;
}
