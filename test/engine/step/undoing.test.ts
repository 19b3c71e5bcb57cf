// Decisions that are taken back: unless they are ratified in time, or because another case reverses them (S56, S66, S120); and people who are struck (S121).
import { describe, expect, it } from 'vitest';
import { accountTotals, entriesUnder, holdersOf, pointsOf, readCase, stateRoot, unsupported } from '../../../engine/index.ts';
import { directorsText, opensMs } from './directors.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\narea work covers "work/**"\n';
const roles =
  'role member plural members\n  held by 1 to 99 people\n  gained through naming\n  lost through resignation or ejection\nend\n' +
  'role chair plural chairs\n  held by 0 to 2 people\n  gained through naming\n  lost through resignation or ejection\nend\n' +
  'process naming\n  started by any member\n  step wait\n    after 1 day go to named\n  end\n  outcome named\n    grant the proposed role to the candidate\n  end\nend\n' +
  'process ejection\n  started by any member\n  step wait\n    after 1 day go to ejected\n  end\n  outcome ejected\n    remove the proposed role from the subject\n  end\nend\n';
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

function founded(text: string, devices: Readonly<Record<string, readonly string[]>> = {}): Organization {
  const bylaws = `${opening}${roles}${text}`;
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(bylaws, { member: people }, { people, content: [['work/a', '100644:aa']], devices });
}

const entry = (path: string, old: string, fresh: string): readonly { readonly path: string; readonly old: string; readonly new: string }[] => [
  { path, old, new: fresh },
];
const contentOf = (org: Organization): readonly unknown[] => entriesUnder(org.state(), 'content/work/').map(([key, value]) => [key, value['entry']]);
const chairs = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'chair');

describe('`until ratified through P within D` (S56)', () => {
  const text =
    'process urgent\n  governs work\n  started by any member\n  step now\n    when 1 member approves go to done\n    after 2 days go to refused\n  end\n  outcome done\n    accept the merge until ratified through council within 10 days\n    grant chair to the author\n  end\nend\n' +
    'process council\n  governs work\n  started by any member within 10 days of urgent.done\n  step talk\n    when 3 members approve go to accepted\n    when 3 members object go to refused\n    after 9 days go to refused\n  end\nend\n';
  const urgent = (): Organization => {
    const org = founded(text);
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'urgent', entry('work/a', '100644:aa', '100644:bb')));
    org.epoch(hour, act('ben', 1, 'approve'));
    expect([org.view(1).status, contentOf(org), chairs(org)]).toEqual(['merged', [['content/work/a', '100644:bb']], ['ada']]);
    return org;
  };
  const approve = (org: Organization, timeMs: number, number: number): void => {
    const { act } = notesFor(org);
    org.epoch(timeMs, act('ben', number, 'approve'), act('chi', number, 'approve'), act('dev', number, 'approve'));
  };

  it('undoes every effect at D, the merge and the grant, if nobody ratified it', () => {
    const org = urgent();
    expect(org.due()).toBe(hour + 10 * day);
    const undone = org.epoch(hour + 10 * day);
    expect(undone.merges).toMatchObject([{ number: 1, undo: true }]);
    expect([contentOf(org), chairs(org)]).toEqual([[['content/work/a', '100644:aa']], []]);
    expect(readCase(org.state(), org.view(1).id)).toMatchObject({
      reversedMs: hour + 10 * day,
      reason: '`council` did not ratify it in time, so its effects are undone',
    });
  });

  it('lets it stand for good once a case of P for it was accepted', () => {
    const org = urgent();
    org.epoch(day, notesFor(org).propose('ben', 'council', { decision: org.view(1).id }));
    approve(org, 2 * day, 2);
    org.epoch(hour + 10 * day);
    expect([contentOf(org), chairs(org), org.due()]).toEqual([[['content/work/a', '100644:bb']], ['ada'], undefined]);
  });

  it('takes a case of P about something else for nothing, and one that comes at D for late', () => {
    const org = urgent();
    const { proposeChange, propose, act } = notesFor(org);
    org.epoch(day, proposeChange('chi', 'urgent', entry('work/b', 'absent', '100644:cc')));
    org.epoch(day + hour, act('ben', 2, 'approve'));
    org.epoch(2 * day, propose('ben', 'council', { decision: org.view(2).id }), propose('chi', 'council', { decision: org.view(1).id }));
    approve(org, 3 * day, 3);
    approve(org, hour + 10 * day, 4);
    expect(contentOf(org)).toEqual([
      ['content/work/a', '100644:aa'],
      ['content/work/b', '100644:cc'],
    ]);
    org.epoch(day + hour + 10 * day);
    expect(contentOf(org)).toHaveLength(2);
  });

  it('records what cannot be undone: a path that has changed since stays', () => {
    const org = urgent();
    const { proposeChange, act } = notesFor(org);
    org.epoch(2 * day, proposeChange('chi', 'urgent', entry('work/a', '100644:bb', '100644:cc')));
    org.epoch(2 * day + hour, act('ben', 2, 'approve'));
    org.epoch(hour + 10 * day);
    expect(contentOf(org)).toEqual([['content/work/a', '100644:cc']]);
    expect(readCase(org.state(), org.view(1).id)).toMatchObject({ unreversed: ['the merge'] });
  });
});

