// GDO521: a device that may decide alone for longer than the organization trusts any node (S96, S106).
import { finding } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `offline-above-stale`. */
export const offlineAboveStale: LintRule = {
  code: 'GDO521',
  name: 'offline-above-stale',
  what: 'This limit is above the one of the whole organization',
  why: 'The door says seven days, and stops after three',
  fix: 'Lower one, or raise the other',
  bad: `organization "Example"
  day ends "UTC"
  stale after 3 days
end
area bylaws covers "bylaws/**"

right enter
  covers "doors/front"
  held by keepers
  offline for at most 7 days
end
`,
  good: `organization "Example"
  day ends "UTC"
  stale after 14 days
end
area bylaws covers "bylaws/**"

right enter
  covers "doors/front"
  held by keepers
  offline for at most 7 days
end
`,
  check: (model) =>
    model.charter.rights.flatMap((right) => {
      const { stale } = model.charter.organization;
      if (right.offline === undefined || stale === undefined || shortest(right.offline) <= longest(stale)) return [];
      return [
        finding('GDO521', placeIn(model, right.offline, right), {
          message: `\`${right.name}\` allows ${durationText(right.offline)} offline, and every node stops after ${durationText(stale)}`,
          label: 'never used up',
          why: `The door promises ${durationText(right.offline)}, and stops before`,
          help: 'lower this limit, or raise:  stale after',
        }),
      ];
    }),
};
