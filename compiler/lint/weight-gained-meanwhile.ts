// GDO316: what gives people weight or a vote can still be gained while the case is known and not yet frozen (S7).
import type { CharterDuration, CharterVote } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { timeText } from '../number-words.ts';
import { durationText } from '../sentences-words.ts';
import { longest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { processSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';
import { earliestOpenings } from './stage-times.ts';

interface Window {
  readonly duration: CharterDuration;
  readonly thing: object;
  readonly says: string;
}

/** The windows a vote asks its voters about: the time its measure looks back on, and how long they must have been there. */
function windowsOf(model: Model, vote: CharterVote): readonly Window[] {
  const measure = model.charter.measures.find((one) => one.name === vote.voters.weightedBy);
  const joined = vote.voters.who.flatMap((fact) => (fact.kind === 'joined' ? [{ duration: fact.ago, thing: fact, says: 'asks only that they joined' }] : []));
  return measure?.over === undefined ? joined : [...joined, { duration: measure.over, thing: vote, says: `weighs by \`${measure.name}\` over the last` }];
}

const discussed = (age: string): string =>
  processSample(
    'step discussion',
    '  after 21 days go to ballot',
    'end',
    'vote ballot',
    `  voters keepers who joined at least ${age} ago`,
    '  open for 7 days',
    '  quorum at least 2/3 of keepers voting',
    '  passes when more than 1/2 of votes cast are yes',
    '  when passed go to accepted',
    '  otherwise go to refused',
    'end',
  );

/** The rule `weight-gained-meanwhile`. */
export const weightGainedMeanwhile: LintRule = {
  code: 'GDO316',
  name: 'weight-gained-meanwhile',
  what: 'Between the start of a case and its vote there is time to get what the vote counts',
  why: 'Whoever reads the proposal can still join, or work up weight, and then decide about it',
  fix: 'Look further back than the discussion lasts, or freeze earlier: `as of the start`',
  bad: discussed('14 days'),
  good: discussed('30 days'),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const openings = earliestOpenings(process);
      return votesOf(process).flatMap(({ stage, vote }) => {
        const notice = vote.voters.asOfTheStart === true ? 0 : (openings.get(stage.name) ?? 0);
        const short = windowsOf(model, vote).find((window) => longest(window.duration) < notice);
        if (short === undefined) return [];
        return [
          finding('GDO316', placeIn(model, short.thing, vote), {
            message: `\`${vote.name}\` ${short.says} ${durationText(short.duration)}${short.says.endsWith('joined') ? ' ago' : ''}, and the case is known ${timeText(notice)} before`,
            label: durationText(short.duration),
            why: 'Whoever reads the proposal can still join, or work up weight, and then decide about it',
            help: 'look further back than the discussion lasts, or freeze earlier:  as of the start',
          }),
        ];
      });
    }),
};
