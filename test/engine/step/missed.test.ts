// What a missed duty can bring about in the case that it follows from: merges, refusals, payments, reversals, strikes (S65, docs/decisions/0056).
import { describe, expect, it } from 'vitest';
import { accountTotals, entriesUnder, holdersOf, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

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

  it('does nothing of it where the duty is done', () => {
    const org = organization('refuse the merge');
    org.epoch(0, notesFor(org).proposeChange('ada', 'request', entry, { amount: '60' }));
    org.epoch(9 * day, { by: 'zoe', kind: 'perform', body: { verb: 'report', text: 'answered' } });
    org.epoch(20 * day);
    expect(org.view(1).status).toBe('open');
  });
});
