// From a text to its tree and its findings. It never throws for a text, however broken or hostile, and keeps every declaration that can be read.
import type { IToken } from 'chevrotain';
import { readDeclaration } from './parser.ts';
import { scan } from './scan.ts';
import { Int, keyword, wordType, reservedWords } from './tokens.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { BylawsFile, Declaration } from './tree.ts';

/** Parses one bylaws text. Pure; never throws. */
export function parseBylaws(source: { readonly path: string; readonly text: string }): { readonly file: BylawsFile; readonly diagnostics: readonly Diagnostic[] } {
  const { path, text } = source;
  const { tokens, comments } = scan(text, 50000);
  const diagnostics: Diagnostic[] = [];
  const declarations: Declaration[] = [];
  let rest: readonly IToken[] = tokens;
  if (rest[0]?.tokenType === keyword('gdo') && rest[1]?.tokenType === Int) rest = rest.slice(2);
  while (rest.length > 0) {
    const reading = readDeclaration(rest);
    if (reading.kind === 'read') {
      declarations.push(reading.declaration);
      rest = rest.slice(reading.rest);
    } else {
      const { token, message, previousToken } = reading.error;
      const at = Number.isNaN(token.startOffset) ? previousToken : token;
      diagnostics.push({
        code: 'GDO001', severity: 'error', message: `The text cannot be read here: ${message}`,
        place: { file: path, span: { start: at.startOffset, end: (at.endOffset ?? 0) + 1 }, label: 'here' }, related: [], why: '', help: '', fixes: [],
      });
      break;
    }
  }
  return { file: { path, text, version: 1, declarations, comments, articles: [] }, diagnostics };
}
