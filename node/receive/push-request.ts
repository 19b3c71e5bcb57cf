// What a push over HTTP says before its pack (gitprotocol-pack(5)): which refs are to move, and how the answer is wanted. Judges nothing.
import { flushPacket, packetOf } from '../git/packet.ts';
import { parseUpdates, type PushedUpdate } from './pre-receive.ts';

/** What was asked for. `nothing`: git only looks whether it may push. `packAt`: where the pack begins. */
export type PushRequest =
  | { readonly kind: 'push'; readonly updates: readonly PushedUpdate[]; readonly abilities: ReadonlySet<string>; readonly packAt: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable' };

/** Reads the packets before the first flush. @param head - the first bytes of the body, a mebibyte at most: 1,000 refs with the longest names are shorter */
export function readPushRequest(head: Buffer): PushRequest {
  const lines: string[] = [];
  let at = 0;
  for (;;) {
    const digits = head.toString('latin1', at, at + 4);
    const length = /^[0-9a-f]{4}$/.test(digits) ? Number.parseInt(digits, 16) : -1;
    if (length === 0) break;
    // A line has a ref in it; a signed push, a shallow one and a pack without a command before it have not.
    if (length < 5 || at + length > head.length) return { kind: 'unreadable' };
    lines.push(head.toString('utf8', at + 4, at + length).replace(/\n$/, ''));
    at += length;
  }
  const [first, ...others] = lines;
  if (first === undefined) return { kind: 'nothing' };
  const [command = '', abilities = ''] = first.split('\0');
  const updates = [command, ...others].flatMap(parseUpdates);
  if (updates.length !== lines.length) return { kind: 'unreadable' };
  return { kind: 'push', updates, abilities: new Set(abilities.split(' ')), packAt: at + flushPacket.length };
}

/** Bytes of a report in one packet of band 1, below what a packet holds. */
const reportPartChars = 16_000;

/**
 * The answer to a push, as git reads it.
 * @param answer.unpacked - `ok`, or what became of the pack
 * @param answer.refused - why no ref moved, in git's words; undefined where all did
 * @param answer.said - lines for the person who pushed
 */
export function pushReport(
  request: Extract<PushRequest, { kind: 'push' }>,
  answer: { readonly unpacked: string; readonly refused: string | undefined; readonly said: string },
): Uint8Array {
  const rows = request.updates.map(({ ref }) => packetOf(answer.refused === undefined ? `ok ${ref}\n` : `ng ${ref} ${answer.refused}\n`));
  const report = Buffer.concat([packetOf(`unpack ${answer.unpacked}\n`), ...rows, flushPacket]);
  const isWanted = request.abilities.has('report-status') || request.abilities.has('report-status-v2');
  if (!request.abilities.has('side-band-64k')) return isWanted ? report : new Uint8Array(0);
  const text = report.toString('utf8');
  const parts = Array.from({ length: Math.ceil(text.length / reportPartChars) }, (_, index) =>
    packetOf(`\u0001${text.slice(index * reportPartChars, (index + 1) * reportPartChars)}`),
  );
  const said = answer.said === '' ? [] : [packetOf(`\u0002${answer.said}`)];
  return Buffer.concat([...said, ...(isWanted ? parts : []), flushPacket]);
}
