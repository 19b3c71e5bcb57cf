// The page of the grammar and the parser written by hand say the same: what the page makes the parser reads, and broken texts stop both.
import { describe, expect, it } from 'vitest';
import { grammarRules } from '../../language/notation.ts';
import type { Piece } from '../../language/notation.ts';
import { readDeclaration } from '../../language/parser.ts';
import { TokenList } from '../../language/token-list.ts';
import { Walk } from '../../language/walk.ts';
import { anyWord, chanceFrom, declarationRules, tokensOf, wordsOf } from './generated.ts';
import type { Chance, Variety } from './generated.ts';

/** How far the parser comes: `undefined` where it reads all, else the index of the token that does not fit. */
function parsedTo(words: readonly string[]): number | undefined {
  const reading = readDeclaration(TokenList.of('', tokensOf(words)), 0);
  if (reading.kind === 'stopped') return reading.stopped.at;
  return reading.rest === words.length ? undefined : reading.rest;
}

/** How far the page comes, by the same measure. */
function walkedTo(words: readonly string[]): number | undefined {
  let walk = Walk.into('declaration');
  for (const [index, { kind }] of tokensOf(words).entries()) {
    walk = walk.after(kind);
    if (walk.expected().length === 0 && !walk.isComplete) return index;
  }
  return walk.isComplete ? undefined : words.length;
}

function broken(words: readonly string[], chance: Chance): readonly string[] {
  const at = chance(words.length);
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  switch (chance(5)) {
    case 0:
      return [...before, ...after];
    case 1:
      return [...before, anyWord(chance), ...after];
    case 2:
      return [...before, words[at] ?? '', anyWord(chance), ...after];
    case 3:
      return [...before, ...after.slice(0, 1), words[at] ?? '', ...after.slice(1)];
    default:
      return before;
  }
}

const plain: Variety = { names: 'plain', parameters: 'some' };

function used(piece: Piece): readonly string[] {
  switch (piece.kind) {
    case 'token':
      return [];
    case 'rule':
      return [piece.rule];
    case 'row':
    case 'one-of':
      return piece.pieces.flatMap(used);
    case 'maybe':
    case 'many':
      return used(piece.piece);
  }
}

describe('the page of the grammar', () => {
  it('uses every rule it has, and none that it has not, and no rule stands in itself', () => {
    const rules = grammarRules();
    const reached = new Map<string, ReadonlySet<string>>();
    const below = (rule: string, around: readonly string[]): ReadonlySet<string> => {
      expect(around).not.toContain(rule);
      const piece = rules.get(rule);
      if (piece === undefined) throw new Error(`there is no rule ${rule}`);
      const known = reached.get(rule);
      if (known !== undefined) return known;
      const all = new Set([rule, ...used(piece).flatMap((inner) => [...below(inner, [...around, rule])])]);
      reached.set(rule, all);
      return all;
    };
    expect([...below('declaration', [])].toSorted()).toEqual([...rules.keys()].toSorted());
  });

  for (const rule of declarationRules()) {
    it(`makes only texts that the parser reads whole: ${rule}`, () => {
      for (let seed = 0; seed < 500; seed += 1) {
        const words = wordsOf(rule, chanceFrom(seed), plain);
        expect(parsedTo(words), `seed ${seed}: ${words.join(' ')}`).toBeUndefined();
      }
    });
  }

  it('agrees with the parser about broken texts: whether they can be read, and that the parser stops no later', () => {
    const apart = brokenTexts(plain).filter(({ words, parsed, walked }) => {
      // `of` and `other` behind a count are no names for the parser; a role cannot be called so (GDO003).
      if (parsed !== undefined && words.slice(Math.max(0, parsed - 3), parsed).some((word) => word === 'of' || word === 'other')) return false;
      return parsed === undefined ? walked !== undefined : walked === undefined || parsed > walked;
    });
    expect(apart).toEqual([]);
  });

  it('reads whatever the parser reads where soft words are names, and stops no earlier', () => {
    const apart = brokenTexts({ names: 'soft', parameters: 'none' }).filter(
      ({ parsed, walked }) => (parsed === undefined && walked !== undefined) || (parsed !== undefined && walked !== undefined && parsed > walked),
    );
    expect(apart).toEqual([]);
  });
});

interface BrokenText {
  readonly words: readonly string[];
  readonly parsed: number | undefined;
  readonly walked: number | undefined;
}

function brokenTexts(variety: Variety): readonly BrokenText[] {
  const rules = declarationRules();
  return Array.from({ length: 10_000 }, (_, seed) => {
    const chance = chanceFrom(seed);
    const words = broken(wordsOf(rules[chance(rules.length)] ?? '', chance, variety), chance);
    return { words, parsed: parsedTo(words), walked: walkedTo(words) };
  }).filter(({ words }) => words.length > 0);
}
