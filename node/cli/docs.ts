// `gdo docs`: the bylaws as a document for members, in Markdown and as one HTML file that prints well. The bylaws stay what binds.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { htmlOf } from '../docs/html.ts';
import { markdownOf } from '../docs/markdown.ts';
import { pageOf } from '../docs/page.ts';
import { loadDraw } from '../docs/svg.ts';
import { compareFiles, writeFiles } from '../docs/write.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { ownCharter } from './own-charter.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo docs`. Exits 0, 1 (errors in the bylaws, or `--check` and a document differs: GDO5030), 2, 3. Source: cli.md section 3. */
export const docsCommand: CommandDefinition = {
  name: 'docs',
  group: 'write',
  summary: 'the bylaws as a document to read and to print',
  filesFrom: 0,
  options: [
    ['--out <dir>', 'the folder to write bylaws.md and bylaws.html to (docs)'],
    ['--check', 'write nothing; exit 1 where a written document is out of date'],
    ['--open', 'show the page in a browser'],
  ],
  examples: ['gdo docs --open', 'gdo docs --out public --check'],
  run: runDocs,
};

async function runDocs(names: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  if (names.length > 0) throw new UsageError('GDO5002', '`gdo docs` takes no file: it is about the bylaws as a whole', 'work in another folder with -C DIR');
  const own = await ownCharter(world);
  if (own === undefined) return 1;
  const folder = typeof options['out'] === 'string' ? options['out'].replace(/\/+$/, '') : 'docs';
  const blocks = pageOf(own.charter, own.compiled, own.notRun);
  const files = [
    { path: `${folder}/bylaws.md`, text: markdownOf(blocks) },
    { path: `${folder}/bylaws.html`, text: htmlOf(blocks, await loadDraw()) },
  ];
  if (options['check'] === true) return await checkDocs(files, world);
  await writeFiles(world.cwd, files);
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-docs/1', bylaws: own.compiled.hash, written: files.map((file) => file.path) })}\n`);
  else for (const file of files) world.stdout(`written: ${visible(file.path)}\n`);
  if (options['open'] === true) showPage(join(world.cwd, folder, 'bylaws.html'), world);
  return 0;
}

async function checkDocs(files: readonly { readonly path: string; readonly text: string }[], world: World): Promise<number> {
  const { present, differing } = await compareFiles(world.cwd, files);
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-docs/1', present, differing })}\n`);
  } else {
    for (const path of differing) world.stdout(`error[GDO5030]: ${visible(path)} is not what the bylaws say now: gdo docs\n`);
    if (present === 0 && world.verbosity > 0) world.stderr('No documents have been written here yet, so none is out of date: gdo docs\n');
  }
  return differing.length > 0 ? 1 : 0;
}

/** Hands the page to the desktop. Where there is none, the file has been written all the same. */
function showPage(path: string, world: World): void {
  const [program, ...words] = process.platform === 'darwin' ? ['open', path] : process.platform === 'win32' ? ['explorer', path] : ['xdg-open', path];
  const child = spawn(program ?? 'xdg-open', words, { stdio: 'ignore', detached: true });
  child.on('error', () => world.stderr(`No browser could be started here; open ${visible(path)} yourself.\n`));
  child.unref();
}
