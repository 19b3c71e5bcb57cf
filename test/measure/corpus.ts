// The texts that are measured: the samples of the design papers where they are, and the bylaws of the examples and of the project itself.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkBylaws, compileBylaws } from '../../compiler/index.ts';
import type { CheckOptions, ModuleSource } from '../../compiler/index.ts';
import { parseBylaws } from '../../language/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { standardModule } from '../../node/cli/modules.ts';

/** One file of bylaws. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Bylaws that belong together. */
export interface Bylaws {
  readonly name: string;
  readonly files: readonly SourceText[];
}

const root = process.cwd();
const samplesFolder = join(root, '../shared/design/language-samples');

/** Bylaws that import the sample module, for nothing in it is resolved before somebody does. */
const importer = `gdo 1

organization "Importer"
end

area bylaws covers "bylaws/**"

role keeper plural keepers
  held by 5 to 9 people
  first held by "ada", "ben", "chi", "dev", "eve"
  gained through keeping
end

role warden plural wardens
  held by 1 to 9 people
  gained through board
end

process keeping
  governs bylaws
  started by any keeper
  step support
    when 3 other keepers approve go to kept
    after 30 days go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end

import board from "module-elections.gdo" pinned "sha256:any"
  set electorate to keepers
  set office to warden
  set seats to 3
end
`;

/** All bylaws that can be found from the project's root, by name. The samples are left out where they do not stand beside the project. */
export function corpus(): readonly Bylaws[] {
  return [...samples(), ...projectBylaws()];
}

function samples(): readonly Bylaws[] {
  if (!existsSync(samplesFolder)) return [];
  return readdirSync(samplesFolder)
    .filter((name) => name.endsWith('.gdo'))
    .toSorted(byCodeUnit)
    .map((file) => {
      const own = { path: file, text: readFileSync(join(samplesFolder, file), 'utf8') };
      return { name: file, files: file.startsWith('module-') ? [own, { path: 'importer.gdo', text: importer }] : [own] };
    });
}

function projectBylaws(): readonly Bylaws[] {
  const paths = ['bylaws', 'examples'].flatMap((folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)) : [],
  );
  const texts = paths.filter((path) => /\.gdo(\.md)?$/.test(path)).toSorted(byCodeUnit);
  const folders = [...new Set(texts.map((path) => dirname(path)))];
  return folders.map((folder) => ({
    name: folder,
    files: texts.filter((path) => dirname(path) === folder).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  }));
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Judges bylaws as `gdo check` does: where a text does not parse nothing is compiled, where a name is unknown no rule runs. Imports are given the
 * sample module under whatever pin they name, because what is measured is the text and not the pin.
 */
export function judge(
  files: readonly SourceText[],
  structural: 'with rules' | 'without rules' = 'without rules',
  given: CheckOptions = {},
): readonly Diagnostic[] {
  const parsed = files.map((file) => parseBylaws(file));
  const written = parsed.flatMap(({ diagnostics }) => diagnostics);
  if (written.some(isError)) return written;
  const compiled = compileBylaws(
    parsed.map(({ file }) => file),
    moduleSource(files),
  );
  const named = [...written, ...compiled.diagnostics];
  return structural === 'without rules' || named.some(isError) ? named : [...named, ...checkBylaws(compiled, given)];
}

/** True of a finding that stops bylaws from being adopted. Pure. */
export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

/** Imports of the texts given: a module among them by its file name, else of the standard library, else the sample module, each under the pin the text wants. */
export function moduleSource(files: readonly SourceText[]): ModuleSource {
  return (path) => {
    const pin = files.map(({ text }) => text.split(`from "${path}" pinned "`)[1]?.split('"')[0]).find((found) => found !== undefined);
    const among = files.find((file) => file.path === path || file.path === `${path}.gdo`)?.text;
    const sample = join(samplesFolder, 'module-elections.gdo');
    const text = among ?? standardModule(path)?.text ?? (existsSync(sample) ? readFileSync(sample, 'utf8') : undefined);
    return text === undefined || pin === undefined ? undefined : { text, digest: pin.startsWith('sha256:') ? pin : `sha256:${pin}` };
  };
}