describe('`reverse the decision` (S66)', () => {
  const text =
    'process appeal\n  started by any member\n  step talk\n    when 2 members approve go to upheld\n    after 5 days go to refused\n  end\n  outcome upheld\n    reverse the decision\n  end\nend\n' +
    'process review\n  starts after ejection.ejected\n  step talk\n    when 2 members approve go to upheld\n    after 5 days go to refused\n  end\n  outcome upheld\n    reverse the decision\n  end\nend\n';

  it('takes back a role that was given, and gives back one that was taken, with its term', () => {
    const org = founded(text);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'naming', { candidate: 'ben', role: 'chair' }));
    org.epoch(day);
    org.epoch(2 * day, propose('chi', 'appeal', { decision: org.view(1).id }));
    org.epoch(2 * day + hour, act('chi', 2, 'approve'), act('dev', 2, 'approve'));
    expect(chairs(org)).toEqual([]);
    org.epoch(3 * day, propose('ada', 'naming', { candidate: 'ben', role: 'chair' }));
    org.epoch(4 * day);
    const before = entriesUnder(org.state(), 'role/chair/');
    org.epoch(5 * day, propose('ada', 'ejection', { subject: 'ben', role: 'chair' }));
    org.epoch(6 * day);
    expect([chairs(org), org.view(5).process]).toEqual([[], 'review']);
    org.epoch(6 * day + hour, act('chi', 5, 'approve'), act('dev', 5, 'approve'));
    expect(entriesUnder(org.state(), 'role/chair/')).toEqual(before);
  });

  it('needs the decision it is about, and does not take the same one back twice', () => {
    const org = founded(text);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'naming', { candidate: 'ben', role: 'chair' }));
    expect(org.epoch(1, propose('chi', 'appeal')).full[0]).toMatchObject({
      code: 'GDO1052',
      reason: 'the process `appeal` needs the decision that it is about',
    });
    expect(org.epoch(2, propose('chi', 'appeal', { decision: org.view(1).id })).verdicts).toEqual(['GDO1052']);
    org.epoch(day);
    org.epoch(2 * day, propose('chi', 'appeal', { decision: org.view(1).id }), propose('dev', 'appeal', { decision: org.view(1).id }));
    org.epoch(2 * day + 1, act('chi', 2, 'approve'), act('dev', 2, 'approve'));
    org.epoch(2 * day + 2, propose('ada', 'naming', { candidate: 'ben', role: 'chair' }));
    org.epoch(3 * day + 2);
    org.epoch(4 * day, act('chi', 3, 'approve'), act('dev', 3, 'approve'));
    expect([org.view(3).status, chairs(org)]).toEqual(['accepted', ['ben']]);
  });
});

