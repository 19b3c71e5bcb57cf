// Bylaws text to findings, for tests: one call that parses, compiles and checks. It judges nothing itself.
import { checkBylaws, compileBylaws } from '../../compiler/index.ts';
import type { Compiled, ModuleSource } from '../../compiler/index.ts';
import { corpus } from '../measure/corpus.ts';
import { lineAndColumn, parseBylaws } from '../../language/index.ts';
import type { BylawsFile, Diagnostic } from '../../language/index.ts';

/** Parses a text that must have no finding of the parser. */
export function parsed(text: string, path = 'bylaws/test.gdo'): BylawsFile {
  const { file, diagnostics } = parseBylaws({ path, text });
  if (diagnostics.length > 0) throw new Error(`does not parse: ${diagnostics.map((found) => `${found.code} ${found.message}`).join('; ')}`);
  return file;
}

/** Compiles one text. */
export function compiled(text: string, modules?: ModuleSource, path?: string): Compiled {
  return compileBylaws([parsed(text, path)], modules);
}

/** Notes that tests ask for here; other notes are facts about nearly every organization, and lint-rules.test.ts and real-bylaws.test.ts hold them. */
const notesAskedFor: readonly string[] = ['GDO221', 'GDO502'];

/** All errors and warnings of compiler and rules about a text, as `CODE line message`, sorted as they are printed. */
export function findings(text: string): readonly string[] {
  const result = compiled(text);
  const all = [...result.diagnostics, ...checkBylaws(result)].filter((found) => found.severity !== 'info' || notesAskedFor.includes(found.code));
  return all.map((found) => line(text, found));
}

/** The codes of all findings about a text, in order, repeated ones too. */
export function codesOf(text: string): readonly string[] {
  return findings(text).map((found) => found.slice(0, 6));
}

function line(text: string, found: Diagnostic): string {
  return `${found.code} ${lineAndColumn(text, found.place.span.start).line} ${found.message}`;
}

/** The Charter of every text of the project's own, by name. */
export function projectCharters(): readonly (readonly [name: string, charter: NonNullable<Compiled['charter']>])[] {
  return corpus().flatMap(({ name, files }) => {
    const { charter } = compileBylaws(files.map((file) => parseBylaws(file).file));
    return charter === undefined ? [] : [[name, charter] as const];
  });
}
