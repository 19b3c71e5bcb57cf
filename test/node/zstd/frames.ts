// Zstandard by hand, good and hostile: frames and blocks of any form. Nothing checks what is written here.

/** A number of some bytes, the lowest first. */
export function little(value: number, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** index) % 256));
}

/** A block. `size`: another one than its bytes have. */
export function block(kind: 'raw' | 'run' | 'packed' | 'reserved', bytes: Uint8Array, size: number = bytes.length): Buffer {
  return Buffer.concat([little((size << 3) | (['raw', 'run', 'packed', 'reserved'].indexOf(kind) << 1), 3), bytes]);
}

/** A frame. Without `head` it says that it has a window of 1 MiB and nothing else; the last of its blocks is marked. */
export function frame(blocks: readonly Buffer[], head: Uint8Array = Buffer.from([0x00, 10 << 3])): Buffer {
  const marked = blocks.map((one, index) => {
    const copy = Buffer.from(one);
    if (index === blocks.length - 1) copy[0] = (copy[0] ?? 0) | 1;
    return copy;
  });
  return Buffer.concat([Buffer.from('28b52ffd', 'hex'), head, ...marked]);
}

/** A frame of something that readers pass over. */
export function skipped(bytes: Uint8Array, kind = 0): Buffer {
  return Buffer.concat([little(0x184d2a50 + kind, 4), little(bytes.length, 4), bytes]);
}

/** Bytes as they are, in blocks of the largest size. */
export function rawFrame(bytes: Uint8Array): Buffer {
  const most = 131_072;
  const count = Math.max(1, Math.ceil(bytes.length / most));
  return frame(Array.from({ length: count }, (_, index) => block('raw', bytes.subarray(index * most, (index + 1) * most))));
}
