// GDO512: a window for an act that is longer than the step it stands in.
import { finding, labelled } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** The rule `window-never-reached`. */
export const windowNeverReached: LintRule = {
  code: 'GDO512',
  name: 'window-never-reached',
  what: 'The step ends before this window does',
  why: 'People plan for the longer time, and come too late',
  fix: 'Let both end together',
  bad: stepSample('when 3 other keepers approve within 30 days go to accepted', 'after 14 days go to refused'),
  good: stepSample('when 3 other keepers approve within 14 days go to accepted', 'after 14 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        if (stage.kind !== 'step') return [];
        const ends = stage.transitions.flatMap((line) => (line.kind === 'after' && line.without === undefined && line.since === undefined ? [line] : []));
        return stage.transitions.flatMap((line) => {
          const end =
            line.kind === 'when' && line.within !== undefined ? ends.find((one) => longest(one.duration) < shortest(line.within ?? one.duration)) : undefined;
          if (end === undefined || line.kind !== 'when' || line.within === undefined) return [];
          const place = model.sources.get(end);
          return [
            finding('GDO512', placeIn(model, line, stage), {
              message: `This window is ${durationText(line.within)}, and \`${stage.name}\` ends after ${durationText(end.duration)}`,
              label: 'never used up',
              why: 'People plan for the longer time, and come too late',
              help: 'let both end together',
              related: place === undefined ? [] : [labelled(place, 'ends the step before')],
            }),
          ];
        });
      }),
    ),
};
