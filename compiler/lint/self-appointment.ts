// GDO405: a body that one of its holders can fill alone.
import type { CharterOutcome, CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { granters, grantsRole } from './effects.ts';
import { amendingProcesses, quickestWay } from './group-reach.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `self-appointment`. */
export const selfAppointment: LintRule = {
  code: 'GDO405',
  name: 'self-appointment',
  what: 'One holder can give this role to others alone',
  why: 'Two friends become nine, and then they are the majority',
  fix: 'Let others agree: `when 2 other keepers endorse go to kept`',
  bad: `process keeping
  started by any keeper
  step notice
    after 7 days go to kept
  end
  outcome kept
    grant keeper to the candidate
  end
end
`,
  good: `process keeping
  started by any keeper
  step notice
    when 3 other keepers approve go to kept
    after 7 days go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end
`,
  witness: (model) =>
    firstWitness(
      model.charter.roles.flatMap((role) => granters(model.charter, role.name).map((process) => ({ role, process }))),
      ({ role, process }) => {
        const isGoal = (outcome: CharterOutcome): boolean => outcome.effects.some((effect) => grantsRole(model.charter, process, effect, role.name));
        const way = quickestWay(model.charter, process, { people: 1, silent: false, role: role.name }, isGoal);
        return way === undefined ? undefined : groupWitness(model, process, isGoal, () => `one ${role.name} makes others ${role.name}`);
      },
    ),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      if (role.held?.most === 1) return [];
      return granters(model.charter, role.name).flatMap((process) => {
        // Where others may vote, one ballot that decides is GDO406's.
        const stages = process.stages.map((stage) => (stage.kind === 'vote' ? { ...stage, results: [], passes: [] } : stage));
        const silentVotes = { ...process, stages: stages.map((stage) => (stage.kind === 'vote' ? withoutOtherwise(stage) : stage)) };
        const way = quickestWay(model.charter, silentVotes, { people: 1, silent: false, role: role.name }, (outcome) =>
          outcome.effects.some((effect) => grantsRole(model.charter, process, effect, role.name)),
        );
        if (way === undefined) return [];
        const decides = amendingProcesses(model.charter).some((other) => votesOf(other).some(({ vote }) => vote.voters.roles.includes(role.name)));
        return [
          finding('GDO405', placeIn(model, way.parts[0] ?? process, process), {
            severity: decides ? 'error' : 'warning',
            message: `One \`${role.name}\` can make others \`${role.name}\` alone, through \`${process.name}\``,
            label: 'one person starts, and nobody has to agree',
            why: 'Whoever wants a majority makes one',
            help: 'let others agree before the grant:  when 2 other ... endorse go to ...',
          }),
        ];
      });
    }),
};

function withoutOtherwise(vote: CharterVote): CharterVote {
  const { otherwise: _otherwise, ...rest } = vote;
  return rest;
}
