// GDO108: two units in one comparison: weight beside people, or one currency beside another.
import type { CharterBound, CharterProcess } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { sharesOf } from './counted-bounds.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { approvalStep, moneySample } from './sample.ts';
import { writtenText } from './source-text.ts';
import { votesOf } from './stage-graph.ts';

interface Mixed {
  readonly thing: object;
  readonly message: string;
  readonly why: string;
}

const inWeight = 'Ten per cent of the weight may be two people or two hundred, and nobody reads the sentence as it is counted';
const inMoney = 'The number is taken for one currency and was meant in the other';

/** Bounds of a vote that speak of weight beside people, or of weight where nobody has any. */
function mixedBounds(process: CharterProcess): readonly Mixed[] {
  return votesOf(process).flatMap(({ vote }) => {
    const turnouts = vote.passes.flatMap((line) => line.tests.flatMap((test) => (test.kind === 'turnout' ? [{ bound: test.bound, thing: test }] : [])));
    const bounds: readonly { readonly bound: CharterBound; readonly thing: object }[] = [
      ...vote.quorums.map((quorum) => ({ bound: quorum.bound, thing: quorum })),
      ...turnouts,
    ];
    return bounds.flatMap(({ bound, thing }): readonly Mixed[] => {
      const roles = sharesOf(bound).map((share) => share.role);
      const weighted = roles.filter((role) => role === 'weight').length;
      if (weighted === 0) return [];
      if (weighted < roles.length) return [{ thing, message: `\`${vote.name}\` compares weight with people`, why: inWeight }];
      return vote.voters.weightedBy === undefined ? [{ thing, message: `\`${vote.name}\` asks for weight, and its ballots have none`, why: inWeight }] : [];
    });
  });
}

/** Amounts in another currency than the account has from which they are paid. */
function mixedMoney(model: Model): readonly Mixed[] {
  const { accounts, processes } = model.charter;
  const limits = accounts.flatMap((account) =>
    account.limits.flatMap((limit) =>
      limit.amount.kind === 'money' && limit.counted !== account.currency
        ? [{ thing: limit, message: `\`${account.name}\` is in ${account.currency}, and this limit in ${limit.counted}`, why: inMoney }]
        : [],
    ),
  );
  const spent = processes.flatMap((process) => {
    const account = accounts.find((one) => one.name === process.spends?.account);
    const written = process.spends === undefined ? undefined : /(\S+)\s*$/.exec(writtenText(model, process.spends))?.[1];
    if (account === undefined || process.spends === undefined || written === undefined || written === account.currency) return [];
    return [{ thing: process.spends, message: `\`${account.name}\` is in ${account.currency}, and \`${process.name}\` spends ${written}`, why: inMoney }];
  });
  return [...limits, ...spent];
}

const twoAccounts = (currency: string): string =>
  moneySample(
    ['kept by 3 keepers', 'limit 5000.00 EUR per 30 days'],
    ['started by any keeper', `spends from treasury up to 900.00 ${currency}`, ...approvalStep('review', '3 other keepers approve', 'paid')],
  ).concat(
    `\naccount abroad in USD with 2 decimals\n  kept by 3 keepers\n  limit 5000.00 USD per 30 days\nend\n\nprocess travel\n  started by any keeper\n  spends from abroad up to 900.00 USD\n  step review\n    when 3 other keepers approve go to paid\n    after 30 days go to refused\n  end\n  outcome paid\n    pay the amount from abroad\n  end\nend\n`,
  );

/** The rule `unit-mismatch`. */
export const unitMismatch: LintRule = {
  code: 'GDO108',
  name: 'unit-mismatch',
  what: 'Two units stand in one comparison',
  why: 'The number is right and means something else',
  fix: 'Use one unit on both sides',
  bad: twoAccounts('USD'),
  good: twoAccounts('EUR'),
  check: (model) =>
    [...model.charter.processes.flatMap(mixedBounds), ...mixedMoney(model)].map(({ thing, message, why }) =>
      finding('GDO108', placeIn(model, thing, model.charter.organization), { message, label: 'another unit', why, help: 'use one unit on both sides' }),
    ),
};
