// GDO505: what goes wrong goes wrong faster than it can be mended (check.md 3.6).
import type { CharterAccount, CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { quickest } from '../analysis/dominance.ts';
import { finding } from '../finding.ts';
import { daysText, timeText } from '../number-words.ts';
import { grantsRole, outcomesOf, paysFrom, removesRole } from './effects.ts';
import { amendingProcesses } from './group-reach.ts';
import { shortest } from './minutes.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { moneySample } from './sample.ts';
import { earliestOpenings } from './stage-times.ts';
import { votesOf } from './stage-graph.ts';

interface Harm {
  readonly process: CharterProcess;
  readonly minutes: number;
  readonly what: string;
  readonly isGoal: (outcome: CharterOutcome) => boolean;
  readonly severity: 'warning' | 'info';
  /** The least time in which everybody together mends it; undefined where nothing does. */
  readonly repair: number | undefined;
}

/** The least time to an outcome, whoever acts, programs too. */
function soonest(process: CharterProcess, isGoal: (outcome: CharterOutcome) => boolean): number | undefined {
  const openings = earliestOpenings(process);
  return least(outcomesOf(process).flatMap((outcome) => (isGoal(outcome) ? [openings.get(outcome.name)] : [])));
}

function least(times: readonly (number | undefined)[]): number | undefined {
  return times.reduce((best, time) => (time === undefined || (best !== undefined && best <= time) ? best : time), undefined);
}

/** What a case stops by being started: a suspension or a hold begins at once (S100, S120). */
function stopsAtOnce(process: CharterProcess, stops: (process: CharterProcess) => boolean): number | undefined {
  return stops(process) ? 0 : undefined;
}

/** Money that is paid: stopped by a hold, undone by a reversal, else only by other bylaws. */
function paymentHarms(model: Model): readonly Harm[] {
  const { charter } = model;
  if (charter.accounts.length === 0) return [];
  const mends = charter.processes.map((process) =>
    least([
      stopsAtOnce(process, (one) => one.whileOpen.some((clause) => clause.kind === 'hold')),
      quickest(charter, { process, isGoal: (outcome) => outcome.effects.some((effect) => effect.kind === 'reverse') }),
    ]),
  );
  const repair = least([
    ...mends,
    ...amendingProcesses(charter).map((process) =>
      quickest(charter, { process, isGoal: (outcome) => outcome.effects.some((effect) => effect.kind === 'accept-merge') }),
    ),
  ]);
  return charter.accounts.flatMap((account) =>
    isBoundedFor(account, repair)
      ? []
      : charter.processes.flatMap((process) => {
          const minutes = paysFrom(process, account.name) ? soonest(process, pays) : undefined;
          return minutes === undefined ? [] : [{ process, minutes, severity: 'warning', what: `money leaves \`${account.name}\``, isGoal: pays, repair }];
        }),
  );
}

function pays(outcome: CharterOutcome): boolean {
  return outcome.effects.some((effect) => effect.kind === 'pay');
}

/** A rolling limit over at least the time of the repair bounds the harm to one amount. */
function isBoundedFor(account: CharterAccount, repair: number | undefined): boolean {
  return account.limits.some((limit) => limit.per.some((per) => per.kind === 'window' && repair !== undefined && shortest(per.duration) >= repair));
}

/** Roles that decide about the bylaws or keep an account, and are given faster than they can be taken or suspended. */
function grantHarms(model: Model): readonly Harm[] {
  const { charter } = model;
  const deciding = amendingProcesses(charter).flatMap((process) => votesOf(process).flatMap(({ vote }) => vote.voters.roles));
  return charter.roles.flatMap((role) => {
    if (!deciding.includes(role.name)) return [];
    const repair = least(
      charter.processes.map((process) =>
        least([
          stopsAtOnce(process, (one) => one.whileOpen.some((clause) => clause.kind === 'suspend' && clause.role === role.name)),
          quickest(charter, { process, isGoal: (outcome) => outcome.effects.some((effect) => removesRole(charter, process, effect, role.name)) }),
        ]),
      ),
    );
    return charter.processes.flatMap((process) => {
      const isGoal = (outcome: CharterOutcome): boolean => outcome.effects.some((effect) => grantsRole(charter, process, effect, role.name));
      const minutes = soonest(process, isGoal);
      return minutes === undefined || repair === undefined
        ? []
        : [{ process, minutes, severity: 'info', what: `somebody becomes \`${role.name}\``, isGoal, repair }];
    });
  });
}

function speedText(minutes: number): string {
  return minutes === 0 ? 'at once' : `in ${timeText(minutes)}`;
}

const expense: readonly string[] = [
  'started by any keeper',
  'spends from treasury up to 900.00 EUR',
  'step review',
  '  when 3 other keepers approve go to paid',
  '  after 30 days go to refused',
  'end',
];
const emergency = `
process emergency
  started by 3 keepers within 21 days of expense.paid
  while open hold the decision
  step review
    when 2 other keepers approve go to undone
    after 7 days go to refused
  end
  outcome undone
    reverse the decision
  end
end
`;

/** The rule `repair-slower-than-harm`. Money is a warning, where no rolling limit bounds it; a role that was given is a note (docs/decisions/0131). */
export const repairSlowerThanHarm: LintRule = {
  code: 'GDO505',
  name: 'repair-slower-than-harm',
  what: 'What goes wrong here goes wrong faster than it can be mended',
  why: 'Everybody sees the mistake and agrees on the remedy, and for days can only watch',
  fix: 'Add a process that stops it: `while open hold the decision`, or `reverse the decision`',
  bad: moneySample(['kept by 3 keepers', 'limit 900.00 EUR per 1 day'], expense),
  good: moneySample(['kept by 3 keepers', 'limit 900.00 EUR per 1 day'], expense).concat(emergency),
  late: true,
  witness: (model) =>
    firstWitness(harmsOf(model), ({ process, isGoal, what }) =>
      groupWitness(model, process, isGoal, () => `${what.replaceAll('`', '')} through ${process.name}`),
    ),
  check: (model) =>
    harmsOf(model).map(({ process, minutes, what, severity, repair }) =>
      finding('GDO505', placeIn(model, process, process), {
        severity,
        message: `Through \`${process.name}\` ${what} ${speedText(minutes)}, and ${repair === undefined ? 'nothing undoes it' : `undoing it takes ${daysText(repair)}`}`,
        label: speedText(minutes),
        why: 'Everybody may see the mistake and agree on the remedy, and for days can only watch',
        help: 'add a process that stops it at once, with more people:  while open hold the decision',
      }),
    ),
};

/** What goes wrong faster than it is mended. */
function harmsOf(model: Model): readonly Harm[] {
  return [...paymentHarms(model), ...grantHarms(model)].filter(({ minutes, repair }) => repair === undefined || repair > minutes);
}
