// `gdo store`: large content in chunks, in and out of the repository. What belongs to all of its verbs; each has its function here or in a file beside.
import { basename, resolve } from 'node:path';
import { contentsHere, contentsNamed, type NamedContent } from '../chunks/contents.ts';
import { openContent } from '../chunks/content-parts.ts';
import { fileSource, standardInput } from '../chunks/file-source.ts';
import { getContent, readContent } from '../chunks/get-content.ts';
import { lookForUnnamed, pruneUnnamed } from '../chunks/prune-contents.ts';
import { blobRefs, putContent } from '../chunks/put-content.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { listRemote } from '../git/transport.ts';
import { whileStoppable } from '../git/unfinished.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { outFile } from './out-file.ts';
import { progress, showBytes } from './progress.ts';
import { bringFrom, copiesWanted, copyNamed, dropContent, spreadContent } from './store-copies.ts';
import { alignRows, counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo store`. Exits 0; 1 (too few copies); 2; 3 (chunks are missing or damaged). */
export const storeCommand: CommandDefinition = {
  name: 'store',
  group: 'keep',
  summary: 'large content in chunks: put, get, verify, drop, prune',
  arguments: 'put|get|verify|drop|fetch|prune|list [FILE|CONTENT]',
  options: [
    ['--out <file>', 'get: where the content is written'],
    ['--copies <count>', 'put: give it to other copies until so many have it; drop: only where so many others do (default: 1)'],
    ['--peer <address>', 'put, drop, fetch: another copy than those that the clone knows'],
    ['--dry-run', 'prune: say what would go, and take nothing away'],
    ['--repair [peer]', 'verify: bring what is missing or damaged from another copy (default: origin)'],
  ],
  examples: ['gdo store put disk.img --copies 2', 'gdo store get 3f2a91c0 --out disk.img'],
  run: (positional, options, world) => whileStoppable(() => runStore(positional, options, world)),
};

async function runStore(positional: readonly string[], options: Options, world: World): Promise<number> {
  const [verb = '', word] = positional;
  const run = { put, get, verify, drop, fetch, list, prune }[verb];
  if (run === undefined)
    throw new UsageError(
      'GDO5002',
      `\`gdo store ${visible(verb)}\` does not exist`,
      'gdo store put FILE, get CONTENT --out FILE, verify, drop CONTENT, fetch CONTENT, prune or list',
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

async function put({ repository, world, word, options }: StoreCall): Promise<number> {
  if (word === undefined) throw new UsageError('GDO5002', 'Which file?', 'gdo store put disk.img');
  copiesWanted(options, 1);
  const source = word === '-' ? standardInput : await fileSource(resolve(world.cwd, word));
  if (typeof source === 'string')
    throw new WorldError(
      'GDO5022',
      `${visible(word)} ${source}`,
      'name a file, a disk or a pipe; a folder goes in as an archive:  tar -c FOLDER | gdo store put -',
    );
  const line = progress(world, `put ${visible(basename(word))}`);
  try {
    const content = await putContent(repository, { source, bytesCount: source.size, stretch: source.stretch, progress: (done) => line.at(done, source.size) });
    line.done();
    const { sha256, commit } = content;
    const { held: copies, tooFew } = await spreadContent(repository, { sha256, commit, ref: `${blobRefs}/${sha256}` }, { options, world });
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-store-put/1', copies, file: word, ...content })}\n`);
    else
      world.stdout(
        `✓ ${content.isNew ? 'Put' : 'Already here:'} ${visible(word)}, ${showBytes(content.size)} in ${counted(content.chunks, 'chunk')}; ${showBytes(content.newBytes)} were new.\n  ${content.sha256}\n`,
      );
    if (tooFew === undefined) return 0;
    if (!world.json) world.stdout(tooFew);
    return 1;
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
  const path = outFile(world.cwd, out);
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

async function drop(call: StoreCall): Promise<number> {
  return dropContent(call.repository, await meant(call), call);
}

/** Takes away what nothing names any more. */
async function prune({ repository, world, options }: StoreCall): Promise<number> {
  const isMeant = options['dryRun'] !== true;
  const { objects, bytes, youngObjects, youngBytes } = await (isMeant ? pruneUnnamed : lookForUnnamed)(repository);
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-store-prune/1', pruned: isMeant, objects, bytes, young: { objects: youngObjects, bytes: youngBytes } })}\n`);
    return 0;
  }
  const words = `${counted(objects, 'object')} that nothing names, ${showBytes(bytes)}`;
  world.stdout(objects === 0 ? 'Nothing can go: all that is older than an hour is named.\n' : `${isMeant ? '✓ Took away' : '  Would take away'} ${words}.\n`);
  if (youngObjects > 0)
    world.stdout(`  ${counted(youngObjects, 'object')} more, ${showBytes(youngBytes)}, came within the hour and stay: somebody may be about to name them.\n`);
  return 0;
}

/** Takes a content in that another copy has. Its whole name is asked for: nothing here says what a beginning means. */
async function fetch({ repository, world, word = '', options }: StoreCall): Promise<number> {
  const remote = await copyNamed(repository, options['peer'], world);
  const theirs = (await listRemote(repository, remote)).map(({ ref, id }) => ({ ref, commit: id, sha256: ref.slice(blobRefs.length + 1) }));
  const known = theirs.filter(({ ref }) => ref.startsWith(`${blobRefs}/`));
  const [first, second] = contentsNamed(known, word);
  if (first === undefined || second !== undefined)
    throw new UsageError(
      'GDO5003',
      `${first === undefined ? 'No' : 'More than one'} content there is called ${visible(word)}`,
      'write its SHA-256, or the beginning of it',
    );
  const objects = await bringFrom(repository, remote, first.sha256);
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-store-fetch/1', sha256: first.sha256, objects })}\n`);
  else world.stdout(`✓ ${first.sha256.slice(0, 12)} is here, every chunk held against its name; ${counted(objects, 'object')} were new.\n`);
  return 0;
}

async function verify(call: StoreCall): Promise<number> {
  const { repository, world, word, options } = call;
  const chosen = word === undefined ? await contentsHere(repository) : [await meant(call)];
  const found: Verified[] = [];
  for (const { sha256 } of chosen) {
    const before = await verifyOne(repository, sha256, world);
    if (isWhole(before) || options['repair'] === undefined) {
      found.push(before);
      continue;
    }
    const objects = await bringFrom(repository, await copyNamed(repository, options['repair'], world), sha256);
    if (!world.json) world.stdout(`  ${sha256.slice(0, 12)}: ${wrongWith(before)}; ${counted(objects, 'object')} came from another copy.\n`);
    // A reader that is open may still look at what was damaged.
    const again = openRepository(world.cwd);
    try {
      found.push(await verifyOne(again, sha256, world));
    } finally {
      again.close();
    }
  }
  const bad = found.filter((one) => !isWhole(one));
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
  const lines = bad.map((one) => `✗ GDO4030 ${one.sha256.slice(0, 12)}: ${wrongWith(one)}\n`);
  return `${lines.join('')}  Bring it from another copy:  gdo store verify --repair PEER\n`;
}

const isWhole = (one: Verified): boolean => one.reason === undefined && one.missing + one.damaged === 0;
const wrongWith = ({ missing, damaged, chunks, reason }: Verified): string => visible(reason ?? `${missing} of ${chunks} chunks missing, ${damaged} damaged`);

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
  const help = 'bring it from another copy:  gdo store verify --repair PEER';
  switch (got.kind) {
    case 'absent':
      return new WorldError('GDO4030', `There is no ${name} here`, help);
    case 'bad':
      return new WorldError('GDO4030', `The ${name} cannot be read: ${got.reason}`, help);
    case 'wanting':
      return new WorldError('GDO4030', `The ${name} is not whole here: ${got.missing} of ${got.chunks} chunks missing, ${got.damaged} damaged`, help);
  }
}
