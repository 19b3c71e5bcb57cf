// GDO411: an amendment that may end open cases about people or rules (S58).
import { finding } from '../finding.ts';
import { amends, effectsOf } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `amendment-decides-open-cases`. */
export const amendmentDecidesOpenCases: LintRule = {
  code: 'GDO411',
  name: 'amendment-decides-open-cases',
  what: 'An amendment can end open cases of this kind',
  why: 'Whoever is being recalled, or loses a dispute, changes the rules and ends the case',
  fix: 'Let open cases keep their rules: `in flight keep`',
  bad: `process removal
  started by any keeper
  about keepers
  in flight abort
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
  good: roleSample({}),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const matters = amends(model.charter, process) || effectsOf(process).some(({ effect }) => effect.kind === 'remove' || effect.kind === 'reverse');
      if (!process.inFlight.includes('abort') || !matters) return [];
      return [
        finding('GDO411', placeIn(model, process, process), {
          message: `An amendment can end open cases of \`${process.name}\``,
          label: 'in flight abort',
          why: 'Whoever is being recalled, or loses a dispute, changes the rules and ends the case',
          help: 'let open cases keep their rules:  in flight keep',
        }),
      ];
    }),
};
