// The raw commit grammar of batches (ledger.md section 5.1): closed, read and written by us, because two git implementations read odd commits
// differently. It knows bytes and trailers, not authority.
import { asciiText, isAscii, isHex64, utf8Encode } from './bytes.ts';
import type { HexDigest } from './chain.ts';
import { digest, zeros64 } from './chain.ts';

/** Everything a batch commit says. `parents` and `tree` are git ids (addresses, 40 hex digits). */
export interface BatchCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  /** Floor of the last event's time in seconds. */
  readonly seconds: number;
  readonly org: string;
  readonly actor: string;
  readonly device: string;
  readonly seq: number;
  readonly count: number;
  readonly prev: string;
  readonly deps: readonly string[];
  readonly base: string;
  /** Merkle root over the event ids. */
  readonly root: string;
}

/** `Gdo-Dep` lines of one batch. */
export const depsMax = 64;
/** Events of one batch. */
export const eventsPerBatchMax = 256;
const commitBytesMax = 32_768;
const secondsMax = 253_402_300_799;

/** The signed payload: the raw commit without its `gpgsig` lines. Written in one go, since whoever signs or checks a ledger writes it for every batch. */
export function batchPayload(commit: BatchCommit): string {
  const person = `${commit.actor} <${commit.actor}@${commit.org.slice(0, 16)}.invalid> ${commit.seconds} +0000`;
  let text = `tree ${commit.tree}\n`;
  for (const parent of commit.parents) text += `parent ${parent}\n`;
  text += `author ${person}\ncommitter ${person}\n\ngdo batch ${commit.device.slice(0, 16)} ${commit.seq}+${commit.count}\n\n`;
  text += `Gdo-Format: gdo-batch-v1\nGdo-Org: ${commit.org}\nGdo-Actor: ${commit.actor}\nGdo-Device: ${commit.device}\n`;
  text += `Gdo-Seq: ${commit.seq} ${commit.count}\nGdo-Prev: ${commit.prev}\n`;
  for (const dep of commit.deps) text += `Gdo-Dep: ${dep}\n`;
  return `${text}Gdo-Base: ${commit.base}\nGdo-Batch: ${commit.root}\n`;
}

/** The batch id: H("gdo-batch-v1", payload). Two signatures of one payload are one batch. @param payload - as text, or its bytes */
export function batchId(payload: string | Uint8Array, hash?: HexDigest): string {
  return digest('gdo-batch-v1', typeof payload === 'string' ? utf8Encode(payload) : payload, hash);
}

/** The raw commit: the payload with the signature's armour as a `gpgsig` header behind the committer. */
export function signedCommit(payload: string, armouredSignature: string): string {
  const end = payload.indexOf('\n\n');
  return `${payload.slice(0, end)}\ngpgsig ${headerOf(armouredSignature)}${payload.slice(end)}`;
}

/** An armour as the value of a commit's header: further lines begin with a space. */
function headerOf(armouredSignature: string): string {
  return armouredSignature.trimEnd().replaceAll('\n', '\n ');
}

/** A commit that was read: its meaning, the signed payload, and the armour. */
export type ReadCommit =
  | { readonly kind: 'ok'; readonly commit: BatchCommit; readonly payload: string; readonly armour: string }
  | { readonly kind: 'refused'; readonly code: 'GDO1010' | 'GDO1003'; readonly reason: string };

/**
 * Reads a raw commit against the closed grammar. Pure; never throws.
 * @returns its parts, or GDO1010 (anything that writing it again would not give), or GDO1003 above 32 KiB
 */
