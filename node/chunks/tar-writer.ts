// Writes members of tar archives (POSIX.1-2017 ustar; GNU long names) with nothing in them of who wrote them when: the same members give the same bytes.
import { tarBlockBytes } from '../../engine/index.ts';

/** What a member is, in the letter of its header. */
export type TarType = 'file' | 'folder' | 'symbolic-link';

/** One member. Names are bytes as Latin-1, as the reader gives them. */
export interface TarMember {
  readonly name: string;
  readonly size: number;
  readonly type?: TarType;
  readonly isExecutable?: boolean;
  readonly linkName?: string;
}

const typeFlags: Readonly<Record<TarType, string>> = { file: '0', folder: '5', 'symbolic-link': '2' };
/** Longer names stand in a member of their own in front. */
const nameBytesMax = 100;
const longNameFlags = { name: 'L', link: 'K' } as const;

/** Zeros up to the end of a member's last block. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array((tarBlockBytes - (size % tarBlockBytes)) % tarBlockBytes);
}

/** What an archive ends with. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * tarBlockBytes);
}

/** The bytes in front of a member's content. */
export function tarHead(member: TarMember): Uint8Array {
  const { name, size, type = 'file', isExecutable = false, linkName = '' } = member;
  const mode = type === 'file' && !isExecutable ? '0000644' : '0000755';
  return Buffer.concat([
    ...longName(name, longNameFlags.name),
    ...longName(linkName, longNameFlags.link),
    header({ name: name.slice(0, nameBytesMax), size, flag: typeFlags[type], mode, linkName: linkName.slice(0, nameBytesMax) }),
  ]);
}

function longName(text: string, flag: string): readonly Uint8Array[] {
  if (text.length <= nameBytesMax) return [];
  const bytes = Buffer.from(`${text}\0`, 'latin1');
  return [header({ name: '././@LongLink', size: bytes.length, flag, mode: '0000644', linkName: '' }), bytes, tarPadding(bytes.length)];
}

function header(of: { readonly name: string; readonly size: number; readonly flag: string; readonly mode: string; readonly linkName: string }): Uint8Array {
  const block = Buffer.alloc(tarBlockBytes);
  block.write(of.name, 0, 'latin1');
  block.write(`${of.mode}\0` + '0000000\0' + '0000000\0', 100, 'latin1');
  // Eleven octal digits hold 8 GiB; a larger number has GNU's form.
  if (of.size < 8 ** 11) {
    block.write(`${of.size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  } else {
    block.writeUInt8(0x80, 124);
    block.writeUIntBE(of.size, 130, 6);
  }
  block.write('00000000000\0' + ' '.repeat(8) + of.flag, 136, 'latin1');
  block.write(of.linkName, 157, 'latin1');
  block.write('ustar\0' + '00', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
