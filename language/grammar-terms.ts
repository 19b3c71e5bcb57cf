// The machinery of the parser and its smallest rules: names, texts, lengths of time, quantities (language.md section 4, first block). Tree nodes
// are built while reading. It reports nothing: what does not fit ends the parse, and recover.ts says why.
import type { IToken, ParserMethod, TokenType } from 'chevrotain';
import { EmbeddedActionsParser, tokenMatcher } from 'chevrotain';
import { CalendarDate, Clock, Comma, Decimal, Dot, Fraction, Int, keyword, Param, Percent, Quoted, tokenTypes, Unit, Word } from './tokens.ts';
import type { Choice } from './tree-stages.ts';
import type { Amount, Comparison, DateLiteral, Duration, Head, Name, Path, Span, Text, TimeLiteral, Value } from './tree-terms.ts';
import { unitOf } from './literal.ts';

/** A block that has been opened and not yet ended: its first word and what it is. */
export interface OpenBlock {
  readonly opener: IToken;
  readonly kind: string;
  readonly clause: string;
}

/** A rule without arguments; `ALT` and the rest are chevrotain's names. */
export type Rule<T> = ParserMethod<[], T>;

/** What the last parse saw besides the tree: the blocks open at the end of it, the clause it stood in, and labels after `end`. */
export interface Progress {
  readonly blocks: OpenBlock[];
  readonly labels: { readonly label: Name; readonly expected: string | undefined; readonly opener: IToken }[];
  clause: { readonly rule: string; readonly start: IToken } | undefined;
}

/** First class of the chain that makes the parser: what each later class adds may use all before it. */
export class TermGrammar extends EmbeddedActionsParser {
  progress: Progress = { blocks: [], labels: [], clause: undefined };

  private readonly phrases = new Map<string, readonly TokenType[]>();

  constructor(skipValidations: boolean) {
    super([...tokenTypes], { maxLookahead: 2, recoveryEnabled: false, skipValidations });
  }

  /** Adds a rule; the type of its result comes from the field it is kept in. */
  protected define<T>(name: string, implementation: () => T): Rule<T> {
    return this.RULE(name, implementation);
  }

  protected words(phrase: string, occurrence = 0): void {
    let types = this.phrases.get(phrase);
    if (types === undefined) {
      types = phrase.split(' ').map(keyword);
      this.phrases.set(phrase, types);
    }
    for (const type of types) this.consume(occurrence, type);
  }

  protected is(ahead: number, ...words: readonly string[]): boolean {
    const type = this.LA(ahead).tokenType;
    return words.some((word) => type === keyword(word));
  }

  protected isName(ahead: number): boolean {
    const token = this.LA(ahead);
    return tokenMatcher(token, Word) || tokenMatcher(token, Param);
  }

  protected spanFrom(start: IToken): Span {
    return { start: start.startOffset, end: (this.LA(0).endOffset ?? 0) + 1 };
  }

  protected integer(occurrence = 0): number {
    return Number(this.consume(occurrence, Int).image);
  }

  protected oneOf<T>(occurrence: number, rules: readonly Rule<T>[]): T {
    return this.or<T>(
      occurrence,
      rules.map((rule) => ({ ALT: () => this.subrule(0, rule) })),
    );
  }

  protected optionalTitle(): { readonly title?: Text } {
    const title = this.option(9, () => this.subrule(9, this.text));
    return title === undefined ? {} : { title };
  }

  protected open(kind: string, clause: string, opener: IToken): void {
    this.ACTION(() => {
      this.progress.blocks.push({ opener, kind, clause });
      this.progress.clause = { rule: kind, start: opener };
    });
  }

  protected mark(rule: string): void {
    this.ACTION(() => {
      this.progress.clause = { rule, start: this.LA(1) };
    });
  }

  protected close(name: Name | undefined): void {
    const label = this.subrule(8, this.done);
    this.ACTION(() => {
      const block = this.progress.blocks.pop();
      if (label !== undefined && block !== undefined) this.progress.labels.push({ label, expected: name?.text, opener: block.opener });
      this.progress.clause = undefined;
    });
  }

