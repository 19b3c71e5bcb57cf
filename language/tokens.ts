// The kinds of words, numbers and marks of a bylaws text. It cuts no text: scan.ts does, by hand, so that no regular expression can back-track.
import type { TokenType } from 'chevrotain';
import { createToken, Lexer } from 'chevrotain';
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
  'weeks weight weighted while who winning with within without witnessed wording year years zone'
).split(' ');

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

/** A name, and by category every soft keyword. */
export const Word: TokenType = createToken({ name: 'Word', pattern: Lexer.NA });
/** `minute` to `years`. */
export const Unit: TokenType = createToken({ name: 'Unit', pattern: Lexer.NA, categories: [Word] });
/** `daily`, `weekdays`, `monday` and so on. */
export const WeekDay: TokenType = createToken({ name: 'WeekDay', pattern: Lexer.NA, categories: [Word] });
/** `$word`, in modules only. */
export const Param: TokenType = createToken({ name: 'Param', pattern: Lexer.NA });
/** Words between double quotes; the image keeps the quotes. */
export const Quoted: TokenType = createToken({ name: 'Quoted', pattern: Lexer.NA });
/** `06:00`. */
export const Clock: TokenType = createToken({ name: 'Clock', pattern: Lexer.NA });
/** `2027-03-01` or `2027-03-01T14:00Z`. */
export const CalendarDate: TokenType = createToken({ name: 'CalendarDate', pattern: Lexer.NA });
/** `7`. */
export const Int: TokenType = createToken({ name: 'Int', pattern: Lexer.NA });
/** `66.67`. */
export const Decimal: TokenType = createToken({ name: 'Decimal', pattern: Lexer.NA });
/** `2/3`. */
export const Fraction: TokenType = createToken({ name: 'Fraction', pattern: Lexer.NA });
/** `10%`. */
export const Percent: TokenType = createToken({ name: 'Percent', pattern: Lexer.NA });
/** `,`. */
export const Comma: TokenType = createToken({ name: 'Comma', pattern: Lexer.NA });
/** `.` between the parts of a path. */
export const Dot: TokenType = createToken({ name: 'Dot', pattern: Lexer.NA });
/** Characters that mean nothing anywhere; no rule takes them. */
export const Junk: TokenType = createToken({ name: 'Junk', pattern: Lexer.NA });

const keywords: ReadonlyMap<string, TokenType> = keywordTypes();

/** All kinds, for the construction of the parser. */
export const tokenTypes: readonly TokenType[] = [
  Word,
  Unit,
  WeekDay,
  Param,
  Quoted,
  Clock,
  CalendarDate,
  Int,
  Decimal,
  Fraction,
  Percent,
  Comma,
  Dot,
  Junk,
  ...[...reservedWords, ...softWords].filter((word) => !sameWord.has(word)).map(keyword),
];

/** Returns the kind of a keyword. Pure; throws for a word that is none, which is a bug of the grammar. */
export function keyword(word: string): TokenType {
  const type = keywords.get(word);
  invariant(type !== undefined, `the grammar asks for the keyword ${word}, which is in neither list`);
  return type;
}

/** Returns the kind of any word of a text: its keyword, or a name. Pure. */
export function wordType(word: string): TokenType {
  return keywords.get(word) ?? Word;
}

function keywordTypes(): ReadonlyMap<string, TokenType> {
  const types = new Map<string, TokenType>();
  for (const word of reservedWords) types.set(word, createToken({ name: `K_${word}`, pattern: Lexer.NA }));
  for (const word of softWords) {
    if (sameWord.has(word)) continue;
    const category = units.includes(word) ? Unit : weekdays.includes(word) ? WeekDay : Word;
    types.set(word, createToken({ name: `K_${word}`, pattern: Lexer.NA, categories: [category] }));
  }
  for (const [word, same] of sameWord) {
    const type = types.get(same);
    if (type !== undefined) types.set(word, type);
  }
  return types;
}

/** Returns the word a keyword's kind stands for; undefined for all other kinds. Pure. */
export function keywordOf(type: TokenType): string | undefined {
  return type.name.startsWith('K_') ? type.name.slice(2) : undefined;
}
