// What is inside a Zstandard file, as a source of bytes: frame by frame, block by block, as RFC 8878 describes them. Node 20 has nothing that reads it (docs/decisions/0186).
import type { ByteSource } from '../chunks/cut-source.ts';
import { tarRefusal } from '../chunks/tar-reader.ts';
import { numberAt, readLiterals } from './literals.ts';
import type { PrefixCode } from './prefix-code.ts';
import { zstdRefusal } from './refusal.ts';
import { playSequences, readSequenceHead, type SequenceTables } from './sequences.ts';
import { blockBytesMost, FrameWindow } from './window.ts';

/** What every tool writes that is not asked for more; it is held in memory. */
const windowBytesMost: number = 32 * 1024 * 1024;
/** A window that is not written is at least so large. */
const windowBytesLeast = 1_024;
const frameMagic = 0xfd2fb528;
/** The first of sixteen. What lies in such a frame is not of the content. */
const skippedMagic = 0x184d2a50;
const inputBytes = 262_144;
/** Readers of bits look so far behind the end of a block. */
const beyond = 3;

/** Whether something begins as a Zstandard file does. @param first - its first four bytes */
export function isZstd(first: Uint8Array): boolean {
  const magic = new DataView(first.buffer, first.byteOffset, first.byteLength);
  return first.length === 4 && isMagic(magic.getUint32(0, true));
}

function isMagic(magic: number): boolean {
  return magic === frameMagic || isSkipped(magic);
}

function isSkipped(magic: number): boolean {
  return magic >= skippedMagic && magic < skippedMagic + 16;
}

/** The bytes inside. @throws WorldError GDO3012 by a read: cut off, damaged, for a dictionary, or with a window of more than 32 MiB */
export function unzstdSource(source: ByteSource): ByteSource {
  const frames = new Frames(new Input(source));
  return { read: (into) => frames.read(into) };
}

/** A frame, as far as it is read. `size`: what its head says that it gives; `recent`, `code` and `tables`: what blocks leave to the next one. */
interface Frame {
  readonly size: number | undefined;
  readonly hasSum: boolean;
  readonly recent: Uint32Array;
  readonly window: number;
  given: number;
  code: PrefixCode | undefined;
  tables: SequenceTables | undefined;
}

class Frames {
  private readonly input: Input;
  private readonly window = new FrameWindow();
  private readonly block: Uint8Array = new Uint8Array(blockBytesMost + beyond);
  private frame: Frame | undefined;

  constructor(input: Input) {
    this.input = input;
  }

  async read(into: Uint8Array): Promise<number> {
    for (;;) {
      const count = this.window.read(into);
      if (count > 0 || into.length === 0) return count;
      this.frame ??= await this.nextFrame();
      if (this.frame === undefined) return 0;
      await this.nextBlock(this.frame);
    }
  }

  /** @returns undefined at the end */
  private async nextFrame(): Promise<Frame | undefined> {
    const { input } = this;
    for (;;) {
      if (await input.isAtEnd()) return undefined;
      const magic = (await input.number(4)) >>> 0;
      if (!isMagic(magic)) throw zstdRefusal('something else follows a frame of it');
      if (magic === frameMagic) return this.openFrame();
      await input.skip((await input.number(4)) >>> 0);
    }
  }

