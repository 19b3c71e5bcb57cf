// `npm start`: plays the story of a maker space on real git in a folder that it leaves behind. Its options: --seed, --dir.
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { playStory } from './story/plot.ts';
import { setStage } from './story/stage.ts';

/** The root of the project: the nearest folder above this file that holds the story's bylaws. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'examples', 'noisebridge', 'bylaws'))) {
    const up = dirname(folder);
    if (up === folder) throw new Error('examples/noisebridge/bylaws was not found beside this program');
    folder = up;
  }
  return folder;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, dir: { type: 'string', default: 'story' } }, allowPositionals: false });
  const stage = setStage({ folder: resolve(values.dir), seed: values.seed, print: (text) => void process.stdout.write(text) });
  const bylaws = join(projectRoot(), 'examples', 'noisebridge', 'bylaws');
  const texts = readdirSync(bylaws).map((name) => ({ path: `bylaws/${name}`, text: readFileSync(join(bylaws, name), 'utf8') }));
  const ending = await playStory(stage, { bylaws: texts, breakCopy: (from, to) => cpSync(stage.place(from), stage.place(to), { recursive: true }) });
  process.stdout.write(`\nEverything is left in ${stage.folder}: look around with git and gdo.\n${ending}\n`);
  return 0;
}

process.on('SIGINT', () => process.exit(130));
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`\nThe story could not be told to its end: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
