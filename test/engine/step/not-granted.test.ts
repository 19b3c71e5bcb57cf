// Grants and removals that may not be, each with its sentence; roles that act for others; seats that nobody filled in time; concerns among several (S12, S24, S137).
import { describe, expect, it } from 'vitest';
import { caseView, certificateOf, holdersOf, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (declared: string, effects: string, more = ''): string => `gdo 1
organization "Grants"
end
role member plural members
  held by 1 to 9 people
  lost through resignation
end
${declared}process motion
  started by any person
  step wait
    when any member approves go to done
    after 9 days go to refused
  end
  outcome done
${effects}  end
end
${more}`;

const chair = (lines: string): string =>
  `role chair plural chairs\n  held by 0 to 2 people\n  gained through motion\n  lost through resignation or motion\n${lines}end\n`;

/** One motion about somebody, approved; what was told when it was decided, and who sits in the chair. */
function decided(
  declared: string,
  effects: string,
  { chairs = [], body = {}, meanwhile = [] }: { readonly chairs?: readonly string[]; readonly body?: Note['body']; readonly meanwhile?: readonly Note[] },
): { readonly told: readonly string[]; readonly chairs: readonly string[]; readonly org: Organization } {
  const org = found(bylaws(declared, effects), { member: people, chair: chairs }, { people: [...people, 'zoe'] });
  const { propose, act } = notesFor(org);
  expect(org.epoch(0, propose('ana', 'motion', body)).verdicts).toEqual(['ok']);
  const { notices } = org.epoch(hour, act('bo', 1, 'approve'), ...meanwhile);
  expect(org.view(1).outcome).toBe('done');
  const told = notices.flatMap(({ code, reason }) => (code === undefined ? [] : [reason]));
  return { told, chairs: [...holdersOf(org.state(), org.charter, 'chair')], org };
}

const grant = '    grant chair to the candidate\n';

describe('a grant is refused and told, and the case is decided all the same (S137)', () => {
  it('is not even proposed for somebody whom nobody knows', () => {
    const org = found(bylaws(chair(''), grant), { member: people }, { people: [...people, 'zoe'] });
    const { propose } = notesFor(org);
    expect(org.epoch(0, propose('ana', 'motion', { candidate: 'yan' }), propose('ana', 'motion', { candidate: 'zoe' })).verdicts).toEqual(['GDO1052', 'ok']);
    expect(decided(chair(''), grant, { body: { candidate: 'zoe' } })).toMatchObject({ told: [], chairs: ['zoe'] });
  });

  it('where what it grants has lapsed, a certificate as well as a role (S60)', () => {
    const badge = 'certificate badge\n  issued by any member\nend\n';
    const protect = (name: string): string => `protect ${name}\n  never changed\n  lapses on 1970-01-05\nend\n`;
    const text = bylaws(`${badge}${chair('')}`, `    grant badge to the candidate\n${grant}`, `${protect('badge')}${protect('chair')}`);
    const org = found(text, { member: people }, { people: [...people, 'zoe'] });
    const { propose, act } = notesFor(org);
    org.epoch(2 * day, propose('ana', 'motion', { candidate: 'bo' }));
    const { notices } = org.epoch(5 * day, act('bo', 1, 'approve'));
    expect(notices.flatMap(({ code, reason }) => (code === undefined ? [] : [reason]))).toEqual([
      'Not granted: `badge` has lapsed',
      'Not granted: `chair` has lapsed',
    ]);
    expect(certificateOf(org.state(), 'badge', 'bo', 5 * day)).toBe(undefined);
  });

  it('where the role is full, unless its holder is the one it goes to', () => {
    expect(decided(chair(''), grant, { chairs: ['cy', 'dee'], body: { candidate: 'bo' } })).toMatchObject({
      told: ['Not granted: every seat of `chair` is held: 2 of 2'],
      chairs: ['cy', 'dee'],
    });
    expect(decided(chair(''), grant, { chairs: ['cy', 'dee'], body: { candidate: 'cy' } })).toMatchObject({ told: [], chairs: ['cy', 'dee'] });
    expect(decided(chair(''), grant, { chairs: ['cy'], body: { candidate: 'bo' } })).toMatchObject({ told: [], chairs: ['bo', 'cy'] });
  });

  it('where the person left the role while the case was open', () => {
    const resign: Note = { by: 'cy', kind: 'resign', body: { role: 'chair' } };
    expect(decided(chair(''), grant, { chairs: ['cy'], body: { candidate: 'cy' }, meanwhile: [resign] })).toMatchObject({
      told: ['Not granted: `cy` lost `chair` while the case was open'],
      chairs: [],
    });
  });

  it('where the role is open to others only', () => {
    expect(decided(chair('  open to members\n'), grant, { body: { candidate: 'zoe' } })).toMatchObject({
      told: ['Not granted: `zoe` is not among those `chair` is open to'],
      chairs: [],
    });
    expect(decided(chair('  open to members\n'), grant, { body: { candidate: 'bo' } })).toMatchObject({ told: [], chairs: ['bo'] });
  });

  it('where the role has lapsed (S60)', () => {
    const lapsing = `${chair('')}protect chair\n  never changed\n  lapses on 1970-01-02\nend\n`;
    const org = found(bylaws(lapsing, grant), { member: people });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion', { candidate: 'cy' }));
    const { notices } = org.epoch(day, act('bo', 1, 'approve'));
    expect([org.view(1).outcome, notices.map(({ reason }) => reason)]).toEqual(['done', expect.arrayContaining(['Not granted: `chair` has lapsed'])]);
  });

  it('by the lines of the thing that is granted, of which any one is enough, whatever else is declared', () => {
    const clerk = 'role clerk plural clerks\n  held by 0 to 9 people\n  gained through motion\nend\n';
    const badges =
      'certificate badge plural badges\n  issued by any clerk\n  issued to clerks\nend\ncertificate card plural cards\n  issued by any clerk\n  issued to members\nend\n';
    const declared = `${chair('  open to clerks\n  open to members\n')}${clerk}${badges}`;
    const told = (thing: string, chairs: readonly string[] = []): readonly string[] =>
      decided(declared, `    grant ${thing} to the candidate\n`, { chairs, body: { candidate: 'bo' } }).told;
    expect(told('chair')).toEqual([]);
    expect(told('chair', ['cy', 'dee'])).toEqual(['Not granted: every seat of `chair` is held: 2 of 2']);
    expect(told('card')).toEqual([]);
    expect(told('badge')).toEqual(['Not granted: `bo` is not among those `badge` is issued to']);
  });

  it.each([
    [true, false],
    [false, true],
  ])('of a certificate in the epoch that takes it, and not where it takes nothing (held before: %s)', (wasHeld, isHeld) => {
    const taking = 'process taking\n  started by any person\n  outcome taken\n    remove laser from the subject\n  end\nend\n';
    const laser = 'certificate laser plural lasers\n  issued by any member\n  lasts 1 year\nend\n';
    const org = found(bylaws(laser, '    grant laser to the candidate\n', taking), { member: people });
    const { propose, act } = notesFor(org);
    org.epoch(
      0,
      propose('ana', 'motion', { candidate: 'cy' }),
      ...(wasHeld ? [{ by: 'bo', kind: 'issue', body: { certificate: 'laser', member: 'cy' } } as const] : []),
    );
    org.epoch(hour, act('bo', 1, 'approve'), propose('ana', 'taking', { subject: 'cy' }));
    expect(certificateOf(org.state(), 'laser', 'cy', hour) !== undefined).toBe(isHeld);
  });

  it('where a certificate was revoked while the case was open', () => {
    const laser = `${chair('')}certificate laser plural lasers\n  issued by any member\n  issued to members\n  lasts 1 year\n  revoked by any member\nend\n`;
    const org = found(bylaws(laser, '    grant laser to the candidate\n'), { member: people });
    const { propose, act } = notesFor(org);
    const held = (): boolean => certificateOf(org.state(), 'laser', 'cy', day) !== undefined;
    org.epoch(0, propose('ana', 'motion', { candidate: 'cy' }), { by: 'bo', kind: 'issue', body: { certificate: 'laser', member: 'cy' } });
    expect(held()).toBe(true);
    const { notices } = org.epoch(hour, act('bo', 1, 'approve'), { by: 'dee', kind: 'revoke', body: { certificate: 'laser', member: 'cy' } });
    expect(notices.map(({ reason }) => reason)).toContain('Not granted: `laser` of `cy` was revoked while the case was open');
    expect(held()).toBe(false);
    // The next case may give it again.
    org.epoch(2 * hour, propose('ana', 'motion', { candidate: 'cy' }));
    org.epoch(3 * hour, act('bo', 2, 'approve'));
    expect(held()).toBe(true);
  });
});

describe('a removal', () => {
  const removal = '    remove chair from the candidate\n';

  it('takes the role from the person, and from nobody else', () => {
    expect(decided(chair(''), removal, { chairs: ['cy', 'dee'], body: { candidate: 'cy' } })).toMatchObject({ told: [], chairs: ['dee'] });
    expect(decided(chair(''), removal, { chairs: ['dee'], body: { candidate: 'cy' } })).toMatchObject({ told: [], chairs: ['dee'] });
  });

  it('leaves the last holder of a role that nobody else could ever hold', () => {
    const forever = 'role chair plural chairs\n  held by 0 to 2 people\n  lost through motion\nend\n';
    const told = 'Not removed: nobody else could ever hold `chair`';
    expect(decided(forever, removal, { chairs: ['cy'], body: { candidate: 'cy' } })).toMatchObject({ told: [told], chairs: ['cy'] });
    expect(decided(forever, removal, { chairs: ['cy', 'dee'], body: { candidate: 'cy' } })).toMatchObject({ told: [], chairs: ['dee'] });
  });
});

describe('who acts for a role', () => {
  const followed = `role deputy plural deputies
  held by 0 to 9 people in order
end
role aide plural aides
  held by 0 to 9 people
end
${chair('  succeeded by deputy, aide\n')}`;
  const acting = (roles: Readonly<Record<string, readonly string[]>>): readonly string[] => {
    const org = found(bylaws(followed, grant), { member: people, ...roles });
    return holdersOf(org.state(), org.charter, 'chair');
  };

  it('is its holder, or the first holder of the first successor that has one (S12)', () => {
    expect(acting({ chair: ['ana'], deputy: ['bo'], aide: ['cy'] })).toEqual(['ana']);
    expect(acting({ deputy: ['dee', 'bo'], aide: ['cy'] })).toEqual(['dee']);
    expect(acting({ aide: ['dee', 'cy'] })).toEqual([expect.stringMatching(/^(cy|dee)$/)]);
    expect(acting({})).toEqual([]);
  });

  it('does what the role may do, and nobody beside them', () => {
    const text = bylaws(followed, grant).replace('when any member approves', 'when any chair approves');
    const org = found(text, { member: people, deputy: ['dee', 'bo'] });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion', { candidate: 'cy' }));
    expect(org.epoch(hour, act('bo', 1, 'approve'), act('dee', 1, 'approve')).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.view(1).outcome).toBe('done');
  });
});

describe('a seat that shall be filled in time', () => {
  const vacancy = (more = ''): string => `role chair plural chairs
  held by 0 to 2 people
  gained through filling
  lost through resignation
  vacancy filled through filling within 10 days
end
process filling
  started by any member
${more}  step wait
    when any member approves go to filled
    after 9 days go to refused
  end
  outcome filled
    grant chair to the candidate
  end
end
`;
  const organized = (): Organization =>
    found(bylaws(vacancy(), '    refuse the merge\n').replace('    refuse the merge\n', '    start filling\n'), { member: people, chair: ['cy', 'dee'] });
  const resign = (by: string): Note => ({ by, kind: 'resign', body: { role: 'chair' } });
  const cases = (org: Organization): number => [1, 2, 3].filter((number) => caseView(org.state(), number)?.process === 'filling').length;

  it('is asked for by the rules where nobody did, at the instant and not before', () => {
    const org = organized();
    expect(org.epoch(day, resign('cy')).verdicts).toEqual(['ok']);
    expect(org.due()).toBe(11 * day);
    org.epoch(11 * day - 1);
    expect(cases(org)).toBe(0);
    org.epoch(11 * day);
    expect(cases(org)).toBe(1);
  });

  it('is not asked for again where somebody has, or where it was filled meanwhile', () => {
    const asked = organized();
    const { propose, act } = notesFor(asked);
    asked.epoch(day, resign('cy'));
    asked.epoch(10 * day, propose('ana', 'filling', { candidate: 'bo' }));
    asked.epoch(11 * day);
    expect(cases(asked)).toBe(1);
    const filled = organized();
    filled.epoch(day, resign('cy'));
    filled.epoch(2 * day, propose('ana', 'filling', { candidate: 'bo' }));
    filled.epoch(3 * day, act('bo', 1, 'approve'));
    expect(holdersOf(filled.state(), filled.charter, 'chair')).toEqual(['bo', 'dee']);
    filled.epoch(11 * day);
    expect(cases(filled)).toBe(1);
  });
});

describe('one concern among several (S24)', () => {
  const text = `gdo 1
organization "Concerns"
end
role member plural members
  held by 1 to 9 people
end
process motion
  started by any member
  step talk
    concerns by any member resolved by the raiser
    after 2 days without concerns go to accepted
    after 9 days go to refused
  end
end
`;

  it('is named when it is resolved; without a name only where one is open', () => {
    const org = found(text, { member: people });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    expect(org.epoch(1, act('bo', 1, 'resolve')).full).toMatchObject([{ code: 'GDO1052', reason: 'no concern is open' }]);
    org.epoch(2, act('bo', 1, 'raise'), act('cy', 1, 'raise'), act('bo', 1, 'raise'));
    expect(org.epoch(3, act('bo', 1, 'resolve')).full).toMatchObject([{ code: 'GDO1052', reason: 'name one of the open concerns: c1, c2, c3' }]);
    expect(
      org.epoch(4, act('bo', 1, 'resolve', { about: 'c2' }), act('bo', 1, 'resolve', { about: 'c1' }), act('bo', 1, 'withdraw', { about: 'c3' })).full,
    ).toMatchObject([{ code: 'GDO1040', reason: 'the concern c2 is resolved by the raiser' }, { kind: 'ok' }, { kind: 'ok' }]);
    expect(org.epoch(5, act('bo', 1, 'resolve'), act('cy', 1, 'resolve', { about: 'c9' }), act('cy', 1, 'resolve')).verdicts).toEqual([
      'GDO1040',
      'GDO1052',
      'ok',
    ]);
    expect(readCase(org.state(), org.view(1).id)?.concerns.map(({ closedMs }) => closedMs)).toEqual([4, 5, 4]);
    org.epoch(2 * day + 5);
    expect(org.view(1).outcome).toBe('accepted');
  });
});
