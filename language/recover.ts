// When reading stops: says why in people's words, and edits the tokens so that reading can go on behind the fault. One root, one finding.
import type { Diagnostic } from './diagnostic.ts';
import { inWords, keywordsIn, startersOf } from './expected.ts';
import { finding, shown } from './finding.ts';
import type { Stopped } from './reader.ts';
import {
  asName,
  blockEnd,
  column,
  isLineStart,
  lineBegin,
  lineEnd,
  missing,
  opensDeclaration,
  retyped,
  stageWords,
  tokenSpan,
  unclosedBlock,
} from './segment.ts';
import type { Sentence } from './sentences.ts';
import { sentenceOf } from './sentences.ts';
import { editDistance, suggest } from './suggest.ts';
import type { Token } from './token-list.ts';
import type { Kind } from './tokens.ts';
import { fits, isWord, keyword, keywordOf, kindOfWord, Quoted, Unit, WeekDay, Word } from './tokens.ts';
import { strangeMark } from './strange-marks.ts';
import { swappedKeyword } from './swapped.ts';
import { walkAlong } from './walk.ts';
import { knownWords, wordingFault } from './wording.ts';

/** Where reading stopped, worked out once: `at` is the index of the first token that does not fit, `from` that of its clause. */
export interface Stop {
  readonly path: string;
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly at: number;
  readonly block: { readonly opener: Token; readonly openedAt: number; readonly kind: string; readonly clause: string } | undefined;
  /** Whether the fault is in the opening line of a block. */
  readonly inHeader: boolean;
  /** Whether the clause before could end where reading stopped. */
  readonly complete: boolean;
  readonly expected: readonly Kind[];
  /** The rule of the clause or opening line. */
  readonly rule: string;
  readonly sentence: Sentence;
}

/** What is wrong, and the tokens with which reading should be tried again. */
export interface Recovery {
  readonly diagnostic: Diagnostic;
  /** Lines of the fault: further faults there are follow-ups. */
  readonly lines: readonly number[];
  readonly tokens: readonly Token[];
}

/** Explains a stop and mends or leaves out what does not fit. Each mending removes a token, or sets one aside as a name or keyword. Pure. */
export function recover(path: string, tokens: readonly Token[], stopped: Stopped): Recovery {
  const stop = locate(path, tokens, stopped);
  const slip = swappedKeyword(stop);
  if (slip !== undefined) {
    const diagnostic = misspelt(stop, slip.token, [slip.word]);
    return { diagnostic, lines: [slip.token.line], tokens: replaced(tokens, slip.index, retyped(slip.token, kindOfWord(slip.word), slip.word)) };
  }
  const { at } = stop;
  const token = tokens[at];
  const line = token !== undefined && !breaksOff(stop) ? token.line : tokens[at - 1]?.line;
  const [diagnostic, mended] = explain(stop, token);
  // An outcome whose only line is left out looks empty afterwards.
  const opener = stop.block?.kind === 'outcome' ? stop.block.opener.line : line;
  return { diagnostic, lines: [line ?? 1, opener ?? 1], tokens: mended };
}

function explain(stop: Stop, token: Token | undefined): readonly [Diagnostic, readonly Token[]] {
  const { path, tokens } = stop;
  const wording = wordingFault(path, tokens, stop.complete && (token === undefined || isLineStart(tokens, stop.at)) ? stop.at : stop.from, stop.at);
  // A line of its own is left out alone: the opening line before it lacks nothing.
  if (wording !== undefined) return [wording, stop.complete && isLineStart(tokens, stop.at) ? withoutLine(stop) : withoutClause(stop)];
  if (isOutdented(stop)) return unclosed({ ...stop, at: stop.from });
  if (stop.complete && (token === undefined || isUnclosed(stop, token))) return unclosed(stop);
  if (breaksOff(stop)) return [brokenOff(stop), withoutClause(stop)];
  if (token === undefined) return [brokenOff(stop), withoutClause(stop)];
  const mark = strangeMark(path, tokens, stop.at);
  if (mark !== undefined) return [mark.diagnostic, mark.isComment ? withoutLine(stop) : mark.tokens];
  if (isReservedName(stop, token)) return [reservedName(stop, token), replaced(tokens, stop.at, asName(token))];
  const candidates = near(stop, token);
  const only = candidates[0];
  if (only !== undefined) return [misspelt(stop, token, candidates), replaced(tokens, stop.at, retyped(token, kindOfWord(only), only))];
  if (stop.complete && isLineStart(tokens, stop.at)) return [unknownLine(stop, token), withoutLine(stop)];
  return [unfitting(stop, token), withoutClause(stop)];
}

