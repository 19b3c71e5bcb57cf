// Words of the sentences that restate a Charter: names, numbers, times, people, facts, with number agreement. Whole sentences are built beside it.
import type { Charter, CharterActor, CharterBound, CharterComparison, CharterDuration, CharterFact, CharterShare, Quantity } from '../engine/index.ts';
import { unreachable } from '../engine/index.ts';

/** A noun phrase and whether a verb after it stands in the plural. */
export interface Phrase {
  readonly text: string;
  readonly plural: boolean;
}

/** A name as it is read aloud: `pmc-member` becomes `pmc member`; `by-election` keeps its hyphen, or it would read as a preposition. Pure. */
export function spoken(name: string): string {
  return name.replaceAll(/(?<!(?:^|-)(?:by|co|ex|non|re|self|vice))-/g, ' ');
}

/** Text of the author between quotation marks. Pure. */
export function quoted(text: string): string {
  return `“${text}”`;
}

/** One sentence: a capital first and one full stop. Pure. */
export function sentence(text: string): string {
  const ended = /[.!?]”?$/.test(text) ? text : `${text}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** `a`, `a and b`, `a, b and c`. Pure. */
export function list(words: readonly string[], joint: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1) ?? ''}`;
}

/** `a councillor`, `an auditor`, `a user`, `an hour`. Pure. */
export function withArticle(noun: string): string {
  const vowel = /^(?:[aeio]|u(?!ni|se|su|ti)|hour|heir|honest|honou?r)/i.test(noun) && !/^(?:eu|one\b|once\b)/i.test(noun);
  return `${vowel ? 'an' : 'a'} ${noun}`;
}

const builtInPlurals: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['author', 'authors'],
  ['starters', 'starters'],
  ['raiser', 'people who raised a concern'],
  ['candidate', 'candidates'],
  ['subject', 'people concerned'],
  ['winners', 'winners'],
  ['electorate', 'people entitled to vote'],
  ['weight', 'weight'],
  ['seats', 'seats'],
]);

const builtInSingulars: ReadonlyMap<string, string> = new Map([
  ['starters', 'starter'],
  ['winners', 'winner'],
  ['subject', 'person concerned'],
  ['raiser', 'person who raised the concern'],
  ['electorate', 'person entitled to vote'],
  ['seats', 'seat'],
  ['uses', 'use'],
  ['cases', 'case'],
  ['terms', 'term'],
  ['supporters', 'supporter'],
]);

/** The word for one holder. Pure. */
export function one(name: string): string {
  return builtInSingulars.get(name) ?? spoken(name);
}

/**
 * Whether a plural names the body and not its people: `tc` for `tc-member`, `council` for `representative` (S139). Plurals are never guessed, but one
 * that is a form of the singular begins with its letter and is hardly longer.
 */
function namesBody(singular: string, plural: string): boolean {
  const [single = '', several = ''] = [singular, plural].map((name) => name.slice(name.lastIndexOf('-') + 1).toLowerCase());
  return single.charAt(0) !== several.charAt(0) || several.length > single.length + 3;
}

/** The word for several holders; a plural is never guessed (S69). Pure. */
export function many(charter: Charter, name: string): string {
  const named = [...charter.roles, ...charter.points, ...charter.certificates].find((thing) => thing.name === name);
  if (named?.plural !== undefined) return `${namesBody(named.name, named.plural) ? 'members of the ' : ''}${spoken(named.plural)}`;
  if (named !== undefined) return charter.points.some((points) => points.name === name) ? `points of ${spoken(name)}` : `holders of ${spoken(name)}`;
  return builtInPlurals.get(name) ?? (builtInSingulars.has(name) ? spoken(name) : `people of the ${spoken(name)}`);
}

/** Whether a role may have several holders at once, so that `the` would mean any of them (S108). Pure. */
export function hasSeveral(charter: Charter, name: string): boolean {
  const role = charter.roles.find((declared) => declared.name === name);
  return role !== undefined && (role.held === undefined || role.held.most === undefined || role.held.most > 1);
}

