// GDO415: an emergency that reaches the bylaws before anybody has ratified it.
import { finding } from '../finding.ts';
import { amends, effectsOf } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `unending-emergency`. */
export const unendingEmergency: LintRule = {
  code: 'GDO415',
  name: 'unending-emergency',
  what: 'An emergency can change the bylaws before anybody ratified it',
  why: 'Whoever declares it can first change the rule that would undo it',
  fix: 'Keep the bylaws out of it: govern other areas only',
  bad: `process emergency
  governs bylaws
  started by 4 keepers
  on edit refuse
  limit 1 cases per author per 60 days
  step support
    when 3 other keepers approve go to done
    after 2 days go to refused
  end
  outcome done
    accept the merge until ratified through amendment within 30 days
  end
end
`,
  good: `area work covers "**" except "bylaws/**"

process emergency
  governs work
  started by 4 keepers
  on edit refuse
  limit 1 cases per author per 60 days
  step support
    when 3 other keepers approve go to done
    after 2 days go to refused
  end
  outcome done
    accept the merge until ratified through amendment within 30 days
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const provisional = effectsOf(process).find(({ effect }) => effect.kind === 'accept-merge' && effect.ratified !== undefined);
      if (provisional === undefined || !amends(model.charter, process)) return [];
      return [
        finding('GDO415', placeIn(model, provisional.effect, provisional.outcome), {
          message: `\`${process.name}\` changes the bylaws at once, before anybody has ratified it`,
          label: 'acts before it is ratified',
          why: 'Whoever declares the emergency can first change the rule that would undo it',
          help: 'let it govern other areas only, and leave the bylaws to a process of their own',
        }),
      ];
    }),
};
