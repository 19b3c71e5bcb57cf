// GDO307: a share that is one person, or nobody, when the body is small.
import { finding } from '../finding.ts';
import { countedBounds } from './counted-bounds.ts';
import { fewestOf } from './legal-sizes.ts';
import { rosterSize } from './roster-size.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** Bodies in which a single person is not simply everybody, or half of them. */
const smallestBody = 3;

/** The rule `share-of-few`. Quorums of one are GDO406, objections of one GDO416: here somebody is asked for several and gets one. */
export const shareOfFew: LintRule = {
  code: 'GDO307',
  name: 'share-of-few',
  what: 'At the smallest legal size this share is one person',
  why: 'It reads like a group, and one person alone does it',
  fix: 'Add a floor: `the larger of 15% of keepers and 2 keepers`',
  bad: stepSample('when 15% of other keepers approve go to accepted', 'after 30 days go to refused'),
  good: stepSample('when at least the larger of 15% of other keepers and 2 other keepers approve go to accepted', 'after 30 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      countedBounds(process).flatMap((counted) => {
        const [share, ...others] = counted.shares;
        if (share?.kind !== 'part' || share.amount.kind !== 'share' || others.length > 0 || (counted.use !== 'act' && counted.use !== 'start')) return [];
        const size = rosterSize(model.charter, share.role, process, counted.vote);
        if (size === undefined || size.open || size.least < smallestBody) return [];
        const needed = fewestOf(counted.comparison, share, size.least);
        if (needed === undefined || needed > 1) return [];
        return [
          finding('GDO307', placeIn(model, counted.thing, process), {
            message: `With ${size.least} people in \`${share.role}\` this share is one person`,
            label: 'one of them is enough',
            why: 'It reads like a group, and one person alone does it',
            help: 'add a floor:  at least the larger of ... and 2 ...',
          }),
        ];
      }),
    ),
};
