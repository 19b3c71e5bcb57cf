// Whom a case asks along an ordered role, and who is recused (S27, S42, S127, S134).
import { describe, expect, it } from 'vitest';
import { unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\n';
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev', 'eve'];

function withText(text: string, deputies: readonly string[] = [], more: Readonly<Record<string, readonly string[]>> = {}): Organization {
  const roles =
    'role member plural members\n  held by 1 to 99 people\n  lost through resignation\nend\nrole deputy plural deputies\n  held by 0 to 9 people in order\n  lost through resignation\nend\nrole clerk\n  held by 0 to 2 people\nend\n';
  const bylaws = `${opening}${roles}${text}`;
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(bylaws, { member: people, deputy: deputies, clerk: ['kim'], ...more });
}

describe('the first and the next of an ordered role (S27)', () => {
  const text =
    'process handover\n  started by any member\n  step one\n    when the first deputy accepts go to accepted\n    after 1 day go to other\n  end\n' +
    '  step other\n    when the next deputy accepts go to accepted\n    after 1 day go to again\n  end\n  step again\n    when any clerk approves go to other\n    when any clerk appeals go to refused\n    after 9 days go to refused\n  end\nend\n';

  it('are asked one after another, in the order of the role and not of the names', () => {
    const org = withText(text, ['chi', 'ada', 'ben']);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('dev', 'handover'));
    expect(org.view(1).acts[0]).toMatchObject({ by: 'the first deputy', people: ['chi'] });
    expect(org.epoch(hour, act('ada', 1, 'accept')).verdicts).toEqual(['GDO1040']);
    org.epoch(day);
    expect(org.epoch(day + hour, act('chi', 1, 'accept')).verdicts).toEqual(['GDO1040']);
    org.epoch(day + 2 * hour, act('ada', 1, 'accept'));
    expect(org.view(1).status).toBe('accepted');
  });

  it('go on after the last one who was asked in this case, over those who left, until nobody is left', () => {
    const org = withText(text, ['chi', 'ada', 'ben']);
    const { propose, act } = notesFor(org);
    const asked = (): readonly string[] => org.view(1).acts[0]?.people ?? [];
    org.epoch(0, propose('dev', 'handover'));
    org.epoch(day, { by: 'ada', kind: 'resign', body: { role: 'deputy' } });
    expect(asked()).toEqual(['ben']);
    org.epoch(2 * day);
    org.epoch(2 * day + 1, act('kim', 1, 'approve'));
    expect([org.view(1).stage, asked()]).toEqual(['other', []]);
  });
});

describe('the walk along an ordered role (S27)', () => {
  const text = `role warden plural wardens
  held by 0 to 9 people in order
end
process handover
  started by any member
  step one
    when the first warden accepts go to two
    after 1 day go to two
  end
  step two
    when the next deputy accepts go to accepted
    when the next deputy appeals go to refused
    after 1 day go to both
  end
  step both
    when the first deputy accepts go to accepted
    when the next deputy approves go to accepted
    after 1 day go to free
  end
  step free
    when any clerk accepts go to two
    when any clerk appeals go to again
    after 9 days go to refused
  end
  step again
    when the first deputy accepts go to accepted
    after 9 days go to refused
  end
end
process inquiry
  started by any member
  while open suspend deputy of the subject
  step talk
    after 30 days go to refused
  end
end
`;
  const started = (): Organization => {
    const org = withText(text, ['chi', 'ada', 'ben', 'dev'], { warden: ['ada'] });
    org.epoch(0, notesFor(org).propose('eve', 'handover'));
    return org;
  };
  const asked = (org: Organization): readonly (readonly string[])[] => org.view(1).acts.map(({ people: meant }) => [...meant]);

  it('is one for each role; a stage may ask the first and the next; the first is the first again, later on', () => {
    const org = started();
    const { act } = notesFor(org);
    expect(asked(org)).toEqual([['ada']]);
    org.epoch(day);
    // Ada was asked as a warden: of the deputies nobody was asked yet.
    expect([org.view(1).stage, ...asked(org)]).toEqual(['two', ['chi'], ['chi']]);
    org.epoch(2 * day);
    expect([org.view(1).stage, ...asked(org)]).toEqual(['both', ['chi'], ['ada']]);
    org.epoch(3 * day);
    expect([org.view(1).stage, ...asked(org)]).toEqual(['free', ['kim'], ['kim']]);
    org.epoch(3 * day + 1, act('kim', 1, 'accept'));
    expect([org.view(1).stage, ...asked(org)]).toEqual(['two', ['ben'], ['ben']]);
    org.epoch(4 * day + 1);
    org.epoch(5 * day + 1);
    org.epoch(5 * day + 2, act('kim', 1, 'appeal'));
    expect([org.view(1).stage, ...asked(org)]).toEqual(['again', ['chi']]);
  });

  it('goes past whoever is suspended when it comes to them (S100)', () => {
    const org = started();
    org.epoch(hour, notesFor(org).propose('eve', 'inquiry', { subject: 'chi' }));
    org.epoch(day);
    expect(asked(org)).toEqual([['ada'], ['ada']]);
    org.epoch(day + hour, notesFor(org).propose('eve', 'inquiry', { subject: 'ben' }));
    org.epoch(2 * day);
    expect(asked(org)).toEqual([['ada'], ['dev']]);
  });
});

