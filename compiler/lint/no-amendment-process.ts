// GDO218: no process can change the bylaws.
import { finding } from '../finding.ts';
import { bylawsAreaNames } from '../process-class.ts';
import { amendingProcesses } from './group-reach.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `no-amendment-process`. A process for wording only does not count. */
export const noAmendmentProcess: LintRule = {
  code: 'GDO218',
  name: 'no-amendment-process',
  what: 'No process governs the files of these bylaws',
  why: 'A mistake in the rules could never be mended: no merge below `bylaws/` would ever be allowed',
  fix: 'Declare `area bylaws covers "bylaws/**"` and a process that `governs bylaws`',
  bad: `gdo 1

organization "Example"
  day ends "UTC-12"
end

area work covers "work/**"

role keeper plural keepers
  held by 5 to 9 people
  first held by "ada", "ben", "chi", "dev", "eve"
  gained through keeping
  lost through resignation or 2 years without activity
  while short only keeping
end

process keeping
  started by any keeper
  step review
    when 3 other keepers approve go to kept
    after 30 days go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end

process change
  governs work
  started by any keeper
  step review
    when 2 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `area work covers "work/**"

process change
  governs work
  started by any keeper
  step review
    when 2 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) => {
    if (amendingProcesses(model.charter).length > 0) return [];
    const areas = bylawsAreaNames(model.charter.areas);
    const area = model.charter.areas.find((candidate) => areas.has(candidate.name));
    return [
      finding('GDO218', placeIn(model, area ?? model.charter.organization, model.charter.processes[0] ?? model.charter), {
        message:
          area === undefined
            ? 'No area covers the files of these bylaws, so nobody can ever change them'
            : `No process governs \`${area.name}\`, so nobody can ever change these bylaws`,
        label: area === undefined ? 'no area covers "bylaws/**"' : 'governed by nobody',
        why: 'A mistake in the rules could never be mended',
        help: area === undefined ? 'add:  area bylaws covers "bylaws/**"  and a process that governs it' : `add a process with the line:  governs ${area.name}`,
      }),
    ];
  },
};
