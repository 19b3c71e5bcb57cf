// Puts generated files into a folder below the one a command works in, or compares them with what is there. It writes nothing outside, not through links either.
import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { insidePath, replaceFile } from '../cli/bylaws-files.ts';

/** One file to be: its path below the folder, with `/`, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Writes files in one step each. @throws UsageError GDO5014 where a path or a link leads outside; WorldError GDO5022 */
export async function writeFiles(root: string, files: readonly GeneratedFile[]): Promise<void> {
  for (const file of files) await replaceFile(await safePath(root, file.path), file.text);
}

/** Paths of files that exist and say something else; `present` counts those that exist. */
export async function compareFiles(
  root: string,
  files: readonly GeneratedFile[],
): Promise<{ readonly present: number; readonly differing: readonly string[] }> {
  const found = await Promise.all(files.map(async (file) => ({ path: file.path, wanted: file.text, text: await textOf(await safePath(root, file.path)) })));
  const present = found.filter((file) => file.text !== undefined);
  // One of two documents missing is a difference; none at all means that this project keeps none.
  const differing = present.length === 0 ? [] : found.filter((file) => file.text !== file.wanted);
  return { present: present.length, differing: differing.map((file) => file.path) };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** The absolute path of a file, once its nearest existing folder is known to lie below the root. */
async function safePath(root: string, path: string): Promise<string> {
  const real = await realpath(root);
  const inside = insidePath(real, path);
  let folder = dirname(join(real, inside));
  while (!(await exists(folder))) folder = dirname(folder);
  insidePath(real, await realpath(folder));
  return join(real, inside);
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
