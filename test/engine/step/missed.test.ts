// What a missed duty can bring about in the case that it follows from: merges, refusals, payments, reversals, strikes (S65, docs/decisions/0056).
import { describe, expect, it } from 'vitest';
import { accountTotals, entriesUnder, holdersOf, pointsOf, readCase, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Organization } from './organization.ts';

const people: readonly string[] = ['ada', 'ben', 'chi'];

const bylaws = (otherwise: string, of = 'request.review', more = ''): string => `gdo 1
organization "Duties"
end
area work covers "work/**"
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 2 people
  gained through request
end
account purse in coins
  kept by any member
  limit 500 coins per 30 days
end
duty answer "Answering in time"
  owed by the chair
  within 10 days of ${of}
  done when the chair reports "answered"
  otherwise ${otherwise}
end
process request
  governs work
  started by any member
  spends from purse up to 100 coins
  step review
    when 2 members approve go to granted
    after 60 days go to refused
  end
  outcome granted
    accept the merge
    grant chair to the author
  end
end
process race
  started by any member
  step nominating
    nominations of person
    after 40 days go to refused
  end
end
${more}`;

const entry = [{ path: 'work/a', old: '100644:aa', new: '100644:bb' }];

function organization(...given: Parameters<typeof bylaws>): Organization {
  return found(bylaws(...given), { member: people, chair: ['zoe'] }, { content: [['work/a', '100644:aa']] });
}

/** A request of Ada's that nobody answers; the tenth day is over. */
function unanswered(otherwise: string, more?: string): Organization {
  const org = organization(otherwise, 'request.review', more);
  org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
  expect(org.due()).toBe(10 * day);
  org.epoch(10 * day);
  return org;
}

const contentOf = (org: Organization): readonly unknown[] => entriesUnder(org.state(), 'content/work/').map(([, value]) => value['entry']);

