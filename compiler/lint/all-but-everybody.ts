// GDO329: `all but K` where K is nearly everybody at a legal size.
import { finding } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { countedBounds } from './counted-bounds.ts';
import { rosterSize } from './roster-size.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** The rule `all-but-everybody`. */
export const allButEverybody: LintRule = {
  code: 'GDO329',
  name: 'all-but-everybody',
  what: 'At a legal size this is nobody, or one person',
  why: 'A rule that reads like near unanimity lets one person decide',
  fix: 'Write a floor: `the larger of all but 2 of keepers and 2 keepers`',
  bad: stepSample('when all but 4 other keepers approve go to accepted', 'after 30 days go to refused'),
  good: stepSample('when all but 1 other keepers approve go to accepted', 'after 30 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      countedBounds(process).flatMap((counted) => {
        const [share, ...others] = counted.shares;
        if (share?.kind !== 'whole' || share.except === undefined || others.length > 0) return [];
        const size = rosterSize(model.charter, share.role, process, counted.vote);
        if (size === undefined || size.open || size.least === 0 || size.least - share.except > 1) return [];
        return [
          finding('GDO329', placeIn(model, counted.thing, process), {
            message: `With ${peopleText(size.least)} in \`${share.role}\`, all but ${share.except} is ${size.least - share.except <= 0 ? 'nobody' : 'one person'}`,
            label: `all but ${share.except}`,
            why: 'A rule that reads like near unanimity lets one person decide',
            help: `write a floor:  the larger of all but ${share.except} of ... and 2 ...`,
          }),
        ];
      }),
    ),
};
