// GDO705: an account from which any amount can go in a month.
import { finding } from '../finding.ts';
import { paysFrom } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `account-without-limit`. */
export const accountWithoutLimit: LintRule = {
  code: 'GDO705',
  name: 'account-without-limit',
  what: 'Nothing limits how much is spent in a month',
  why: 'Many small cases, each within its bound, empty the account',
  fix: 'Add a rolling limit: `limit 5000.00 EUR per 30 days`',
  bad: `account treasury in EUR with 2 decimals
  kept by 3 keepers
end

process expense
  started by any keeper
  spends from treasury up to 900.00 EUR
  step review
    lasts at least 21 days
    when 3 other keepers approve go to paid
    after 30 days go to refused
  end
  outcome paid
    pay the amount from treasury
  end
end
`,
  good: `account treasury in EUR with 2 decimals
  kept by 3 keepers
  limit 5000.00 EUR per 30 days
end

process expense
  started by any keeper
  spends from treasury up to 900.00 EUR
  step review
    lasts at least 21 days
    when 3 other keepers approve go to paid
    after 30 days go to refused
  end
  outcome paid
    pay the amount from treasury
  end
end
`,
  check: (model) =>
    model.charter.accounts.flatMap((account) => {
      const spending = model.charter.processes.filter((process) => paysFrom(process, account.name));
      const limits = [...account.limits, ...spending.flatMap((process) => process.limits)];
      const rolling = limits.some((limit) => limit.amount.kind === 'money' && limit.per.some((per) => per.kind === 'window'));
      if (spending.length === 0 || rolling) return [];
      return [
        finding('GDO705', placeIn(model, account, model.charter.organization), {
          message: `Nothing limits how much leaves \`${account.name}\` in a month`,
          label: 'no limit per days',
          why: 'Many small cases, each within its bound, empty the account',
          help: 'add a rolling limit:  limit 5000.00 EUR per 30 days',
        }),
      ];
    }),
};
