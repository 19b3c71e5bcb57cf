// GDO208: tracked files that no area covers, so that nobody can ever change them.
import { areaOf } from '../../engine/index.ts';
import { compareText, finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `uncovered-path`. It needs the list of files; without one nothing is said. */
export const uncoveredPath: LintRule = {
  code: 'GDO208',
  name: 'uncovered-path',
  what: 'A file of the repository is in no area',
  why: 'A path in no area cannot be merged by any process, so the file is frozen',
  fix: 'Cover it: `area work covers "**" except "bylaws/**"`',
  bad: `area work covers "src/**"

process change
  governs work
  started by any keeper
  step review
    when 3 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `area work covers "**" except "bylaws/**"

process change
  governs work
  started by any keeper
  step review
    when 3 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  given: { paths: ['README.md', 'bylaws/README.gdo.md', 'src/main.ts'] },
  check: (model) => {
    const loose = (model.paths ?? []).filter((path) => areaOf(model.charter, path) === undefined).toSorted(compareText);
    const [first] = loose;
    if (first === undefined || model.charter.areas.length === 0) return [];
    const more = loose.length === 1 ? '' : ` and ${loose.length - 1} more`;
    return [
      finding('GDO208', placeIn(model, model.charter.areas[0] ?? model.charter.organization, model.charter.organization), {
        message: `No area covers \`${first}\`${more}, so no process can ever change ${loose.length === 1 ? 'it' : 'them'}`,
        label: 'the areas begin here',
        why: 'A path in no area cannot be merged, whoever agrees',
        help: `add an area, such as:  area rest covers "**"${loose.length > 1 ? `; also: ${loose.slice(1, 4).join(', ')}` : ''}`,
      }),
    ];
  },
};
