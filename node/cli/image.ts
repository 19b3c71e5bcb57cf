// `gdo image`: container images in and out of the repository, in chunks. Adding reads an archive strictly; loading gives an engine nothing that was not read so again.
import { createWriteStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { addImage, type AddedImage } from '../chunks/add-image.ts';
import { contentsNamed } from '../chunks/contents.ts';
import { openContent } from '../chunks/content-parts.ts';
import { engineImages } from '../chunks/engine-images.ts';
import { openImageArchive } from '../chunks/image-archive.ts';
import { digestOf } from '../chunks/image-config.ts';
import { checkImage, imageArchive, imagesHere, type CheckedImage, type StoredImage } from '../chunks/stored-image.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { beginUnfinished, whileStoppable } from '../git/unfinished.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { outFile } from './out-file.ts';
import { progress, showBytes } from './progress.ts';
import { alignRows, counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';
import { naming } from '../git/write-whole.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo image`. Exits 0; 2; 3 (an archive is refused, chunks are missing or damaged, or the engine came to another digest). */
export const imageCommand: CommandDefinition = {
  name: 'image',
  group: 'keep',
  summary: 'container images in and out of the repository',
  arguments: 'add|load|list|verify [ARCHIVE|NAME|DIGEST]',
  options: [
    ['--digest <digest>', 'add: of an archive of several images only this one'],
    ['--out <file>', 'load: write an archive for `docker load` instead of asking the engine'],
  ],
  examples: ['gdo image add certification.tar', 'gdo image load sha256:41c07a --out certification.tar'],
  run: (positional, options, world) => whileStoppable(() => runImage(positional, options, world)),
};

interface ImageCall {
  readonly repository: Repository;
  readonly world: World;
  readonly word: string | undefined;
  readonly options: Options;
}

async function runImage(positional: readonly string[], options: Options, world: World): Promise<number> {
  const [verb = '', word] = positional;
  const run = { add, load, list, verify }[verb];
  if (run === undefined)
    throw new UsageError('GDO5002', `\`gdo image ${visible(verb)}\` does not exist`, 'gdo image add ARCHIVE, load DIGEST, list or verify [DIGEST]');
  const repository = openRepository(world.cwd);
  try {
    return await run({ repository, world, word, options });
  } finally {
    repository.close();
  }
}

async function add(call: ImageCall): Promise<number> {
  const { world, word } = call;
  if (word === undefined) throw new UsageError('GDO5002', 'Which image?', 'gdo image add ARCHIVE   or, from the container engine here:  gdo image add NAME');
  const path = resolve(world.cwd, word);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) return addArchive(call, path);
  // An engine has no image of such a name, or nobody who names a file means it.
  if (/^[./]|\.(tar|tgz|tar\.[a-z0-9]+)$/.test(word))
    throw new WorldError(
      'GDO5022',
      `${visible(word)} is no archive: ${found?.isDirectory() === true ? 'it is a folder' : found === undefined ? 'there is no such file' : 'it is no file'}`,
      'name an archive, such as one that  docker save  wrote, or an image of the container engine here',
    );
  const engine = await engineImages(world.env['DOCKER_HOST']);
  if ((await engine.digestOf(word)) === undefined)
    throw new WorldError('GDO3001', `${visible(word)} is no archive, and the container engine here has no image of that name`, 'docker images   lists them');
  // An archive is read where its parts lie, so that it has to lie somewhere.
  const folder = mkdtempSync(join(call.repository.gitDirectory, 'gdo-image-'));
  const finished = beginUnfinished(folder);
  try {
    await intoFile(await engine.save(word), join(folder, 'saved.tar'));
    return await addArchive(call, join(folder, 'saved.tar'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    finished();
  }
}

async function addArchive({ repository, world, word = '', options }: ImageCall, path: string): Promise<number> {
  const digest = options['digest'] === undefined ? undefined : digestOf(options['digest']);
  if (options['digest'] !== undefined && digest === undefined) throw new UsageError('GDO5003', '`--digest` is no SHA-256', '--digest sha256:<64 hex>');
  const added: AddedImage[] = [];
  const line = progress(world, `add ${visible(basename(word))}`);
  try {
    const archive = openImageArchive(path);
    try {
      const chosen = archive.images.filter(({ config }) => digest === undefined || config.digest === digest);
      if (chosen.length === 0) throw new WorldError('GDO3012', `The archive does not hold sha256:${digest ?? ''}`, 'leave --digest out to see what it holds');
      for (const image of chosen) added.push(await addImage(repository, archive, image, (done) => line.at(done, undefined)));
    } finally {
      archive.close();
    }
  } finally {
    line.done();
  }
  const rows = added.map(({ config, size, chunks, newBytes }) => ({ image: `sha256:${config.digest}`, platform: config.platform, size, chunks, newBytes }));
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-image-add/1', images: rows })}\n`);
  else
    world.stdout(
      rows
        .map(
          ({ image, platform, size, chunks, newBytes }) =>
            `✓ Added ${image}\n  ${platform}, ${showBytes(size)} in ${counted(chunks, 'chunk')}; ${showBytes(newBytes)} were new.\n`,
        )
        .join(''),
    );
  return 0;
}

async function load(call: ImageCall): Promise<number> {
  const { repository, world, options } = call;
  const image = await meantImage(call);
  const checked = await checkedImage(repository, image, world);
  if (checked.kind !== 'ok') throw notWhole(image, checked);
  const name = `sha256:${image.config.digest}`;
  const archive = imageArchive(repository, image, checked.layers);
  if (typeof options['out'] === 'string') {
    const path = outFile(world.cwd, options['out']);
    const draft = `${path}.gdo-${image.config.digest.slice(0, 16)}`;
    try {
      await intoFile(archive, draft);
      await rename(draft, path);
    } finally {
      if (existsSync(draft)) rmSync(draft);
    }
    return said(world, `✓ Wrote ${visible(options['out'])}, ${showBytes(checked.size)}: ${name}\n`, { image: name, file: options['out'] });
  }
  const engine = await engineImages(world.env['DOCKER_HOST']);
  if ((await engine.digestOf(name)) !== undefined) {
    archive.destroy();
    return said(world, `✓ The engine has ${name} already.\n`, { image: name, loaded: false });
  }
  await engine.load(archive);
  if ((await engine.digestOf(name)) !== image.config.digest)
    throw new WorldError('GDO3012', `The engine did not come to ${name}`, 'look at what it says:  docker images --digests');
  return said(world, `✓ Loaded ${name}, ${image.config.platform}, ${showBytes(checked.size)}.\n`, { image: name, loaded: true });
}

function said(world: World, text: string, fields: object): number {
  world.stdout(world.json ? `${JSON.stringify({ schema: 'gdo-image-load/1', ...fields })}\n` : text);
  return 0;
}

async function list({ repository, world }: ImageCall): Promise<number> {
  const rows: { readonly image: string; readonly platform: string; readonly layers: number; readonly size: number | undefined }[] = [];
  for (const { config } of await imagesHere(repository)) {
    const opened = await Promise.all(config.layers.map((name) => openContent(repository, name)));
    const sizes = opened.map((one) => (one.kind === 'ok' ? one.content.size : undefined));
    const size = sizes.includes(undefined) ? undefined : sizes.reduce((sum: number, one) => sum + (one ?? 0), 0);
    rows.push({ image: `sha256:${config.digest}`, platform: config.platform, layers: config.layers.length, size });
  }
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-image-list/1', images: rows })}\n`);
  else if (rows.length === 0) world.stdout('No image is kept here.\n');
  else
    world.stdout(
      `${alignRows(rows.map(({ image, platform, layers, size }) => [image, platform, counted(layers, 'layer'), size === undefined ? '✗ not whole' : showBytes(size)])).join('\n')}\n`,
    );
  return 0;
}

async function verify(call: ImageCall): Promise<number> {
  const { repository, world, word } = call;
  const images = word === undefined ? await imagesHere(repository) : [await meantImage(call)];
  const rows: { readonly image: string; readonly checked: CheckedImage }[] = [];
  for (const image of images) rows.push({ image: `sha256:${image.config.digest}`, checked: await checkedImage(repository, image, world) });
  if (world.json) {
    const found = rows.map(({ image, checked }) =>
      checked.kind === 'ok' ? { image, ok: true, chunks: checked.chunks } : { image, ok: false, code: checked.code, reason: checked.reason },
    );
    world.stdout(`${JSON.stringify({ schema: 'gdo-image-verify/1', images: found })}\n`);
  } else if (rows.length === 0) {
    world.stdout('No image is kept here.\n');
  } else {
    const lines = rows.map(({ image, checked }) =>
      checked.kind === 'ok'
        ? `✓ ${image}: ${counted(checked.chunks, 'chunk')} and ${counted(checked.layers.length, 'layer')} are what they should be`
        : `✗ ${checked.code} ${image}: ${visible(checked.reason)}`,
    );
    if (rows.some(({ checked }) => checked.kind !== 'ok')) lines.push('  Bring what is missing or damaged from another copy:  gdo store verify --repair PEER');
    world.stdout(`${lines.join('\n')}\n`);
  }
  return rows.every(({ checked }) => checked.kind === 'ok') ? 0 : 3;
}

async function checkedImage(repository: Repository, image: StoredImage, world: World): Promise<CheckedImage> {
  const line = progress(world, `check ${image.config.digest.slice(0, 12)}`);
  try {
    return await checkImage(repository, image, (done) => line.at(done, undefined));
  } finally {
    line.done();
  }
}

/** The one image that a word means. @throws UsageError GDO5002, GDO5003 */
async function meantImage({ repository, word }: ImageCall): Promise<StoredImage> {
  if (word === undefined) throw new UsageError('GDO5002', 'Which image?', 'name it by its digest; `gdo image list` shows all');
  const images = await imagesHere(repository);
  const named = contentsNamed(
    images.map(({ config }) => ({ sha256: config.digest, ref: '', commit: '' })),
    word,
  );
  const image = images.find(({ config }) => config.digest === named[0]?.sha256);
  if (image === undefined)
    throw new WorldError(
      'GDO3011',
      `Image ${visible(word)} is not in this copy`,
      'fetch the ledger from a copy that has it, or add it:  gdo image add ARCHIVE',
    );
  if (named.length > 1) throw new UsageError('GDO5003', `More than one image begins with ${visible(word)}`, 'write more of it');
  return image;
}

function notWhole({ config }: StoredImage, checked: Exclude<CheckedImage, { readonly kind: 'ok' }>): WorldError {
  return new WorldError(
    checked.code,
    `Image sha256:${config.digest.slice(0, 12)} ${checked.kind === 'wanting' ? 'is not whole in this copy' : 'is refused'}: ${checked.reason}`,
    checked.kind === 'wanting' ? 'bring them from another copy:  gdo store verify --repair PEER' : 'drop it, and add it again from a source that you trust',
  );
}

/** Writes all that a stream gives into a file; it is on the disk when this returns. */
async function intoFile(from: NodeJS.ReadableStream | AsyncIterable<Uint8Array>, path: string): Promise<void> {
  try {
    await pipeline(from, createWriteStream(path, { flush: true }));
  } catch (error) {
    throw naming(error, path);
  }
}
