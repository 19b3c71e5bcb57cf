// Marks that people bring from other languages and from word processors, and that have no meaning here: other signs of a comment, colons and braces behind a
// line, names joined by an underscore. One finding each, with the edit where there is no doubt.
import type { Diagnostic } from './diagnostic.ts';
import { finding, shown } from './finding.ts';
import { isLineStart, tokenSpan } from './segment.ts';
import type { Token } from './token-list.ts';
import { Junk, Word } from './tokens.ts';

const commentMarks = /^(?:#|\/\/|\/\*|<!|\u2013|\u2014|%|;)/;
const endingMarks = /^[:;{}()]+$/;

/** What is wrong with a mark, and the tokens without it. */
export interface StrangeMark {
  readonly diagnostic: Diagnostic;
  readonly tokens: readonly Token[];
  /** Whether it takes the rest of its line with it. */
  readonly isComment: boolean;
}

/** The finding about a mark that no line has; undefined for all else. Pure. */
export function strangeMark(path: string, tokens: readonly Token[], at: number): StrangeMark | undefined {
  const token = tokens[at];
  if (token?.kind !== Junk) return undefined;
  const rest = [...tokens.slice(0, at), ...tokens.slice(at + 1)];
  if (isLineStart(tokens, at) && commentMarks.test(token.image)) return { diagnostic: otherComment(path, token), tokens: rest, isComment: true };
  if (endingMarks.test(token.image)) return { diagnostic: needless(path, token), tokens: rest, isComment: false };
  return token.image === '_' ? underscore(path, tokens, at) : undefined;
}

function otherComment(path: string, token: Token): Diagnostic {
  return finding(path, 'GDO001', {
    message: `A comment begins with two dashes, not with ${shown(token.image)}`,
    span: tokenSpan(token),
    label: 'two dashes',
    why: 'What can be read as a rule or as a remark has to be one of them for everybody.',
    help: 'Write: -- and then what people are to read',
  });
}

function needless(path: string, token: Token): Diagnostic {
  const isBrace = /[{}]/.test(token.image);
  return finding(path, 'GDO001', {
    message: `No ${shown(token.image)} is needed here`,
    span: tokenSpan(token),
    label: 'nothing stands here',
    why: isBrace ? 'A block begins with its first word and ends with the word `end`.' : 'A line ends where the next one begins.',
    help: isBrace ? 'Delete it, and close the block with `end`.' : 'Delete it.',
    fixes: [{ safety: 'safe', span: tokenSpan(token), text: '' }],
  });
}

/** Words that stand together without a space: a name as other languages write it. */
function underscore(path: string, tokens: readonly Token[], at: number): StrangeMark | undefined {
  let [first, last] = [at, at];
  const isPart = (token: Token | undefined): boolean => token !== undefined && (token.kind === Word || /^[A-Za-z0-9]/.test(token.image) || token.image === '_');
  while (isPart(tokens[first - 1]) && tokens[first - 1]?.end === tokens[first]?.start) first -= 1;
  while (isPart(tokens[last + 1]) && tokens[last + 1]?.start === tokens[last]?.end) last += 1;
  const [begin, end] = [tokens[first], tokens[last]];
  if (begin === undefined || end === undefined || first === at || last === at) return undefined;
  const written = tokens.slice(first, last + 1).map(({ image }) => image);
  const meant = written.join('').replaceAll('_', '-');
  const span = { start: begin.start, end: end.end };
  const diagnostic = finding(path, 'GDO001', {
    message: `Words of a name are joined by a hyphen, and ${shown(written.join(''))} has an underscore`,
    span,
    label: 'a hyphen',
    why: 'A name is written in one way, so that nobody takes two spellings for two things.',
    help: `Write: ${meant}`,
    fixes: [{ safety: 'safe', span, text: meant }],
  });
  return { diagnostic, tokens: [...tokens.slice(0, first), { ...begin, kind: Word, image: meant, end: end.end }, ...tokens.slice(last + 1)], isComment: false };
}
