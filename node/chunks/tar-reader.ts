// Reads a tar archive strictly as its bytes come, and says at the first fault why it is refused (GDO3012). It writes nothing anywhere: names are looked at, never used.
import { tarBlockBytes } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { readPaxRecords, readTarHeader, type TarHeader } from './tar-header.ts';

/** What an archive holds at one place. `at`: where its content begins in the archive. Names have no `./` in front and no `/` behind; bytes as Latin-1. */
export interface TarEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'symbolic-link' | 'hard-link';
  readonly linkName: string;
  readonly size: number;
  readonly at: number;
}

/** What archives may hold. `archive`: files and folders, such as an archive of images; `layer`: links within it too, and whiteouts. */
export type TarPolicy = 'archive' | 'layer';

/** Names that one archive holds at most: more than any distribution has, and few enough to remember. */
const entriesMax = 300_000;
const nameBytesMax = 4_096;
const partsMax = 128;
/** Long names and other records in front of one entry. */
const recordBytesMax = 1024 * 1024;
/** Keys of pax records that change nothing about where something lies. */
const harmlessKeys = /^(path|linkpath|size|mtime|atime|ctime|uid|gid|uname|gname|comment|(SCHILY|LIBARCHIVE)\.(xattr\..+|creationtime|dev|ino|nlink))$/;

/** Refuses an archive. */
export function tarRefusal(reason: string, next = 'make it again with a tool that you trust'): WorldError {
  return new WorldError('GDO3012', `The archive is refused: ${reason}`, next);
}

/** A strict reader. `take` bytes in any pieces, then `end`; both throw WorldError GDO3012. `hear` gets each entry before its content. */
export class TarReader {
  private readonly policy: TarPolicy;
  private readonly hear: (entry: TarEntry) => void;
  private readonly kinds = new Map<string, TarEntry['kind']>();
  /** Folders that lie above an entry and have none of their own yet: whoever unpacks it makes them. */
  private readonly implied = new Set<string>();
  private readonly block: Buffer = Buffer.alloc(tarBlockBytes);
  private filled = 0;
  private at = 0;
  /** Bytes of content and padding that are passed over, and those kept for a record in front of the next entry. */
  private left = 0;
  private kept: { readonly type: string; readonly bytes: Buffer; filled: number } | undefined;
  private longName: string | undefined;
  private longLink: string | undefined;
  private longSize: number | undefined;
  private zeros = 0;
  private entries = 0;

  constructor(policy: TarPolicy, hear: (entry: TarEntry) => void = () => undefined) {
    this.policy = policy;
    this.hear = hear;
  }

