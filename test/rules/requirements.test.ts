// The table of requirements: each row once, held by tests that are there, or waiting for something that is named.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { itShared } from '../shared.ts';
import { missingHolders, printRequirements, requirements } from './requirements.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the requirements of the first release', () => {
  it('are each held by tests in files that are there, or wait for something that is named', () => {
    // Titles are read by `npm run requirements`, which names one that is gone; renaming a test breaks no other one.
    for (const { file } of requirements.flatMap(({ heldBy }) => heldBy)) expect([file, existsSync(`${root}${file}`)]).toEqual([file, true]);
    expect(
      requirements.filter(({ heldBy, waits, missing }) => heldBy.length === 0 && waits === undefined && missing === undefined).map(({ row }) => row),
    ).toEqual([]);
    expect(requirements.map(({ row }) => row)).toEqual([...new Set(requirements.map(({ row }) => row))].toSorted((left, right) => left - right));
  });

  itShared('design/requirements.md', 'are the rows of the paper with wave 1', (path) => {
    const rows = [...readFileSync(path, 'utf8').matchAll(/^\| R(\d+) \|.*\| 1 \|$/gm)].map(([, row]) => Number(row));
    expect(requirements.map(({ row }) => row)).toEqual(rows);
  });

  it('are printed with a count at the end', () => {
    const lines: string[] = [];
    expect(printRequirements((line) => lines.push(line))).toBe(missingHolders().length === 0 ? 0 : 1);
    expect(lines.at(-1)).toMatch(
      /^\d+ rows of the first release: \d+ held by a test; of \d+ something waits, of \d+ something is missing; \d+ wait altogether$/,
    );
  });
});
