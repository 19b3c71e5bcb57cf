// Words people bring from other rule books that name no rule here: secret ballots, majorities, shares of nothing (GDO030, GDO031, GDO034).
import type { Diagnostic } from './diagnostic.ts';
import { finding, shown } from './finding.ts';
import { isLineStart, lineEnd, tokenSpan } from './segment.ts';
import type { Token } from './token-list.ts';
import { Comma, Decimal, EndOfText, Fraction, Int, Junk, keywordOf, Percent, vagueWords, Word } from './tokens.ts';

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
    const glued = gluedNumber(path, tokens, index, end);
    if (glued !== undefined) return glued;
    const word = token.image.toLowerCase();
    const next = tokens[index + 1]?.image.toLowerCase() ?? '';
    const previous = tokens[index - 1]?.image.toLowerCase() ?? '';
    if (word === 'secret' && (next.startsWith('ballot') || previous.startsWith('ballot') || next.startsWith('vot'))) return secretBallot(path, token);
    if (vagueWords.includes(word) || (word === 'most' && !tokens.slice(Math.max(0, index - 2), index).some(({ image }) => image === 'at')))
      return vagueWord(path, token);
    if (previous === 'limit' && isAmount(token) && next === 'per') return limitOfNothing(path, token);
    if (counts && (token.kind === Fraction || token.kind === Percent) && hasNoBase(tokens, index, end)) return missingBase(path, token);
  }
  return undefined;
}

function isAmount({ kind }: Token): boolean {
  return kind === Int || kind === Decimal || kind === Fraction || kind === Percent;
}

/** `limit 20000 per 30 days`: `per` would be taken for what is counted, and the line break off behind it. */
function limitOfNothing(path: string, token: Token): Diagnostic {
  return finding(path, 'GDO001', {
    message: `Something is missing after ${shown(token.image)}: what is counted`,
    span: tokenSpan(token),
    label: 'so much of what?',
    why: 'Until this line can be read nobody knows how much is too much.',
    help: `Say what is counted, such as cases, the people of a role, or money: limit ${token.image} EUR per 30 days`,
  });
}

/** Letters behind a number that make another number of it, or a shortened word: `1e3`, `0x10`, `30d`. A unit misspelt is told as such. */
const gluedLetters = /^[A-Za-z]{1,2}$|[0-9]/;

/** A number and what is written to it without a space: letters, or marks between its figures. */
function gluedNumber(path: string, tokens: readonly Token[], index: number, end: number): Diagnostic | undefined {
  const token = tokens[index];
  if (token === undefined || (token.kind !== Int && token.kind !== Decimal)) return undefined;
  let last = index;
  while (last + 1 < end && tokens[last + 1]?.start === tokens[last]?.end && isGlued(tokens, last + 1)) last += 1;
  const run = tokens.slice(index, last + 1);
  const image = run.map((one) => one.image).join('');
  if (last === index) return undefined;
  const figures = figuresOf(image);
  return finding(path, 'GDO006', {
    message: `The value ${shown(image)} is not written in figures alone`,
    span: { start: token.start, end: tokens[last]?.end ?? token.end },
    label: 'figures only',
    why: 'What stands for a number in one program is another number, or none, in the next one.',
    help: figures === undefined ? 'Write the number, a space, and the whole word for what it counts, for instance: 30 days' : `Write ${figures}.`,
  });
}

function isGlued(tokens: readonly Token[], index: number): boolean {
  const { kind = EndOfText, image = '' } = tokens[index] ?? {};
  const isNumber = kind === Int || kind === Decimal;
  if (kind === Word) return gluedLetters.test(image);
  if (kind === Comma) return tokens[index + 1]?.start === tokens[index]?.end && /^[0-9]{3}$/.test(tokens[index + 1]?.image ?? '');
  return kind === Junk || isNumber;
}

