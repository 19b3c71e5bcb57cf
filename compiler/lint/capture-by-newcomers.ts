// GDO421: whoever wants to decide an open case can still come in for it, in any number.
import { holdersToday } from '../analysis/holders.ts';
import { aloneInto } from '../analysis/coalition.ts';
import { finding, labelled } from '../finding.ts';
import { granters, paysFrom } from './effects.ts';
import { amendingProcesses } from './group-reach.ts';
import { shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { ballotSample, rollSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';
import { earliestOpenings } from './stage-times.ts';

const joining = (voters: string): string =>
  [
    rollSample('resignation or expulsion or 1 year without activity', ['step greeting', '  after 1 day go to welcomed', 'end']),
    'process expulsion\n  started by any keeper\n  about members\n  step hearing\n    when 3 other keepers approve go to gone\n    after 30 days go to refused\n  end\n  outcome gone\n    remove member from the subject\n  end\nend\n',
    ballotSample('amendment', ['governs bylaws', 'on edit refuse'], 'at least 3/4', `voters ${voters}`, 'accept the merge within 60 days').replace(
      '2/3 of keepers voting',
      '20 members voting',
    ),
  ].join('\n');

/** The rule `capture-by-newcomers`. Bodies of a known size are GDO407's. */
export const captureByNewcomers: LintRule = {
  code: 'GDO421',
  name: 'capture-by-newcomers',
  what: 'As many as like can join while a case is known, and then decide it',
  why: 'A crowd comes for one vote, wins it, and is gone when those who stay have to live with it',
  fix: 'Let newcomers wait: `voters members who joined at least 30 days ago`',
  bad: joining('members'),
  good: joining('members who joined at least 30 days ago'),
  late: true,
  check: (model) => {
    const money = model.charter.processes.filter((process) => model.charter.accounts.some((account) => paysFrom(process, account.name)));
    return [...new Set([...amendingProcesses(model.charter), ...money])].flatMap((process) => {
      const openings = earliestOpenings(process);
      return votesOf(process).flatMap(({ stage, vote }) => {
        const waits = vote.voters.asOfTheStart === true || vote.voters.who.some((fact) => fact.kind === 'joined');
        if (waits) return [];
        // Who comes while the case is discussed is on the roster; a vote that follows at once can still be started again after they came.
        const time = (openings.get(stage.name) ?? 0) + shortest(vote.open);
        return vote.voters.roles.flatMap((name) => {
          if (holdersToday(model.charter, name) !== undefined) return [];
          const open = granters(model.charter, name).find((granter) => {
            const way = aloneInto(model.charter, granter, name);
            return way !== undefined && way.minutes < time;
          });
          if (open === undefined) return [];
          return [
            finding('GDO421', placeIn(model, vote, process), {
              message: `As many as like can become \`${name}\` through \`${open.name}\` while a case of \`${process.name}\` is known, and then decide it`,
              label: 'newcomers vote at once',
              why: 'A crowd comes for one vote, wins it, and is gone when those who stay have to live with it',
              help: 'let newcomers wait:  who joined at least 30 days ago',
              related: [labelled(placeIn(model, open, open), 'nobody has to agree')],
            }),
          ];
        });
      });
    });
  },
};
