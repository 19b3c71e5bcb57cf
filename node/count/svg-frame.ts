// The parts of a picture of a count: the frame, text that never leaves its place, and text made safe for XML. No scripts, no fonts from outside.
import { displayWidth } from '../cli/terminal.ts';
import { escapeHtml } from '../docs/escape.ts';

/** A part of a picture: its elements and how much room they take. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: readonly string[];
}

/** Pixels for one column of text at 12 pixels: wider than any common sans-serif face. */
const columnWidth = 7.2;

/** The room that a text of 12 pixels needs at most. */
export function widthOf(text: string): number {
  return Math.ceil(displayWidth(text) * columnWidth);
}

/** Cuts text to the columns that fit, with an ellipsis. */
function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (widthOf(`${kept}${letter}…`) > width) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** One line of text that fits `room`; what is cut stays whole in its tooltip. */
export function label(
  x: number,
  y: number,
  text: string,
  style: { readonly room?: number; readonly anchor?: 'middle' | 'end'; readonly strong?: boolean; readonly color?: string } = {},
): string {
  const shown = style.room === undefined ? text : cut(text, style.room);
  const whole = shown === text ? '' : `<title>${escapeHtml(text)}</title>`;
  const attributes = [
    style.anchor === undefined ? '' : ` text-anchor="${style.anchor}"`,
    style.strong === true ? ' font-weight="bold"' : '',
    style.color === undefined ? '' : ` fill="${style.color}"`,
  ];
  return `<text x="${x}" y="${y}"${attributes.join('')}>${escapeHtml(shown)}${whole}</text>`;
}

/** One document of drawings below each other. */
export function framed(title: string, drawings: readonly Drawing[]): string {
  const width = Math.max(200, ...drawings.map((drawing) => drawing.width));
  let top = 0;
  const parts = drawings.map((drawing) => {
    const part = `<g transform="translate(0 ${top})">\n${drawing.body.join('\n')}\n</g>`;
    top += drawing.height;
    return part;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    `<rect width="${width}" height="${top}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
