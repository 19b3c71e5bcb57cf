// GDO807: two people who raise each other, as often as they like.
import { finding } from '../finding.ts';
import { awardsOf, isBounded, oneBringsAbout, pointsSample } from './awards.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** People of a case who are somebody else than its author, if they like. */
const others: readonly string[] = ['subject', 'candidate'];

const rating = (...limit: readonly string[]): string =>
  pointsSample(limit, [
    'started by any keeper',
    'about keepers',
    'step notice',
    '  after 1 day go to praised',
    'end',
    'outcome praised',
    '  award 1 merit to the subject',
    'end',
  ]);

/** The rule `mutual-rating`. */
export const mutualRating: LintRule = {
  code: 'GDO807',
  name: 'mutual-rating',
  what: 'One person gives points to another, without bound',
  why: 'Two friends praise each other every day, and lead every list',
  fix: 'Bound it: `limit 3 merits per author per 30 days`',
  bad: rating(),
  good: rating('limit 3 merits per author per 30 days'),
  check: (model) =>
    awardsOf(model).flatMap((award) => {
      if (!others.includes(award.to) || isBounded(award) || !oneBringsAbout(model, award)) return [];
      return [
        finding('GDO807', placeIn(model, award.thing, award.points), {
          message: `One person can give \`${award.points.name}\` to another through \`${award.process?.name ?? ''}\`, as often as they like`,
          label: 'no limit',
          why: 'Two people raise each other every day, and lead every list',
          help: `bound it:  limit 3 ${award.points.plural ?? award.points.name} per author per 30 days`,
        }),
      ];
    }),
};
