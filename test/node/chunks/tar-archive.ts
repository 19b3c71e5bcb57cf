// Tar archives for tests, good and hostile, header by header; and archives of container images made of them. Nothing checks what is written here.
import { createHash } from 'node:crypto';

/** One entry. `type` as in the header; `size` claims another size than the content has; `edit` changes the header before its checksum. */
export interface TarPart {
  readonly name: string;
  readonly type?: string;
  readonly content?: Uint8Array | string;
  readonly link?: string;
  readonly size?: number;
  readonly edit?: (header: Buffer) => void;
  readonly after?: (header: Buffer) => void;
}

/** The bytes of one entry with its padding. */
export function tarPart({ name, type = '0', content = '', link = '', size, edit, after }: TarPart): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'latin1');
  header.write('0000644\0' + '0000000\0' + '0000000\0', 100, 'latin1');
  header.write(`${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('00000000000\0' + ' '.repeat(8) + type, 136, 'latin1');
  header.write(link, 157, 100, 'latin1');
  header.write('ustar\0' + '00', 257, 'latin1');
  edit?.(header);
  header.write(
    `${header
      .reduce((total, byte) => total + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  );
  after?.(header);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** The end mark of an archive. */
export const tarEnd: Buffer = Buffer.alloc(1024);

/** A whole archive. */
export function tarOf(parts: readonly TarPart[]): Buffer {
  return Buffer.concat([...parts.map(tarPart), tarEnd]);
}

/** A pax record in front of an entry. */
export function paxPart(records: Readonly<Record<string, string>>, type = 'x'): TarPart {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    let length = rest.length + 1;
    while (String(length).length + rest.length !== length) length += 1;
    return `${length}${rest}`;
  });
  return { name: 'pax', type, content: lines.join('') };
}

/** Hexadecimal SHA-256. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A configuration over these uncompressed layers. */
export function imageConfig(layers: readonly Uint8Array[], fields: object = {}): string {
  const rootfs = { type: 'layers', diff_ids: layers.map((layer) => `sha256:${sha256Of(layer)}`) };
  return JSON.stringify({ architecture: 'amd64', os: 'linux', config: { Cmd: ['/bin/true'] }, rootfs, ...fields });
}

/** An archive as `docker save` wrote it before it had layouts. */
export function savedImage(config: string, layers: readonly Uint8Array[]): Buffer {
  const names = layers.map((_, index) => `layer-${index}/layer.tar`);
  return tarOf([
    ...layers.map((content, index) => ({ name: names[index] ?? '', content })),
    { name: `${sha256Of(config)}.json`, content: config },
    { name: 'manifest.json', content: JSON.stringify([{ Config: `${sha256Of(config)}.json`, RepoTags: ['x:1'], Layers: names }]) },
  ]);
}

/** One image of a layout: its configuration, its layers as they are stored, and what its index says beside the digest. */
export interface LayoutImage {
  readonly config: string;
  readonly layers: readonly Uint8Array[];
  readonly beside?: object;
}

/** An OCI layout as a tar file, for any number of platforms. */
export function layoutOf(images: readonly LayoutImage[]): Buffer {
  const blobs = new Map<string, Uint8Array>();
  const blob = (bytes: Uint8Array | string): { readonly digest: string; readonly size: number } => {
    const content = Buffer.from(bytes);
    blobs.set(sha256Of(content), content);
    return { digest: `sha256:${sha256Of(content)}`, size: content.length };
  };
  const manifests = images.map(({ config, layers, beside }) => ({
    ...blob(JSON.stringify({ schemaVersion: 2, config: blob(config), layers: layers.map(blob) })),
    ...beside,
  }));
  const inner = blob(JSON.stringify({ schemaVersion: 2, manifests }));
  return tarOf([
    { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    { name: 'index.json', content: JSON.stringify({ schemaVersion: 2, manifests: [inner] }) },
    { name: 'blobs/', type: '5' },
    ...[...blobs].map(([digest, content]) => ({ name: `blobs/sha256/${digest}`, content })),
  ]);
}