  protected closeLine(): void {
    this.ACTION(() => {
      this.progress.blocks.pop();
      this.progress.clause = undefined;
    });
  }

  /** Reads the clauses of a block to its `end`: `clause` is the rule of one line. */
  protected clauses<T>(rule: string, clause: Rule<T>, name: Name | undefined): T[] {
    const clauses: T[] = [];
    this.many(9, () => {
      this.mark(rule);
      clauses.push(this.subrule(7, clause));
    });
    this.close(name);
    return clauses;
  }

  readonly done: Rule<Name | undefined> = this.define('done', () => {
    this.words('end');
    return this.OPTION(() => {
      this.words('of');
      return this.SUBRULE(this.name_);
    });
  });

  readonly name_: Rule<Name> = this.define('name_', () => {
    const token = this.OR([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(Param) }]);
    return this.ACTION(() => ({ text: token.image, span: spanOf(token) }));
  });

  readonly names: Rule<Name[]> = this.define('names', () => {
    const names: Name[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => names.push(this.SUBRULE(this.name_)) });
    return names;
  });

  readonly theNames: Rule<Name[]> = this.define('theNames', () => {
    const names: Name[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: Comma,
      DEF: () => {
        this.words('the');
        names.push(this.SUBRULE(this.name_));
      },
    });
    return names;
  });

  readonly text: Rule<Text> = this.define('text', () => {
    const token = this.CONSUME(Quoted);
    return this.ACTION(() => ({ text: unquoted(token.image), span: spanOf(token) }));
  });

  readonly texts: Rule<Text[]> = this.define('texts', () => {
    const texts: Text[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => texts.push(this.SUBRULE(this.text)) });
    return texts;
  });

  readonly path: Rule<Path> = this.define('path', () => {
    const start = this.LA(1);
    const parts: Name[] = [this.SUBRULE(this.name_)];
    this.MANY(() => {
      this.CONSUME(Dot);
      parts.push(this.SUBRULE(this.pathPart));
    });
    return { parts, span: this.spanFrom(start) };
  });

  readonly pathPart: Rule<Name> = this.define('pathPart', () => {
    const token = this.OR([
      { ALT: () => this.CONSUME(Word) },
      { ALT: () => this.CONSUME(Param) },
      ...['open', 'quorum', 'passes', 'term', 'held'].map((word) => ({ ALT: () => this.consume(0, keyword(word)) })),
    ]);
    return this.ACTION(() => ({ text: token.image, span: spanOf(token) }));
  });

  readonly paths: Rule<Path[]> = this.define('paths', () => {
    const paths: Path[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => paths.push(this.SUBRULE(this.path)) });
    return paths;
  });

  readonly duration: Rule<Duration> = this.define('duration', () => {
    const start = this.LA(1);
    return this.OR<Duration>([
      {
        ALT: () => {
          const count = this.integer();
          const unit = this.CONSUME(Unit);
          return this.ACTION(() => ({ kind: 'duration', count, unit: unitOf(unit.image), span: this.spanFrom(start) }));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(Param);
          return this.ACTION(() => ({ kind: 'parameter', name: { text: token.image, span: spanOf(token) }, span: spanOf(token) }));
        },
      },
    ]);
  });

  readonly amount: Rule<Amount> = this.define('amount', () =>
    this.OR<Amount>([
      { ALT: () => this.SUBRULE(this.quantity) },
      {
        ALT: () => {
          const token = this.CONSUME(Param);
          return this.ACTION(() => ({ kind: 'parameter', name: { text: token.image, span: spanOf(token) }, span: spanOf(token) }));
        },
      },
    ]),
  );

  readonly quantity: Rule<Exclude<Amount, { readonly kind: 'parameter' }>> = this.define('quantity', () => {
    const token = this.OR([
      { ALT: () => this.CONSUME(Fraction) },
      { ALT: () => this.CONSUME(Percent) },
      { ALT: () => this.CONSUME(Decimal) },
      { ALT: () => this.CONSUME(Int) },
    ]);
    return this.ACTION(() => quantityOf(token));
  });

  readonly money: Rule<Amount> = this.define('money', () => {
    const token = this.OR([{ ALT: () => this.CONSUME(Decimal) }, { ALT: () => this.CONSUME(Int) }]);
    return this.ACTION(() => quantityOf(token));
  });

  readonly date: Rule<DateLiteral> = this.define('date', () => {
    const token = this.CONSUME(CalendarDate);
    return this.ACTION(() => ({ kind: 'date', text: token.image, span: spanOf(token) }));
  });

  readonly clock: Rule<TimeLiteral> = this.define('clock', () => {
    const token = this.CONSUME(Clock);
    return this.ACTION(() => ({ text: token.image, span: spanOf(token) }));
  });

  readonly value: Rule<Value> = this.define('value', () => {
    const start = this.LA(1);
    return this.OR<Value>([
      {
        ALT: () => {
          const token = this.CONSUME(Int);
          const unit = this.OPTION(() => this.CONSUME(Unit));
          return this.ACTION((): Value =>
            unit === undefined ? quantityOf(token) : { kind: 'duration', count: Number(token.image), unit: unitOf(unit.image), span: this.spanFrom(start) },
          );
        },
      },
      { ALT: () => this.quantityToken(this.CONSUME(Fraction)) },
      { ALT: () => this.quantityToken(this.CONSUME(Percent)) },
      {
        ALT: () => {
          const text = this.SUBRULE(this.text);
          return this.ACTION((): Value => ({ kind: 'text', ...text }));
        },
      },
      { ALT: () => this.SUBRULE(this.date) },
      {
        ALT: () => {
          const name = this.SUBRULE(this.name_);
          return this.ACTION((): Value => ({ kind: 'name', name, span: name.span }));
        },
      },
    ]);
  });

  protected quantityToken(token: IToken): Value {
    return this.ACTION(() => quantityOf(token));
  }

  readonly comparison: Rule<Comparison> = this.define('comparison', () =>
    this.OR<Comparison>([
      { ALT: () => (this.words('at least'), 'at-least') },
      { ALT: () => (this.words('at most', 1), 'at-most') },
      { ALT: () => (this.words('more than'), 'more-than') },
      { ALT: () => (this.words('fewer than', 1), 'fewer-than') },
      { ALT: () => (this.words('exactly'), 'exactly') },
    ]),
  );

  readonly head: Rule<Head> = this.define('head', () => {
    const name = this.SUBRULE(this.name_);
    const plural = this.OPTION(() => {
      this.words('plural');
      return this.SUBRULE1(this.name_);
    });
    const title = this.optionalTitle();
    return { name, ...(plural && { plural }), ...title };
  });

  readonly goto_: Rule<Name> = this.define('goto_', () => {
    this.words('go to');
    return this.SUBRULE(this.name_);
  });

  readonly within: Rule<Duration> = this.define('within', () => {
    this.words('within');
    return this.SUBRULE(this.duration);
  });

  readonly choice: Rule<Choice> = this.define('choice', () => {
    const names: Name[] = [this.SUBRULE(this.name_)];
    this.MANY(() => {
      this.words('or');
      names.push(this.SUBRULE1(this.name_));
    });
    return names;
  });
}

/** Returns the piece of text a token covers. Pure. */
export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 };
}

/** Turns a number of the text into a quantity, digits kept as written. Pure. */
export function quantityOf(token: IToken): Exclude<Amount, { readonly kind: 'parameter' }> {
  const span = spanOf(token);
  if (token.tokenType === Fraction) {
    const slash = token.image.indexOf('/');
    return { kind: 'fraction', numerator: token.image.slice(0, slash), denominator: token.image.slice(slash + 1), span };
  }
  if (token.tokenType === Percent) return { kind: 'percent', digits: token.image.slice(0, -1).trimEnd(), span };
  return { kind: token.tokenType === Decimal ? 'decimal' : 'integer', digits: token.image, span };
}

function unquoted(image: string): string {
  const last = image.at(-1);
  const closed = image.length > 1 && (last === '"' || last === '\u201c' || last === '\u201d' || last === '\u00bb' || last === '\u00ab');
  return image.slice(1, closed ? -1 : image.length);
}
