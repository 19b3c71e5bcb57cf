// GDO424: a person who is suspended because one other started a case (S100).
import type { CharterOutcome } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { amidOthers, smallestGroup } from '../analysis/coalition.ts';
import { finding } from '../finding.ts';
import { effectsOf, grantsRole } from './effects.ts';
import { oneCanDo } from './acting.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';

/** The rule `suspension-at-will`. */
export const suspensionAtWill: LintRule = {
  code: 'GDO424',
  name: 'suspension-at-will',
  what: 'One person can suspend another by starting a case',
  why: 'Whoever fears a vote starts a case against those who would vote against them',
  fix: 'Ask for several: `started by 3 keepers`, and limit it',
  bad: `process removal
  started by any keeper
  about keepers
  while open suspend keeper of the subject
  vote ballot
    voters keepers except the subject
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when at least 2/3 of votes cast are yes
    when passed go to done
    otherwise go to refused
  end
  outcome done
    remove keeper from the subject
  end
end
`,
  good: `process removal
  started by 3 keepers
  about keepers
  while open suspend keeper of the subject
  vote ballot
    voters keepers except the subject
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when at least 2/3 of votes cast are yes
    when passed go to done
    otherwise go to refused
  end
  outcome done
    remove keeper from the subject
  end
end
`,
  check: (model) => [...suspended(model), ...shutOut(model)],
};

/** A right is denied to a role, whatever else somebody holds (S90), and one person gives that role to another. */
function shutOut(model: Model): readonly Diagnostic[] {
  return model.charter.rights.flatMap((right) =>
    right.denied.flatMap((line) =>
      line.roles.flatMap((name) => {
        const giving = model.charter.processes.find((process) => {
          const gives = effectsOf(process).some(
            ({ effect }) => grantsRole(model.charter, process, effect, name) && effect.kind === 'grant' && effect.to === 'candidate',
          );
          const isGiven = (outcome: CharterOutcome): boolean => outcome.effects.some((effect) => grantsRole(model.charter, process, effect, name));
          return gives && smallestGroup(model.charter, process, isGiven, amidOthers, 1) !== undefined;
        });
        if (giving === undefined) return [];
        return [
          finding('GDO424', placeIn(model, line, right), {
            message: `One person who starts \`${giving.name}\` makes another \`${name}\`, and shuts them out of \`${right.name}\``,
            label: 'a denial outweighs all that is held',
            why: 'Whoever is given the role loses the right, and nobody asked them',
            help: `let it be given to oneself only:  grant ${name} to the author, or ask several people`,
          }),
        ];
      }),
    ),
  );
}

function suspended(model: Model): readonly Diagnostic[] {
  return model.charter.processes.flatMap((process) => {
    const suspending = process.whileOpen.find((clause) => clause.kind === 'suspend');
    const alone = process.starts.some((start) => start.kind === 'by' && oneCanDo(start.actor));
    if (suspending === undefined || !alone) return [];
    return [
      finding('GDO424', placeIn(model, suspending, process), {
        message: `One person who starts \`${process.name}\` suspends another until it is decided`,
        label: 'from the start on',
        why: 'Whoever fears a vote starts a case against those who would vote against them',
        help: 'ask for several people to start it, and limit how often:  started by 3 ...',
      }),
    ];
  });
}