const motion = (lines: string, process = ''): string =>
  `process motion\n  started by any member\n${process}  vote ballot\n    voters members\n    open for 5 days\n${lines}    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
const half = '    passes when at least 1/2 of all members are yes\n';

describe('a recusal (S42)', () => {
  const voted = (rule: string, more = half): Organization => {
    const org = withText(motion(`    recusal decided by any clerk ${rule}\n${more}`));
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(hour, ballot('ada', 1, 'yes'), ballot('ben', 1, 'yes'), ballot('eve', 1, 'no'));
    expect(org.epoch(2 * hour, act('ben', 1, 'recuse', { about: 'eve' }), act('kim', 1, 'recuse', { about: 'eve' })).verdicts).toEqual(['ok', 'ok']);
    return org;
  };

  it('that leaves the roster shrinks it, and the ballot does not count', () => {
    const org = voted('leaves the roster');
    expect(org.view(1).tallies[0]).toMatchObject({ voters: 4, voted: 2 });
    org.epoch(5 * day);
    expect(org.view(1).status).toBe('accepted');
  });

  it('of two people takes the ballot of each away', () => {
    const org = voted('leaves the roster');
    const { act } = notesFor(org);
    expect(org.epoch(3 * hour, act('chi', 1, 'recuse', { about: 'ben' }), act('kim', 1, 'recuse', { about: 'ben' })).verdicts).toEqual(['ok', 'ok']);
    expect(org.view(1).tallies[0]).toMatchObject({ voters: 3, voted: 1 });
  });

  it('that counts as absent keeps the roster', () => {
    const org = voted('counts as absent');
    expect(org.view(1).tallies[0]).toMatchObject({ voters: 5, voted: 2 });
    org.epoch(5 * day);
    expect(org.view(1).status).toBe('refused');
  });

  it('that counts as abstention is one, ballot or none', () => {
    const org = voted('counts as abstain', '    quorum at least 3 members voting\n    passes when more than 1/2 of votes cast are yes\n');
    expect(org.view(1).tallies[0]?.counts).toEqual([
      ['yes', 2],
      ['no', 0],
      ['abstain', 1],
    ]);
    org.epoch(5 * day);
    expect(org.view(1)).toMatchObject({ status: 'accepted', result: 'passed' });
  });

  it('is decided by somebody else than who asked and whom it is about; nobody decides, nothing happens', () => {
    const org = withText(motion(`    recusal decided by any member leaves the roster\n${half}`));
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    const asks = org.epoch(hour, act('kim', 1, 'recuse', { about: 'eve' }), act('ben', 1, 'recuse', { about: 'kim' }), act('eve', 1, 'recuse'));
    expect(asks.verdicts).toEqual(['GDO1040', 'GDO1040', 'ok']);
    expect(org.epoch(2 * hour, act('eve', 1, 'recuse', { about: 'eve' }), ballot('eve', 1, 'no')).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.view(1).tallies[0]).toMatchObject({ voters: 5, voted: 1 });
    const decided = org.epoch(3 * hour, act('ben', 1, 'recuse', { about: 'eve' }), ballot('eve', 1, 'no'), act('chi', 1, 'recuse', { about: 'eve' }));
    expect(decided.verdicts).toEqual(['ok', 'GDO1057', 'GDO1052']);
    expect(org.view(1).tallies[0]).toMatchObject({ voters: 4, voted: 0 });
  });

  it('that waits for its decision keeps a vote open that is decided otherwise (S127)', () => {
    const org = withText(motion(`    closes early when decided\n    recusal decided by any clerk counts as absent\n${half}`));
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(hour, act('ada', 1, 'recuse', { about: 'eve' }), ballot('ada', 1, 'yes'), ballot('ben', 1, 'yes'), ballot('chi', 1, 'yes'));
    expect(org.view(1).status).toBe('open');
    org.epoch(2 * hour, act('kim', 1, 'recuse', { about: 'eve' }));
    expect(org.view(1).status).toBe('accepted');
  });

  it('from the whole case takes acts in its steps away, those given before too (S134)', () => {
    const org = withText(
      'process talk\n  started by any member\n  recusal decided by any clerk leaves the roster\n  step s\n    when 2 members endorse go to accepted\n    after 5 days go to refused\n  end\nend\n',
    );
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'talk'));
    org.epoch(hour, act('eve', 1, 'endorse'), act('ben', 1, 'recuse', { about: 'eve' }));
    expect(org.epoch(2 * hour, act('kim', 1, 'recuse', { about: 'eve' }), act('ben', 1, 'endorse'), act('eve', 1, 'endorse')).verdicts).toEqual([
      'ok',
      'ok',
      'GDO1040',
    ]);
    expect(org.view(1).status).toBe('open');
    org.epoch(3 * hour, act('chi', 1, 'endorse'));
    expect(org.view(1).status).toBe('accepted');
  });

  it('keeps a person from deciding a tie, unless the rule says though concerned (S134)', () => {
    const tie = (rule: string): Organization => {
      const org = withText(
        motion(
          `    recusal decided by any clerk leaves the roster\n    passes when more than 1/2 of votes cast are yes\n    tie decided by any deputy ${rule}then fails\n`,
        ),
        ['eve'],
      );
      const { propose, act, ballot } = notesFor(org);
      org.epoch(0, propose('ada', 'motion'));
      org.epoch(hour, ballot('ada', 1, 'yes'), ballot('ben', 1, 'no'), act('eve', 1, 'recuse'));
      org.epoch(2 * hour, act('kim', 1, 'recuse', { about: 'eve' }));
      org.epoch(5 * day);
      return org;
    };
    expect(tie('').view(1)).toMatchObject({ status: 'refused', result: 'failed' });
    const open = tie('though concerned ');
    expect(open.view(1).status).toBe('open');
    expect(open.epoch(6 * day, notesFor(open).act('eve', 1, 'declare', { about: 'passed' })).verdicts).toEqual(['ok']);
    expect(open.view(1).status).toBe('accepted');
  });
});