  take(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      if (this.left > 0) {
        const count = Math.min(this.left, bytes.length - from);
        if (this.kept !== undefined) this.keep(this.kept, bytes.subarray(from, from + count));
        this.left -= count;
        from += count;
        this.at += count;
        if (this.left === 0 && this.kept !== undefined) this.record(this.kept);
        continue;
      }
      const count = Math.min(tarBlockBytes - this.filled, bytes.length - from);
      this.block.set(bytes.subarray(from, from + count), this.filled);
      this.filled += count;
      from += count;
      this.at += count;
      if (this.filled < tarBlockBytes) continue;
      this.filled = 0;
      this.header(this.block);
    }
  }

  /** The archive has no more bytes. */
  end(): void {
    if (this.filled > 0 || this.left > 0) throw tarRefusal('it ends in the middle of an entry');
    if (this.zeros < 2) throw tarRefusal('it has no end mark');
  }

  private header(block: Buffer): void {
    if (block.every((byte) => byte === 0)) {
      this.zeros += 1;
      return;
    }
    if (this.zeros > 0) throw tarRefusal('something follows its end mark');
    const header = readTarHeader(block);
    if (typeof header === 'string') throw tarRefusal(header);
    if ((this.entries += 1) > entriesMax) throw tarRefusal(`it has more than ${entriesMax} entries`);
    if ('xgLK'.includes(header.type)) {
      if (header.size > recordBytesMax) throw tarRefusal('a record in front of an entry is too large');
      this.kept = { type: header.type, bytes: Buffer.alloc(header.size), filled: 0 };
      this.left = padded(header.size);
      if (this.left === 0) this.record(this.kept);
      return;
    }
    this.entry(header);
  }

  private keep(kept: { readonly bytes: Buffer; filled: number }, bytes: Uint8Array): void {
    const wanted = bytes.subarray(0, kept.bytes.length - kept.filled);
    kept.bytes.set(wanted, kept.filled);
    kept.filled += wanted.length;
  }

  private record({ type, bytes }: { readonly type: string; readonly bytes: Buffer }): void {
    this.kept = undefined;
    if (type === 'L') this.longName = bytes.toString('latin1').replace(/\0+$/, '');
    if (type === 'K') this.longLink = bytes.toString('latin1').replace(/\0+$/, '');
    if (type === 'L' || type === 'K') return;
    const records = readPaxRecords(bytes);
    if (records === undefined) throw tarRefusal('a pax record is not well formed');
    // A global record says the same of every entry after it: nobody needs that of names.
    const odd = [...records.keys()].find((key) => !harmlessKeys.test(key) || (type === 'g' && key !== 'comment'));
    if (odd !== undefined) throw tarRefusal(`a pax record has the key \`${odd}\``);
    this.longName = records.get('path') ?? this.longName;
    this.longLink = records.get('linkpath') ?? this.longLink;
    const size = records.get('size');
    if (size !== undefined && !/^(0|[1-9][0-9]{0,12})$/.test(size)) throw tarRefusal('a pax record has no size');
    if (size !== undefined) this.longSize = Number(size);
  }

  private entry(header: TarHeader): void {
    const name = plainName(this.longName ?? header.name);
    const linkName = this.longLink ?? header.linkName;
    const size = this.longSize ?? header.size;
    this.longName = this.longLink = this.longSize = undefined;
    const kind = kindOf(header.type, name);
    if (kind !== 'file' && size > 0) throw tarRefusal(`\`${name}\` is no file and has content`);
    this.judge({ name, kind, linkName });
    this.left = padded(size);
    this.hear({ name, kind, linkName, size, at: this.at });
  }

  /** Where an entry lies, what it replaces and where its link leads. */
  private judge({ name, kind, linkName }: Pick<TarEntry, 'name' | 'kind' | 'linkName'>): void {
    if (this.policy === 'archive' && kind !== 'file' && kind !== 'folder') throw tarRefusal(`\`${name}\` is a link`);
    if (this.kinds.has(name) || (kind !== 'folder' && this.implied.has(name))) throw tarRefusal(`\`${name}\` is in it twice`);
    if (name === '' && kind !== 'folder') throw tarRefusal('something that is no folder takes the place of its root');
    for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      const above = this.kinds.get(name.slice(0, slash));
      if (above !== undefined && above !== 'folder') throw tarRefusal(`\`${name}\` lies below \`${name.slice(0, slash)}\`, which is no folder`);
      if (above === undefined) this.implied.add(name.slice(0, slash));
    }
    if (kind === 'hard-link' && this.kinds.get(plainName(linkName)) !== 'file')
      throw tarRefusal(`\`${name}\` is a hard link to something that is no file before it`);
    if (kind === 'symbolic-link' && leadsOut(name, linkName)) throw tarRefusal(`\`${name}\` is a link that leads out`);
    if (this.policy === 'layer') judgeWhiteout(name, kind);
    // A hard link to a file is that file under another name.
    this.kinds.set(name, kind === 'hard-link' ? 'file' : kind);
  }
}

function padded(size: number): number {
  return Math.ceil(size / tarBlockBytes) * tarBlockBytes;
}

function kindOf(type: string, name: string): TarEntry['kind'] {
  switch (type) {
    case '0':
      return 'file';
    case '1':
      return 'hard-link';
    case '2':
      return 'symbolic-link';
    case '5':
      return 'folder';
    case '3':
    case '4':
    case '6':
      throw tarRefusal(`\`${name}\` is a device or a pipe`);
    default:
      throw tarRefusal(`\`${name}\` is of the kind \`${type}\`, which is not taken`);
  }
}

/** The name without `./` in front and `/` behind; '' is the root itself. */
function plainName(text: string): string {
  if (text.startsWith('/')) throw tarRefusal(`\`${text}\` is an absolute name`);
  if (text.length > nameBytesMax) throw tarRefusal('a name is too long');
  if (text.includes('\0')) throw tarRefusal('a name holds NUL');
  const parts = text.split('/');
  if (parts.includes('..')) throw tarRefusal(`\`${text}\` goes up`);
  const plain = parts.filter((part) => part !== '' && part !== '.');
  if (plain.length > partsMax) throw tarRefusal(`\`${text.slice(0, 100)}\` is nested too deep`);
  return plain.join('/');
}

/** Whether a relative target climbs above the root. An absolute one begins at the root of the container, which is where it stays. */
function leadsOut(name: string, target: string): boolean {
  if (target === '' || target.length > nameBytesMax || target.includes('\0')) return true;
  if (target.startsWith('/')) return target.split('/').includes('..');
  let depth = name.split('/').length - 1;
  for (const part of target.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Whiteouts take away what lower layers have: `.wh.NAME` one name, `.wh..wh..opq` all of a folder. Anything else that looks so is a trick. */
function judgeWhiteout(name: string, kind: TarEntry['kind']): void {
  const parts = name.split('/');
  const last = parts.at(-1) ?? '';
  if (parts.slice(0, -1).some((part) => part.startsWith('.wh.'))) throw tarRefusal(`\`${name}\` lies below a whiteout`);
  if (!last.startsWith('.wh.')) return;
  const of = last.slice('.wh.'.length);
  const isWellFormed = kind === 'file' && (of === '.wh..opq' || (of !== '' && of !== '.' && of !== '..' && !of.startsWith('.wh.')));
  if (!isWellFormed) throw tarRefusal(`\`${name}\` is no whiteout that layers have`);
}
