// Texts made from the page of the grammar, by chance from a seed: every rule, option and repetition turns up. It judges nothing.
import { grammarRules, ruleOf } from '../../language/notation.ts';
import type { Piece } from '../../language/notation.ts';
import type { Token } from '../../language/token-list.ts';
import {
  CalendarDate,
  Clock,
  Comma,
  Decimal,
  Dot,
  Fraction,
  Int,
  keyword,
  keywordOf,
  kindOfWord,
  Param,
  Percent,
  Quoted,
  softWords,
  Unit,
  WeekDay,
  Word,
} from '../../language/tokens.ts';
import type { Kind } from '../../language/tokens.ts';

/** Numbers by chance, the same for the same seed. */
export type Chance = (below: number) => number;

/** A linear congruential generator: enough to vary texts. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const plainNames: readonly string[] = ['ana', 'bo', 'keeper', 'keepers', 'x-1', 'constructor', 'toString', 'A', 'uUu', 'go-to'];
const softNames: readonly string[] = softWords.filter((word) => word !== 'of' && word !== 'other');

const images: ReadonlyMap<Kind, readonly string[]> = new Map([
  [Quoted, ['"x"', '"two words"', '"\u00e4\u5927"', '"a/**"']],
  [Clock, ['06:00', '24:00']],
  [CalendarDate, ['2027-03-01', '2027-03-01T14:00Z']],
  [Int, ['2', '3', '12', '90']],
  [Decimal, ['12.50', '3.1']],
  [Fraction, ['1/2', '2/3']],
  [Percent, ['10%', '66.67%']],
  [Comma, [',']],
  [Dot, ['.']],
  [Param, ['$p']],
  [Unit, ['days', 'hours', 'months']],
  [WeekDay, ['daily', 'monday', 'weekends']],
]);

/** How texts are varied: which names there are (`soft`: soft words of the grammar too), and whether parameters of modules may stand. */
export interface Variety {
  readonly names: 'plain' | 'soft' | readonly string[];
  readonly parameters: 'none' | 'some';
}

/** One text of a rule, as pieces of text in order. */
export function wordsOf(rule: string, chance: Chance, variety: Variety): readonly string[] {
  const words: string[] = [];
  write(ruleOf(rule), chance, variety, words);
  return words;
}

function pick<T>(from: readonly T[], chance: Chance): T {
  const picked = from[chance(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

function write(piece: Piece, chance: Chance, variety: Variety, to: string[]): void {
  switch (piece.kind) {
    case 'token':
      to.push(imageOf(piece.token, chance, variety));
      return;
    case 'rule':
      return write(ruleOf(piece.rule), chance, variety, to);
    case 'row':
      for (const each of piece.pieces) write(each, chance, variety, to);
      return;
    case 'one-of': {
      const usable = variety.parameters === 'some' ? piece.pieces : piece.pieces.filter((each) => each.kind !== 'token' || each.token !== Param);
      return write(pick(usable, chance), chance, variety, to);
    }
    case 'maybe':
      if (chance(2) === 0) write(piece.piece, chance, variety, to);
      return;
    case 'many':
      for (let count = chance(4); count > 0; count -= 1) write(piece.piece, chance, variety, to);
      return;
  }
}

function imageOf(kind: Kind, chance: Chance, { names }: Variety): string {
  if (kind === Word && typeof names !== 'string') return pick(names, chance);
  if (kind === Word) return pick(names === 'soft' && chance(2) === 0 ? softNames : plainNames, chance);
  return keywordOf(kind) ?? pick(images.get(kind) ?? [], chance);
}

/** Kind of a piece of text that was made here. */
function kindOf(image: string): Kind {
  for (const [kind, known] of images) if (kind !== Unit && kind !== WeekDay && known.includes(image)) return kind;
  return kindOfWord(image);
}

/** Tokens of pieces of text, one to a line, without a text around them. */
export function tokensOf(words: readonly string[]): readonly Token[] {
  return words.map((image, index) => ({ kind: kindOf(image), image, start: index * 100, end: index * 100 + image.length, line: index + 1, column: 1 }));
}

/** Rules that stand for one declaration each. */
export function declarationRules(): readonly string[] {
  const declaration = grammarRules().get('declaration');
  if (declaration?.kind !== 'one-of') throw new Error('the grammar has no list of declarations');
  return declaration.pieces.flatMap((piece) => (piece.kind === 'rule' ? [piece.rule] : []));
}

/** Anything that can stand in a text, to break it with. */
export function anyWord(chance: Chance): string {
  const kind = chance(4);
  if (kind === 0) return pick(plainNames, chance);
  if (kind === 1) return pick([...images.values()].flat(), chance);
  return keywordOf(chance(kindsBelow)) ?? pick(softWords, chance);
}

const kindsBelow = keyword('sunday') + 1;
