// Compiles the bylaws of a governed tree, not of the working folder: what a founding, a proposal or a check is about. It reads git only.
import { checkBylaws, compileBylaws } from '../../compiler/index.ts';
import type { Compiled } from '../../compiler/index.ts';
import { parseBylaws } from '../../language/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import type { ContentFile } from '../git/content.ts';
import { mustRead } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { modulePaths, moduleText, standardModule } from './modules.ts';
import type { ModuleText } from './modules.ts';

/** Bylaws of one tree. `compiled` is absent where there are none or they do not parse. */
export interface TreeBylaws {
  readonly compiled: Compiled | undefined;
  readonly findings: readonly Diagnostic[];
  /** Paths that were read, ascending. */
  readonly paths: readonly string[];
}

/** The folder whose files are bylaws (node.md section 4, lane A). */
const bylawsFolder = 'bylaws/';

function isText(path: string): boolean {
  return path.endsWith('.gdo') || path.endsWith('.gdo.md');
}

/** True for a file that is read as bylaws. */
export function isBylawsPath(path: string): boolean {
  return path.startsWith(bylawsFolder) && isText(path);
}

/** Reads and judges the bylaws among governed files. Imports are resolved among the same files, then in the standard library. */
export async function treeBylaws(repository: Repository, files: readonly ContentFile[]): Promise<TreeBylaws> {
  const texts = new Map<string, Uint8Array>();
  for (const file of files) if (isText(file.path)) texts.set(file.path, await mustRead(repository, file.id, 'blob'));
  return judgeTexts(texts);
}

/** Judges the bylaws among files in memory. @param texts - bytes by path; other files are ignored */
export function judgeTexts(texts: ReadonlyMap<string, Uint8Array>): TreeBylaws {
  const paths = [...texts.keys()].filter(isBylawsPath).toSorted();
  const parsed = paths.map((path) => parseBylaws({ path, text: Buffer.from(texts.get(path) ?? []).toString('utf8') }));
  const written = parsed.flatMap((one) => one.diagnostics);
  if (paths.length === 0 || written.some((finding) => finding.severity === 'error')) return { compiled: undefined, findings: written, paths };
  const compiled = compileBylaws(
    parsed.map((one) => one.file),
    (path) => moduleOf(texts, path),
  );
  const named = [...written, ...compiled.diagnostics];
  const structural = named.some((finding) => finding.severity === 'error') ? [] : checkBylaws(compiled);
  return { compiled, findings: [...named, ...structural], paths };
}

function moduleOf(texts: ReadonlyMap<string, Uint8Array>, path: string): ModuleText | undefined {
  for (const place of modulePaths(path)) {
    const bytes = texts.get(place);
    if (bytes !== undefined) return moduleText(bytes);
  }
  return standardModule(path);
}
