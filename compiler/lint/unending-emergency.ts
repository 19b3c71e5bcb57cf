// GDO415: an emergency that reaches the bylaws before anybody has ratified it.
import { finding } from '../finding.ts';
import { amends, provisionalMerge } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { emergencySample } from './sample.ts';

/** The rule `unending-emergency`. */
export const unendingEmergency: LintRule = {
  code: 'GDO415',
  name: 'unending-emergency',
  what: 'An emergency can change the bylaws before anybody ratified it',
  why: 'Whoever declares it can first change the rule that would undo it',
  fix: 'Keep the bylaws out of it: govern other areas only',
  bad: emergencySample('bylaws', 'limit 1 cases per author per 60 days'),
  good: emergencySample('work', 'limit 1 cases per author per 60 days'),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const provisional = provisionalMerge(process);
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
