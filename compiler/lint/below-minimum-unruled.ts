// GDO601: a body with a minimum, and no word about what it may decide below it (S13).
import { finding } from '../finding.ts';
import { granters } from './effects.ts';
import { brokenByRemoval } from './roll-change-breaks-rule.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `below-minimum-unruled`. */
export const belowMinimumUnruled: LintRule = {
  code: 'GDO601',
  name: 'below-minimum-unruled',
  what: 'Nothing says what this body may still decide when it is too small',
  why: 'Two people can go on deciding for a body of five as if nothing had happened',
  fix: 'Name what stays possible: `while short only election, amendment`',
  bad: roleSample({ 'while short': '' }),
  good: roleSample({}),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      if (role.held === undefined || role.held.least < 2 || role.whileShort !== undefined) return [];
      // One cause, one finding: where a removal breaks a rule, that is said.
      if (brokenByRemoval(model.charter, role) !== undefined) return [];
      return [
        finding('GDO601', placeIn(model, role.held, role), {
          message: `\`${role.name}\` has at least ${role.held.least} holders, and nothing says what fewer of them may decide`,
          label: 'the minimum restricts nothing',
          why: 'Two people can go on deciding for the whole body as if nothing had happened',
          help: `name the processes that stay open, such as the one that fills the seats:  while short only ${granters(model.charter, role.name)[0]?.name ?? '...'}`,
        }),
      ];
    }),
};
