// The tokens of a text, kept as numbers side by side, and single tokens as recovery handles them. Lines and columns are worked out only when asked for.
import type { Kind } from './tokens.ts';
import { EndOfText } from './tokens.ts';
import type { Span } from './tree-terms.ts';

/** One word, number or mark on its own; `image` is what it says, which is not the text's where recovery put it there. Lines and columns count from 1. */
export interface Token {
  readonly kind: Kind;
  readonly image: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Kinds may be asked for this far behind the last token; they are `EndOfText`. */
const lookedAheadMax = 8;

/** Tokens in order. Of token `i`: its kind, where it starts and ends, and whether it is the first of its line. */
export class TokenList {
  readonly text: string;
  readonly kinds: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly firsts: Uint8Array;
  count = 0;
  /** What tokens say where that is not what the text says at their place; for mended tokens only. */
  private images: readonly string[] | undefined;
  private lineStarts: readonly number[] | undefined;

  constructor(text: string, countMax: number) {
    this.text = text;
    this.kinds = new Uint16Array(countMax + lookedAheadMax);
    this.starts = new Int32Array(countMax + 1);
    this.ends = new Int32Array(countMax + 1);
    this.firsts = new Uint8Array(countMax + 1);
  }

  /** Makes a list of tokens that recovery has changed; lines are those the tokens had. */
  static of(text: string, tokens: readonly Token[]): TokenList {
    const list = new TokenList(text, tokens.length);
    let line = 0;
    for (const token of tokens) {
      list.add(token.kind, token.start, token.end, token.line > line);
      line = token.line;
    }
    list.images = tokens.map(({ image }) => image);
    return list;
  }

  /** Adds a token behind the others; the caller keeps to `countMax`. */
  add(kind: Kind, start: number, end: number, isFirst: boolean): void {
    const index = this.count;
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
    this.firsts[index] = isFirst ? 1 : 0;
    this.count = index + 1;
  }

  /** Kind of a token; `EndOfText` behind the last one. */
  kind(index: number): Kind {
    return this.kinds[index] ?? EndOfText;
  }

  start(index: number): number {
    return this.starts[index] ?? 0;
  }

  end(index: number): number {
    return this.ends[index] ?? 0;
  }

  isFirst(index: number): boolean {
    return this.firsts[index] === 1;
  }

  /** What a token says. */
  image(index: number): string {
    return this.images === undefined ? this.text.slice(this.starts[index], this.ends[index]) : (this.images[index] ?? '');
  }

  span(index: number): Span {
    return { start: this.start(index), end: this.end(index) };
  }

  /** Indexes of the tokens of one kind, in order. */
  indexesOf(kind: Kind): readonly number[] {
    const found: number[] = [];
    for (let index = 0; index < this.count; index += 1) if (this.kinds[index] === kind) found.push(index);
    return found;
  }

  /** Takes tokens out, each on its own, with its line and column. */
  slice(from: number, to: number): readonly Token[] {
    const tokens: Token[] = [];
    for (let index = from; index < to; index += 1) {
      const start = this.start(index);
      const line = this.lineOf(start);
      tokens.push({ kind: this.kind(index), image: this.image(index), start, end: this.end(index), line, column: start - this.lineStart(line) + 1 });
    }
    return tokens;
  }

  /** Line of an offset, from 1: by halving, over the places where lines start. */
  lineOf(offset: number): number {
    this.lineStarts ??= lineStartsOf(this.text);
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  private lineStart(line: number): number {
    return this.lineStarts?.[line - 1] ?? 0;
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