/** Works out the true place of the fault: reading may stop before it where two words decide, and behind it where a word was taken for a name. */
function locate(path: string, tokens: readonly Token[], stopped: Stopped): Stop {
  const { clause } = stopped;
  const open = stopped.blocks.at(-1);
  const opener = open && tokens[open.opener];
  const block = open && opener && { opener, openedAt: open.opener, kind: open.kind, clause: open.clause };
  let { at } = stopped;
  const start = clause?.start ?? -1;
  // An outcome must have a line, so a first line that is none stops the parser before it looks for `end`.
  const noFirstLine = block?.kind === 'outcome' && start === block.openedAt && isLineStart(tokens, at) && tokens[at]?.kind !== keyword('end');
  const complete = stopped.atEnd || noFirstLine;
  const from = start === -1 || start > at || noFirstLine ? at : start;
  const rule = clause?.rule ?? block?.clause ?? 'declaration';
  if (!complete) at = farthest(rule, tokens, from, at);
  // A word that opens the next line was taken for the name this line lacks.
  const previous = tokens[at - 1];
  if (at - 1 > from && previous !== undefined && block !== undefined && isLineStart(tokens, at - 1) && startersOf(block.clause).includes(previous.kind))
    at -= 1;
  const walk = walkAlong(rule, tokens, from, at);
  const tails = from < at ? walk.expected() : [];
  const expected =
    complete && block !== undefined && (from === at || isLineStart(tokens, at))
      ? [...tails, ...startersOf(block.clause), ...stagesOf(block.kind), keyword('end')]
      : tails;
  return {
    path,
    tokens,
    from,
    at,
    block,
    complete: complete && at === stopped.at,
    inHeader: block !== undefined && from === block.openedAt,
    expected: expected.length > 0 ? expected : walk.expected(),
    rule,
    sentence: sentenceOf(from === at ? [block?.kind ?? 'declaration'] : [block?.kind ?? 'declaration', rule, ...walk.ruleStack()]),
  };
}

/** Index of the first token from `at` on behind which nothing of the rule can follow. */
function farthest(rule: string, tokens: readonly Token[], from: number, at: number): number {
  let walk = walkAlong(rule, tokens, from, at);
  for (let index = at; ; index += 1) {
    const token = tokens[index];
    if (token === undefined || index >= from + lookedThroughMax) return index;
    walk = walk.after(token.kind);
    if (walk.expected().length === 0) return index;
  }
}

/** A clause is a few dozen words; a list may be longer, and then the parser's own place is good enough. */
const lookedThroughMax = 200;

function stagesOf(kind: string): readonly Kind[] {
  return kind === 'process' ? stageWords.map(keyword) : kind === 'joint' ? [keyword('vote')] : [];
}

function breaksOff(stop: Stop): boolean {
  return !stop.complete && stop.at > stop.from && (stop.at === stop.tokens.length || isLineStart(stop.tokens, stop.at));
}

function isUnclosed(stop: Stop, token: Token): boolean {
  if (opensDeclaration(token.kind)) return true;
  if (!isLineStart(stop.tokens, stop.at) || !stageWords.some((word) => token.kind === keyword(word))) return false;
  return stop.block !== undefined && stageWords.includes(stop.block.kind);
}

