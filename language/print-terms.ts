// Words for the parts of clauses: quantities, actors, events, limits, in the one canonical spelling (S83, S85). It lays out no lines.
import { unreachable } from './invariant.ts';
import type {
  Act,
  Actor,
  AllowClause,
  Amount,
  Bound,
  Comparison,
  DateLiteral,
  Duration,
  EventPattern,
  Fact,
  Head,
  Headcount,
  LimitClause,
  Name,
  Path,
  Remedy,
  Since,
  Text,
  Value,
} from './tree-terms.ts';

/** Joins the words that are there with single spaces. Pure. */
export function words(...parts: readonly (string | undefined | false)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ');
}

/** Prints names as a comma list. Pure. */
export function names(list: readonly Name[]): string {
  return list.map(({ text }) => text).join(', ');
}

/** Prints choices joined by `or`. Pure. */
export function choice(list: readonly Name[]): string {
  return list.map(({ text }) => text).join(' or ');
}

/** Prints `except the subject, the author`; nothing for an empty list. Pure. */
export function exceptNames(list: readonly Name[]): string {
  return list.length === 0 ? '' : `except ${list.map(({ text }) => `the ${text}`).join(', ')}`;
}

/** Prints a string in its quotes. Pure. */
export function quoted({ text }: Text): string {
  return `"${text}"`;
}

/** Prints strings as a comma list. Pure. */
export function quotedList(list: readonly Text[]): string {
  return list.map(quoted).join(', ');
}

/** Prints a title, or nothing. Pure. */
export function title(text: Text | undefined): string {
  return text === undefined ? '' : quoted(text);
}

/** Prints names joined by dots. Pure. */
export function path({ parts }: Path): string {
  return parts.map(({ text }) => text).join('.');
}

/** Prints a length of time, singular after 1. Pure. */
export function duration(value: Duration): string {
  return value.kind === 'parameter' ? value.name.text : `${value.count} ${value.unit}${value.count === 1 ? '' : 's'}`;
}

/** Prints a quantity as it was written. Pure. */
export function amount(value: Amount): string {
  switch (value.kind) {
    case 'integer':
    case 'decimal':
      return value.digits;
    case 'percent':
      return `${value.digits}%`;
    case 'fraction':
      return `${value.numerator}/${value.denominator}`;
    case 'parameter':
      return value.name.text;
    default:
      return unreachable(value);
  }
}

/** Prints a value of a parameter, setting or bound. Pure. */
export function value(of: Value): string {
  switch (of.kind) {
    case 'duration':
      return duration(of);
    case 'date':
      return of.text;
    case 'text':
      return `"${of.text}"`;
    case 'name':
      return of.name.text;
    default:
      return amount(of);
  }
}

/** Prints a comparison. Pure. */
export function comparison(kind: Comparison): string {
  return kind.replace('-', ' ');
}

/** Prints `NAME plural NAMES "Title"`. Pure. */
export function head({ name, plural, title: text }: Head): string {
  return words(name.text, plural && `plural ${plural.text}`, title(text));
}

/** Prints `within D`, or nothing. Pure. */
export function within(of: Duration | undefined): string {
  return of === undefined ? '' : `within ${duration(of)}`;
}

/** Prints a share, or the larger or smaller of two. Pure. */
export function bound(of: Bound): string {
  switch (of.kind) {
    case 'whole':
      return words('all', of.except !== undefined && `but ${of.except} of`, of.other && 'other', of.role.text);
    case 'part':
      return words(
        of.amount && `${amount(of.amount)}${hasOf(of.amount) || of.squareRoot ? ' of' : ''}`,
        of.squareRoot && 'the square root of',
        of.other && 'other',
        of.role.text,
      );
    case 'larger':
    case 'smaller':
      return `the ${of.kind} of ${bound(of.left)} and ${bound(of.right)}`;
    default:
      return unreachable(of);
  }
}

/** Shares are said with `of`, counts without. */
function hasOf(of: Amount): boolean {
  return of.kind !== 'integer';
}

