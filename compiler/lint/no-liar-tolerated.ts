// GDO325: witnesses so few that one who lies stops or splits the ledger.
import { finding } from '../finding.ts';
import { counted } from '../number-words.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `no-liar-tolerated`. */
export const noLiarTolerated: LintRule = {
  code: 'GDO325',
  name: 'no-liar-tolerated',
  what: 'With fewer than four witnesses no liar among them is tolerated',
  why: 'One broken or bribed machine stops the ledger, or shows two histories',
  fix: 'Have at least four: `held by 4 to 7 people`',
  bad: `organization "Example"
  day ends "UTC"
  witnessed by witnesses final by quorum
end

role witness plural witnesses
  held by 3 to 7 people
  gained through naming
  lost through resignation or 1 year without activity
  while short only naming
end

process naming
  started by any keeper
  step review
    when 3 other keepers approve go to named
    after 30 days go to refused
  end
  outcome named
    grant witness to the candidate
  end
end
`,
  good: `organization "Example"
  day ends "UTC"
  witnessed by witnesses final by quorum
end

role witness plural witnesses
  held by 4 to 7 people
  gained through naming
  lost through resignation or 1 year without activity
  while short only naming
end

process naming
  started by any keeper
  step review
    when 3 other keepers approve go to named
    after 30 days go to refused
  end
  outcome named
    grant witness to the candidate
  end
end
`,
  check: (model) => {
    const { witnessed } = model.charter.organization;
    const role = model.charter.roles.find((candidate) => candidate.name === witnessed?.role);
    if (witnessed?.finality !== 'quorum' || role === undefined || (role.held?.least ?? 0) >= 4) return [];
    return [
      finding('GDO325', placeIn(model, role.held ?? role, role), {
        message: `There may be ${counted(role.held?.least ?? 0, 'witness', 'witnesses')}, and with fewer than four no liar among them is tolerated`,
        label: 'fewer than four',
        why: 'One broken or bribed machine stops the ledger, or shows two histories',
        help: 'have at least four:  held by 4 to 7 people',
      }),
    ];
  },
};
