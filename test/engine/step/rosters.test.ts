// Who counts in a stage: the author and not the candidate, the others and not the starters, the panel of that name, whoever is recused from it (S7, S8, S27, S42, S47, S110).
import { describe, expect, it } from 'vitest';
import { entriesUnder, holdingsOf, holds, readCase, readEntry } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const bylaws = (stages: string, lines = ''): string => `gdo 1
organization "Rosters"
end
attribute employer certified by any clerk
attribute family certified by any other clerk
attribute licence certified by at least 2 other clerks
attribute office certified by at least the larger of 1 other clerks and 2 other clerks
role member plural members
  held by 1 to 99 people
end
role clerk plural clerks
  held by 0 to 9 people
end
role deputy plural deputies
  held by 0 to 9 people in order
end
role aide plural aides
  held by 0 to 9 people in order
end
process motion
  started by any member
${lines}${stages}end
`;
const ends = '    when passed go to accepted\n    otherwise go to refused\n';
const ballot = (lines: string, voters = 'members'): string =>
  `  vote ballot\n    voters ${voters}\n    open for 5 days\n${lines}    passes when more than 1/2 of votes cast are yes\n${ends}  end\n`;

function opened(text: string, body: Note['body'] = {}, ...before: readonly Note[]): Organization {
  const org = found(text, { member: people, clerk: ['tia', 'uma', 'vic'], deputy: ['cy', 'dee'], aide: ['eve', 'fay'] });
  expect(org.epoch(0, ...before, notesFor(org).propose('ana', 'motion', body)).verdicts).toEqual([...before, 0].map(() => 'ok'));
  return org;
}

const certify = (by: string, attribute: string, member: string, value = 'Acme'): Note => ({ by, kind: 'certify', body: { attribute, member, value } });

describe('who is asked in a step', () => {
  it('is the author, who is not the candidate', () => {
    const org = opened(bylaws('  step talk\n    when the author accepts go to accepted\n    when the candidate approves go to refused\n  end\n'), {
      candidate: 'bo',
    });
    const { act } = notesFor(org);
    expect(org.epoch(hour, act('bo', 1, 'accept'), act('ana', 1, 'approve'), act('ana', 1, 'accept')).verdicts).toEqual(['GDO1040', 'GDO1040', 'ok']);
    expect(org.view(1).status).toBe('accepted');
  });

  it('is a share of the others, of whom no starter is one (S110)', () => {
    const org = opened(bylaws('  step talk\n    when at least 3/5 of other members approve go to accepted\n    after 9 days go to refused\n  end\n'));
    const { act } = notesFor(org);
    // Three of five others; of six people it would be four.
    expect(org.epoch(hour, act('ana', 1, 'approve'), act('bo', 1, 'approve'), act('cy', 1, 'approve')).verdicts).toEqual(['GDO1040', 'ok', 'ok']);
    expect(org.view(1).status).toBe('open');
    org.epoch(2 * hour, act('dee', 1, 'approve'));
    expect(org.view(1).status).toBe('accepted');
  });

  it('is the first of each role that is held in order, role by role (S27)', () => {
    const org = opened(
      bylaws(
        '  step talk\n    when the first deputy accepts go to accepted\n    when the first aide endorses go to refused\n    after 9 days go to refused\n  end\n',
      ),
    );
    const { act } = notesFor(org);
    expect(org.view(1).acts.map(({ by, people: asked }) => [by, asked])).toEqual([
      ['the first deputy', ['cy']],
      ['the first aide', ['eve']],
    ]);
    expect(org.epoch(hour, act('eve', 1, 'accept'), act('cy', 1, 'endorse'), act('eve', 1, 'endorse')).verdicts).toEqual(['GDO1040', 'GDO1040', 'ok']);
  });

  it('may be more people than there are: it says so, and is never met', () => {
    const org = opened(
      bylaws('  step talk\n    when at least the larger of 9 members and 1/2 of clerks approve go to accepted\n    after 9 days go to refused\n  end\n'),
    );
    expect(org.view(1).needed.map(({ need, met }) => [need, met])).toEqual([['9', false]]);
  });
});

