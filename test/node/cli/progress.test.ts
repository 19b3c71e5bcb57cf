// The line that says how far a long command is, as a terminal of any width gets it.
import { expect, it } from 'vitest';
import { progress } from '../../../node/cli/progress.ts';
import { displayWidth } from '../../../node/cli/terminal.ts';

/** What is written of one command: its clock goes on by half a second with each step. */
function written(columns: number, words: string, interactive = true): readonly string[] {
  const lines: string[] = [];
  let nowMs = 0;
  const world = { interactive, verbosity: 1, plain: false, columns, clockMs: () => nowMs, stderr: (text: string) => void lines.push(text) };
  const line = progress(world, words);
  for (let step = 0; step <= 6; step += 1) {
    line.at(step * 300_000_000, 2_000_000_000);
    nowMs += 500;
  }
  line.done();
  return lines;
}

it.each([40, 60, 80, 200])('a progress line stays on one row of %i columns, whatever the file is called, and says how far it is', (columns) => {
  for (const words of ['put disk.img', `put ${'a-long-name-'.repeat(12)}.img`, `put ${'広告'.repeat(40)}.img`]) {
    const lines = written(columns, words);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(displayWidth(line.replace('\r\u001b[K', ''))).toBeLessThan(columns);
    expect(lines.at(-2)).toContain('90 %');
    expect(lines.at(-2)).toContain('put ');
  }
});

it('a progress line goes at the end, and nothing is written where nobody looks', () => {
  expect(written(80, 'put disk.img').at(-1)).toBe('\r\u001b[K');
  expect(written(80, 'put disk.img').at(-2)).toBe('\r\u001b[Kput disk.img  [█████████████████████░░░] 90 %  1.8 GB, 600 MB/s');
  expect(written(80, 'put disk.img', false)).toEqual([]);
});
