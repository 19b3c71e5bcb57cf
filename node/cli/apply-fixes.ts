// Applies fixes of findings to texts in memory. It writes no file, and never touches who decides, how many, or by when.
import type { Diagnostic, Fix } from '../../language/index.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies every fix of these kinds that does not overlap an earlier one. Pure.
 * @returns the changed texts by path, and how many findings were repaired
 */
export function applyFixes(
  findings: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  safeties: readonly Fix['safety'][],
): { readonly texts: ReadonlyMap<string, string>; readonly count: number } {
  const edits = new Map<string, Edit[]>();
  let count = 0;
  for (const finding of findings) {
    const fix = finding.fixes.find((candidate) => safeties.includes(candidate.safety));
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

/** The lines in which two texts differ, before and after, with the number of the first; unchanged lines at both ends are left out. Pure. */
export function changedLines(before: string, after: string): { readonly line: number; readonly before: readonly string[]; readonly after: readonly string[] } {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return { line: start + 1, before: old.slice(start, old.length - end), after: fresh.slice(start, fresh.length - end) };
}
