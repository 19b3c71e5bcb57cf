// What follows from an outcome or a missed duty, effect by effect: whom it reaches, what it leaves alone, and what people are told (S25, S52, S65, S66, S120, S121, S137).
import { describe, expect, it } from 'vitest';
import { certificateOf, entriesUnder, holdersOf, pointsOf, readCase, readEntry } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Epoch, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (declared: string, effects: string, more = ''): string => `gdo 1
organization "Outcomes"
end
area work covers "work/**"
role member plural members
  held by 1 to 9 people
end
${declared}process motion
  governs work
  started by any member
  step wait
    when any member approves go to done
    after 9 days go to refused
  end
  outcome done${effects === '' ? ' accepts\n' : `\n${effects}  end\n`}end
${more}`;
const chair = (lines = ''): string =>
  `role chair plural chairs\n  held by 0 to 9 people\n  gained through motion\n  lost through resignation or motion\n${lines}end\n`;

function founded(text: string, chairs: readonly string[] = []): Organization {
  return found(text, { member: people, chair: chairs }, { people: [...people, 'zoe'], content: [['work/a', '100644:aa']] });
}

/** Proposes a motion and lets it be approved. @returns the epoch in which it was */
function carried(org: Organization, number: number, atMs: number, body: Readonly<Record<string, string>> = {}): Epoch {
  const { propose, act } = notesFor(org);
  expect(org.epoch(atMs, propose('ana', 'motion', body)).verdicts).toEqual(['ok']);
  const end = org.epoch(atMs + hour, act('bo', number, 'approve'));
  expect(org.view(number).outcome).toBe('done');
  return end;
}

const told = ({ notices }: Epoch): readonly unknown[] => notices.flatMap(({ kind, code, reason }) => (code === undefined ? [] : [[kind, code, reason]]));
const chairs = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'chair');

