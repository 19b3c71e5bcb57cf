// SHA-256 (FIPS 180-4) for many short messages: nothing is allocated but the result, and the second block of two hashes of 32 bytes is prepared once.
// It knows no domains; chain.ts does.

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4 section 4.2.2). */
const constants: Int32Array = Int32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
  0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d,
  0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
  0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
  0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** The same of the square roots of the first 8 primes (section 5.3.3). */
const start: Int32Array = Int32Array.from([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);

const blockBytes = 64;

// Scratch of one call, written before it is read: no call sees what another left.
const spread = new Int32Array(64);
const summed = new Int32Array(64);
const padded = new Uint8Array(2 * blockBytes);

/** One word of a message schedule, alone and with its constant. */
function put(schedule: Int32Array, at: number, word: number): void {
  spread[at] = word;
  schedule[at] = word + (constants[at] ?? 0);
}

/** The rest of a message schedule after its first 16 words. Section 6.2.2, step 1. */
function expand(schedule: Int32Array): void {
  for (let at = 16; at < 64; at += 1) {
    const x = spread[at - 15] ?? 0;
    const y = spread[at - 2] ?? 0;
    const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    const word = ((((spread[at - 16] ?? 0) + low) | 0) + (((spread[at - 7] ?? 0) + high) | 0)) | 0;
    put(schedule, at, word);
  }
}

/** The sums and choices of a round, on words. Section 4.1.2. */
function turnedE(e: number): number {
  return ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
}

function turnedA(a: number): number {
  return ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
}

function chosen(e: number, f: number, g: number): number {
  return g ^ (e & (f ^ g));
}

function majority(a: number, b: number, c: number): number {
  return (a & b) | (c & (a | b));
}

/** Takes one block, as its schedule, into a hash. Section 6.2.2, steps 2 to 4; four rounds at once, after which each word is four places further. */
function take(hash: Int32Array, schedule: Int32Array): void {
  let a = hash[0] ?? 0;
  let b = hash[1] ?? 0;
  let c = hash[2] ?? 0;
  let d = hash[3] ?? 0;
  let e = hash[4] ?? 0;
  let f = hash[5] ?? 0;
  let g = hash[6] ?? 0;
  let h = hash[7] ?? 0;
  for (let at = 0; at < 64; at += 4) {
    h = (((((h + turnedE(e)) | 0) + chosen(e, f, g)) | 0) + (schedule[at] ?? 0)) | 0;
    d = (d + h) | 0;
    h = (h + ((turnedA(a) + majority(a, b, c)) | 0)) | 0;
    g = (((((g + turnedE(d)) | 0) + chosen(d, e, f)) | 0) + (schedule[at + 1] ?? 0)) | 0;
    c = (c + g) | 0;
    g = (g + ((turnedA(h) + majority(h, a, b)) | 0)) | 0;
    f = (((((f + turnedE(c)) | 0) + chosen(c, d, e)) | 0) + (schedule[at + 2] ?? 0)) | 0;
    b = (b + f) | 0;
    f = (f + ((turnedA(g) + majority(g, h, a)) | 0)) | 0;
    e = (((((e + turnedE(b)) | 0) + chosen(b, c, d)) | 0) + (schedule[at + 3] ?? 0)) | 0;
    a = (a + e) | 0;
    e = (e + ((turnedA(f) + majority(f, g, h)) | 0)) | 0;
    const [w, x, y, z] = [a, b, c, d];
    a = e;
    b = f;
    c = g;
    d = h;
    e = w;
    f = x;
    g = y;
    h = z;
  }
  hash[0] = (hash[0] ?? 0) + a;
  hash[1] = (hash[1] ?? 0) + b;
  hash[2] = (hash[2] ?? 0) + c;
  hash[3] = (hash[3] ?? 0) + d;
  hash[4] = (hash[4] ?? 0) + e;
  hash[5] = (hash[5] ?? 0) + f;
  hash[6] = (hash[6] ?? 0) + g;
  hash[7] = (hash[7] ?? 0) + h;
}

function begin(hash: Int32Array): void {
  for (let at = 0; at < 8; at += 1) hash[at] = start[at] ?? 0;
}

function takeBytes(hash: Int32Array, bytes: Uint8Array, from: number): void {
  for (let at = 0, place = from; at < 16; at += 1, place += 4)
    put(summed, at, ((bytes[place] ?? 0) << 24) | ((bytes[place + 1] ?? 0) << 16) | ((bytes[place + 2] ?? 0) << 8) | (bytes[place + 3] ?? 0));
  expand(summed);
  take(hash, summed);
}

/** SHA-256 of the first `length` bytes, as eight words of 32 bits at the start of `hash`. */
export function sha256Into(hash: Int32Array, bytes: Uint8Array, length: number): void {
  begin(hash);
  let from = 0;
  for (; from + blockBytes <= length; from += blockBytes) takeBytes(hash, bytes, from);
  padded.fill(0);
  const left = length - from;
  for (let at = 0; at < left; at += 1) padded[at] = bytes[from + at] ?? 0;
  padded[left] = 0x80;
  // Section 5.1.1: eight bytes at the end say how many bits there were; no message of ours has 2^53.
  const end = left < 56 ? blockBytes : 2 * blockBytes;
  let bits = length * 8;
  for (let at = end - 1; bits > 0; at -= 1) {
    padded[at] = bits;
    bits = Math.floor(bits / 256);
  }
  takeBytes(hash, padded, 0);
  if (end > blockBytes) takeBytes(hash, padded, blockBytes);
}

/** Second blocks of messages of 65 bytes, by their last byte: all that such a block depends on. */
const secondBlocks: Map<number, Int32Array> = new Map();

function secondBlock(last: number): Int32Array {
  const known = secondBlocks.get(last);
  if (known !== undefined) return known;
  const made = new Int32Array(64);
  for (let at = 0; at < 16; at += 1) put(made, at, at === 0 ? (last << 24) | 0x800000 : at === 15 ? 65 * 8 : 0);
  expand(made);
  secondBlocks.set(last, made);
  return made;
}

const pairHash = new Int32Array(8);

/** SHA-256 of one byte and a pair of hashes, sixteen words: the nodes of trees (RFC 6962 section 2.1). Writes eight words into `out` from `at` on. */
export function sha256OfPair(byte: number, pair: Int32Array, out: Int32Array, at: number): void {
  let carried = byte;
  for (let place = 0; place < 16; place += 1) {
    const word = pair[place] ?? 0;
    put(summed, place, (carried << 24) | (word >>> 8));
    carried = word;
  }
  begin(pairHash);
  expand(summed);
  take(pairHash, summed);
  take(pairHash, secondBlock(carried & 255));
  for (let place = 0; place < 8; place += 1) out[at + place] = pairHash[place] ?? 0;
}

/** Eight words from `at` on as text of sixteen units: a hash that is kept takes a fifth of the room, and of the time, of an array of words. */
export function textOfWords(words: Int32Array, at: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = [words[at], words[at + 1], words[at + 2], words[at + 3]];
  const [e = 0, f = 0, g = 0, h = 0] = [words[at + 4], words[at + 5], words[at + 6], words[at + 7]];
  return String.fromCharCode(
    a >>> 16,
    a & low,
    b >>> 16,
    b & low,
    c >>> 16,
    c & low,
    d >>> 16,
    d & low,
    e >>> 16,
    e & low,
    f >>> 16,
    f & low,
    g >>> 16,
    g & low,
    h >>> 16,
    h & low,
  );
}

const low = 0xffff;

/** Writes text of sixteen units as eight words into `out` from `at` on. */
export function wordsOfText(text: string, out: Int32Array, at: number): void {
  for (let place = 0; place < 8; place += 1) out[at + place] = (text.charCodeAt(2 * place) << 16) | text.charCodeAt(2 * place + 1);
}

/** Eight words from `at` on as 32 bytes. */
export function bytesOfWords(words: Int32Array, at: number): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let place = 0; place < 8; place += 1) {
    const word = words[at + place] ?? 0;
    bytes[place * 4] = word >>> 24;
    bytes[place * 4 + 1] = word >>> 16;
    bytes[place * 4 + 2] = word >>> 8;
    bytes[place * 4 + 3] = word;
  }
  return bytes;
}

/** Writes 32 bytes as eight words into `out` from `at` on. */
export function wordsOfBytes(bytes: Uint8Array, out: Int32Array, at: number): void {
  for (let place = 0; place < 8; place += 1)
    out[at + place] = ((bytes[place * 4] ?? 0) << 24) | ((bytes[place * 4 + 1] ?? 0) << 16) | ((bytes[place * 4 + 2] ?? 0) << 8) | (bytes[place * 4 + 3] ?? 0);
}
