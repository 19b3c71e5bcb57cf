// The kinds of words, numbers and marks of a bylaws text, as small numbers, and which word is of which kind. It cuts no text: scan.ts does,
// by hand, so that no regular expression can back-track.
import { invariant } from './invariant.ts';

/** Words that name nothing but themselves: they open a declaration, a stage or a core clause. Source: language.md section 3. */
export const reservedWords: readonly string[] = (
  'organization module parameter import area attribute role measure points certificate delegation account dapp collaborator ' +
  'action process duty protect forbid always possible scenario expect step vote joint meeting draw outcome end governs started ' +
  'starts held term gained lost when unless after otherwise on open quorum passes voters choices closes tie allow right'
).split(' ');

/** Words that mean something in one place and stay usable as names, in code unit order. Source: language.md sections 3 and 4. */
export const softWords: readonly string[] = (
  'a abort about abstentions accept accepts activity acts ago all allowed amount an and answers any anyone approving are as at ' +
  'attended award ballots beats because bounds but by call called cast certified change changed checks close committed compared ' +
  'concerned concerns conflict count counted counts covers daily day days decay decided decimals decision default denied depth do ' +
  'does done down duration each early earned edit elects endorsed ends equal every exactly except exhausted extends fails fewer ' +
  'filled final first flight for fraction friday from gdo given go grace grant groups has have hold holds hour hours image in ' +
  'including is issued joined keep kept lapses larger last lasts lead least leave leaves level limit local locked lot lowest ' +
  'margins marks may merge minute minutes missed monday month months more most name never newest next no nominations not notice ' +
  'number of offline oldest one only opening options or order other others over override owed pass pay people per person picks ' +
  'pinned plural present proposed provisional quorate ranks ratified reaches reasons receipts recusal refusal refuse refused ' +
  'refuses released remove renewed reported reports resolved restart retention revealed reverse revocable revoked root roster ' +
  'rounded row saturday say saying says sealed second seed set short since smaller spends split square staggered stale start ' +
  'strike struck succeeded sunday supported suspend swung than the them then those though through thursday time times to tuesday ' +
  'turnout unranked unscored until up vacancies vacancy vacant votes voting wait waits waived wednesday week weekdays weekends ' +
  'weeks weight weighted while who winner winning with within without witnessed wording year years zone'
).split(' ');

/** Names for shares that leave open of what (GDO034), in code unit order. */
export const vagueWords: readonly string[] = ['majorities', 'majority', 'super-majority', 'supermajority', 'unanimity', 'unanimous', 'unanimously'];

/** Words that are one word each, listed as written and as the kind that stands for them (S139). */
const sameWord: ReadonlyMap<string, string> = new Map([
  ['an', 'a'],
  ['does', 'do'],
  ['has', 'have'],
  ['holds', 'hold'],
  ['leaves', 'leave'],
  ['people', 'person'],
  ['says', 'say'],
]);

const units: readonly string[] = 'minute minutes hour hours day days week weeks month months year years'.split(' ');
const weekdays: readonly string[] = 'daily weekdays weekends monday tuesday wednesday thursday friday saturday sunday'.split(' ');

/** A kind of word, number or mark. Kinds are compared by number: marks first, then reserved words, then all that can be a name. */
export type Kind = number;

/** Behind the last token. */
export const EndOfText: Kind = 0;
/** `$word`, in modules only. */
export const Param: Kind = 1;
/** Words between double quotes; the piece of text keeps the quotes. */
export const Quoted: Kind = 2;
/** `06:00`. */
export const Clock: Kind = 3;
/** `2027-03-01` or `2027-03-01T14:00Z`. */
export const CalendarDate: Kind = 4;
/** `7`. */
export const Int: Kind = 5;
/** `66.67`. */
export const Decimal: Kind = 6;
/** `2/3`. */
export const Fraction: Kind = 7;
/** `10%`. */
export const Percent: Kind = 8;
/** `,`. */
export const Comma: Kind = 9;
/** `.` between the parts of a path. */
export const Dot: Kind = 10;
/** Characters that mean nothing anywhere; no rule takes them. */
export const Junk: Kind = 11;
const firstReserved: Kind = 12;
/** A word that is no keyword. Where the grammar asks for a word, every soft keyword is one too: their kinds follow this one. */
export const Word: Kind = firstReserved + reservedWords.length;

const own = (word: string): boolean => !sameWord.has(word);
const plainSoft: readonly string[] = softWords.filter((word) => own(word) && !units.includes(word) && !weekdays.includes(word));
const firstUnit: Kind = Word + 1 + plainSoft.length;
const firstWeekDay: Kind = firstUnit + units.length;
/** One more than the largest kind a token has. */
export const kindsCount: number = firstWeekDay + weekdays.length;

/** Any of `minute` to `years`, where the grammar asks for one; no token is of this kind. */
export const Unit: Kind = kindsCount + 1;
/** Any of `daily`, `weekdays`, `monday` and so on, where the grammar asks for one; no token is of this kind. */
export const WeekDay: Kind = kindsCount + 2;

/** Keywords by kind; kinds that are none have an empty one. */
const keywordsByKind: readonly string[] = [...Array.from({ length: firstReserved }, () => ''), ...reservedWords, '', ...plainSoft, ...units, ...weekdays];

const kinds: ReadonlyMap<string, Kind> = kindsOfWords();

function kindsOfWords(): ReadonlyMap<string, Kind> {
  const found = new Map<string, Kind>();
  for (const [kind, word] of keywordsByKind.entries()) if (word !== '') found.set(word, kind);
  for (const [word, same] of sameWord) found.set(word, found.get(same) ?? Word);
  return found;
}

/** Letters of the longest keyword. */
export const keywordLengthMax: number = Math.max(...[...reservedWords, ...softWords].map((word) => word.length));

/** Returns the kind of a keyword. Pure; throws for a word that is none, which is a bug of the grammar. */
export function keyword(word: string): Kind {
  const kind = kinds.get(word);
  invariant(kind !== undefined, `the grammar asks for the keyword ${word}, which is in neither list`);
  return kind;
}

/** Returns the kinds of keywords in a row, such as those of `held by`. Pure; throws like `keyword`. */
export function phrase(words: string): readonly Kind[] {
  return words.split(' ').map(keyword);
}

/** Returns the kind of any word of a text: its keyword, or a name. Pure. */
export function kindOfWord(word: string): Kind {
  return kinds.get(word) ?? Word;
}

/** Returns the word a keyword's kind stands for; undefined for all other kinds. Pure. */
export function keywordOf(kind: Kind): string | undefined {
  const word = keywordsByKind[kind];
  return word === '' ? undefined : word;
}

/** Whether a kind may stand where a name is asked for: a word that is no keyword, or a soft one. Pure. */
export function isWord(kind: Kind): boolean {
  return kind >= Word;
}

/** Whether a kind is a unit of time. Pure. */
export function isUnit(kind: Kind): boolean {
  return kind >= firstUnit && kind < firstWeekDay;
}

/** Kinds of the days of a schedule. */
export const weekDayKinds: readonly Kind[] = weekdays.map((_, index) => firstWeekDay + index);

/** Whether a kind is a day of a schedule. Pure. */
export function isWeekDay(kind: Kind): boolean {
  return kind >= firstWeekDay;
}

/** Whether a token of one kind fits where the grammar asks for another. Pure. */
export function fits(kind: Kind, asked: Kind): boolean {
  if (asked === Word) return isWord(kind);
  if (asked === Unit) return isUnit(kind);
  return asked === WeekDay ? isWeekDay(kind) : kind === asked;
}
