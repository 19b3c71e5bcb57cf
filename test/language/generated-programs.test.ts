// Programs made from the page of the grammar: reading what was printed gives the same tree, and formatting keeps the bylaws hash. Ten thousand: `npm run programs`.
import { describe, expect, it } from 'vitest';
import { measurePrograms } from '../measure/programs.ts';

describe('programs made from the grammar', () => {
  it('come back the same when printed and read, and have the same bylaws hash after formatting', () => {
    const rows: string[] = [];
    expect(measurePrograms({ seed: 1, count: 150 }, (row) => rows.push(row))).toBe(0);
    expect(rows).toEqual([
      expect.stringMatching(/^150 programs of \d+ made are the same when .* again$/),
      expect.stringMatching(/^150 programs of \d+ made compile, .* formatted$/),
    ]);
  });
});
