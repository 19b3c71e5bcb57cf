// `gdo store`: large content in chunks, in and out of the repository. What belongs to all of its verbs; each has its function here or in a file beside.
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { contentsHere, contentsNamed, type NamedContent } from '../chunks/contents.ts';
import { openContent } from '../chunks/content-parts.ts';
import { fileSource, standardInput } from '../chunks/file-source.ts';
import { getContent, readContent } from '../chunks/get-content.ts';
import { putContent } from '../chunks/put-content.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { progress, showBytes } from './progress.ts';
import { alignRows, counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo store`. Exits 0; 1 (a drop is refused); 2; 3 (chunks are missing or damaged, or there are too few copies). */
export const storeCommand: CommandDefinition = {
  name: 'store',
  group: 'keep',
  summary: 'large content in chunks: put, get, verify, drop',
  arguments: 'put|get|verify|drop|list [FILE|CONTENT]',
  options: [['--out <file>', 'get: where the content is written']],
  examples: ['gdo store put disk.img', 'gdo store get 3f2a91c0 --out disk.img'],
  run: runStore,
};

async function runStore(positional: readonly string[], options: Options, world: World): Promise<number> {
  const [verb = '', word] = positional;
  const run = { put, get, verify, list }[verb];
  if (run === undefined)
    throw new UsageError(
      'GDO5002',
      `\`gdo store ${visible(verb)}\` does not exist`,
      'gdo store put FILE, get CONTENT --out FILE, verify, drop CONTENT or list',
    );
  const repository = openRepository(world.cwd);
  try {
    return await run({ repository, world, word, options });
  } finally {
    repository.close();
  }
}

/** What one verb gets. */
export interface StoreCall {
  readonly repository: Repository;
  readonly world: World;
  readonly word: string | undefined;
  readonly options: Options;
}

async function put({ repository, world, word }: StoreCall): Promise<number> {
  if (word === undefined) throw new UsageError('GDO5002', 'Which file?', 'gdo store put disk.img');
  const source = word === '-' ? standardInput : await fileSource(resolve(world.cwd, word));
  if (source === undefined) throw new WorldError('GDO5022', `${visible(word)} is no file that can be read`, 'name a file, not a folder');
  const line = progress(world, `put ${visible(basename(word))}`);
  try {
    const content = await putContent(repository, { source, progress: (done) => line.at(done, source.size) });
    line.done();
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-store-put/1', file: word, ...content })}\n`);
    else
      world.stdout(
        `✓ ${content.isNew ? 'Put' : 'Already here:'} ${visible(word)}, ${showBytes(content.size)} in ${counted(content.chunks, 'chunk')}; ${showBytes(content.newBytes)} were new.\n  ${content.sha256}\n`,
      );
    return 0;
  } finally {
    line.done();
    await source.close();
  }
}

async function get(call: StoreCall): Promise<number> {
  const { repository, world, options } = call;
  const { out } = options;
  if (typeof out !== 'string') throw new UsageError('GDO5002', 'Where should the content go?', 'gdo store get CONTENT --out FILE');
  const { sha256 } = await meant(call);
  const path = resolve(world.cwd, out);
  const folder = dirname(path);
  if (!existsSync(folder)) throw new WorldError('GDO5022', `There is no folder ${visible(folder)}`, 'make it first');
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new UsageError('GDO5002', `${visible(out)} is a folder`, 'name a file');
  const line = progress(world, `get ${sha256.slice(0, 12)}`);
  const got = await getContent(repository, sha256, { path, progress: line.at });
  line.done();
  if (got.kind !== 'ok') throw wanting(sha256, got);
  if (world.json)
    world.stdout(`${JSON.stringify({ schema: 'gdo-store-get/1', file: out, sha256, size: got.size, chunks: got.chunks, resumed: got.resumedBytes })}\n`);
  else
    world.stdout(
      `✓ Wrote ${visible(out)}, ${showBytes(got.size)}${got.resumedBytes > 0 ? `; ${showBytes(got.resumedBytes)} of it stood there already` : ''}.\n`,
    );
  return 0;
}

/** One content and what is wrong with it. */
interface Verified {
  readonly sha256: string;
  readonly size: number;
  readonly chunks: number;
  readonly missing: number;
  readonly damaged: number;
  readonly reason: string | undefined;
}

