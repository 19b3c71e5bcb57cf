// Words people bring from other rule books that name no rule here: secret ballots, majorities, shares of nothing (GDO030, GDO031, GDO034).
import type { Diagnostic } from './diagnostic.ts';
import { finding, shown } from './finding.ts';
import { isLineStart, lineEnd, tokenSpan } from './segment.ts';
import type { Token } from './token-list.ts';
import { Fraction, keywordOf, Percent, vagueWords } from './tokens.ts';

/** Lines with one of these count people or votes. */
const countingWords: readonly string[] = ['quorum', 'passes', 'when', 'unless', 'started', 'turnout', 'by'];
/** Words that follow a base, so that a share right before them has none. */
const afterBase: readonly string[] = [
  'are',
  'is',
  'say',
  'voting',
  'present',
  'over',
  'saying',
  'go',
  'and',
  'approve',
  'endorse',
  'object',
  'agree',
  'within',
];

/** Looks through the line in which reading stopped; `from` to `at` are indexes of tokens. Pure. */
export function wordingFault(path: string, tokens: readonly Token[], from: number, at: number): Diagnostic | undefined {
  const end = at < tokens.length && isLineStart(tokens, at) && at > from ? at : lineEnd(tokens, Math.min(at, tokens.length - 1));
  const counts = tokens.slice(from, end).some((token) => countingWords.includes(token.image));
  for (let index = from; index < end; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const word = token.image.toLowerCase();
    const next = tokens[index + 1]?.image.toLowerCase() ?? '';
    const previous = tokens[index - 1]?.image.toLowerCase() ?? '';
    if (word === 'secret' && (next.startsWith('ballot') || previous.startsWith('ballot') || next.startsWith('vot'))) return secretBallot(path, token);
    if (vagueWords.includes(word) || (word === 'most' && !tokens.slice(Math.max(0, index - 2), index).some(({ image }) => image === 'at')))
      return vagueWord(path, token);
    if (counts && (token.kind === Fraction || token.kind === Percent) && hasNoBase(tokens, index, end)) return missingBase(path, token);
  }
  return undefined;
}

/** Whether a share is followed by something that comes after a base. */
function hasNoBase(tokens: readonly Token[], index: number, end: number): boolean {
  const next = tokens[index + 1];
  if (next === undefined || index + 1 >= end) return true;
  return afterBase.includes(keywordOf(next.kind) ?? next.image.toLowerCase());
}

/** Makes the finding for a word such as `majority`. Pure. */
export function vagueWord(path: string, token: Token): Diagnostic {
  return finding(path, 'GDO034', {
    message: `The word ${shown(token.image)} does not say how many of whom`,
    span: tokenSpan(token),
    label: 'how many, of whom',
    why: 'People read it differently: of all members, of those present, or of the votes cast, with or without abstentions.',
    help: 'Say the share and what it is a share of, for instance: more than 1/2 of votes cast are yes',
  });
}

function missingBase(path: string, token: Token): Diagnostic {
  return finding(path, 'GDO031', {
    message: `The share ${shown(token.image)} does not say of what`,
    span: tokenSpan(token),
    label: 'a share of what',
    why: `Of all members, of those who vote, or of yes and no only gives three different results, and disputes start there.`,
    help: `Write what it is a share of, for instance: at least ${token.image} of votes cast are yes, or: at least ${token.image} of members voting`,
  });
}

function secretBallot(path: string, token: Token): Diagnostic {
  return finding(path, 'GDO030', {
    message: 'A secret ballot cannot be promised here',
    span: tokenSpan(token),
    label: 'not possible',
    why: 'All ballots are signed and kept in a public record, so a word in the rules could not keep them secret.',
    help: 'Delete it, or hide choices until the close with: ballots sealed until the close revealed within 2 days',
  });
}
