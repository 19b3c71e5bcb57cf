// Git's packets (gitprotocol-common(5)): four hexadecimal digits of length, then the bytes; `0000` ends a list. Reading and writing only.

/** Git's packets are at most 65,520 bytes, their four hexadecimal digits included. */
export const packetBytesMax = 65_520;

const digitsCount = 4;

/** The end of a list of packets. */
export const flushPacket: Uint8Array = Buffer.from('0000', 'latin1');

/** One packet; what is too long for one is cut. */
export function packetOf(content: string): Uint8Array {
  const bytes = Buffer.from(content, 'utf8').subarray(0, packetBytesMax - digitsCount);
  return Buffer.concat([Buffer.from((bytes.length + digitsCount).toString(16).padStart(digitsCount, '0'), 'latin1'), bytes]);
}

/** Takes packets off the front of bytes. @returns their contents, undefined for a flush; and what is left: bytes that are no packet, or are none yet */
export function readPackets(bytes: Uint8Array): { readonly packets: readonly (Uint8Array | undefined)[]; readonly rest: Uint8Array } {
  const packets: (Uint8Array | undefined)[] = [];
  let at = 0;
  while (at + digitsCount <= bytes.length) {
    const digits = Buffer.from(bytes.subarray(at, at + digitsCount)).toString('latin1');
    const length = /^[0-9a-f]{4}$/.test(digits) ? Number.parseInt(digits, 16) : packetBytesMax + 1;
    if (length > packetBytesMax || (length > 0 && length < digitsCount) || at + length > bytes.length) break;
    packets.push(length === 0 ? undefined : bytes.subarray(at + digitsCount, at + length));
    at += Math.max(length, digitsCount);
  }
  return { packets, rest: bytes.subarray(at) };
}
