// GDO323: a share of a role that nobody keeps a roll of (S87).
import type { CharterShare } from '../../engine/index.ts';
import { finding, labelled } from '../finding.ts';
import { countedBounds } from './counted-bounds.ts';
import { rosterSize } from './roster-size.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `share-of-open-role`. Whole numbers may count an open role. */
export const shareOfOpenRole: LintRule = {
  code: 'GDO323',
  name: 'share-of-open-role',
  what: 'A share is taken of a role that has no roll',
  why: 'Nobody knows how many there are, so the share is of nothing, and anyone could dilute it with new keys',
  fix: 'Ask for a number of people, or keep a roll: `gained through ...`',
  bad: `role visitor plural visitors
  held by anyone
end

process policy
  started by any visitor
  step support
    when 1/2 of other visitors approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `role visitor plural visitors
  held by anyone
end

process policy
  started by any visitor
  step support
    when 5 other visitors approve go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      countedBounds(process).flatMap((counted) => {
        const share = counted.shares.find(
          (candidate) => !isCount(candidate) && rosterSize(model.charter, candidate.role, process, counted.vote)?.open === true,
        );
        if (share === undefined) return [];
        const role = model.charter.roles.find((candidate) => candidate.name === share.role);
        const place = role === undefined ? undefined : (model.heads.get(role) ?? model.sources.get(role));
        return [
          finding('GDO323', placeIn(model, counted.thing, process), {
            message: `Nobody keeps a roll of \`${share.role}\`, so no share of it can be counted`,
            label: 'a share of nothing',
            why: 'Anyone can make keys, and so make any share as large or as small as they like',
            help: `ask for a number of people, such as \`at least 5\`, or keep a roll with \`gained through\``,
            related: place === undefined ? [] : [labelled(place, 'held by anyone, without `gained through`')],
          }),
        ];
      }),
    ),
};

function isCount(share: CharterShare): boolean {
  return share.kind === 'part' && share.amount.kind === 'count' && share.squareRoot !== true;
}
