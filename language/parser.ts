// The one parser of the program and how it is run on a piece of a text. Built on first use, since construction costs a tenth of a second.
import type { IRecognitionException, IToken } from 'chevrotain';
import { BylawsGrammar } from './grammar.ts';
import type { Progress } from './grammar-terms.ts';
import type { Declaration } from './tree.ts';

/** One declaration read, or how far it came. `rest` is the index of the first token not read. */
export type Reading =
  | { readonly kind: 'read'; readonly declaration: Declaration; readonly rest: number; readonly labels: Progress['labels'] }
  | { readonly kind: 'stopped'; readonly error: IRecognitionException; readonly progress: Progress };

let parser: BylawsGrammar | undefined;

/** Returns the parser of this program. The self-analysis is proved by a test, so it is not validated again at each start. */
export function bylawsParser(): BylawsGrammar {
  parser ??= new BylawsGrammar(true);
  return parser;
}

/** Reads one declaration from the start of the tokens. Keeps no state between calls. */
export function readDeclaration(tokens: readonly IToken[]): Reading {
  const grammar = bylawsParser();
  const [first] = tokens;
  const progress: Progress = { blocks: [], labels: [], clause: first && { rule: 'declaration', start: first } };
  grammar.progress = progress;
  grammar.input = [...tokens];
  const declaration: Declaration | undefined = grammar.declaration();
  const error = grammar.errors[0];
  if (error === undefined) return { kind: 'read', declaration, rest: tokens.length, labels: progress.labels };
  if (error.name === 'NotAllInputParsedException') return { kind: 'read', declaration, rest: tokens.indexOf(error.token), labels: progress.labels };
  return { kind: 'stopped', error, progress };
}