describe('`strike the subject from P` (S121)', () => {
  const text =
    'process election\n  started by any member\n  step calling\n    nominations of member\n    after 3 days go to ballot\n  end\n  vote ballot\n    voters members\n    choices the candidates\n    counted by approval\n    elects 1 chair\n    open for 3 days\n    tie lot\n    when elected go to seated\n    otherwise go to refused\n  end\n  outcome seated\n    grant chair to the winners\n  end\nend\n' +
    'process unfit\n  started by any member\n  step talk\n    when 2 members approve go to struck\n    after 5 days go to refused\n  end\n  outcome struck\n    strike the subject from election\n  end\nend\n';
  const struckAt = (atMs: number): Organization => {
    const org = founded(text);
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'election'), propose('ada', 'unfit', { subject: 'ben' }));
    org.epoch(hour, act('ben', 1, 'nominate'), act('chi', 1, 'nominate'));
    if (atMs < 3 * day) org.epoch(atMs, act('ada', 2, 'approve'), act('dev', 2, 'approve'));
    org.epoch(3 * day + hour);
    if (atMs >= 3 * day) {
      org.epoch(3 * day + 2 * hour, ballot('ada', 1, 'ben'), ballot('dev', 1, 'ben'), ballot('chi', 1, 'chi'));
      org.epoch(atMs, act('ada', 2, 'approve'), act('dev', 2, 'approve'));
    } else org.epoch(4 * day, ballot('ada', 1, 'chi'));
    org.epoch(6 * day + hour);
    return org;
  };

  it('keeps a person from the list of candidates', () => {
    const org = struckAt(day);
    expect(chairs(org)).toEqual(['chi']);
  });

  it('drops a person before the count, if the vote is open already', () => {
    const org = struckAt(4 * day);
    expect(chairs(org)).toEqual(['chi']);
  });
});

describe('`reverse the decision` about money and points (S66)', () => {
  const text =
    'account purse in coins\n  kept by the chair\n  limit 100 coins per 30 days\nend\npoints merit\n  decay 1/2 every 30 days rounded down\n  limit 20 merit per person per 365 days\nend\n' +
    'process grant\n  started by any member\n  spends from purse up to 100 coins\n  step wait\n    after 1 day go to given\n  end\n  outcome given\n    pay the amount from purse\n    award 20 merit to the author\n    start ejection\n  end\nend\n' +
    'process appeal\n  started by any member within 90 days of grant.given\n  outcome upheld\n    reverse the decision\n  end\nend\n';
  const granted = (): Organization => {
    const org = founded(text);
    org.epoch(0, notesFor(org).propose('ada', 'grant', { amount: '60' }));
    org.epoch(day);
    return org;
  };
  const merit = (org: Organization, atMs: number): bigint => {
    const [points] = org.charter.points;
    if (points === undefined) throw new Error('there are points');
    return pointsOf(org.state(), points, 'ada', atMs);
  };

  it('books the payment back, takes the points that are left, and names what it cannot take back', () => {
    const org = granted();
    expect([accountTotals(org.state(), 'purse').paid, merit(org, 2 * day)]).toEqual([60n, 20n]);
    org.epoch(40 * day, notesFor(org).propose('ben', 'appeal', { decision: org.view(1).id }));
    expect([accountTotals(org.state(), 'purse').paid, merit(org, 40 * day)]).toEqual([0n, 0n]);
    expect(readCase(org.state(), org.view(1).id)?.unreversed).toEqual(['`start`']);
  });

  it('goes on counting in the windows of limits what did leave and what was given', () => {
    const org = granted();
    const { propose } = notesFor(org);
    org.epoch(2 * day, propose('ben', 'appeal', { decision: org.view(1).id }));
    org.epoch(3 * day, propose('ada', 'grant', { amount: '60' }));
    org.epoch(4 * day);
    expect([accountTotals(org.state(), 'purse').paid, merit(org, 5 * day)]).toEqual([0n, 0n]);
    org.epoch(31 * day, propose('ben', 'grant', { amount: '60' }));
    org.epoch(32 * day);
    expect(accountTotals(org.state(), 'purse').paid).toBe(60n);
  });

  it('takes nothing twice', () => {
    const org = granted();
    const { propose } = notesFor(org);
    org.epoch(2 * day, propose('ben', 'appeal', { decision: org.view(1).id }));
    org.epoch(3 * day, propose('chi', 'appeal', { decision: org.view(1).id }));
    expect(accountTotals(org.state(), 'purse').paid).toBe(0n);
  });
});

