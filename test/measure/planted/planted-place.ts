// Where a planted fault is: the lines that were changed, or the block around them. A finding counts only if it points there.
import type { Diagnostic } from '../../../language/index.ts';
import type { SourceText } from '../corpus.ts';
import type { Slip } from './edits.ts';

/** A range of one file, offsets in the changed text, end exclusive; `line` counts from 1. */
export interface PlantedPlace {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The place of a slip: the changed lines, or what stands around them where the finding belongs to a stage or a declaration. Pure. */
export function placeOf({ path, text: before }: SourceText, text: string, { within = 'line' }: Pick<Slip, 'within'>): PlantedPlace {
  const [from, to] = changed(before, text);
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = lineEnd(text, to);
  const line = text.slice(0, from).split('\n').length;
  if (within === 'line') return { file: path, start, end, line };
  if (within === 'file') return { file: path, start: 0, end: text.length, line };
  if (within === 'organization') return { file: path, start: text.indexOf('organization "'), end: lineEnd(text, text.indexOf('organization "')), line };
  const [head, close] = within === 'stage' ? [/^ {0,2}(?!end\b)\S/gm, /^ {0,2}end\b/m] : [/^(?!end\b)[a-z]/gm, /^end\b/m];
  const opening = [...text.slice(0, to > from ? to : start).matchAll(head)].at(-1)?.index ?? start;
  const closing = text.slice(to).search(close);
  return { file: path, start: opening, end: closing < 0 ? end : lineEnd(text, to + closing), line };
}

/** The range of the second text that is not in the first. */
function changed(before: string, after: string): readonly [start: number, end: number] {
  let start = 0;
  while (start < after.length && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < Math.min(before.length, after.length) - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return [start, after.length - same];
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** True where a finding points at the place. Pure. */
export function isAt({ file, start, end }: PlantedPlace, { place }: Diagnostic): boolean {
  return place.file === file && place.span.start <= end && place.span.end >= start;
}
