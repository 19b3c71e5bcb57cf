// GDO608: a role that its holders cannot give back.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `no-way-to-leave`. */
export const noWayToLeave: LintRule = {
  code: 'GDO608',
  name: 'no-way-to-leave',
  what: 'Nobody can resign from this role',
  why: 'A person who does not want to go on stays in every count, and duties follow them',
  fix: 'Add it: `lost through resignation`',
  bad: roleSample({ lost: 'lost through removal or 2 years without activity' }),
  good: roleSample({}),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      const isOpen = role.held === undefined && role.gainedThrough.length === 0;
      if (isOpen || role.lost.some((loss) => loss.kind === 'resignation')) return [];
      return [
        finding('GDO608', placeIn(model, role, role), {
          message: `The text names no way to resign from \`${role.name}\``,
          label: 'no `resignation`',
          why: 'A person who does not want to go on stays in every count, and duties follow them',
          help: 'add it:  lost through resignation',
        }),
      ];
    }),
};
