// The story that `npm start` plays: it comes to its end without a container engine, and one seed tells one story.
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playStory } from '../../node/story/plot.ts';
import { setStage } from '../../node/story/stage.ts';
import { ensureInstallable } from './cli/decide/built.ts';

const bylaws = fileURLToPath(new URL('../../examples/noisebridge/bylaws/', import.meta.url));
/** The last line of the story of seed 1. It changes with the engine's state and with the bylaws of the example, and with nothing else. */
const golden = fileURLToPath(new URL('../golden/story-ending.txt', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gdo-story-'));

beforeAll(ensureInstallable);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Plays with a seed in a folder of its own. @returns everything that was told, and the last line */
async function play(name: string, seed: string): Promise<{ readonly told: string; readonly ending: string }> {
  let told = '';
  const stage = setStage({ folder: join(folder, name), seed, print: (text) => (told += text) });
  const texts = readdirSync(bylaws).map((file) => ({ path: `bylaws/${file}`, text: readFileSync(join(bylaws, file), 'utf8') }));
  const ending = await playStory(stage, { bylaws: texts, breakCopy: (from, to) => cpSync(stage.place(from), stage.place(to), { recursive: true }) });
  return { told, ending };
}

it('One seed tells one story on every machine: the records, the merge and the state are those of the golden', { timeout: 900_000 }, async () => {
  const first = await play('first', '1');
  expect(first.ending).toMatch(/^\d+ batches, 1 merge, state root [0-9a-f]{64}$/);
  if (process.env['GDO_GOLDEN'] === '1') writeFileSync(golden, `${first.ending}\n`);
  expect(`${first.ending}\n`).toBe(readFileSync(golden, 'utf8'));
  for (const code of ['GDO2015', 'GDO1051', 'GDO1010']) expect(first.told).toContain(code);
  expect(first.told).toContain('is merged into main');
  expect(first.told).not.toContain('GDO5090');
  expect(existsSync(join(folder, 'first', 'hub.git'))).toBe(true);
});

it('A folder that holds something else is not replaced', () => {
  const project = fileURLToPath(new URL('..', import.meta.url));
  expect(() => setStage({ folder: project, seed: '1', print: () => undefined })).toThrow(/is not an earlier story/);
});
