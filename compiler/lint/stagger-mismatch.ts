// GDO612: groups of seats whose ends do not come out evenly (S14).
import { finding } from '../finding.ts';
import { shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `stagger-mismatch`. */
export const staggerMismatch: LintRule = {
  code: 'GDO612',
  name: 'stagger-mismatch',
  what: 'The first holders cannot be dealt evenly into the groups',
  why: 'One election fills more seats than the next, for ever',
  fix: 'Name a number of first holders that the groups divide, or another number of groups',
  bad: roleSample({ held: 'held by 3 to 9 people\n  term 2 years in 2 staggered groups', lost: 'lost through removal or resignation or expiry' }),
  good: roleSample({
    held: 'held by 3 to 9 people\n  term 2 years in 2 staggered groups',
    first: 'first held by "ada", "ben", "chi", "dev"',
    lost: 'lost through removal or resignation or expiry',
  }),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      const groups = role.term?.staggeredGroups;
      if (role.term === undefined || groups === undefined || groups < 2) return [];
      const people = role.firstHeldBy.length;
      const units =
        role.term.duration.unit === 'year'
          ? role.term.duration.count * 12
          : role.term.duration.unit === 'month'
            ? role.term.duration.count
            : shortest(role.term.duration);
      const uneven = people % groups !== 0 ? `${people} first holders` : units % groups === 0 ? undefined : 'the term';
      if (uneven === undefined) return [];
      return [
        finding('GDO612', placeIn(model, role.term, role), {
          message: `${groups} groups of \`${role.name}\` do not come out evenly: ${uneven} cannot be divided by ${groups}`,
          label: 'uneven',
          why: 'One election fills more seats than the next, for ever',
          help: 'name a number of first holders, and a term in months, that the number of groups divides',
        }),
      ];
    }),
};
