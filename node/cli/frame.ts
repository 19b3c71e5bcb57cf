// Draws findings for people: one sentence, a code frame that can hold several places, then why, help and more. It reads no files.
import type { Diagnostic, Place } from '../../language/index.ts';
import { lineAndColumn } from '../../language/index.ts';
import { displayWidth, note, paint, plainText, visible } from './terminal.ts';
import type { Look, Style } from './terminal.ts';

/** Findings drawn in full; the rest is a count, because nobody reads the twenty-first. */
const drawnMax = 20;

/** Width a tab is shown as: to the next multiple of this. */
const tabColumns = 4;

/** A line longer than this is shown as a window around the place, so that one line of a hostile file cannot fill the screen. */
const lineColumnsMax = 200;

interface Mark {
  readonly place: Place;
  readonly primary: boolean;
  readonly line: number;
  readonly column: number;
}

/**
 * Draws findings as cli.md section 4.1 shows, at most 20 and then a count. Ends with a line feed unless there is nothing to draw.
 * @param texts - by path, the text that the offsets of the findings refer to
 */
export function drawFindings(findings: readonly Diagnostic[], texts: ReadonlyMap<string, string>, look: Look): string {
  const blocks = findings.slice(0, drawnMax).map((finding) => drawFinding(finding, texts, look));
  const rest = findings.length - blocks.length;
  if (rest > 0) blocks.push(`and ${rest} more. See them all: gdo check --format concise\n`);
  return blocks.join('\n');
}

/** Draws one finding with its frame, ending with a line feed. */
export function drawFinding(finding: Diagnostic, texts: ReadonlyMap<string, string>, look: Look): string {
  const style = severityStyle(finding.severity);
  const lines = [
    paint(look, style, `${finding.severity}[${finding.code}]`) + paint(look, 'bold', `: ${visible(finding.message).replaceAll(/\s+/g, ' ')}`),
    ...drawFrame(finding, texts, look),
    ...note('why:', finding.why, look),
    ...note('help:', finding.help, look),
    ...note('more:', `gdo explain ${finding.code}`, look),
  ];
  const text = lines.map((line) => line.trimEnd()).join('\n');
  return `${look.plain ? plainText(text) : text}\n`;
}

function severityStyle(severity: Diagnostic['severity']): Style {
  if (severity === 'error') return 'red';
  return severity === 'warning' ? 'yellow' : 'blue';
}

function drawFrame(finding: Diagnostic, texts: ReadonlyMap<string, string>, look: Look): readonly string[] {
  const marks = [finding.place, ...finding.related].map((place, index) => markOf(place, index === 0, texts));
  const digits = Math.max(2, ...marks.map((mark) => String(mark.line).length));
  const primaryFile = finding.place.file;
  const files = [primaryFile, ...new Set(marks.map((mark) => mark.place.file).filter((file) => file !== primaryFile))];
  const lines: string[] = [];
  for (const file of files) {
    const own = marks.filter((mark) => mark.place.file === file);
    const first = own[0];
    if (first === undefined) continue;
    const corner = file === primaryFile ? '╭─' : '├─';
    lines.push(`${' '.repeat(digits + 1)}${paint(look, 'dim', corner)} ${visible(file)}:${first.line}:${first.column}`);
    const text = texts.get(file);
    if (text !== undefined) lines.push(...drawLines(text, own, digits, look, finding.severity));
  }
  lines.push(`${' '.repeat(digits + 1)}${paint(look, 'dim', '╰─')}`);
  return lines;
}

function markOf(place: Place, primary: boolean, texts: ReadonlyMap<string, string>): Mark {
  const { line, column } = lineAndColumn(texts.get(place.file) ?? '', place.span.start);
  return { place, primary, line, column };
}

function drawLines(text: string, marks: readonly Mark[], digits: number, look: Look, severity: Diagnostic['severity']): readonly string[] {
  const source = text.split(/\r?\n/);
  const ordered = marks.toSorted((a, b) => a.line - b.line || a.column - b.column || Number(b.primary) - Number(a.primary));
  const lines: string[] = [];
  let last: number | undefined;
  for (const mark of ordered) {
    const window = windowOf(source[mark.line - 1] ?? '', mark.column - 1);
    if (last !== mark.line) {
      if (last !== undefined && mark.line > last + 1) lines.push(`${' '.repeat(digits + 1)}${paint(look, 'dim', '┆')}`);
      lines.push(`${paint(look, 'dim', `${String(mark.line).padStart(digits)} │`)} ${window.shown}`);
      last = mark.line;
    }
    const before = displayWidth(expand(window.text.slice(0, window.column), 0));
    const marked = displayWidth(expand(window.text.slice(window.column, window.column + mark.place.span.end - mark.place.span.start), before));
    const underline = (mark.primary ? '^' : '─').repeat(Math.max(1, marked));
    const label = visible(mark.place.label).replaceAll('\n', ' ');
    const style = mark.primary ? severityStyle(severity) : 'blue';
    lines.push(`${' '.repeat(digits)} ${paint(look, 'dim', '│')} ${' '.repeat(before)}${paint(look, style, `${underline} ${label}`.trimEnd())}`);
  }
  return lines;
}

/** The part of a long line around a column, and that column inside the part. */
function windowOf(line: string, column: number): { readonly text: string; readonly shown: string; readonly column: number } {
  if (line.length <= lineColumnsMax) return { text: line, shown: expand(line, 0), column };
  const start = Math.max(0, Math.min(column - lineColumnsMax / 4, line.length - lineColumnsMax));
  const text = `${start > 0 ? '…' : ''}${line.slice(start, start + lineColumnsMax)}…`;
  return { text, shown: expand(text, 0), column: column - start + (start > 0 ? 1 : 0) };
}

/** Tabs become spaces and hidden characters visible, so that underlines stand below what they mean. */
function expand(text: string, from: number): string {
  let out = '';
  for (const character of text) {
    if (character === '\t') out += ' '.repeat(tabColumns - ((from + displayWidth(out)) % tabColumns));
    else out += visible(character);
  }
  return out;
}
