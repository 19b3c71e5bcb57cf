// `gdo act uses FILE`: what a door wrote down comes into the ledger: each use once, as the door's own facts (S98).
import { join } from 'node:path';
import { isObject, useFact } from '../../engine/index.ts';
import type { LedgerEvent } from '../../engine/index.ts';
import { readUses } from '../doors/use-record.ts';
import type { UseRecord } from '../doors/use-record.ts';
import { appendBatches } from '../ledger/append.ts';
import { originOf, pushOwn } from '../sync/origin.ts';
import { insidePath } from './bylaws-files.ts';
import { UsageError } from './command.ts';
import { allEvents } from './event-lines.ts';
import type { MemberSession } from './session.ts';
import { counted } from './table.ts';

/** Uses brought in by one command: each is a signed batch of its own, because each has an instant of its own. */
const usesMax = 2_000;

/** Signs the uses of a file that this key has not signed yet. Exits 0, 2, 3. */
export async function recordUses(session: MemberSession, file: string | undefined): Promise<number> {
  if (file === undefined)
    throw new UsageError('GDO5002', 'Which file of uses?', 'the one the door wrote:  gdo slice door.ndjson --listen door.sock --record uses.ndjson');
  const { view, world, signer, repository } = session;
  const known = new Set(allEvents(view).flatMap(({ event }) => (event.device === signer.device ? ownUse(event) : [])));
  const uses = readUses(join(world.cwd, insidePath(world.cwd, file)));
  const fresh = uses.filter((use) => !known.has(nameOf(use))).slice(0, usesMax);
  if (fresh.length > 0) {
    const appends = fresh.map((use) => ({ events: [{ kind: 'fact' as const, body: bodyOf(use) }], clockMs: use.atMs }));
    await appendBatches(view, signer, appends);
  }
  const origin = fresh.length === 0 ? undefined : await originOf(repository, world.env);
  if (origin !== undefined) await pushOwn(repository, origin, signer.device);
  const here = uses.length - fresh.length;
  world.stdout(`✓ ${counted(fresh.length, 'use')} signed as ${session.member}${here === 0 ? '' : `; ${here} were here already`}.\n`);
  return 0;
}

function bodyOf(use: UseRecord): LedgerEvent['body'] {
  const { checkpoint, offset, person, reason, right, thing } = use;
  const data = { checkpoint, offset, reason, thing, ...(right === undefined ? {} : { right }) };
  return { type: useFact, data, ...(person === undefined ? {} : { subject: person }) };
}

/** What tells one use of a door from another. */
function nameOf({ atMs, thing, person }: Pick<UseRecord, 'atMs' | 'thing' | 'person'>): string {
  return `${atMs} ${thing} ${person ?? ''}`;
}

function ownUse({ body, tsMs }: LedgerEvent): readonly string[] {
  const { data, subject, type } = body;
  if (type !== useFact || !isObject(data) || typeof data['thing'] !== 'string') return [];
  return [nameOf({ atMs: tsMs, thing: data['thing'], ...(typeof subject === 'string' ? { person: subject } : {}) })];
}
