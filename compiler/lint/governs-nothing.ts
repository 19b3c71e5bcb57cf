// GDO209: an area that no process governs, and that holds no file.
import { areaOf } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `governs-nothing`. It needs the list of files; without one nothing is said. The bylaws area without a process is GDO218. */
export const governsNothing: LintRule = {
  code: 'GDO209',
  name: 'governs-nothing',
  what: 'This area matches no file and no process governs it',
  why: 'A stale pattern makes readers believe that its files are looked after',
  fix: 'Correct the pattern, or name the area in `governs`',
  bad: 'area archive covers "old/**"',
  good: `area archive covers "old/**"

process change
  governs archive
  started by any keeper
  step review
    when 3 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  given: { paths: ['bylaws/README.gdo.md'] },
  check: (model) => {
    const { paths, charter } = model;
    if (paths === undefined) return [];
    return charter.areas.flatMap((area) => {
      if (charter.processes.some((process) => process.governs.includes(area.name)) || paths.some((path) => areaOf(charter, path) === area.name)) return [];
      return [
        finding('GDO209', placeIn(model, area, charter.organization), {
          message: `The area \`${area.name}\` matches no file, and no process governs it`,
          label: 'holds nothing',
          why: 'A stale pattern makes readers believe that its files are looked after',
          help: 'correct the pattern, name the area in `governs`, or delete it',
        }),
      ];
    });
  },
};
