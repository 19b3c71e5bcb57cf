// GDO524: a result that is needed by an instant, and ballots that are opened after it.
import { finding } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { effectsOf } from './effects.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `opening-after-deadline`. */
export const openingAfterDeadline: LintRule = {
  code: 'GDO524',
  name: 'opening-after-deadline',
  what: 'The ballots may be opened after the result is needed',
  why: 'Everybody voted in time, and the decision is undone because nobody could read it yet',
  fix: 'Shorten the time to open the ballots',
  bad: `area work covers "**" except "bylaws/**"

process emergency
  governs work
  started by 4 keepers
  on edit refuse
  limit 1 cases per author per 60 days
  step support
    when 3 other keepers approve go to done
    after 2 days go to refused
  end
  outcome done
    accept the merge until ratified through review within 9 days
  end
end

process review
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    ballots sealed until the close revealed within 4 days
    quorum at least 2/3 of keepers voting
    passes when at least 3/4 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  good: `process review
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    ballots sealed until the close revealed within 4 days
    quorum at least 2/3 of keepers voting
    passes when at least 3/4 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      effectsOf(process).flatMap(({ outcome, effect }) => {
        if (effect.kind !== 'accept-merge' || effect.ratified === undefined) return [];
        const { ratified } = effect;
        const review = model.charter.processes.find((other) => other.name === ratified.process);
        const votes = review === undefined ? [] : votesOf(review);
        return votes.flatMap(({ vote }) => {
          if (vote.revealedWithin === undefined) return [];
          const [open, opened] = [longest(vote.open), longest(vote.open) + longest(vote.revealedWithin)];
          if (open > shortest(ratified.within) || opened <= shortest(ratified.within)) return [];
          return [
            finding('GDO524', placeIn(model, effect, outcome), {
              message: `\`${vote.name}\` may be opened ${durationText(vote.revealedWithin)} after its close, and the result is needed within ${durationText(ratified.within)}`,
              label: 'needed before',
              why: 'Everybody voted in time, and the decision is undone because nobody could read it yet',
              help: 'shorten the time to open the ballots, or give the ratification more time',
            }),
          ];
        });
      }),
    ),
};
