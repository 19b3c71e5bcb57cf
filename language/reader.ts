// How the functions of read-*.ts go through tokens. It reports nothing: where a token does not fit, reading stops, the place is kept, and recover.ts says why.
import type { TokenList } from './token-list.ts';
import type { Kind } from './tokens.ts';
import { EndOfText, Int, isWord, keyword, kindsCount, Param } from './tokens.ts';
import type { Name, Span } from './tree-terms.ts';

/** A block that has been opened and not yet ended: the index of its first word, what it is, and the rule of its lines. */
export interface OpenBlock {
  readonly opener: number;
  readonly kind: string;
  readonly clause: string;
}

/** A name after an `end`, and the block it should name. */
export interface Label {
  readonly label: Name;
  readonly expected: string | undefined;
  readonly opener: Span;
}

/** The clause reading stands in: its rule, and the index of its first token. */
export interface OpenClause {
  readonly rule: string;
  readonly start: number;
}

/** Reads one rule of the grammar from where a reader stands. */
export type Read<T> = (reader: Reader) => T;
/** By the kind of its first token, what reads a line. */
export type Lines<T> = readonly (Read<T> | undefined)[];

/** Makes the list of lines a block may have, by their first words. @param any - lines that begin with no keyword, by kind */
export function linesOf<T>(byWord: Readonly<Record<string, Read<T>>>, any: readonly (readonly [Kind, Read<T>])[] = []): Lines<T> {
  const lines: (Read<T> | undefined)[] = Array.from({ length: kindsCount }, () => undefined);
  for (const [word, read] of Object.entries(byWord)) lines[keyword(word)] = read;
  for (const [kind, read] of any) lines[kind] = read;
  return lines;
}

/** Where reading came to its end before the rule did. */
export interface Stopped {
  /** Index of the token that did not fit. */
  readonly at: number;
  /** Whether the clause before was whole and an `end` was looked for. */
  readonly atEnd: boolean;
  /** Blocks that were open, the innermost last. */
  readonly blocks: readonly OpenBlock[];
  readonly clause: OpenClause | undefined;
}

const endKind = keyword('end');
const ofKind = keyword('of');

/** Stands at one token of a list, to read one declaration. After it has stopped it sees only the end of the text, so that whatever is still being read comes to its own end. */
export class Reader {
  readonly tokens: TokenList;
  at: number;
  stopped: Stopped | undefined;
  private readonly blocks: OpenBlock[] = [];
  readonly labels: Label[] = [];
  private clauseRule: string | undefined = 'declaration';
  private clauseStart: number;

  constructor(tokens: TokenList, at: number) {
    this.tokens = tokens;
    this.at = at;
    this.clauseStart = at;
  }

  kind(): Kind {
    return this.tokens.kind(this.at);
  }

  /** Kind of a token further on: 1 is the next one. */
  kindAhead(ahead: number): Kind {
    return this.tokens.kind(this.at + ahead);
  }

  is(kind: Kind): boolean {
    return this.tokens.kind(this.at) === kind;
  }

  isAhead(ahead: number, kind: Kind): boolean {
    return this.tokens.kind(this.at + ahead) === kind;
  }

  /** Whether the first of some words stands here. */
  begins(kinds: readonly Kind[]): boolean {
    return this.kind() === kinds[0];
  }

  beginsAhead(ahead: number, kinds: readonly Kind[]): boolean {
    return this.kindAhead(ahead) === kinds[0];
  }

  isNameAhead(ahead: number): boolean {
    const kind = this.tokens.kind(this.at + ahead);
    return isWord(kind) || kind === Param;
  }

  isName(): boolean {
    return this.isNameAhead(0);
  }

  /** Stops where the token does not fit; only the first stop counts. */
  stop(atEnd: 'at an end' | 'in a rule' = 'in a rule'): void {
    const clause = this.clauseRule === undefined ? undefined : { rule: this.clauseRule, start: this.clauseStart };
    this.stopped ??= { at: this.at, atEnd: atEnd === 'at an end', blocks: [...this.blocks], clause };
    this.at = this.tokens.count;
  }

  /** Passes a token of a kind, which must stand here. */
  take(kind: Kind): void {
    if (this.tokens.kind(this.at) === kind) this.at += 1;
    else this.stop();
  }

  /** Passes words in a row, which must stand here. */
  words(kinds: readonly Kind[]): void {
    for (let index = 0; index < kinds.length; index += 1) this.take(kinds[index] ?? EndOfText);
  }

  /** Passes words in a row if the first of them stands here: one word decides. */
  passes(kinds: readonly Kind[]): boolean {
    if (this.kind() !== kinds[0]) return false;
    this.words(kinds);
    return true;
  }

  /** A name: any word that is not reserved, or a parameter. */
  name(): Name {
    const { at } = this;
    if (!this.isName()) return this.noName();
    this.at = at + 1;
    return { text: this.tokens.image(at), span: { start: this.tokens.start(at), end: this.tokens.end(at) } };
  }

  /** Stops, and stands in for what is not there. */
  noName(): Name {
    this.stop();
    return { text: '', span: { start: 0, end: 0 } };
  }

  integer(): number {
    const { at } = this;
    if (!this.is(Int)) {
      this.stop();
      return 0;
    }
    this.at = at + 1;
    return Number(this.tokens.image(at));
  }

  /** The piece of text from a token to the last one passed. */
  spanFrom(start: number): Span {
    return { start: this.tokens.start(start), end: this.tokens.end(this.at - 1) };
  }

  /** Reads what its first token says it is; where that begins none, the last rule is tried, and stops. */
  oneOf<T>(lines: Lines<T>, last: Read<T>): T {
    return (lines[this.kind()] ?? last)(this);
  }

  /** Notes that a block was opened, so that a stop can say which one is. */
  open(kind: string, clause: string, opener: number): void {
    this.blocks.push({ opener, kind, clause });
    this.clauseRule = kind;
    this.clauseStart = opener;
  }

  /** Notes that a line of a block begins. */
  mark(rule: string): void {
    this.clauseRule = rule;
    this.clauseStart = this.at;
  }

  /** Reads `end` and the label behind it. */
  close(name: Name | undefined): void {
    if (!this.is(endKind)) return this.stop('at an end');
    this.at += 1;
    const label = this.is(ofKind) ? this.label() : undefined;
    const block = this.blocks.pop();
    if (label !== undefined && block !== undefined) this.labels.push({ label, expected: name?.text, opener: this.tokens.span(block.opener) });
    this.clauseRule = undefined;
  }

  private label(): Name {
    this.at += 1;
    return this.name();
  }

  /** Ends a block that has no `end`. */
  closeLine(): void {
    this.blocks.pop();
    this.clauseRule = undefined;
  }

  /** Reads the lines of a block up to its `end`. */
  clauses<T>(rule: string, lines: Lines<T>, name: Name | undefined): T[] {
    const clauses = this.lines(rule, lines);
    this.close(name);
    return clauses;
  }

  /** Reads lines for as long as one begins here. */
  lines<T>(rule: string, lines: Lines<T>): T[] {
    const found: T[] = [];
    for (let read = lines[this.kind()]; read !== undefined; read = lines[this.kind()]) {
      this.mark(rule);
      found.push(read(this));
    }
    return found;
  }

  /** Reads one or more of something with one word or mark between them. */
  list<T>(read: Read<T>, between: Kind): T[] {
    const found = [read(this)];
    while (this.is(between)) {
      this.at += 1;
      found.push(read(this));
    }
    return found;
  }
}
