// What people have done, as measures count it (S112): cases, merges, attendances and acts, seen in what people may start; the same whether the bylaws counted
// it as it happened or begin to count it later. Ballots are measures.test.ts's.
import { describe, expect, it } from 'vitest';
import { amend, amendment } from './amending.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eva'];
const most = 3;

/** Bylaws with a measure, or without one, and processes that people may start who have at least so much of it. */
const bylaws = (measure: string, more = ''): string => `gdo 1
organization "Deeds"
end
area rules covers "bylaws/**"
area work covers "work/**"
role member plural members
  held by 1 to 9 people
end
action applaud by any member
action review by any member
process poll
  started by any member
  vote ballot
    voters members
    open for 1 day
    ballots may change
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
process motion
  started by any member
  step talk
    when 2 members review go to accepted
    when any member objects go to refused
    after 9 days go to refused
  end
end
process change
  governs work
  started by any member
  on conflict refuse
  step talk
    when any member approves go to accepted
    after 9 days go to refused
  end
end
process assembly
  started by any member
  meeting hall
    notice 1 day
    attended by members
    open for 2 hours
    quorum at least 2 members present
    when quorate go to refused
    otherwise go to accepted
  end
end
${amendment}${more}${measure === '' ? '' : `measure effort counts ${measure} end\n${Array.from({ length: most }, (_, index) => has(index + 1)).join('')}`}`;

const has = (count: number): string => `process has-${count}
  started by any member who has at least ${count} effort
  step talk
    after 1 day go to refused
  end
end
`;

const founded = (text: string): Organization =>
  found(
    text,
    { member: people },
    {
      content: [
        ['bylaws/a', '100644:aa'],
        ['work/a', '100644:aa'],
      ],
    },
  );

/** How much each person has, as far as `most`, by what they may start. */
function efforts(org: Organization, atMs: number, inForce = org.hash): Readonly<Record<string, number>> {
  const tries = people.flatMap((member) =>
    Array.from({ length: most }, (_, index): readonly [string, Note] => [member, notesFor(org).propose(member, `has-${index + 1}`, { bylaws: inForce })]),
  );
  const { verdicts } = org.epoch(atMs, ...tries.map(([, note]) => note));
  return Object.fromEntries(people.map((member) => [member, tries.filter(([by], at) => by === member && verdicts[at] === 'ok').length]));
}

/** Puts other bylaws in force; `eva` proposes them. @returns their hash */
function amended(org: Organization, atMs: number, text: string): string {
  amend(org, atMs, text, { approved: ['ana', 'bo'], proposed: 'eva' });
  return compile(text).hash;
}

/** Six cases in 13 days. */
function played(org: Organization): void {
  const { propose, proposeChange, act } = notesFor(org);
  const change = (by: string, fresh: string): Note => proposeChange(by, 'change', [{ path: 'work/a', old: '100644:aa', new: fresh }]);
  // On day 0 a motion of bo's is accepted; on day 9 another one is refused, though ana reviewed it.
  org.epoch(0, propose('bo', 'motion'), propose('bo', 'motion'));
  org.epoch(1, act('dee', 2, 'review'));
  expect(org.epoch(2, act('dee', 2, 'withdraw', { about: 'review' })).verdicts).toEqual(['ok']);
  org.epoch(hour, act('ana', 1, 'review'), act('cy', 1, 'review'), act('ana', 2, 'review'));
  org.epoch(9 * day);
  // On day 10 a change of cy's is merged, and dee's, which is accepted as well, finds other content.
  org.epoch(10 * day, change('cy', '100644:bb'), change('dee', '100644:cc'));
  org.epoch(10 * day + hour, act('ana', 3, 'approve'), act('ana', 4, 'approve'));
  // Outside of any case dee applauds, and ana does twice.
  const applauds = (by: string): Note => ({ by, kind: 'perform', body: { verb: 'applaud', text: 'well done' } });
  org.epoch(11 * day - hour, applauds('dee'), applauds('ana'), applauds('ana'));
  // On day 13 a meeting ends that bo and cy attended, and one that nobody did.
  org.epoch(11 * day, propose('ana', 'assembly'), propose('dee', 'motion'));
  expect(org.epoch(12 * day, act('bo', 5, 'attend'), act('cy', 5, 'attend'), act('ana', 6, 'object')).verdicts).toEqual(['ok', 'ok', 'ok']);
  org.epoch(12 * day + 2 * hour);
  expect([1, 2, 3, 4, 5, 6].map((number) => org.view(number).status)).toEqual(['accepted', 'refused', 'merged', 'stale', 'refused', 'refused']);
}

