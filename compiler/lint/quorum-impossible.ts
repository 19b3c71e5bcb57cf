// GDO301: a quorum that more people must meet than can be there.
import type { CharterProcess, CharterVote } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { finding, labelled } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { countedBounds } from './counted-bounds.ts';
import type { CountedBound } from './counted-bounds.ts';
import { countNeeded, excludedFrom, rosterSize } from './roster-size.ts';
import type { LintRule, Model } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `quorum-impossible`. An error where no legal roster, or no roster that can be reached, meets the quorum; a warning at a passing low. */
export const quorumImpossible: LintRule = {
  code: 'GDO301',
  name: 'quorum-impossible',
  what: 'This quorum asks for more people than can vote',
  why: 'Nothing can ever be decided here, however much everybody agrees',
  fix: 'Ask for a share, which follows the roster: `quorum at least 2/3 of keepers voting`',
  bad: `process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 10 keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 2/3 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) => model.charter.processes.flatMap((process) => countedBounds(process).flatMap((counted) => judge(model, process, counted))),
};

function judge(model: Model, process: CharterProcess, counted: CountedBound): readonly Diagnostic[] {
  if (counted.use !== 'quorum') return [];
  return counted.shares.flatMap((share) => {
    if (share.kind === 'part' && share.amount.kind === 'share' && share.squareRoot !== true && share.amount.numerator > share.amount.denominator) {
      return [report(model, process, counted, 'it needs more than everybody', 'more than all')];
    }
    const needed = countNeeded(share, counted.comparison);
    const size = rosterSize(model.charter, share.role, process, counted.vote);
    if (needed === undefined || size === undefined || size.open || !votesIn(counted.vote, share.role)) return [];
    const left = counted.vote === undefined ? { surely: 0, perhaps: 0 } : excludedFrom(process, counted.vote, share.role);
    const short = left.surely === 0 ? '' : ', one of whom may not vote here';
    if (size.most !== undefined && needed > size.most - left.surely) {
      return [report(model, process, counted, `it needs ${needed}, and of \`${share.role}\` there are at most ${size.most}${short}`, `needs ${needed}`)];
    }
    const role = model.charter.roles.find((candidate) => candidate.name === share.role);
    // Nobody new can come but through the very vote that lacks people, or not at all.
    const locked = role !== undefined && role.gainedThrough.every((name) => name === process.name);
    if (size.today !== undefined && needed > size.today - left.surely && locked) {
      return [
        report(model, process, counted, `it needs ${peopleText(needed)} and there ${size.today === 1 ? 'is' : 'are'} ${size.today}${short}`, `needs ${needed}`),
      ];
    }
    if (role?.held !== undefined && needed > size.least - left.perhaps) {
      return [
        warn(
          model,
          process,
          counted,
          `${fewPeople(size.least, share.role)}${left.perhaps > 0 && size.least > 0 ? ', fewer of whom may vote here,' : ''} this quorum of ${needed} cannot be met`,
        ),
      ];
    }
    return [];
  });
}

function fewPeople(least: number, role: string): string {
  return least === 0 ? `with nobody in \`${role}\`` : `with only ${peopleText(least)} in \`${role}\``;
}

function votesIn(vote: CharterVote | undefined, role: string): boolean {
  return vote === undefined || role === 'electorate' || (vote.voters.roles.length === 1 && vote.voters.roles[0] === role);
}

function report(model: Model, process: CharterProcess, counted: CountedBound, because: string, label: string): Diagnostic {
  return finding('GDO301', placeIn(model, counted.thing, process), {
    message: `This quorum cannot be met: ${because}`,
    label,
    why: `\`${process.name}\` can never decide anything, however much everybody agrees`,
    help: 'use a share, which follows the roster, such as:  quorum at least 2/3 of ... voting',
    related: rolePlaces(model, counted),
  });
}

function warn(model: Model, process: CharterProcess, counted: CountedBound, because: string): Diagnostic {
  return finding('GDO301', placeIn(model, counted.thing, process), {
    severity: 'warning',
    message: `This quorum fails at a passing low: ${because}`,
    label: 'fixed number',
    why: `While few people hold the role, \`${process.name}\` decides nothing`,
    help: 'use a share, which follows the roster, or a number that the smallest legal body reaches',
    related: rolePlaces(model, counted),
  });
}

function rolePlaces(model: Model, counted: CountedBound): readonly ReturnType<typeof labelled>[] {
  return counted.shares.flatMap((share) => {
    const held = model.charter.roles.find((role) => role.name === share.role)?.held;
    const place = held === undefined ? undefined : model.sources.get(held);
    return place === undefined || held === undefined
      ? []
      : [
          labelled(
            place,
            held.most === undefined
              ? `as few as ${held.least} allowed`
              : held.least === held.most
                ? peopleText(held.most)
                : `${held.least} to ${held.most} people`,
          ),
        ];
  });
}
