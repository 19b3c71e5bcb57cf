// GDO503: an accepted change that waits for a program, without an end (S53).
import { finding } from '../finding.ts';
import { effectsOf } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `decision-never-expires`. */
export const decisionNeverExpires: LintRule = {
  code: 'GDO503',
  name: 'decision-never-expires',
  what: 'An accepted change can wait for a program for ever',
  why: 'A year later it is merged into a repository that has become another',
  fix: 'Give it an end: `accept the merge within 30 days`',
  bad: `dapp linter image "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  checks bylaws
end

process amendment
  governs bylaws
  started by any keeper
  on edit refuse
  vote ballot
    voters keepers
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when at least 3/4 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: `dapp linter image "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  checks bylaws
end

process amendment
  governs bylaws
  started by any keeper
  on edit refuse
  vote ballot
    voters keepers
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when at least 3/4 of votes cast are yes
    when passed go to done
    otherwise go to refused
  end
  outcome done
    accept the merge within 30 days
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const dapp = model.charter.dapps.find((one) => one.checks.some((area) => process.governs.includes(area)));
      const loose = effectsOf(process).find(({ effect }) => effect.kind === 'accept-merge' && effect.within === undefined);
      if (dapp === undefined || loose === undefined) return [];
      return [
        finding('GDO503', placeIn(model, loose.effect, loose.outcome), {
          message: `What \`${process.name}\` accepted waits for \`${dapp.name}\`, and never expires`,
          label: 'no `within`',
          why: 'A year later it is merged into a repository that has become another',
          help: 'give it an end:  accept the merge within 30 days',
        }),
      ];
    }),
};
