// An archive of container images on the disk: what `docker save` writes, or an OCI layout as a tar file, also for several platforms. It is looked through once, by the
// strict reader; then parts of it are read where they lie. Nothing is unpacked.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from './cut-source.ts';
import type { FileStretch } from './follow-content.ts';
import { configBytesMax, digestOf, fieldsOf, jsonOf, readImageConfig, type ImageConfig } from './image-config.ts';
import { tarRefusal, TarReader, type TarEntry } from './tar-reader.ts';

/** One image of an archive: its configuration, and where each of its layers lies. */
export interface ArchivedImage {
  readonly config: ImageConfig;
  readonly configBytes: Uint8Array;
  readonly layers: readonly TarEntry[];
}

/** An open archive. */
export interface ImageArchive {
  readonly images: readonly ArchivedImage[];
  /** The bytes of an entry. */
  readonly source: (entry: TarEntry) => ByteSource;
  /** Where they lie. */
  readonly stretch: (entry: TarEntry) => FileStretch;
  readonly close: () => void;
}

/** Indexes and manifests are small; one that is not is read no further. */
const documentBytesMax: number = 4 * 1024 * 1024;
const imagesMax = 64;
/** An index in an index, as builders write them. */
const indexDepthMax = 2;
const readBytes = 1024 * 1024;

/** Opens an archive. @throws WorldError GDO3012 where it breaks the rules of archives or of images */
export function openImageArchive(path: string): ImageArchive {
  const file = openSync(path, 'r');
  let isGood = false;
  try {
    const packed = compressionOf(file);
    if (packed !== undefined) throw tarRefusal(`it is compressed with ${packed.name}`, `unpack it first:  ${packed.unpack} FILE`);
    const reader = new ArchiveFiles(file);
    if (!reader.has('index.json') && !reader.has('manifest.json'))
      throw tarRefusal('it holds neither index.json nor manifest.json', 'an archive of images is what `docker save` writes, or an OCI layout');
    const images = reader.has('index.json') ? reader.layoutImages() : reader.savedImages();
    if (images.length === 0) throw tarRefusal('it holds no image');
    isGood = true;
    return {
      images,
      source: (entry) => reader.source(entry),
      stretch: ({ at, size }) => ({ file, from: at, size, isWhole: false }),
      close: () => closeSync(file),
    };
  } finally {
    if (!isGood) closeSync(file);
  }
}

/** How packed files begin, as `file` tells them apart, and what unpacks them. */
const compressions = [
  { name: 'gzip', begins: '1f8b', unpack: 'gunzip' },
  { name: 'xz', begins: 'fd377a585a00', unpack: 'xz -d' },
  { name: 'zstd', begins: '28b52ffd', unpack: 'zstd -d' },
  { name: 'bzip2', begins: '425a68', unpack: 'bunzip2' },
];

/** An archive that is packed as a whole looks to a reader like one that is cut off. */
function compressionOf(file: number): (typeof compressions)[number] | undefined {
  const buffer = Buffer.alloc(6);
  const count = readSync(file, buffer, 0, buffer.length, 0);
  const begins = buffer.subarray(0, count).toString('hex');
  return compressions.find((one) => begins.startsWith(one.begins));
}

class ArchiveFiles {
  private readonly file: number;
  private readonly entries = new Map<string, TarEntry>();