describe('who certifies', () => {
  it('is any other one of the office, where the line says so: nobody certifies themselves', () => {
    const org = opened(bylaws('  step talk\n    after 9 days go to refused\n  end\n'));
    expect(org.epoch(1, certify('tia', 'employer', 'tia'), certify('tia', 'family', 'tia'), certify('uma', 'family', 'tia')).verdicts).toEqual([
      'ok',
      'GDO1040',
      'ok',
    ]);
    for (const attribute of ['licence', 'office'])
      expect(org.epoch(2, certify('tia', attribute, 'tia'), certify('uma', attribute, 'tia'), certify('vic', attribute, 'tia')).verdicts).toEqual([
        'GDO1040',
        'ok',
        'ok',
      ]);
  });
});

describe('a panel', () => {
  it('is the one that its own draw has picked, of those who were members for long enough (S47)', () => {
    const draw = (name: string, picks: string, next: string): string =>
      `  draw ${name}\n    picks ${picks}\n    when drawn go to ${next}\n    otherwise go to refused\n  end\n`;
    const org = opened(bylaws(draw('jury', '2 members', 'board') + draw('board', '3 clerks', 'ballot') + ballot('', 'board')));
    org.epoch(1);
    org.epoch(2);
    org.epoch(3);
    const { ballot: cast } = notesFor(org);
    expect(org.view(1).stage).toBe('ballot');
    expect(org.view(1).acts.map(({ people: asked }) => asked)).toEqual([['tia', 'uma', 'vic']]);
    expect(org.epoch(4, cast('ana', 1, 'yes'), cast('tia', 1, 'yes')).verdicts).toEqual(['GDO1057', 'ok']);
    const young = opened(bylaws(draw('jury', '2 members who joined at least 10 days ago', 'accepted')));
    young.epoch(1);
    expect(young.view(1).status).toBe('refused');
  });
});

describe('who is recused by an attribute (S42)', () => {
  const acme = ['ana', 'bo'].map((member) => certify('tia', 'employer', member));
  const line = '  recusal for employer decided by any clerk leaves the roster\n';

  it('from the whole case takes no part in its steps', () => {
    const org = opened(bylaws('  step talk\n    when 3 members endorse go to accepted\n    after 9 days go to refused\n  end\n', line), {}, ...acme);
    const { act } = notesFor(org);
    expect(org.epoch(hour, act('bo', 1, 'endorse'), act('cy', 1, 'endorse')).verdicts).toEqual(['GDO1040', 'ok']);
  });

  it('attends no meeting of it', () => {
    const org = opened(
      bylaws(
        '  meeting assembly\n    attended by members\n    open for 3 hours\n    quorum at least 2 members present\n    when quorate go to accepted\n    otherwise go to refused\n  end\n',
        '  recusal decided by any clerk leaves the roster\n',
      ),
    );
    const { act } = notesFor(org);
    org.epoch(1, act('ana', 1, 'recuse', { about: 'bo' }));
    expect(org.epoch(2, act('tia', 1, 'recuse', { about: 'bo' })).verdicts).toEqual(['ok']);
    expect(org.epoch(3, act('bo', 1, 'attend'), act('cy', 1, 'attend')).verdicts).toEqual(['GDO1040', 'ok']);
  });

  it('has no voice in any vote of a joint whose line says so, and everybody else has', () => {
    const vote = (name: string, recusal: string): string =>
      `    vote ${name}\n      voters members\n      open for 5 days\n${recusal}      passes when more than 1/2 of votes cast are yes\n    end\n`;
    const joint = `  joint both\n${vote('one', '')}${vote('two', `    ${line}`)}    when all pass go to accepted\n    otherwise go to refused\n  end\n`;
    const org = opened(bylaws(joint), {}, ...acme);
    const [one = 0, two = 0] = org.view(1).acts.map(({ entry }) => entry);
    const cast = (by: string, stage: number): Note => ({ by, kind: 'ballot', case: org.view(1).id, body: { stage, choice: 'yes' } });
    expect(org.epoch(hour, cast('bo', one), cast('bo', two), cast('cy', two)).verdicts).toEqual(['ok', 'GDO1057', 'ok']);
  });

  it('is nobody where nobody shares it: the case keeps no list', () => {
    const org = opened(bylaws(ballot(`  ${line}`)));
    expect(readCase(org.state(), org.view(1).id)?.recusals).toBeUndefined();
  });
});

