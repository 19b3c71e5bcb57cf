// Lines and columns of offsets, for people. Nothing in the project computes with them.

/**
 * Turns an offset into a line and a column, both from 1; columns count UTF-16 code units, and offsets outside are moved to the nearest end. Pure.
 */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: end - lineStart + 1 };
}
