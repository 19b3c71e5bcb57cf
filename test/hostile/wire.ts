// A peer that speaks git's push protocol by hand (gitprotocol-pack(5)), so that it can say what no git would: packs, deltas and commands byte by byte.
import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import type { LedgerView } from '../../node/ledger/view.ts';
import { spool } from '../../node/ops/spool.ts';
import { servePeer } from '../../node/receive/door.ts';
import { pushBytesMax, receivePush, receiveTogether, type HttpPush } from '../../node/receive/http-push.ts';
import { unpackTogether } from '../../node/receive/unpack-together.ts';
import type { JudgePush } from '../../node/receive/judge-channel.ts';
import { judgeInQuarantine } from '../../node/receive/pre-receive.ts';
import { promoter } from '../../node/receive/promotion.ts';

/** Forty zeros: the ref does not exist before, or goes away. */
export const none: string = '0'.repeat(40);

/** One command of a push. */
export interface Command {
  readonly old: string;
  readonly next: string;
  readonly ref: string;
}

/** One packet: length in four hexadecimal digits, and the bytes. */
export function packet(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0'), 'latin1'), bytes]);
}

/** What a client sends: commands, a flush, the pack. */
export function pushBytes(commands: readonly Command[], pack: Uint8Array, abilities = 'report-status side-band-64k'): Buffer {
  const lines = commands.map(({ old, next, ref }, index) => packet(`${old} ${next} ${ref}${index === 0 ? `\0 ${abilities}` : ''}\n`));
  return Buffer.concat([...lines, Buffer.from('0000'), pack]);
}

/** A pack of entries as given, with its sum; `count` may lie. */
export function packOf(entries: readonly Uint8Array[], lies: { readonly count?: number; readonly version?: number } = {}): Buffer {
  const header = Buffer.alloc(12);
  header.write('PACK', 0, 'latin1');
  header.writeUInt32BE(lies.version ?? 2, 4);
  header.writeUInt32BE(lies.count ?? entries.length, 8);
  const body = Buffer.concat([header, ...entries]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

/** Numbers of kinds in packs. */
export const kinds = { none: 0, commit: 1, tree: 2, blob: 3, tag: 4, reserved: 5, offsetDelta: 6, refDelta: 7 } as const;

/** Head of an entry: kind and size as it claims them. */
export function entryHead(kind: number, size: number): Buffer {
  const bytes: number[] = [];
  let byte = (kind << 4) | (size % 16);
  let rest = Math.floor(size / 16);
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest % 128;
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, byte]);
}

/** An entry that is whole; `claims` is the size it says it has. */
export function entry(kind: number, content: Uint8Array, claims = content.length): Buffer {
  return Buffer.concat([entryHead(kind, claims), deflateSync(content)]);
}

/** A delta against the object with an id. */
export function refDelta(base: string, delta: Uint8Array): Buffer {
  return Buffer.concat([entryHead(kinds.refDelta, delta.length), Buffer.from(base, 'hex'), deflateSync(delta)]);
}

/** A delta against the entry so many bytes before this one. */
export function offsetDelta(back: number, delta: Uint8Array): Buffer {
  const bytes = [back % 128];
  for (let rest = Math.floor(back / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest -= 1;
    bytes.unshift((rest % 128) | 0x80);
  }
  return Buffer.concat([entryHead(kinds.offsetDelta, delta.length), Buffer.from(bytes), deflateSync(delta)]);
}

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** A delta that copies the first `size` bytes (65,536 at most) of its base so many times; sizes may lie. */
export function copyDelta(base: number, copies: { readonly size: number; readonly times: number; readonly claims?: number }): Buffer {
  const { size, times } = copies;
  const one = [0x80 | 0x10 | 0x20 | 0x40, size & 0xff, (size >> 8) & 0xff, size >> 16];
  return Buffer.concat([Buffer.from([...varint(base), ...varint(copies.claims ?? size * times)]), ...Array.from({ length: times }, () => Buffer.from(one))]);
}

/** What a peer heard. */
export interface Heard {
  readonly status: number;
  readonly text: string;
}

/** What a peer says to, by ssh or by HTTP. */
export type Door = (bytes: Uint8Array) => Promise<Heard>;

/** Sends bytes as a push over HTTP: whole on this machine first, then to the door of a node that holds `view`. */
export function httpDoor(path: string, view: LedgerView): Door {
  const { promote } = promoter(view.repository);
  const together = unpackTogether(path);
  return async (bytes) => {
    const body = await spool(Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)]), { bytesMax: pushBytesMax, folder: path });
    if (body.kind !== 'whole') return { status: 1, text: 'GDO4011' };
    try {
      const judge: JudgePush = (asked) => judgeInQuarantine({ ...asked, path, view: (repository) => Promise.resolve({ ...view, repository }) });
      const push: HttpPush = { gitDirectory: path, body, judge, promote, spent: () => undefined, signal: new AbortController().signal };
      const end = (await receiveTogether(push, together)) ?? (await receivePush(push));
      return { status: end.kind === 'taken' ? 0 : 1, text: Buffer.from(end.answer).toString('latin1') };
    } finally {
      body.drop();
    }
  };
}

/** Sends bytes through the door of a repository, as ssh does. */
export async function knock(path: string, bytes: Uint8Array): Promise<Heard> {
  const output = new PassThrough();
  const parts: Buffer[] = [];
  output.on('data', (part: Buffer) => parts.push(part));
  const lines: string[] = [];
  const status = await servePeer(path, 'receive-pack', { input: Readable.from([bytes]), output, say: (line) => lines.push(line) });
  return { status, text: `${Buffer.concat(parts).toString('latin1')}\n${lines.join('\n')}` };
}
