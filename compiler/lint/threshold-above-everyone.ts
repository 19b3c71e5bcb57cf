// GDO302: a count of acts or ballots that more people must reach than there can be.
import type { CharterProcess } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { countedBounds } from './counted-bounds.ts';
import type { CountedBound } from './counted-bounds.ts';
import { countNeeded, excludedFrom, rosterSize } from './roster-size.ts';
import type { LintRule, Model } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `threshold-above-everyone`. Quorums are GDO301. */
export const thresholdAboveEveryone: LintRule = {
  code: 'GDO302',
  name: 'threshold-above-everyone',
  what: 'More people are asked for than can hold the role',
  why: 'The clause never takes effect, so the case always takes the other way',
  fix: 'Ask for fewer people, or for a share',
  bad: `process policy
  started by any keeper
  step support
    when 12 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  step support
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      countedBounds(process).flatMap((counted) => {
        const over = counted.use === 'quorum' ? undefined : excess(model, process, counted);
        if (over === undefined) return [];
        return [
          finding('GDO302', placeIn(model, counted.thing, process), {
            message: `This asks for ${peopleText(over.needed)}, and at most ${over.available} can do it`,
            label: `needs ${over.needed}`,
            why: 'The clause never takes effect, and people who rely on it wait for nothing',
            help: 'ask for fewer people, or for a share such as `2/3 of` the role',
          }),
        ];
      }),
    ),
};

function excess(model: Model, process: CharterProcess, counted: CountedBound): { readonly needed: number; readonly available: number } | undefined {
  for (const share of counted.shares) {
    const available = availablePeople(model, process, counted, share);
    const needed = countNeeded(share, counted.comparison);
    if (available !== undefined && needed !== undefined && needed > available) return { needed, available };
  }
  return undefined;
}

/** The most people who can count towards a share; undefined where the role has no upper bound. Pure. */
export function availablePeople(model: Model, process: CharterProcess, counted: CountedBound, share: CountedBound['shares'][number]): number | undefined {
  const most = rosterSize(model.charter, share.role, process, counted.vote)?.most;
  if (most === undefined) return undefined;
  const starting =
    share.other === true &&
    process.starts.length > 0 &&
    process.starts.every((start) => start.kind === 'by' && start.actor.kind !== 'count' && start.actor.role === share.role);
  const left = counted.vote === undefined ? 0 : excludedFrom(process, counted.vote, share.role).surely;
  return most - left - (starting ? 1 : 0);
}
