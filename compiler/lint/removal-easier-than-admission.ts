// GDO314: throwing somebody out takes less than letting somebody in.
import type { CharterProcess, CharterRole, CharterStage, CharterVote } from '../../engine/index.ts';
import { weakerForBody } from '../analysis/dominance.ts';
import type { Contender, Dominated } from '../analysis/dominance.ts';
import { finding, labelled } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { expels, granters, grantsRole, removers } from './effects.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { ballotSample } from './sample.ts';

function granting(model: Model, process: CharterProcess, role: string): Contender {
  return { process, isGoal: (outcome) => outcome.effects.some((effect) => grantsRole(model.charter, process, effect, role)) };
}

/** The same process as if whoever is concerned might vote: that one person fewer takes part makes a removal no lighter than an admission. */
function withEverybody(process: CharterProcess): CharterProcess {
  const all = <Vote extends CharterVote>(vote: Vote): Vote => ({ ...vote, voters: { ...vote.voters, except: [] } });
  const stages = process.stages.map((stage): CharterStage => {
    if (stage.kind === 'vote') return all(stage);
    return stage.kind === 'joint' ? { ...stage, votes: stage.votes.map(all) } : stage;
  });
  return { ...process, stages };
}

function removing(model: Model, process: CharterProcess, role: string): Contender {
  return { process: withEverybody(process), isGoal: (outcome) => outcome.effects.some((effect) => expels(model.charter, process, effect, role)) };
}

const keeping = (share: string): string =>
  `${ballotSample('keeping', [], `at least ${share}`, 'voters keepers', 'grant keeper to the candidate')}\n${ballotSample('removal', ['about keepers'], 'at least 3/4', 'voters keepers', 'remove keeper from the subject')}`;

/** The rule `removal-easier-than-admission`. */
export const removalEasierThanAdmission: LintRule = {
  code: 'GDO314',
  name: 'removal-easier-than-admission',
  what: 'Removing takes less than admitting',
  why: 'A faction that could never win new seats can still empty the old ones',
  fix: 'Ask for at least as much to remove as to admit',
  bad: keeping('4/5'),
  good: keeping('2/3'),
  late: true,
  witness: (model) =>
    firstWitness(easier(model), ({ role, remover }) =>
      groupWitness(
        model,
        remover,
        removing(model, remover, role.name).isGoal,
        (people) => `${peopleText(people)} can remove somebody from ${role.name} through ${remover.name}`,
      ),
    ),
  check: (model) =>
    easier(model).map(({ role, remover, granter, proof }) =>
      finding('GDO314', placeIn(model, remover, remover), {
        message: `Removing somebody from \`${role.name}\` takes less than admitting: ${proof.enough} only for \`${remover.name}\``,
        label: 'asks for less',
        why: 'A faction that could never win new seats can still empty the old ones',
        help: 'ask for at least as much to remove as to admit',
        related: [labelled(placeIn(model, granter, granter), 'asks for more')],
      }),
    ),
};

interface Easier {
  readonly role: CharterRole;
  readonly remover: CharterProcess;
  readonly granter: CharterProcess;
  readonly proof: Dominated;
}

/** Removals that take less than every admission, beside the first of those. */
function easier(model: Model): readonly Easier[] {
  return model.charter.roles.flatMap((role) =>
    removers(model.charter, role.name).flatMap((remover) => {
      const found = granters(model.charter, role.name).flatMap((granter) => {
        const proof =
          remover === granter
            ? undefined
            : weakerForBody(model.charter, removing(model, remover, role.name), granting(model, granter, role.name), model.analyses);
        return proof === undefined ? [] : [{ role, remover, granter, proof }];
      });
      return found.length < granters(model.charter, role.name).length ? [] : found.slice(0, 1);
    }),
  );
}
