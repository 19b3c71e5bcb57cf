// A sealed file as a content of the repository: an age file for some SSH keys, with a stanza that says which sealed file it is. What the ledger keeps of it - a name and a
// commitment - comes from the file key, so that neither helps anybody to guess what is in it. It decides nothing about who may.
import { createHash, type Hash } from 'node:crypto';
import { openContent, openContentAt, type OpenContent } from '../chunks/content-parts.ts';
import type { ByteSource } from '../chunks/cut-source.ts';
import { putContent, type PutContent } from '../chunks/put-content.ts';
import { contentSource } from '../chunks/content-source.ts';
import type { Repository } from '../git/repository.ts';
import { derived } from './age-cipher.ts';
import { encodeHeader, hasSum, headerBytesMax, readHeader, toBare64, type AgeHeader, type Stanza } from './age-header.ts';
import { openPayload, payloadNonceBytes, sealedSource } from './age-payload.ts';
import { unwrapWith, wrapFor, type OpeningKey } from './age-recipient.ts';
import { ReadAhead } from './read-ahead.ts';

/** Programs that read age files pass over a stanza of a kind that they do not know. */
const nameStanza = 'gdo-sealed-file';
const fileKeyBytes = 16;
/** Enough for a head of a few keys, in one look. */
const firstLookBytes = 4_096;

/** Draws so many random bytes. */
export type Chance = (count: number) => Uint8Array;

/** A content that was sealed. `name`: of the sealed file, however often it is sealed anew; `commitment`: SHA-256 of 32 secret bytes and the plain ones. */
export interface SealedContent {
  readonly name: string;
  readonly commitment: string;
  readonly content: PutContent;
}

/** A sealed content whose file key is known, before its body is read. */
export interface Unlocked {
  readonly kind: 'ok';
  readonly name: string;
  readonly fileKey: Uint8Array;
  readonly body: ReadAhead;
}

/** What came of opening. `false`: it is no sealed file, or was changed. */
export type Unlocking =
  | Unlocked
  | { readonly kind: 'absent' }
  | { readonly kind: 'not yours'; readonly keysCount: number }
  | { readonly kind: 'false'; readonly reason: string };

/** Seals what a source gives to some public keys. Nothing names it yet: the record of it and its name come together. For callers who hold the lock of `besidePruning`. */
export async function sealSource(
  repository: Repository,
  request: { readonly source: ByteSource; readonly keys: readonly Uint8Array[]; readonly chance: Chance; readonly progress?: (bytesCount: number) => void },
): Promise<SealedContent> {
  const { source, keys, chance, progress } = request;
  const fileKey = chance(fileKeyBytes);
  const sum = commitmentSum(fileKey);
  const sealed = sealedSource(source, headFor(fileKey, keys, chance), { fileKey, nonce: chance(payloadNonceBytes), hear: (plain) => void sum.update(plain) });
  const content = await putContent(repository, { source: sealed, naming: 'by caller', ...(progress === undefined ? {} : { progress }) });
  return { name: nameOf(fileKey), commitment: sum.digest('hex'), content };
}

/** Seals an open one to other keys, as `sealSource` does: a new head before the same body, so nearly all of its chunks are here already. */
export function sealAgain(
  repository: Repository,
  unlocked: Unlocked,
  to: { readonly keys: readonly Uint8Array[]; readonly chance: Chance },
): Promise<PutContent> {
  const head = headFor(unlocked.fileKey, to.keys, to.chance);
  let at = 0;
  const read = async (into: Uint8Array): Promise<number> => {
    if (at === head.length) return unlocked.body.read(into);
    const count = head.copy(into, 0, at, at + into.length);
    at += count;
    return count;
  };
  return putContent(repository, { source: { read }, naming: 'by caller' });
}

/** Opens the head of a sealed content with a private key. @throws WorldError GDO4030 where chunks of it are missing */
export async function unlock(repository: Repository, sha256: string, key: OpeningKey): Promise<Unlocking> {
  const opened = await openContent(repository, sha256);
  if (opened.kind === 'absent') return { kind: 'absent' };
  return opened.kind === 'bad' ? { kind: 'false', reason: opened.reason } : unlockSource(contentSource(repository, opened.content), key);
}

