// GDO409: changing the rules is easier than using them.
import { quickest, sameBodies, weakerThan } from '../analysis/dominance.ts';
import { finding, labelled } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { mergesForGood, rivalSample } from './area-rivals.ts';
import { amends } from './effects.ts';
import { amendingProcesses } from './group-reach.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

const ordinary = (share: string): string => `area code covers "src/**"\n\n${rivalSample(share, 14, 'change', 'code')}`;

/** The rule `amender-weaker`. */
export const amenderWeaker: LintRule = {
  code: 'GDO409',
  name: 'amender-weaker',
  what: 'Changing the rules is easier than deciding under them',
  why: 'Whoever loses the vote changes the rule by which it was lost, and wins the next one',
  fix: 'Ask for at least as much to change the bylaws as for anything they protect',
  bad: ordinary('4/5'),
  good: ordinary('2/3'),
  late: true,
  witness: (model) =>
    firstWitness(amendingProcesses(model.charter), (process) =>
      groupWitness(model, process, mergesForGood, (people) => `${peopleText(people)} can change the bylaws through ${process.name}`),
    ),
  check: (model) =>
    amendingProcesses(model.charter).flatMap((amending) =>
      model.charter.processes.flatMap((process) => {
        // What a protection holds fast is not weakened by whoever amends the rest (S59).
        const isGuarded = model.charter.protections.some((one) => one.paths.some((path) => path[0] === process.name));
        if (amends(model.charter, process) || process.governs.length === 0 || isGuarded) return [];
        const [left, right] = [
          { process: amending, isGoal: mergesForGood },
          { process, isGoal: mergesForGood },
        ];
        if (!sameBodies(model.charter, amending, process)) return [];
        const [minutes, ordinaryMinutes] = [quickest(model.charter, left), quickest(model.charter, right)];
        if (minutes === undefined || ordinaryMinutes === undefined || minutes > ordinaryMinutes) return [];
        const proof = weakerThan(model.charter, left, right, model.analyses);
        if (proof === undefined) return [];
        return [
          finding('GDO409', placeIn(model, amending, amending), {
            message: `\`${amending.name}\` changes the bylaws more easily than \`${process.name}\` decides under them: ${proof.enough} only to change them`,
            label: 'asks for less',
            why: 'Whoever loses a vote changes the rule by which it was lost, and wins the next one',
            help: 'ask for at least as much to change the bylaws, or protect the process',
            related: [labelled(placeIn(model, process, process), 'asks for more')],
          }),
        ];
      }),
    ),
};
