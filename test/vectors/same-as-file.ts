// Holds a file of vectors equal to what its maker gives now, and writes it where the goldens are rewritten.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Compares `test/vectors/<subject>/<name>.json` with the values. */
export function sameAsFile(name: string, values: unknown, subject: 'ledger' | 'chunks' = 'ledger'): void {
  const folder = fileURLToPath(new URL(`${subject}/`, import.meta.url));
  const path = `${folder}${name}.json`;
  const now = `${JSON.stringify(values, undefined, 1)}\n`;
  if (process.env['GDO_GOLDEN'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, now);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(now);
}
