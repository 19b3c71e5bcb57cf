// GDO607: a body that nobody can enter.
import { finding } from '../finding.ts';
import { granters } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `no-way-to-join`. */
export const noWayToJoin: LintRule = {
  code: 'GDO607',
  name: 'no-way-to-join',
  what: 'Nobody can gain this role',
  why: 'Its holders only become fewer, until nobody is left',
  fix: 'Say how: `gained through election`, with a process that grants it',
  bad: `role keeper plural keepers
  held by 5 to 9 people
  first held by "ada", "ben", "chi", "dev", "eve"
  lost through removal or resignation
  while short only removal, amendment
end

process keeping
  started by any keeper
  step review
    when 3 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: roleSample({}),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      if (role.held === undefined || role.gainedThrough.length > 0 || granters(model.charter, role.name).length > 0) return [];
      return [
        finding('GDO607', placeIn(model, role, role), {
          message: `Nobody can gain the role \`${role.name}\`: those who hold it can only become fewer`,
          label: 'no `gained through`',
          why: 'One after another they leave, until nobody is left',
          help: 'name the process that grants it:  gained through election',
        }),
      ];
    }),
};
