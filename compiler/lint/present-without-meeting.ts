// GDO114: `present` where no meeting took place before (S29).
import type { Charter, CharterMeeting, CharterProcess, CharterVote } from '../../engine/index.ts';
import { rolesBehind } from '../analysis/holders.ts';
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';
import { reachable, votesOf } from './stage-graph.ts';

/** The rule `present-without-meeting`: some way leads to the vote without a meeting. */
export const presentWithoutMeeting: LintRule = {
  code: 'GDO114',
  name: 'present-without-meeting',
  what: 'Presence is asked for, and some way leads here without a meeting',
  why: 'Nobody is present anywhere, so nobody could vote, or any share of nobody would be asked for',
  fix: 'Hold a `meeting` before, or ask for votes cast',
  bad: `process policy
  started by any keeper
  vote ballot
    voters keepers present
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  meeting assembly
    called by any keeper within 30 days
    notice 7 days
    attended by keepers
    open for 3 hours
    quorum at least 1/2 of keepers present
    when quorate go to ballot
    otherwise go to refused
  end
  vote ballot
    voters keepers present
    open for 7 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const [first] = process.stages;
      if (first === undefined) return [];
      const withoutMeeting = reachable(process, [first.name], (stage) => stage.kind === 'meeting');
      return votesOf(process).flatMap(({ stage, vote }) => {
        const shutOut = withoutMeeting.has(stage.name) ? [] : kept(model.charter, process, vote);
        const [meeting] = meetingsOf(process);
        if (shutOut.length > 0 && meeting !== undefined) {
          const names = shutOut.map((name) => `\`${name}\``).join(' and ');
          return [
            finding('GDO114', placeIn(model, vote.voters, vote), {
              severity: 'warning',
              message: `Who holds ${names} votes in \`${vote.name}\` only if present, and \`${meeting.name}\` is attended by \`${meeting.attended?.role ?? 'person'}\``,
              label: 'cannot be present',
              why: 'They are named as voters, and whoever holds nothing else is turned away at the door',
              help: `let the meeting be attended by a role that all of them hold, or let them be of it:  open to ${meeting.attended?.role ?? 'person'}`,
            }),
          ];
        }
        const part = withoutMeeting.has(stage.name) ? presentPart(vote) : undefined;
        if (part === undefined) return [];
        return [
          finding('GDO114', placeIn(model, part, vote), {
            message: `\`${vote.name}\` asks who is present, and no meeting was held before`,
            label: 'present where?',
            why: 'Nobody is present anywhere, so the vote cannot be counted',
            help: 'put a `meeting` before the vote, or ask for votes cast',
          }),
        ];
      });
    }),
};

function meetingsOf(process: CharterProcess): readonly CharterMeeting[] {
  return process.stages.flatMap((stage) => (stage.kind === 'meeting' ? [stage] : []));
}

/** The voters who have to be present, and of whom no meeting of the process admits anybody, as far as the text and its first holders tell. */
function kept(charter: Charter, process: CharterProcess, vote: CharterVote): readonly string[] {
  if (vote.voters.present !== true) return [];
  const admitted = meetingsOf(process).map((meeting) => meeting.attended?.role ?? 'person');
  const first = (name: string): readonly string[] => charter.roles.find((role) => role.name === name)?.firstHeldBy ?? [];
  return vote.voters.roles.filter(
    (name) =>
      charter.roles.some((role) => role.name === name) &&
      admitted.every(
        (to) => !rolesBehind(charter, name).has(to) && !rolesBehind(charter, to).has(name) && !first(name).some((person) => first(to).includes(person)),
      ),
  );
}

function presentPart(vote: CharterVote): object | undefined {
  if (vote.voters.present === true) return vote.voters;
  const quorum = vote.quorums.find((line) => line.counted === 'present');
  return quorum ?? vote.passes.flatMap((line) => line.tests).find((test) => test.kind === 'share-of-base' && test.base === 'those-present');
}
