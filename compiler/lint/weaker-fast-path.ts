// GDO313: a process that is both quicker and easier than another over the same area.
import { finding, labelled } from '../finding.ts';
import { peopleText, timeText } from '../number-words.ts';
import { mergesForGood, rivalSample, rivalsOf } from './area-rivals.ts';
import { amends } from './effects.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `weaker-fast-path`. An error where the bylaws are concerned, else a warning (docs/decisions/0131). */
export const weakerFastPath: LintRule = {
  code: 'GDO313',
  name: 'weaker-fast-path',
  what: 'There is a way that is both quicker and easier',
  why: 'What was meant for emergencies is how everything is decided, and how an attack is decided before anybody reads of it',
  fix: 'Ask for more where it is quick, or let it hold only until ratified: `accept the merge until ratified through amendment within 30 days`',
  bad: rivalSample('2/3', 3),
  good: rivalSample('4/5', 3),
  late: true,
  witness: (model) =>
    firstWitness(
      rivalsOf(model).filter(({ weakMinutes, strongMinutes }) => weakMinutes < strongMinutes),
      ({ weak, area }) => groupWitness(model, weak, mergesForGood, (people) => `${peopleText(people)} can change ${area} through ${weak.name}`),
    ),
  check: (model) =>
    rivalsOf(model).flatMap(({ area, weak, strong, proof, weakMinutes, strongMinutes }) => {
      if (weakMinutes >= strongMinutes) return [];
      const [quick, slow] = [timeText(weakMinutes), timeText(strongMinutes)];
      return [
        finding('GDO313', placeIn(model, weak, weak), {
          severity: amends(model.charter, weak) ? 'error' : 'warning',
          message: `\`${weak.name}\` decides about \`${area}\` in ${quick}, \`${strong.name}\` in ${slow}, and ${proof.enough} only for \`${weak.name}\``,
          label: 'quicker and easier',
          why: 'What was meant for emergencies is how an attack is decided before anybody reads of it',
          help: 'ask for more where it is quick, or let it hold only until it is ratified',
          related: [labelled(placeIn(model, strong, strong), 'asks for more')],
        }),
      ];
    }),
};
