// Options and their sponsors, spread of support, caps inside a count, and what options must win by.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/index.ts';
import { holdersOf, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const frame = (body: string): string => `gdo 1
organization "Options"
end
area work covers "work/**"
area core covers "core/**"
attribute employer certified by any clerk
role clerk plural clerks
  held by 1 to 3 people
  gained through joining
end
role member plural members
  held by anyone
  gained through joining
end
role seat plural seats-of-the-board
  held by 3 people
  gained through election
end
process joining
  started by any person
  outcome joined
    grant member to the candidate
  end
end
${body}
process election
  started by any member
  step nominating
    nominations of members
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 3 seat
    open for 1 day
    tie fails
    when elected go to seated
    when uncontested go to seated
    otherwise go to refused
  end
  outcome seated
    grant seat to the winners
  end
end
`;

const people: readonly string[] = Array.from({ length: 12 }, (_, index) => `m${String(index).padStart(2, '0')}`);

const certify = (member: string, value: string): Note => ({ by: 'tia', kind: 'certify', body: { attribute: 'employer', member, value } });

const withOptions = (vote: string, support = 'supported by 2 other members struck after 1 day'): string =>
  frame(`process motion
  governs work, core
  started by any member
  step talk
    options by any member ${support}
    after 5 days go to ballot
  end
  vote ballot
    voters members
    choices the options
    default nothing
    counted by condorcet-schulze with winning votes, unranked last, equal ranks allowed
    open for 5 days
${vote}    tie fails
    when uncontested go to refused
    when won go to accepted
    otherwise go to refused
  end
end`);

function opened(text: string): Organization {
  const org = found(text, { member: people, clerk: ['tia'] }, { content: [] });
  org.epoch(0, notesFor(org).propose('m00', 'motion'));
  return org;
}

const choices = (org: Organization): readonly string[] => org.view(1).tallies[0]?.counts.map(([name]) => name) ?? [];

describe('options (S121)', () => {
  const text = withOptions('').replace('    when uncontested go to refused\n', '');

  it("are the case's own content and those added with support of their own", () => {
    const org = opened(text);
    const { act } = notesFor(org);
    expect(
      org.epoch(
        hour,
        act('m01', 1, 'add', { about: 'red', text: 'Paint it red' }),
        act('m02', 1, 'add', { text: 'Paint it blue' }),
        act('m03', 1, 'add', { about: 'green' }),
        act('m03', 1, 'add', { about: 'red', text: 'Again' }),
        act('m03', 1, 'add', { about: 'nothing', text: 'The default' }),
        act('tia', 1, 'add', { about: 'tin', text: 'From outside' }),
      ).verdicts,
    ).toEqual(['ok', 'ok', 'GDO1052', 'GDO1052', 'GDO1052', 'GDO1040']);
    const sponsored = org.epoch(
      2 * hour,
      act('m04', 1, 'endorse', { about: 'red' }),
      act('m05', 1, 'endorse', { about: 'red' }),
      act('m05', 1, 'endorse', { about: 'tin' }),
    );
    expect(sponsored.verdicts).toEqual(['ok', 'ok', 'GDO1052']);
    org.epoch(5 * day);
    expect(choices(org)).toEqual(['proposal', 'red', 'nothing']);
  });

  it('leave the ballot a day after they lost a sponsor they need, unless it is mended', () => {
    const org = opened(text);
    const { act } = notesFor(org);
    for (const [name, by] of [
      ['red', 'm01'],
      ['blue', 'm02'],
      ['late', 'm03'],
    ] as const)
      org.epoch(hour, act(by, 1, 'add', { about: name, text: name }));
    for (const name of ['red', 'blue', 'late']) org.epoch(2 * hour, act('m04', 1, 'endorse', { about: name }), act('m05', 1, 'endorse', { about: name }));
    org.epoch(day, act('m04', 1, 'withdraw', { about: 'red' }), act('m04', 1, 'withdraw', { about: 'blue' }));
    org.epoch(day + hour, act('m06', 1, 'endorse', { about: 'blue' }));
    org.epoch(2 * day + hour, act('m06', 1, 'endorse', { about: 'red' }));
    // This one is struck only after the vote has opened: it is on the list and dropped before the count.
    org.epoch(5 * day - hour, act('m04', 1, 'withdraw', { about: 'late' }));
    org.epoch(5 * day);
    expect(choices(org)).toEqual(['proposal', 'blue', 'late', 'nothing']);
    const { ballot } = notesFor(org);
    org.epoch(6 * day, ...people.map((member) => ballot(member, 1, ['late', 'blue', 'nothing'])));
    org.epoch(10 * day);
    expect(readCase(org.state(), org.view(1).id)?.winners).toEqual(['blue']);
  });

  it('can be withdrawn by who added them', () => {
    const org = opened(text);
    const { act } = notesFor(org);
    org.epoch(hour, act('m01', 1, 'add', { about: 'red', text: 'Red' }));
    org.epoch(2 * hour, act('m04', 1, 'endorse', { about: 'red' }), act('m05', 1, 'endorse', { about: 'red' }));
    expect(org.epoch(3 * hour, act('m01', 1, 'withdraw', { about: 'red' })).verdicts).toEqual(['ok']);
    org.epoch(5 * day);
    expect(choices(org)).toEqual(['proposal', 'nothing']);
  });

  it('keep no sponsor from before an edit (S50, S117)', () => {
    const org = opened(text.replace('  started by any member\n  step talk', '  on edit go to talk\n  started by any member\n  step talk'));
    const { act } = notesFor(org);
    org.epoch(hour, act('m01', 1, 'add', { about: 'red', text: 'Red' }), act('m02', 1, 'add', { about: 'blue', text: 'Blue' }));
    for (const name of ['red', 'blue']) org.epoch(2 * hour, act('m04', 1, 'endorse', { about: name }), act('m05', 1, 'endorse', { about: name }));
    expect(org.epoch(3 * hour, act('m00', 1, 'edit', { text: 'Other words' })).verdicts).toEqual(['ok']);
    org.epoch(4 * hour, act('m04', 1, 'endorse', { about: 'blue' }), act('m05', 1, 'endorse', { about: 'blue' }));
    org.epoch(6 * day);
    expect(choices(org)).toEqual(['proposal', 'blue', 'nothing']);
  });

  it('need no ballot where one is left beside the default, if the text says so (S132)', () => {
    const org = opened(withOptions(''));
    org.epoch(5 * day);
    org.epoch(5 * day + 1);
    expect(org.view(1)).toMatchObject({ status: 'refused', result: 'uncontested' });
  });

  it("merge the case's own content only where it wins", () => {
    const org = found(text, { member: people, clerk: ['tia'] });
    const { proposeChange, act, ballot } = notesFor(org);
    org.epoch(0, proposeChange('m00', 'motion', [{ path: 'work/a', old: 'absent', new: `100644:${'1'.repeat(64)}` }]));
    org.epoch(hour, act('m01', 1, 'add', { about: 'red', text: 'Red' }));
    org.epoch(2 * hour, act('m04', 1, 'endorse', { about: 'red' }), act('m05', 1, 'endorse', { about: 'red' }));
    org.epoch(5 * day);
    org.epoch(6 * day, ...people.map((member) => ballot(member, 1, ['red', 'proposal'])));
    expect(org.epoch(10 * day).merges).toEqual([]);
    expect(org.view(1)).toMatchObject({ status: 'accepted', outcome: 'accepted' });
  });

  const counted = (vote: string, ballots: readonly (readonly [Json, number])[], path = 'work/a'): string | undefined => {
    const org = found(withOptions(vote).replace('    when uncontested go to refused\n', ''), { member: people, clerk: ['tia'] });
    const { proposeChange, ballot } = notesFor(org);
    org.epoch(0, proposeChange('m00', 'motion', [{ path, old: 'absent', new: `100644:${'1'.repeat(64)}` }]));
    org.epoch(5 * day);
    const voters = [...people];
    const notes = ballots.flatMap(([choice, count]) => voters.splice(0, count).map((member) => ballot(member, 1, choice)));
    org.epoch(6 * day, ...notes);
    org.epoch(10 * day);
    return org.view(1).outcome;
  };
  const against = ['nothing', 'proposal'];

  it.each([
    ['two to one is enough outside the area', 'work/a', 6, 3, 'accepted'],
    ['and too little inside it', 'core/a', 6, 3, 'refused'],
    ['three to one is enough inside it', 'core/a', 9, 3, 'accepted'],
  ])('beat the default by more where they touch an area: %s (S44)', (_, path, yes, no, outcome) => {
    const vote = '    beats default by more than 1 to 1\n    beats default by at least 3 to 1 in core\n';
    expect(
      counted(
        vote,
        [
          [['proposal', 'nothing'], yes],
          [against, no],
        ],
        path,
      ),
    ).toBe(outcome);
  });

  it.each([
    [7, 'accepted'],
    [6, 'refused'],
  ])('beat others by a share of everybody: %i of 12 (S133)', (yes, outcome) => {
    expect(
      counted('    beats others by more than 1/2 of members\n', [
        [['proposal'], yes],
        [against, 2],
      ]),
    ).toBe(outcome);
  });

  it.each([
    [8, 'accepted'],
    [7, 'refused'],
  ])('pass the tests beside the method as well: turnout %i of 12 (S125)', (yes, outcome) => {
    expect(counted('    passes when turnout at least 2/3 of members\n', [[['proposal'], yes]])).toBe(outcome);
  });
});

describe('limits of supporters (S115)', () => {
  const text = (limit: string): string =>
    frame(`process motion
  started by any member
  step support
    ${limit}
    when 3 members endorse go to accepted
    after 5 days go to refused
  end
end`);

  it('let so many of one group count, and a person without a value alone', () => {
    const org = found(text('limit 1 supporters per employer'), { member: people, clerk: ['tia'] });
    const { propose, act } = notesFor(org);
    org.epoch(0, ...['m01', 'm02', 'm03'].map((member) => certify(member, 'Acme')));
    org.epoch(1, propose('m00', 'motion'));
    org.epoch(hour, ...['m01', 'm02', 'm03', 'm04'].map((member) => act(member, 1, 'endorse')));
    expect(org.view(1).status).toBe('open');
    org.epoch(2 * hour, act('m05', 1, 'endorse'));
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('read attributes as they were when the step opened (S7)', () => {
    const org = found(text('limit 1 supporters per employer'), { member: people, clerk: ['tia'] });
    const { propose, act } = notesFor(org);
    org.epoch(0, certify('m01', 'Acme'), certify('m02', 'Other'), certify('m03', 'Third'));
    org.epoch(1, propose('m00', 'motion'));
    org.epoch(hour, certify('m02', 'Acme'), certify('m03', 'Acme'));
    org.epoch(2 * hour, ...['m01', 'm02', 'm03'].map((member) => act(member, 1, 'endorse')));
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('count the candidate first', () => {
    const body = `process second
  started by any member
  step nominating
    nominations of members supported by 3 members
    limit 1 supporters per employer including the candidate
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 1 seat
    open for 1 day
    tie fails
    otherwise go to refused
  end
end`;
    const org = found(frame(body), { member: people, clerk: ['tia'] });
    const { propose, act } = notesFor(org);
    org.epoch(0, certify('m00', 'A'), certify('m01', 'A'), certify('m02', 'B'), certify('m03', 'C'), certify('m04', 'B'));
    org.epoch(1, propose('m09', 'second'));
    org.epoch(hour, act('m00', 1, 'nominate'), act('m04', 1, 'nominate'));
    const endorse = (by: string, about: string): Note => act(by, 1, 'endorse', { about });
    // m00 of A with themselves, B and C; m04 of B, where the other one of B does not count.
    org.epoch(2 * hour, ...['m00', 'm02', 'm03'].map((by) => endorse(by, 'm00')), ...['m01', 'm02', 'm03'].map((by) => endorse(by, 'm04')));
    org.epoch(2 * day);
    expect(choices(org)).toEqual(['m00']);
  });
});

describe('caps inside a count (S115)', () => {
  const board = (role: string, vote: string, elects: string): string =>
    frame('process motion\n  started by any member\n  outcome done\n    refuse the merge\n  end\nend')
      .replace('  held by 3 people\n', `  held by 3 people\n${role}`)
      .replace('    elects 3 seat\n', `    elects ${elects} seat\n${vote}`);

  const winners = (
    text: string,
    marks: Readonly<Record<string, number>>,
    values: Readonly<Record<string, string>>,
    sitting: readonly string[] = [],
  ): readonly string[] => {
    const org = found(text, { member: people, clerk: ['tia'], seat: sitting });
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, ...Object.entries(values).map(([member, value]) => certify(member, value)));
    org.epoch(1, propose('m11', 'election'));
    org.epoch(hour, ...Object.keys(marks).map((member) => act(member, 1, 'nominate')));
    org.epoch(2 * day);
    org.epoch(
      2 * day + 1,
      ...people.map((member, index) =>
        ballot(
          member,
          1,
          Object.entries(marks).flatMap(([name, count]) => (index < count ? [name] : [])),
        ),
      ),
    );
    org.epoch(3 * day);
    return holdersOf(org.state(), org.charter, 'seat');
  };
  const marks = { m00: 12, m01: 11, m02: 10, m03: 9, m04: 8 };

  it('strike the lowest winner of a group beyond the limit of the vote, and count again', () => {
    const text = board('', '    limit 2 winners per employer\n', '3');
    expect(winners(text, marks, { m00: 'X', m01: 'X', m02: 'X' })).toEqual(['m00', 'm01', 'm03']);
  });

  it('keep the cap of the role, sitting members included', () => {
    const text = board('  limit 2 seat per employer\n', '', 'the vacant');
    expect(winners(text, marks, { m00: 'X', m01: 'X', m09: 'X' }, ['m09'])).toEqual(['m00', 'm02', 'm09']);
  });

  it('take a share of those who sit in the end', () => {
    const text = board('', '    limit 1/3 of seat per employer\n', '3');
    expect(winners(text, marks, { m00: 'X', m01: 'X', m02: 'Y', m03: 'Z' })).toEqual(['m00', 'm02', 'm03']);
  });
});

describe('`supported by ACTOR who FACTS` (S121, docs/decisions/0109)', () => {
  const text = `gdo 1
organization "Seats"
end
role elector plural electors
  held by 1 to 20 people
  lost through resignation
end
role trustee plural trustees
  held by 0 to 5 people
  gained through election
  lost through resignation
end
process election
  started by any elector
  step nominating
    nominations of person supported by 2 electors who do not hold trustee
    options by any elector supported by 1 elector who holds trustee
    after 7 days go to ballot
  end
  vote ballot
    voters electors
    choices the candidates
    counted by approval
    elects 2 trustees
    open for 7 days
    tie fails
    when elected go to seated
    otherwise go to refused
  end
  outcome seated
    grant trustee to the winners
  end
end
`;
  const opened = (): Organization => {
    const org = found(text, { elector: ['ana', 'bo', 'cy', 'dee'], trustee: ['dee'] }, { people: ['pam'] });
    org.epoch(0, notesFor(org).propose('ana', 'election'));
    return org;
  };

  it('takes support of those who met the facts when the step opened, whatever they hold later', () => {
    const org = opened();
    const { act } = notesFor(org);
    org.epoch(1, act('pam', 1, 'nominate'));
    const endorse = (by: string) => act(by, 1, 'endorse', { about: 'pam' });
    const refused = org.epoch(2, endorse('dee'));
    expect(refused.full[0]).toMatchObject({ code: 'GDO1040', reason: expect.stringContaining('at least 2 electors who do not hold trustee') });
    // Dee leaves her seat; the roster of supporters is that of the opening.
    org.epoch(3, { by: 'dee', kind: 'resign', body: { role: 'trustee' } });
    expect(org.epoch(4, endorse('dee'), endorse('ana'), endorse('bo')).verdicts).toEqual(['GDO1040', 'ok', 'ok']);
    org.epoch(7 * day);
    expect(org.view(1).tallies[0]?.counts.map(([name]) => name)).toEqual(['pam']);
  });

  it('names the same people to whoever asks who can do it, for options as for candidates', () => {
    const org = opened();
    const acts = org.view(1).acts.filter((act) => act.verb === 'endorse');
    expect(acts.map(({ by, people }) => [by, people])).toEqual([
      ['at least 2 electors who do not hold trustee', ['ana', 'bo', 'cy']],
      ['at least 1 elector who holds trustee', ['dee']],
    ]);
  });
});