/** The same number in figures, where there is no doubt which one is meant. */
function figuresOf(image: string): string | undefined {
  if (/^[0-9]{1,3}([_',][0-9]{3})+$/.test(image)) return image.replace(/[_',]/g, '');
  if (/^0[xX][0-9A-Fa-f]{1,12}$/.test(image)) return `${BigInt(image)}`;
  const [, digits, zeros] = /^([1-9][0-9]{0,5})[eE]([0-9])$/.exec(image) ?? [];
  return digits === undefined ? undefined : `${digits}${'0'.repeat(Number(zeros))}`;
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

/** Numbers as people say them, with the figures they stand for. */
const saidNumbers: Readonly<Record<string, string>> = {
  half: '1/2',
  third: '1/3',
  thirds: '2/3',
  quarter: '1/4',
  quarters: '3/4',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
};

/** What a share is parted into, as people say it behind a number: `two thirds`. */
const saidParts: Readonly<Record<string, string>> = {
  half: '2',
  halves: '2',
  third: '3',
  thirds: '3',
  quarter: '4',
  quarters: '4',
  fourths: '4',
  fifth: '5',
  fifths: '5',
  sixths: '6',
  tenth: '10',
  tenths: '10',
};

/** What is said instead of which words could follow, where the words that stand there are known from other rule books. */
export interface KnownWords {
  readonly message: string;
  readonly label: string;
  readonly help: string;
}

/** Whether something beyond ASCII stands in it that is no dash, arrow or other sign: letters, and pictures, which people use as such. */
function hasLetter(image: string): boolean {
  return Array.from(image).some((character) => character >= '\u00c0' && !/[\u00d7\u00f7\u2000-\u2bff\u3000-\u303f]/.test(character));
}

/** What is written without a space around a token. */
function unbroken(tokens: readonly Token[], at: number): string {
  let [first, last] = [at, at];
  while (first > 0 && tokens[first - 1]?.end === tokens[first]?.start) first -= 1;
  while (last + 1 < tokens.length && tokens[last + 1]?.start === tokens[last]?.end) last += 1;
  const images = tokens.slice(first, last + 1).map(({ image }) => image);
  return images.join('');
}

/** A verb as it follows one person. */
function singular(verb: string): string {
  return verb.endsWith('s') ? verb : `${verb}s`;
}

/** Numbers in words, names in other letters, `and` in a list, `any 2 members`, `expect ada is not member`, `1/2 of all members voting`, and `all but 1 members say yes`; undefined for all else. Pure. */
export function knownWords(tokens: readonly Token[], at: number): KnownWords | undefined {
  const word = (offset: number): string => tokens[at + offset]?.image ?? '';
  const figures = saidNumbers[word(0).toLowerCase()];
  const parts = saidParts[word(1).toLowerCase()];
  if (figures !== undefined)
    return {
      message: `The number ${shown(word(0))} is written in figures`,
      label: 'in figures',
      help: `Write it as a number or a share, for instance: ${parts === undefined || figures.includes('/') ? figures : `${figures}/${parts}`}`,
    };
  if (tokens[at]?.kind === Junk && hasLetter(word(0))) {
    const name = unbroken(tokens, at);
    return {
      message: `Names are written in the letters a to z, and ${shown(name)} has others`,
      label: 'not a letter from a to z',
      help: `Spell it with those letters, and give what people are to read in quotes, for instance: role member plural members "${name}"`,
    };
  }
  const isName = (offset: number): boolean => /^[A-Za-z]/.test(word(offset)) && keywordOf(tokens[at + offset]?.kind ?? Fraction) === undefined;
  if (word(0) === 'and' && isName(-1) && isName(1))
    return { message: 'Names in a list are parted by commas, not by `and`', label: 'a comma', help: `Write: ${word(-1)}, ${word(1)}` };
  const share = tokens[at - 3];
  if (word(-1) === 'all' && word(-2) === 'of' && (share?.kind === Fraction || share?.kind === Percent)) {
    return {
      message: `A share of ${shown(word(0))} is one of all of them, and is written without \`all\``,
      label: 'without `all`',
      help: `Write: ${share.image} of ${word(0)}`,
    };
  }
  if (word(-1) === 'any' && /^[0-9]+$/.test(word(0))) {
    return {
      message: '`any` is one person, and a number of people is written without it',
      label: 'without `any`',
      help: `Write: ${word(0)} ${word(1)}`,
    };
  }
  if (word(-1) === 'not' && word(-2) === 'is' && word(-4) === 'expect') {
    return {
      message: 'An expectation says what is so, and of roles also what is not',
      label: 'behind `is not`',
      help: `Write of a role: expect ${word(-3)} does not hold ${word(0)}; of a case, the stage it is at: expect ${word(-3)} is refused`,
    };
  }
  if (word(-1) === 'but' && word(-2) === 'all') {
    const body = word(1) === 'of' ? `of ${word(2)}` : word(1);
    return {
      message: '`all but` counts people in a quorum, and cannot stand here',
      label: 'belongs to a quorum',
      help: `Write a line of its own, for instance: quorum at least all but ${word(0)} ${body} saying yes`,
    };
  }
  if (word(-1) === 'and' && isName(-2) && (['any', 'the', 'a', 'an', 'at', 'all'].includes(word(0)) || /^[0-9]/.test(word(0)))) {
    const verb = [2, 3, 4, 5, 6, 7, 8].find((offset) => isName(offset) && isName(offset - 1));
    const from = [-3, -4, -5, -6, -7, -8].find((offset) => ['when', 'unless', 'without'].includes(word(offset)));
    const base = verb === undefined ? 'approve' : word(verb);
    const some = (start: number, end: number): string => Array.from({ length: end - start }, (_, place) => word(start + place)).join(' ');
    const does = (who: string): string => `${who} ${/^(any|the|an?|1) /.test(who) ? singular(base) : base}`;
    const [before, after] = [some((from ?? -4) + 1, -1), some(0, verb ?? 2)];
    return {
      message: `Those before \`and\` need a verb of their own`,
      label: 'a verb comes before `and`',
      help: `Write, for instance: ${does(before)} and ${does(after)}`,
    };
  }
  return undefined;
}
