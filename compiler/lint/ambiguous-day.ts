// GDO502: deadlines in days, and no `day ends` that says when a day is over (S107).
import type { CharterDuration, CharterProcess } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `ambiguous-day`. It is said once for an organization, at the first deadline. */
export const ambiguousDay: LintRule = {
  code: 'GDO502',
  name: 'ambiguous-day',
  what: 'Deadlines are given in days, and the text does not say when a day ends',
  why: 'A window of 7 days ends 168 hours after it opened, to the minute; people often read "through the seventh day"',
  fix: 'Say when a day ends: `day ends "UTC-12"`, which is anywhere on earth',
  bad: `gdo 1

organization "Example"
end

area bylaws covers "bylaws/**"

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

process amendment
  governs bylaws
  started by any keeper
  step review
    when 3 other keepers approve go to accepted
    after 7 days go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  step review
    when 3 other keepers approve go to accepted
    after 7 days go to refused
  end
end
`,
  check: (model) => {
    if (model.charter.organization.dayEnds !== undefined) return [];
    const first = model.charter.processes.flatMap(deadlines).find((duration) => duration.unit !== 'minute' && duration.unit !== 'hour');
    if (first === undefined) return [];
    return [
      finding('GDO502', placeIn(model, first, model.charter.organization), {
        message: 'Deadlines here are counted in days, and the text does not say when a day ends',
        label: 'ends to the minute, as many hours later',
        why: '7 days are 168 hours after the opening, and a ballot at that instant is late',
        help: 'if you mean "through the last day", add to the organization:  day ends "UTC-12"',
      }),
    ];
  },
};

function deadlines(process: CharterProcess): readonly CharterDuration[] {
  return process.stages.flatMap((stage): readonly CharterDuration[] => {
    if (stage.kind === 'vote' || stage.kind === 'meeting') return [stage.open];
    if (stage.kind === 'joint') return stage.votes.map((vote) => vote.open);
    if (stage.kind !== 'step') return [];
    return stage.transitions.flatMap((transition) =>
      transition.kind === 'after' ? [transition.duration] : transition.kind === 'unless' ? [transition.within] : [],
    );
  });
}
