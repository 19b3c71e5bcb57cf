// GDO514: hours of a right, and no local time by which to read them (S92).
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `offset-not-declared`. */
export const offsetNotDeclared: LintRule = {
  code: 'GDO514',
  name: 'offset-not-declared',
  what: 'These hours have no local time',
  why: 'The door and the person would read two different clocks, hours apart',
  fix: 'Say which offsets there are: `local time "-06:00", "-05:00"`',
  bad: `right enter
  covers "doors/front"
  held by keepers
  weekdays from 18:00 to 22:00
  offline for at most 7 days
end
`,
  good: `organization "Example"
  day ends "UTC"
  local time "-06:00", "-05:00"
end
area bylaws covers "bylaws/**"

right enter
  covers "doors/front"
  held by keepers
  weekdays from 18:00 to 22:00
  offline for at most 7 days
end
`,
  check: (model) => {
    const timed = model.charter.rights.find((right) => right.schedule.length > 0);
    if (timed === undefined || (model.charter.organization.localTime ?? []).length > 0) return [];
    return [
      finding('GDO514', placeIn(model, timed.schedule[0] ?? timed, timed), {
        message: `The hours of \`${timed.name}\` have no local time by which to read them`,
        label: 'by which clock?',
        why: 'The door and the person would read two different clocks, hours apart',
        help: 'add to the organization the offsets of the year:  local time "-06:00", "-05:00"',
      }),
    ];
  },
};
