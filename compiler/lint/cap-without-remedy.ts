// GDO613: a cap that nothing follows from when something other than a grant breaks it (S114).
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `cap-without-remedy`. */
export const capWithoutRemedy: LintRule = {
  code: 'GDO613',
  name: 'cap-without-remedy',
  what: 'Nothing follows when this cap is broken by a change elsewhere',
  why: 'A new employer, a merger or an amendment can put too many people of one group into the body, and they stay',
  fix: 'Say who leaves: `otherwise one by lot leaves`',
  bad: 'attribute employer certified by any keeper\n\n'.concat(roleSample({}, 'limit 1/3 of keepers per employer')),
  good: 'attribute employer certified by any keeper\n\n'.concat(roleSample({}, 'limit 1/3 of keepers per employer otherwise the newest leaves')),
  check: (model) =>
    model.charter.roles.flatMap((role) =>
      role.limits.flatMap((limit) => {
        if (limit.otherwise !== undefined || limit.counted === 'terms' || !limit.per.some((per) => per.kind === 'each')) return [];
        return [
          finding('GDO613', placeIn(model, limit, role), {
            message: `Nothing follows when a change elsewhere breaks this cap of \`${role.name}\``,
            label: 'no `otherwise`',
            why: 'A new employer or a merger can put too many people of one group into the body, and they stay',
            help: 'if you mean it, leave it; else say who leaves:  otherwise one by lot leaves',
          }),
        ];
      }),
    ),
};
