// Applies the safe fixes of findings to texts in memory. It writes no file, and never touches who decides, how many, or by when.
import type { Diagnostic } from '../../language/index.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies every safe fix that does not overlap an earlier one. Pure.
 * @returns the changed texts by path, and how many findings were repaired
 */
export function safeEdits(
  findings: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
): { readonly texts: ReadonlyMap<string, string>; readonly count: number } {
  const edits = new Map<string, Edit[]>();
  let count = 0;
  for (const finding of findings) {
    const fix = finding.fixes.find((candidate) => candidate.safety === 'safe');
    if (fix === undefined) continue;
    const wanted = fix.edits.map((edit) => ({ file: edit.file, start: edit.span.start, end: edit.span.end, text: edit.text }));
    const free = wanted.every(
      (edit) => texts.has(edit.file) && !(edits.get(edit.file) ?? []).some((other) => edit.start <= other.end && other.start <= edit.end),
    );
    if (!free) continue;
    count += 1;
    for (const edit of wanted) edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit]);
  }
  const changed = new Map<string, string>();
  for (const [file, list] of edits) {
    const before = texts.get(file) ?? '';
    const after = list.toSorted((a, b) => b.start - a.start).reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), before);
    if (after !== before) changed.set(file, after);
  }
  return { texts: changed, count: changed.size === 0 ? 0 : count };
}
