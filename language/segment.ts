// A run of tokens that should be one declaration, and the edits recovery makes to it. Lines and indentation guide recovery only; they mean nothing in the grammar.
import type { IToken, TokenType } from 'chevrotain';
import { createTokenInstance } from 'chevrotain';
import { keyword, Word } from './tokens.ts';
import type { Span } from './tree-terms.ts';

/** Words that open a declaration. `allow` is none: it stands in blocks too. */
export const declarationWords: readonly string[] = (
  'organization module parameter import area attribute role measure points certificate delegation account dapp collaborator action process right ' +
  'duty protect forbid always possible scenario'
).split(' ');
/** Words that open a stage of a process. */
export const stageWords: readonly string[] = ['step', 'vote', 'joint', 'meeting', 'draw', 'outcome'];

const declarationTypes: ReadonlySet<TokenType> = new Set(declarationWords.map(keyword));
const stageTypes: ReadonlySet<TokenType> = new Set(stageWords.map(keyword));
const lineDeclarations: ReadonlySet<TokenType> = new Set(['module', 'parameter', 'area', 'attribute', 'action'].map(keyword));

/** Whether a token is the first of its line. Pure. */
export function isLineStart(tokens: readonly IToken[], index: number): boolean {
  const token = tokens[index];
  const previous = tokens[index - 1];
  return token !== undefined && (previous === undefined || (previous.endLine ?? 0) < (token.startLine ?? 0));
}

/** Whether a token opens a declaration. Pure. */
export function opensDeclaration(token: IToken | undefined): boolean {
  return token !== undefined && declarationTypes.has(token.tokenType);
}

/** Whether a token opens a declaration that ends with `end`. Pure. */
export function opensBlock(token: IToken | undefined): boolean {
  return token !== undefined && declarationTypes.has(token.tokenType) && !lineDeclarations.has(token.tokenType);
}

/** Whether the token at an index opens a stage with an `end` of its own; `vote` inside a line is a verb. Pure. */
export function opensStage(tokens: readonly IToken[], index: number): boolean {
  const token = tokens[index];
  if (token === undefined || !stageTypes.has(token.tokenType) || !isLineStart(tokens, index)) return false;
  if (token.tokenType !== keyword('outcome')) return true;
  const last = tokens[lineEnd(tokens, index) - 1];
  return last === undefined || (last.tokenType !== keyword('accepts') && last.tokenType !== keyword('refuses'));
}

/** Index of the first token of the next line. Pure. */
export function lineEnd(tokens: readonly IToken[], index: number): number {
  let end = index + 1;
  while (end < tokens.length && !isLineStart(tokens, end)) end += 1;
  return end;
}

/** Index of the first token of the line an index is in. Pure. */
export function lineBegin(tokens: readonly IToken[], index: number): number {
  let begin = Math.min(index, tokens.length - 1);
  while (begin > 0 && !isLineStart(tokens, begin)) begin -= 1;
  return Math.max(0, begin);
}

/** Whether `end` or `end of NAME` stands before an index. */
function followsEnd(tokens: readonly IToken[], index: number): boolean {
  const end = keyword('end');
  return tokens[index - 1]?.tokenType === end || (tokens[index - 2]?.tokenType === keyword('of') && tokens[index - 3]?.tokenType === end);
}

/** Cuts the tokens of a file into runs that begin with a declaration word at the start of a line or behind an `end` (the first run with anything). Pure. */
export function segments(tokens: readonly IToken[]): readonly (readonly IToken[])[] {
  const found: IToken[][] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    const begins = opensDeclaration(token) && (isLineStart(tokens, index) ? tokens[index - 1]?.tokenType !== keyword('proposed') : followsEnd(tokens, index));
    const current = found.at(-1);
    if (begins || current === undefined) found.push([token]);
    else current.push(token);
  }
  return found;
}

/** A block nobody closed: its opening word, and the index before which its `end` is missing. */
export interface UnclosedBlock {
  readonly opener: IToken;
  readonly endBefore: number;
}

/**
 * Finds the block of a declaration whose `end` is missing, by the columns of openings and ends; the innermost open one where columns do not tell. Pure.
 */
export function unclosedBlock(tokens: readonly IToken[]): UnclosedBlock | undefined {
  const open: IToken[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || !isLineStart(tokens, index)) continue;
    const top = open.at(-1);
    if (index === 0 || opensStage(tokens, index)) {
      if (top !== undefined && open.length > 1 && column(token) <= column(top) && column(top) > column(open[0])) return { opener: top, endBefore: index };
      open.push(token);
    } else if (token.tokenType === keyword('end') && top !== undefined) {
      if (column(token) < column(top)) return { opener: top, endBefore: index };
      open.pop();
    }
  }
  const innermost = open.at(-1);
  return innermost && { opener: innermost, endBefore: tokens.length };
}

/** Index after the `end` that closes a block, given the index of its first inner line, by columns; the end of the tokens where none does. Pure. */
export function blockEnd(tokens: readonly IToken[], firstLine: number): number {
  for (let index = lineEnd(tokens, firstLine); index < tokens.length; index = lineEnd(tokens, index)) {
    if (column(tokens[index]) >= column(tokens[firstLine])) continue;
    return tokens[index]?.tokenType === keyword('end') ? lineEnd(tokens, index) : index;
  }
  return tokens.length;
}

/** Column of a token, from 1. Pure. */
export function column(token: IToken | undefined): number {
  return token?.startColumn ?? 1;
}

/** The piece of text a token covers. Pure. */
export function tokenSpan(token: IToken): Span {
  return { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 };
}

/** Makes a token of no width behind another one: what recovery puts where something is missing. Pure. */
export function missing(type: TokenType, image: string, previous: IToken): IToken {
  const offset = (previous.endOffset ?? 0) + 1;
  const line = previous.endLine ?? 1;
  const at = (previous.endColumn ?? 0) + 1;
  return createTokenInstance(type, image, offset, offset - 1, line, line, at, at - 1);
}

/** Makes a token of another kind in the place of one. Pure. */
export function retyped(token: IToken, type: TokenType, image: string = token.image): IToken {
  const { startOffset, endOffset, startLine, endLine, startColumn, endColumn } = token;
  return createTokenInstance(type, image, startOffset, endOffset ?? startOffset, startLine ?? 1, endLine ?? 1, startColumn ?? 1, endColumn ?? 1);
}

/** Makes a name of a word that cannot be one, so that reading can go on. Pure. */
export function asName(token: IToken): IToken {
  return retyped(token, Word);
}
