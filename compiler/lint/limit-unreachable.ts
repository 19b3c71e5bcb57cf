// GDO703: a process that may spend more than the account lets anybody spend.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `limit-unreachable`. */
export const limitUnreachable: LintRule = {
  code: 'GDO703',
  name: 'limit-unreachable',
  what: 'This process may spend more than its account ever allows',
  why: 'A case is decided, and the payment is refused',
  fix: 'Lower the amount, or raise the limit',
  bad: `account treasury in EUR with 2 decimals
  kept by 3 keepers
  limit 500.00 EUR per 30 days
end

process expense
  started by any keeper
  spends from treasury up to 900.00 EUR
  step review
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
  limit 500.00 EUR per 30 days
end

process expense
  started by any keeper
  spends from treasury up to 500.00 EUR
  step review
    when 3 other keepers approve go to paid
    after 30 days go to refused
  end
  outcome paid
    pay the amount from treasury
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const account = model.charter.accounts.find((one) => one.name === process.spends?.account);
      const caps = (account?.limits ?? []).flatMap((limit) =>
        limit.amount.kind === 'money' && limit.per.every((per) => per.kind === 'window') ? [BigInt(limit.amount.units)] : [],
      );
      const over = process.spends === undefined ? undefined : caps.find((cap) => cap < BigInt(process.spends?.upToUnits ?? '0'));
      if (over === undefined || process.spends === undefined || account === undefined) return [];
      return [
        finding('GDO703', placeIn(model, process.spends, process), {
          message: `\`${process.name}\` may decide about more than \`${account.name}\` ever pays`,
          label: 'above the limit of the account',
          why: 'A case is decided, and the payment is refused',
          help: 'lower the amount, or raise the limit of the account',
        }),
      ];
    }),
};
