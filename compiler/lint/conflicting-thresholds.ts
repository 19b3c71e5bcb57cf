// GDO207: two processes over one area and as long as each other, one of which asks for less: the other is never used.
import { finding, labelled } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { mergesForGood, rivalSample, rivalsOf } from './area-rivals.ts';
import { amends } from './effects.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `conflicting-thresholds`. An error where the bylaws are concerned, else a warning (docs/decisions/0131). */
export const conflictingThresholds: LintRule = {
  code: 'GDO207',
  name: 'conflicting-thresholds',
  what: 'Two processes decide about the same files, and one asks for less',
  why: 'The text promises the higher threshold, and everybody takes the lower one',
  fix: 'Keep one of them, or let them govern different areas',
  bad: rivalSample('2/3', 14),
  good: rivalSample('3/4', 14),
  late: true,
  witness: (model) =>
    firstWitness(
      rivalsOf(model).filter(({ weakMinutes, strongMinutes }) => weakMinutes === strongMinutes),
      ({ weak, area }) => groupWitness(model, weak, mergesForGood, (people) => `${peopleText(people)} can change ${area} through ${weak.name}`),
    ),
  check: (model) =>
    rivalsOf(model).flatMap(({ area, weak, strong, proof, weakMinutes, strongMinutes }) => {
      if (weakMinutes !== strongMinutes) return [];
      return [
        finding('GDO207', placeIn(model, weak, weak), {
          severity: amends(model.charter, weak) ? 'error' : 'warning',
          message: `\`${weak.name}\` and \`${strong.name}\` both decide about \`${area}\`, and ${proof.enough} only for \`${weak.name}\``,
          label: 'asks for less',
          why: 'The text promises the higher threshold, and everybody takes the lower one',
          help: 'keep one of them, or let them govern different areas',
          related: [labelled(placeIn(model, strong, strong), 'asks for more, and takes as long')],
        }),
      ];
    }),
};
