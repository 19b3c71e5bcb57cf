// Sizes a file may have (S76), looked at before anything is parsed, so that no text can cost more than a fixed amount of work.
import type { Diagnostic } from './diagnostic.ts';
import { finding } from './finding.ts';
import { opensBlock, opensStage } from './segment.ts';
import type { TokenList } from './token-list.ts';
import { keyword, Word } from './tokens.ts';
import type { Span } from './tree-terms.ts';
import { utf8Length } from './utf8.ts';

const fileBytesMax = 262_144;
/** Words, numbers and marks of one file. */
export const tokensMax = 50_000;
const nestingMax = 64;

/** Returns a finding that names the first limit a file passes; undefined where it passes none. Pure. Source: language.md S76, S78 */
export function passedLimit(path: string, text: string, tokens: TokenList): Diagnostic | undefined {
  // A code unit takes three bytes at most, so most files need not be measured.
  const tooLong = text.length > fileBytesMax || (text.length * 3 > fileBytesMax && utf8Length(text) > fileBytesMax);
  if (tooLong) return passed(path, 'A file may have at most 256 KiB', { start: 0, end: 0 });
  if (tokens.count > tokensMax) return passed(path, 'A file may have at most 50,000 words, numbers and marks', tokens.span(tokens.count - 1));
  const deepest = tooDeep(tokens);
  return deepest === undefined ? undefined : passed(path, 'Blocks may be nested at most 64 deep', tokens.span(deepest));
}

const end = keyword('end');
const proposed = keyword('proposed');

/** Index of the first token that opens a 65th block inside 64 others. */
function tooDeep(tokens: TokenList): number | undefined {
  let depth = 0;
  for (let index = 0; index < tokens.count; index += 1) {
    const kind = tokens.kind(index);
    if (kind >= Word) continue;
    if (kind === end) depth = Math.max(0, depth - 1);
    else if (opensBlock(kind) && tokens.kind(index - 1) !== proposed) depth = 1;
    else if (opensStage(tokens, index)) depth += 1;
    if (depth > nestingMax) return index;
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
