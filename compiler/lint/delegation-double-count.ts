// GDO317: two delegations of the same people for the same process.
import { finding, labelled } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `delegation-double-count`. */
export const delegationDoubleCount: LintRule = {
  code: 'GDO317',
  name: 'delegation-double-count',
  what: 'The same ballot can be delegated twice',
  why: 'Two people speak for one, and the count is larger than the body',
  fix: 'Keep one delegation for each process',
  bad: `delegation green by keeper
  for policy
  depth 1
end

delegation blue by keeper
  for policy
  depth 1
end

process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: `delegation green by keeper
  for policy
  depth 1
end

process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) =>
    model.charter.delegations.flatMap((later, index) => {
      const first = model.charter.delegations
        .slice(0, index)
        .find((other) => other.by === later.by && (other.for.length === 0 || later.for.length === 0 || other.for.some((name) => later.for.includes(name))));
      if (first === undefined) return [];
      const place = model.heads.get(first);
      return [
        finding('GDO317', placeIn(model, later, model.charter.organization), {
          message: `\`${later.by}\` can delegate the same ballot through \`${first.name}\` and \`${later.name}\``,
          label: 'for the same process again',
          why: 'Two people speak for one, and the count is larger than the body',
          help: 'keep one delegation for each process',
          related: place === undefined ? [] : [labelled(place, 'delegates it first')],
        }),
      ];
    }),
};