describe('spending what a case paid (docs/decisions/0108)', () => {
  const text =
    'account purse in coins\n  kept by the chair\n  limit 100 coins per 30 days\nend\n' +
    'process grant\n  started by any member\n  spends from purse up to 100 coins\n  step wait\n    after 1 day go to given\n  end\n  outcome given\n    pay the amount from purse\n  end\nend\n' +
    'process appeal\n  started by any member within 90 days of grant.given\n  outcome upheld\n    reverse the decision\n  end\nend\n';
  const spend = (org: Organization, by: string, amount: string, escrow = org.view(1).id): Note => ({
    by,
    kind: 'spend',
    body: { account: 'purse', amount, escrow, to: 'the-shop' },
  });
  const granted = (): Organization => {
    const org = founded(text);
    org.epoch(0, notesFor(org).propose('ada', 'grant', { amount: '60', recipient: 'ben' }));
    return org;
  };

  it('is for whoever was paid, up to what was paid, and not before', () => {
    const org = granted();
    expect(org.epoch(hour, spend(org, 'ben', '10')).verdicts).toEqual(['GDO1052']);
    org.epoch(day);
    const tried = org.epoch(
      2 * day,
      spend(org, 'ada', '10'),
      spend(org, 'ben', '40'),
      spend(org, 'ben', '21'),
      spend(org, 'ben', '20'),
      spend(org, 'ben', '-1'),
    );
    expect(tried.verdicts).toEqual(['GDO1040', 'ok', 'GDO1054', 'ok', 'GDO1052']);
    expect(org.epoch(3 * day, spend(org, 'ben', '1'), spend(org, 'ben', '1', 'f'.repeat(64))).verdicts).toEqual(['GDO1054', 'GDO1052']);
    // The account has paid once; what becomes of it there is no payment of the account.
    expect(accountTotals(org.state(), 'purse').paid).toBe(60n);
  });

  it('T23: loses nothing where two devices that do not hear of each other spend all of it, in whatever order they come back', () => {
    const desk = 'd'.repeat(64);
    const ends = (['epoch', 'reversed'] as const).map((order) => {
      const org = founded(text, { ben: [desk] });
      org.epoch(0, notesFor(org).propose('ada', 'grant', { amount: '60', recipient: 'ben' }));
      org.epoch(day);
      const offline: Note = { ...spend(org, 'ben', '60'), knows: [] };
      // A third part comes back in a later epoch, when what it spends was final before.
      const both = org[order](2 * day, offline, { ...offline, device: desk }).verdicts;
      const late = org.epoch(3 * day, { ...spend(org, 'ben', '1'), device: desk, knows: [] }).verdicts;
      const spent = entriesUnder(org.state(), 'spending/').map(([, entry]) => entry['amount']);
      return { both: both.toSorted(), late, spent, root: stateRoot(org.state()) };
    });
    expect(ends[0]).toMatchObject({ both: ['GDO1054', 'ok'], late: ['GDO1054'], spent: ['60'] });
    expect(ends[1]).toEqual(ends[0]);
  });

  it('is kept where the decision is taken back: only the rest goes back, and then nothing is left to spend (S66)', () => {
    const org = granted();
    org.epoch(day);
    org.epoch(2 * day, spend(org, 'ben', '25'));
    org.epoch(3 * day, notesFor(org).propose('chi', 'appeal', { decision: org.view(1).id }));
    expect(accountTotals(org.state(), 'purse').paid).toBe(25n);
    expect(readCase(org.state(), org.view(1).id)?.unreversed).toEqual(['25 units from `purse` that were spent']);
    expect(org.epoch(4 * day, spend(org, 'ben', '1')).verdicts).toEqual(['GDO1052']);
  });

  it('is all that needs no case: nobody suspends or reserves by themselves (S100)', () => {
    const org = granted();
    const suspend: Note = { by: 'ada', kind: 'suspend', body: { target: 'ben', until: 10 * day } };
    const reserve: Note = { by: 'ada', kind: 'reserve', body: { from: day, resource: 'machines/laser', to: 2 * day } };
    expect(org.epoch(hour, suspend, reserve).verdicts).toEqual(['GDO1040', 'GDO1040']);
    expect(holdersOf(org.state(), org.charter, 'member')).toContain('ben');
  });
});

