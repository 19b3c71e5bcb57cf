// Whom an outcome means by a name, and what of several outcomes a decision gave (S66, S108, S120, S131).
import { describe, expect, it } from 'vitest';
import { drawCommitment, holdersOf, pointsOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Organization } from './organization.ts';

const open = (name: string): string =>
  `role ${name} plural ${name}s\n  held by 0 to 9 people\n  gained through trial, race, naming\n  lost through resignation\nend\n`;
const text = `gdo 1
organization "Names"
end
area work covers "work/**"
role member plural members
  held by 1 to 99 people
end
role clerk plural clerks
  held by 1 to 3 people
end
${['juror', 'judge', 'reporter', 'guest', 'chair', 'deputy', 'veteran'].map(open).join('').replaceAll('trial, race, naming', 'trial or race or naming or change')}points merit plural merits
  level beginner from 0
end
process trial
  started by 2 members
  draw jury
    picks 2 members
    seed committed by 1 clerk within 2 days
    when drawn go to bench
    otherwise go to seated
  end
  draw bench
    picks 1 member
    seed committed by 1 clerk within 2 days
    when drawn go to seated
    otherwise go to seated
  end
  outcome seated
    grant juror to the jury
    grant judge to the bench
    grant reporter to the author
    grant guest to the starters
  end
end
process race
  started by any member
  step nominating
    nominations of members
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 3 chairs
    open for 1 day
    tie lot
    when elected go to seated
    otherwise go to refused
  end
  outcome seated
    grant chair to the first 1 winners
    grant deputy to the other winners
    grant veteran to the winners
  end
end
process naming
  started by any member
  step talk
    when any clerk approves go to high
    when any clerk endorses go to low
    when any clerk appeals go to accepted
    after 9 days go to refused
  end
  outcome high
    grant chair to the candidate
    award 7 merit to the author
  end
  outcome low
    award 2 merit to the author
    grant deputy to the candidate
    award 3 merit to the author
  end
end
process change
  governs work
  started by any member
  step talk
    when any clerk approves go to high
    when any clerk endorses go to low
    after 9 days go to refused
  end
  outcome high
    accept the merge
    grant chair to the author
  end
  outcome low
    accept the merge
    grant deputy to the author
  end
end
process doubt
  started by any member
  while open hold the decision
  step talk
    after 5 days go to refused
  end
end
process appeal
  started by any member
  step talk
    after 1 hour go to done
  end
  outcome done
    reverse the decision
  end
end
`;

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

function organization(): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: people, clerk: ['tia'] }, { content: [] });
}

const holders = (org: Organization, ...roles: readonly string[]): readonly (readonly string[])[] =>
  roles.map((role) => holdersOf(org.state(), org.charter, role));

function merits(org: Organization, member: string, atMs: number): bigint {
  const [merit] = org.charter.points;
  if (merit === undefined) throw new Error('there are points');
  return pointsOf(org.state(), merit, member, atMs);
}

