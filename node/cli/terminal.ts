// How text meets a terminal: colour, width in columns, wrapping, hidden characters made visible. It decides nothing and prints nothing.
import { styleText } from 'node:util';
import type { World } from './world.ts';

/** What of the world decides how text looks. */
export type Look = Pick<World, 'color' | 'plain' | 'columns'>;

/** The few styles used; colour never carries meaning alone. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'green';

/** Paints text where the world wants colour, and leaves it alone elsewhere. Pure. */
export function paint(world: Pick<World, 'color'>, style: Style, text: string): string {
  return world.color && text !== '' ? styleText(style, text, { validateStream: false }) : text;
}

/** Columns that `text` takes in a terminal: 2 for East Asian wide characters and most emoji, 0 for combining marks. Pure. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character.codePointAt(0) ?? 0);
  return width;
}

const zeroWidth: readonly (readonly [from: number, to: number])[] = [
  [0x0300, 0x036f],
  [0x0483, 0x0489],
  [0x0591, 0x05bd],
  [0x0610, 0x061a],
  [0x064b, 0x065f],
  [0x200b, 0x200f],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
];

const doubleWidth: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function characterWidth(point: number): number {
  if (point < 0x300) return 1;
  if (zeroWidth.some(([from, to]) => point >= from && point <= to)) return 0;
  return doubleWidth.some(([from, to]) => point >= from && point <= to) ? 2 : 1;
}

/**
 * Makes characters visible that would move the cursor or hide text: controls and bidirectional marks become `<U+202E>`.
 * Line feeds stay. Whatever comes from a file, a ledger or a network passes here before it is printed. Pure.
 */
export function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are exactly the characters that must not reach a terminal
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return `<U+${point.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/**
 * Breaks text at spaces so that no line is wider than `columns`, except a single longer word. Lines already in the text stay. Runs of
 * several spaces inside a line are kept, since help texts align code with them. Pure.
 */
export function wrap(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
}

function wrapLine(line: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of line.split(/(?<=\S)(?= )/)) {
    if (current !== '' && displayWidth(current) + displayWidth(piece) > columns) {
      lines.push(current);
      current = piece.trimStart();
    } else {
      current += piece;
    }
  }
  lines.push(current);
  return lines;
}

/** One of `why:`, `help:`, `more:` with its text wrapped and aligned; no line at all for an empty text. Pure. */
export function note(label: string, text: string, look: Look): readonly string[] {
  if (text === '') return [];
  const lines = wrap(visible(text), Math.max(30, look.columns - 9));
  return lines.map((line, index) => `  ${index === 0 ? paint(look, 'bold', label) + ' '.repeat(7 - label.length) : ' '.repeat(7)}${line}`);
}

/** Replaces the drawn characters of gdo by ASCII for `--plain`. Pure. */
export function plainText(text: string): string {
  return text.replaceAll(/[╭╰├─│┆✓✗⚠…→•]/g, (character) => plainOf.get(character) ?? '?');
}

const plainOf: ReadonlyMap<string, string> = new Map([
  ['╭', '+'],
  ['╰', '+'],
  ['├', '+'],
  ['─', '-'],
  ['│', '|'],
  ['┆', ':'],
  ['✓', 'ok'],
  ['✗', 'no'],
  ['⚠', '!'],
  ['…', '...'],
  ['→', '->'],
  ['•', '*'],
]);
