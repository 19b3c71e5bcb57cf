// Which words may stand at a place, asked of the grammar itself, and how to say so to people. It knows no single rule.
import type { Kind } from './tokens.ts';
import { CalendarDate, Clock, Comma, Decimal, Dot, Fraction, Int, keyword, keywordOf, Param, Percent, Quoted, Unit, WeekDay, Word } from './tokens.ts';
import { Walk } from './walk.ts';

/** More words than these are no help in a sentence. */
const wordsListedMax = 8;

const starters = new Map<string, readonly Kind[]>();

/** Returns the kinds a text of one rule may begin with, each once, in the order of the grammar. Pure. */
export function startersOf(rule: string): readonly Kind[] {
  const known = starters.get(rule);
  if (known !== undefined) return known;
  const found = Walk.into(rule).expected();
  starters.set(rule, found);
  return found;
}

/** Returns the keywords among kinds, as people write them. Pure. */
export function keywordsIn(types: readonly Kind[]): readonly string[] {
  return types.flatMap((type) => (type === Unit ? unitWords : type === WeekDay ? dayWords : (keywordOf(type) ?? [])));
}

/** Puts kinds into words, such as "`least` or `most`"; nothing where there are too many to help. Pure. */
export function inWords(types: readonly Kind[]): string | undefined {
  const words: string[] = isActor(types) ? ['those who act, such as `any member` or `2 members`'] : [];
  for (const type of isActor(types) ? [] : types) {
    const word = wordFor(type, types);
    if (word !== undefined && !words.includes(word)) words.push(word);
  }
  if (words.length === 0 || words.length > wordsListedMax) return undefined;
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

/** Actors begin in ten ways, which say less than two examples. */
function isActor(types: readonly Kind[]): boolean {
  return ['any', 'a', 'the'].every((word) => types.includes(keyword(word)));
}

const unitWords: readonly string[] = ['minutes', 'hours', 'days', 'weeks', 'months', 'years', 'minute', 'hour', 'day', 'week', 'month', 'year'];
const dayWords: readonly string[] = ['daily', 'weekdays', 'weekends', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function wordFor(type: Kind, all: readonly Kind[]): string | undefined {
  const word = keywordOf(type);
  if (word !== undefined) return `\`${word === 'person' ? 'people' : word}\``;
  switch (type) {
    case Word:
      return 'a name';
    case Param:
      return undefined;
    case Unit:
      return 'a unit of time such as `days`';
    case WeekDay:
      return 'a day such as `monday`';
    case Quoted:
      return 'a text in double quotes';
    case Clock:
      return 'a time such as 18:00';
    case CalendarDate:
      return 'a date such as 2027-03-01';
    case Comma:
      return 'a comma';
    case Dot:
      return 'a dot and a name';
    case Int:
      return all.includes(Fraction) ? 'a number or a share such as 2/3' : 'a whole number';
    case Decimal:
      return all.includes(Fraction) ? 'a number or a share such as 2/3' : 'an amount such as 12.50';
    case Fraction:
    case Percent:
      return 'a number or a share such as 2/3';
    default:
      return undefined;
  }
}
