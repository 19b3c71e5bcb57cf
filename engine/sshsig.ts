// SSHSIG: the bytes that an SSH key signs, its blob and its armour, in the one form the ledger accepts (ledger.md section 4.2). No signing here.
import { byBytes, fromBase64, toBase64, utf8Decode, utf8Encode } from './bytes.ts';
import { sha256Hex } from './chain.ts';
import { joined } from './merkle.ts';
import { sha512 } from '@noble/hashes/sha2.js';

/** The namespaces of ledger.md section 4.2. */
export type SshNamespace = 'git' | 'gdo-genesis-v1' | 'gdo-receipt-v1' | 'gdo-candidate-v1' | 'gdo-cosign-v1' | 'gdo-possession-v1' | 'gdo-reconvene-v1';

/** A signature after reading its armour. `key` 32 bytes, `signature` 64 bytes. */
export interface SshSignature {
  readonly key: Uint8Array;
  readonly namespace: string;
  readonly signature: Uint8Array;
}

const algorithm = 'ssh-ed25519';
const hashName = 'sha512';
const magic: Uint8Array = utf8Encode('SSHSIG');
/** The magic and the version. */
const firstBytes: Uint8Array = joined([magic, Uint8Array.of(0, 0, 0, 1)]);
const armourBegin = '-----BEGIN SSH SIGNATURE-----';
const armourEnd = '-----END SSH SIGNATURE-----';
const armourColumns = 70;
/** A blob of this profile has 161 bytes with the longest namespace; more cannot be canonical. */
const armourLinesMax = 16;

function field(bytes: Uint8Array): Uint8Array {
  const length = bytes.length;
  return joined([Uint8Array.of(length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255), bytes]);
}

const algorithmField: Uint8Array = field(utf8Encode(algorithm));
const hashField: Uint8Array = field(utf8Encode(hashName));
const emptyField: Uint8Array = field(new Uint8Array());

/** The SSH wire encoding of an Ed25519 public key (RFC 8709 section 4). @param key - 32 bytes */
export function publicKeyBlob(key: Uint8Array): Uint8Array {
  return joined([algorithmField, field(key)]);
}

/** The device id of a key: SHA-256 of its wire encoding, the digest that `ssh-keygen -lf` prints in base64. */
export function deviceOf(key: Uint8Array): string {
  return sha256Hex(publicKeyBlob(key));
}

/** The text of an authorized_keys line without a comment: `ssh-ed25519 AAAA...`. */
export function publicKeyText(key: Uint8Array): string {
  return `${algorithm} ${toBase64(publicKeyBlob(key))}`;
}

/** Reads `ssh-ed25519 AAAA... [comment]`. @returns the 32 bytes of the key, or undefined for any other key or form */
export function readPublicKey(line: string): Uint8Array | undefined {
  const [name, encoded = ''] = line.trim().split(' ');
  const blob = name === algorithm ? fromBase64(encoded) : undefined;
  const reader = new Fields(blob ?? new Uint8Array());
  const inner = reader.text();
  const key = reader.bytes();
  return inner === algorithm && key?.length === 32 && reader.atEnd() ? key : undefined;
}

/** The device of a key text as statements and events write it, without comment; undefined for any other spelling. */
export function keyTextDevice(text: string): string | undefined {
  const key = readPublicKey(text);
  return key !== undefined && publicKeyText(key) === text ? deviceOf(key) : undefined;
}

/** SHA-512, 64 bytes. `node/` passes in the runtime's own, which is ten times as fast as the portable one. */
export type MessageHash = (message: Uint8Array) => Uint8Array;

const sha512Bytes = 64;
/** What is signed begins with the same bytes in one namespace: those of the ledger's, each once. */
const heads: Map<string, Uint8Array> = new Map();
const headsMax = 16;

function headOf(namespace: string): Uint8Array {
  const known = heads.get(namespace);
  if (known !== undefined) return known;
  const made = joined([magic, field(utf8Encode(namespace)), emptyField, hashField, Uint8Array.of(0, 0, 0, sha512Bytes)]);
  if (heads.size < headsMax) heads.set(namespace, made);
  return made;
}

/** The bytes that are signed for a message in a namespace. */
export function signedData(namespace: string, message: Uint8Array, hash: MessageHash = sha512): Uint8Array {
  return joined([headOf(namespace), hash(message)]);
}

/**
 * Writes a signature as canonical armour, with a final line feed.
 * @param base64 - `node/` passes in the runtime's own
 */