describe('the rosters of a vote (S7, S8)', () => {
  it('keep in one order who is taken out of them, whatever the roles', () => {
    const org = opened(bylaws(ballot('', 'members except the deputy, the clerk, the aide')));
    expect(readEntry(org.state(), `roster/${org.view(1).id}/0001`)?.['except']).toEqual(['cy', 'dee', 'eve', 'fay', 'tia', 'uma', 'vic']);
    expect(org.view(1).acts.map(({ people: asked }) => asked)).toEqual([['ana', 'bo']]);
  });

  it('are said to be open, as every stage is', () => {
    const org = found(bylaws(ballot('')), { member: people });
    const { notices } = org.epoch(0, notesFor(org).propose('ana', 'motion'));
    expect(notices.map(({ kind, stage, reason }) => [kind, stage, reason])).toEqual([['opened-stage', 'ballot', '`ballot` is open']]);
    expect(org.epoch(5 * day).notices.map(({ kind }) => kind)).toEqual(['decided']);
  });
});

describe('who holds a role', () => {
  it('is nobody of a name that is no role, and no stranger where everybody does (S87)', () => {
    const org = opened(bylaws(ballot('')).replace('process motion', 'role visitor plural visitors\n  held by anyone\nend\nprocess motion'));
    const asked = (name: string, member: string): boolean => holds(org.state(), org.charter, name, member);
    expect([asked('visitor', 'ana'), asked('visitor', 'zoe'), asked('nothing', 'ana'), asked('member', 'tia')]).toEqual([true, false, false, false]);
  });

  it('is told with when it began, when it ends, and when it was granted last', () => {
    const granting = 'role chair plural chairs\n  held by 0 to 9 people\n  term 10 days\n  gained through motion\n  lost through expiry\nend\nprocess motion';
    const org = opened(bylaws('  outcome named\n    grant chair to the candidate\n  end\n').replace('process motion', granting), { candidate: 'bo' });
    expect(holdingsOf(org.state(), 'chair')).toEqual([{ member: 'bo', sinceMs: 0, order: 0, untilMs: 10 * day }]);
    org.epoch(4 * day, notesFor(org).propose('cy', 'motion', { candidate: 'bo' }));
    org.epoch(4 * day + 1);
    expect(holdingsOf(org.state(), 'chair')).toMatchObject([{ member: 'bo', sinceMs: 0, order: 0, fromMs: 4 * day }]);
    expect(holdingsOf(org.state(), 'member')[0]).toEqual({ member: 'ana', sinceMs: 0, order: 0 });
  });
});

describe('what a stage keeps of its rosters (S7)', () => {
  it('is the roles it speaks of, with nobody else and nothing that it does not need', () => {
    const program = 'collaborator scale kept by any clerk\n  reports "stake"\nend\nprocess motion';
    const step = '  step talk\n    when the author accepts go to accepted\n    when any clerk approves go to refused\n  end\n';
    const org = opened(bylaws(step).replace('process motion', program));
    expect(readEntry(org.state(), `roster/${org.view(1).id}/0001`)).toEqual({ roles: [['clerk', ['tia', 'uma', 'vic']]], except: [], seats: 0, vacant: 0 });
  });
});