/** Prints who acts. Pure. */
export function actor(of: Actor): string {
  switch (of.kind) {
    case 'any':
      return words('any', of.other && 'other', of.role.text);
    case 'the':
      return words('the', of.order, of.role.text);
    case 'bounded':
      return `${comparison(of.comparison)} ${bound(of.bound)}`;
    case 'a':
      return `${article(of.role.text)} ${of.role.text}`;
    default:
      return bound(of);
  }
}

function article(role: string): string {
  return /^([aeio]|u(?!se|ni))/i.test(role) ? 'an' : 'a';
}

/** Prints actors joined by `or`. Pure. */
export function actorsOr(list: readonly Actor[]): string {
  return list.map(actor).join(' or ');
}

/** Whether a name reads like one person: it does not end in *s* and is not `people`. Only the form of a verb hangs on it. Pure. */
export function isSingular({ text }: Name): boolean {
  return !text.endsWith('s') && !text.endsWith('people');
}

/** Prints facts after `who`, with verbs for one person or for several; nothing for no facts. Pure. */
export function who(facts: readonly Fact[], singular: boolean): string {
  return facts.length === 0 ? '' : `who ${facts.map((of) => fact(of, singular)).join(' and ')}`;
}

function fact(of: Fact, singular: boolean): string {
  switch (of.kind) {
    case 'holds':
      return `${singular ? 'holds' : 'hold'} ${of.name.text}`;
    case 'does-not-hold':
      return `${singular ? 'does' : 'do'} not hold ${of.name.text}`;
    case 'has':
      return `${singular ? 'has' : 'have'} ${comparison(of.comparison)} ${amount(of.amount)} ${of.name.text}`;
    case 'joined':
      return `joined at least ${duration(of.ago)} ago`;
    default:
      return unreachable(of);
  }
}

/** Prints where a clock starts, or nothing. Pure. */
export function since(of: Since | undefined): string {
  if (of === undefined) return '';
  return of.kind === 'start' ? 'since the start' : `since ${of.name.text}`;
}

/** Prints one act. Pure. */
export function act(of: Act): string {
  return words(actor(of.actor), of.verb.text, title(of.text), since(of.since));
}

/** Prints acts joined by `and`, with their window. Pure. */
export function event(of: EventPattern): string {
  return words(of.acts.map(act).join(' and '), within(of.within));
}

/** Prints `3 to 7 people`. Pure. */
export function headcount(of: Headcount): string {
  const last = of.to ?? of.amount;
  const people = last.kind === 'integer' && /^0*1$/.test(last.digits) ? 'person' : 'people';
  return words(of.comparison && comparison(of.comparison), amount(of.amount), of.to && `to ${amount(of.to)}`, people);
}

/** Prints an exception from a check. Pure. */
export function allow(of: AllowClause): string {
  return words('allow', of.rule.text, 'because', quoted(of.because), until(of.until));
}

function until(date: DateLiteral | undefined): string {
  return date === undefined ? '' : `until ${date.text}`;
}

/** Prints a limit with its tails. Pure. */
export function limit(of: LimitClause): string {
  const counted = `limit ${amount(of.amount)}${of.amount.kind === 'fraction' || of.amount.kind === 'percent' ? ' of' : ''} ${of.counted.text}`;
  const per = of.per.map((each) => `per ${each.kind === 'window' ? duration(each.duration) : each.name.text}`).join(' ');
  return words(
    counted,
    per,
    of.inARow && 'in a row',
    of.including && `including the ${of.including.text}`,
    of.otherwise && `otherwise ${remedy(of.otherwise)}`,
    of.waivedThrough && `unless waived through ${of.waivedThrough.text}`,
  );
}

function remedy(of: Remedy): string {
  if (of.kind === 'start') return `start ${of.process.text}`;
  return words(of.after && `after ${duration(of.after)}`, of.at && `at the next ${path(of.at)}`, leavers(of.who));
}

function leavers(kind: Extract<Remedy, { readonly kind: 'leave' }>['who']): string {
  switch (kind) {
    case 'newest':
    case 'oldest':
      return `the ${kind} leaves`;
    case 'lot':
      return 'one by lot leaves';
    case 'all':
      return 'all of them leave';
    default:
      return unreachable(kind);
  }
}
