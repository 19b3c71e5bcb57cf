// How a ballot is typed: one choice, a ranking or list with commas, or points for options. It reads words and judges no ballot.
import type { Json } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';

const scorePattern = /^(?<option>[^:,=]+):(?<points>\d{1,15})$/u;

/** Reads `yes`, a ranking `a,b=c,d`, or points `a:5,b:2`. Pure. */
export function readChoice(text: string): Json {
  const scores = text.split(',').map((part) => scorePattern.exec(part)?.groups);
  if (scores.every((found) => found !== undefined)) return scores.map((found) => [found['option'] ?? '', Number(found['points'])]);
  if (!text.includes(',') && !text.includes('=')) return text;
  return text.split(',').map((rank) => {
    const equal = rank.split('=');
    return equal.length === 1 ? rank : equal;
  });
}

/** Lets a ballot through that names only choices of the vote. @throws UsageError GDO5003 with the choice that may be meant */
export function requireChoice(text: string, vote: { readonly choices: readonly string[]; readonly number: number }): void {
  // Whoever ranks may also abstain, which no list of candidates names.
  const known = [...vote.choices, 'abstain'];
  const unknown = text.split(/[,=]/).find((word) => !known.includes(scorePattern.exec(word)?.groups?.['option'] ?? word));
  if (unknown === undefined) return;
  const [near] = suggest(unknown, vote.choices);
  throw new UsageError(
    'GDO5003',
    `\`${visible(unknown)}\` is no choice in #${vote.number}`,
    near === undefined ? `one of: ${vote.choices.join(', ')}` : `did you mean \`${near}\`? Choices: ${vote.choices.join(', ')}`,
  );
}
