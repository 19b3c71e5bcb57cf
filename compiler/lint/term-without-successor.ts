// GDO508: a term that ends, and nothing that begins the choice of who follows.
import { finding } from '../finding.ts';
import { granters } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `term-without-successor`. */
export const termWithoutSuccessor: LintRule = {
  code: 'GDO508',
  name: 'term-without-successor',
  what: 'The term ends by itself, and nothing starts the choice of who follows',
  why: 'The seats are empty one morning because nobody remembered the date',
  fix: 'Start it by the calendar, `starts every 2 years from 2027-01-01`, or name who fills a vacancy',
  bad: roleSample({ held: 'held by 5 to 9 people\n  term 2 years', lost: 'lost through removal or resignation or expiry', vacancy: '' }),
  good: roleSample({ held: 'held by 5 to 9 people\n  term 2 years', lost: 'lost through removal or resignation or expiry' }),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      if (role.held === undefined || role.term === undefined || role.vacancy !== undefined || role.succeededBy.length > 0) return [];
      if (granters(model.charter, role.name).some((process) => process.starts.some((start) => start.kind !== 'by'))) return [];
      return [
        finding('GDO508', placeIn(model, role.term, role), {
          message: `Terms of \`${role.name}\` end by themselves, and nothing starts the choice of who follows`,
          label: 'ends by itself',
          why: 'The seats are empty one morning because nobody remembered the date',
          help: 'start the choice by the calendar:  starts every 2 years from 2027-01-01; or:  vacancy filled through ... within 60 days',
        }),
      ];
    }),
};
