// GDO606: a cap on seats that is below one seat at a legal size.
import { finding } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `cap-contradicts-seats`. */
export const capContradictsSeats: LintRule = {
  code: 'GDO606',
  name: 'cap-contradicts-seats',
  what: 'This cap allows less than one seat when the body is small',
  why: 'Whoever is the first of an employer breaks the cap, so no seat can be filled within the rules',
  fix: 'Raise the share, or write a number: `limit 2 keepers per employer`',
  bad: 'attribute employer certified by any keeper\n\n'.concat(roleSample({}, 'limit 1/6 of keepers per employer otherwise the newest leaves')),
  good: 'attribute employer certified by any keeper\n\n'.concat(roleSample({}, 'limit 1/3 of keepers per employer otherwise the newest leaves')),
  check: (model) =>
    model.charter.roles.flatMap((role) =>
      role.limits.flatMap((limit) => {
        const { amount } = limit;
        if (role.held === undefined || amount.kind !== 'share' || amount.numerator * role.held.least >= amount.denominator) return [];
        return [
          finding('GDO606', placeIn(model, limit, role), {
            message: `With ${peopleText(role.held.least)} in \`${role.name}\` this cap allows less than one seat`,
            label: 'less than one person',
            why: 'Whoever is the first of a group breaks the cap, so no seat can be filled within the rules',
            help: 'raise the share, or write a number of people',
          }),
        ];
      }),
    ),
};
