// Keywords with two letters swapped: such a word may be read as a name, and then only the word behind it does not fit. It says which word was meant.
import type { Stop } from './recover.ts';
import { isLineStart } from './segment.ts';
import type { Token } from './token-list.ts';
import type { Kind } from './tokens.ts';
import { isWord, keywordLengthMax, kindOfWord, keywordOf, Word } from './tokens.ts';
import type { Walk } from './walk.ts';
import { walkAlong } from './walk.ts';

/**
 * Words looked at, by their distance from the first token that does not fit: itself, those it follows, the one that makes it a beginning, and then
 * those farther back. A name, a verb and names may follow a word that was read as a name, so reading can go on for some words.
 */
const distances: readonly number[] = [0, -1, -2, 1, -3, -4, -5, -6];

/** Finds a word near a stop that is a keyword with two neighbouring letters swapped, and with which reading comes past the stop. Pure. */
export function swappedKeyword(stop: Stop): { readonly index: number; readonly token: Token; readonly word: string } | undefined {
  for (const distance of distances) {
    const index = stop.at + distance;
    const token = stop.tokens[index];
    if (token === undefined || index < stop.from || (!isWord(token.kind) && keywordOf(token.kind) === undefined)) continue;
    // A reserved word where a name may stand has a finding of its own (GDO003).
    if (distance === 0 && !isWord(token.kind) && stop.expected.includes(Word)) continue;
    const word = swaps(token.image).find(
      (meant) => kindOfWord(meant) !== Word && kindOfWord(meant) !== token.kind && fitsBetter(stop, index, kindOfWord(meant)),
    );
    if (word !== undefined) return { index, token, word };
  }
  return undefined;
}

/** All words that two swapped neighbouring letters make of one; none of a word longer than every keyword, which is none of them. */
function swaps(word: string): readonly string[] {
  if (word.length > keywordLengthMax) return [];
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2));
}

/** Whether reading comes past the stop with a word of another kind in the place of one: in its clause, or as the first word of the next line. */
function fitsBetter(stop: Stop, index: number, kind: Kind): boolean {
  const { from, at, rule, block } = stop;
  const tokens = stop.tokens.map((token, place) => (place === index ? { kind } : token));
  const to = Math.min(tokens.length, Math.max(at, index) + 1);
  if (isAlive(walkAlong(rule, tokens, from, to))) return true;
  if (block === undefined || !isLineStart(stop.tokens, index) || (index > from && !walkAlong(rule, tokens, from, index).isComplete)) return false;
  return [...(linesOf[block.kind] ?? []), block.clause, 'done'].some((line) => isAlive(walkAlong(line, tokens, index, to)));
}

function isAlive(walk: Walk): boolean {
  return walk.isComplete || walk.expected().length > 0;
}

/** Rules of lines that a block has beside its clauses. */
const linesOf: Readonly<Record<string, readonly string[]>> = { process: ['stage'], joint: ['vote'], scenario: ['given'] };
