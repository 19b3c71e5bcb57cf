// GDO515: one thing, two rights, and a person for whom the door decides alone for two different times (S96).
import type { CharterRight } from '../../engine/index.ts';
import { finding, labelled } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { rightSample } from './sample.ts';
import { shareThing } from './usable-right.ts';

function commonRole(left: CharterRight, right: CharterRight): string | undefined {
  const names = left.heldBy.flatMap(({ roles }) => roles);
  return right.heldBy.flatMap(({ roles }) => roles).find((name) => names.includes(name));
}

const second = (offline: string): string => `${rightSample()}\nright enter-at-night
  covers "doors/front"
  held by keepers
  offline for at most ${offline}
end
`;

/** The rule `offline-limits-differ`. */
export const offlineLimitsDiffer: LintRule = {
  code: 'GDO515',
  name: 'offline-limits-differ',
  what: 'Two rights over one thing stop at different times when the network is gone',
  why: 'For some days the door opens under one rule and not under the other, and nobody can say what is in force',
  fix: 'Give both the same `offline` line',
  bad: second('2 days'),
  good: second('7 days'),
  check: (model) =>
    model.charter.rights.flatMap((right, place) =>
      model.charter.rights.slice(0, place).flatMap((earlier) => {
        const role = shareThing(earlier, right) ? commonRole(earlier, right) : undefined;
        if (role === undefined || earlier.offline === undefined || right.offline === undefined) return [];
        if (shortest(earlier.offline) === shortest(right.offline)) return [];
        return [
          finding('GDO515', placeIn(model, right.offline, right), {
            message: `\`${right.name}\` works for ${durationText(right.offline)} without news and \`${earlier.name}\` for ${durationText(earlier.offline)}, over one thing and for the same \`${role}\``,
            label: durationText(right.offline),
            why: 'In between the door opens under one rule and not under the other, and nobody can say what is in force',
            help: 'give both the same limit',
            related: [labelled(placeIn(model, earlier.offline, earlier), durationText(earlier.offline))],
          }),
        ];
      }),
    ),
};
