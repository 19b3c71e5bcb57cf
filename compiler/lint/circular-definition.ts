// GDO116: a role that only its own holders can give, and that nobody holds at the beginning.
import type { Charter, CharterProcess } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { actsOf } from './acting.ts';
import { granters } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { choosingVote, officeSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** True where people who are there can start a process, and some stage of it is decided by people who are there. */
function canRun(charter: Charter, process: CharterProcess, there: ReadonlySet<string>): boolean {
  const isThere = (name: string): boolean => there.has(name) || !charter.roles.some((role) => role.name === name);
  const starts = process.starts.some((start) => start.kind !== 'by' || actorRoles(start.actor).some(isThere));
  const votes = votesOf(process);
  const acts = actsOf(process).filter(({ transition }) => transition.kind === 'when');
  const decides = votes.length === 0 && acts.length === 0;
  return starts && (decides || votes.some(({ vote }) => vote.voters.roles.some(isThere)) || acts.some(({ act }) => actorRoles(act.actor).some(isThere)));
}

/** The roles that somebody holds from the beginning, or that those can give, and so on. Pure. */
function rolesThere(charter: Charter): ReadonlySet<string> {
  const there = new Set(
    charter.roles.flatMap((role) => (role.firstHeldBy.length > 0 || (role.held === undefined && role.gainedThrough.length === 0) ? [role.name] : [])),
  );
  for (let size = -1; size !== there.size;) {
    size = there.size;
    for (const role of charter.roles) {
      const follows = role.succeededBy.some((name) => there.has(name));
      if (follows || granters(charter, role.name).some((process) => canRun(charter, process, there))) there.add(role.name);
    }
  }
  return there;
}

const office: readonly string[] = ['gained through choosing', 'lost through resignation or 1 year without activity'];
const byWardens: readonly string[] = choosingVote.map((line) => line.replace(/keepers/g, 'chairs'));

/** The rule `circular-definition`. Where the text names no first holders at all, who is there at the beginning is said elsewhere; a roll is a warning. */
export const circularDefinition: LintRule = {
  code: 'GDO116',
  name: 'circular-definition',
  what: 'Only its own holders can give this role, and nobody has it at the beginning',
  why: 'The body never comes to be, and every rule that names it waits for it',
  fix: 'Name the first ones: `first held by "ada", "ben"`',
  bad: officeSample(['held by 0 to 3 people', ...office], ['started by any chair', ...byWardens]),
  good: officeSample(['held by 0 to 3 people', 'first held by "ada"', ...office], ['started by any chair', ...byWardens]),
  check: (model) => {
    const { charter } = model;
    if (!charter.roles.some((role) => role.firstHeldBy.length > 0)) return [];
    const there = rolesThere(charter);
    return charter.roles.flatMap((role) => {
      if (there.has(role.name) || granters(charter, role.name).length === 0) return [];
      return [
        finding('GDO116', placeIn(model, role, role), {
          severity: role.held === undefined ? 'warning' : 'error',
          message: `Nobody can ever become \`${role.name}\`: only its holders could give it, and nobody is one at the beginning`,
          label: 'no first holder',
          why: 'The body never comes to be, and every rule that names it waits for it',
          help: 'name the first ones:  first held by "..."; or let others give it',
        }),
      ];
    });
  },
};
