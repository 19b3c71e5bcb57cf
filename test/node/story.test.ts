// The story that `npm start` plays: it comes to its end without a container engine, and one seed tells one story on every machine, block for block.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playMakerspace } from '../../node/story/makerspace.ts';
import { setStage } from '../../node/story/stage.ts';
import { ensureInstallable } from './cli/decide/built.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gdo-story-'));

beforeAll(ensureInstallable);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What was told as a page: chapters as headings, commands and what they said as blocks. */
function pageOf(told: string): string {
  const page: string[] = [];
  let isBlock = false;
  for (const line of told.split('\n')) {
    const inside = line.startsWith('    ');
    if (inside !== isBlock) page.push(inside ? '```' : '```\n');
    isBlock = inside;
    const chapter = /^(\d+\. .*)$/.exec(line);
    if (inside) page.push(line.slice(4));
    else if (chapter !== null) page.push(`## ${chapter[1]}\n`);
    else if (line.trim() !== '') page.push(`${line.trim()}\n`);
  }
  return page.join('\n');
}

it('The eighteen steps of the maker space happen as examples/makerspace/story.md shows them (R58)', { timeout: 900_000 }, async () => {
  let told = '';
  const stage = setStage({ folder: join(folder, 'space'), seed: '1', print: (text) => (told += text) });
  const own = join(examples, 'makerspace/bylaws');
  const texts = readdirSync(own).map((file) => ({ path: `bylaws/${file}`, text: readFileSync(join(own, file), 'utf8') }));
  const ending = await playMakerspace(stage, { bylaws: texts, copy: (from, to) => cpSync(stage.place(from), stage.place(to), { recursive: true }) });
  const intro =
    '# The story of a maker space\n\nEighteen steps on real git with real keys, played by `npm start -- --seed 1`. A test plays them and holds every block of this page.\n\n';
  const page = `${intro}${pageOf(told).trim()}\n\nIn the end: ${ending}\n`;
  const place = join(examples, 'makerspace/story.md');
  if (process.env['GDO_GOLDEN'] === '1') writeFileSync(place, page);
  expect(page).toBe(readFileSync(place, 'utf8'));
  expect(page.match(/^## /gm)).toHaveLength(18);
  for (const code of ['GDO1010', 'GDO1040', 'GDO1051', 'GDO2001', 'GDO2010', 'GDO2015', 'GDO4003']) expect(page).toContain(code);
  expect(page).not.toContain(folder);
});

it('A folder that holds something else is not replaced', () => {
  const project = fileURLToPath(new URL('..', import.meta.url));
  expect(() => setStage({ folder: project, seed: '1', print: () => undefined })).toThrow(/is not an earlier story/);
});
