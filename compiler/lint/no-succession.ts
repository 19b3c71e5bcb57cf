// GDO602: an office of one person that nobody can fill when it is empty, or a program that answers to one such person.
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { granters } from './effects.ts';
import { neededHolders } from './last-holder-can-go.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { choosingVote, officeSample } from './sample.ts';

/** The rule `no-succession`. */
export const noSuccession: LintRule = {
  code: 'GDO602',
  name: 'no-succession',
  what: 'When this one person is gone, nobody can fill the office',
  why: 'One accident, illness or quarrel, and everything that needs the office stops for ever',
  fix: 'Name who follows, `succeeded by keepers`, or let somebody else start the choice',
  bad: officeSample(
    ['held by exactly 1 person', 'first held by "ada"', 'gained through choosing', 'lost through resignation or 1 year without activity'],
    ['started by the chair', ...choosingVote],
  ),
  good: officeSample(
    ['held by exactly 1 person', 'first held by "ada"', 'gained through choosing', 'lost through resignation or 1 year without activity'],
    ['started by any keeper', ...choosingVote, 'step unused', '  when the chair approves go to chosen', '  after 7 days go to refused', 'end'],
  ).replace('otherwise go to refused', 'otherwise go to unused'),
  late: true,
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      if (role.held?.most !== 1 || role.succeededBy.length > 0 || role.vacancy !== undefined) return [];
      const ways = granters(model.charter, role.name);
      const othersCan = ways.some((process) =>
        process.starts.some((start) => start.kind !== 'by' || !actorRoles(start.actor).every((name) => name === role.name)),
      );
      // Where nobody else can change the bylaws either, it is GDO403.
      if (othersCan || ways.length === 0 || neededHolders(model).includes(role)) return [];
      return [
        finding('GDO602', placeIn(model, role, role), {
          message: `When the one \`${role.name}\` is gone, nobody can start the choice of another`,
          label: 'no succession',
          why: 'One accident, illness or quarrel, and everything that needs the office stops',
          help: `name who follows:  succeeded by ...; or let others start \`${ways[0]?.name ?? ''}\``,
        }),
      ];
    }),
};
