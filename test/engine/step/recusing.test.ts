// Recusals by the line that binds: in the second vote of a joint, by attributes of which several are shared, and by whom a request alone does not stop (S42, S134).
import { describe, expect, it } from 'vitest';
import { readCase } from '../../../engine/index.ts';
import { day, found, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const bylaws = (stages: string): string => `gdo 1
organization "Recusing"
end
attribute employer certified by any clerk
attribute family certified by any clerk
role clerk plural clerks
  held by 1 to 3 people
end
role member plural members
  held by 1 to 99 people
end
role guest plural guests
  held by 0 to 3 people
end
process motion
  started by any member
${stages}end
`;
const ballot = (lines: string): string =>
  `  vote ballot\n    voters members\n    open for 5 days\n${lines}    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\n`;

function opened(stages: string, ...before: readonly Note[]): Organization {
  const org = found(bylaws(stages), { member: people, clerk: ['tia'] });
  expect(org.epoch(0, ...before, notesFor(org).propose('ana', 'motion')).verdicts).toEqual([...before, 0].map(() => 'ok'));
  return org;
}

describe('a recusal', () => {
  it('is from the vote whose line it is under, which may be the second of a joint', () => {
    const vote = (name: string, lines: string): string =>
      `    vote ${name}\n      voters members\n      open for 5 days\n${lines}      passes when more than 1/2 of votes cast are yes\n    end\n`;
    const recusal = '      recusal decided by any clerk leaves the roster\n';
    const org = opened(`  joint both\n${vote('one', '')}${vote('two', recusal)}    when all pass go to accepted\n    otherwise go to refused\n  end\n`);
    const { act } = notesFor(org);
    org.epoch(1, act('ana', 1, 'recuse', { about: 'fay' }));
    expect(org.epoch(2, act('tia', 1, 'recuse', { about: 'fay' })).verdicts).toEqual(['ok']);
    const [one = 0, two = 0] = org.view(1).acts.map(({ entry }) => entry);
    const cast = (stage: number): Note => ({ by: 'fay', kind: 'ballot', case: org.view(1).id, body: { stage, choice: 'yes' } });
    expect(org.epoch(3, cast(one), cast(two)).verdicts).toEqual(['ok', 'GDO1057']);
  });

  it('that was asked for and not decided takes nobody the word: they decide about others, and vote', () => {
    const org = opened(ballot('    recusal decided by any member leaves the roster\n'));
    const { act, ballot: cast } = notesFor(org);
    org.epoch(1, act('ana', 1, 'recuse', { about: 'bo' }), act('ana', 1, 'recuse', { about: 'cy' }));
    // Neither who asked nor the person it is about decides it.
    const said = org.epoch(2, act('cy', 1, 'recuse', { about: 'cy' }), act('ana', 1, 'recuse', { about: 'cy' }), act('bo', 1, 'recuse', { about: 'cy' }));
    expect(said.verdicts).toEqual(['GDO1040', 'GDO1040', 'ok']);
    // cy is out now, and decides nothing more.
    expect(org.epoch(3, act('cy', 1, 'recuse', { about: 'bo' }), cast('cy', 1, 'yes'), cast('bo', 1, 'yes')).verdicts).toEqual(['GDO1040', 'GDO1057', 'ok']);
    expect(org.epoch(4, act('dee', 1, 'recuse', { about: 'bo' }), act('dee', 1, 'recuse', { about: 'bo' })).verdicts).toEqual(['ok', 'GDO1052']);
    org.epoch(5 * day);
    // The ballot of bo, who left the roster, is no vote any more.
    expect(org.view(1).outcome).toBe('refused');
  });

  it('is asked for by and about people who have a part in the case', () => {
    const org = opened(ballot('    recusal decided by any clerk leaves the roster\n'));
    const { act } = notesFor(org);
    const { full } = org.epoch(1, act('tia', 1, 'recuse', { about: 'fay' }), act('ana', 1, 'recuse', { about: 'tia' }), act('fay', 1, 'recuse'));
    expect(full).toMatchObject([
      { code: 'GDO1040', reason: 'a recusal is asked for by and about people who take part' },
      { code: 'GDO1040', reason: 'a recusal is asked for by and about people who take part' },
      { kind: 'ok' },
    ]);
    const step =
      '  recusal decided by any clerk leaves the roster\n  step talk\n    when 2 members endorse go to accepted\n    when any guest objects go to refused\n  end\n';
    const talked = opened(step);
    expect(talked.epoch(1, notesFor(talked).act('fay', 1, 'recuse', { about: 'bo' })).verdicts).toEqual(['ok']);
    // The author is a party, though none of the voters.
    const clerks = found(bylaws(ballot('    recusal decided by any clerk leaves the roster\n')).replace('by any member\n', 'by any clerk\n'), {
      member: people,
      clerk: ['tia', 'uma'],
    });
    clerks.epoch(0, notesFor(clerks).propose('tia', 'motion'));
    expect(clerks.epoch(1, notesFor(clerks).act('tia', 1, 'recuse', { about: 'fay' })).verdicts).toEqual(['ok']);
    expect(clerks.epoch(2, notesFor(clerks).act('uma', 1, 'recuse', { about: 'fay' })).verdicts).toEqual(['ok']);
    expect(clerks.epoch(3, notesFor(clerks).act('uma', 1, 'recuse', { about: 'fay' })).full).toMatchObject([{ reason: '`fay` is recused already' }]);
  });

  it('from one vote of a joint keeps a person from deciding another recusal in it (S134)', () => {
    const vote = (name: string): string =>
      `    vote ${name}\n      voters members\n      open for 5 days\n      recusal decided by any member leaves the roster\n      passes when more than 1/2 of votes cast are yes\n    end\n`;
    const org = opened(`  joint both\n${vote('one')}${vote('two')}    when all pass go to accepted\n    otherwise go to refused\n  end\n`);
    const { act } = notesFor(org);
    org.epoch(1, act('ana', 1, 'recuse', { about: 'bo' }), act('ana', 1, 'recuse', { about: 'cy' }));
    expect(org.epoch(2, act('dee', 1, 'recuse', { about: 'cy' })).verdicts).toEqual(['ok']);
    expect(org.epoch(3, act('cy', 1, 'recuse', { about: 'bo' }), act('eve', 1, 'recuse', { about: 'bo' })).verdicts).toEqual(['GDO1040', 'ok']);
  });

  it('that more people would have to decide than there are is never decided', () => {
    const org = opened(ballot('    recusal decided by 3 clerks leaves the roster\n'));
    const { act, ballot: cast } = notesFor(org);
    org.epoch(1, act('ana', 1, 'recuse', { about: 'fay' }));
    expect(org.epoch(2, act('tia', 1, 'recuse', { about: 'fay' })).verdicts).toEqual(['ok']);
    expect(org.epoch(3, cast('fay', 1, 'yes')).verdicts).toEqual(['ok']);
  });

  it('is no act where the bylaws know none', () => {
    const org = opened(ballot(''));
    expect(org.epoch(1, notesFor(org).act('ana', 1, 'recuse', { about: 'fay' })).full).toMatchObject([
      { code: 'GDO1052', reason: '`ballot` takes ballots, not acts' },
    ]);
  });

  it('by an attribute is one for each person, however many they share', () => {
    const certify = (attribute: string, member: string, value: string): Note => ({ by: 'tia', kind: 'certify', body: { attribute, member, value } });
    const shared = ['employer', 'family'].flatMap((attribute) => ['ana', 'bo'].map((member) => certify(attribute, member, 'the same')));
    const org = opened(ballot('    recusal for employer, family decided by any clerk counts as absent\n'), ...shared, certify('family', 'cy', 'another'));
    // The author shares both with themselves.
    expect(readCase(org.state(), org.view(1).id)?.recusals?.map(({ member, countsAs, askedBy }) => [member, countsAs, askedBy])).toEqual([
      ['ana', 'absent', ''],
      ['bo', 'absent', ''],
    ]);
  });
});