describe('what somebody holds after a decision is taken back (S66, docs/decisions/0191)', () => {
  const text = (roleLines = '', outcome = 'grant the proposed role to the candidate'): string =>
    `gdo 1\norganization "Test"\nend\nrole member plural members\n  held by 1 to 99 people\nend\n` +
    `role chair plural chairs\n  held by 0 to 1 people\n  gained through naming\n  lost through resignation or ejection or expiry\n${roleLines}end\n` +
    `role keeper plural keepers\n  held by 0 to 9 people\n  gained through naming\n  lost through ejection\n  lost with chair\nend\n` +
    `certificate badge plural badges\n  issued by any chair\n  lasts 30 days\nend\n` +
    `process naming\n  started by any member\n  outcome named\n    ${outcome}\n  end\nend\n` +
    `process ejection\n  started by any member\n  outcome ejected\n    remove the proposed role from the subject\n  end\nend\n` +
    `process card\n  started by any member\n  outcome given\n    grant badge to the candidate\n  end\nend\n` +
    `process loss\n  started by any member\n  outcome taken\n    remove badge from the subject\n  end\nend\n` +
    `process appeal\n  started by any member\n  outcome upheld\n    reverse the decision\n  end\nend\n`;
  const begun = (bylaws = text()): Organization => {
    expect(unsupported(compile(bylaws).charter)).toEqual([]);
    return found(bylaws, { member: people }, { people });
  };
  const named = (org: Organization, atMs: number, role = 'chair', candidate = 'ben'): void =>
    void org.epoch(atMs, notesFor(org).propose('ada', 'naming', { candidate, role }));
  const removed = (org: Organization, atMs: number, role = 'chair', subject = 'ben'): void =>
    void org.epoch(atMs, notesFor(org).propose('ada', 'ejection', { subject, role }));
  const carded = (org: Organization, atMs: number): void => void org.epoch(atMs, notesFor(org).propose('ada', 'card', { candidate: 'ben' }));
  const reversed = (org: Organization, atMs: number, number: number): readonly string[] | undefined => {
    org.epoch(atMs, notesFor(org).propose('chi', 'appeal', { decision: org.view(number).id }));
    return readCase(org.state(), org.view(number).id)?.unreversed;
  };
  const held = (org: Organization, role: string): readonly string[] => holdersOf(org.state(), org.charter, role);
  const badge = (org: Organization): unknown => entriesUnder(org.state(), 'certificate/badge/').map(([, { since, until }]) => [since, until]);

  it('is what a later decision gave, and people are told that it stays', () => {
    const org = begun();
    named(org, 0);
    named(org, day);
    expect([reversed(org, 2 * day, 1), held(org, 'chair')]).toEqual([['`chair` of `ben`, given again since'], ['ben']]);
    carded(org, 3 * day);
    carded(org, 4 * day);
    expect([reversed(org, 5 * day, 4), badge(org)]).toEqual([['`badge` of `ben`, given again since'], [[4 * day, 34 * day]]]);
  });

  it('says nothing of what is held since before a grant that was refused', () => {
    const org = begun(text('  limit 1 terms\n  term 90 days\n'));
    named(org, 0);
    named(org, 80 * day);
    expect([reversed(org, 81 * day, 2), held(org, 'chair')]).toEqual([undefined, ['ben']]);
  });

  it('is the term there was before the grant, and nothing where that is over by now', () => {
    const until = (org: Organization): unknown => entriesUnder(org.state(), 'role/chair/').map(([, entry]) => entry['until']);
    for (const [atMs, left] of [
      [6 * day, [10 * day]],
      [10 * day, []],
      [11 * day, []],
    ] as const) {
      const org = begun(text('  term 10 days\n'));
      named(org, 0);
      named(org, 5 * day);
      expect(until(org)).toEqual([15 * day]);
      expect([reversed(org, atMs, 2), until(org)]).toEqual([undefined, left]);
    }
  });

  it('is nothing where every decision it came from has been taken back, in whatever order', () => {
    for (const order of [
      [1, 2, 3],
      [2, 1, 3],
      [3, 2, 1],
      [1, 3, 2],
    ]) {
      const org = begun(text('  term 90 days\n'));
      for (const place of [0, 1, 2]) named(org, place * day);
      order.forEach((number, place) => void reversed(org, (3 + place) * day, number));
      expect(held(org, 'chair')).toEqual([]);
    }
  });

  it('is what a case granted twice at once only until that case is taken back', () => {
    const org = begun(text('', 'grant chair to the author\n    grant chair to the candidate'));
    org.epoch(0, notesFor(org).propose('ben', 'naming', { candidate: 'ben' }));
    expect(held(org, 'chair')).toEqual(['ben']);
    expect([reversed(org, day, 1), held(org, 'chair')]).toEqual([undefined, []]);
  });

  it('is the term before both grants of a case that grants twice, and nothing is kept of it then', () => {
    const twice = 'grant the proposed role to the author\n    grant the proposed role to the candidate';
    const org = begun(text('  term 90 days\n', twice));
    const grantTwice = (atMs: number): void => void org.epoch(atMs, notesFor(org).propose('ben', 'naming', { candidate: 'ben', role: 'chair' }));
    grantTwice(0);
    grantTwice(day);
    expect(entriesUnder(org.state(), 'regranted/').map(([, { until }]) => until)).toEqual([90 * day]);
    expect([reversed(org, 2 * day, 2), entriesUnder(org.state(), 'role/chair/').map(([, { until }]) => until)]).toEqual([undefined, [90 * day]]);
    expect(entriesUnder(org.state(), 'regranted/')).toEqual([]);
  });

  it('stays where nobody else could ever hold it, and people are told', () => {
    const org = begun(text().replace('  gained through naming\n', ''));
    named(org, 0);
    expect([reversed(org, day, 1), held(org, 'chair')]).toEqual([['`chair` of `ben`'], ['ben']]);
  });

  it('is given back to any number of people where the text names none', () => {
    const org = begun(text().replace('  held by 0 to 1 people\n', '  held by anyone\n'));
    named(org, 0);
    removed(org, day);
    named(org, 2 * day, 'chair', 'dev');
    expect([reversed(org, 3 * day, 2), held(org, 'chair')]).toEqual([undefined, ['ben', 'dev']]);
  });

  it('is what another decision of the same instant gave last', () => {
    const org = begun();
    const { propose } = notesFor(org);
    org.epoch(0, propose('ada', 'naming', { candidate: 'ben', role: 'chair' }), propose('chi', 'naming', { candidate: 'ben', role: 'chair' }));
    expect([reversed(org, day, 1), held(org, 'chair')]).toEqual([['`chair` of `ben`, given again since'], ['ben']]);
    expect([reversed(org, 2 * day, 2), held(org, 'chair')]).toEqual([undefined, []]);
  });

  it('is given back with what ended with it, and not where the seat is taken, the term is over or the decision it came from has fallen', () => {
    const org = begun();
    named(org, 0);
    named(org, hour, 'keeper');
    removed(org, day);
    expect([held(org, 'chair'), held(org, 'keeper')]).toEqual([[], []]);
    expect([reversed(org, 2 * day, 3), held(org, 'chair'), held(org, 'keeper')]).toEqual([undefined, ['ben'], ['ben']]);

    const taken = begun();
    named(taken, 0);
    named(taken, hour, 'keeper');
    removed(taken, day);
    named(taken, 2 * day, 'chair', 'dev');
    expect([reversed(taken, 3 * day, 3), held(taken, 'chair'), held(taken, 'keeper')]).toEqual([['`chair` of `ben`'], ['dev'], []]);

    for (const [atMs, left] of [
      [10 * day - 1, ['ben']],
      [10 * day, []],
    ] as const) {
      const over = begun(text('  term 10 days\n'));
      named(over, 0);
      removed(over, day);
      expect([reversed(over, atMs, 2), held(over, 'chair')]).toEqual([left.length === 0 ? ['`chair` of `ben`'] : undefined, left]);
    }

    const fallen = begun();
    named(fallen, 0);
    removed(fallen, day);
    expect([reversed(fallen, 2 * day, 1), reversed(fallen, 3 * day, 2), held(fallen, 'chair')]).toEqual([undefined, undefined, []]);
  });

  it('is what there was before both where a removal and what gave it again fall, in either order, and nobody gave it up in between', () => {
    const until = (org: Organization): unknown => entriesUnder(org.state(), 'role/chair/').map(([, entry]) => [entry['since'], entry['until']]);
    for (const order of [
      [3, 2],
      [2, 3],
    ]) {
      const org = begun(text('  term 90 days\n'));
      named(org, 0);
      removed(org, day);
      named(org, 2 * day);
      for (const [place, number] of order.entries()) expect(reversed(org, (3 + place) * day, number)).toBeUndefined();
      expect([held(org, 'chair'), until(org)]).toEqual([['ben'], [[0, 90 * day]]]);

      const resigned = begun();
      named(resigned, 0);
      removed(resigned, day);
      named(resigned, 2 * day);
      resigned.epoch(3 * day, { by: 'ben', kind: 'resign', body: { role: 'chair' } });
      for (const [place, number] of order.entries()) reversed(resigned, (4 + place) * day, number);
      expect(held(resigned, 'chair')).toEqual([]);

      const cards = begun();
      for (const [place, process] of ['card', 'loss', 'card'].entries())
        cards.epoch(place * day, notesFor(cards).propose('ada', process, process === 'card' ? { candidate: 'ben' } : { subject: 'ben' }));
      for (const [place, number] of order.entries()) expect(reversed(cards, (3 + place) * day, number)).toBeUndefined();
      expect(badge(cards)).toEqual([[0, 30 * day]]);
    }
  });

  it('is nothing of a certificate that an officer issued again since, and that ended with that', () => {
    const org = begun();
    named(org, 0, 'chair', 'dev');
    carded(org, hour);
    org.epoch(day, notesFor(org).propose('ada', 'loss', { subject: 'ben' }));
    org.epoch(2 * day, { by: 'dev', kind: 'issue', body: { certificate: 'badge', member: 'ben' } });
    expect(badge(org)).toEqual([[2 * day, 32 * day]]);
    org.epoch(3 * day, notesFor(org).propose('ada', 'loss', { subject: 'ben' }));
    expect([reversed(org, 4 * day, 3), badge(org)]).toEqual([undefined, []]);
  });

  it('is given back once, also where it was gained again in between', () => {
    const org = begun();
    named(org, 0);
    named(org, hour, 'keeper');
    removed(org, day);
    named(org, 2 * day);
    expect([reversed(org, 3 * day, 3), held(org, 'chair'), held(org, 'keeper')]).toEqual([undefined, ['ben'], ['ben']]);
    expect(entriesUnder(org.state(), 'removed/')).toEqual([]);
  });

  it('is the certificate there was, while it lasts', () => {
    for (const [atMs, left] of [
      [30 * day - 1, [[0, 30 * day]]],
      [30 * day, []],
    ] as const)
      for (const renewed of [true, false]) {
        const org = begun();
        carded(org, 0);
        if (renewed) carded(org, 2 * day);
        else org.epoch(2 * day, notesFor(org).propose('ada', 'loss', { subject: 'ben' }));
        const stays = renewed || left.length > 0 ? undefined : ['`badge` of `ben`'];
        expect([reversed(org, atMs, 2), badge(org)]).toEqual([stays, left]);
      }
  });

  it('is not given again at the instant at which it is taken back', () => {
    const org = begun();
    carded(org, 0);
    const { propose } = notesFor(org);
    org.epoch(day, propose('chi', 'appeal', { decision: org.view(1).id }), propose('ada', 'card', { candidate: 'ben' }));
    expect(badge(org)).toEqual([]);
  });
});

describe('a seat that a winner took later (S131, S66)', () => {
  it.each([
    ['before', 360 * day, ['ada'], []],
    ['after', 380 * day, ['ben'], []],
  ] as const)('is lost when the election is taken back %s the seat was free', (_, atMs, was, is) => {
    const org = found(directorsText({ seats: 1, lost: 'expiry or resignation' }), { member: people, director: ['ada'] }, { people });
    const { propose, act, ballot } = notesFor(org);
    org.epoch(opensMs);
    org.epoch(opensMs + hour, act('ben', 1, 'nominate'));
    org.epoch(opensMs + 7 * day);
    org.epoch(opensMs + 8 * day, ballot('chi', 1, ['ben']));
    org.epoch(opensMs + 14 * day);
    if (atMs > 365 * day) org.epoch(365 * day);
    expect(holdersOf(org.state(), org.charter, 'director')).toEqual(was);
    org.epoch(atMs, propose('chi', 'appeal', { decision: org.view(1).id }));
    org.epoch(400 * day);
    expect(holdersOf(org.state(), org.charter, 'director')).toEqual(is);
  });
});
