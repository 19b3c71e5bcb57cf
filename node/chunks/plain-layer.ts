// A layer of an image in the one form that says nothing of who made it when: names in order, folders named, no owner, no time, two modes. From an archive of somebody's
// build or from files.
import { byCodeUnit } from '../../engine/index.ts';
import { TarReader, type TarEntry } from './tar-reader.ts';
import { tarEnd, tarHead, tarPadding } from './tar-writer.ts';

/** One file or link of a layer. Names are bytes as Latin-1, without a slash in front. */
export interface LayerFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
}

/** What a layer holds. */
export interface LayerContent {
  readonly files: readonly LayerFile[];
  readonly links: readonly { readonly name: string; readonly target: string }[];
  readonly folders: readonly string[];
}

/** Where the mode stands in a header, and the bit that lets its owner execute. */
const [modeAt, modeDigits, executeBit] = [100, 7, 0o100];
const headBytes = 512;

/** Reads what a build wrote. Hard links become files of their own. @throws WorldError GDO3012 where the archive breaks the rules of layers */
export function readLayer(archive: Uint8Array): LayerContent {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  const entries: TarEntry[] = [];
  const reader = new TarReader('layer', (entry) => entries.push(entry));
  reader.take(bytes);
  reader.end();
  const files = new Map<string, LayerFile>();
  for (const { name, kind, linkName, size, at } of entries) {
    if (kind === 'file') {
      const mode = Number.parseInt(bytes.toString('latin1', at - headBytes + modeAt, at - headBytes + modeAt + modeDigits).trim(), 8);
      files.set(name, { name, bytes: bytes.subarray(at, at + size), isExecutable: (mode & executeBit) !== 0 });
    }
    const linked = kind === 'hard-link' ? files.get(plain(linkName)) : undefined;
    if (linked !== undefined) files.set(name, { ...linked, name });
  }
  return {
    files: [...files.values()],
    links: entries.flatMap(({ name, kind, linkName }) => (kind === 'symbolic-link' ? [{ name, target: linkName }] : [])),
    folders: entries.flatMap(({ name, kind }) => (kind === 'folder' && name !== '' ? [name] : [])),
  };
}

/** The name of a hard link's target as names are kept; the reader has refused any that leads out. */
function plain(text: string): string {
  return text
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** The bytes of a layer. */
export function writeLayer({ files, links, folders }: LayerContent): Uint8Array {
  const above = [...files, ...links].flatMap(({ name }) => foldersAbove(name));
  const members = new Map<string, readonly Uint8Array[]>();
  for (const name of [...folders, ...folders.flatMap(foldersAbove), ...above]) members.set(name, [tarHead({ name: `${name}/`, size: 0, type: 'folder' })]);
  for (const { name, target } of links) members.set(name, [tarHead({ name, size: 0, type: 'symbolic-link', linkName: target })]);
  for (const { name, bytes, isExecutable } of files) members.set(name, [tarHead({ name, size: bytes.length, isExecutable }), bytes, tarPadding(bytes.length)]);
  return Buffer.concat([...[...members].sort(([left], [right]) => byCodeUnit(left, right)).flatMap(([, parts]) => parts), tarEnd()]);
}

function foldersAbove(name: string): readonly string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
