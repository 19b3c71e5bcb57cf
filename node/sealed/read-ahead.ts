// Bytes of a source looked at before they are taken: what is sealed in pieces of one length has to know which piece is the last one. It holds no more than was asked for.
import type { ByteSource } from '../chunks/cut-source.ts';

const readBytes = 64 * 1024;

/** A source with its next bytes in sight. */
export class ReadAhead implements ByteSource {
  private readonly source: ByteSource;
  private ahead: Buffer = Buffer.alloc(0);

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** The next bytes: `count` of them, less only where the source ends. They are not taken. */
  async peek(count: number): Promise<Buffer> {
    const parts = [this.ahead];
    let length = this.ahead.length;
    while (length < count) {
      const part = Buffer.alloc(Math.min(readBytes, count - length));
      const read = await this.source.read(part);
      if (read === 0) break;
      parts.push(part.subarray(0, read));
      length += read;
    }
    if (parts.length > 1) this.ahead = Buffer.concat(parts);
    return this.ahead.subarray(0, count);
  }

  /** Takes bytes that were in sight. */
  skip(count: number): void {
    this.ahead = this.ahead.subarray(count);
  }

  /** Takes what fits. @returns how much; 0 at the end */
  async read(into: Uint8Array): Promise<number> {
    if (this.ahead.length === 0) return this.source.read(into);
    const count = this.ahead.copy(into, 0, 0, into.length);
    this.skip(count);
    return count;
  }
}
