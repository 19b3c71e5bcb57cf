// GDO520: offline ballots that need more receipts than there may be other witnesses (S105).
import { finding } from '../finding.ts';
import { counted } from '../number-words.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `grace-without-witnesses`. */
export const graceWithoutWitnesses: LintRule = {
  code: 'GDO520',
  name: 'grace-without-witnesses',
  what: 'An offline ballot needs more receipts than there may be witnesses for',
  why: 'The grace is promised and can never be given: such a ballot is always late',
  fix: 'Ask for fewer receipts, or for more witnesses',
  bad: `organization "Example"
  day ends "UTC"
  witnessed by keepers final by quorum
end
area bylaws covers "bylaws/**"

process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    grace 2 days with 5 receipts
    quorum at least 2/3 of keepers voting
    passes when at least 2/3 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: `organization "Example"
  day ends "UTC"
  witnessed by keepers final by quorum
end
area bylaws covers "bylaws/**"

process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    grace 2 days with 2 receipts
    quorum at least 2/3 of keepers voting
    passes when at least 2/3 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) => {
    const witnesses = model.charter.organization.witnessed?.role;
    const least = witnesses === undefined ? 1 : model.charter.roles.find((role) => role.name === witnesses)?.held?.least;
    return model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }) => {
        if (vote.grace === undefined || least === undefined || vote.grace.receipts + 1 <= least) return [];
        return [
          finding('GDO520', placeIn(model, vote.grace, vote), {
            message: `This needs ${counted(vote.grace.receipts, 'receipt')} beside the voter's own device, and there may be ${counted(least, 'witness', 'witnesses')}`,
            label: counted(vote.grace.receipts, 'receipt'),
            why: 'The grace is promised and cannot be given: such a ballot is late',
            help: 'ask for fewer receipts, or let more people be witnesses',
          }),
        ];
      }),
    );
  },
};
