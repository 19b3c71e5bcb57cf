// GDO509: a rule that has lapsed already. Without a day to judge by nothing is said.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `date-in-past`. */
export const dateInPast: LintRule = {
  code: 'GDO509',
  name: 'date-in-past',
  what: 'This date has passed already',
  why: 'Readers believe in a rule that no longer exists, or that never began',
  fix: 'Write a later date, or delete the rule',
  bad: `protect amendment
  changed through amendment
  bounds amendment.ballot.open from 7 days to 60 days
  lapses on 2026-01-01
end
`,
  good: `protect amendment
  changed through amendment
  bounds amendment.ballot.open from 7 days to 60 days
  lapses on 2028-01-01
end
`,
  given: { today: '2027-01-01' },
  check: (model) => {
    const { today } = model;
    if (today === undefined) return [];
    return model.charter.protections.flatMap((protection) => {
      const on = protection.lapses?.on;
      if (on === undefined || on.slice(0, 10) >= today) return [];
      return [
        finding('GDO509', placeIn(model, protection, model.charter.organization), {
          message: `The protection of \`${protection.paths[0]?.join('.') ?? ''}\` lapsed on ${on}`,
          label: 'has lapsed',
          why: 'Readers believe in a protection that no longer exists',
          help: 'write a later date, or delete the block',
        }),
      ];
    });
  },
};
