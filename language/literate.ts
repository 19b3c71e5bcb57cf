// Literate files (`*.gdo.md`): which parts bind, and the headings above them (language.md section 10). It reads fences and headings of Markdown, nothing else of it.
import type { Span } from './tree-terms.ts';

/** One fence that binds: the text between its marks. */
export interface Fence {
  readonly kind: 'gdo' | 'gdo-test';
  readonly span: Span;
}

/** A literate file taken apart; `blanked` has the length and the line ends of the text, with spaces for all that does not bind. */
export interface Literate {
  readonly blanked: string;
  readonly fences: readonly Fence[];
  readonly articles: readonly { readonly heading: string; readonly span: Span }[];
}

/** Whether a path names a literate file. Pure. */
export function isLiterate(path: string): boolean {
  return path.endsWith('.gdo.md');
}

/**
 * Takes a literate file apart: fences of three or more backticks or tildes whose first word is `gdo` or `gdo-test` bind; lines that begin with one to
 * six `#` and a space are headings. A fence that is never closed goes to the end. Pure. Source: language.md S79, S80
 */
export function literate(text: string): Literate {
  const fences: Fence[] = [];
  const articles: { readonly heading: string; readonly span: Span }[] = [];
  let open: { readonly mark: string; readonly kind: Fence['kind'] | undefined; readonly start: number } | undefined;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const next = newline === -1 ? text.length : newline + 1;
    const line = text.slice(start, end).trimEnd();
    const mark = fenceMark(line);
    if (open === undefined && mark !== '') {
      const info = line.trimStart().slice(mark.length).trim();
      if (!info.includes('`')) open = { mark, kind: bindingKind(info), start: next };
    } else if (open !== undefined) {
      const closes = mark !== '' && mark[0] === open.mark[0] && mark.length >= open.mark.length && line.trim() === mark;
      if (closes && open.kind !== undefined) fences.push({ kind: open.kind, span: { start: open.start, end: start } });
      if (closes) open = undefined;
    } else {
      const heading = headingOf(line);
      if (heading !== undefined) articles.push({ heading, span: { start, end: start + line.length } });
    }
    start = next;
  }
  if (open?.kind !== undefined) fences.push({ kind: open.kind, span: { start: open.start, end: text.length } });
  return { blanked: blanked(text, fences), fences, articles };
}

/** The backticks or tildes that open a line, at least three, after at most three spaces; empty if none. */
function fenceMark(line: string): string {
  const body = line.trimStart();
  const first = body[0];
  if (line.length - body.length > 3 || (first !== '`' && first !== '~')) return '';
  let count = 1;
  while (body[count] === first) count += 1;
  return count >= 3 ? body.slice(0, count) : '';
}

function bindingKind(info: string): Fence['kind'] | undefined {
  const space = info.search(/[\s{]/);
  const word = space === -1 ? info : info.slice(0, space);
  return word === 'gdo' || word === 'gdo-test' ? word : undefined;
}

function headingOf(line: string): string | undefined {
  const body = line.trimStart();
  let level = 0;
  while (body[level] === '#') level += 1;
  if (line.length - body.length > 3 || level < 1 || level > 6 || (body.length > level && body[level] !== ' ' && body[level] !== '\t')) return undefined;
  let end = body.length;
  while (end > level && body[end - 1] === '#') end -= 1;
  const closing = end < body.length && (body[end - 1] === ' ' || end === level);
  return body.slice(level, closing ? end : body.length).trim();
}

function blanked(text: string, fences: readonly Fence[]): string {
  let result = '';
  let at = 0;
  for (const { span } of fences) {
    result += blank(text.slice(at, span.start)) + text.slice(span.start, span.end);
    at = span.end;
  }
  return result + blank(text.slice(at));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
