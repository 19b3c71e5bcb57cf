// GDO506: a meeting that people hear of too late to come.
import { finding } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { longest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { processSample } from './sample.ts';

/** The rule `notice-too-short`. */
export const noticeTooShort: LintRule = {
  code: 'GDO506',
  name: 'notice-too-short',
  what: 'The meeting can begin less than three days after it was called',
  why: 'Who works, travels or lives elsewhere is not there, and those who knew beforehand decide',
  fix: 'Give people time: `notice 7 days`',
  bad: processSample(
    'meeting assembly',
    '  called by any keeper within 30 days',
    '  notice 1 day',
    '  attended by keepers',
    '  open for 6 hours',
    '  quorum at least 1/2 of keepers present',
    '  when quorate go to accepted',
    '  otherwise go to refused',
    'end',
  ),
  good: processSample(
    'meeting assembly',
    '  called by any keeper within 30 days',
    '  notice 7 days',
    '  attended by keepers',
    '  open for 6 hours',
    '  quorum at least 1/2 of keepers present',
    '  when quorate go to accepted',
    '  otherwise go to refused',
    'end',
  ),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        if (stage.kind !== 'meeting' || (stage.notice !== undefined && longest(stage.notice) >= 3 * 1440)) return [];
        return [
          finding('GDO506', placeIn(model, stage.notice ?? stage, process), {
            message: `\`${stage.name}\` can begin ${stage.notice === undefined ? 'at once' : `${durationText(stage.notice)} after it was called`}`,
            label: stage.notice === undefined ? 'no `notice`' : 'too short to come',
            why: 'Who works, travels or lives elsewhere is not there, and those who knew beforehand decide',
            help: 'give people time:  notice 7 days',
          }),
        ];
      }),
    ),
};
