// GDO702: an amount that the account would pay and no process may decide (S63).
import { finding } from '../finding.ts';
import { paysFrom } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { approvalStep, moneySample } from './sample.ts';

const account = (...limits: readonly string[]): string =>
  moneySample(
    ['kept by 3 keepers', ...limits],
    ['started by any keeper', 'spends from treasury up to 900.00 EUR', ...approvalStep('review', '3 other keepers approve', 'paid')],
  );

/** The rule `ladder-gap`. A rolling limit adds payments up, and says nothing about a single one. */
export const ladderGap: LintRule = {
  code: 'GDO702',
  name: 'ladder-gap',
  what: 'The account allows a payment that no process may decide',
  why: 'The bill is within the limit, everybody agrees, and nobody may say yes',
  fix: 'Raise what the largest process may spend, or lower the limit of the account',
  bad: account('limit 2000.00 EUR', 'limit 9000.00 EUR per 30 days'),
  good: account('limit 900.00 EUR', 'limit 9000.00 EUR per 30 days'),
  check: (model) =>
    model.charter.accounts.flatMap((one) => {
      const single = one.limits.flatMap((limit) =>
        limit.amount.kind === 'money' && limit.per.length === 0 ? [{ limit, units: BigInt(limit.amount.units) }] : [],
      );
      const smallest = single.reduce(
        (best: (typeof single)[number] | undefined, next) => (best === undefined || next.units < best.units ? next : best),
        undefined,
      );
      const paying = model.charter.processes.filter((process) => paysFrom(process, one.name));
      // A process that names no amount may decide about any.
      if (smallest === undefined || paying.length === 0 || paying.some((process) => process.spends === undefined)) return [];
      const most = paying.reduce((best, process) => (BigInt(process.spends?.upToUnits ?? '0') > best ? BigInt(process.spends?.upToUnits ?? '0') : best), 0n);
      if (most >= smallest.units) return [];
      return [
        finding('GDO702', placeIn(model, smallest.limit, one), {
          message: `\`${one.name}\` would pay more at a time than any process may decide`,
          label: 'above every `up to`',
          why: 'The bill is within the limit, everybody agrees, and nobody may say yes',
          help: 'raise what the largest process may spend, or lower this limit',
        }),
      ];
    }),
};
