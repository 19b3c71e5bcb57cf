// Signing keys of people and nodes: created, opened and used. Plain files are signed with natively; a passphrase or an agent goes through ssh-keygen.
import { spawn } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, hash, sign as signBytes, verify as verifyBytes, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { armour, checkKey, deviceOf, signedData, verifyWith, type MessageHash, type NativeEquation, type SignatureVerdict } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { makeFolders } from '../git/make-folders.ts';
import { parsePrivateKey, parsePublicKeyLine, privateKeyText, publicKeyLine } from './key-file.ts';
import { naming } from '../git/write-whole.ts';
import { systemFailure } from '../cli/system-failure.ts';

/** A key that can sign. `device` is its id in the ledger: SHA-256 of the SSH wire encoding, 64 hex digits. */
export interface Signer {
  readonly device: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Where the key is, for messages; empty for a key that lives only in memory. */
  readonly path: string;
  /** Signs a message in a namespace of ledger.md section 4.2. @returns canonical SSHSIG armour with a final line feed */
  readonly sign: (namespace: string, message: Uint8Array) => Promise<string>;
}

/** `SHA256:...` as `ssh-keygen -l` prints it, for people. */
export function fingerprint(publicKey: Uint8Array): string {
  return deviceFingerprint(deviceOf(publicKey));
}

/** The same from a device, which is the hash that a fingerprint shows. */
export function deviceFingerprint(device: string): string {
  return `SHA256:${Buffer.from(device, 'hex').toString('base64').replace(/=+$/, '')}`;
}

/** A signer from a 32-byte seed: tests, stories and practice keys. */
export function seedSigner(seed: Uint8Array, path = ''): Signer {
  const { key, publicKey } = nativeKey(seed);
  const sign: Signer['sign'] = (namespace, message) =>
    Promise.resolve(armour({ key: publicKey, namespace, signature: signBytes(null, signedData(namespace, message, messageHash), key) }, nativeBase64));
  heldKeys.set(sign, key);
  return { device: deviceOf(publicKey), publicKey, path, sign };
}

/** The keys of this process, by what signs with them: whoever signs in another way has none. */
const heldKeys: WeakMap<Signer['sign'], KeyObject> = new WeakMap();

/** The key that a signer signs with, where this process holds it and may hand it to a thread of its own. */
export function heldKey({ sign }: Signer): KeyObject | undefined {
  return heldKeys.get(sign);
}

/** RFC 8410: the fixed head of a PKCS #8 ed25519 key, before the seed. */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex');

function nativeKey(seed: Uint8Array): { readonly key: KeyObject; readonly publicKey: Uint8Array } {
  const key = createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: 'der', type: 'pkcs8' });
  const encoded = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { key, publicKey: Uint8Array.from(encoded.subarray(encoded.length - 32)) };
}

/**
 * Writes a new key pair: `path` (mode 600, without passphrase) and `path.pub`.
 * @param key.seed - 32 random bytes
 * @throws WorldError GDO4022 where a file of that name exists
 */
export function createKey(path: string, key: { readonly seed: Uint8Array; readonly comment: string }): Signer {
  const { publicKey } = nativeKey(key.seed);
  const check = Buffer.from(createHash('sha256').update('check').update(key.seed).digest()).readUInt32BE(0);
  const isNew = !existsSync(path) && !existsSync(`${path}.pub`);
  try {
    makeFolders(dirname(path), 0o700);
    writeFileSync(path, privateKeyText({ seed: key.seed, publicKey, comment: key.comment, check }), { mode: 0o600, flag: 'wx' });
    chmodSync(path, 0o600);
    writeFileSync(`${path}.pub`, `${publicKeyLine(publicKey, key.comment)}\n`, { mode: 0o644 });
  } catch (error) {
    const cause = naming(error, path);
    const failure = systemFailure(cause);
    if (failure?.code === 'GDO4021') {
      // What could not be written whole is no key, and would stand in the way of the next try.
      if (isNew) for (const half of [path, `${path}.pub`]) rmSync(half, { force: true });
      throw failure;
    }
    throw new WorldError('GDO4022', `The key ${path} could not be written`, 'choose a file that does not exist, in a folder that you may write', cause);
  }
  return seedSigner(key.seed, path);
}

/**
 * Opens a key: a private key file, or a `.pub` file whose private half is in the ssh-agent.
 * @param environment - what ssh-keygen may see: PATH, SSH_AUTH_SOCK, SSH_ASKPASS, DISPLAY, HOME
 * @throws WorldError GDO5021 where there is no usable key, GDO4022 where others may read the file
 */
export function openKey(path: string, environment: Readonly<Record<string, string | undefined>> = {}): Signer {
  const text = readKeyText(path);
  const publicHalf = parsePublicKeyLine(text);
  if (publicHalf !== undefined) return toolSigner(path, publicHalf.publicKey, environment);
  const file = parsePrivateKey(text);
  // What is no key of ours needs no rights: a public half of another kind may be read by everybody.
  if (file.kind !== 'refused' && process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new WorldError('GDO4022', `Other people can read the key ${path}`, `run \`chmod 600 ${path}\``);
  }
  switch (file.kind) {
    case 'plain':
      return seedSigner(file.seed, path);
    case 'encrypted':
      return toolSigner(path, file.publicKey, environment);
    case 'refused':
      throw new WorldError('GDO5021', `The key ${path} cannot be used: ${file.reason}`, 'run `gdo key new` to make one');
  }
}