export function armour(signature: SshSignature, base64: (bytes: Uint8Array) => string = toBase64): string {
  const encoded = base64(signatureBlob(signature));
  const lines: string[] = [];
  for (let at = 0; at < encoded.length; at += armourColumns) lines.push(encoded.slice(at, at + armourColumns));
  return [armourBegin, ...lines, armourEnd, ''].join('\n');
}

// The lengths are those of every key and of every signature, so that what is around them is written out once.
const keyHead: Uint8Array = joined([firstBytes, field(publicKeyBlob(new Uint8Array(32))).subarray(0, -32)]);
const signatureHead: Uint8Array = joined([emptyField, hashField, field(joined([algorithmField, field(new Uint8Array(64))])).subarray(0, -64)]);

function signatureBlob({ key, namespace, signature }: SshSignature): Uint8Array {
  return joined([keyHead, key, field(utf8Encode(namespace)), signatureHead, signature]);
}

/**
 * Reads armour. Pure.
 * @returns the signature, or GDO1011 where the structure, the key type, the hash or the armour is not the canonical one: re-wrapped armour
 * would change a commit's id without the key
 */
export function readArmour(
  text: string,
): { readonly kind: 'ok'; readonly signature: SshSignature } | { readonly kind: 'refused'; readonly code: 'GDO1011'; readonly reason: string } {
  const refused = (reason: string) => ({ kind: 'refused', code: 'GDO1011', reason }) as const;
  const lines = text.split('\n');
  if (lines.length > armourLinesMax || lines[0] !== armourBegin || lines.at(-2) !== armourEnd || lines.at(-1) !== '')
    return refused('this is not the armour of an SSH signature');
  const encoded = lines.slice(1, -2);
  const isFull = (line: string, index: number): boolean =>
    index < encoded.length - 1 ? line.length === armourColumns : line.length > 0 && line.length <= armourColumns;
  if (!encoded.every(isFull)) return refused('the armour is not in its canonical form');
  // Base64 has one spelling, so whatever has these lines and these bytes is this text.
  const blob = fromBase64(encoded.join(''));
  if (blob === undefined) return refused('the armour is not base64');
  const reader = new Fields(blob);
  const start = reader.raw(firstBytes.length);
  if (start === undefined || byBytes(start, firstBytes) !== 0) return refused('this is not an SSH signature of version 1');
  const keyFields = new Fields(reader.bytes() ?? new Uint8Array());
  const [keyType, key] = [keyFields.text(), keyFields.bytes()];
  const namespace = reader.text();
  const [reserved, hash] = [reader.bytes(), reader.text()];
  const signatureFields = new Fields(reader.bytes() ?? new Uint8Array());
  const [signatureType, bytes] = [signatureFields.text(), signatureFields.bytes()];
  if (keyType !== algorithm || signatureType !== algorithm || key?.length !== 32 || bytes?.length !== 64)
    return refused('the signature is not by an ordinary ssh-ed25519 key');
  if (namespace === undefined || !/^[a-z0-9.@-]{1,64}$/.test(namespace) || reserved?.length !== 0 || hash !== hashName)
    return refused('the namespace, the reserved field or the hash is not as the ledger asks');
  // Each field has one spelling, so nothing is left that could differ but bytes behind the last one.
  const isWhole = reader.atEnd() && keyFields.atEnd() && signatureFields.atEnd();
  return isWhole ? { kind: 'ok', signature: { key, namespace, signature: bytes } } : refused('the armour is not in its canonical form');
}

/** Reads length-prefixed fields left to right; undefined from the first field that does not fit. */
class Fields {
  private readonly blob: Uint8Array;
  private at = 0;

  constructor(blob: Uint8Array) {
    this.blob = blob;
  }

  raw(count: number): Uint8Array | undefined {
    if (this.at + count > this.blob.length) return undefined;
    this.at += count;
    return this.blob.subarray(this.at - count, this.at);
  }

  bytes(): Uint8Array | undefined {
    const prefix = this.raw(4);
    if (prefix === undefined || prefix[0] !== 0) return undefined;
    return this.raw(((prefix[1] ?? 0) << 16) | ((prefix[2] ?? 0) << 8) | (prefix[3] ?? 0));
  }

  text(): string | undefined {
    const bytes = this.bytes();
    return bytes === undefined ? undefined : utf8Decode(bytes);
  }

  atEnd(): boolean {
    return this.at === this.blob.length;
  }
}
