// A push over HTTP to a node that runs: git unpacks it into a quarantine under the limits for strangers, the node judges it and moves the refs itself. Pushes over
// lines, and to repositories without a node, go through git's `receive-pack` (serving.ts), which asks the same judge.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FolderOfObjects } from '../git/arrival.ts';
import { strangerLimits, type StrangerLimits } from '../git/child.ts';
import type { Quarantine } from '../git/quarantine.ts';
import { readWaitingObjects, type WaitingObjects } from '../git/waiting-objects.ts';
import type { JudgePush } from './judge-channel.ts';
import { refusalText } from './pre-receive.ts';
import type { Promote } from './promotion.ts';
import { pushReport, readPushRequest, type PushRequest } from './push-request.ts';
import { errorPacket, meaningOf } from './report.ts';
import { togetherMax, type UnpackTogether } from './unpack-together.ts';
import { unpack } from './unpack.ts';

/** What a push needs. `body`: whole and on this machine. */
export interface HttpPush {
  readonly gitDirectory: string;
  readonly body: { readonly bytesCount: number; readonly head: () => Buffer; readonly open: (from: number) => Readable };
  readonly judge: JudgePush;
  readonly promote: Promote;
  /** Hears how many seconds unpacking and judging took: its own, not those of pushes beside it. */
  readonly spent: (seconds: number) => void;
  readonly signal: AbortSignal;
}

/** How it ended, and what git is to read. */
export interface PushEnd {
  readonly kind: 'taken' | 'refused' | 'nothing';
  readonly answer: Uint8Array;
}

type Asked = Extract<PushRequest, { kind: 'push' }>;

/** node.md section 3: what a push may be long. */
export const pushBytesMax = 67_108_864;

/** Up to here a pack becomes loose objects, which are read without another program; a ballot has three. */
const looseMax = { objectsCount: 64, bytes: 65_536 } as const;

/** Seconds of processor for any push, and the bytes for which it gets one more: what unpacks to a thousand times its size is not unpacked to its end. */
const unpackingSeconds = 2;
const bytesPerSecond = 2_097_152;

/** Receives one push alone. @throws WorldError GDO5024 where git cannot be started, and what the judge throws: then nothing was taken */
export async function receivePush(push: HttpPush): Promise<PushEnd> {
  const request = readPushRequest(push.body.head());
  if (request.kind !== 'push') return endWithoutPush(request.kind);
  const objects = join(push.gitDirectory, 'objects');
  // The name is one that the sweep of leftovers knows.
  const folder = mkdtempSync(join(objects, 'tmp_objdir-push-'));
  try {
    return await receiveInto(push, request, { objectDirectory: folder, alternates: objects });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a push is small enough to be unpacked together with others. */
export function isForTogether(body: HttpPush['body']): boolean {
  return body.bytesCount <= togetherMax.bytes;
}

/** Receives a small push with others that come at the same time. @returns undefined where it has to be received alone @throws as `receivePush` */
export async function receiveTogether(push: HttpPush, unpackTogether: UnpackTogether): Promise<PushEnd | undefined> {
  const request = readPushRequest(push.body.head());
  if (request.kind !== 'push') return endWithoutPush(request.kind);
  const heads = request.updates.flatMap(({ next }) => next ?? []);
  const unpacked = await unpackTogether(push.body.head().subarray(request.packAt), heads);
  if (unpacked === undefined) return undefined;
  const { quarantine, waiting } = unpacked;
  push.spent(unpacked.seconds);
  try {
    return await takeIn(push, request, { quarantine, waiting, objects: { folder: quarantine.objectDirectory, ids: [...waiting.objects.keys()] } });
  } finally {
    await unpacked.done();
  }
}

function endWithoutPush(kind: 'nothing' | 'unreadable'): PushEnd {
  return kind === 'nothing' ? { kind, answer: new Uint8Array(0) } : { kind: 'refused', answer: errorPacket(meaningOf('')) };
}

async function receiveInto(push: HttpPush, request: Asked, quarantine: Quarantine): Promise<PushEnd> {
  const { gitDirectory, body, signal } = push;
  // What only deletes brings no pack, and is for the judge to refuse.
  const brings = request.updates.some(({ next }) => next !== undefined);
  const isSmall = isSmallPack(body.head().subarray(request.packAt), body.bytesCount - request.packAt);
  if (brings) {
    const started = performance.now();
    const limits = limitsFor(body.bytesCount);
    const end = await unpack({ gitDirectory, quarantine, to: isSmall ? 'loose' : 'packed', pack: body.open(request.packAt), limits, signal });
    push.spent((performance.now() - started) / 1000);
    const unpacked = isSmall ? 'unpack-objects abnormal exit' : 'index-pack abnormal exit';
    if (end.code !== 0) return refusal(request, { unpacked, refused: 'unpacker error', said: `${meaningOf(end.errors)}\n` });
  }
  const waiting = isSmall ? readWaitingObjects(quarantine.objectDirectory) : undefined;
  return takeIn(push, request, { quarantine, waiting, objects: brings ? { folder: quarantine.objectDirectory } : undefined });
}

/** Judges what was unpacked, and takes it in where it is accepted. */
async function takeIn(
  push: HttpPush,
  request: Asked,
  unpacked: { readonly quarantine: Quarantine; readonly waiting: WaitingObjects | undefined; readonly objects: FolderOfObjects | undefined },
): Promise<PushEnd> {
  const { updates } = request;
  const { quarantine, waiting, objects } = unpacked;
  const started = performance.now();
  const verdict = await push.judge({ quarantine, updates, waiting });
  push.spent((performance.now() - started) / 1000);
  if (verdict.kind === 'refused') return refusal(request, { unpacked: 'ok', refused: 'pre-receive hook declined', said: refusalText(verdict.refusals) });
  const moved = await push.promote({ objects, changes: updates });
  if (moved.kind === 'ok') return { kind: 'taken', answer: pushReport(request, { unpacked: 'ok', refused: undefined, said: '' }) };
  return refusal(request, { unpacked: 'ok', refused: 'failed to update ref', said: `${meaningOf(`failed to update ref ${moved.reason}`)}\n` });
}

function refusal(request: Asked, answer: Parameters<typeof pushReport>[1]): PushEnd {
  return { kind: 'refused', answer: pushReport(request, answer) };
}

function limitsFor(bytesCount: number): StrangerLimits {
  return { ...strangerLimits, processorSeconds: Math.min(strangerLimits.processorSeconds, unpackingSeconds + Math.floor(bytesCount / bytesPerSecond)) };
}

/** Whether the head of a pack promises few objects; git holds it to its promise. */
function isSmallPack(pack: Buffer, bytesCount: number): boolean {
  return bytesCount <= looseMax.bytes && pack.length >= 12 && pack.readUInt32BE(8) <= looseMax.objectsCount;
}
