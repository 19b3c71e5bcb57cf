// GDO223: a step ends before the minimum it sets itself (S116).
import type { CharterDuration, CharterSince } from '../../engine/index.ts';
import { finding, labelled } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { shortest } from './minutes.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `end-before-minimum`. Clocks that start at different instants are not compared. */
export const endBeforeMinimum: LintRule = {
  code: 'GDO223',
  name: 'end-before-minimum',
  what: 'A plain `after` is shorter than `lasts at least`',
  why: 'The step promises a time for discussion and ends before it',
  fix: 'Make the end later than the minimum',
  bad: `process policy
  started by any keeper
  step discussion
    lasts at least 14 days
    when 2 other keepers approve go to accepted
    after 7 days go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  step discussion
    lasts at least 14 days
    when 2 other keepers approve go to accepted
    after 21 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        const minimum = stage.kind === 'step' ? stage.lastsAtLeast : undefined;
        if (stage.kind !== 'step' || minimum === undefined) return [];
        return stage.transitions.flatMap((transition) => {
          if (transition.kind !== 'after' || transition.without !== undefined || !sameClock(transition.since, minimum.since)) return [];
          if (longest(transition.duration) >= shortest(minimum.duration)) return [];
          return [
            finding('GDO223', placeIn(model, transition, stage), {
              message: `\`${stage.name}\` ends before the time it promises to last`,
              label: 'ends here',
              why: 'People who rely on the minimum would be too late',
              help: `make it later than ${durationText(minimum.duration)}`,
              related: [labelled(placeIn(model, minimum, stage), 'the minimum')],
            }),
          ];
        });
      }),
    ),
};

function sameClock(left: CharterSince | undefined, right: CharterSince | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.kind === right.kind && (left.kind === 'start' || (right.kind === 'stage' && left.stage === right.stage));
}

/** The most minutes a duration can last: a month has 31 days at most, a year 366. */
function longest(duration: CharterDuration): number {
  if (duration.unit === 'month') return duration.count * 31 * 1440;
  return duration.unit === 'year' ? duration.count * 366 * 1440 : shortest(duration);
}
