// GDO417: one body that proposes, decides, pays out and can change the rules about all of it.
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { actsOf, oneCanDo, startRoles } from './acting.ts';
import { paysFrom } from './effects.ts';
import { amendingProcesses } from './group-reach.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { approvalStep, moneySample } from './sample.ts';
import { votesOf } from './stage-graph.ts';
import type { CharterProcess } from '../../engine/index.ts';

/** Everybody who starts, moves or votes in a process. */
function takingPart(process: CharterProcess): readonly string[] {
  const acting = actsOf(process).flatMap(({ act }) => actorRoles(act.actor));
  return [...startRoles(process), ...acting, ...votesOf(process).flatMap(({ vote }) => vote.voters.roles)];
}

function onlyBody(names: readonly string[]): string | undefined {
  const [first, ...others] = new Set(names);
  return others.length === 0 ? first : undefined;
}

const expense = (approve: string): readonly string[] => [
  'started by any keeper',
  'spends from treasury up to 900.00 EUR',
  ...approvalStep('review', approve, 'paid'),
];

/** The rule `one-body-does-all`. Only where money is at stake: a club whose members decide about their own texts is no danger to anybody. */
export const oneBodyDoesAll: LintRule = {
  code: 'GDO417',
  name: 'one-body-does-all',
  what: 'The same people ask for money, decide about it, pay it out, and can change the rules about it',
  why: 'Nobody outside of the body would have to know, and nobody could say no',
  fix: 'Let others keep the account, or let others agree',
  bad: moneySample(['kept by any keeper', 'limit 5000.00 EUR per 30 days'], expense('3 other keepers approve')),
  good: moneySample(['kept by any auditor', 'limit 5000.00 EUR per 30 days'], expense('3 other keepers approve')).concat(
    '\nrole auditor plural auditors\n  held by 1 to 3 people\n  first held by "fay"\n  gained through audit\n  lost through resignation or 1 year without activity\n  vacancy filled through audit within 60 days\nend\n\nprocess audit\n  started by any keeper\n  step review\n    when 3 other keepers approve go to named\n    after 30 days go to refused\n  end\n  outcome named\n    grant auditor to the candidate\n  end\nend\n',
  ),
  check: (model) =>
    model.charter.accounts.flatMap((account) => {
      // Several who must act together to pay are a second look of their own.
      const keeper = account.keptBy === undefined || !oneCanDo(account.keptBy) ? undefined : onlyBody(actorRoles(account.keptBy));
      const role = model.charter.roles.find((one) => one.name === keeper);
      // A roll that anybody can join is the public, not a body.
      if (keeper === undefined || role?.held === undefined || role.held.most === undefined || role.held.most === 1) return [];
      const paying = model.charter.processes.filter((process) => paysFrom(process, account.name));
      const amending = amendingProcesses(model.charter);
      const everywhere = [...paying, ...amending].every((process) => onlyBody(takingPart(process)) === keeper);
      if (paying.length === 0 || amending.length === 0 || !everywhere) return [];
      return [
        finding('GDO417', placeIn(model, account, account), {
          message: `\`${keeper}\` asks for money from \`${account.name}\`, decides about it, pays it out, and alone can change the rules`,
          label: `kept by \`${keeper}\``,
          why: 'Nobody outside of the body would have to know, and nobody could say no',
          help: 'let an office outside of the body keep the account, or let others agree to what is paid',
        }),
      ];
    }),
};