describe('a duty that nobody did in time (S65)', () => {
  it('accepts the merge of its case, which ends as accepted', () => {
    const org = unanswered('accept the merge');
    expect(org.view(1)).toMatchObject({ status: 'merged', outcome: 'accepted', stage: 'review' });
    expect(contentOf(org)).toEqual(['100644:bb']);
    // The outcomes of the process have other effects, and are not reached.
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['zoe']);
  });

  it('accepts it for as long as it says: unratified, the merge is undone (S56)', () => {
    const council = 'process council\n  governs work\n  started by any member\n  step talk\n    after 5 days go to accepted\n  end\nend\n';
    const org = unanswered('accept the merge until ratified through council within 7 days', council);
    expect(contentOf(org)).toEqual(['100644:bb']);
    org.epoch(17 * day);
    expect(contentOf(org)).toEqual(['100644:aa']);
    expect(readCase(org.state(), org.view(1).id)).toMatchObject({ reversedMs: 17 * day });
  });

  it('is what ended the case, and no other duty of the bylaws (S56)', () => {
    const council = 'process council\n  governs work\n  started by any member\n  step talk\n    after 5 days go to accepted\n  end\nend\n';
    const first = `duty thanks
  owed by the chair
  within 20 days of request.review
  done when the chair reports "thanks"
  otherwise remove chair from the author
end
`;
    const text = bylaws('accept the merge until ratified through council within 7 days', 'request.review', council).replace(
      'duty answer',
      `${first}duty answer`,
    );
    const org = found(text, { member: people, chair: ['zoe'] }, { content: [['work/a', '100644:aa']] });
    org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
    org.epoch(10 * day);
    expect(contentOf(org)).toEqual(['100644:bb']);
    org.epoch(17 * day);
    expect(contentOf(org)).toEqual(['100644:aa']);
  });

  it('makes a decision that another case may hold, though it is none of the outcomes of its process (S120)', () => {
    const doubt = 'process doubt\n  started by any member\n  while open hold the decision\n  step talk\n    after 5 days go to refused\n  end\nend\n';
    const org = unanswered('accept the merge', doubt);
    const { propose, proposeChange, act } = notesFor(org);
    expect(org.epoch(11 * day, propose('ben', 'doubt', { decision: org.view(1).id })).verdicts).toEqual(['ok']);
    org.epoch(12 * day, proposeChange('ben', 'request', [{ path: 'work/a', old: '100644:bb', new: '100644:cc' }], { amount: '60' }));
    org.epoch(13 * day, act('ada', 3, 'approve'), act('chi', 3, 'approve'));
    expect([org.view(3).status, contentOf(org)]).toEqual(['waiting', ['100644:bb']]);
    org.epoch(16 * day);
    expect([org.view(3).status, contentOf(org)]).toEqual(['merged', ['100644:cc']]);
  });

  it('refuses the merge of its case, which ends as refused', () => {
    const org = unanswered('refuse the merge');
    expect(org.view(1)).toMatchObject({ status: 'refused', outcome: 'refused' });
    expect(contentOf(org)).toEqual(['100644:aa']);
  });

  it('takes an accepted case its merge while that waits, and changes nothing about a merge that has happened', () => {
    const dapp = `dapp checker\n  image "sha256:${'a'.repeat(64)}"\n  checks work\nend\n`;
    const play = (more: string): Organization => {
      const org = organization('refuse the merge', 'request.granted', more);
      org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
      org.epoch(hour, notesFor(org).act('ben', 1, 'approve'), notesFor(org).act('chi', 1, 'approve'));
      org.epoch(hour + 10 * day);
      return org;
    };
    expect(play(dapp).view(1)).toMatchObject({ status: 'rejected', code: 'GDO2005' });
    expect(play('').view(1)).toMatchObject({ status: 'merged' });
  });

  it('says why it ended a merge that waits, and leaves one alone that it would accept', () => {
    const dapp = `dapp checker\n  image "sha256:${'a'.repeat(64)}"\n  checks work\nend\n`;
    const play = (otherwise: string): Organization => {
      const org = organization(otherwise, 'request.granted', dapp);
      org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
      org.epoch(hour, notesFor(org).act('ben', 1, 'approve'), notesFor(org).act('chi', 1, 'approve'));
      org.epoch(hour + 10 * day);
      return org;
    };
    expect(play('refuse the merge').view(1)).toMatchObject({ status: 'rejected', reason: 'nobody did the duty `answer` in time' });
    expect(play('accept the merge').view(1).status).toBe('waiting');
  });

  it('has done nothing in a case that a conflict sends back: what it reaches later is its own (S55)', () => {
    const text = bylaws('accept the merge').replace('  governs work\n', '  governs work\n  on conflict go to review\n').replace('0 to 2', '0 to 4');
    const org = found(text, { member: people, chair: ['zoe'] }, { content: [['work/a', '100644:aa']] });
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'request', entry, { amount: '60' }));
    org.epoch(hour, proposeChange('ben', 'request', [{ path: 'work/a', old: '100644:aa', new: 'absent' }], { amount: '60' }));
    org.epoch(10 * day - 1, act('ada', 2, 'approve'), act('chi', 2, 'approve'));
    const back = [{ path: 'work/a', old: 'absent', new: '100644:aa' }];
    org.epoch(10 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', stage: 'review' });
    org.epoch(11 * day, proposeChange('chi', 'request', back, { amount: '60' }));
    org.epoch(12 * day, act('ada', 3, 'approve'), act('ben', 3, 'approve'));
    org.epoch(13 * day, act('ben', 1, 'approve'), act('chi', 1, 'approve'));
    expect(org.view(1)).toMatchObject({ status: 'merged', outcome: 'granted' });
    expect(holdersOf(org.state(), org.charter, 'chair')).toContain('ada');
  });

  it('ends no case that has ended: its outcome stays as it was', () => {
    const org = organization('refuse the merge');
    org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
    org.epoch(hour, notesFor(org).act('ben', 1, 'approve'), notesFor(org).act('chi', 1, 'approve'));
    const before = org.view(1);
    expect(before).toMatchObject({ status: 'merged', outcome: 'granted' });
    org.epoch(10 * day);
    expect(org.view(1)).toEqual(before);
  });

  it('ends none that another case holds back, and says so (S120)', () => {
    const inquiry = 'process inquiry\n  started by any member\n  while open hold request\n  step talk\n    after 30 days go to refused\n  end\nend\n';
    const org = organization('refuse the merge', 'request.review', inquiry);
    org.epoch(0, notesFor(org).propose('ben', 'inquiry'), notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
    const { notices } = org.epoch(10 * day);
    expect(notices).toMatchObject([{ number: 2, kind: 'waiting', reason: 'the duty `answer` ends nothing: case 1 holds `request`' }]);
    expect(org.view(2)).toMatchObject({ status: 'open', stage: 'review' });
  });

  it('is its own of several duties: what the others lead to is not what it does', () => {
    const others = `points merit plural merits
  level beginner from 0
end
duty thanks
  owed by the chair
  within 20 days of request.review
  done when the chair reports "thanks"
  otherwise award 3 merit to the author
end
duty praise
  owed by the chair
  within 20 days of request.review
  done when the chair reports "praise"
  otherwise award 5 merit to the author
end
`;
    const org = organization('accept the merge', 'request.review', others);
    const [merit] = org.charter.points;
    if (merit === undefined) throw new Error('there are points');
    const other = [{ path: 'work/b', old: 'absent', new: '100644:bb' }];
    org.epoch(
      0,
      notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }),
      notesFor(org).proposeChange('ada', 'request', other, { amount: '60' }),
    );
    org.epoch(10 * day);
    expect([org.view(1).status, org.view(2).status]).toEqual(['merged', 'merged']);
    // Two duties, each of two cases, at one instant: four awards.
    org.epoch(20 * day);
    expect(pointsOf(org.state(), merit, 'ada', 20 * day)).toBe(16n);
  });

  it('pays the amount of its case, which goes on', () => {
    const org = unanswered('pay the amount from purse');
    expect(accountTotals(org.state(), 'purse').paid).toBe(60n);
    expect(org.view(1)).toMatchObject({ status: 'open', stage: 'review' });
  });

  it('reverses the decision it follows from (S66)', () => {
    const org = organization('reverse the decision', 'request.granted');
    org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
    org.epoch(hour, notesFor(org).act('ben', 1, 'approve'), notesFor(org).act('chi', 1, 'approve'));
    expect([contentOf(org), holdersOf(org.state(), org.charter, 'chair')]).toEqual([['100644:bb'], ['ada', 'zoe']]);
    org.epoch(hour + 10 * day);
    expect([contentOf(org), holdersOf(org.state(), org.charter, 'chair')]).toEqual([['100644:aa'], ['zoe']]);
  });

  it('reverses the decision that its case is about, and says why', () => {
    const appeal = 'process appeal\n  started by any member\n  while open hold the decision\n  step talk\n    after 30 days go to refused\n  end\nend\n';
    const org = organization('reverse the decision', 'appeal.talk', appeal);
    org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
    org.epoch(hour, notesFor(org).act('ben', 1, 'approve'), notesFor(org).act('chi', 1, 'approve'));
    org.epoch(2 * hour, notesFor(org).propose('ben', 'appeal', { decision: org.view(1).id }));
    expect([contentOf(org), org.view(2).status]).toEqual([['100644:bb'], 'open']);
    const { notices }: Epoch = org.epoch(2 * hour + 10 * day);
    expect([contentOf(org), holdersOf(org.state(), org.charter, 'chair')]).toEqual([['100644:aa'], ['zoe']]);
    expect(notices.find(({ number }) => number === 1)?.reason).toContain('nobody did the duty `answer` in time');
    expect(org.view(2).status).toBe('open');
  });

  it('strikes people of its case from another process (S121)', () => {
    const org = organization('strike the author from race');
    const { propose, proposeChange, act } = notesFor(org);
    org.epoch(0, propose('ben', 'race'), proposeChange('ada', 'request', entry, { amount: '60' }));
    org.epoch(hour, act('ada', 1, 'nominate'), act('chi', 1, 'nominate'));
    org.epoch(10 * day);
    expect(readCase(org.state(), org.view(1).id)?.struck).toEqual(['ada']);
    org.epoch(40 * day);
    expect(readCase(org.state(), org.view(1).id)?.nominees).toEqual(['chi']);
  });

  it('follows from no case where it comes round: there is none that it could end', () => {
    const round = (otherwise: string): string => bylaws(otherwise).replace('within 10 days of request.review', 'every 10 days from 1970-01-01');
    for (const otherwise of ['refuse the merge', 'reverse the decision', 'strike the author from race', 'grant the proposed role to the chair']) {
      expect(unsupported(compile(round(otherwise)).charter)).toEqual([]);
      const org = found(round(otherwise), { member: people, chair: ['zoe'] }, { content: [['work/a', '100644:aa']] });
      org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
      org.epoch(10 * day);
      expect([org.view(1).status, org.due()]).toEqual(['open', 20 * day]);
    }
  });

  it('does nothing of it where the duty is done', () => {
    const org = organization('refuse the merge');
    org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
    org.epoch(9 * day, { by: 'zoe', kind: 'perform', body: { verb: 'report', text: 'answered' } });
    org.epoch(20 * day);
    expect(org.view(1).status).toBe('open');
  });
});