describe('the people whom an outcome names', () => {
  const secret = '5'.repeat(64);
  const draw = (org: Organization, atMs: number): Epoch => {
    const { act } = notesFor(org);
    const { id, entry } = org.view(1);
    const hash = drawCommitment(secret, { case: id, entry, member: 'tia' });
    org.epoch(atMs, act('tia', 1, 'commit', { hash }));
    return org.epoch(atMs + 1, act('tia', 1, 'reveal', { secret }));
  };
  const started = (): Organization => {
    const org = organization();
    org.epoch(0, notesFor(org).propose('bo', 'trial'));
    org.epoch(1, notesFor(org).act('ana', 1, 'start', { stage: 1 }));
    return org;
  };

  it('are the author or all who started the case, and each panel by its own name', () => {
    const org = started();
    draw(org, 2);
    draw(org, 4);
    expect(org.view(1).outcome).toBe('seated');
    const [jury = [], bench = []] = holders(org, 'juror', 'judge');
    expect([jury.length, bench.length]).toEqual([2, 1]);
    expect(holders(org, 'reporter', 'guest')).toEqual([['bo'], ['ana', 'bo']]);
  });

  it('are nobody where a panel was not drawn', () => {
    const half = started();
    draw(half, 2);
    half.epoch(4 * day);
    expect(half.view(1).outcome).toBe('seated');
    expect(holders(half, 'juror', 'judge').map((all) => all.length)).toEqual([2, 0]);
    const org = started();
    const { notices } = org.epoch(3 * day);
    expect(org.view(1).outcome).toBe('seated');
    expect(holders(org, 'juror', 'judge', 'guest')).toEqual([[], [], ['ana', 'bo']]);
    expect(notices.filter(({ code }) => code !== undefined)).toEqual([]);
  });

  it('are all the winners, the first of them or the others, in the order of their election (S131)', () => {
    const org = organization();
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'race'));
    org.epoch(1, ...['ana', 'bo', 'cy', 'dee'].map((name) => act(name, 1, 'nominate')));
    org.epoch(day);
    org.epoch(day + 1, ballot('ana', 1, ['cy']), ballot('bo', 1, ['cy', 'ana']), ballot('cy', 1, ['cy', 'ana', 'bo']));
    org.epoch(2 * day);
    expect(holders(org, 'chair', 'deputy', 'veteran')).toEqual([['cy'], ['ana', 'bo'], ['ana', 'bo', 'cy']]);
  });
});

describe('a decision that had one of several outcomes', () => {
  const named = (verb: string): Organization => {
    const org = organization();
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'naming', { candidate: 'bo' }), propose('ana', 'naming', { candidate: 'cy' }));
    org.epoch(hour, act('tia', 1, verb), act('tia', 2, verb));
    return org;
  };

  it.each([
    ['approve', 'chair'],
    ['endorse', 'deputy'],
  ])('lets rest what that outcome granted, while it is held (S120): %s', (verb, role) => {
    const org = named(verb);
    expect(holders(org, role)).toEqual([['bo', 'cy']]);
    expect(org.epoch(2 * hour, notesFor(org).propose('dee', 'doubt', { decision: org.view(1).id })).verdicts).toEqual(['ok']);
    expect(holders(org, role)).toEqual([['cy']]);
    org.epoch(6 * day);
    expect(holders(org, role)).toEqual([['bo', 'cy']]);
  });

  it('brings what that outcome says once it is merged', () => {
    const org = organization();
    const { proposeChange, act } = notesFor(org);
    org.epoch(
      0,
      proposeChange('ana', 'change', [{ path: 'work/a', old: 'absent', new: '100644:aa' }]),
      proposeChange('bo', 'change', [{ path: 'work/b', old: 'absent', new: '100644:aa' }]),
    );
    org.epoch(hour, act('tia', 1, 'endorse'), act('tia', 2, 'approve'));
    expect([org.view(1).status, org.view(2).status, ...holders(org, 'chair', 'deputy')]).toEqual(['merged', 'merged', ['bo'], ['ana']]);
  });

  it('may be held also where it granted nothing', () => {
    const org = named('appeal');
    expect([org.view(1).outcome, ...org.epoch(2 * hour, notesFor(org).propose('dee', 'doubt', { decision: org.view(1).id })).verdicts]).toEqual([
      'accepted',
      'ok',
    ]);
    expect(holders(org, 'chair', 'deputy')).toEqual([[], []]);
  });

  it('awards for itself: two of one instant give twice, and what one of them gave is taken back alone (S66)', () => {
    const org = named('endorse');
    expect(merits(org, 'ana', hour)).toBe(10n);
    org.epoch(2 * hour, notesFor(org).propose('dee', 'appeal', { decision: org.view(1).id }));
    org.epoch(4 * hour);
    expect([merits(org, 'ana', 4 * hour), ...holders(org, 'deputy')]).toEqual([5n, ['cy']]);
  });
});
