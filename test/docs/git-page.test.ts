// Holds docs/git.md: each difference between the adapters names a test that exists, or says that there is none and why.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { titles } from '../titles.ts';

const files: Readonly<Record<string, string>> = {
  C: 'test/node/git/contract.test.ts',
  P: 'test/node/git/portable.test.ts',
  T: 'test/node/git/portable-transport.test.ts',
  N: 'test/node/ledger/hostile.test.ts',
  B: 'test/browser/browser.test.ts',
};
const page = readFileSync(fileURLToPath(new URL('../../docs/git.md', import.meta.url)), 'utf8');
const rows = page
  .slice(page.indexOf('| what libraries differ in'))
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()));

it('Each row names a test that exists, or says why there is none', () => {
  expect(rows.length).toBeGreaterThan(45);
  for (const [, what = '', , test = ''] of rows) {
    const file = files[test[0] ?? ''];
    if (file === undefined || test[1] !== ' ') expect(test, what).toMatch(/^no test: .+/);
    else expect(titles(file), what).toContain(test.slice(2));
  }
});

it('Each test of the contract and of fetching and pushing without git is in a row', () => {
  const named = rows.map((row) => row[3] ?? '');
  for (const [letter, start] of [
    ['C', /^ {2}(?:it\('|\]\)\('|\][^'"]*\)\(')([^']+)'/gm],
    ['T', /^ *it(?:\.each\(bombs\))?\('([^']+)'/gm],
  ] as const) {
    const text = readFileSync(fileURLToPath(new URL(`../../${files[letter] ?? ''}`, import.meta.url)), 'utf8');
    const told = [...text.matchAll(start)].map((match) => match[1] ?? '');
    expect(told.length).toBeGreaterThan(8);
    const untold = told.filter((title) => !named.some((one) => one.startsWith(`${letter} `) && title.startsWith(one.slice(2))));
    expect(untold).toEqual([]);
  }
});
