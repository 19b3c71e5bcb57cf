// The titles of tests as they stand in a file: for pages that name tests by them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Lines that give a test its title: a call of `it` or `describe`, a row of a table, or the name in one. @param file - from the root */
export function titles(file: string): string {
  return readFileSync(`${root}${file}`, 'utf8')
    .split('\n')
    .filter((line) => /\b(it|describe|itShared|test)\b|name: ['"`]|^\s*[`'"[\]]/.test(line))
    .join('\n')
    .replaceAll("\\'", "'");
}