const nobody = { ana: 0, bo: 0, cy: 0, dee: 0, eva: 0 };
const counts: readonly (readonly [what: string, of: Readonly<Record<string, number>>, laterMs: number, left: Readonly<Record<string, number>>])[] = [
  // An accepted case whose merge is stale is none: it changed nothing.
  ['accepted-cases', { bo: 1, cy: 1 }, 20 * day + 2 * hour, { cy: 1 }],
  ['accepted-merges', { cy: 1 }, 30 * day + 2 * hour, {}],
  ['attendances', { bo: 1, cy: 1 }, 32 * day + 2 * hour - 1, { bo: 1, cy: 1 }],
  ['review', { ana: 2, cy: 1 }, 20 * day + 2 * hour, {}],
  ['applaud', { ana: 2, dee: 1 }, 31 * day - hour, {}],
];

describe('a measure', () => {
  it.each(counts)('of %s counts what the ledger records, for whoever did it, while it lies in the window', (what, expected, laterMs, left) => {
    const org = founded(bylaws(`${what} by each member over the last 20 days`));
    played(org);
    expect(efforts(org, 13 * day)).toEqual({ ...nobody, ...expected });
    expect(efforts(org, laterMs)).toEqual({ ...nobody, ...left });
  });

  it.each(counts)('of %s says the same of the past where bylaws begin to count it later', (what, expected, laterMs, left) => {
    const org = founded(bylaws(''));
    played(org);
    const inForce = amended(org, 14 * day, bylaws(`${what} by each member over the last 20 days`));
    // The amendment itself is of the past, too.
    const own = what.startsWith('accepted') ? { eva: 1 } : {};
    expect(efforts(org, 15 * day, inForce)).toEqual({ ...nobody, ...expected, ...own });
    expect(efforts(org, laterMs, inForce)).toEqual({ ...nobody, ...left, ...own });
  });

  it('of what a program reported under the old bylaws counts what the ledger records', () => {
    const program = 'collaborator books kept by any member\n  reports "review"\nend\n';
    const alone = (measure: string): string => bylaws(measure, program).replace('action applaud by any member\n', '');
    const org = founded(alone('review by each member reported by books'));
    played(org);
    expect(efforts(org, 13 * day)).toEqual(nobody);
    const inForce = amended(org, 14 * day, alone('review by each member'));
    expect(efforts(org, 15 * day, inForce)).toEqual({ ...nobody, ana: 2, cy: 1 });
  });

  it('goes on counting what it did where bylaws begin to count something else: a ballot that was changed is one', () => {
    const text = (more: string): string => bylaws('ballots by each member', more);
    const org = founded(text(''));
    played(org);
    const { propose, ballot } = notesFor(org);
    org.epoch(13 * day, propose('eva', 'poll'));
    org.epoch(13 * day + 1, ballot('bo', 7, 'yes'));
    org.epoch(13 * day + 2, ballot('bo', 7, 'no'));
    org.epoch(14 * day);
    const inForce = amended(org, 14 * day + 1, text('measure merges counts accepted-merges by each member end\n'));
    expect(efforts(org, 15 * day, inForce)).toEqual({ ...nobody, bo: 1 });
  });

  it('counts two things of one instant as two', () => {
    for (const what of ['attendances', 'ballots']) {
      for (const isLater of [false, true]) {
        const org = founded(bylaws(isLater ? '' : `${what} by each member`));
        const { propose, act, ballot } = notesFor(org);
        const kind = what === 'ballots' ? 'poll' : 'assembly';
        org.epoch(0, ...Array.from({ length: 6 }, (_, index) => propose('ana', index < 2 ? kind : 'motion')));
        const does = (number: number): Note => (what === 'ballots' ? ballot('bo', number, 'yes') : act('bo', number, 'attend'));
        expect(org.epoch(day + (what === 'ballots' ? -1 : 1), does(1), does(2)).verdicts).toEqual(['ok', 'ok']);
        org.epoch(2 * day);
        const inForce = isLater ? amended(org, 3 * day, bylaws(`${what} by each member`)) : org.hash;
        expect([what, isLater, efforts(org, 4 * day, inForce)]).toEqual([what, isLater, { ...nobody, bo: 2 }]);
      }
    }
  });
});
