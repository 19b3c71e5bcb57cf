// The grammar as data: takes the notation of grammar.ts apart, once, when somebody asks. It reads no bylaws.
import { grammar } from './grammar.ts';
import { invariant } from './invariant.ts';
import type { Kind } from './tokens.ts';
import { CalendarDate, Clock, Comma, Decimal, Dot, Fraction, Int, keyword, Param, Percent, Quoted, Unit, WeekDay, Word } from './tokens.ts';

/** A piece of a rule: a kind of token, another rule, pieces in a row, one of several, and what may be left out or repeated. */
export type Piece =
  | { readonly kind: 'token'; readonly token: Kind }
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'row'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'one-of'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'maybe'; readonly piece: Piece }
  | { readonly kind: 'many'; readonly piece: Piece };

/** Kinds of tokens that the notation names. */
export const tokenNames: ReadonlyMap<string, Kind> = new Map([
  ['Word', Word],
  ['Unit', Unit],
  ['WeekDay', WeekDay],
  ['Param', Param],
  ['Quoted', Quoted],
  ['Clock', Clock],
  ['CalendarDate', CalendarDate],
  ['Int', Int],
  ['Decimal', Decimal],
  ['Fraction', Fraction],
  ['Percent', Percent],
  [',', Comma],
  ['.', Dot],
]);

let rules: ReadonlyMap<string, Piece> | undefined;

/** Returns the rules of the grammar by name, in the order of the grammar. Pure; throws for a notation that cannot be read, which is a bug of the grammar. */
export function grammarRules(): ReadonlyMap<string, Piece> {
  rules ??= new Map(
    grammar
      .trim()
      .split(/\n+(?=\w)/)
      .map((rule) => {
        const [name = '', ...body] = rule.split(/ = /);
        return [name, new Notation(body.join(' = ')).whole()];
      }),
  );
  return rules;
}

/** Returns one rule of the grammar. Pure; throws for a rule that is none, which is a bug of the caller. */
export function ruleOf(name: string): Piece {
  const piece = grammarRules().get(name);
  invariant(piece !== undefined, `the grammar has no rule ${name}`);
  return piece;
}

/** Reads the body of one rule; one instance per rule. */
class Notation {
  private readonly words: readonly string[];
  private at = 0;

  constructor(body: string) {
    this.words = body.match(/'[^']*'|\w+|\S/g) ?? [];
  }

  whole(): Piece {
    const piece = this.oneOf();
    invariant(this.at === this.words.length, `the grammar has ${this.words[this.at] ?? 'nothing'} where a rule should go on`);
    return piece;
  }

  private oneOf(): Piece {
    const pieces = [this.row()];
    while (this.passes('|')) pieces.push(this.row());
    const [only] = pieces;
    return pieces.length === 1 && only !== undefined ? only : { kind: 'one-of', pieces };
  }

  private row(): Piece {
    const pieces: Piece[] = [];
    for (let word = this.words[this.at]; word !== undefined && !'|)]}'.includes(word); word = this.words[this.at]) pieces.push(...this.repeated());
    const [only] = pieces;
    return pieces.length === 1 && only !== undefined ? only : { kind: 'row', pieces };
  }

  /** One piece, or what `x % ','` is short for. */
  private repeated(): readonly Piece[] {
    const pieces = this.piece();
    if (!this.passes('%')) return pieces;
    return [...pieces, { kind: 'many', piece: { kind: 'row', pieces: [...this.piece(), ...pieces] } }];
  }

  private piece(): readonly Piece[] {
    const word = this.words[this.at] ?? '';
    this.at += 1;
    if (word === '(') return [this.until(')')];
    if (word === '[') return [{ kind: 'maybe', piece: this.until(']') }];
    if (word === '{') return [{ kind: 'many', piece: this.until('}') }];
    const named = tokenNames.get(word) ?? tokenNames.get(word.slice(1, -1));
    if (named !== undefined) return [{ kind: 'token', token: named }];
    if (!word.startsWith("'")) return [{ kind: 'rule', rule: word }];
    return word
      .slice(1, -1)
      .split(' ')
      .map((each) => ({ kind: 'token', token: keyword(each) }));
  }

  private until(mark: string): Piece {
    const piece = this.oneOf();
    invariant(this.passes(mark), `the grammar has no ${mark}`);
    return piece;
  }

  private passes(mark: string): boolean {
    if (this.words[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }
}