describe('a grant', () => {
  it('of a role gives that role, and no certificate', () => {
    const laser = 'certificate laser plural lasers\n  issued by any member\n  issued to members\n  lasts 1 year\n  revoked by any member\nend\n';
    const org = founded(bylaws(chair() + laser, '    grant chair to the candidate\n'));
    carried(org, 1, 0, { candidate: 'cy' });
    expect([chairs(org), certificateOf(org.state(), 'laser', 'cy', hour)]).toEqual([['cy'], undefined]);
  });

  it('of a role that is open to anybody reaches whoever meets its terms', () => {
    const org = founded(bylaws(chair('  open to person who joined at least 2 days ago\n'), '    grant chair to the candidate\n'));
    expect(told(carried(org, 1, 0, { candidate: 'zoe' }))).toEqual([['decided', 'GDO1040', 'Not granted: `zoe` is not among those `chair` is open to']]);
    expect(told(carried(org, 2, 2 * day, { candidate: 'zoe' }))).toEqual([]);
    expect(chairs(org)).toEqual(['zoe']);
  });

  it('that would leave a vote that nobody could pass any more is refused, and one that leaves it as it was is not (S137)', () => {
    const vote = (needed: number): string =>
      `process change\n  started by any member\n  vote ballot\n    voters members except the chair\n    open for 1 day\n    passes when at least ${needed} members say yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
    const locked = founded(bylaws(chair(), '    grant chair to the candidate\n', vote(4)));
    expect(told(carried(locked, 1, 0, { candidate: 'cy' }))).toEqual([
      ['decided', 'GDO1040', expect.stringMatching(/^Not granted: `change\.ballot.*` could then never be met$/)],
    ]);
    expect(chairs(locked)).toEqual([]);
    for (const needed of [3, 5]) {
      const org = founded(bylaws(chair(), '    grant chair to the candidate\n', vote(needed)));
      expect([told(carried(org, 1, 0, { candidate: 'cy' })), chairs(org)]).toEqual([[], ['cy']]);
    }
  });

  it('of a role that a person has gives a new term, and taking it back gives back the one there was (S66)', () => {
    const undoing = 'process undoing\n  started by any member\n  outcome undone\n    reverse the decision\n  end\nend\n';
    const org = founded(bylaws(chair('  term 1 year\n'), '    grant chair to the candidate\n', undoing));
    carried(org, 1, 0, { candidate: 'cy' });
    const first = readEntry(org.state(), 'role/chair/cy');
    carried(org, 2, 30 * day, { candidate: 'cy' });
    expect(readEntry(org.state(), 'role/chair/cy')).not.toEqual(first);
    org.epoch(31 * day, notesFor(org).propose('bo', 'undoing', { decision: org.view(2).id }));
    org.epoch(32 * day);
    expect(readEntry(org.state(), 'role/chair/cy')).toEqual(first);
    org.epoch(33 * day, notesFor(org).propose('bo', 'undoing', { decision: org.view(1).id }));
    org.epoch(34 * day);
    expect(readEntry(org.state(), 'role/chair/cy')).toBeUndefined();
  });

  it('to a role goes to everybody who holds it', () => {
    const badge = 'role badge plural badges\n  held by 0 to 9 people\n  gained through motion\nend\n';
    const org = founded(bylaws(chair() + badge, '    grant badge to the chair\n'), ['bo', 'dee']);
    carried(org, 1, 0);
    expect(holdersOf(org.state(), org.charter, 'badge')).toEqual(['bo', 'dee']);
  });
});

describe('an award', () => {
  it('to a role goes to each of its people', () => {
    const stars = 'points stars plural stars\n  earned 1 by the author for motion.done\nend\n';
    const org = founded(bylaws(chair() + stars, '    award 7 stars to the chair\n'), ['bo', 'dee']);
    carried(org, 1, 0);
    const [points] = org.charter.points;
    if (points === undefined) throw new Error('there are points');
    expect(['ana', 'bo', 'cy', 'dee'].map((member) => pointsOf(org.state(), points, member, day))).toEqual([1n, 7n, 0n, 7n]);
  });
});

describe('a removal', () => {
  it('takes the role from everybody who holds it, and nothing from anybody else', () => {
    const org = founded(bylaws(chair(), '    remove chair from the chair\n'), ['bo', 'dee']);
    carried(org, 1, 0);
    expect(chairs(org)).toEqual([]);
    const other = founded(bylaws(chair(), '    remove chair from the candidate\n'), ['bo', 'dee']);
    carried(other, 1, 0, { candidate: 'cy' });
    expect([chairs(other), entriesUnder(other.state(), 'removed/')]).toEqual([['bo', 'dee'], []]);
  });

  it('by a duty that nobody did belongs to no case: nobody is told, and who is the last who could hold a role keeps it', () => {
    const duty =
      'duty report\n  owed by the chair\n  every 30 days from 1970-01-11\n  done when any chair reports "done"\n  otherwise remove chair from the chair\nend\n';
    const lasting = founded(bylaws(`${chair()}${duty}`, ''), ['bo', 'dee']);
    lasting.epoch(10 * day);
    const { notices } = lasting.epoch(40 * day);
    expect([notices, chairs(lasting)]).toEqual([[], []]);
    const forever = founded(bylaws(`role chair plural chairs\n  held by 0 to 9 people\n  lost through resignation\nend\n${duty}`, ''), ['bo']);
    forever.epoch(10 * day);
    expect([forever.epoch(40 * day).notices, chairs(forever)]).toEqual([[], ['bo']]);
  });
});

describe('a case that is decided', () => {
  it('says so with the result that led there, and keeps no vote', () => {
    const voted = bylaws('', '    accept the merge\n').replace(
      /  step wait\n[^]*?  end\n/,
      '  vote ballot\n    voters members\n    open for 1 day\n    passes when more than 1/2 of votes cast are yes\n    when passed go to done\n    otherwise go to refused\n  end\n',
    );
    const org = founded(voted);
    const { propose, proposeChange, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'), proposeChange('ana', 'motion', [{ path: 'work/a', old: '100644:aa', new: '100644:bb' }]));
    org.epoch(hour, ...[1, 2].map((number) => ballot('bo', number, 'yes')));
    const { notices } = org.epoch(day);
    expect(notices.map(({ number, kind, result, reason }) => [number, kind, result, reason])).toEqual([
      [1, 'decided', 'passed', '`motion` reached `done`'],
      [2, 'decided', 'passed', '`motion` reached `done`: the change may be merged'],
      [2, 'merged', undefined, '`motion` is merged'],
    ]);
    expect([1, 2].map((number) => readCase(org.state(), org.view(number).id)?.votes)).toEqual([[], []]);
  });

  it('because too few people started it is refused, and people are told (S108)', () => {
    const petition = 'process petition\n  started by 2 members\n  step talk\n    after 5 days go to accepted\n  end\nend\n';
    const org = founded(bylaws('', '', petition));
    org.epoch(0, notesFor(org).propose('ana', 'petition'));
    const { notices } = org.epoch(30 * day);
    expect(notices.map(({ kind, reason }) => [kind, reason])).toEqual([['decided', '`petition` did not begin: too few people started it in time']]);
    expect(org.view(1)).toMatchObject({ status: 'refused', outcome: 'refused', reason: 'too few people started it in time' });
  });

  it('is told to wait for the case that holds it, once (S120)', () => {
    const inquiry = 'process inquiry\n  started by any member\n  while open hold motion\n  step look\n    after 20 days go to refused\n  end\nend\n';
    const org = founded(bylaws('', '', inquiry));
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'), propose('bo', 'inquiry'));
    const reason = '`done` waits: case 2 holds `motion`';
    const waiting = org.epoch(hour, act('bo', 1, 'approve')).notices.map((one) => [one.number, one.kind, one.reason]);
    expect(waiting).toEqual([[1, 'waiting', reason]]);
    expect(org.epoch(10 * day).notices).toEqual([]);
    org.epoch(20 * day);
    org.epoch(20 * day + 1);
    expect(org.view(1).outcome).toBe('done');
  });

  it('merges its change only where its own content won among the options (S121)', () => {
    const options = bylaws('', '    accept the merge\n').replace(
      /  step wait\n[^]*?  end\n/,
      '  step talk\n    options by any member\n    after 1 day go to ballot\n  end\n  vote ballot\n    voters members\n    choices the options\n    counted by approval\n    open for 1 day\n    tie fails\n    when won go to done\n    otherwise go to refused\n  end\n',
    );
    for (const [own, status] of [
      [true, 'merged'],
      [false, 'accepted'],
    ] as const) {
      const org = founded(options);
      const { proposeChange, act, ballot } = notesFor(org);
      org.epoch(0, proposeChange('ana', 'motion', [{ path: 'work/a', old: '100644:aa', new: '100644:bb' }]));
      const { ids, verdicts } = org.epoch(hour, act('bo', 1, 'add', { text: 'Paint it green' }));
      expect(verdicts).toEqual(['ok']);
      org.epoch(day);
      expect(
        org.epoch(
          day + hour,
          ballot('bo', 1, [own ? 'proposal' : ((readCase(org.state(), org.view(1).id)?.offered ?? []).find((one) => one !== 'proposal') ?? '')]),
        ).verdicts,
      ).toEqual(['ok']);
      expect(ids).toHaveLength(1);
      org.epoch(2 * day);
      expect([own, org.view(1).status]).toEqual([own, status]);
    }
  });
});
