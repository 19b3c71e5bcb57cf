// GDO407: a few allies who admit others until they change the bylaws alone (check.md 3.2).
import { finding } from '../finding.ts';
import { takeovers } from '../analysis/takeover.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `takeover`. An error below a third of the body, else a note (docs/decisions/0075). */
export const takeover: LintRule = {
  code: 'GDO407',
  name: 'takeover',
  what: 'A few allies can admit others until they change the bylaws alone',
  why: 'No rule is broken on the way, and those who were there before find out at the end',
  fix: 'Make admission as hard as what the admitted may decide, or let new members wait: `who joined at least 90 days ago`',
  bad: `role keeper plural keepers
  held by 5 to 30 people
  first held by "ada", "ben", "chi", "dev", "eve", "fay", "gil", "hal", "ivy"
  gained through keeping
  lost through removal or resignation
  vacancy filled through keeping within 60 days
  while short only keeping, removal, amendment
end

process keeping
  started by any keeper
  step support
    when 1 other keeper endorses go to kept
    after 30 days go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end
`,
  good: roleSample({}),
  late: true,
  check: (model) =>
    takeovers(model.charter).map((way) => {
      const role = model.charter.roles.find((candidate) => candidate.name === way.role);
      return finding('GDO407', placeIn(model, role ?? model.charter.organization, model.charter.organization), {
        severity: way.allies * 3 < way.body ? 'error' : 'info',
        message: `${way.allies} of ${way.body} people in \`${way.role}\` can take it over: they admit ${way.motions} others, and then change the bylaws without anybody else`,
        label: `${way.allies} allies, ${way.motions} admissions`,
        why: `It takes ${Math.floor(way.minutes / 1440)} days or more, through \`${way.through}\` and \`${way.amendedThrough}\`, if nobody else acts`,
        help: 'make admission as hard as what the admitted may decide, or let them wait:  who joined at least 90 days ago',
      });
    }),
};
