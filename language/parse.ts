// From a text to its tree and its findings. It never throws for a text, however broken or hostile, and keeps every declaration that can be read.
import { checkLiterals } from './check-literals.ts';
import { checkTree } from './check-tree.ts';
import type { Diagnostic } from './diagnostic.ts';
import { finding, shown } from './finding.ts';
import { fenceFindings } from './fences.ts';
import { unreachable } from './invariant.ts';
import { passedLimit, tokensMax } from './limits.ts';
import { isLiterate, literate } from './literate.ts';
import { readDeclaration } from './parser.ts';
import { lineAndColumn } from './position.ts';
import { recover } from './recover.ts';
import type { Scan, ScanFault } from './scan.ts';
import { scan } from './scan.ts';
import type { Label } from './reader.ts';
import { blockEnd, declarationWords, isLineStart, lineEnd, opensDeclaration, retyped, segmentEnd, stageWords, tokenSpan } from './segment.ts';
import { strangeMark } from './strange-marks.ts';
import { suggest } from './suggest.ts';
import type { Token } from './token-list.ts';
import { TokenList } from './token-list.ts';
import type { Kind } from './tokens.ts';
import { Int, isWord, keyword, kindOfWord, Param, vagueWords, Word } from './tokens.ts';
import type { BylawsFile, Declaration } from './tree.ts';
import type { Span } from './tree-terms.ts';
import { vagueWord } from './wording.ts';

/** The only version of the grammar there is. */
const versionKnown = 1;
/** A declaration with more faults than this is not mended any further: the first ones show the reader what is wrong. */
const recoveriesMax = 20;

/** A text with more faults than this is not read any further: each costs time, and nobody reads so many. */
const faultsMax = 200;

