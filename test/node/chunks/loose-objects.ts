// Objects of a clone as files of their own, so that a test can lose or damage one of them.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The git directory of a clone or a bare repository. */
const gitDirectoryOf = (path: string): string => (existsSync(join(path, '.git')) ? join(path, '.git') : path);

/** Unpacks every pack of a repository. */
export function loosen(path: string): void {
  const packs = join(gitDirectoryOf(path), 'objects', 'pack');
  if (!existsSync(packs)) return;
  for (const name of readdirSync(packs)) {
    if (!name.endsWith('.pack')) continue;
    const away = join(gitDirectoryOf(path), name);
    renameSync(join(packs, name), away);
    rmSync(join(packs, name.replace(/pack$/, 'idx')), { force: true });
    execFileSync('git', ['unpack-objects', '-q'], { cwd: path, input: readFileSync(away), stdio: ['pipe', 'ignore', 'pipe'] });
    rmSync(away);
  }
}

const fileOf = (path: string, id: string): string => join(gitDirectoryOf(path), 'objects', id.slice(0, 2), id.slice(2));

/** Takes one object away. */
export function dropObject(path: string, id: string): void {
  loosen(path);
  rmSync(fileOf(path, id));
}

/** Changes one bit near the end of an object's file. */
export function damageObject(path: string, id: string): void {
  loosen(path);
  const file = fileOf(path, id);
  chmodSync(file, 0o644);
  const bytes = readFileSync(file);
  bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 0x10;
  writeFileSync(file, bytes);
}

/** Makes everything in the object store look as if it had come two hours ago. */
export function ageObjects(path: string): void {
  const objects = join(gitDirectoryOf(path), 'objects');
  const before = Date.now() / 1_000 - 7_200;
  for (const entry of readdirSync(objects, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), before, before);
  }
}
