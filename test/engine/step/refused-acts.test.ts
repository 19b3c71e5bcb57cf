// Acts that are refused, each with its code and its sentence: what nobody asks for, who is not asked, what is over and what is not open yet (S6, S24, S119).
import { describe, expect, it } from 'vitest';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "Refused"
end
role member plural members
  held by 1 to 9 people
end
role clerk plural clerks
  held by 0 to 2 people
end
role deputy plural deputies
  held by 0 to 2 people
end
process motion
  started by any member
  step talk
    concerns by any member resolved by any clerk
    when any clerk approves go to ballot
    when any deputy approves go to refused
    after 9 days go to refused
  end
  vote ballot
    voters members
    open for 5 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

function opened(): Organization {
  const org = found(text, { member: ['ana', 'bo'], clerk: ['tia'], deputy: ['dee'] });
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

describe('an act in a step is refused', () => {
  it('where nobody is asked for it, or somebody else is', () => {
    const org = opened();
    const { act } = notesFor(org);
    expect(said(org, hour, act('ana', 1, 'sing'), act('ana', 1, 'approve'), act('ana', 1, 'withdraw'), act('bo', 1, 'resolve'))).toEqual([
      'GDO1052 nothing in `talk` asks anybody to sing',
      'GDO1040 to approve here is for any clerk or any deputy, and `ana` is not among them',
      'GDO1052 nothing in `talk` asks anybody to withdraw',
      'GDO1052 no concern is open',
    ]);
  });

  it('where it takes back the concern of somebody else, also by who may resolve it', () => {
    const org = opened();
    const { act } = notesFor(org);
    expect(said(org, hour, act('bo', 1, 'raise'), act('ana', 1, 'raise'))).toEqual(['ok', 'ok']);
    const refused = 'GDO1040 the concern c1 is resolved by any clerk';
    expect(said(org, 2 * hour, act('tia', 1, 'withdraw', { about: 'c1' }), act('ana', 1, 'resolve', { about: 'c1' }))).toEqual([refused, refused]);
    expect(said(org, 3 * hour, act('tia', 1, 'resolve'), act('bo', 1, 'withdraw', { about: 'c1' }), act('tia', 1, 'resolve'))).toEqual([
      'GDO1052 name one of the open concerns: c1, c2',
      'ok',
      'ok',
    ]);
  });
});

describe('an act of a stage is refused', () => {
  it('that is over, that has closed, and that is not open yet', () => {
    const org = opened();
    const { act, ballot } = notesFor(org);
    org.epoch(hour, act('tia', 1, 'approve'));
    expect(said(org, 2 * hour, act('tia', 1, 'approve', { stage: 1 }), act('tia', 1, 'approve', { stage: 3 }), act('tia', 1, 'approve'))).toEqual([
      'GDO1051 stage 1 of this case is over; it is in `ballot`',
      'GDO1050 the stage is not open yet',
      'GDO1052 `ballot` takes ballots, not acts',
    ]);
    const late: Note = { ...act('tia', 1, 'approve'), atMs: hour + 5 * day };
    expect(said(org, hour + 6 * day, { ...ballot('bo', 1, 'yes'), atMs: hour + 5 * day - 1 }, late)).toEqual([
      'ok',
      'GDO1051 `ballot` closed before this arrived',
    ]);
    expect(org.view(1).status).toBe('accepted');
    expect(said(org, hour + 7 * day, act('tia', 1, 'approve', { stage: 2 }))).toEqual(['GDO1051 the case is decided: `accepted`']);
  });
});
