// GDO609: a fixed number of seats, and no word about how an empty one is filled.
import { finding } from '../finding.ts';
import { granters } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `vacancy-unhandled`. */
export const vacancyUnhandled: LintRule = {
  code: 'GDO609',
  name: 'vacancy-unhandled',
  what: 'The number of seats is fixed, and nothing says by when an empty one is filled',
  why: 'Everybody waits for somebody else to begin, and the body stays short',
  fix: 'Say how and by when: `vacancy filled through election within 60 days`',
  bad: roleSample({ held: 'held by exactly 5 people', vacancy: '' }),
  good: roleSample({ held: 'held by exactly 5 people' }),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      const { held } = role;
      if (held === undefined || held.least < 2 || held.least !== held.most || role.vacancy !== undefined) return [];
      if (granters(model.charter, role.name).some((process) => process.starts.some((start) => start.kind === 'when'))) return [];
      return [
        finding('GDO609', placeIn(model, held, role), {
          message: `\`${role.name}\` has exactly ${held.least} seats, and nothing says by when an empty one is filled`,
          label: 'always this many',
          why: 'Everybody waits for somebody else to begin, and the body stays short',
          help: 'say how and by when:  vacancy filled through ... within 60 days',
        }),
      ];
    }),
};
