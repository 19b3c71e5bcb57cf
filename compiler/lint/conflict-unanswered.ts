// GDO216: decisions that act before they are final, and no word about two that collide.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `conflict-unanswered`. */
export const conflictUnanswered: LintRule = {
  code: 'GDO216',
  name: 'conflict-unanswered',
  what: 'Decisions act before they are final, and nothing says what two that collide do',
  why: 'The second of two colliding decisions is undone after people relied on it, and nobody knew beforehand',
  fix: 'Say it: `on conflict refuse`',
  bad: `process change
  governs bylaws
  started by any keeper
  offline provisional
  step review
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `process change
  governs bylaws
  started by any keeper
  on conflict refuse
  offline provisional
  step review
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      if (process.offline !== 'provisional' || process.governs.length === 0 || model.sources.has(process.onConflict)) return [];
      return [
        finding('GDO216', placeIn(model, process, process), {
          message: `\`${process.name}\` acts while offline, and does not say what a second, colliding decision does`,
          label: 'no `on conflict`',
          why: 'The second of two colliding decisions is undone after people relied on it',
          help: 'say it:  on conflict refuse, or lead to a stage:  on conflict go to ...',
        }),
      ];
    }),
};
