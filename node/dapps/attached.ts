// The attached streams of one container: the engine's frames taken apart, and output that is kept up to a bound. It starts and ends nothing.

/** The most one frame may say it holds; an engine that says more is not speaking this protocol. */
const frameBytesMax = 64 * 1_048_576;

/**
 * Splits the engine's multiplexed stream: 8 bytes of header (kind, 0, 0, 0, length) and a payload, again and again.
 * @param sinks.broken - called once where the stream is not made of frames; nothing is taken from it afterwards
 */
export function demultiplex(
  stream: NodeJS.ReadableStream,
  sinks: { readonly stdout: (chunk: Buffer) => void; readonly stderr: (chunk: Buffer) => void; readonly broken: () => void },
): void {
  let header = Buffer.alloc(0);
  let kind = 0;
  let left = 0;
  let isBroken = false;
  stream.on('data', (data: Buffer) => {
    let rest = data;
    while (rest.length > 0 && !isBroken) {
      if (left === 0) {
        const need = 8 - header.length;
        header = Buffer.concat([header, rest.subarray(0, need)]);
        rest = rest.subarray(need);
        if (header.length < 8) return;
        kind = header[0] ?? 0;
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
        if (kind > 2 || left > frameBytesMax) {
          isBroken = true;
          sinks.broken();
        }
        continue;
      }
      const piece = rest.subarray(0, left);
      rest = rest.subarray(piece.length);
      left -= piece.length;
      (kind === 2 ? sinks.stderr : sinks.stdout)(piece);
    }
  });
}

/** Keeps the first bytes of a stream and drops the rest. */
export class BoundedOutput {
  private readonly chunks: Buffer[] = [];
  private kept = 0;
  private readonly most: number;
  constructor(most: number) {
    this.most = most;
  }
  add(chunk: Buffer): void {
    const piece = chunk.subarray(0, this.most - this.kept);
    if (piece.length === 0) return;
    this.chunks.push(Buffer.from(piece));
    this.kept += piece.length;
  }
  bytes(): Uint8Array {
    return Buffer.concat(this.chunks);
  }
  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
