// `npm start`: plays a story on real git in a folder that it leaves behind: the maker space, or with --story noisebridge the older one.
// Its options: --seed, --dir, --story.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { playMakerspace } from './story/makerspace.ts';
import { playStory } from './story/plot.ts';
import { spaceProps, storyProps } from './story/props.ts';
import { setStage } from './story/stage.ts';

/** The root of the project: the nearest folder above this file that holds the bylaws of the stories. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'examples', 'noisebridge', 'bylaws'))) {
    const up = dirname(folder);
    if (up === folder) throw new Error('examples/noisebridge/bylaws was not found beside this program');
    folder = up;
  }
  return folder;
}

const help = `npm start -- [--seed N] [--dir FOLDER] [--story NAME]
  --seed   keys, times and ids made from this text: the same story each time; without it they are new
  --dir    where it is played and left behind (default: story)
  --story  makerspace (default) or noisebridge
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      dir: { type: 'string', default: 'story' },
      story: { type: 'string', default: 'makerspace' },
      help: { type: 'boolean' },
    },
    allowPositionals: false,
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const stage = setStage({ folder: resolve(values.dir), seed: values.seed, print: (text) => void process.stdout.write(text) });
  if (values.story !== 'makerspace' && values.story !== 'noisebridge') throw new Error('there are two stories: makerspace and noisebridge');
  const examples = join(projectRoot(), 'examples');
  const noisebridge = storyProps(stage, join(examples, 'noisebridge', 'bylaws'));
  const ending =
    values.story === 'makerspace'
      ? await playMakerspace(stage, await spaceProps(stage, examples))
      : await playStory(stage, { bylaws: noisebridge.bylaws, breakCopy: noisebridge.copy });
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
