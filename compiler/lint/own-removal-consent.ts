// GDO404: a removal that the person concerned can prevent with their own ballot.
import { finding } from '../finding.ts';
import { effectsOf, removesRole } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
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
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        const [role] = vote.voters.roles;
        const removes = effectsOf(process).some(
          ({ effect }) => role !== undefined && effect.kind === 'remove' && effect.from === 'subject' && removesRole(model.charter, process, effect, role),
        );
        if (!removes || vote.voters.except.includes('subject')) return [];
        const table = model.analyses.tableOf(process, vote);
        // All others say yes, the subject says no.
        const size = table?.sizes.find((people) => {
          const said = (yes: number, no: number): string | undefined =>
            table.resultOf({ size: people, counts: table.choices.map((choice) => (choice === 'yes' ? yes : choice === 'no' ? no : 0)) });
          return people > 1 && said(people - 1, 1) !== 'passed' && said(people, 0) === 'passed';
        });
        if (size === undefined) return [];
        return [
          finding('GDO404', placeIn(model, vote.voters, vote), {
            message: `With ${size} people in \`${role ?? ''}\` nobody can be removed through \`${process.name}\` against their own vote`,
            label: 'the subject votes, too',
            why: 'Nobody votes for their own removal, so it fails exactly when it matters',
            help: `leave them out:  voters ${role ?? ''} except the subject`,
          }),
        ];
      }),
    ),
};
