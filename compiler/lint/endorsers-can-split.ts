// GDO324: attesters of a program's verdict who are not more than half, so that two verdicts can both be attested (S104).
import { finding } from '../finding.ts';
import { fewestActing, legalSizes, roleOfActor } from './legal-sizes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { ballotSample } from './sample.ts';

const dapp = (endorsers: string): string =>
  `role node plural nodes
  held by 4 people
  first held by "n1", "n2", "n3", "n4"
  gained through hosting
  lost through resignation or 1 year without activity
  vacancy filled through hosting within 30 days
  while short only hosting
end

${ballotSample('hosting', [], 'more than 1/2', 'voters keepers', 'grant node to the candidate')}
area code covers "src/**"

dapp judge
  image "sha256:${'ab'.repeat(32)}"
  checks code
  answers within 1 hour
  endorsed by ${endorsers}
end

${ballotSample('change', ['governs code', 'on edit refuse'], 'at least 3/4', 'voters keepers', 'accept the merge within 60 days')}`;

/** The rule `endorsers-can-split`. */
export const endorsersCanSplit: LintRule = {
  code: 'GDO324',
  name: 'endorsers-can-split',
  what: 'Two groups that share nobody can attest two verdicts of this program',
  why: 'One group says accept and the other refuse, and both are enough: which one counts depends on who is asked first',
  fix: 'Ask for more than half at every legal size: `endorsed by more than 1/2 of nodes`',
  bad: dapp('2 nodes'),
  good: dapp('3 nodes'),
  check: (model) =>
    model.charter.dapps.flatMap((one) => {
      const actor = one.endorsedBy;
      const role = actor === undefined ? undefined : roleOfActor(model.charter, actor);
      if (actor === undefined || role === undefined) return [];
      const size = legalSizes(role).find((people) => 2 * (fewestActing(actor, people) ?? people) <= people);
      if (size === undefined) return [];
      const group = fewestActing(actor, size) ?? size;
      return [
        finding('GDO324', placeIn(model, actor, one), {
          message: `With ${size} people in \`${role.name}\` two groups of ${group} can attest two verdicts of \`${one.name}\``,
          label: 'not more than half',
          why: 'One group says accept and the other refuse, and both are enough',
          help: `ask for more than half at every legal size:  endorsed by more than 1/2 of ${role.plural ?? role.name}`,
        }),
      ];
    }),
};
