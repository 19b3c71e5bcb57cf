// GDO704: whoever keeps an account can pay themselves.
import type { Charter, CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { rolesBehind } from '../analysis/holders.ts';
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { paysFrom } from './effects.ts';
import { quickestWay } from './group-reach.ts';
import type { Way } from './group-reach.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { moneySample } from './sample.ts';

const petty = (...lines: readonly string[]): string =>
  moneySample(
    ['kept by 2 keepers', 'limit 500.00 EUR per 30 days'],
    ['started by any keeper', 'spends from treasury up to 200.00 EUR', 'step review', ...lines, 'end'],
  );

/** The way by which one person in a role, and in those it is drawn from, is paid while nobody else has to agree. */
function aloneAs(charter: Charter, process: CharterProcess, role: string): Way | undefined {
  return quickestWay(charter, process, { people: 1, silent: false, newcomers: { count: 1, roles: rolesBehind(charter, role) } }, pays);
}

function pays(outcome: CharterOutcome): boolean {
  return outcome.effects.some((effect) => effect.kind === 'pay');
}

/** The rule `payer-approves`. */
export const payerApproves: LintRule = {
  code: 'GDO704',
  name: 'payer-approves',
  what: 'Whoever keeps the account can ask for money and approve it alone',
  why: 'One person pays themselves, and the ledger shows that it was all in order',
  fix: 'Let another approve: `when 1 other keeper approves go to paid`',
  bad: petty('  after 3 days go to paid'),
  good: petty('  when 1 other keeper approves go to paid', '  after 30 days go to refused'),
  witness: (model) =>
    firstWitness(model.charter.accounts, (account) =>
      firstWitness(
        model.charter.processes.filter((process) => paysFrom(process, account.name)),
        (process) => {
          const alone = (account.keptBy === undefined ? [] : actorRoles(account.keptBy)).find((role) => aloneAs(model.charter, process, role) !== undefined);
          return alone === undefined ? undefined : groupWitness(model, process, pays, () => `one ${alone} is paid from ${account.name}`);
        },
      ),
    ),
  check: (model) =>
    model.charter.accounts.flatMap((account) => {
      const keepers = account.keptBy === undefined ? [] : actorRoles(account.keptBy);
      return model.charter.processes.flatMap((process) => {
        if (!paysFrom(process, account.name)) return [];
        const alone = keepers.find((role) => aloneAs(model.charter, process, role) !== undefined);
        if (alone === undefined) return [];
        return [
          finding('GDO704', placeIn(model, process, process), {
            message: `One \`${alone}\` can ask for money from \`${account.name}\` and approve it alone, through \`${process.name}\``,
            label: 'nobody else has to agree',
            why: 'One person pays themselves, and the ledger shows that it was all in order',
            help: 'let another approve:  when 1 other ... approves go to ...',
          }),
        ];
      });
    }),
};