export function readBatchCommit(raw: Uint8Array): ReadCommit {
  const refused = (reason: string) => ({ kind: 'refused', code: 'GDO1010', reason }) as const;
  if (raw.length > commitBytesMax) return { kind: 'refused', code: 'GDO1003', reason: `a batch commit has at most ${commitBytesMax} bytes` };
  const text = isAscii(raw) && !raw.includes(0) ? asciiText(raw) : undefined;
  if (text === undefined) return refused('the commit is not plain ASCII');
  const signatureStart = text.indexOf('\ngpgsig ');
  const bodyStart = text.indexOf('\n\n');
  if (signatureStart < 0 || bodyStart < signatureStart) return refused('the commit is not signed');
  const header = text.slice(signatureStart + '\ngpgsig '.length, bodyStart);
  const armour = `${header.replaceAll('\n ', '\n')}\n`;
  const payload = text.slice(0, signatureStart) + text.slice(bodyStart);
  const commit = readPayload(payload);
  if (commit === undefined) return refused('the commit does not have exactly the headers and trailers of a batch');
  // The one check that covers order, spelling, line ends, doubled headers and everything else.
  if (batchPayload(commit) !== payload || headerOf(armour) !== header) return refused('the commit is not in its one canonical form');
  return { kind: 'ok', commit, payload, armour };
}

/** Takes the lines of a payload from above; what stands elsewhere or twice is seen when it is written again. */
class Lines {
  private readonly lines: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.lines = text.split('\n');
  }

  /** The rest of the next line, where it begins like that; otherwise it stays the next one. */
  after(start: string): string {
    const line = this.lines[this.at];
    if (line?.startsWith(start) !== true) return '';
    this.at += 1;
    return line.slice(start.length);
  }

  all(start: string): readonly string[] {
    const found: string[] = [];
    while (this.lines[this.at]?.startsWith(start) === true) found.push(this.after(start));
    return found;
  }
}

function readPayload(payload: string): BatchCommit | undefined {
  const lines = new Lines(payload);
  const tree = lines.after('tree ');
  const parents = lines.all('parent ');
  const author = lines.after('author ');
  for (const start of ['committer ', '', 'gdo batch ', '', 'Gdo-Format: ']) lines.after(start);
  const org = lines.after('Gdo-Org: ');
  const actor = lines.after('Gdo-Actor: ');
  const device = lines.after('Gdo-Device: ');
  const [seqText = '', countText = ''] = lines.after('Gdo-Seq: ').split(' ');
  const prev = lines.after('Gdo-Prev: ');
  const deps = lines.all('Gdo-Dep: ');
  const base = lines.after('Gdo-Base: ');
  const root = lines.after('Gdo-Batch: ');
  const [seq, count, seconds] = [decimal(seqText), decimal(countText), decimal(author.split(' ').at(-2) ?? '')];
  if (seq === undefined || count === undefined || seconds === undefined || seconds > secondsMax || seq < 1 || count < 1 || count > eventsPerBatchMax)
    return undefined;
  if (deps.length > depsMax || parents.length !== deps.length + (prev === zeros64 ? 0 : 1)) return undefined;
  if (![org, device, prev, base, root, ...deps].every(isHex64) || ![tree, ...parents].every(isGitId) || !isIdentifier(actor)) return undefined;
  if (deps.some((dep, index) => index > 0 && (deps[index - 1] ?? '') >= dep)) return undefined;
  return { tree, parents, seconds, org, actor, device, seq, count, prev, deps, base, root };
}

/** Reads a decimal without sign or leading zero, below 2^53. */
function decimal(text: string): number | undefined {
  return /^(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : undefined;
}

/** True for 40 lower-case hexadecimal digits. */
export function isGitId(text: string): boolean {
  return text.length === 40 && !notHex.test(text);
}

const notHex = /[^0-9a-f]/;

/** True for a member id: `[a-z0-9][a-z0-9-]{0,63}` (ledger.md section 3). */
export function isIdentifier(text: unknown): text is string {
  return typeof text === 'string' && text.length > 0 && text.length <= 64 && text[0] !== '-' && !notIdentifier.test(text);
}

const notIdentifier = /[^a-z0-9-]/;
const notBylawsName = /[^A-Za-z0-9-]/;
const startsBylawsName = /^[A-Za-z]/;

/** True for a name that comes from the bylaws: `[A-Za-z][A-Za-z0-9-]{0,63}`. */
export function isBylawsName(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 64 && startsBylawsName.test(text) && !notBylawsName.test(text);
}
