// Programs made from the page of the grammar: reading what was printed gives the same tree, and formatting keeps the bylaws hash. Ten thousand: `npm run programs`.
import { describe, expect, it } from 'vitest';
import { compileBylaws, framed } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import type { BylawsFile } from '../../language/index.ts';
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

  it('keep the hash where what starts a process by itself stands above who may start it (S84, S86)', () => {
    const file = read(
      framed('process policy\n  starts every 1 month from 2027-01-01\n  started by any keeper\n  step review\n    after 3 days go to refused\n  end\nend\n'),
    );
    const { charter, hash } = compileBylaws([file]);
    expect(hash).toBeDefined();
    expect(compileBylaws([read(printBylaws(file))]).hash).toBe(hash);
    expect(charter?.processes.find(({ name }) => name === 'policy')?.starts.map(({ kind }) => kind)).toEqual(['by', 'every']);
  });

  it('keep the hash where an event stands below a deadline, and deadlines in their order (S84, S86)', () => {
    const lines = ['after 3 days go to refused', 'unless a keeper objects within 3 days go to accepted', 'when 2 other keepers approve go to accepted'];
    const file = read(framed(`process policy\n  started by any keeper\n  step review\n    ${lines.join('\n    ')}\n  end\nend\n`));
    const { charter, hash } = compileBylaws([file]);
    expect(hash).toBeDefined();
    expect(compileBylaws([read(printBylaws(file))]).hash).toBe(hash);
    const [step] = charter?.processes.find(({ name }) => name === 'policy')?.stages ?? [];
    expect(step?.kind === 'step' ? step.transitions.map(({ kind }) => kind) : []).toEqual(['when', 'after', 'unless']);
  });
});

it('Refusals of a right compile to one order, whatever order they are written in (S84, S86, S93)', () => {
  const lines = ['lapsed says "Late."', 'unknown-credential says "Who?"', 'outside-hours says "Closed."', 'lapsed says "Late again."'];
  const right = (order: readonly string[]): string =>
    framed(`right enter\n  covers "doors/a"\n  held by keepers\n${order.map((line) => `  refusal ${line}\n`).join('')}end\n`);
  const file = read(right(lines));
  const { charter, hash } = compileBylaws([file]);
  expect(hash).toBeDefined();
  expect(compileBylaws([read(printBylaws(file))]).hash).toBe(hash);
  expect(charter?.rights[0]?.refusals.map(({ says }) => says)).toEqual(['Who?', 'Late.', 'Late again.', 'Closed.']);
});

function read(text: string): BylawsFile {
  return parseBylaws({ path: 'a.gdo', text }).file;
}
