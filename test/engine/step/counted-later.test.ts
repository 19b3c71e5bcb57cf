// A measure says one thing of the past (S112, docs/decisions/0050), whether the bylaws counted it as it happened, begin to count it later, or counted it before.
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../../engine/index.ts';
import { amend, amendment } from './amending.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (counts: string, certified = ''): string => `gdo 1
organization "Deeds"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 9 people
end
action review by any member
measure effort counts ${counts} by each member over the last 20 days end
process motion
  started by any member
  on edit restart
  step talk
    when 4 members review go to accepted
    after 9 days go to refused
  end
end
process poll
  started by any member
  vote ballot
    voters members
    open for 3 days
    ballots may change
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
process assembly
  started by any member
  meeting hall
    attended by members${certified}
    open for 2 hours
    quorum at least 1 member present
    when quorate go to accepted
    otherwise go to refused
  end
end
${amendment}`;

/** An organization whose bylaws come to count one thing after another. */
interface Counting {
  readonly org: Organization;
  /** Puts bylaws that count something in force; in the same epoch others do something. */
  readonly counts: (atMs: number, what: string, ...meanwhile: readonly Note[]) => void;
  /** What the measure says of each person. */
  readonly efforts: (atMs: number) => readonly number[];
}

function counting(first: string, certified = ''): Counting {
  const org = found(bylaws(first, certified), { member: people }, { content: [['bylaws/a', '100644:aa']] });
  let inForce = compile(bylaws(first, certified));
  return {
    org,
    counts: (atMs, what, ...meanwhile) => {
      amend(org, atMs, bylaws(what, certified), { approved: ['ana', 'bo'], proposed: 'dee', meanwhile });
      inForce = compile(bylaws(what, certified));
    },
    efforts: (atMs) => people.map((member) => Number(amountOf({ state: org.state(), charter: inForce.charter, atMs, role: 'member' }, 'effort', member) ?? -1)),
  };
}

describe('an attendance', () => {
  /** A meeting from the first instant on that bo attends with two acts, and cy. */
  function met({ org }: Counting): void {
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'assembly'));
    expect(org.epoch(1, act('bo', 1, 'attend'), act('bo', 1, 'attend'), act('cy', 1, 'attend')).verdicts).toEqual(['ok', 'ok', 'ok']);
  }

  it('is one a meeting, from its end on, whenever the bylaws begin to count it', () => {
    for (const beginsMs of [undefined, hour, day]) {
      const one = counting(beginsMs === undefined ? 'attendances' : 'ballots');
      met(one);
      if (beginsMs === hour) one.counts(beginsMs, 'attendances');
      if (beginsMs !== undefined) expect(one.efforts(beginsMs + 3)).toEqual([0, 0, 0, 0]);
      one.org.epoch(2 * hour);
      if (beginsMs === day) one.counts(beginsMs, 'attendances');
      expect([beginsMs, one.efforts(2 * day)]).toEqual([beginsMs, [0, 1, 1, 0]]);
      expect(one.efforts(20 * day + 2 * hour - 1)).toEqual([0, 1, 1, 0]);
      expect(one.efforts(20 * day + 2 * hour)).toEqual([0, 0, 0, 0]);
    }
  });

  it('is one still where bylaws counted it before, and not in between', () => {
    const one = counting('attendances');
    met(one);
    one.org.epoch(2 * hour);
    one.counts(day, 'ballots');
    one.counts(2 * day, 'attendances');
    expect(one.efforts(3 * day)).toEqual([0, 1, 1, 0]);
  });

  it('that nobody certified is none', () => {
    for (const isLater of [false, true]) {
      const one = counting(isLater ? 'ballots' : 'attendances', ' certified by any member');
      met(one);
      one.org.epoch(2, notesFor(one.org).act('ana', 1, 'attend', { about: ['bo'] }));
      one.org.epoch(2 * hour);
      if (isLater) one.counts(day, 'attendances');
      expect([isLater, one.efforts(2 * day)]).toEqual([isLater, [0, 1, 0, 0]]);
    }
  });
});

describe('a ballot', () => {
  it('that was changed is one, of when it was cast last', () => {
    for (const [first, isBack] of [
      ['ballots', false],
      ['review', false],
      ['ballots', true],
    ] as const) {
      const one = counting(first);
      const { propose, ballot } = notesFor(one.org);
      one.org.epoch(0, propose('ana', 'poll'));
      one.org.epoch(hour, ballot('bo', 1, 'yes'));
      if (isBack) one.counts(hour + 1, 'review');
      one.org.epoch(day, ballot('bo', 1, 'no'));
      one.org.epoch(3 * day);
      if (isBack || first === 'review') one.counts(4 * day, 'ballots');
      expect([first, isBack, ...[5 * day, 21 * day - 1, 21 * day].map((atMs) => one.efforts(atMs)[1])]).toEqual([first, isBack, 1, 1, 0]);
    }
  });
});

describe('an act', () => {
  it('counts though the content was edited after it, and not where its author took it back', () => {
    for (const isLater of [false, true]) {
      const one = counting(isLater ? 'ballots' : 'review');
      const { propose, act } = notesFor(one.org);
      one.org.epoch(0, propose('ana', 'motion'));
      one.org.epoch(1, act('bo', 1, 'review'), act('cy', 1, 'review'));
      expect(one.org.epoch(2, act('cy', 1, 'withdraw', { about: 'review' })).verdicts).toEqual(['ok']);
      expect(one.org.epoch(3, act('ana', 1, 'edit', { text: 'shorter' })).verdicts).toEqual(['ok']);
      one.org.epoch(4, act('dee', 1, 'review'));
      expect(one.org.epoch(5, act('dee', 1, 'withdraw', { about: 'review' })).verdicts).toEqual(['ok']);
      if (isLater) one.counts(day, 'review');
      expect([isLater, one.efforts(2 * day)]).toEqual([isLater, [0, 1, 0, 0]]);
    }
  });
});
