// GDO404: a removal that the person concerned can prevent with their own ballot.
import type { CharterProcess, CharterVote } from '../../engine/index.ts';
import type { Tally, TallyTable } from '../analysis/tally-table.ts';
import { finding } from '../finding.ts';
import { historyOfTally } from '../history-of-way.ts';
import { effectsOf, removesRole } from './effects.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { roleSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `own-removal-consent`. */
export const ownRemovalConsent: LintRule = {
  code: 'GDO404',
  name: 'own-removal-consent',
  what: 'The person to be removed is among those whose consent is needed',
  why: 'Nobody votes for their own removal, so it fails exactly when it matters',
  fix: 'Leave them out: `voters keepers except the subject`',
  bad: `role keeper plural keepers
  held by 2 to 9 people
  first held by "ada", "ben", "chi", "dev"
  gained through keeping
  lost through removal or resignation or 2 years without activity
  vacancy filled through keeping within 60 days
  while short only keeping, removal, amendment
end

process removal
  started by any keeper
  about keepers
  vote ballot
    voters keepers
    open for 14 days
    passes when more than 1/2 of all keepers are yes
    when passed go to removed
    otherwise go to refused
  end
  outcome removed
    remove keeper from the subject
  end
end
`,
  good: roleSample({}),
  late: true,
  witness: (model) =>
    firstWitness(held(model), ({ process, vote, table, size }) => {
      const history = historyOfTally(model.charter, process, vote, table, allBut(table, size, 1));
      return history === undefined ? undefined : { title: `all others remove one of ${size} through ${process.name}, who says no`, ...history };
    }),
  check: (model) =>
    held(model).map(({ process, vote, role, size }) =>
      finding('GDO404', placeIn(model, vote.voters, vote), {
        message: `With ${size} people in \`${role}\` nobody can be removed through \`${process.name}\` against their own vote`,
        label: 'the subject votes, too',
        why: 'Nobody votes for their own removal, so it fails exactly when it matters',
        help: `leave them out:  voters ${role} except the subject`,
      }),
    ),
};

interface Held {
  readonly process: CharterProcess;
  readonly vote: CharterVote;
  readonly table: TallyTable;
  readonly role: string;
  readonly size: number;
}

/** Everybody says yes but so many, who say no. */
function allBut(table: TallyTable, size: number, no: number): Tally {
  return { size, counts: table.choices.map((choice) => (choice === 'yes' ? size - no : choice === 'no' ? no : 0)) };
}

/** Votes on a removal in which the subject votes, with the first size at which their no is enough. */
function held(model: Model): readonly Held[] {
  return model.charter.processes.flatMap((process) =>
    votesOf(process).flatMap(({ vote }) => {
      const [role] = vote.voters.roles;
      const removes = effectsOf(process).some(
        ({ effect }) => role !== undefined && effect.kind === 'remove' && effect.from === 'subject' && removesRole(model.charter, process, effect, role),
      );
      if (role === undefined || !removes || vote.voters.except.includes('subject')) return [];
      const table = model.analyses.tableOf(process, vote);
      const size = table?.sizes.find(
        (people) => people > 1 && table.resultOf(allBut(table, people, 1)) !== 'passed' && table.resultOf(allBut(table, people, 0)) === 'passed',
      );
      return table === undefined || size === undefined ? [] : [{ process, vote, table, role, size }];
    }),
  );
}