describe('who was present at a meeting (S46, S101)', () => {
  const meeting = `  meeting assembly
    called by any member within 10 days
    attended by members
    open for 3 hours
    quorum at least 2 members present
    second call after 1 day quorum at least 2 members present
    when quorate go to accepted
    otherwise go to refused
  end
`;

  it('is nobody for having called it, and nobody for having been at the first call of a second one', () => {
    const org = opened(bylaws(meeting));
    const { act } = notesFor(org);
    org.epoch(hour, act('ana', 1, 'call'));
    expect(org.epoch(hour + 1, act('bo', 1, 'attend')).verdicts).toEqual(['ok']);
    org.epoch(4 * hour);
    // The caller attended nothing, so one was there.
    expect(org.view(1)).toMatchObject({ status: 'open', stage: 'assembly' });
    org.epoch(4 * hour + day);
    expect(org.epoch(4 * hour + day + 1, act('cy', 1, 'attend')).verdicts).toEqual(['ok']);
    expect(entriesUnder(org.state(), `act/${org.view(1).id}/`).map(([, one]) => [one['by'], one['verb']])).toEqual([
      ['ana', 'call'],
      ['bo', 'attend'],
      ['cy', 'attend'],
    ]);
    org.epoch(4 * hour + day + 3 * hour);
    expect(org.view(1)).toMatchObject({ status: 'refused', result: 'inquorate' });
    expect(readCase(org.state(), org.view(1).id)?.present).toEqual(['cy']);
  });
});

describe('cases that a limit counts (S62)', () => {
  it('are those about the same candidate, whoever starts them', () => {
    const org = opened(bylaws(ballot(''), '  limit 1 cases per candidate\n'), { candidate: 'bo' });
    const { propose } = notesFor(org);
    const started = org.epoch(1, propose('cy', 'motion', { candidate: 'bo' }), propose('ana', 'motion', { candidate: 'dee' }));
    expect(started.full).toMatchObject([{ code: 'GDO1040', reason: '`motion` has its limit of 1 for the candidate `bo`' }, { kind: 'ok' }]);
  });

  it('are in every one of its windows', () => {
    const org = opened(bylaws(ballot(''), '  limit 1 cases per author per 10 days per 30 days\n'));
    const { propose } = notesFor(org);
    expect(org.epoch(10 * day - 1, propose('ana', 'motion')).verdicts).toEqual(['GDO1040']);
    expect(org.epoch(10 * day, propose('ana', 'motion')).verdicts).toEqual(['ok']);
  });
});

describe('a limit of one thing', () => {
  it('is none of another: of starters none of cases, of cases none of starters (S62, S115)', () => {
    const org = opened(bylaws(ballot(''), '  limit 1 starters per employer\n'));
    const { propose } = notesFor(org);
    expect(org.epoch(1, propose('ana', 'motion'), propose('ana', 'motion')).verdicts).toEqual(['ok', 'ok']);
    const acme = ['ana', 'bo', 'cy'].map((member) => certify('tia', 'employer', member));
    const joined = bylaws(ballot(''), '  limit 2 cases per employer\n').replace('started by any member', 'started by 3 members');
    const several = opened(joined, {}, ...acme);
    const { act } = notesFor(several);
    expect(several.epoch(1, act('bo', 1, 'start', { stage: 1 }), act('cy', 1, 'start', { stage: 1 })).verdicts).toEqual(['ok', 'ok']);
    expect(several.view(1).stage).toBe('ballot');
    expect(several.view(1).entry).toBe(1);
  });
});

describe('what people do in a step', () => {
  const action = 'action teach by any member\n';
  const effort = (what: string): string => `measure effort counts ${what} by each member end\n`;
  const kept = (declared: string): number => {
    const step = '  step talk\n    when 9 members teach go to accepted\n    after 9 days go to refused\n  end\n';
    const org = opened(bylaws(step).replace('process motion', `${declared}process motion`));
    expect(org.epoch(hour, notesFor(org).act('bo', 1, 'teach')).verdicts).toEqual(['ok']);
    return entriesUnder(org.state(), 'did/').length;
  };

  it('is kept where a measure of the bylaws counts it, and nowhere else (S112)', () => {
    const reported = 'collaborator scale kept by any clerk\n  reports "teach"\nend\nmeasure told counts teach by each member reported by scale end\n';
    expect(kept(action)).toBe(0);
    expect(kept(action + effort('teach'))).toBe(1);
    expect(kept(action + effort('ballots'))).toBe(0);
    expect(kept(`${action}${effort('ballots')}${effort('teach').replace('effort', 'teaching')}`)).toBe(1);
    expect(kept(action + reported)).toBe(0);
  });
});