async function verify(call: StoreCall): Promise<number> {
  const { repository, world, word } = call;
  const chosen = word === undefined ? await contentsHere(repository) : [await meant(call)];
  const found: Verified[] = [];
  for (const { sha256 } of chosen) found.push(await verifyOne(repository, sha256, world));
  const bad = found.filter((one) => one.reason !== undefined || one.missing + one.damaged > 0);
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-store-verify/1', contents: found })}\n`);
  else world.stdout(verifiedText(found, bad));
  return bad.length === 0 ? 0 : 3;
}

async function verifyOne(repository: Repository, sha256: string, world: World): Promise<Verified> {
  const opened = await openContent(repository, sha256);
  if (opened.kind !== 'ok') return { sha256, size: 0, chunks: 0, missing: 0, damaged: 0, reason: opened.kind === 'absent' ? 'it is not here' : opened.reason };
  const { size, chunks } = opened.content;
  const line = progress(world, `verify ${sha256.slice(0, 12)}`);
  let done = 0;
  try {
    const faults = await readContent(repository, opened.content, (bytes) => line.at((done += bytes.length), size));
    return { sha256, size, chunks, ...faults, reason: undefined };
  } catch (error) {
    if (!(error instanceof WorldError) || error.code !== 'GDO4030') throw error;
    return { sha256, size, chunks, missing: 0, damaged: 0, reason: error.message };
  } finally {
    line.done();
  }
}

function verifiedText(found: readonly Verified[], bad: readonly Verified[]): string {
  if (found.length === 0) return 'No content is kept here.\n';
  const chunks = found.reduce((sum, one) => sum + one.chunks, 0);
  if (bad.length === 0) return `✓ ${counted(found.length, 'content')} whole: ${counted(chunks, 'chunk')} have the bytes of their names.\n`;
  const lines = bad.map(({ sha256, missing, damaged, chunks: of, reason }) => {
    const what = reason ?? `${missing} of ${of} chunks missing, ${damaged} damaged`;
    return `✗ GDO4030 ${sha256.slice(0, 12)}: ${visible(what)}`;
  });
  return `${lines.join('\n')}\n`;
}

async function list({ repository, world }: StoreCall): Promise<number> {
  const contents = await contentsHere(repository);
  const rows: (readonly [sha256: string, size: number | undefined, chunks: number | undefined])[] = [];
  for (const { sha256 } of contents) {
    const opened = await openContent(repository, sha256);
    rows.push(opened.kind === 'ok' ? [sha256, opened.content.size, opened.content.chunks] : [sha256, undefined, undefined]);
  }
  if (world.json)
    world.stdout(`${JSON.stringify({ schema: 'gdo-store-list/1', contents: rows.map(([sha256, size, chunks]) => ({ sha256, size, chunks })) })}\n`);
  else if (rows.length === 0) world.stdout('No content is kept here.\n');
  else
    world.stdout(
      `${alignRows(rows.map(([sha256, size, chunks]) => [sha256, size === undefined ? '?' : showBytes(size), chunks === undefined ? '✗ cannot be read' : counted(chunks, 'chunk')])).join('\n')}\n`,
    );
  return 0;
}

/** The one content that a word means. @throws UsageError GDO5002, GDO5003 */
export async function meant({ repository, word }: Pick<StoreCall, 'repository' | 'word'>): Promise<NamedContent> {
  if (word === undefined) throw new UsageError('GDO5002', 'Which content?', 'name it by the beginning of its SHA-256; `gdo store list` shows all');
  const [first, second] = contentsNamed(await contentsHere(repository), word);
  if (first === undefined) throw new UsageError('GDO5003', `No content here is called ${visible(word)}`, '`gdo store list` shows all');
  if (second !== undefined) throw new UsageError('GDO5003', `More than one content begins with ${visible(word)}`, 'write more of it');
  return first;
}

/** What to say where a content cannot be had. */
function wanting(sha256: string, got: Exclude<Awaited<ReturnType<typeof getContent>>, { readonly kind: 'ok' }>): WorldError {
  const name = `content ${sha256.slice(0, 12)}`;
  const help = 'bring them from another copy:  gdo store verify --repair PEER';
  switch (got.kind) {
    case 'absent':
      return new WorldError('GDO4030', `There is no ${name} here`, help);
    case 'bad':
      return new WorldError('GDO4030', `The ${name} cannot be read: ${got.reason}`, help);
    case 'wanting':
      return new WorldError('GDO4030', `The ${name} is not whole here: ${got.missing} of ${got.chunks} chunks missing, ${got.damaged} damaged`, help);
  }
}
