// Fetching and pushing over HTTP without an installed git: gitprotocol-http(5), version 0, in two requests each. What arrives becomes visible only when all of it is there.
import { WorldError } from '../cli/command.ts';
import { answerBytes } from './answer-bytes.ts';
import { buildPack } from './pack.ts';
import { flushPacket, packetOf, readPackets } from './packet.ts';
import { packBytesMax } from './portable-objects.ts';
import { objectsBeyond } from './reachable.ts';
import type { PushResult, PushedRef } from './transport.ts';
import type { RefEntry, Repository } from './repository.ts';

/** Longest stay at the other side. */
const timeoutMs = 300_000;

/** What we have is told by the heads of our refs; more of them than this only cost. */
const havesMax = 1024;

const zeros = '0'.repeat(40);

type Service = 'git-upload-pack' | 'git-receive-pack';

/** Lists the refs of a repository behind HTTP, ascending. @throws WorldError GDO4002 */
export async function listOverHttp(address: string, service: Service = 'git-upload-pack'): Promise<readonly RefEntry[]> {
  const bytes = await ask(address, `${address.replace(/\/$/, '')}/info/refs?service=${service}`);
  const { packets } = readPackets(bytes);
  const [title] = packets;
  if (title === undefined || !Buffer.from(title).toString('latin1').startsWith(`# service=${service}`)) throw silent(address, 'it is no repository of git');
  return packets
    .flatMap((packet) => {
      const match = /^([0-9a-f]{40}) (refs\/[^\0\n]+)/.exec(Buffer.from(packet ?? new Uint8Array(0)).toString('utf8'));
      return match === null || match[2]?.endsWith('^{}') === true ? [] : [{ id: match[1] ?? '', ref: match[2] ?? '' }];
    })
    .toSorted((left, right) => (left.ref < right.ref ? -1 : 1));
}

/** Fetches everything that commits of another repository reach, as one pack. @param heads - commits that are not here @throws WorldError GDO4002, GDO4011 */
export async function packOverHttp(repository: Repository, address: string, heads: readonly string[]): Promise<Uint8Array> {
  const haves = [...new Set((await repository.list('refs')).map((entry) => entry.id))].slice(0, havesMax);
  const words = heads.map((id, index) => packetOf(`want ${id}${index === 0 ? ' side-band-64k ofs-delta no-progress' : ''}\n`));
  const body = Buffer.concat([...words, flushPacket, ...haves.map((id) => packetOf(`have ${id}\n`)), packetOf('done\n')]);
  return bandsOf(address, await ask(address, `${address.replace(/\/$/, '')}/git-upload-pack`, { service: 'git-upload-pack', body })).content;
}

/** Pushes refs. A refusal of the other side is an answer, not an error. @throws WorldError GDO4002 */
export async function pushOverHttp(repository: Repository, address: string, pairs: readonly (readonly [from: string, to: string])[]): Promise<PushResult> {
  const theirs = new Map((await listOverHttp(address, 'git-receive-pack')).map((entry) => [entry.ref, entry.id]));
  const refs: PushedRef[] = [];
  const moves: { readonly ref: string; readonly old: string | undefined; readonly next: string }[] = [];
  for (const [from, to] of pairs) {
    const next = await repository.resolve(from);
    const old = theirs.get(to);
    if (next === undefined) throw new WorldError('GDO5024', `There is no ${from} to push`, 'run the same command again');
    const reason = old === undefined || old === next ? undefined : await outrun(repository, old, next);
    if (reason !== undefined) refs.push({ ref: to, accepted: false, reason });
    else if (old === next) refs.push({ ref: to, accepted: true, reason: '[up to date]' });
    else moves.push({ ref: to, old, next });
  }
  if (moves.length === 0) return { refs, messages: [] };
  const pack = buildPack(
    await objectsBeyond(
      repository,
      moves.map((move) => move.next),
      [...theirs.values()],
    ),
  );
  const lines = moves.map(({ ref, old, next }, index) => packetOf(`${old ?? zeros} ${next} ${ref}${index === 0 ? '\0 report-status side-band-64k' : ''}`));
  const body = Buffer.concat([...lines, flushPacket, pack]);
  const answer = bandsOf(address, await ask(address, `${address.replace(/\/$/, '')}/git-receive-pack`, { service: 'git-receive-pack', body }));
  const report = readPackets(answer.content).packets.map((packet) =>
    Buffer.from(packet ?? new Uint8Array(0))
      .toString('utf8')
      .trimEnd(),
  );
  const unpacked = report.find((line) => line.startsWith('unpack '))?.slice('unpack '.length) ?? 'no report';
  for (const { ref } of moves) {
    const refused = report.find((line) => line.startsWith(`ng ${ref} `))?.slice(`ng ${ref} `.length);
    const accepted = report.includes(`ok ${ref}`);
    refs.push({ ref, accepted, reason: accepted ? '' : `[remote rejected] (${refused ?? unpacked})` });
  }
  return {
    refs,
    messages: answer.words
      .split('\n')
      .map((line) => line.trimEnd())
      .filter(Boolean),
  };
}

