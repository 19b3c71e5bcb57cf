// Sizes a file may have (S76), looked at before anything is parsed, so that no text can cost more than a fixed amount of work.
import type { IToken } from 'chevrotain';
import type { Diagnostic } from './diagnostic.ts';
import { finding } from './finding.ts';
import { opensBlock, opensStage, tokenSpan } from './segment.ts';
import { keyword } from './tokens.ts';
import type { Span } from './tree-terms.ts';
import { utf8Length } from './utf8.ts';

const fileBytesMax = 262_144;
/** Words, numbers and marks of one file. */
export const tokensMax = 50_000;
const nestingMax = 64;

/** Returns a finding that names the first limit a file passes; undefined where it passes none. Pure. Source: language.md S76, S78 */
export function passedLimit(path: string, text: string, tokens: readonly IToken[]): Diagnostic | undefined {
  if (text.length > fileBytesMax || utf8Length(text) > fileBytesMax) return passed(path, 'A file may have at most 256 KiB', { start: 0, end: 0 });
  const last = tokens.at(-1);
  if (tokens.length > tokensMax && last !== undefined) return passed(path, 'A file may have at most 50,000 words, numbers and marks', tokenSpan(last));
  const deepest = tooDeep(tokens);
  return deepest && passed(path, 'Blocks may be nested at most 64 deep', tokenSpan(deepest));
}

/** First token that opens a 65th block inside 64 others. */
function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  let depth = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.tokenType === keyword('end')) depth = Math.max(0, depth - 1);
    else if (opensBlock(token) && tokens[index - 1]?.tokenType !== keyword('proposed')) depth = 1;
    else if (opensStage(tokens, index)) depth += 1;
    if (depth > nestingMax) return token;
  }
  return undefined;
}

function passed(path: string, message: string, span: Span): Diagnostic {
  return finding(path, 'GDO004', {
    message,
    span,
    label: 'too much from here on',
    why: 'Every node must be able to read every text, so all sizes have a limit.',
    help: 'Split it into several files or blocks.',
  });
}
