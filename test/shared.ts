// Where tests find the design papers and the real cases beside the project. It reads nothing itself and is no fixture.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';

/** Absolute path of something in the folder `shared` beside the project, such as `cases/elections`; it need not exist. */
export function shared(path: string): string {
  return fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
}

/**
 * Runs a test that needs shared material, or reports it as skipped with the missing path in its name.
 * Throws while tests are collected where the material is missing and GDO_NO_SKIP is 1.
 */
export function itShared(path: string, name: string, run: (path: string) => void | Promise<void>): void {
  const found = shared(path);
  if (existsSync(found)) {
    it(name, () => run(found));
    return;
  }
  if (process.env['GDO_NO_SKIP'] === '1') throw new Error(`GDO_NO_SKIP=1 and ../shared/${path} is missing`);
  it.skipIf(true)(`${name} (needs ../shared/${path})`, () => undefined);
}
