// Reads, parses, compiles and checks the bylaws a command is about. It is the one place where the command line meets the compiler.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { analysesOf, checkBylaws, compileBylaws } from '../../compiler/index.ts';
import type { Analyses, CheckOptions, Compiled } from '../../compiler/index.ts';
import { parseBylaws } from '../../language/index.ts';
import type { BylawsFile, Diagnostic } from '../../language/index.ts';
import { insidePath, readBylaws } from './bylaws-files.ts';
import type { BylawsText } from './bylaws-files.ts';
import { modulePaths, moduleText, standardModule } from './modules.ts';
import type { ModuleText } from './modules.ts';

/** Bylaws with everything that is known about them. `findings` are sorted; `compiled` is absent where the text does not parse. */
export interface LoadedBylaws {
  readonly files: readonly BylawsFile[];
  readonly texts: ReadonlyMap<string, string>;
  readonly compiled: Compiled | undefined;
  readonly findings: readonly Diagnostic[];
  /** What the findings were found with, for whoever asks on; absent where there is nothing to ask about. */
  readonly analyses: Analyses | undefined;
}

/** Most bytes of a module; the language's limit on a file (S76). */
const moduleBytesMax = 256 * 1024;

/** What a check is asked besides the texts: the day on which dates are judged, `YYYY-MM-DD`, and whether bounds are ten times as large. */
export type Asked = Pick<CheckOptions, 'today' | 'effort'>;

/** Reads and judges the bylaws under a folder; names as in `readBylaws`. */
export async function loadBylaws(directory: string, names: readonly string[], asked: Asked = {}): Promise<LoadedBylaws> {
  return judgeBylaws(await readBylaws(directory, names), directory, asked);
}

/** Judges bylaws that are already in memory. Imports are read below the folder. */
export function judgeBylaws(sources: readonly BylawsText[], directory: string, asked: Asked = {}): LoadedBylaws {
  const parsed = sources.map((source) => parseBylaws(source));
  const files = parsed.map((result) => result.file);
  const texts = new Map(sources.map((source) => [source.path, source.text]));
  const written = parsed.flatMap((result) => result.diagnostics);
  // What could not be read would be missing further on: one cause, one finding.
  if (hasErrors(written)) return { files, texts, compiled: undefined, findings: sortFindings(written), analyses: undefined };
  const compiled = compileBylaws(files, (path) => {
    const found = readModule(directory, path);
    // A finding inside a module is shown with the line it is about, under the name by which it is imported.
    if (found !== undefined) texts.set(path, found.text);
    return found;
  });
  const named = [...written, ...compiled.diagnostics];
  const { charter } = compiled;
  const analyses = charter === undefined ? undefined : analysesOf(charter, asked.effort === 'deep');
  // Findings about rules that do not compile would be a second finding for one cause.
  const structural = hasErrors(named) ? [] : checkBylaws(compiled, { ...asked, ...(analyses && { analyses }) });
  return { files, texts, compiled, findings: sortFindings([...named, ...structural]), analyses };
}

/** True where at least one finding is an error. Pure. */
export function hasErrors(findings: readonly Diagnostic[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

const severityOrder: Readonly<Record<Diagnostic['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** By severity, code, file, position (check.md section 1); the same finding twice is one. Pure. */
function sortFindings(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = findings.toSorted(
    (a, b) =>
      severityOrder[a.severity] - severityOrder[b.severity] ||
      text(a.code, b.code) ||
      text(a.place.file, b.place.file) ||
      a.place.span.start - b.place.span.start ||
      text(a.message, b.message),
  );
  const key = (finding: Diagnostic): string => `${finding.code} ${finding.place.file} ${finding.place.span.start} ${finding.message}`;
  return sorted.filter((finding, index) => index === 0 || key(finding) !== key(sorted[index - 1] ?? finding));
}

/** Reads a module below the folder, or of the standard library. Undefined where there is none. */
export function readModule(directory: string, path: string): ModuleText | undefined {
  for (const place of modulePaths(path)) {
    const file = join(directory, insidePath(directory, place));
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isFile() === true && found.size <= moduleBytesMax) return moduleText(readFileSync(file));
  }
  return standardModule(path);
}
