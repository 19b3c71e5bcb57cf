// What people are told in sentences with a number or a role in them: right for one, and for a role that begins with any letter.
import { describe, expect, it } from 'vitest';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const head = `gdo 1
organization "Sentences"
end
area work covers "work/**"
role editor plural editors
  held by 1 to 9 people
  gained through naming
end
role owner plural owners
  held by 0 to 1 people
  gained through naming
end
account till in EUR
  kept by any editor
  limit 10 EUR per 30 days
end
points merit plural merits
  decay 1/2 every 30 days rounded down
  limit 5 merits per person per 30 days
end
delegation proxy by editors
  for motion
end
process naming
  started by any person
  step wait
    when any editor approves go to named
    after 9 days go to refused
  end
  outcome named
    grant owner to the candidate
    award 3 merits to the candidate
  end
end
process praise
  started by any editor
  about editor who joined at least 1 day ago
  outcome praised
    award 1 merit to the candidate
  end
end
process buying
  started by any editor
  spends from till up to 10 EUR
  while open hold the amount from till
  step approval
    when any other editor approves go to paid
    after 14 days go to refused
  end
  outcome paid
    pay the amount from till
  end
end
process urgent
  governs work
  started by any editor
  step now
    when 1 editor approves go to done
    after 2 days go to refused
  end
  outcome done
    accept the merge until ratified through motion within 1 day
  end
end
process motion
  started by any editor
  step talk
    nominations of editors
    after 1 day go to ballot
  end
  vote ballot
    voters editors
    choices the candidates
    counted by approval
    elects 1 owner
    marks at most 1
    open for 3 days
    tie lot
    when elected go to accepted
    otherwise go to refused
  end
end
process unfit
  started by any editor
  outcome struck
    strike the subject from motion
  end
end
process gathering
  started by any editor
  meeting hall
    called by any editor
    notice 1 day
    attended by editors
    open for 2 hours
    when quorate go to accepted
    otherwise go to refused
  end
end
`;

const people: readonly string[] = ['ada', 'ben', 'chi'];

function founded(): Organization {
  return found(head, { editor: people, owner: ['ben'] }, { people: [...people, 'zoe'] });
}

const told = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] => org.epoch(atMs, ...notes).notices.map(({ reason }) => reason);
const refusals = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((one) => (one.kind === 'ok' ? 'ok' : one.reason));

describe('a sentence about one', () => {
  it('says that the one seat of an office is held (S137)', () => {
    const org = founded();
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'naming', { candidate: 'ada' }));
    expect(told(org, hour, act('chi', 1, 'approve'))).toContain('Not granted: every seat of `owner` is held: 1 of 1');
  });

  it('says how long a decision lasts that nobody has ratified yet (S56)', () => {
    const org = founded();
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'urgent', [{ path: 'work/a', old: 'absent', new: '100644:bb' }]));
    expect(told(org, hour, act('ben', 1, 'approve'))).toContain('it lasts until `motion` ratifies it, or ends in 1 day');
  });

  it('says how many marks a ballot may have (S131)', () => {
    const org = founded();
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(hour, act('ada', 1, 'nominate'), act('ben', 1, 'nominate'));
    org.epoch(day);
    expect(refusals(org, day + hour, ballot('chi', 1, ['ada', 'ben']))).toEqual(['too many marks: a ballot here has at most 1']);
  });

  it('says what of money and points a limit leaves (S62)', () => {
    const org = founded();
    const { propose, act } = notesFor(org);
    expect(refusals(org, 0, propose('ada', 'buying', { amount: '1' }), propose('ben', 'buying', { amount: '10' }))).toEqual([
      'ok',
      '`till` gives at most 10 EUR here; paid or held: 1 EUR, asked for: 10 EUR',
    ]);
    org.epoch(hour, propose('ada', 'naming', { candidate: 'ada' }), propose('ada', 'naming', { candidate: 'ada' }));
    expect(told(org, 2 * hour, act('chi', 2, 'approve'), act('chi', 3, 'approve'))).toContain(
      'Not awarded: `ada` gets no more `merit`: the limit is 5, given so far: 3, earned now: 3',
    );
  });
});

describe('a sentence with a role in it', () => {
  it('says whom a process is about, with every fact it asks for (S123)', () => {
    const org = founded();
    const { propose } = notesFor(org);
    expect(refusals(org, 0, propose('ada', 'praise', { candidate: 'zoe' }))).toEqual([
      'the process `praise` is about any editor who joined at least 1 day ago, and `zoe` is not among them',
    ]);
  });

  it('says who may delegate and who attends (S41, S46)', () => {
    const org = founded();
    const { propose, act } = notesFor(org);
    expect(refusals(org, 0, propose('ada', 'gathering'), { by: 'zoe', kind: 'delegate', body: { delegation: 'proxy', to: 'ada' } })).toEqual([
      'ok',
      '`proxy` is for any editor',
    ]);
    org.epoch(hour, act('ada', 1, 'call', { at: 2 * day }));
    expect(refusals(org, 2 * day + hour, act('zoe', 1, 'attend'))).toEqual(['this meeting is attended by any editor']);
  });

  it('names everybody who is struck (S121)', () => {
    const org = founded();
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(hour, act('ada', 1, 'nominate'), act('ben', 1, 'nominate'));
    expect(told(org, 2 * hour, propose('chi', 'unfit', { subject: ['ada', 'ben'] }))).toContain('struck from `motion`: `ada`, `ben`');
  });
});
