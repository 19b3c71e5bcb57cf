// GDO226: a waiting time between cases that have nothing in common but their files (S122).
import { finding } from '../finding.ts';
import { effectsOf } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `same-matter-evaded`. */
export const sameMatterEvaded: LintRule = {
  code: 'GDO226',
  name: 'same-matter-evaded',
  what: 'The waiting time counts for the same files only',
  why: 'Whoever changes one file more, or another one, proposes the same again at once',
  fix: 'Nothing to repair: know it, or make the process about a person',
  bad: `process change
  governs bylaws
  started by any keeper not within 90 days of change.refused
  step review
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `process change
  governs bylaws
  started by any keeper
  step review
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const people = process.about !== undefined || effectsOf(process).some(({ effect }) => effect.kind === 'grant' || effect.kind === 'remove');
      if (people || process.governs.length === 0) return [];
      return process.starts.flatMap((start) =>
        start.kind !== 'by'
          ? []
          : start.windows.flatMap((window) =>
              window.kind === 'within'
                ? []
                : [
                    finding('GDO226', placeIn(model, window, process), {
                      message: `The waiting time of \`${process.name}\` holds only between changes that touch a file in common`,
                      label: 'same files only',
                      why: 'The same proposal in another file has nothing to wait for',
                      help: 'know it; a limit per author holds whatever the files:  limit 1 cases per author per 90 days',
                    }),
                  ],
            ),
      );
    }),
};
