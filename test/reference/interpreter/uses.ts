// Uses of rights (S96-S98, S106, decision 0058): each is decided again from what its device could know, and counts for limits if it was allowed.
import type { CharterLimit, CharterRight } from '../../../engine/index.ts';
import { sha256Hex, utf8Encode } from '../../../engine/index.ts';
import { checkpointName } from '../differential/stream.ts';
import { answerFor, reasons } from './rights.ts';
import type { Sight } from './rights.ts';
import { rollNow } from './rosters.ts';
import { plus } from './time.ts';
import type { Event, Refusal, Roll, World } from './world.ts';

/** An allowed use. `height` is the checkpoint it was recorded in, `device` belongs to whoever signed it. */
export interface Use {
  readonly right: string;
  readonly person: string;
  readonly device: string;
  readonly atMs: number;
  readonly height: number;
  readonly units: bigint;
}

/** What was so at a checkpoint. */
export interface Past {
  readonly height: number;
  readonly id: string;
  readonly roll: Roll;
  readonly lapsed: World['lapsed'];
  readonly locks: World['locks'];
  /** Whether its bylaws give a right as they are written, though it may have lapsed. */
  readonly gives: boolean;
}

/** Keeps what is so now for whoever decides by it later: decision 0176, also by the last checkpoint before the first right. */
export function notePast(world: World): void {
  const { height, lapsed, locks } = world;
  const gives = world.written.rights.length > 0;
  const past = { height, id: sha256Hex(utf8Encode(checkpointName(height))), roll: rollNow(world), lapsed, locks, gives };
  const [before, all] = [world.pasts.at(-1), [...world.pasts, past]];
  const giving = all.filter((one) => one.gives);
  world.pasts = before === undefined || giving.length === 0 ? [past] : stillKnown(all, before, [past, ...giving]);
}

/**
 * Decision 0058: nobody may decide by a checkpoint that is older than twice `stale after`; which are that is seen when the one before the newest is known.
 * Decision 0176: as the longest says of the bylaws that are in force, and of those that gave rights at a checkpoint which is known still.
 */
function stillKnown(all: readonly Past[], before: Past, asked: readonly Past[]): readonly Past[] {
  const { atMs } = before.roll;
  // Few bylaws among many checkpoints: each is asked once.
  const charters = [...new Set(asked.map(({ roll }) => roll.charter))];
  const longest = Math.max(...charters.map((charter) => staleMs({ ...before.roll, charter }) - atMs));
  return all.filter(({ roll }) => roll.atMs > atMs - 2 * longest);
}

function staleMs({ atMs, charter }: Roll): number {
  return plus(atMs, charter.organization.stale ?? { count: 30, unit: 'day' });
}

/** What was so at a checkpoint that is known and not too old. */
function pastOf(world: World, id: unknown): Past | undefined {
  return world.pasts.find((one) => one.id === id);
}

/** S62, S97: the uses of a right in the window that ends at an instant, of one person or of all, as `limit` counts them. */
function counted(uses: readonly Use[], right: CharterRight, limit: CharterLimit, use: { readonly person: string; readonly atMs: number }): readonly Use[] {
  return uses.filter(
    (one) =>
      one.right === right.name &&
      one.atMs <= use.atMs &&
      limit.per.every((per) => (per.kind === 'window' ? use.atMs < plus(one.atMs, per.duration) : one.person === use.person)),
  );
}

/** Whether a limit leaves no room for one use more, or for what it is about. */
export function isUsedUp(uses: readonly Use[], right: CharterRight, use: { readonly person: string; readonly atMs: number; readonly units: bigint }): boolean {
  return right.limits.some((limit) => {
    const before = counted(uses, right, limit, use);
    const { amount } = limit;
    if (amount.kind === 'money') return before.reduce((sum, { units }) => sum + units, use.units) > BigInt(amount.units);
    return amount.kind === 'count' && before.length >= amount.value;
  });
}

/** What of an event a use is read from. */
type Written = Pick<Event, 'body' | 'person' | 'saysMs'>;

/** One use as its device says it was. */
interface Said {
  readonly thing: string;
  readonly person: string;
  readonly device: string;
  readonly reason: string;
  readonly right: string | undefined;
  readonly offset: number;
  readonly atMs: number;
  readonly units: bigint;
}

/** What a device saw that decided alone (S96): the checkpoint, and of uses its own and those it could read there. */
function sightOf(world: World, past: Past, said: Said): Sight {
  const { roll, lapsed, locks, height } = past;
  const known = world.uses.filter((one) => one.device === said.device || one.height <= height);
  return {
    roll: { ...roll, atMs: said.atMs },
    lapsed,
    locks,
    offsetMinutes: said.offset,
    isDisabled: said.reason === 'credential-disabled',
    isUsedUp: (right) => isUsedUp(known, right, said),
    isTooOld: (right) => said.atMs >= staleMs(roll) || right.offline === undefined || said.atMs >= plus(roll.atMs, right.offline),
  };
}

/** Reads a use out of a fact; undefined for another form. */
function saidIn({ body, person: device, saysMs }: Written): Said | undefined {
  const { thing, reason, right, offset, checkpoint, amount, ...rest } = Object(body['data']);
  const isForm =
    typeof thing === 'string' && typeof checkpoint === 'string' && typeof offset === 'number' && (right === undefined || typeof right === 'string');
  const isAmount = amount === undefined || (typeof amount === 'string' && /^(0|[1-9][0-9]{0,29})$/.test(amount));
  if (!isForm || !isAmount || !['allowed', ...reasons].includes(String(reason)) || Object.keys(rest).length > 0) return undefined;
  const person = typeof body['subject'] === 'string' ? body['subject'] : '';
  return { thing, person, device, reason: String(reason), right, offset, atMs: saysMs, units: BigInt(amount ?? 0) };
}

/** The answer that a checkpoint gives to a use, whatever its device says; undefined where it gives none. */
export function answerAt(world: World, event: Written): string | undefined {
  const said = saidIn(event);
  const past = pastOf(world, Object(event.body['data']).checkpoint);
  return said === undefined || past === undefined ? undefined : answerFor(sightOf(world, past, said), said.thing, said.person).reason;
}

/** `right.used`: a fact stays whatever it says; one that differs is flagged, and counts for no limit. */
export function use(world: World, event: Event): Refusal {
  const said = saidIn(event);
  if (said === undefined) return { codes: ['GDO1002'], reason: 'another form' };
  const past = pastOf(world, Object(event.body['data']).checkpoint);
  if (past === undefined) return { codes: ['GDO1023'], reason: 'there is no such checkpoint, or it is too old' };
  const { localTime = [0] } = past.roll.charter.organization;
  const { reason, right } = answerFor(sightOf(world, past, said), said.thing, said.person);
  const differs = reason !== said.reason || (said.right !== undefined && said.right !== (right ?? ''));
  const flags = [...(localTime.includes(said.offset) ? [] : ['GDO1055']), ...(differs ? ['GDO1056'] : [])];
  if (flags.length > 0) return { codes: flags, reason: `decided again it is ${reason} by ${right ?? 'none'}` };
  if (reason !== 'allowed') return undefined;
  world.uses = [...world.uses, { right: right ?? '', person: said.person, device: said.device, atMs: said.atMs, height: world.height, units: said.units }];
  return undefined;
}