/** A line of a stage that stands no deeper than the stage itself was meant for the block around it. */
function isOutdented({ tokens, from, at, block }: Stop): boolean {
  if (block === undefined || !stageWords.includes(block.kind) || from >= tokens.length || from === 0 || tokens[from] === block.opener) return false;
  if (tokens[from]?.kind === keyword('end')) return false;
  if (from > at || !isLineStart(tokens, from) || !isLineStart(tokens, block.openedAt)) return false;
  return column(block.opener) > column(tokens[0]) && column(tokens[from]) <= column(block.opener);
}

function unclosed(stop: Stop): readonly [Diagnostic, readonly Token[]] {
  const { tokens, at } = stop;
  const guess = unclosedBlock(tokens.slice(0, at)) ?? { opener: stop.block?.opener ?? tokens[0], endBefore: at };
  const before = tokens[guess.endBefore - 1] ?? tokens[0];
  const opener = guess.opener ?? before;
  if (opener === undefined || before === undefined) return [brokenOff(stop), []];
  const name = tokens[tokens.indexOf(opener) + 1];
  const what = `${opener.image}${name === undefined || name.image === 'end' ? '' : ` ${name.image}`}`;
  const end = tokenSpan(before).end;
  const diagnostic = finding(stop.path, 'GDO002', {
    message: `The block ${shown(what)} has no \`end\``,
    span: tokenSpan(opener),
    label: 'opened here',
    related: [{ span: { start: end, end }, label: 'an `end` is missing after this' }],
    why: 'Without it nobody can tell which lines belong to this block and which to the next one.',
    help: `Write \`end\` on a line of its own below the last line of ${shown(what)}.`,
  });
  return [diagnostic, [...tokens.slice(0, guess.endBefore), missing(keyword('end'), 'end', before), ...tokens.slice(guess.endBefore)]];
}

function brokenOff(stop: Stop): Diagnostic {
  const previous = stop.tokens[stop.at - 1] ?? stop.tokens[0];
  const words = inWords(stop.expected);
  const after = previous === undefined ? 'here' : `after ${shown(previous.image)}`;
  return finding(stop.path, 'GDO001', {
    message: words === undefined ? `Something is missing ${after}` : `Something is missing ${after}: ${words}`,
    span: previous === undefined ? { start: 0, end: 0 } : tokenSpan(previous),
    label: 'the line breaks off here',
    ...advice(stop.sentence),
  });
}

function isReservedName(stop: Stop, token: Token): boolean {
  if (stop.complete || isLineStart(stop.tokens, stop.at) || !stop.expected.includes(Word)) return false;
  return keywordOf(token.kind) !== undefined && !isWord(token.kind);
}

function reservedName(stop: Stop, token: Token): Diagnostic {
  return finding(stop.path, 'GDO003', {
    message: `The word ${shown(token.image)} has a fixed meaning and cannot be a name`,
    span: tokenSpan(token),
    label: 'a name stands here',
    why: `A reader could not tell whether ${shown(token.image)} is a name or the beginning of a rule.`,
    help: `Use another name, for instance ${shown(`${token.image}-1`)} or a word of your own.`,
  });
}

function near(stop: Stop, token: Token): readonly string[] {
  if (!isWord(token.kind) && keywordOf(token.kind) === undefined) return [];
  // What is known from other rule books is no slip of one letter: `any` behind `and` is not `and` again.
  if (knownWords(stop.tokens, stop.at) !== undefined) return [];
  const image = token.image.toLowerCase();
  // A word that is right elsewhere, or a short one, is a slip only if one letter is; so is a word that begins otherwise.
  const mayBeTwo = keywordOf(token.kind) === undefined && image.length >= 7;
  return suggest(token.image, keywordsIn(stop.expected)).filter(
    (word) => kindOfWord(word) !== token.kind && editDistance(image, word) <= (mayBeTwo && word[0] === image[0] ? 2 : 1),
  );
}

