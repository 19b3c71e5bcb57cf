// A push over HTTP to a node that runs: git unpacks it into a quarantine under the limits for strangers, the node judges it and moves the refs itself. Pushes over
// lines, and to repositories without a node, go through git's `receive-pack` (serving.ts), which asks the same judge.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { runGit } from '../git/child.ts';
import type { Quarantine } from '../git/repository.ts';
import { readWaitingObjects } from '../git/waiting-objects.ts';
import type { JudgePush } from './judge-channel.ts';
import { refusalText } from './pre-receive.ts';
import type { Promote } from './promotion.ts';
import { pushReport, readPushRequest, type PushRequest } from './push-request.ts';
import { errorPacket, meaningOf } from './report.ts';

/** What a push needs. `body`: whole and on this machine. */
export interface HttpPush {
  readonly gitDirectory: string;
  readonly body: { readonly bytesCount: number; readonly head: () => Buffer; readonly open: (from: number) => Readable };
  readonly judge: JudgePush;
  readonly promote: Promote;
  readonly signal: AbortSignal;
}

/** How it ended, and what git is to read. */
export interface PushEnd {
  readonly kind: 'taken' | 'refused' | 'nothing';
  readonly answer: Uint8Array;
}

/** node.md section 3: what a push may be long. */
export const pushBytesMax = 67_108_864;

/** Up to here a pack becomes loose objects, which are read without another program; a ballot has three. */
const looseMax = { objectsCount: 64, bytes: 65_536 } as const;

/** Objects, packs with their indexes, and refs are on the disk before anything is acknowledged. */
const durable = ['-c', 'core.fsync=committed,loose-object,pack-metadata,reference'] as const;

/** Receives one push. @throws WorldError GDO5024 where git cannot be started, and what the judge throws: then nothing was taken */
export async function receivePush(push: HttpPush): Promise<PushEnd> {
  const request = readPushRequest(push.body.head());
  if (request.kind === 'nothing') return { kind: 'nothing', answer: new Uint8Array(0) };
  if (request.kind === 'unreadable') return { kind: 'refused', answer: errorPacket(meaningOf('')) };
  const objects = join(push.gitDirectory, 'objects');
  // The name is one that the sweep of leftovers knows.
  const folder = mkdtempSync(join(objects, 'tmp_objdir-push-'));
  try {
    return await receiveInto(push, request, { objectDirectory: folder, alternates: objects });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function receiveInto(push: HttpPush, request: Extract<PushRequest, { kind: 'push' }>, quarantine: Quarantine): Promise<PushEnd> {
  const { updates } = request;
  const refused = (unpacked: string, reason: string, said: string): PushEnd => ({
    kind: 'refused',
    answer: pushReport(request, { unpacked, refused: reason, said }),
  });
  // What only deletes brings no pack, and is for the judge to refuse.
  const brings = updates.some(({ next }) => next !== undefined);
  const isSmall = isSmallPack(push.body.head().subarray(request.packAt), push.body.bytesCount - request.packAt);
  if (brings) {
    const end = await runGit({
      gitDirectory: push.gitDirectory,
      reads: 'strangers',
      environment: {
        GIT_OBJECT_DIRECTORY: quarantine.objectDirectory,
        GIT_ALTERNATE_OBJECT_DIRECTORIES: quarantine.alternates,
        GIT_QUARANTINE_PATH: quarantine.objectDirectory,
      },
      // Either looks at every object and every link of what came; neither takes a pack without its bases.
      arguments: [...durable, ...(isSmall ? ['unpack-objects', '-q', '--strict'] : ['index-pack', '--stdin', '--strict', '--fix-thin'])],
      input: push.body.open(request.packAt),
      signal: push.signal,
    });
    if (end.code !== 0) return refused(isSmall ? 'unpack-objects abnormal exit' : 'index-pack abnormal exit', 'unpacker error', `${meaningOf(end.errors)}\n`);
  }
  const verdict = await push.judge({ quarantine, updates, waiting: isSmall ? readWaitingObjects(quarantine.objectDirectory) : undefined });
  if (verdict.kind === 'refused') return refused('ok', 'pre-receive hook declined', refusalText(verdict.refusals));
  const moved = await push.promote({ folder: brings ? quarantine.objectDirectory : undefined, changes: updates });
  if (moved.kind === 'conflict') return refused('ok', 'failed to update ref', `${meaningOf(`failed to update ref ${moved.reason}`)}\n`);
  return { kind: 'taken', answer: pushReport(request, { unpacked: 'ok', refused: undefined, said: '' }) };
}

/** Whether the head of a pack promises few objects; git holds it to its promise. */
function isSmallPack(pack: Buffer, bytesCount: number): boolean {
  return bytesCount <= looseMax.bytes && pack.length >= 12 && pack.readUInt32BE(8) <= looseMax.objectsCount;
}
