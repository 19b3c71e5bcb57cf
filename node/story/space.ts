// The places and habits of the maker space that the chapters share: the node, everybody's copies, the network, fobs and the door. No plot here.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openRepository } from '../git/repository.ts';
import { checkSlice } from '../ledger/slice.ts';
import type { HeldSlice } from '../ledger/slice.ts';
import { openLedger } from '../ledger/replay.ts';
import { decideWish } from '../doors/door.ts';
import { appendUse, readUses } from '../doors/use-record.ts';
import type { BooksProp } from './books.ts';
import type { Stage } from './stage.ts';

/** The node in the office: bare, with the gate as its hook. */
export const hub = 'office.git';
/** The door's own copy, and what it writes down. */
export const door = 'front-door';
const uses = 'uses.ndjson';
/** Six hours behind UTC, all year round: the first offset of the bylaws. */
const offsetMinutes = -360;

/** Everybody who has a copy, once Dee and the door have one. */
export const everybody: readonly string[] = ['ana', 'bo', 'chi', 'dee', door];

/** What the plot needs beside the stage. */
export interface SpaceProps {
  readonly bylaws: readonly { readonly path: string; readonly text: string }[];
  /** Copies one folder of the stage to another place on it. */
  readonly copy: (from: string, to: string) => void;
  readonly books: BooksProp;
  /** The path of the program that compares uses with the list of fobs. */
  readonly flags: string;
}

/** The node takes in what was pushed and closes what is due. */
export async function node(stage: Stage): Promise<void> {
  // Every checkpoint is later than the one before it.
  stage.wait(1 / 60);
  await stage.quietly('ana', hub, ['sync']);
}

/** Everybody named fetches. */
export async function fetchAll(stage: Stage, people: readonly string[]): Promise<void> {
  for (const person of people) await stage.quietly(person, person, ['sync']);
}

/** A round: the node, then everybody. */
export async function round(stage: Stage, people: readonly string[]): Promise<void> {
  await node(stage);
  await fetchAll(stage, people);
}

/** Days pass; the node makes its daily checkpoint. */
export async function days(stage: Stage, count: number): Promise<void> {
  stage.tell(count === 1 ? 'A day passes.' : `${count} days pass.`);
  for (let day = 0; day < count; day += 1) {
    stage.wait(24);
    await stage.quietly('ana', hub, ['sync']);
  }
}

/** The next time of day at the space, such as 20:14. */
export function until(stage: Stage, clock: string): void {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const dayMs = 86_400_000;
  const wanted = (hours * 60 + minutes - offsetMinutes) * 60_000;
  stage.wait(((((wanted - stage.nowMs()) % dayMs) + dayMs) % dayMs) / 3_600_000);
}

/** Pulls a copy's cable, or puts it in again. */
export function network(stage: Stage, who: string, state: 'up' | 'down'): void {
  stage.git(who, who, ['remote', 'set-url', 'origin', state === 'up' ? `../${hub}` : '../cable-is-out.git']);
}

/** A change of files on a branch of its own, as one commit. */
export function change(stage: Stage, who: string, branch: string, files: Readonly<Record<string, string>>): void {
  stage.git(who, who, ['switch', '-q', '-C', branch, 'main']);
  for (const [path, text] of Object.entries(files)) stage.write(who, path, text);
  stage.git(who, who, ['add', '.']);
  stage.git(who, who, ['commit', '-q', '-m', branch]);
}

/** Back to what is accepted. */
export function home(stage: Stage, who: string): void {
  stage.git(who, who, ['switch', '-q', 'main']);
}

/** A fob as the ledger has it: keyed, because plain hashes of all fobs there are fall in about a minute. */
export function fobHash(secret: string, fob: string): string {
  return createHmac('sha256', secret).update(fob).digest('hex');
}

/** What the door has: its checked slice, and the list of fobs at that time. */
export interface DoorNews {
  readonly slice: HeldSlice;
  readonly fobs: string;
}

/** Gives the door a slice of now and the list of fobs. */
export async function news(stage: Stage, org: string): Promise<DoorNews> {
  await stage.quietly(door, door, ['sync']);
  await stage.gdo(door, door, ['slice', '--out', 'door.ndjson']);
  const slice = checkSlice(readFileSync(stage.place(door, 'door.ndjson')), { org });
  if (slice.kind === 'refused') throw new Error(`the door takes no such slice: ${slice.reason}`);
  return { slice, fobs: readFileSync(stage.place(door, 'access/fobs.csv'), 'utf8') };
}

/** Somebody holds a fob to the reader. The use is written down before the lock moves. */
export function swipe(stage: Stage, held: DoorNews, wish: { readonly thing: string; readonly fob: string; readonly secret: string }): string {
  const row = held.fobs.split('\n').find((line) => line.startsWith(`${fobHash(wish.secret, wish.fob)},`));
  const [, person, state] = row?.split(',') ?? [];
  const path = stage.place(door, uses);
  const { answer, use } = decideWish(held.slice, readUses(path), {
    thing: wish.thing,
    ...(person === undefined ? {} : { person }),
    ...(state === 'disabled' ? { credential: 'disabled' } : {}),
    atMs: stage.nowMs(),
    offsetMinutes,
  });
  appendUse(path, use);
  const said = answer.kind === 'allowed' ? `opens (${answer.right})` : `stays shut (${answer.reason}): "${answer.says}"`;
  const local = new Date(stage.nowMs() + offsetMinutes * 60_000).toISOString().slice(11, 16);
  stage.note(`${local}  ${wish.thing}  fob ${wish.fob}  ${said}`);
  return use.reason;
}

/** The state root of a copy at its newest checkpoint. */
export async function rootOf(stage: Stage, where: string): Promise<string> {
  const repository = openRepository(stage.place(where));
  try {
    return (await openLedger(repository)).tip.statement.state;
  } finally {
    repository.close();
  }
}

/** The id of the organization. */
export async function orgOf(stage: Stage): Promise<string> {
  const repository = openRepository(stage.place(hub));
  try {
    return (await openLedger(repository)).org;
  } finally {
    repository.close();
  }
}
