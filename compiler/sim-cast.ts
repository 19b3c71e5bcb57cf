// Who is there when a process is tried out: the first holders, and made-up people where a role would be too short or a process would have nobody.
import type { Charter, CharterProcess, CharterRole } from '../engine/index.ts';
import type { Cast } from './scenario-cast.ts';
import { castOf } from './scenario-cast.ts';
import type { CompiledScenario } from './lower-scenario.ts';

/** Where nothing says how many people there are: enough that thirds, halves and somebody who stays away can be told apart. */
const peopleUsual = 5;

/** How many hold a role on the first day: as many as are named, at least the lower head count, and somebody where the process asks for them. */
function headsOf(role: CharterRole, roll: number | undefined): number {
  if (role.held === undefined) return Math.max(roll ?? peopleUsual, role.firstHeldBy.length);
  const { least, most } = role.held;
  const named = role.firstHeldBy.length;
  const asked = named > 0 ? named : Math.max(least, 1);
  return Math.min(Math.max(asked, least), most ?? Math.max(asked, least));
}

/** Casts a process that is tried out. Pure. @param roll - how many people an open role has; a usual number without it */
export function simCast(charter: Charter, process: CharterProcess, firstMs: number, roll?: number): Cast | { readonly message: string } {
  const place = { file: '', span: { start: 0, end: 0 } };
  const closed = charter.roles.filter((role) => role.held !== undefined || role.gainedThrough.length > 0);
  const open = charter.roles.filter((role) => !closed.includes(role));
  const heads = closed.map((role) => ({ kind: 'heads' as const, role: role.name, count: headsOf(role, roll), place }));
  const sitting = heads.reduce((sum, one) => sum + one.count, 0);
  // One newcomer more than all who sit somewhere, so that a process that admits somebody has whom to admit.
  const everybody = open.map((role) => ({ kind: 'heads' as const, role: role.name, count: Math.max(headsOf(role, roll), sitting), place }));
  const people = { kind: 'heads' as const, role: 'person', count: Math.max(sitting, ...everybody.map((one) => one.count), peopleUsual) + 1, place };
  const scenario: CompiledScenario = { title: process.name, place, given: [...heads, ...(open.length === 0 ? [people] : everybody)], actions: [] };
  return castOf(scenario, charter, firstMs);
}
