// Terms that end on one day (check.md 3.1): bodies that nobody can fill again, because whoever would begin or vote has left at the same instant.
// Those who were there from the first day are looked at; later terms begin when somebody is chosen.
import type { Charter, CharterProcess, CharterRole, CharterStart } from '../../engine/index.ts';
import { granters } from '../lint/effects.ts';
import { votesOf } from '../lint/stage-graph.ts';
import { canAmend, canGrant } from './coalition.ts';
import { withHolders } from './holders.ts';
import { mayOpen } from './lock-out.ts';

/** Bodies whose terms end together and lock the organization, each list as short as it can be, in source order. Pure. */
export function endsOfTerms(charter: Charter): readonly (readonly CharterRole[])[] {
  const lapsing = charter.roles.filter((role) => lapses(charter, role));
  const lengths = [...new Set(lapsing.map(lengthOf))];
  return lengths.flatMap((length): readonly (readonly CharterRole[])[] => {
    const roles: readonly CharterRole[] = lapsing.filter((role) => lengthOf(role) === length);
    if (!isLocked(charter, roles)) return [];
    return [roles.reduce((kept, role) => (isLocked(charter, without(kept, role)) ? without(kept, role) : kept), roles)];
  });
}

function without(roles: readonly CharterRole[], role: CharterRole): readonly CharterRole[] {
  return roles.filter((other) => other !== role);
}

/** Months where the calendar counts, else minutes: 12 months end with 1 year. */
function lengthOf({ term }: CharterRole): string {
  const { count = 0, unit = 'minute' } = term?.duration ?? {};
  const minutes = { minute: 1, hour: 60, day: 1_440, week: 10_080 };
  return unit === 'month' || unit === 'year' ? `${count * (unit === 'year' ? 12 : 1)} months` : `${count * minutes[unit]} minutes`;
}

/** True for a role that all lose at one instant, and that no choice before it can fill. Whoever acts for it meanwhile keeps it going (S12). */
function lapses(charter: Charter, role: CharterRole): boolean {
  if (role.term === undefined || !role.lost.some((loss) => loss.kind === 'expiry')) return false;
  if (role.term.staggeredGroups !== undefined || role.firstHeldBy.length === 0 || role.succeededBy.length > 0) return false;
  const ways = granters(charter, role.name);
  return ways.length > 0 && ways.every((process) => !beginsInTime(process, role.name));
}

/** The calendar and other cases come in time, and so may people, unless the vote fills empty seats only: before the end there are none (S131). */
function beginsInTime(process: CharterProcess, role: string): boolean {
  const fillsVacant = votesOf(process).some(({ vote }) => vote.elects?.role === role && vote.elects.seats === undefined);
  return process.starts.some((start) => start.kind === 'every' || start.kind === 'after' || (start.kind === 'by' && !fillsVacant));
}

function isLocked(charter: Charter, roles: readonly CharterRole[]): boolean {
  if (roles.length === 0) return false;
  const empty = roles.reduce((then, role) => withHolders(then, role.name, 0), charter);
  const processes = empty.processes.filter((process) => roles.every((role) => mayOpen(role, process, 0))).map(startable);
  const then = { ...empty, processes };
  return !canAmend(then) && roles.every((role) => !canGrant(then, role.name));
}

/** What the rules start needs nobody to start it, only people to decide it. */
function startable(process: CharterProcess): CharterProcess {
  const anybody: CharterStart = { kind: 'by', actor: { kind: 'one', role: 'person' }, who: [], windows: [] };
  return process.starts.some((start) => start.kind !== 'by') ? { ...process, starts: [...process.starts, anybody] } : process;
}
