// Can the organization lock itself out (check.md 3.1)? People leave one body one after another; a state is locked when all who are left cannot
// change the bylaws and nobody can fill the body again. Other bodies keep their people meanwhile: departures from several at once are end-of-terms.ts's.
import type { Charter, CharterProcess, CharterRole } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { votesOf } from '../lint/stage-graph.ts';
import { canAmend, canGrant } from './coalition.ts';
import { holdersToday, withHolders } from './holders.ts';

/** The most holders that are counted down, ten times as many with `--deep`; above it nothing is decided. */
const holdersMax = 60;

/** How far people can leave a role. `lockedAt`: the most holders with whom nobody can amend or refill; -1 where no number locks. */
export interface LockOut {
  readonly role: CharterRole;
  readonly today: number;
  readonly lockedAt: number;
  /** Below the minimum the text itself closes every process that could help (S13). */
  readonly closedByText: boolean;
}

/** One row for each body whose people can be counted, in source order; roles of an unknown size are left out, and those without whom
 * nothing was possible in the first place. Pure. Bound: 60 holders. */
export function lockOuts(charter: Charter, reach: number = 1): readonly LockOut[] {
  return charter.roles.flatMap((role) => {
    const today = holdersToday(charter, role.name);
    if (today === undefined || today > holdersMax * reach || !matters(charter, role.name)) return [];
    for (let count = today; count >= 0; count -= 1) {
      const rest = withHolders(charter, role.name, count);
      const left = count > 0 ? rest : withoutOffices(rest, role.name);
      const open = { ...left, processes: left.processes.filter((process) => mayOpen(role, process, count)) };
      if (canGoOn(open, role.name)) continue;
      // Nobody has left yet: what is impossible today is no lock-out but a rule that cannot be met.
      if (count === today) return [];
      return [{ role, today, lockedAt: count, closedByText: count > 0 && canGoOn(left, role.name) }];
    }
    return [{ role, today, lockedAt: -1, closedByText: false }];
  });
}

/** The Charter when a body is empty, and with it the offices that end with it; an office that others can fill again is filled. */
function withoutOffices(charter: Charter, body: string): Charter {
  let emptied = officesOf(charter, body);
  for (;;) {
    const left = emptied.reduce((rest, name) => withHolders(rest, name, 0), charter);
    const stuck = emptied.filter((name) => !canGrant(left, name) && !startsByItself(left, name));
    if (stuck.length === emptied.length) return left;
    emptied = stuck;
  }
}

/** The roles that end with a body, and those that end with them, each once. */
function officesOf(charter: Charter, body: string): readonly string[] {
  const found = new Set([body]);
  for (const above of found)
    for (const { name, lostWith } of charter.roles) if (lostWith === above && holdersToday(charter, name) !== undefined) found.add(name);
  return [...found].filter((name) => name !== body);
}

function canGoOn(charter: Charter, role: string): boolean {
  return canAmend(charter) || canGrant(charter, role) || startsByItself(charter, role);
}

/** A choice that the calendar or a vacancy starts needs nobody to start it; whether it passes is up to its voters. */
function startsByItself(charter: Charter, role: string): boolean {
  return charter.processes.some(
    (process) =>
      process.starts.some((start) => start.kind !== 'by') &&
      process.stages.some(
        (stage) =>
          stage.kind === 'outcome' && stage.effects.some((effect) => effect.kind === 'grant' && effect.what.kind === 'named' && effect.what.name === role),
      ),
  );
}

/** Whether the text lets a case open while so few hold a role (S13). Pure. */
export function mayOpen(role: CharterRole, process: CharterProcess, count: number): boolean {
  const isShort = role.held !== undefined && count < role.held.least;
  return !isShort || role.whileShort === undefined || role.whileShort.includes(process.name) || !uses(process, role.name);
}

function uses(process: CharterProcess, role: string): boolean {
  return (
    votesOf(process).some(({ vote }) => vote.voters.roles.includes(role)) ||
    process.starts.some((start) => start.kind === 'by' && actorRoles(start.actor).includes(role))
  );
}

/** Roles that vote, start or approve anything. */
function matters(charter: Charter, role: string): boolean {
  return charter.processes.some(
    (process) =>
      uses(process, role) ||
      process.stages.some(
        (stage) =>
          stage.kind === 'step' &&
          stage.transitions.some((line) => (line.kind === 'when' || line.kind === 'unless') && line.acts.some((act) => actorRoles(act.actor).includes(role))),
      ),
  );
}