function misspelt(stop: Stop, token: Token, candidates: readonly string[]): Diagnostic {
  const span = tokenSpan(token);
  const [only] = candidates;
  const listed = candidates.map((word) => shown(word)).join(' or ');
  return finding(stop.path, 'GDO001', {
    message: `The word ${shown(token.image)} is not known here; did you mean ${listed}`,
    span,
    label: `perhaps ${listed}`,
    why: advice(stop.sentence).why,
    help: `Write ${listed}, if that is what was meant.`,
    fixes: only !== undefined && candidates.length === 1 ? [{ safety: 'safe', span, text: only }] : [],
  });
}

function unknownLine(stop: Stop, token: Token): Diagnostic {
  const kind = stop.block?.kind ?? 'declaration';
  const block = sentenceOf([kind]);
  const home = homeOf(token, kind);
  const words = [...startersOf(stop.block?.clause ?? 'declaration'), ...stagesOf(kind), keyword('end')]
    .map((type) => keywordOf(type) ?? '')
    .filter((word) => word !== '');
  return finding(stop.path, 'GDO001', {
    message: `A line of ${block.what} cannot begin with ${shown(token.image)}`,
    span: tokenSpan(token),
    label: home === undefined ? 'no such line' : `belongs to ${home}`,
    why: `A line that cannot be read would not hold, and nobody would notice.`,
    help: `Lines of ${block.what} begin with ${[...new Set(words)].map((word) => `\`${word}\``).join(', ')}.`,
  });
}

const homes: readonly (readonly [rule: string, home: string])[] = [
  ['processClause', 'a process, before its first stage'],
  ['roleClause', 'a role'],
  ['voteClause', 'a vote'],
  ['stepClause', 'a step'],
  ['effect', 'an outcome'],
  ['rightClause', 'a right'],
  ['meetingClause', 'a meeting'],
  ['drawClause', 'a draw'],
  ['organizationClause', 'the organization'],
  ['dutyClause', 'a duty'],
  ['given', 'a scenario, before its events'],
];

function homeOf(token: Token, kind: string): string | undefined {
  return homes.find(([rule]) => (rule !== `${kind}Clause` || kind === 'process') && startersOf(rule).includes(token.kind))?.[1];
}

function unfitting(stop: Stop, token: Token): Diagnostic {
  const known = knownWords(stop.tokens, stop.at);
  if (known !== undefined) return finding(stop.path, 'GDO001', { ...advice(stop.sentence), ...known, span: tokenSpan(token) });
  const previous = stop.tokens[stop.at - 1];
  const words = stop.complete ? undefined : inWords(stop.expected);
  const message =
    words === undefined || previous === undefined
      ? `The words of this line do not fit from ${shown(token.image)} on`
      : `After ${shown(previous.image)} comes ${words}, not ${shown(token.image)}`;
  return finding(stop.path, 'GDO001', { message, span: tokenSpan(token), label: 'does not fit here', ...advice(stop.sentence) });
}

function advice(sentence: Sentence): { readonly why: string; readonly help: string } {
  return { why: `Until this line can be read nobody knows ${sentence.unknown}.`, help: `For ${sentence.what} write, for instance: ${sentence.example}` };
}

function replaced(tokens: readonly Token[], index: number, token: Token): readonly Token[] {
  return [...tokens.slice(0, index), token, ...tokens.slice(index + 1)];
}

/** Leaves out the clause that does not fit; an opening line is completed instead, so that the block around it stays. */
function withoutClause(stop: Stop): readonly Token[] {
  const { tokens, at, from } = stop;
  if (stop.block === undefined || stop.block.kind === 'property') return [];
  if (stop.block.kind === 'outcome' && stop.inHeader && tokens[at]?.kind === keyword('end')) return emptyOutcome(stop);
  if (stop.inHeader) return completedHeader(stop);
  if (breaksOff(stop)) return [...tokens.slice(0, from), ...tokens.slice(at)];
  return [...tokens.slice(0, stop.complete ? at : from), ...tokens.slice(resume(stop))];
}

/** Keeps the name of an outcome without lines, so that what goes to it still finds it. */
function emptyOutcome({ tokens, at }: Stop): readonly Token[] {
  const previous = tokens[at - 1];
  return previous === undefined ? [] : [...tokens.slice(0, at), missing(keyword('refuses'), 'refuses', previous), ...tokens.slice(lineEnd(tokens, at))];
}

/** Leaves out a line nothing is known of, with the deeper lines below it and the `end` that closes them. */
function withoutLine(stop: Stop): readonly Token[] {
  const { tokens, at } = stop;
  const next = lineEnd(tokens, at);
  const token = tokens[next];
  const known = [...startersOf(stop.block?.clause ?? 'declaration'), ...stagesOf(stop.block?.kind ?? ''), keyword('end')];
  const hasBody = token !== undefined && (column(token) > column(tokens[at]) || !known.some((type) => fits(token.kind, type)));
  return [...tokens.slice(0, at), ...tokens.slice(hasBody ? blockEnd(tokens, next) : next)];
}

/** Index of the first token behind the fault that begins a line of its own. */
function resume(stop: Stop): number {
  const { tokens, at, block } = stop;
  const starters = block === undefined ? [] : [...startersOf(block.clause), ...stagesOf(block.kind), keyword('end')];
  const oneLine = tokens[0]?.line === tokens.at(-1)?.line;
  if (oneLine) {
    for (let index = at + 1; index < tokens.length; index += 1) {
      const token = tokens[index];
      if (token !== undefined && !isWord(token.kind) && starters.includes(token.kind)) return index;
    }
    return tokens.length;
  }
  const base = column(tokens[lineBegin(tokens, at)]);
  for (let index = lineEnd(tokens, at); index < tokens.length; index = lineEnd(tokens, index)) {
    const token = tokens[index];
    if (token !== undefined && (column(token) <= base || starters.includes(token.kind))) return index;
  }
  return tokens.length;
}

function withoutTokens(tokens: readonly Token[], from: number, to: number): readonly Token[] {
  return [...tokens.slice(0, from), ...tokens.slice(to)];
}

/** An opening line lacks at most a keyword and two operands before it is no opening line any more. */
const completedMax = 3;

/** Puts what an opening line lacks in its place; gives the block up where that is more than one word. */
function completedHeader(stop: Stop): readonly Token[] {
  const { tokens, at, from, expected } = stop;
  const previous = tokens[at - 1];
  if (previous === undefined) return [];
  const rest = isLineStart(tokens, at) ? at : Math.min(lineEnd(tokens, at), tokens.length);
  // Lines of effects that follow belong to the outcome, whatever its opening line says too much.
  if (stop.block?.kind === 'outcome' && at > from + 1 && at < rest && column(tokens[rest]) > column(tokens[from])) return withoutTokens(tokens, at, rest);
  const needed = expected.includes(Word) ? Word : (expected.find((type) => keywordOf(type) !== undefined && keywordOf(type) !== 'end') ?? expected[0]);
  const given = tokens.slice(Math.max(0, at - completedMax), at);
  // The opening line of a measure goes on with several words: one that is put in its place would be taken for its whole.
  if (needed === undefined || stop.block?.kind === 'measure' || given.every((token) => token.end === token.start)) {
    return [...tokens.slice(0, from), ...tokens.slice(from === 0 ? tokens.length : blockEnd(tokens, lineEnd(tokens, from)))];
  }
  const image = needed === Word ? 'unnamed' : needed === Quoted ? '""' : (keywordOf(needed) ?? '');
  // A token is of a unit or a day, never of any.
  const kind = needed === Unit ? keyword('day') : needed === WeekDay ? keyword('daily') : needed;
  return [...tokens.slice(0, at), missing(kind, image, previous), ...tokens.slice(rest)];
}
