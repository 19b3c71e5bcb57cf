// GDO429: a cap whose remedy takes so many people away at once that the body is below its minimum, or gone (S114).
import type { CharterLimit, CharterRole } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The people left of the largest legal body when a group one above the cap leaves together; undefined where nothing says. */
function leftAfter(role: CharterRole, limit: CharterLimit): number | undefined {
  const full = role.held?.most;
  if (full === undefined || limit.amount.kind === 'money' || limit.otherwise?.kind !== 'leave' || limit.otherwise.who !== 'all') return undefined;
  // A share is counted down and always leaves one (docs/decisions/0057).
  const cap = limit.amount.kind === 'count' ? limit.amount.value : Math.max(1, Math.floor((full * limit.amount.numerator) / limit.amount.denominator));
  return Math.max(0, full - cap - 1);
}

const capped = (remedy: string): string =>
  `attribute employer certified by any keeper\n\n${roleSample({ 'held by': 'held by 5 to 7 people' }, `limit 2 keeper per employer ${remedy}`)}`;

/** The rule `remedy-empties-role`. */
export const remedyEmptiesRole: LintRule = {
  code: 'GDO429',
  name: 'remedy-empties-role',
  what: 'When this cap is broken so many leave at once that the body is below its minimum',
  why: 'Two firms merge, and on that day the body can no longer decide',
  fix: 'Let one leave at a time until the cap holds: `otherwise one by lot leaves`',
  bad: capped('otherwise all of them leave'),
  good: capped('otherwise one by lot leaves'),
  check: (model) =>
    model.charter.roles.flatMap((role) =>
      role.limits.flatMap((limit) => {
        const left = leftAfter(role, limit);
        if (left === undefined || role.held === undefined || left >= Math.max(1, role.held.least)) return [];
        return [
          finding('GDO429', placeIn(model, limit, role), {
            message: `When this cap of \`${role.name}\` is broken, ${left === 0 ? 'nobody is' : left === 1 ? 'at most one person is' : `at most ${left} people are`} left, and the role needs ${peopleText(role.held.least)}`,
            label: 'all of them leave at once',
            why: 'Two employers become one, and on that day the body can no longer decide',
            help: 'let one leave at a time until the cap holds:  otherwise one by lot leaves',
          }),
        ];
      }),
    ),
};
