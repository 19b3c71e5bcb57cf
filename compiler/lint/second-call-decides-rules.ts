// GDO326: a second call that fewer people, or anybody, can use to change the bylaws or remove somebody (S101).
import type { Charter, CharterMeeting, CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { amends, effectsOf } from './effects.ts';
import { atSecondCall } from './ballot-reach.ts';
import type { Called } from './ballot-reach.ts';
import { boundValue } from './people-count.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `second-call-decides-rules`. */
export const secondCallDecidesRules: LintRule = {
  code: 'GDO326',
  name: 'second-call-decides-rules',
  what: 'A second call with fewer people can change the bylaws or remove somebody',
  why: 'Whoever calls twice in the holidays decides with those few who came',
  fix: 'Keep a floor: `quorum at least 10 members voting`',
  bad: `process amendment
  governs bylaws
  started by any keeper
  on edit refuse
  vote ballot
    voters keepers
    open for 14 days
    second call after 7 days without quorum
    quorum at least 2/3 of keepers voting
    passes when more than 1/2 of all keepers are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: roleSample({}),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const removes = effectsOf(process).some(({ effect }) => effect.kind === 'remove');
      if (!removes && !amends(model.charter, process)) return [];
      const called = process.stages.flatMap((stage): readonly (CharterMeeting | CharterVote)[] =>
        stage.kind === 'joint' ? stage.votes : stage.kind === 'vote' || stage.kind === 'meeting' ? [stage] : [],
      );
      return called.flatMap((stage) => {
        if (stage.secondCall === undefined || !easesQuorum(model.charter, stage)) return [];
        return [
          finding('GDO326', placeIn(model, stage.secondCall, stage), {
            message: `At the second call of \`${stage.name}\` ${stage.secondCall.quorum === undefined ? 'anybody who comes' : 'fewer people'} can ${removes ? 'remove somebody' : 'change the bylaws'}`,
            label: stage.secondCall.quorum === undefined ? 'no quorum' : 'another quorum',
            why: 'Whoever calls twice in the holidays decides with those few who came',
            help: 'keep a floor, or leave these decisions out of the second call; if you mean it:  allow second-call-decides-rules because "..."',
          }),
        ];
      });
    }),
};

/** True where the second call asks for fewer people than the first; a stage without a quorum has no second call. */
function easesQuorum(charter: Charter, stage: Called): boolean {
  const asked = (call: Called): number => call.quorums.reduce((most, { bound }) => Math.max(most, boundValue(charter, bound)), 0);
  return stage.quorums.length > 0 && asked(atSecondCall(stage)) < asked(stage);
}