/** A tree and what was found while it was built; findings come in text order. */
export interface Parsed {
  readonly file: BylawsFile;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses one bylaws text; a path that ends in `.gdo.md` makes it a literate file. Offsets are those of the text given. Declarations that cannot be
 * read are left out, clauses that cannot be read are left out of theirs. Never throws. Pure. Source: language.md sections 3, 4, 9, 10
 */
export function parseBylaws(source: { readonly path: string; readonly text: string }): Parsed {
  const { path, text } = source;
  const parts = isLiterate(path) ? literate(text) : undefined;
  const scanned = scan(parts?.blanked ?? text, tokensMax);
  const characters = (parts === undefined ? scanned.faults : scan(text, 0).faults)
    .filter(isHiddenFault)
    .concat(scanned.faults.filter((fault) => !isHiddenFault(fault)));
  const file = { path, text, version: versionKnown, comments: scanned.comments, articles: parts?.articles ?? [] };
  const tooMuch = passedLimit(path, text, scanned.tokens);
  if (tooMuch !== undefined) return { file: { ...file, declarations: [] }, diagnostics: [tooMuch] };
  const reader = new FileReader(path, scanned.tokens);
  reader.read(reader.header());
  const tree: BylawsFile = { ...file, version: reader.version, declarations: reader.declarations };
  const found = reader.version === versionKnown ? [...reader.diagnostics, ...checks(tree, scanned, reader)] : reader.diagnostics.slice(0, 1);
  if (parts !== undefined && reader.version === versionKnown) found.push(...fenceFindings(tree, parts.fences));
  found.push(
    ...characters
      .filter((fault) => isHiddenFault(fault) || !reader.faultLines.has(lineAndColumn(text, fault.span.start).line))
      .map((fault) => characterFinding(path, text, fault)),
  );
  found.sort((a, b) => a.place.span.start - b.place.span.start || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  return { file: tree, diagnostics: found };
}

function checks(tree: BylawsFile, scanned: Scan, reader: FileReader): readonly Diagnostic[] {
  const { path } = tree;
  return [
    ...checkLiterals(path, scanned.tokens),
    ...checkTree(tree),
    ...labelFindings(path, reader),
    ...parameterFindings(path, tree, scanned.tokens),
    ...vagueFindings(path, scanned.tokens, reader),
  ];
}

const gdo = keyword('gdo');
const end = keyword('end');
const allow = keyword('allow');

function beginsDeclaration(kind: Kind | undefined): boolean {
  return opensDeclaration(kind) || kind === allow;
}

/** Reads the declarations of one file in order; one instance per text. */
class FileReader {
  readonly declarations: Declaration[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly labels: Label[] = [];
  readonly faultLines = new Set<number>();
  version: number = versionKnown;
  private readonly path: string;
  private readonly tokens: TokenList;

  constructor(path: string, tokens: TokenList) {
    this.path = path;
    this.tokens = tokens;
  }

  /** Reads `gdo 1` and returns the index of what follows it. */
  header(): number {
    const { tokens } = this;
    const [first, second] = [tokens.kind(0), tokens.kind(1)];
    if (first === gdo && second === Int) {
      this.version = Number(tokens.image(1));
      if (this.version !== versionKnown) this.diagnostics.push(unknownVersion(this.path, tokens));
      return 2;
    }
    this.diagnostics.push(noVersion(this.path, tokens));
    // `gdo` alone, `1` alone, or a slip such as `god 1` is the rest of such a line; anything else is the text itself.
    const isHead = first === gdo || first === Int || (second === Int && !opensDeclaration(first));
    if (!isHead) return 0;
    let at = 1;
    if (!opensDeclaration(second)) while (at < tokens.count && !tokens.isFirst(at)) at += 1;
    return at;
  }

  /** Reads all declarations from a token on. What is right is read at once; a run of tokens that holds a fault is taken apart. */
  read(from: number): void {
    const { tokens } = this;
    for (let at = from; at < tokens.count;) {
      if (this.diagnostics.length > faultsMax) {
        this.diagnostics.push(tooManyFaults(this.path, tokens.span(at)));
        return;
      }
      const reading = beginsDeclaration(tokens.kind(at)) ? readDeclaration(tokens, at) : undefined;
      if (reading?.kind === 'read') {
        this.declarations.push(reading.declaration);
        this.labels.push(...reading.labels);
        at = reading.rest;
      } else {
        const next = segmentEnd(tokens, at);
        this.mend(tokens.slice(at, next));
        at = next;
      }
    }
  }

  /** Reads a run of tokens that holds a fault: tells it, mends it or leaves it out, and goes on behind it. */
  private mend(segment: readonly Token[]): void {
    let tokens = segment;
    let broken = false;
    for (let recoveries = 0; tokens.length > 0;) {
      if (!beginsDeclaration(tokens[0]?.kind)) {
        tokens = this.stray(tokens, broken);
        broken = true;
        continue;
      }
      const reading = readDeclaration(TokenList.of(this.tokens.text, tokens), 0);
      if (reading.kind === 'read') {
        this.declarations.push(reading.declaration);
        if (!broken) this.labels.push(...reading.labels);
        tokens = tokens.slice(reading.rest);
        continue;
      }
      const recovery = recover(this.path, tokens, reading.stopped);
      this.report(recovery.diagnostic, recovery.lines);
      broken = true;
      recoveries += 1;
      tokens = recoveries > recoveriesMax ? [] : recovery.tokens;
    }
  }

  /** Passes over what stands between declarations; says so unless it is the tail of a fault already told. */
  private stray(tokens: readonly Token[], broken: boolean): readonly Token[] {
    const [token] = tokens;
    if (token === undefined) return [];
    const candidates = isWord(token.kind) ? suggest(token.image, [...declarationWords, 'allow']) : [];
    const [only] = candidates;
    if (!broken) this.report(strangeMark(this.path, tokens, 0)?.diagnostic ?? strayFinding(this.path, token, candidates), [token.line]);
    if (only !== undefined) return [retyped(token, kindOfWord(only), only), ...tokens.slice(1)];
    if (token.kind === end) return tokens.slice(lineEnd(tokens, 0));
    const next = lineEnd(tokens, 0);
    const deeper = next < tokens.length && (tokens[next]?.column ?? 1) > token.column;
    const rest = tokens.slice(deeper ? blockEnd(tokens, next) : next);
    const nextAllow = rest.findIndex((later, index) => later.kind === allow && isLineStart(rest, index) && later.column <= token.column);
    return nextAllow === -1 ? [] : rest.slice(nextAllow);
  }

  private report(diagnostic: Diagnostic, lines: readonly number[]): void {
    if (!this.faultLines.has(lines[0] ?? 0)) this.tell(diagnostic);
    for (const line of lines) this.faultLines.add(line);
  }

  /** A stage that is called by a reserved word, and all that goes there, are one fault (S72). */
  private tell(diagnostic: Diagnostic): void {
    const before = this.diagnostics.findIndex(({ code, message }) => code === 'GDO003' && diagnostic.code === code && diagnostic.message === message);
    const told = this.diagnostics[before];
    if (told === undefined) this.diagnostics.push(diagnostic);
    else this.diagnostics[before] = { ...told, related: [...told.related, { ...diagnostic.place, label: 'and here' }] };
  }
}

function unknownVersion(path: string, tokens: TokenList): Diagnostic {
  const span = tokens.span(1);
  return finding(path, 'GDO009', {
    message: `This text asks for version ${shown(tokens.image(1))} of the language, and only version 1 is known`,
    span,
    label: 'not known',
    why: 'A later version may give the same words another meaning, so nothing is read on a guess.',
    help: 'Write `gdo 1`, or use a newer release of gdo.',
    fixes: [{ safety: 'unsafe', span, text: '1' }],
  });
}

function tooManyFaults(path: string, span: Span): Diagnostic {
  return finding(path, 'GDO001', {
    message: `The text has more than ${faultsMax} faults, and was not read from here on`,
    span,
    label: 'not read from here on',
    why: 'Until it is read nobody knows what the rest of the text says.',
    help: 'Mend the faults above first, or see whether this is a text of bylaws at all.',
  });
}

function noVersion(path: string, tokens: TokenList): Diagnostic {
  const span = tokens.count === 0 ? { start: 0, end: 0 } : tokens.span(0);
  const isHead = tokens.kind(0) === gdo;
  return finding(path, 'GDO001', {
    message: isHead ? 'The first line does not say which version of the language the text is in' : 'The text does not begin with `gdo 1`',
    span,
    label: 'the first line is missing',
    why: 'The first line says by which rules the text is read, today and in ten years.',
    help: 'Make the first line: gdo 1',
    fixes: isHead ? [] : [{ safety: 'safe', span: { start: span.start, end: span.start }, text: 'gdo 1\n\n' }],
  });
}

function strayFinding(path: string, token: Token, candidates: readonly string[]): Diagnostic {
  const span = tokenSpan(token);
  const why = 'Everything in the text belongs to a declaration; what stands outside of one would not hold.';
  if (token.kind === end) {
    return finding(path, 'GDO001', {
      message: 'This `end` closes nothing',
      span,
      label: 'one too many',
      why,
      help: 'Delete it, or look above for an `end` that closes its block too early.',
    });
  }
  if (candidates.length > 0) {
    const listed = candidates.map((word) => shown(word)).join(' or ');
    const fixes = candidates.length === 1 ? [{ safety: 'safe' as const, span, text: candidates[0] ?? '' }] : [];
    return finding(path, 'GDO001', {
      message: `The word ${shown(token.image)} is not known here; did you mean ${listed}`,
      span,
      label: `perhaps ${listed}`,
      why,
      help: `Declarations begin with ${words}.`,
      fixes,
    });
  }
  const stage = stageWords.some((word) => token.kind === keyword(word));
  const message = stage ? `The stage ${shown(token.image)} stands outside of any process` : `A declaration cannot begin with ${shown(token.image)}`;
  const help = stage ? 'Look above for an `end` that closes the process too early.' : `Declarations begin with ${words}.`;
  return finding(path, 'GDO001', { message, span, label: 'belongs to no declaration', why, help });
}

const words: string = declarationWords.map((word) => `\`${word}\``).join(', ');

function isHiddenFault(fault: ScanFault): boolean {
  return fault.kind === 'hidden' || fault.kind === 'lone-return' || fault.kind === 'lone-surrogate';
}

function characterFinding(path: string, text: string, fault: ScanFault): Diagnostic {
  const { span } = fault;
  const image = text.slice(span.start, span.end);
  switch (fault.kind) {
    case 'hidden':
    case 'lone-surrogate':
      return finding(path, 'GDO005', {
        message: `A hidden character (${codePoint(image)}) stands in the text`,
        span,
        label: 'cannot be seen',
        why: 'Hidden characters can make people read something else than what holds.',
        help: image === '\ufeff' && span.start === 0 ? 'Delete it, or save the file as UTF-8 without a byte order mark.' : 'Delete it.',
        fixes: [{ safety: 'safe', span, text: '' }],
      });
    case 'lone-return':
      return finding(path, 'GDO005', {
        message: 'A line ends in a way that is none here (U+000D alone)',
        span,
        label: 'half a line end',
        why: 'An editor shows a new line, and for gdo the line goes on: a rule behind a comment would not hold.',
        help: 'Save the file with the line ends of Unix (LF) or Windows (CRLF).',
      });
    case 'open-quote':
      return finding(path, 'GDO001', {
        message: `The quote ${shown(image)} has no closing mark`,
        span,
        label: 'opened here',
        why: 'Without it nobody can tell where the quoted words end.',
        help: 'Put a straight double quote behind the last quoted word; a quote cannot go on in the next line.',
      });
    case 'curly-quote':
      return finding(path, 'GDO001', {
        message: `The quote ${shown(image)} has curly marks`,
        span,
        label: 'not straight',
        why: 'Many programs curl quotes as you type; here only straight ones begin and end a quote.',
        help: 'Use straight double quotes.',
        fixes: [{ safety: 'safe', span, text: `"${image.slice(1, -1)}"` }],
      });
    case 'spaced-percent':
      return finding(path, 'GDO006', {
        message: `The value ${shown(image)} has a space before the percent sign`,
        span,
        label: 'no space here',
        why: 'A number and its sign are one word.',
        help: `Write ${image.replace(/\s/g, '')} without a space.`,
        fixes: [{ safety: 'safe', span, text: image.replace(/\s/g, '') }],
      });
    default:
      return unreachable(fault.kind);
  }
}

function codePoint(image: string): string {
  return `U+${image.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function labelFindings(path: string, reader: FileReader): readonly Diagnostic[] {
  return reader.labels
    .filter(({ label, expected }) => label.text !== expected)
    .map(({ label, expected, opener }) =>
      finding(path, 'GDO007', {
        message:
          expected === undefined
            ? `This block has no name, so ${shown(`end of ${label.text}`)} does not close it`
            : `The label ${shown(label.text)} stands at the end of ${shown(expected)}`,
        span: label.span,
        label: 'another name',
        related: [{ span: opener, label: 'the block begins here' }],
        why: 'A label that names another block makes readers think the wrong one ends here.',
        help: expected === undefined ? 'Write `end` alone.' : `Write ${shown(`end of ${expected}`)}, or look for an \`end\` too many or too few above.`,
        fixes: expected === undefined ? [] : [{ safety: 'safe', span: label.span, text: expected }],
      }),
    );
}