/** `14 days`, `1 day`. Pure. */
export function durationText(duration: CharterDuration): string {
  return `${duration.count} ${duration.unit}${duration.count === 1 ? '' : 's'}`;
}

/** After `the last` or `any`: `year`, `3 months`. Pure. */
export function spanText(duration: CharterDuration): string {
  return duration.count === 1 ? duration.unit : durationText(duration);
}

/** `every day`, `every 3 months`. Pure. */
export function everyText(duration: CharterDuration): string {
  return `every ${spanText(duration)}`;
}

const months: readonly string[] = 'January February March April May June July August September October November December'.split(' ');

/** `1 March 2027`, and the hour in UTC where one is written. Pure. */
export function dateText(date: string): string {
  const [day = '', time] = date.split('T');
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const words = `${Number(dayOfMonth)} ${months[Number(month) - 1] ?? month} ${year}`;
  return time === undefined ? words : `${words}, ${time.replace('Z', '')} UTC`;
}

const numbers: readonly string[] = 'zero one two three four five six seven eight nine'.split(' ');
const parts: ReadonlyMap<number, readonly [string, string]> = new Map([
  [2, ['half', 'halves']],
  [3, ['third', 'thirds']],
  [4, ['quarter', 'quarters']],
  [5, ['fifth', 'fifths']],
  [8, ['eighth', 'eighths']],
]);

/** `3`, `half`, `two thirds`, `66 percent`, `7/12`. Exact: nothing is rounded. Pure. */
export function quantityWords(quantity: Quantity): string {
  if (quantity.kind === 'count') return String(quantity.value);
  const { numerator, denominator } = quantity;
  if (numerator === 1 && denominator === 2) return 'half';
  const part = parts.get(denominator);
  if (part !== undefined && numerator > 0 && numerator < denominator) return `${numbers[numerator] ?? numerator} ${part[numerator === 1 ? 0 : 1]}`;
  if (100 % denominator === 0) return `${numerator * (100 / denominator)} percent`;
  return `${numerator}/${denominator}`;
}

/** `at least`, `more than`. Pure. */
export function comparisonWords(comparison: CharterComparison): string {
  return comparison.replace('-', ' ');
}

/** `at least half of the members`; `all members` alone, which nothing is more than. Pure. */
export function comparedWords(comparison: CharterComparison, share: string): string {
  return comparison === 'at-least' && /^all (?!but )/.test(share) ? share : `${comparisonWords(comparison)} ${share}`;
}

/** People by number: `1 other councillor`, `two thirds of the councillors`, `all members`. Pure. */
export function shareWords(charter: Charter, share: CharterShare): Phrase {
  const other = share.other === undefined ? '' : 'other ';
  const uncounted = share.role === 'weight';
  if (share.kind === 'whole') {
    if (uncounted) return { text: 'the whole weight', plural: false };
    const all = share.except === undefined ? `all ${other}` : `all but ${share.except} of the ${other}`;
    return { text: `${all}${many(charter, share.role)}`, plural: true };
  }
  const amount = quantityWords(share.amount);
  const part = share.amount.kind === 'share';
  if (share.squareRoot !== undefined) {
    const whole = share.amount.kind === 'count' ? share.amount.value === 1 : share.amount.numerator === share.amount.denominator;
    const times = whole ? '' : `${amount}${part ? ' of ' : ' times '}`;
    return { text: `${times}the square root of the number of ${many(charter, share.role)}`, plural: true };
  }
  if (part) return { text: `${amount} of the ${other}${many(charter, share.role)}`, plural: !uncounted };
  if (amount === '1') return { text: `1 ${other}${one(share.role)}`, plural: false };
  return { text: `${amount} ${other}${many(charter, share.role)}`, plural: true };
}