/** Reads the public half of a key given as `.pub` file, private file or path without `.pub`. @throws WorldError GDO5021 */
export function readPublicKey(path: string): Uint8Array {
  const text = readKeyText(path);
  const line = parsePublicKeyLine(text);
  if (line !== undefined) return line.publicKey;
  const file = parsePrivateKey(text);
  if (file.kind === 'refused') throw new WorldError('GDO5021', `The key ${path} cannot be used: ${file.reason}`, 'name an ssh-ed25519 key');
  return file.publicKey;
}

function readKeyText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new WorldError('GDO5021', `There is no readable key at ${path}`, 'run `gdo key new`, or name another file with --key', cause);
  }
}

/** Signs through `ssh-keygen -Y sign`, which asks the agent or the person for the passphrase. */
function toolSigner(path: string, publicKey: Uint8Array, environment: Readonly<Record<string, string | undefined>>): Signer {
  const sign = (namespace: string, message: Uint8Array): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = spawn('ssh-keygen', ['-Y', 'sign', '-q', '-n', namespace, '-f', path], { env: { ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
      const output: Buffer[] = [];
      let errors = '';
      child.stdout.on('data', (part: Buffer) => output.push(part));
      child.stderr.on('data', (part: Buffer) => (errors += part.toString('utf8')));
      const fail = (cause?: unknown): void =>
        reject(
          new WorldError('GDO5021', `The key ${path} did not sign: ${errors.trim().split('\n').at(-1) ?? ''}`, 'add it to the ssh-agent with `ssh-add`', cause),
        );
      child.on('error', fail);
      child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(output).toString('latin1')) : fail()));
      child.stdin.on('error', () => undefined);
      child.stdin.end(message);
    });
  return { device: deviceOf(publicKey), publicKey, path, sign };
}

/** Lines for git's `gpg.ssh.allowedSignersFile`, one per key: any namespace of this ledger, `<member>` as the principal. */
export function allowedSigners(rows: readonly (readonly [principal: string, publicKey: Uint8Array])[]): string {
  return rows.map(([principal, publicKey]) => `${principal} ${publicKeyLine(publicKey, '')}\n`).join('');
}

/** What is worked out once for a key: its id, condition 3 of the signature rule (GDO1013), and the runtime's form of it. */
interface KnownKey {
  readonly device: string;
  readonly verdict: SignatureVerdict;
  readonly object: KeyObject | undefined;
}

const knownKeys = new Map<string, KnownKey>();
/** Keys of a town of that size fit, at a few hundred bytes each; beyond it the map starts anew rather than growing for ever. */
const knownKeysMax = 65_536;

/** Keys that this copy has asked condition 3 of before. */
const acceptedDevices = new Set<string>();

/** Takes keys for sound that a founding was signed with which this copy has checked: asking again costs more than all else of a ballot. */
export function acceptKeys(devices: readonly string[]): void {
  for (const device of devices) acceptedDevices.add(device);
}

/** Forgets what is known of keys: whoever checks a founding from nothing asks of each key anew. */
export function forgetKeys(): void {
  if (acceptedDevices.size === 0) return;
  acceptedDevices.clear();
  knownKeys.clear();
}

const publicKeyHead = Buffer.from('302a300506032b6570032100', 'hex');

function keyName(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');
}

function knownKey(key: Uint8Array): KnownKey {
  const name = keyName(key);
  const known = knownKeys.get(name);
  if (known !== undefined) return known;
  const device = deviceOf(key);
  const verdict: SignatureVerdict = acceptedDevices.has(device) ? { kind: 'ok' } : checkKey(key);
  // Only a key that the rule accepts is given to the runtime, which may refuse others by throwing.
  const object = verdict.kind === 'ok' ? createPublicKey({ key: Buffer.concat([publicKeyHead, key]), format: 'der', type: 'spki' }) : undefined;
  const made = { device, verdict, object };
  if (knownKeys.size >= knownKeysMax) knownKeys.clear();
  knownKeys.set(name, made);
  return made;
}

/** The id of a key in the ledger. Of a key that was never asked about nothing else is worked out: who it must be is compared first. */
export function keyDevice(key: Uint8Array): string {
  return knownKeys.get(keyName(key))?.device ?? deviceOf(key);
}

/** Condition 3 of the signature rule (GDO1013), once per key. */
export function keyVerdict(key: Uint8Array): SignatureVerdict {
  return knownKey(key).verdict;
}

/** The native Ed25519 equation of ledger.md section 4.1 condition 4, for the engine's `verifyWith`. Conditions 1-3 are the engine's. */
export const nativeEquation: NativeEquation = (signed) => {
  const { object } = knownKey(signed.key);
  return object !== undefined && verifyBytes(null, signed.message, object, signed.signature);
};

/** SHA-512 by the runtime, which is ten times as fast as the portable one. */
export const messageHash: MessageHash = (message) => hash('sha512', message, 'buffer');
const nativeBase64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

/** Judges the signature of a message in a namespace by the rule of ledger.md section 4.1. GDO1012, GDO1013. */
export function verifyMessage(
  namespace: string,
  message: Uint8Array,
  signed: { readonly key: Uint8Array; readonly signature: Uint8Array },
  by: { readonly equation?: NativeEquation | undefined; readonly hash?: MessageHash | undefined } = {},
): SignatureVerdict {
  const data = signedData(namespace, message, by.hash ?? messageHash);
  return verifyWith(by.equation ?? nativeEquation, knownKey(signed.key).verdict, { ...signed, message: data });
}
