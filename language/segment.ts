// A run of tokens that should be one declaration, and the edits recovery makes to it. Lines and indentation guide recovery only; they mean nothing in the grammar.
import type { Token } from './token-list.ts';
import { TokenList } from './token-list.ts';
import type { Kind } from './tokens.ts';
import { keyword, Word } from './tokens.ts';
import type { Span } from './tree-terms.ts';

/** Words that open a declaration. `allow` is none: it stands in blocks too. */
export const declarationWords: readonly string[] = (
  'organization module parameter import area attribute role measure points certificate delegation account dapp collaborator action process right ' +
  'duty protect forbid always possible scenario'
).split(' ');
/** Words that open a stage of a process. */
export const stageWords: readonly string[] = ['step', 'vote', 'joint', 'meeting', 'draw', 'outcome'];

const declarationTypes: ReadonlySet<Kind> = new Set(declarationWords.map(keyword));
const stageTypes: ReadonlySet<Kind> = new Set(stageWords.map(keyword));
const lineDeclarations: ReadonlySet<Kind> = new Set(['module', 'parameter', 'area', 'attribute', 'action'].map(keyword));

const end: Kind = keyword('end');
const of: Kind = keyword('of');
const proposed: Kind = keyword('proposed');
const outcome: Kind = keyword('outcome');
const accepts: Kind = keyword('accepts');
const refuses: Kind = keyword('refuses');

/** Whether a token is the first of its line. Pure. */
export function isLineStart(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const previous = tokens[index - 1];
  return token !== undefined && (previous === undefined || previous.line < token.line);
}

/** Whether a kind opens a declaration. Pure. */
export function opensDeclaration(kind: Kind | undefined): boolean {
  return kind !== undefined && declarationTypes.has(kind);
}

/** Whether a kind opens a declaration that ends with `end`. Pure. */
export function opensBlock(kind: Kind): boolean {
  return declarationTypes.has(kind) && !lineDeclarations.has(kind);
}

/** Whether the token at an index opens a stage with an `end` of its own; `vote` inside a line is a verb. Pure. */
export function opensStage(tokens: TokenList, index: number): boolean {
  const kind = tokens.kind(index);
  if (!stageTypes.has(kind) || !tokens.isFirst(index)) return false;
  if (kind !== outcome) return true;
  let last = index;
  while (last + 1 < tokens.count && !tokens.isFirst(last + 1)) last += 1;
  return tokens.kind(last) !== accepts && tokens.kind(last) !== refuses;
}

/** Index of the first token of the next line. Pure. */
export function lineEnd(tokens: readonly Token[], index: number): number {
  let next = index + 1;
  while (next < tokens.length && !isLineStart(tokens, next)) next += 1;
  return next;
}

/** Index of the first token of the line an index is in. Pure. */
export function lineBegin(tokens: readonly Token[], index: number): number {
  let begin = Math.min(index, tokens.length - 1);
  while (begin > 0 && !isLineStart(tokens, begin)) begin -= 1;
  return Math.max(0, begin);
}

/** Whether `end` or `end of NAME` stands before an index. */
function followsEnd(tokens: TokenList, index: number): boolean {
  return tokens.kind(index - 1) === end || (tokens.kind(index - 2) === of && tokens.kind(index - 3) === end);
}

/** Whether a declaration begins at an index: at the start of a line, or behind an `end`. Pure. */
function beginsSegment(tokens: TokenList, index: number): boolean {
  if (!opensDeclaration(tokens.kind(index))) return false;
  return tokens.isFirst(index) ? tokens.kind(index - 1) !== proposed : followsEnd(tokens, index);
}

/** Index behind the run of tokens from an index on that reaches up to the next word that begins a declaration. Pure. */
export function segmentEnd(tokens: TokenList, from: number): number {
  let index = from + 1;
  while (index < tokens.count && !beginsSegment(tokens, index)) index += 1;
  return Math.min(index, tokens.count);
}

/** A block nobody closed: its opening word, and the index before which its `end` is missing. */
export interface UnclosedBlock {
  readonly opener: Token;
  readonly endBefore: number;
}

/**
 * Finds the block of a declaration whose `end` is missing, by the columns of openings and ends; the innermost open one where columns do not tell. Pure.
 */
export function unclosedBlock(tokens: readonly Token[]): UnclosedBlock | undefined {
  const list = TokenList.of('', tokens);
  const open: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || !isLineStart(tokens, index)) continue;
    const top = open.at(-1);
    if (index === 0 || opensStage(list, index)) {
      if (top !== undefined && open.length > 1 && column(token) <= column(top) && column(top) > column(open[0])) return { opener: top, endBefore: index };
      open.push(token);
    } else if (token.kind === end && top !== undefined) {
      if (column(token) < column(top)) return { opener: top, endBefore: index };
      open.pop();
    }
  }
  const innermost = open.at(-1);
  return innermost && { opener: innermost, endBefore: tokens.length };
}

/** Index after the `end` that closes a block, given the index of its first inner line, by columns; the end of the tokens where none does. Pure. */
export function blockEnd(tokens: readonly Token[], firstLine: number): number {
  for (let index = lineEnd(tokens, firstLine); index < tokens.length; index = lineEnd(tokens, index)) {
    if (column(tokens[index]) >= column(tokens[firstLine])) continue;
    return tokens[index]?.kind === end ? lineEnd(tokens, index) : index;
  }
  return tokens.length;
}

/** Column of a token, from 1. Pure. */
export function column(token: Token | undefined): number {
  return token?.column ?? 1;
}

/** The piece of text a token covers. Pure. */
export function tokenSpan({ start, end: to }: Token): Span {
  return { start, end: to };
}

/** Makes a token of no width behind another one: what recovery puts where something is missing. Pure. */
export function missing(kind: Kind, image: string, previous: Token): Token {
  const { line, end: at } = previous;
  return { kind, image, start: at, end: at, line, column: previous.column + at - previous.start };
}

/** Makes a token of another kind in the place of one. Pure. */
export function retyped(token: Token, kind: Kind, image: string = token.image): Token {
  return { ...token, kind, image };
}

/** Makes a name of a word that cannot be one, so that reading can go on. Pure. */
export function asName(token: Token): Token {
  return retyped(token, Word);
}
