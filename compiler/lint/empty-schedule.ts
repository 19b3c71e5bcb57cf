// GDO519: a line of hours that adds nothing.
import { finding } from '../finding.ts';
import { minutesOf } from '../analysis/rights-table.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `empty-schedule`. */
export const emptySchedule: LintRule = {
  code: 'GDO519',
  name: 'empty-schedule',
  what: 'These hours are empty, or another line has them already',
  why: 'A reader looks for what the line changes, and it changes nothing',
  fix: 'Delete the line',
  bad: `organization "Example"
  day ends "UTC"
  local time "+00:00"
end
area bylaws covers "bylaws/**"

right enter
  covers "doors/front"
  held by keepers
  daily from 08:00 to 22:00
  saturday from 10:00 to 12:00
  offline for at most 7 days
end
`,
  good: `organization "Example"
  day ends "UTC"
  local time "+00:00"
end
area bylaws covers "bylaws/**"

right enter
  covers "doors/front"
  held by keepers
  weekdays from 18:00 to 22:00
  saturday from 10:00 to 12:00
  offline for at most 7 days
end
`,
  check: (model) =>
    model.charter.rights.flatMap((right) =>
      right.schedule.flatMap((line, index) => {
        const own = minutesOf([line]);
        const others = minutesOf(right.schedule.filter((_, at) => at !== index && (at < index || minutesOf([right.schedule[at] ?? line]).size > own.size)));
        if (line.fromMinutes !== line.toMinutes && [...own].some((minute) => !others.has(minute))) return [];
        return [
          finding('GDO519', placeIn(model, line, right), {
            message:
              line.fromMinutes === line.toMinutes
                ? `These hours of \`${right.name}\` end when they begin`
                : `Other lines of \`${right.name}\` have these hours already`,
            label: 'adds nothing',
            why: 'A reader looks for what the line changes, and it changes nothing',
            help: 'delete the line, or correct its hours',
          }),
        ];
      }),
    ),
};