/** A share, or the larger or smaller of two. Pure. */
export function boundWords(charter: Charter, bound: CharterBound): Phrase {
  if (bound.kind === 'whole' || bound.kind === 'part') return shareWords(charter, bound);
  const pair = `${shareWords(charter, bound.left).text} and ${shareWords(charter, bound.right).text}`;
  return { text: `the ${bound.kind} of ${pair}`, plural: true };
}

/** Who acts, with the number of the verb that follows. Pure. */
export function actorWords(charter: Charter, actor: CharterActor): Phrase {
  switch (actor.kind) {
    case 'one':
      if (actor.role === 'person') return { text: actor.other === undefined ? 'anyone' : 'anyone else', plural: false };
      return { text: `any ${actor.other === undefined ? '' : 'other '}${one(actor.role)}`, plural: false };
    case 'the': {
      if (actor.order !== undefined) return { text: `the ${actor.order} ${one(actor.role)} in order`, plural: false };
      if (actor.role === 'starters' || actor.role === 'winners') return { text: `any of the ${actor.role}`, plural: false };
      if (charter.collaborators.some((program) => program.name === actor.role)) return { text: `the program ${spoken(actor.role)}`, plural: false };
      return { text: hasSeveral(charter, actor.role) ? `any one ${one(actor.role)}` : `the ${one(actor.role)}`, plural: false };
    }
    case 'count': {
      const { bound, comparison } = actor;
      const phrase = boundWords(charter, bound);
      const wholeOrNumber = bound.kind === 'whole' || (bound.kind === 'part' && bound.amount.kind === 'count' && bound.squareRoot === undefined);
      // "2 councillors endorse" already says that more may: people who act are counted up to the number.
      if (comparison === 'at-least' && wholeOrNumber) return phrase;
      return { text: `${comparisonWords(comparison)} ${phrase.text}`, plural: phrase.plural };
    }
    default:
      return unreachable(actor);
  }
}

/** Several actors of whom one is enough. Pure. */
export function anyActor(charter: Charter, actors: readonly CharterActor[]): string {
  return list(
    actors.map((actor) => actorWords(charter, actor).text),
    'or',
  );
}

/** Clauses after a noun: ` who are members and who joined at least 30 days ago`; empty without facts. Pure. */
export function factsWords(charter: Charter, who: readonly CharterFact[], plural: boolean): string {
  return who.length === 0 ? '' : ` ${list(who.map((fact) => factWords(charter, fact, plural)))}`;
}

function factWords(charter: Charter, fact: CharterFact, plural: boolean): string {
  const be = plural ? 'are' : 'is';
  switch (fact.kind) {
    case 'holds':
    case 'does-not-hold': {
      const role = charter.roles.some((declared) => declared.name === fact.name);
      if (role && fact.kind === 'holds') return `who ${be} ${plural ? many(charter, fact.name) : withArticle(one(fact.name))}`;
      const hold = fact.kind === 'holds' ? (plural ? 'hold' : 'holds') : plural ? 'do not hold' : 'does not hold';
      const kind = charter.certificates.some((certificate) => certificate.name === fact.name) ? 'the certificate ' : role ? 'the role ' : '';
      const level = charter.points.some((points) => points.levels.some((row) => row.name === fact.name)) ? 'the level ' : '';
      return `who ${hold} ${kind}${level}${spoken(fact.name)}`;
    }
    case 'has':
      return `whose ${charter.measures.some((measure) => measure.name === fact.name) ? 'count of ' : ''}${spoken(fact.name)} is ${comparisonWords(fact.comparison)} ${quantityWords(fact.amount)}`;
    case 'joined':
      return `who joined at least ${durationText(fact.ago)} ago`;
    default:
      return unreachable(fact);
  }
}

/** A kind of person with facts, in the singular: `a member who ...`. Pure. */
export function somebody(charter: Charter, role: string, who: readonly CharterFact[]): string {
  return `${role === 'person' ? 'a person' : withArticle(one(role))}${factsWords(charter, who, false)}`;
}