  private async openFrame(): Promise<Frame> {
    const { input } = this;
    const head = await input.number(1);
    const isSingle = (head & 0x20) !== 0;
    if ((head & 0x08) !== 0) throw zstdRefusal('it is of a later form');
    const shape = isSingle ? 0 : await input.number(1);
    const dictionary = await input.number([0, 1, 2, 4][head & 3] ?? 0);
    if (dictionary !== 0) throw tarRefusal('a layer in zstd needs a dictionary, which no image has', 'save the image with gzip or uncompressed');
    const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][head >> 6] ?? 0;
    const low = (await input.number(Math.min(sizeBytes, 4))) >>> 0;
    const high = sizeBytes === 8 ? (await input.number(4)) >>> 0 : 0;
    const size = sizeBytes === 0 ? undefined : high * 2 ** 32 + low + (sizeBytes === 2 ? 256 : 0);
    const window = isSingle ? (size ?? 0) : (2 ** (10 + (shape >> 3)) / 8) * (8 + (shape & 7));
    if (window > windowBytesMost)
      throw tarRefusal(
        `a layer in zstd has a window of ${Math.ceil(window / 1_048_576)} MiB, and ${windowBytesMost / 1_048_576} MiB is the most that is held in memory`,
        'save the image with gzip, uncompressed, or with a lower level of zstd',
      );
    this.window.begin(Math.max(window, windowBytesLeast));
    return { size, window, hasSum: (head & 0x04) !== 0, recent: Uint32Array.of(1, 4, 8), given: 0, code: undefined, tables: undefined };
  }

  private async nextBlock(frame: Frame): Promise<void> {
    const { input, window } = this;
    const head = await input.number(3);
    const kind = (head >> 1) & 3;
    const size = head >> 3;
    const most = Math.min(blockBytesMost, Math.max(frame.window, windowBytesLeast));
    if (kind === 3 || size > most) throw zstdRefusal('a block of it is larger than it may be');
    window.beginBlock();
    if (kind === 1) window.repeat(await input.number(1), size);
    else {
      await input.fill(this.block, size);
      if (kind === 0) window.add(this.block, 0, size);
      else this.unpack(frame, size, most);
    }
    frame.given += window.blockBytes();
    if (frame.size !== undefined && frame.given > frame.size) throw zstdRefusal('a frame of it gives more than it says');
    if ((head & 1) === 0) return;
    if (frame.size !== undefined && frame.given !== frame.size) throw zstdRefusal('a frame of it gives less than it says');
    // The SHA-256 of the layer says more than this sum of the frame.
    if (frame.hasSum) await input.number(4);
    this.frame = undefined;
  }

  private unpack(frame: Frame, end: number, most: number): void {
    const { block: bytes, window } = this;
    if (end === 0) throw zstdRefusal('a block of it is cut off');
    const literals = readLiterals({ bytes, end }, frame.code, most);
    frame.code = literals.code;
    const head = readSequenceHead(bytes, literals.end, end, frame.tables);
    frame.tables = head.tables;
    const target = {
      literals: (from: number, count: number) => window.add(literals.bytes, from, count),
      copy: (distance: number, count: number) => window.copy(distance, count),
    };
    const taken = playSequences(head, { bytes, end }, { recent: frame.recent, literalsCount: literals.bytes.length, target });
    window.add(literals.bytes, taken, literals.bytes.length - taken);
  }
}

/** Packed bytes in the pieces that frames are made of. */
class Input {
  private readonly source: ByteSource;
  private readonly buffer: Uint8Array = new Uint8Array(inputBytes);
  private at = 0;
  private end = 0;

  constructor(source: ByteSource) {
    this.source = source;
  }

  async isAtEnd(): Promise<boolean> {
    if (this.at === this.end) {
      this.at = 0;
      this.end = await this.source.read(this.buffer);
    }
    return this.end === 0;
  }

  /** A number of up to four bytes, the lowest first. */
  async number(count: number): Promise<number> {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      await this.mustHaveMore();
      value |= numberAt(this.buffer, this.at, 1) << (8 * index);
      this.at += 1;
    }
    return value;
  }

  async fill(into: Uint8Array, count: number): Promise<void> {
    for (let done = 0; done < count;) {
      await this.mustHaveMore();
      const part = this.buffer.subarray(this.at, Math.min(this.end, this.at + count - done));
      into.set(part, done);
      done += part.length;
      this.at += part.length;
    }
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      await this.mustHaveMore();
      const part = Math.min(left, this.end - this.at);
      left -= part;
      this.at += part;
    }
  }

  private async mustHaveMore(): Promise<void> {
    if (await this.isAtEnd()) throw zstdRefusal('it is cut off');
  }
}