function parameterFindings(path: string, tree: BylawsFile, tokens: TokenList): readonly Diagnostic[] {
  const used = tokens.indexesOf(Param);
  if (used.length === 0 || tree.declarations.some(({ kind }) => kind === 'module' || kind === 'parameter')) return [];
  const seen = new Set<string>();
  return used
    .filter((index) => !seen.has(tokens.image(index)) && seen.add(tokens.image(index)))
    .map((index) =>
      finding(path, 'GDO033', {
        message: `The parameter ${shown(tokens.image(index))} stands outside of a module`,
        span: tokens.span(index),
        label: 'no value here',
        why: 'Only a module is filled in by others; in these rules nobody would give it a value.',
        help: 'Write the value itself, for instance: 14 days',
      }),
    );
}

/** Letters of the shortest and longest vague word: only names as long are looked at. */
const vagueLengths: readonly [number, number] = [Math.min(...vagueWords.map(({ length }) => length)), Math.max(...vagueWords.map(({ length }) => length))];

function vagueFindings(path: string, tokens: TokenList, reader: FileReader): readonly Diagnostic[] {
  const [shortest, longest] = vagueLengths;
  const vague = tokens.indexesOf(Word).filter((index) => {
    const length = tokens.end(index) - tokens.start(index);
    return length >= shortest && length <= longest && vagueWords.includes(tokens.image(index));
  });
  if (vague.length === 0) return [];
  const declared = new Set(tokens.slice(0, tokens.count).flatMap(({ image }, index) => (opensDeclaration(tokens.kind(index - 1)) ? [image] : [])));
  return vague
    .flatMap((index) => tokens.slice(index, index + 1))
    .filter(({ image, line }) => !declared.has(image) && !reader.faultLines.has(line))
    .map((token) => vagueWord(path, token));
}
