// GDO203: a vote, joint, meeting or draw with a result that leads nowhere.
import type { CharterStage, CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';
import { targetsOf } from './stage-graph.ts';

/** The rule `missing-otherwise`. Stages that lead nowhere at all are GDO202. */
export const missingOtherwise: LintRule = {
  code: 'GDO203',
  name: 'missing-otherwise',
  what: 'A result of this stage is not answered',
  why: 'A case that ends with that result has nowhere to go and stays undecided',
  fix: 'Add `otherwise go to ...`',
  bad: `process appointment
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
  end
end
`,
  good: `process appointment
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
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        const missing = targetsOf(stage).length === 0 ? [] : unanswered(stage);
        if (missing.length === 0) return [];
        const names = missing.map((name) => `\`${name}\``).join(' or ');
        return [
          finding('GDO203', placeIn(model, stage, process), {
            message: `\`${stage.name}\` does not say what happens when it ends with ${names}`,
            label: `${names} leads nowhere`,
            why: 'Such a case stays undecided for ever',
            help: 'add a last line:  otherwise go to refused',
          }),
        ];
      }),
    ),
};

function unanswered(stage: CharterStage): readonly string[] {
  switch (stage.kind) {
    case 'vote':
      return stage.otherwise === undefined ? possible(stage).filter((name) => !stage.results.some((result) => result.result === name)) : [];
    case 'joint':
      return stage.otherwise === undefined ? ['failed'] : stage.passes === undefined ? ['passed'] : [];
    case 'meeting': {
      const results = stage.quorums.length === 0 ? ['quorate'] : ['quorate', 'inquorate'];
      return stage.otherwise === undefined ? results.filter((name) => !stage.results.some((result) => result.result === name)) : [];
    }
    case 'draw':
      return stage.otherwise === undefined ? ['too few reveals'] : [];
    case 'step':
    case 'outcome':
      return [];
  }
}

function possible(vote: CharterVote): readonly string[] {
  const quorum = vote.quorums.length === 0 ? [] : ['inquorate'];
  if (vote.counted === undefined) return [...new Set(vote.passes.map((line) => line.result)), 'failed', ...quorum];
  const winner = vote.elects === undefined ? 'won' : 'elected';
  return [winner, 'failed', 'empty', ...quorum];
}
