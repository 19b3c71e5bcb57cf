// Meetings: who calls them and when, who attends and who certifies it, refusal by refusal, quorums and a second call (S11, S46, S101).
import { describe, expect, it } from 'vitest';
import { readCase, stateRoot } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (lines: string): string => `gdo 1
organization "Meetings"
end
role member plural members
  held by 1 to 9 people
end
role clerk plural clerks
  held by 0 to 2 people
end
process motion
  started by any person
  meeting assembly
${lines}    open for 3 hours
    when quorate go to accepted
    otherwise go to refused
  end
end
`;

function opened(lines: string): Organization {
  const org = found(bylaws(lines), { member: people, clerk: ['tia'] }, { people: [...people, 'tia', 'zoe'] });
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));
const present = (org: Organization): readonly string[] | undefined => readCase(org.state(), org.view(1).id)?.present;

describe('a meeting that starts by itself', () => {
  it('is attended by its roster while it lasts, and cannot be called', () => {
    const org = opened('    attended by members\n    quorum at least 2 members present\n');
    const { act } = notesFor(org);
    expect(org.view(1).dueMs).toBe(3 * hour);
    expect(
      said(org, hour, act('zoe', 1, 'attend'), act('bo', 1, 'call'), act('bo', 1, 'approve'), act('bo', 1, 'attend'), act('ana', 1, 'attend', { about: 'cy' })),
    ).toEqual([
      'GDO1040 this meeting is attended by any member',
      'GDO1052 this meeting is not called: it starts by itself',
      'GDO1052 in a meeting people attend, they do not approve',
      'ok',
      'ok',
    ]);
    org.epoch(3 * hour);
    expect([org.view(1).outcome, present(org)]).toEqual(['accepted', ['ana', 'bo']]);
  });

  it('begins after its notice', () => {
    const org = opened('    notice 1 day\n    attended by members\n');
    const { act } = notesFor(org);
    expect(org.view(1).dueMs).toBe(day + 3 * hour);
    expect(said(org, day - 1, act('bo', 1, 'attend'))).toEqual(['GDO1050 the meeting has not started yet']);
    expect(said(org, day, act('bo', 1, 'attend'))).toEqual(['ok']);
    org.epoch(day + 3 * hour);
    expect(present(org)).toEqual(['bo']);
  });

  it('is attended by anybody where it names nobody, and has no quorum where none is written', () => {
    const org = opened('');
    const { act } = notesFor(org);
    expect(said(org, hour, act('zoe', 1, 'attend'))).toEqual(['ok']);
    org.epoch(3 * hour);
    expect([org.view(1).outcome, present(org)]).toEqual(['accepted', ['zoe']]);
  });

  it('counts whom the certifier names, of those who attended', () => {
    const org = opened('    attended by members certified by any clerk\n    quorum at least 2 members present\n');
    const { act } = notesFor(org);
    const about = { about: ['ana', 'bo', 'zoe'] };
    expect(
      said(org, hour, act('ana', 1, 'attend'), act('bo', 1, 'attend'), act('cy', 1, 'attend'), act('bo', 1, 'attend', about), act('tia', 1, 'attend', about)),
    ).toEqual(['ok', 'ok', 'ok', 'GDO1040 attendance is certified by any clerk', 'ok']);
    org.epoch(3 * hour);
    expect([org.view(1).outcome, present(org)]).toEqual(['accepted', ['ana', 'bo']]);
    const alone = opened('    attended by members certified by any clerk\n    quorum at least 1 member present\n');
    alone.epoch(hour, notesFor(alone).act('ana', 1, 'attend'));
    alone.epoch(3 * hour);
    expect([alone.view(1).outcome, present(alone)]).toEqual(['refused', []]);
  });
});

describe('a meeting that is called', () => {
  const called = '    called by any clerk within 10 days\n    notice 2 days\n    attended by members\n    quorum at least 1 member present\n';

  it('starts when its caller says, no sooner than its notice, and once', () => {
    const org = opened(called);
    const { act } = notesFor(org);
    expect(org.view(1).dueMs).toBe(10 * day);
    expect(
      said(org, day, act('bo', 1, 'attend'), act('bo', 1, 'call'), act('tia', 1, 'call', { at: 3 * day - 1 }), act('tia', 1, 'call', { at: 4 * day })),
    ).toEqual([
      'GDO1050 the meeting is not called yet',
      'GDO1040 this meeting is called by any clerk',
      'GDO1052 the meeting starts before its notice is over',
      'ok',
    ]);
    expect(org.view(1).dueMs).toBe(4 * day + 3 * hour);
    expect(said(org, 2 * day, act('tia', 1, 'call'))).toEqual(['GDO1052 the meeting is called already']);
    expect(said(org, 4 * day, act('bo', 1, 'attend'))).toEqual(['ok']);
    org.epoch(4 * day + 3 * hour);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('starts within a hundred years: a number that nobody can count on with would stop everybody (S77)', () => {
    const org = opened(called);
    const { act } = notesFor(org);
    const years = Date.UTC(2070, 0, 1) + day;
    expect(
      said(org, day, act('tia', 1, 'call', { at: Number.MAX_SAFE_INTEGER }), act('tia', 1, 'call', { at: years + 1 }), act('tia', 1, 'call', { at: years })),
    ).toEqual(['GDO1052 the meeting starts in more than 100 years', 'GDO1052 the meeting starts in more than 100 years', 'ok']);
    expect(stateRoot(org.state())).toHaveLength(64);
  });

  it('starts as soon as its notice is over where the caller names no time, at once where there is no notice', () => {
    const org = opened(called);
    org.epoch(day, notesFor(org).act('tia', 1, 'call'));
    expect(org.view(1).dueMs).toBe(3 * day + 3 * hour);
    const bare = opened('    called by any clerk\n    attended by members\n');
    expect(bare.view(1).dueMs).toBeUndefined();
    bare.epoch(day, notesFor(bare).act('tia', 1, 'call'));
    expect(bare.view(1).dueMs).toBe(day + 3 * hour);
  });

  it('that nobody calls in time has no quorum, and nobody was present', () => {
    const org = opened(called);
    org.epoch(10 * day);
    expect([org.view(1).outcome, present(org)]).toEqual(['refused', []]);
  });

  it('is called a second time without anybody calling it, and without its notice', () => {
    const org = opened(
      called.replace(
        '    quorum at least 1 member present\n',
        '    quorum at least 3 members present\n    second call after 1 day quorum at least 2 members present\n',
      ),
    );
    const { act } = notesFor(org);
    org.epoch(day, act('tia', 1, 'call'));
    org.epoch(3 * day, act('ana', 1, 'attend'), act('bo', 1, 'attend'));
    org.epoch(3 * day + 3 * hour);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 4 * day + 3 * hour });
    org.epoch(4 * day + 3 * hour);
    expect(org.view(1).dueMs).toBe(4 * day + 6 * hour);
    org.epoch(4 * day + 4 * hour, act('ana', 1, 'attend', { stage: 2 }), act('bo', 1, 'attend', { stage: 2 }));
    org.epoch(4 * day + 6 * hour);
    expect([org.view(1).outcome, present(org)]).toEqual(['accepted', ['ana', 'bo']]);
  });
});
