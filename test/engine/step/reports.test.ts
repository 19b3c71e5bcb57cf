// Attributes that an office certifies, and reports of collaborators that end roles (S102, S112, S115).
import { describe, expect, it } from 'vitest';
import { attributeOf, groupOf, hasLapsed, holdersOf, newestReport, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "Test"
end
attribute employer "Who pays them" certified by the registrar
attribute town certified by at least 2 of members
collaborator books "Reads the bank statement" kept by the registrar
  reports "arrears", "no arrears"
end
collaborator forge kept by the registrar
  reports "commits"
end
role registrar plural registrars
  held by 1 to 3 people
  lost through resignation
end
role member plural members
  held by anyone
  gained through joining
  lost through resignation or arrears of 14 days
end
process joining
  started by any person
  step wait
    after 1 day go to joined
  end
  outcome joined
    grant member to the candidate
  end
end
`;

function organization(): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { registrar: ['rae'], member: ['ada', 'ben', 'chi'] });
}

const certify = (by: string, attribute: string, member: string, value?: string): Note => ({
  by,
  kind: 'certify',
  body: { attribute, member, ...(value === undefined ? {} : { value }) },
});

const report = (by: string, subject: string, what: string, more: Readonly<Record<string, string>> = {}): Note => ({
  by,
  kind: 'fact',
  body: { type: 'report', subject, data: { collaborator: 'books', report: what, ...more } },
});

const members = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'member');

describe('an attribute', () => {
  it('is what its office certified last, and nobody certifies it for themselves', () => {
    const org = organization();
    expect(org.epoch(0, certify('ada', 'employer', 'ada', 'Acme')).verdicts).toEqual(['GDO1040']);
    expect(attributeOf(org.state(), 'employer', 'ada')).toBeUndefined();
    expect(org.epoch(1, certify('rae', 'employer', 'ada', 'Acme'), certify('rae', 'employer', 'ben', 'Acme')).verdicts).toEqual(['ok', 'ok']);
    expect(org.epoch(2, certify('rae', 'employer', 'ada', 'Zeta')).verdicts).toEqual(['ok']);
    expect(['ada', 'ben', 'chi'].map((name) => attributeOf(org.state(), 'employer', name))).toEqual(['Zeta', 'Acme', undefined]);
  });

  it('can be taken back, and then the person is a group alone again (S115)', () => {
    const org = organization();
    org.epoch(0, certify('rae', 'employer', 'ada', 'Acme'), certify('rae', 'employer', 'ben', 'Acme'));
    expect(groupOf(org.state(), 'employer', 'ada')).toBe(groupOf(org.state(), 'employer', 'ben'));
    org.epoch(1, certify('rae', 'employer', 'ada'), certify('rae', 'employer', 'ben', 'alone ada'));
    const groups = ['ada', 'ben', 'chi'].map((name) => groupOf(org.state(), 'employer', name));
    expect(new Set(groups).size).toBe(3);
  });

  it('that several people certify is so when that many say the same', () => {
    const org = organization();
    const town = (): string | undefined => attributeOf(org.state(), 'town', 'ada');
    org.epoch(0, certify('ben', 'town', 'ada', 'Bern'), certify('chi', 'town', 'ada', 'Rome'));
    expect(town()).toBeUndefined();
    expect(org.epoch(1, certify('ben', 'town', 'ada', 'Rome')).verdicts).toEqual(['ok']);
    expect(town()).toBe('Rome');
    org.epoch(2, certify('ben', 'town', 'ada', 'Oslo'), certify('ben', 'town', 'ada', 'Oslo'));
    expect(town()).toBe('Rome');
  });

  it('counts only those who are still in the office when the last of several speaks', () => {
    const org = organization();
    org.epoch(0, certify('ben', 'town', 'ada', 'Bern'));
    org.epoch(1, { by: 'ben', kind: 'resign', body: { role: 'member' } });
    org.epoch(2, certify('chi', 'town', 'ada', 'Bern'));
    expect(attributeOf(org.state(), 'town', 'ada')).toBeUndefined();
    org.epoch(3, certify('ada', 'town', 'ada', 'Bern'));
    expect(attributeOf(org.state(), 'town', 'ada')).toBe('Bern');
  });

  it('is refused where it, or the person, is not known', () => {
    const org = organization();
    expect(org.epoch(0, certify('rae', 'height', 'ada', '2 m'), certify('rae', 'employer', 'zoe', 'Acme')).verdicts).toEqual(['GDO1052', 'GDO1052']);
  });
});

describe('`lost through arrears of 14 days` (S102)', () => {
  it('ends the role at day 14 and not a millisecond before', () => {
    const org = organization();
    org.epoch(hour, report('rae', 'ada', 'arrears'));
    expect(org.due()).toBe(hour + 14 * day);
    org.epoch(13 * day + hour);
    org.epoch(14 * day + hour - 1);
    expect(members(org)).toContain('ada');
    org.epoch(14 * day + hour);
    expect([members(org).includes('ada'), hasLapsed(org.state(), 'member', 'ada')]).toEqual([false, true]);
    org.epoch(15 * day);
    expect(members(org)).toEqual(['ben', 'chi']);
  });

  it('counts from the first report of an unbroken run', () => {
    const org = organization();
    org.epoch(day, report('rae', 'ada', 'arrears'), report('rae', 'ben', 'arrears'));
    org.epoch(9 * day, report('rae', 'ada', 'arrears'), report('rae', 'ben', 'no arrears'));
    org.epoch(10 * day, report('rae', 'ben', 'arrears'));
    org.epoch(15 * day);
    expect(members(org)).toEqual(['ben', 'chi']);
    org.epoch(24 * day - 1);
    expect(members(org)).toEqual(['ben', 'chi']);
    org.epoch(24 * day);
    expect(members(org)).toEqual(['chi']);
  });

  it('is not undone by a report that comes after its instant, even in the same epoch', () => {
    const org = organization();
    org.epoch(0, report('rae', 'ada', 'arrears'), report('rae', 'ben', 'arrears'));
    org.epoch(15 * day, { ...report('rae', 'ben', 'no arrears'), atMs: 14 * day - 1 }, { ...report('rae', 'ada', 'no arrears'), atMs: 14 * day });
    expect(members(org)).toEqual(['ben', 'chi']);
  });

  it('gives nothing back by itself; gaining the role again does', () => {
    const org = organization();
    const { propose } = notesFor(org);
    org.epoch(0, report('rae', 'ada', 'arrears'));
    org.epoch(14 * day);
    org.epoch(15 * day, report('rae', 'ada', 'no arrears'));
    expect(members(org)).not.toContain('ada');
    org.epoch(15 * day + 1, propose('ada', 'joining', { candidate: 'ada' }));
    org.epoch(16 * day + 1);
    expect([members(org).includes('ada'), hasLapsed(org.state(), 'member', 'ada')]).toEqual([true, false]);
    org.epoch(40 * day);
    expect(members(org)).toContain('ada');
  });

  it('ends a role that was gained while the reports were running', () => {
    const org = organization();
    const { propose } = notesFor(org);
    org.epoch(0, report('rae', 'rae', 'arrears'), propose('rae', 'joining', { candidate: 'rae' }));
    org.epoch(day);
    expect(members(org)).toContain('rae');
    org.epoch(14 * day);
    expect(members(org)).not.toContain('rae');
  });

  it('reads no report but those of the office that keeps the collaborator', () => {
    const org = organization();
    expect(org.epoch(0, report('ben', 'ada', 'arrears')).full[0]).toMatchObject({ kind: 'flagged', code: 'GDO1040' });
    org.epoch(20 * day);
    expect(members(org)).toContain('ada');
    const bad = org.epoch(21 * day, report('rae', 'ada', 'debt'), report('rae', 'ada', 'arrears', { hidden: 'yes' }), report('rae', 'zoe', 'arrears'));
    expect(bad.verdicts).toEqual(['GDO1052', 'GDO1002', 'GDO1052']);
    expect(newestReport(org.state(), 'books', 'arrears', 'ada')).toBeUndefined();
  });
});

describe('several programs that report about people (S102)', () => {
  const more = `collaborator bank kept by the registrar
  reports "arrears", "no arrears"
end
collaborator gossip kept by the registrar
  reports "arrears", "no rain"
end
collaborator gym kept by 2 registrars
  reports "absence", "no absence"
end
role runner plural runners
  held by 0 to 9 people
  lost through arrears of 14 days or absence of 5 days
end
role walker plural walkers
  held by 0 to 9 people
  lost through absence of 20 days
end
`;
  const by = (collaborator: string, subject: string, what: string, rest: Readonly<Record<string, string>> = {}, office = 'rae'): Note => ({
    by: office,
    kind: 'fact',
    body: { type: 'report', subject, data: { collaborator, report: what, ...rest } },
  });
  const started = (): Organization =>
    found(`${text}${more}`, { registrar: ['rae', 'sal'], member: ['ada', 'ben', 'chi'], runner: ['ada', 'ben', 'eli'], walker: ['ada', 'dan'] });
  const holders = (org: Organization, role: string): readonly string[] => holdersOf(org.state(), org.charter, role);

  it('are heard together: the newest report decides, whichever of them it comes from', () => {
    const org = started();
    org.epoch(0, by('books', 'ada', 'arrears'), by('bank', 'ben', 'arrears'));
    org.epoch(5 * day, by('bank', 'ada', 'no arrears'), by('books', 'ben', 'no arrears'));
    org.epoch(30 * day);
    expect(members(org)).toEqual(['ada', 'ben', 'chi']);
    const other = started();
    other.epoch(0, by('books', 'ada', 'no arrears'), by('bank', 'ben', 'no arrears'));
    other.epoch(5 * day, by('bank', 'ada', 'arrears'), by('books', 'ben', 'arrears'));
    other.epoch(19 * day - 1);
    expect(members(other)).toEqual(['ada', 'ben', 'chi']);
    other.epoch(19 * day);
    expect(members(other)).toEqual(['chi']);
  });

  it('end nothing by a report that they could not deny', () => {
    const org = started();
    expect(org.epoch(0, by('gossip', 'ada', 'arrears'), by('gossip', 'ada', 'no rain')).verdicts).toEqual(['ok', 'ok']);
    expect([org.due(), newestReport(org.state(), 'gossip', 'no rain', 'ada')?.report]).toEqual([undefined, 'no rain']);
    org.epoch(30 * day);
    expect(members(org)).toContain('ada');
  });

  it('take each role at the first of the instants at which one of its losses is due, from those who hold it', () => {
    const absent = (org: Organization, member: string, atMs: number): void => {
      org.epoch(atMs, by('gym', member, 'absence'), by('gym', member, 'absence', {}, 'sal'));
    };
    const org = started();
    org.epoch(0, by('books', 'ada', 'arrears'), by('books', 'eli', 'arrears'));
    absent(org, 'ada', 1);
    absent(org, 'ben', 10 * day);
    org.epoch(11 * day, by('books', 'ben', 'arrears'));
    expect(org.due()).toBe(14 * day);
    expect([holders(org, 'runner'), holders(org, 'walker')]).toEqual([
      ['ben', 'eli'],
      ['ada', 'dan'],
    ]);
    absent(org, 'eli', 12 * day);
    org.epoch(14 * day);
    expect([members(org), holders(org, 'runner'), holders(org, 'walker')]).toEqual([['ben', 'chi'], ['ben'], ['ada', 'dan']]);
    org.epoch(20 * day);
    expect([holders(org, 'runner'), holders(org, 'walker')]).toEqual([[], ['ada', 'dan']]);
    org.epoch(20 * day + 1);
    expect(holders(org, 'walker')).toEqual(['dan']);
  });

  it('have nothing looked at again for whom they deny it about, or who has no such role', () => {
    const org = started();
    expect(org.epoch(0, by('books', 'ada', 'no arrears'), by('books', 'sal', 'arrears')).verdicts).toEqual(['ok', 'ok']);
    expect(org.due()).toBeUndefined();
  });

  it('that an office of several people keeps report what enough of them say alike, with the same number', () => {
    const org = started();
    const newest = (): string | undefined => newestReport(org.state(), 'gym', 'absence', 'dan')?.report;
    org.epoch(0, by('gym', 'dan', 'absence'), by('gym', 'dan', 'no absence', {}, 'sal'));
    expect(newest()).toBeUndefined();
    org.epoch(1, by('gym', 'dan', 'absence', { value: '4' }, 'sal'));
    expect(newest()).toBeUndefined();
    org.epoch(2, by('gym', 'dan', 'absence', { value: '4' }));
    expect(newestReport(org.state(), 'gym', 'absence', 'dan')).toEqual({ report: 'absence', value: 4n });
  });
});

describe('a report with a number (S112)', () => {
  const commits = (by: string, subject: string, value: string): Note => ({
    by,
    kind: 'fact',
    body: { type: 'report', subject, data: { collaborator: 'forge', report: 'commits', value } },
  });

  it('is the newest one, exact to thirty digits', () => {
    const org = organization();
    org.epoch(0, commits('rae', 'ada', '51'), commits('rae', 'ada', '999999999999999999999999999999'));
    expect(newestReport(org.state(), 'forge', 'commits', 'ada')?.value).toBe(999999999999999999999999999999n);
  });

  it('is no negative number and no fraction', () => {
    const org = organization();
    expect(org.epoch(0, commits('rae', 'ada', '-1'), commits('rae', 'ada', '1.5')).verdicts).toEqual(['GDO1002', 'GDO1002']);
  });
});
