// GDO808: one person who comes as many has more to say.
import type { CharterVote } from '../../engine/index.ts';
import { aloneInto } from '../analysis/coalition.ts';
import { finding } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { granters } from './effects.ts';
import { rosterSize } from './roster-size.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { rollSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** How a second account comes to a vote: without asking anybody. `cost` says what it takes. */
interface Door {
  readonly role: string;
  readonly cost: string;
}

function openDoor(model: Model, vote: CharterVote): Door | undefined {
  const waits = vote.voters.who.find((fact) => fact.kind === 'joined');
  const wait = waits === undefined ? 'nothing' : `${durationText(waits.ago)} of waiting`;
  for (const name of vote.voters.roles) {
    if (rosterSize(model.charter, name)?.open === true) return { role: name, cost: wait };
    const alone = granters(model.charter, name).some((process) => aloneInto(model.charter, process, name) !== undefined);
    if (alone) return { role: name, cost: wait };
  }
  return undefined;
}

const weighed = (floor: string): string => `${rollSample('resignation or 1 year without activity', ['step greeting', '  after 1 day go to welcomed', 'end'])}
measure deeds counts accepted-cases by each member over the last 365 days
${floor}  at most 20
end

process policy
  started by any keeper
  vote ballot
    voters members weighted by deeds
    open for 7 days
    extends by 2 days when swung in the last 1 day at most 3 times
    quorum at least 20 members voting
    passes when more than 1/2 of weight cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

/** The rule `sybil-gain`. Votes per person of a roll that anybody joins are GDO421's where they decide the bylaws or money. */
export const sybilGain: LintRule = {
  code: 'GDO808',
  name: 'sybil-gain',
  what: 'Whoever comes with several names has more weight than with one',
  why: 'The weight of each name was meant as respect, and is a price list',
  fix: 'Drop the floor (`at least 1`), or let somebody agree to admissions',
  bad: weighed('  at least 1\n'),
  good: weighed(''),
  late: true,
  check: (model) => {
    const found = model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const measure = model.charter.measures.find((one) => one.name === vote.voters.weightedBy);
        const door = measure?.least === undefined || measure.least < 1 ? undefined : openDoor(model, vote);
        return measure?.least === undefined || door === undefined ? [] : [{ process, vote, measure, least: measure.least, door }];
      }),
    );
    // One floor is one cause, however many votes are weighed with it.
    const causes = [...new Map(found.toReversed().map((one) => [`${one.measure.name} ${one.door.role} ${one.door.cost}`, one])).values()].toReversed();
    return causes.map(({ process, vote, measure, least, door }) => {
      const share = measure.most === undefined ? '' : `; ${Math.floor((measure.most + least - 1) / least)} of them outweigh the most active member`;
      return finding('GDO808', placeIn(model, vote, process), {
        message: `Every further \`${door.role}\` weighs ${least} in \`${vote.name}\` without having done anything, and costs ${door.cost}${share}`,
        label: `at least ${least} each`,
        why: `One hundredth of the weight costs one name for each hundred there are, and a name costs ${door.cost}`,
        help: 'drop the floor of the measure, or let somebody agree to admissions',
      });
    });
  },
};
