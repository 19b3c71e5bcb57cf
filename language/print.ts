// From a tree back to text in canonical form (language.md section 11): layout, comments, blank lines, far labels, fences. The words are print-declarations.ts's.
import { isLiterate, literate } from './literate.ts';
import type { Block } from './print-declarations.ts';
import { declarationBlock } from './print-declarations.ts';
import type { BylawsFile, Comment, Declaration } from './tree.ts';

/** A block of more lines than this ends in `end of NAME` (S85). */
const linesUnlabelledMax = 15;

/** Comments not printed yet, in text order, and the text they stand in. */
interface Rest {
  readonly text: string;
  readonly comments: readonly Comment[];
  next: number;
}

/**
 * Prints a file in canonical form, comments kept, with one line end at the end; in a literate file only what stands in its fences changes. Printing what
 * was printed changes nothing. Clauses a parse left out are not in the tree: print only files without findings of GDO001 and GDO002. Pure.
 * Source: language.md S83-S86
 */
export function printBylaws(file: BylawsFile): string {
  if (!isLiterate(file.path)) return printed(file, file.declarations, file.comments, true);
  const { fences } = literate(file.text);
  let result = '';
  let at = 0;
  let first = true;
  for (const { span } of fences) {
    const inside = (start: number): boolean => start >= span.start && start < span.end;
    const declarations = file.declarations.filter((declaration) => inside(declaration.span.start));
    const comments = file.comments.filter((comment) => inside(comment.span.start));
    result += file.text.slice(at, span.start) + printed(file, declarations, comments, first);
    at = span.end;
    first = false;
  }
  return result + file.text.slice(at);
}

function printed(file: BylawsFile, declarations: readonly Declaration[], comments: readonly Comment[], withVersion: boolean): string {
  const rest: Rest = { text: file.text, comments, next: 0 };
  const lines: string[] = withVersion ? [`gdo ${file.version}`] : [];
  const head = withVersion ? headComments(rest, declarations[0]) : [];
  lines.push(...head);
  let previous: Declaration | undefined;
  for (const declaration of declarations) {
    const spaced = previous === undefined ? withVersion : !(isLine(previous) && previous.kind === declaration.kind);
    const block = printedBlock(declarationBlock(declaration), rest, 0);
    if (spaced || block.commented) lines.push('');
    lines.push(...block.lines);
    previous = declaration;
  }
  const tail = restComments(rest, 0, Number.POSITIVE_INFINITY);
  if (tail.length > 0 && lines.length > 0) lines.push('');
  lines.push(...tail);
  if (lines[0] === '') lines.shift();
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Declarations of one line stand together with others of their kind. */
function isLine({ kind }: Declaration): boolean {
  return kind === 'area' || kind === 'parameter' || kind === 'attribute' || kind === 'action' || kind === 'allow';
}

/** Comments at the top that a blank line parts from the first declaration belong to the file, with all that stand above them. */
function headComments(rest: Rest, first: Declaration | undefined): string[] {
  const lines: string[] = [];
  // Without a declaration there is nothing to stand apart from: all comments follow the version.
  if (first === undefined) return lines;
  const until = first.span.start;
  let parted = rest.next;
  for (let at = rest.next; at < rest.comments.length; at += 1) {
    const comment = rest.comments[at];
    if (comment === undefined || comment.span.start >= until) break;
    const following = Math.min(rest.comments[at + 1]?.span.start ?? until, until, rest.text.length);
    if (hasBlankLine(rest.text.slice(comment.span.end, following))) parted = at + 1;
  }
  for (const comment of rest.comments.slice(rest.next, parted)) lines.push(comment.text);
  rest.next = parted;
  return lines;
}

function hasBlankLine(between: string): boolean {
  return between.split('\n').length > 2;
}

/** All comments that begin before an offset, each on a line of its own. */
function restComments(rest: Rest, indent: number, before: number): string[] {
  const lines: string[] = [];
  for (let comment = rest.comments[rest.next]; comment !== undefined && comment.span.start < before; comment = rest.comments[rest.next]) {
    lines.push(' '.repeat(indent) + comment.text);
    rest.next += 1;
  }
  return lines;
}

/** The comment behind an offset on the same line, if it is the next one. */
function trailing(rest: Rest, offset: number): string {
  const comment = rest.comments[rest.next];
  if (comment === undefined || comment.span.start < offset || rest.text.slice(offset, comment.span.start).includes('\n')) return '';
  rest.next += 1;
  return `  ${comment.text}`;
}

interface Printed {
  readonly lines: readonly string[];
  /** Whether a comment stands above it. */
  readonly commented: boolean;
}

function printedBlock(block: Block, rest: Rest, indent: number): Printed {
  const above = restComments(rest, indent, block.span.start);
  const margin = ' '.repeat(indent);
  if (block.body === undefined) {
    const inside = restComments(rest, indent, block.span.end);
    return { lines: [...above, ...inside, margin + block.line + trailing(rest, block.span.end)], commented: above.length + inside.length > 0 };
  }
  const { blocks, spaced, label } = block.body;
  // Comments belong to places of the text as it was written, so they are dealt out in that order before lines are sorted.
  const inText = blocks.map((inner, index) => ({ inner, index })).sort((a, b) => a.inner.span.start - b.inner.span.start || a.index - b.index);
  const bodyStart = inText[0]?.inner.span.start ?? block.span.end;
  const opening = margin + block.line + openingComment(rest, block.span.start, bodyStart);
  const byIndex = new Map<number, Printed>();
  for (const { inner, index } of inText) byIndex.set(index, printedBlock(inner, rest, indent + 2));
  const below = restComments(rest, indent + 2, block.span.end);
  const body = blocks.flatMap((inner, index) => {
    const lines = byIndex.get(index)?.lines ?? [];
    return spaced && isStage(inner) && index > 0 ? ['', ...lines] : lines;
  });
  const linesCount = body.length + below.length + 2;
  const end = `${margin}end${label !== undefined && linesCount > linesUnlabelledMax ? ` of ${label}` : ''}${trailing(rest, block.span.end)}`;
  return { lines: [...above, opening, ...body, ...below, end], commented: above.length > 0 };
}

function isStage(block: Block): boolean {
  return /^(step|vote|joint|meeting|draw|outcome) /.test(block.line);
}

/** The comment on the opening line of a block; others before its first line go above that line. */
function openingComment(rest: Rest, start: number, bodyStart: number): string {
  const comment = rest.comments[rest.next];
  if (comment === undefined || comment.span.start >= bodyStart) return '';
  return trailing(rest, start);
}
