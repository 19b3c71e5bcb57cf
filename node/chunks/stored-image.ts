// Container images that lie in the repository as contents: found, checked, and given out as the one archive that a container engine loads. The same image gives the same
// archive on every node. Nothing is loaded that was not read strictly before.
import { Readable } from 'node:stream';
import { WorldError } from '../cli/command.ts';
import type { ImageSource } from '../dapps/images.ts';
import type { Repository } from '../git/repository.ts';
import { contentsHere } from './contents.ts';
import { chunksOf, openContent, partsOf, type OpenContent } from './content-parts.ts';
import { readContent } from './get-content.ts';
import { configBytesMax, digestOf, readImageConfig, type ImageConfig } from './image-config.ts';
import { TarReader } from './tar-reader.ts';
import { tarEnd, tarHead, tarPadding } from './tar-writer.ts';

/** An image whose configuration is here. */
export interface StoredImage {
  readonly config: ImageConfig;
  readonly configBytes: Uint8Array;
}

/** Whether an image can be given out. `wanting`: what is missing or damaged of it, as a sentence; `refused`: a layer breaks the rules of archives. */
export type CheckedImage =
  | { readonly kind: 'ok'; readonly size: number; readonly chunks: number; readonly layers: readonly OpenContent[] }
  | { readonly kind: 'wanting'; readonly code: 'GDO3011'; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: 'GDO3012'; readonly reason: string };

/** Reads the configuration of an image. @returns undefined where no content of that name is here, or it is no configuration */
export async function storedImage(repository: Repository, digest: string): Promise<StoredImage | undefined> {
  const opened = await openContent(repository, digest);
  if (opened.kind !== 'ok' || opened.content.size > configBytesMax) return undefined;
  const parts: Uint8Array[] = [];
  const faults = await readContent(repository, opened.content, (bytes) => void parts.push(bytes));
  const configBytes = Buffer.concat(parts);
  const config = faults.missing + faults.damaged > 0 ? 'it is not whole' : readImageConfig(configBytes);
  return typeof config === 'string' ? undefined : { config, configBytes };
}

/** Every image whose configuration is here, by digest. */
export async function imagesHere(repository: Repository): Promise<readonly StoredImage[]> {
  const images: StoredImage[] = [];
  for (const { sha256 } of await contentsHere(repository)) {
    const image = await storedImage(repository, sha256);
    if (image !== undefined) images.push(image);
  }
  return images;
}

/** Reads every layer of an image: each chunk against its name, each layer against its name and the rules of archives. */
export async function checkImage(repository: Repository, { config }: StoredImage, progress?: (bytesCount: number) => void): Promise<CheckedImage> {
  const layers: OpenContent[] = [];
  const absent: string[] = [];
  let [chunks, missing, damaged, size] = [0, 0, 0, 0];
  for (const name of config.layers) {
    const opened = await openContent(repository, name);
    if (opened.kind !== 'ok') {
      absent.push(`layer ${name.slice(0, 12)} is not here`);
      continue;
    }
    const reader = new TarReader('layer');
    try {
      const faults = await readContent(repository, opened.content, (bytes) => {
        reader.take(bytes);
        progress?.((size += bytes.length));
      });
      missing += faults.missing;
      damaged += faults.damaged;
      if (faults.missing + faults.damaged === 0) reader.end();
    } catch (error) {
      if (!(error instanceof WorldError)) throw error;
      if (error.code === 'GDO3012') return { kind: 'refused', code: 'GDO3012', reason: `layer ${name.slice(0, 12)}: ${error.message}` };
      if (error.code !== 'GDO4030') throw error;
      absent.push(error.message);
    }
    chunks += opened.content.chunks;
    layers.push(opened.content);
  }
  if (missing + damaged + absent.length === 0) return { kind: 'ok', size, chunks, layers };
  const words = [
    ...(missing > 0 ? [`${missing} of ${chunks} chunks missing`] : []),
    ...(damaged > 0 ? [`${damaged} of ${chunks} chunks damaged`] : []),
    ...absent,
  ];
  return { kind: 'wanting', code: 'GDO3011', reason: words.join(', ') };
}

/** The archive of a checked image, as `docker load` reads it: layers in order, configuration, list. */
export function imageArchive(repository: Repository, image: StoredImage, layers: readonly OpenContent[]): Readable {
  return Readable.from(archiveBytes(repository, image, layers), { objectMode: false });
}

async function* archiveBytes(repository: Repository, { config, configBytes }: StoredImage, layers: readonly OpenContent[]): AsyncGenerator<Uint8Array> {
  // An image may have one layer twice; the archive has it once.
  const distinct = new Map(layers.map((layer) => [layer.sha256, layer]));
  for (const layer of distinct.values()) {
    yield tarHead({ name: `${layer.sha256}.tar`, size: layer.size });
    for await (const part of partsOf(repository, layer)) {
      for await (const chunk of chunksOf(repository, part)) {
        if (chunk.kind !== 'ok') throw new WorldError('GDO3011', `A chunk of layer ${layer.sha256.slice(0, 12)} is ${chunk.kind}`, 'gdo image verify');
        yield chunk.bytes;
      }
    }
    yield tarPadding(layer.size);
  }
  const list = [{ Config: `${config.digest}.json`, RepoTags: null, Layers: config.layers.map((name) => `${name}.tar`) }];
  for (const [name, bytes] of [
    [`${config.digest}.json`, configBytes],
    ['manifest.json', Buffer.from(JSON.stringify(list), 'utf8')],
  ] as const) {
    yield tarHead({ name, size: bytes.length });
    yield bytes;
    yield tarPadding(bytes.length);
  }
  yield tarEnd();
}

/** The images of a repository as a source for dapps. */
export function chunkedImages(repository: Repository): ImageSource {
  return {
    find: async (image) => {
      const digest = digestOf(image);
      const stored = digest === undefined ? undefined : await storedImage(repository, digest);
      if (stored === undefined) return { kind: 'unknown' };
      const checked = await checkImage(repository, stored);
      if (checked.kind === 'ok') return { kind: 'archive', stream: imageArchive(repository, stored, checked.layers) };
      if (checked.kind === 'refused') return { kind: 'refused', reason: `Image ${image.slice(0, 19)} is refused: ${checked.reason}` };
      return { kind: 'missing', reason: `Image ${image.slice(0, 19)} is not whole in this copy: ${checked.reason}` };
    },
  };
}
