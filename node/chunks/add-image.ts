// Container images as contents: the configuration and each uncompressed layer are contents of their own, named by their SHA-256. So the configuration alone says what
// belongs to an image, layers are shared between images, and compressing is git's. No registry is ever asked.
import type { Repository } from '../git/repository.ts';
import type { ByteSource } from './cut-source.ts';
import type { ArchivedImage, ImageArchive } from './image-archive.ts';
import type { ImageConfig } from './image-config.ts';
import { putContent } from './put-content.ts';
import { tarRefusal, TarReader } from './tar-reader.ts';
import { unpackedSource } from './unpacked-source.ts';

/** What adding an image came to. */
export interface AddedImage {
  readonly config: ImageConfig;
  readonly size: number;
  readonly chunks: number;
  readonly newBytes: number;
}

/**
 * Adds an image of an archive: every layer is uncompressed, read strictly and held against its name before anything names it; the configuration comes last.
 * @throws WorldError GDO3012
 */
export async function addImage(
  repository: Repository,
  archive: ImageArchive,
  image: ArchivedImage,
  progress?: (bytesCount: number) => void,
): Promise<AddedImage> {
  let [size, chunks, newBytes] = [0, 0, 0];
  for (const [index, entry] of image.layers.entries()) {
    const reader = new TarReader('layer');
    const before = size;
    const layer = await putContent(repository, {
      source: heard(await unpackedSource(archive.source(entry), entry.size), reader),
      progress: (done) => progress?.(before + done),
      // A layer that is compressed is none of a trail: those were read as layers when they were put.
      stretch: archive.stretch(entry),
      readAs: 'layer',
      accept: (sha256, isRead) => {
        if (isRead) reader.end();
        if (sha256 !== image.config.layers[index]) throw tarRefusal(`layer ${index + 1} is another one than the configuration names`);
      },
    });
    size += layer.size;
    chunks += layer.chunks;
    newBytes += layer.newBytes;
  }
  let at = 0;
  const source: ByteSource = {
    read: (into) => {
      const part = image.configBytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
  const config = await putContent(repository, { source });
  return { config: image.config, size: size + config.size, chunks: chunks + config.chunks, newBytes: newBytes + config.newBytes };
}

/** A source whose bytes a reader hears before anybody else. */
function heard(source: ByteSource, reader: TarReader): ByteSource {
  return {
    read: async (into) => {
      const count = await source.read(into);
      reader.take(into.subarray(0, count));
      return count;
    },
  };
}
