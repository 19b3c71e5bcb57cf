// What fences of a literate file may hold: whole blocks, and only scenarios where they are tests (S79, S80).
import type { Diagnostic } from './diagnostic.ts';
import { finding } from './finding.ts';
import type { Fence } from './literate.ts';
import type { BylawsFile } from './tree.ts';

/** Finds declarations that span two fences (GDO008), and rules in fences for scenarios (GDO001). Pure. */
export function fenceFindings(file: BylawsFile, fences: readonly Fence[]): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  for (const { kind, span } of file.declarations) {
    const first = fences.find((fence) => fence.span.start <= span.start && span.start < fence.span.end);
    const last = fences.find((fence) => fence.span.start < span.end && span.end <= fence.span.end);
    const opening = { start: span.start, end: Math.min(span.end, span.start + kind.length) };
    if (first !== last) {
      findings.push(
        finding(file.path, 'GDO008', {
          message: 'A block begins in one fence and ends in another',
          span: opening,
          label: 'begins here',
          related: [{ span: { start: Math.max(span.start, span.end - 'end'.length), end: span.end }, label: 'ends here' }],
          why: 'Readers take each fence for a whole, and text between the halves would seem to belong to the rule.',
          help: 'Put the whole block into one fence.',
        }),
      );
    } else if (first?.kind === 'gdo-test' && kind !== 'scenario') {
      findings.push(
        finding(file.path, 'GDO001', {
          message: 'A fence for tests holds something else than scenarios',
          span: opening,
          label: 'no scenario',
          why: 'Readers skip these fences, so no rule may hide in one.',
          help: 'Move it into a fence that begins with gdo alone.',
        }),
      );
    }
  }
  return findings;
}
