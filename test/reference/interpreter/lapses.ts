// Rules that end by themselves unless they are renewed (S60, decision 0060).
import type { Charter, CharterProtection } from '../../../engine/index.ts';
import { lose } from './holding.ts';
import { seated } from './rosters.ts';
import { deadline } from './time.ts';
import type { Case, World } from './world.ts';

/** The clock of one protection, known by its text. */
export interface Clock {
  readonly protection: string;
  readonly fromMs: number;
  /** A date counts no more once it was renewed. */
  readonly isRenewed: boolean;
}

function keyOf(protection: CharterProtection): string {
  return JSON.stringify(protection);
}

function lapsing({ protections }: Charter): readonly CharterProtection[] {
  return protections.filter(({ lapses }) => lapses !== undefined);
}

/** The clocks of a Charter that comes into force; those of protections that stay go on. */
export function firstClocks(charter: Charter, atMs: number, before: readonly Clock[] = []): readonly Clock[] {
  return lapsing(charter).map((one) => {
    const key = keyOf(one);
    return before.find(({ protection }) => protection === key) ?? { protection: key, fromMs: atMs, isRenewed: false };
  });
}

function endOf(world: World, protection: CharterProtection): number {
  const clock = world.clocks.find((one) => one.protection === keyOf(protection));
  const { lapses } = protection;
  if (lapses === undefined || clock === undefined) return Infinity;
  if (lapses.after !== undefined) return deadline(clock.fromMs, lapses.after, world.charter.organization.dayEnds);
  const date = lapses.on ?? '';
  return clock.isRenewed ? Infinity : Date.parse(date.includes('T') ? date : `${date}T00:00Z`);
}

/** The next instant at which something lapses. */
export function lapseDueMs(world: World): number {
  return Math.min(Infinity, ...lapsing(world.charter).map((one) => endOf(world, one)));
}

/** Ends what lapses: the declarations a protection names, and the protection; of a part of one only the protection. */
export function lapse(world: World): void {
  for (const protection of lapsing(world.charter)) {
    if (world.nowMs < endOf(world, protection)) continue;
    const gone = protection.paths.filter((path) => path.length === 1).flat();
    for (const name of gone) for (const person of seated(world, name)) lose(world, person, name);
    const { charter } = world;
    const without = <One extends { readonly name: string }>(list: readonly One[]): readonly One[] => list.filter(({ name }) => !gone.includes(name));
    world.charter = {
      ...charter,
      areas: without(charter.areas),
      attributes: without(charter.attributes),
      roles: without(charter.roles),
      actions: without(charter.actions),
      measures: without(charter.measures),
      points: without(charter.points),
      certificates: without(charter.certificates),
      delegations: without(charter.delegations),
      accounts: without(charter.accounts),
      dapps: without(charter.dapps),
      collaborators: without(charter.collaborators),
      processes: without(charter.processes),
      rights: without(charter.rights),
      duties: without(charter.duties),
      protections: charter.protections.filter((one) => one !== protection),
    };
  }
}

/** The protections that a process renews: by the path a case names, or all that name the process where it merges nothing. */
function renewable(charter: Charter, process: string, renews: string | undefined): readonly CharterProtection[] {
  const merges = (charter.processes.find(({ name }) => name === process)?.governs ?? []).length > 0;
  return lapsing(charter).filter(
    ({ lapses, paths }) => lapses?.renewedThrough === process && (renews === undefined ? !merges : paths.some((path) => path.join('.') === renews)),
  );
}

/** Whether a proposal names something that its process does not renew, as it is written; to renew what has lapsed does nothing. */
export function isNotRenewed(world: World, process: string, renews: unknown): boolean {
  return typeof renews === 'string' && renewable(world.written, process, renews).length === 0;
}

/** An accepted case renews: the whole time again, or a date once for good. */
export function renew(world: World, subject: Case): void {
  // At the instant itself it is too late (S18).
  const inTime = renewable(world.charter, subject.process.name, subject.renews).filter((one) => world.nowMs < endOf(world, one));
  const keys = inTime.map(keyOf);
  world.clocks = world.clocks.map((clock) => (keys.includes(clock.protection) ? { ...clock, fromMs: world.nowMs, isRenewed: true } : clock));
}
