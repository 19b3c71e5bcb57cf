// The file formats of ordinary OpenSSH ed25519 keys: `openssh-key-v1` without passphrase, and the one-line public form. Bytes only; no disk.
import { invariant, publicKeyBlob } from '../../engine/index.ts';

const magic = Buffer.from('openssh-key-v1\0', 'latin1');
const keyKind = 'ssh-ed25519';

/** What a private key file says. `encrypted`: only the public half can be read without the passphrase. */
export type PrivateKeyFile =
  | { readonly kind: 'plain'; readonly seed: Uint8Array; readonly publicKey: Uint8Array; readonly comment: string }
  | { readonly kind: 'encrypted'; readonly publicKey: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: string };

function lengthPrefixed(bytes: Uint8Array | string): Buffer {
  const content = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** One line as in `id_ed25519.pub`, without line feed. */
export function publicKeyLine(publicKey: Uint8Array, comment: string): string {
  return `${keyKind} ${Buffer.from(publicKeyBlob(publicKey)).toString('base64')}${comment === '' ? '' : ` ${comment}`}`;
}

/** Reads the first line of a `.pub` file. @returns undefined for anything but an ssh-ed25519 key */
export function parsePublicKeyLine(text: string): { readonly publicKey: Uint8Array; readonly comment: string } | undefined {
  const match = /^ssh-ed25519 ([A-Za-z0-9+/]+=*)(?: ([^\n]*))?\n?/.exec(text);
  if (match === null) return undefined;
  const wire = Buffer.from(match[1] ?? '', 'base64');
  const publicKey = wire.subarray(wire.length - 32);
  return wire.equals(publicKeyBlob(publicKey)) ? { publicKey: Uint8Array.from(publicKey), comment: match[2] ?? '' } : undefined;
}

/** Says what a public half of another kind is, such as one of a hardware key, whose signatures no ledger takes. */
function otherPublicKind(text: string): string | undefined {
  const kind = /^((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]{1,60}) [A-Za-z0-9+/]+=*(?:\s|$)/.exec(text)?.[1];
  return kind === undefined || kind === keyKind ? undefined : `it is of the kind ${kind}, and gdo signs with ${keyKind}`;
}

/** Writes a private key without passphrase as OpenSSH does. @param check - any 32-bit number; readers compare its two copies */
export function privateKeyText(key: { readonly seed: Uint8Array; readonly publicKey: Uint8Array; readonly comment: string; readonly check: number }): string {
  invariant(key.seed.length === 32 && key.publicKey.length === 32, 'an ed25519 key has two halves of 32 bytes');
  const check = Buffer.alloc(4);
  check.writeUInt32BE(key.check);
  const secret = Buffer.concat([
    check,
    check,
    lengthPrefixed(keyKind),
    lengthPrefixed(key.publicKey),
    lengthPrefixed(Buffer.concat([key.seed, key.publicKey])),
    lengthPrefixed(key.comment),
  ]);
  const padding = Uint8Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1);
  const count = Buffer.from([0, 0, 0, 1]);
  const head = [magic, lengthPrefixed('none'), lengthPrefixed('none'), lengthPrefixed(''), count, lengthPrefixed(publicKeyBlob(key.publicKey))];
  const whole = Buffer.concat([...head, lengthPrefixed(Buffer.concat([secret, padding]))]).toString('base64');
  const lines = whole.match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

/** Reads a private key file. Refuses other kinds of keys and other formats. */
export function parsePrivateKey(text: string): PrivateKeyFile {
  const match = /^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/=\n]+)-----END OPENSSH PRIVATE KEY-----\n?$/.exec(text.replaceAll('\r\n', '\n'));
  if (match === null) return { kind: 'refused', reason: otherPublicKind(text) ?? 'it is not an OpenSSH private key' };
  const bytes = Buffer.from((match[1] ?? '').replaceAll('\n', ''), 'base64');
  if (!bytes.subarray(0, magic.length).equals(magic)) return { kind: 'refused', reason: 'it is not in the format openssh-key-v1' };
  const outer = new WireReader(bytes.subarray(magic.length));
  const cipher = outer.text();
  outer.text();
  outer.bytes();
  outer.number();
  const wire = outer.bytes();
  const publicKey = Uint8Array.from(wire.subarray(wire.length - 32));
  if (outer.isShort || !wire.equals(publicKeyBlob(publicKey)))
    return { kind: 'refused', reason: 'it is not an ed25519 key; make one with `ssh-keygen -t ed25519`' };
  if (cipher !== 'none') return { kind: 'encrypted', publicKey };
  const inner = new WireReader(outer.bytes());
  const isSame = inner.number() === inner.number();
  inner.text();
  inner.bytes();
  const pair = inner.bytes();
  const comment = inner.text();
  if (!isSame || inner.isShort || pair.length !== 64) return { kind: 'refused', reason: 'its private half is damaged' };
  return { kind: 'plain', seed: Uint8Array.from(pair.subarray(0, 32)), publicKey, comment };
}

/** Reads length-prefixed fields; reading past the end gives empty fields and sets `isShort`. */
class WireReader {
  isShort = false;
  private readonly source: Buffer;
  private at = 0;

  constructor(source: Buffer) {
    this.source = source;
  }

  number(): number {
    if (this.at + 4 > this.source.length) {
      this.isShort = true;
      return 0;
    }
    this.at += 4;
    return this.source.readUInt32BE(this.at - 4);
  }

  bytes(): Buffer {
    const length = this.number();
    if (this.at + length > this.source.length) {
      this.isShort = true;
      return Buffer.alloc(0);
    }
    this.at += length;
    return this.source.subarray(this.at - length, this.at);
  }

  text(): string {
    return this.bytes().toString('utf8');
  }
}