  constructor(file: number) {
    this.file = file;
    const reader = new TarReader('archive', (entry) => this.entries.set(entry.name, entry));
    const buffer = Buffer.alloc(readBytes);
    for (let at = 0, count; (count = readSync(file, buffer, 0, buffer.length, at)) > 0; at += count) reader.take(buffer.subarray(0, count));
    reader.end();
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  source(entry: TarEntry): ByteSource {
    let at = 0;
    return {
      read: (into) => {
        const count = readSync(this.file, into, 0, Math.min(into.length, entry.size - at), entry.at + at);
        at += count;
        return count;
      },
    };
  }

  /** `index.json` of an OCI layout, and what it leads to. */
  layoutImages(): readonly ArchivedImage[] {
    const images = new Map<string, ArchivedImage>();
    this.fromIndex(this.document('index.json'), 0, images);
    return [...images.values()];
  }

  /** `manifest.json` of `docker save`. */
  savedImages(): readonly ArchivedImage[] {
    const list = jsonOf(this.bytes('manifest.json', documentBytesMax));
    if (!Array.isArray(list) || list.length > imagesMax) throw tarRefusal('its manifest.json is no list of images');
    return list.map((row) => {
      const { Config: config, Layers: layers } = fieldsOf(row);
      if (typeof config !== 'string' || !Array.isArray(layers)) throw tarRefusal('its manifest.json names no configuration or no layers');
      return this.image(
        config,
        layers.map((name) => this.entry(typeof name === 'string' ? name : '')),
      );
    });
  }

  private fromIndex(index: Readonly<Record<string, unknown>>, depth: number, images: Map<string, ArchivedImage>): void {
    const { manifests } = index;
    if (!Array.isArray(manifests) || manifests.length > imagesMax || depth > indexDepthMax) throw tarRefusal('an index of it names no manifests, or too many');
    for (const row of manifests) {
      const { digest, platform, annotations } = fieldsOf(row);
      const isAttestation = fieldsOf(platform)['os'] === 'unknown' || fieldsOf(annotations)['vnd.docker.reference.type'] !== undefined;
      // What a builder says of how it built is no image.
      if (isAttestation) continue;
      const document = this.documentOf(digest);
      if (document['manifests'] !== undefined) this.fromIndex(document, depth + 1, images);
      else this.fromManifest(document, images);
      if (images.size > imagesMax) throw tarRefusal(`it holds more than ${imagesMax} images`);
    }
  }

  private fromManifest(manifest: Readonly<Record<string, unknown>>, images: Map<string, ArchivedImage>): void {
    const { config, layers } = manifest;
    if (!Array.isArray(layers)) throw tarRefusal('a manifest of it names no layers');
    const image = this.image(
      blobName(fieldsOf(config)['digest']),
      layers.map((layer) => this.entry(blobName(fieldsOf(layer)['digest']))),
    );
    images.set(image.config.digest, image);
  }

  private image(name: string, layers: readonly TarEntry[]): ArchivedImage {
    const configBytes = this.bytes(name, configBytesMax);
    const config = readImageConfig(configBytes);
    if (typeof config === 'string') throw tarRefusal(config);
    const named = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(name)?.[1] ?? /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
    if (named !== undefined && named !== config.digest) throw tarRefusal(`\`${name}\` is another file than its name says`);
    if (layers.length !== config.layers.length) throw tarRefusal(`it has ${layers.length} layers and its configuration names ${config.layers.length}`);
    return { config, configBytes, layers };
  }

  private entry(name: string): TarEntry {
    const entry = this.entries.get(name);
    if (entry?.kind !== 'file') throw tarRefusal(`it names \`${name.slice(0, 100)}\`, which is not in it`);
    return entry;
  }

  private bytes(name: string, most: number): Buffer {
    const entry = this.entry(name);
    if (entry.size > most) throw tarRefusal(`\`${name}\` is too large`);
    const bytes = Buffer.alloc(entry.size);
    const source = this.source(entry);
    for (let at = 0, count; at < bytes.length && (count = Number(source.read(bytes.subarray(at)))) > 0;) at += count;
    return bytes;
  }

  private document(name: string): Readonly<Record<string, unknown>> {
    return fieldsOf(jsonOf(this.bytes(name, documentBytesMax)));
  }

  private documentOf(digest: unknown): Readonly<Record<string, unknown>> {
    const name = blobName(digest);
    const bytes = this.bytes(name, documentBytesMax);
    if (createHash('sha256').update(bytes).digest('hex') !== name.slice(-64)) throw tarRefusal(`\`${name}\` is another file than its name says`);
    return fieldsOf(jsonOf(bytes));
  }
}

function blobName(digest: unknown): string {
  const digits = digestOf(digest);
  if (digits === undefined) throw tarRefusal('it names a part by no SHA-256');
  return `blobs/sha256/${digits}`;
}
