// Which case ratifies a decision that holds only until then (S56, S122, decision 0061), and what people are told.
import { describe, expect, it } from 'vitest';
import type { ChangeEntry } from '../../../engine/index.ts';
import { entriesUnder, holdersOf } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "Ratified"
end
area work covers "work/**"
area core covers "core/**"
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through urgent
end
process urgent
  governs work
  started by any member
  step now
    when 1 member approves go to done
    after 2 days go to refused
  end
  outcome done
    accept the merge until ratified through council within 10 days
    grant chair to the candidate
  end
end
process council
  governs work, core
  started by any member
  about person
  step talk
    when 2 members approve go to agreed
    when 2 members object go to refused
    after 20 days go to refused
  end
  outcome agreed
    accept the merge
  end
end
process other
  started by any member
  about person
  step talk
    when 2 members approve go to accepted
    after 9 days go to refused
  end
end
forbid "three agree"
  any merge in core with fewer than 3 approving members
end
`;

const entry = (path: string, old: string, fresh: string): readonly ChangeEntry[] => [{ path, old: `100644:${old}`, new: `100644:${fresh}` }];

interface Ratifying {
  /** Notes of the epoch before the decision, of the one that proposes it, and of a day later. */
  readonly before?: (org: Organization) => readonly Note[];
  readonly beside?: (org: Organization) => readonly Note[];
  readonly after?: (org: Organization) => readonly Note[];
  /** How the cases beside the decision are decided, and when. */
  readonly verb?: string;
  readonly decidedMs?: number;
  /** How many other decisions still wait to be ratified in the end. */
  readonly kept?: number;
}

/** Whether a decision still stands after its time: who is chair, what main holds, and what was told at that instant. */
function played({ before, beside, after, verb = 'approve', decidedMs = 3 * day, kept = 0 }: Ratifying) {
  const org = found(
    bylaws,
    { member: ['ada', 'ben', 'chi', 'dev'] },
    {
      content: [
        ['work/a', '100644:aa'],
        ['work/b', '100644:ba'],
        ['core/c', '100644:ca'],
      ],
    },
  );
  const { proposeChange, act } = notesFor(org);
  const fine = (timeMs: number, notes: readonly Note[]): void => expect(org.epoch(timeMs, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
  fine(0, before?.(org) ?? []);
  fine(1, [proposeChange('ada', 'urgent', entry('work/a', 'aa', 'ab'), { candidate: 'dev' }), ...(beside?.(org) ?? [])]);
  const own = before === undefined ? 1 : 1 + before(org).length;
  const told = org.epoch(hour, act('ada', own, 'approve')).notices.map(({ kind, reason }) => [kind, reason]);
  expect(told).toContainEqual(['waiting', 'it lasts until `council` ratifies it, or ends in 10 days']);
  expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['dev']);
  fine(day, after?.(org) ?? []);
  const cases = Number(entriesUnder(org.state(), 'current')[0]?.[1]['cases']);
  const others = Array.from({ length: cases }, (_, index) => index + 1).filter((number) => number !== own && org.view(number).status === 'open');
  for (const number of others) org.epoch(decidedMs, act('ben', number, verb), act('chi', number, verb));
  const { notices } = org.epoch(hour + 10 * day);
  expect(entriesUnder(org.state(), 'ratify/')).toHaveLength(kept);
  return {
    chairs: holdersOf(org.state(), org.charter, 'chair'),
    content: entriesUnder(org.state(), 'content/work/a').map(([, value]) => value['entry']),
    told: notices.filter(({ number }) => number === own).map(({ kind, reason }) => [kind, reason]),
  };
}

const about =
  (who: string, process = 'council') =>
  (org: Organization): readonly Note[] => [notesFor(org).propose('ben', process, { subject: who })];
const merging =
  (...changes: readonly (readonly [path: string, old: string, fresh: string])[]) =>
  (org: Organization): readonly Note[] =>
    changes.map((change) => notesFor(org).proposeChange('ben', 'council', entry(...change), { subject: 'dev' }));

describe('a decision that holds until it is ratified (S56)', () => {
  it.each<readonly [title: string, ratifying: Ratifying, by: number]>([
    ['that is about the same people and began after it', { after: about('dev') }, 2],
    ['that began with it', { beside: about('dev') }, 2],
    ['that merges something, and did', { after: merging(['work/b', 'ba', 'bb']) }, 2],
    ['that was accepted a moment before its time is over', { after: about('dev'), decidedMs: hour + 10 * day - 1 }, 2],
    // The second of them finds the path changed.
    ['that merged, beside one whose merge is stale', { after: merging(['work/b', 'ba', 'bb'], ['work/b', 'ba', 'bc']) }, 2],
  ])('stands for good by a case %s', (_, ratifying, by) => {
    expect(played(ratifying)).toEqual({ chairs: ['dev'], content: ['100644:ab'], told: [['decided', `case ${by} of \`council\` ratified it`]] });
  });

  it.each<readonly [title: string, ratifying: Ratifying]>([
    ['about somebody else', { after: about('chi') }],
    ['that began before it', { before: about('dev') }],
    ['of another process', { after: about('dev', 'other') }],
    ['that was refused', { after: about('dev'), verb: 'object' }],
    ['whose merge the bylaws forbid', { after: merging(['core/c', 'ca', 'cb']) }],
    ['that is accepted when its time is over', { after: about('dev'), decidedMs: hour + 10 * day }],
  ])('is undone where there is only a case %s', (_, ratifying) => {
    const { chairs, content } = played(ratifying);
    expect([chairs, content]).toEqual([[], ['100644:aa']]);
  });

  it('is undone where the merge of the case that should ratify it is stale', () => {
    const after = (org: Organization): readonly Note[] => [
      notesFor(org).proposeChange('ben', 'urgent', entry('work/b', 'ba', 'bb'), { candidate: 'chi' }),
      ...merging(['work/b', 'ba', 'bc'])(org),
    ];
    const { chairs, content } = played({ after, kept: 1, decidedMs: 2 * day });
    expect([chairs, content]).toEqual([['chi'], ['100644:aa']]);
  });
});