/** The same with its bytes, wherever they come from. */
export async function unlockSource(source: ByteSource, key: OpeningKey): Promise<Exclude<Unlocking, { readonly kind: 'absent' }>> {
  const body = new ReadAhead(source);
  const header = await readHead(body);
  if (typeof header === 'string') return { kind: 'false', reason: header };
  const wrapped = header.stanzas.filter(({ words }) => words[0] !== nameStanza);
  for (const stanza of wrapped) {
    const fileKey = unwrapWith(key, stanza);
    if (fileKey === undefined) continue;
    if (!hasSum(header, fileKey)) return { kind: 'false', reason: 'its head was changed' };
    const name = nameOf(fileKey);
    return name === nameIn(header) ? { kind: 'ok', name, fileKey, body } : { kind: 'false', reason: 'its head names another file' };
  }
  return { kind: 'not yours', keysCount: wrapped.length };
}

/** Reads the plain bytes of an open one to their end. @returns what the ledger has to say of them, or why they are not to be believed */
export async function readPlain(
  { body, fileKey }: Unlocked,
  hear: (plain: Uint8Array) => void,
): Promise<{ readonly kind: 'ok'; readonly commitment: string } | { readonly kind: 'false'; readonly reason: string }> {
  const sum = commitmentSum(fileKey);
  const fault = await openPayload(body, fileKey, (plain) => {
    sum.update(plain);
    hear(plain);
  });
  return fault === undefined ? { kind: 'ok', commitment: sum.digest('hex') } : { kind: 'false', reason: fault };
}

/** Which sealed file a content says that it is, without any key; undefined for every other content. @throws WorldError GDO4030 where chunks of it are missing */
export async function nameSaid(repository: Repository, content: Pick<OpenContent, 'sha256' | 'commit'>): Promise<string | undefined> {
  const opened = await openContentAt(repository, content);
  const header = opened.kind === 'ok' ? await readHead(new ReadAhead(contentSource(repository, opened.content))) : '';
  return typeof header === 'string' ? undefined : nameIn(header);
}

/** Takes the head from the front. @returns it, or why it is none, as a sentence part */
async function readHead(body: ReadAhead): Promise<AgeHeader | string> {
  for (let length = firstLookBytes; ; length = Math.min(headerBytesMax, length * 4)) {
    const bytes = await body.peek(length);
    const read = readHeader(bytes);
    if (read.kind === 'refused') return read.reason;
    if (read.kind === 'ok') {
      body.skip(read.header.bytesCount);
      return read.header;
    }
    if (bytes.length < length) return 'its head does not end';
  }
}

function headFor(fileKey: Uint8Array, keys: readonly Uint8Array[], chance: Chance): Buffer {
  const name: Stanza = { words: [nameStanza, toBare64(Buffer.from(nameOf(fileKey), 'hex'))], body: new Uint8Array(0) };
  return encodeHeader([name, ...keys.map((key) => wrapFor(key, fileKey, chance(32)))], fileKey);
}

function nameIn({ stanzas }: AgeHeader): string | undefined {
  const words = stanzas.filter(({ words: [kind] }) => kind === nameStanza).map(({ words: [, name] }) => name ?? '');
  return words.length === 1 ? Buffer.from(words[0] ?? '', 'base64').toString('hex') : undefined;
}

const nothing: Uint8Array = new Uint8Array(0);

function nameOf(fileKey: Uint8Array): string {
  return derived(fileKey, nothing, 'gdo-sealed-file-v1 name').toString('hex');
}

/** What is hashed before the plain bytes nobody knows who does not have the file key: that is what keeps short ones from being guessed. */
function commitmentSum(fileKey: Uint8Array): Hash {
  return createHash('sha256').update(derived(fileKey, nothing, 'gdo-sealed-file-v1 commitment'));
}