/** Why a ref there cannot go on to ours, in git's words. */
async function outrun(repository: Repository, old: string, next: string): Promise<string | undefined> {
  if ((await repository.readObject(old)) === undefined) return '[rejected] (fetch first)';
  return (await repository.isAncestor(old, next)) ? undefined : '[rejected] (non-fast-forward)';
}

/** Takes an answer on bands apart: 1 is content, 2 is words for people, 3 is the end of everything. */
function bandsOf(address: string, bytes: Uint8Array): { readonly content: Uint8Array; readonly words: string } {
  const { packets, rest } = readPackets(bytes);
  if (rest.length > 0) throw silent(address, 'its answer ends in the middle');
  const content: Uint8Array[] = [];
  const words: Uint8Array[] = [];
  for (const packet of packets) {
    const band = packet?.[0];
    if (packet === undefined || band === undefined) continue;
    if (band === 1) content.push(packet.subarray(1));
    else if (band === 2) words.push(packet.subarray(1));
    else if (band === 3) throw silent(address, Buffer.from(packet.subarray(1)).toString('utf8').trim());
    else if (Buffer.from(packet.subarray(0, 4)).toString('latin1') === 'ERR ') throw silent(address, Buffer.from(packet.subarray(4)).toString('utf8').trim());
  }
  return { content: Buffer.concat(content), words: Buffer.concat(words).toString('utf8') };
}

/** One request. The answer is read up to the largest pack; no redirection is followed. */
async function ask(address: string, url: string, post?: { readonly service: Service; readonly body: Uint8Array }): Promise<Uint8Array> {
  const request: RequestInit =
    post === undefined
      ? {}
      : {
          method: 'POST',
          body: Buffer.from(post.body),
          headers: { 'content-type': `application/x-${post.service}-request`, accept: `application/x-${post.service}-result` },
        };
  try {
    const answer = await fetch(url, { ...request, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (!answer.ok || answer.body === null) throw silent(address, `it answers ${answer.status} ${answer.statusText}`);
    const bytes = await answerBytes(answer.body, packBytesMax);
    if (bytes !== undefined) return bytes;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof WorldError) throw error;
    throw silent(address, error.cause instanceof Error ? error.cause.message : error.message, error);
  }
  throw new WorldError(
    'GDO4011',
    `The repository at ${address} sends more than ${packBytesMax} bytes`,
    'install git 2.39 or newer: without it gdo reads small packs only',
  );
}

function silent(address: string, why: string, cause?: Error): WorldError {
  return new WorldError(
    'GDO4002',
    `The repository at ${address} did not answer: ${why}`,
    'check the address and the network, then run `gdo sync` again',
    cause,
  );
}
