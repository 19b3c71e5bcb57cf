// Limits of processes and of terms (S62, S108, S113 to S115).
import { describe, expect, it } from 'vitest';
import { holdersOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\n';
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

/** An organization of four members with the declarations given. */
function withText(text: string, chairs: readonly string[] = []): Organization {
  const bylaws = `${opening}role member plural members\n  held by 1 to 99 people\nend\n${text}`;
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(bylaws, { member: people, chair: chairs });
}

const process = (lines: string): string => `process p\n${lines}  step wait\n    after 2 days go to accepted\n  end\nend\n`;

describe('a limit of cases', () => {
  it('in a window ends where the window does (S4, S62)', () => {
    const org = withText(process('  started by any member\n  limit 2 cases per author per 30 days\n'));
    const { propose } = notesFor(org);
    expect(org.epoch(0, propose('ada', 'p'), propose('ben', 'p')).verdicts).toEqual(['ok', 'ok']);
    expect(org.epoch(day, propose('ada', 'p'), propose('ada', 'p')).verdicts).toEqual(['ok', 'GDO1040']);
    expect(org.epoch(30 * day - 1, propose('ada', 'p')).verdicts).toEqual(['GDO1040']);
    expect(org.epoch(30 * day, propose('ada', 'p'), propose('ada', 'p')).verdicts).toEqual(['ok', 'GDO1040']);
  });

  it('without a window is about cases open at once', () => {
    const org = withText(process('  started by any member\n  limit 1 case per author\n'));
    const { propose } = notesFor(org);
    org.epoch(0, propose('ada', 'p'));
    expect(org.epoch(day, propose('ada', 'p'), propose('ben', 'p')).verdicts).toEqual(['GDO1040', 'ok']);
    org.epoch(2 * day);
    expect(org.epoch(2 * day + 1, propose('ada', 'p')).verdicts).toEqual(['ok']);
  });

  it('is one of all who share an attribute, and of nobody else (S115)', () => {
    const registry = 'role registrar plural registrars\n  held by 0 to 3 people\nend\nattribute employer certified by any registrar\n';
    const text = `${opening}role member plural members\n  held by 1 to 99 people\nend\n${registry}${process('  started by any member\n  limit 1 case per employer per 30 days\n')}`;
    expect(unsupported(compile(text).charter)).toEqual([]);
    const org = found(text, { member: people, registrar: ['rae'] });
    const { propose } = notesFor(org);
    org.epoch(0, ...['ada', 'ben'].map((member) => ({ by: 'rae', kind: 'certify', body: { attribute: 'employer', member, value: 'Acme' } }) as const));
    expect(org.epoch(day, propose('ada', 'p'), propose('ben', 'p'), propose('chi', 'p'), propose('dev', 'p')).verdicts).toEqual(['ok', 'GDO1040', 'ok', 'ok']);
  });

  it('counts a case for each of its starters (S108)', () => {
    const org = withText(process('  started by 2 members\n  limit 1 case per author per 30 days\n'));
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'p'));
    org.epoch(hour, act('ben', 1, 'start', { stage: 1 }));
    expect(org.epoch(day, propose('ben', 'p'), propose('chi', 'p')).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.epoch(2 * day, act('ada', 2, 'start', { stage: 1 }), act('dev', 2, 'start', { stage: 1 })).verdicts).toEqual(['GDO1040', 'ok']);
  });

  it('is about the subject, or about everybody', () => {
    const org = withText(process('  started by any member\n  about member\n  limit 1 case per subject per 10 days\n  limit 2 cases per 10 days\n'));
    const { propose } = notesFor(org);
    const about = (subject: string): { readonly subject: string } => ({ subject });
    const { verdicts } = org.epoch(0, propose('ada', 'p', about('ben')), propose('chi', 'p', about('ben')), propose('chi', 'p', about('dev')));
    expect(verdicts).toEqual(['ok', 'GDO1040', 'ok']);
    expect(org.epoch(hour, propose('ada', 'p', about('ada'))).verdicts).toEqual(['GDO1040']);
  });
});

const chair = (limit: string): string =>
  `role chair plural chairs\n  held by 0 to 2 people\n  term 100 days\n  gained through filling\n  lost through resignation or expiry\n  ${limit}\nend\n` +
  'process filling\n  started by any member\n  step wait\n    after 1 day go to filled\n  end\n  outcome filled\n    grant chair to the candidate\n  end\nend\n' +
  'process waiver\n  started by any member\n  step wait\n    after 1 day go to waived\n  end\n  outcome waived accepts\n  step talk\n    when the candidate approves go to waived\n    after 1 day go to refused\n  end\nend\n';

describe('a limit of terms', () => {
  const fill = (org: Organization, atMs: number, candidate: string): readonly string[] => {
    org.epoch(atMs, notesFor(org).propose('ada', 'filling', { candidate }));
    org.epoch(atMs + day);
    return holdersOf(org.state(), org.charter, 'chair');
  };

  it('in a row refuses the grant beyond it, until a whole term lies between (S113, S114)', () => {
    const org = withText(chair('limit 2 terms in a row'), ['ben']);
    expect(fill(org, 100 * day, 'ben')).toEqual(['ben']);
    org.epoch(201 * day);
    expect(fill(org, 202 * day, 'ben')).toEqual([]);
    expect(fill(org, 299 * day, 'ben')).toEqual([]);
    expect(fill(org, 300 * day, 'ben')).toEqual(['ben']);
  });

  it('leaves out a term of which half or less was served', () => {
    const org = withText(chair('limit 1 terms in a row'), ['ben', 'chi']);
    const resign = (by: string): Parameters<Organization['epoch']>[1] => ({ by, kind: 'resign', body: { role: 'chair' } });
    org.epoch(50 * day, resign('ben'));
    org.epoch(50 * day + 1, resign('chi'));
    expect(fill(org, 51 * day, 'ben')).toEqual(['ben']);
    expect(fill(org, 53 * day, 'chi')).toEqual(['ben']);
  });

  it('ever counts all terms, and counts a renewal as one', () => {
    const org = withText(chair('limit 2 terms per person'), ['ben']);
    expect(fill(org, 80 * day, 'ben')).toEqual(['ben']);
    org.epoch(181 * day);
    expect(fill(org, 900 * day, 'ben')).toEqual([]);
  });

  it('is waived for one grant by one accepted case about the person (S114)', () => {
    const org = withText(chair('limit 1 terms in a row unless waived through waiver'), ['ben']);
    org.epoch(99 * day, notesFor(org).propose('ada', 'waiver', { candidate: 'ben' }));
    org.epoch(100 * day);
    expect(fill(org, 101 * day, 'ben')).toEqual(['ben']);
    org.epoch(202 * day);
    expect(fill(org, 203 * day, 'ben')).toEqual([]);
  });

  describe('per attribute', () => {
    const teamed = (limit: string): string =>
      `attribute team certified by the registrar\nrole registrar plural registrars\n  held by 1 to 3 people\nend\n${chair(limit)}`;
    const withTeams = (limit: string): Organization => {
      const bylaws = `${opening}role member plural members\n  held by 1 to 99 people\nend\n${teamed(limit)}`;
      expect(unsupported(compile(bylaws).charter)).toEqual([]);
      return found(bylaws, { member: people, registrar: ['dev'], chair: ['ben'] });
    };
    const certify = (member: string, value: string): Parameters<Organization['epoch']>[1] => ({
      by: 'dev',
      kind: 'certify',
      body: { attribute: 'team', member, value },
    });

    it('counts the terms of all who share it, whoever served them (S113, S114)', () => {
      const org = withTeams('limit 2 terms per team in a row');
      org.epoch(day, certify('ben', 'Red'), certify('chi', 'Red'), certify('ada', 'Blue'));
      org.epoch(100 * day);
      expect(fill(org, 101 * day, 'chi')).toEqual(['chi']);
      org.epoch(202 * day);
      expect(fill(org, 203 * day, 'ben')).toEqual([]);
      expect(fill(org, 205 * day, 'ada')).toEqual(['ada']);
      org.epoch(300 * day);
      expect(fill(org, 302 * day, 'ben')).toContain('ben');
    });

    it('counts a term for the group of its beginning, so that a person may serve for another (S113)', () => {
      const org = withTeams('limit 1 terms per team in a row');
      org.epoch(day, certify('ben', 'Red'), certify('chi', 'Red'));
      org.epoch(90 * day, certify('ben', 'Blue'));
      org.epoch(100 * day);
      expect(fill(org, 101 * day, 'chi')).toEqual([]);
      expect(fill(org, 103 * day, 'ben')).toEqual(['ben']);
    });

    it('counts a sitting holder of the group, and is waived about the candidate (S114)', () => {
      const org = withTeams('limit 1 terms per team in a row unless waived through waiver');
      org.epoch(day, certify('ben', 'Red'), certify('chi', 'Red'));
      expect(fill(org, 60 * day, 'chi')).toEqual(['ben']);
      org.epoch(62 * day, notesFor(org).propose('ada', 'waiver', { candidate: 'chi' }));
      org.epoch(63 * day);
      expect(fill(org, 64 * day, 'chi')).toEqual(['ben', 'chi']);
    });

    it('leaves people without it alone (S115)', () => {
      const org = withTeams('limit 1 terms per team in a row');
      expect(fill(org, 60 * day, 'chi')).toEqual(['ben', 'chi']);
      expect(fill(org, 101 * day, 'ben')).toEqual(['chi']);
    });
  });

  it('strikes a winner beyond it and counts the ballots again (S115)', () => {
    const election =
      'process election\n  started by any member\n  step list\n    nominations of member\n    after 1 day go to choosing\n  end\n' +
      '  vote choosing\n    voters members\n    choices the candidates\n    counted by approval\n    elects 1 chair\n    open for 2 days\n    tie lot\n    when elected go to seated\n    otherwise go to refused\n  end\n' +
      '  outcome seated\n    grant chair to the winners\n  end\nend\n';
    const limited = chair('limit 1 terms in a row').replace('gained through filling', 'gained through filling or election');
    const org = withText(`${limited}${election}`, ['ben']);
    const { propose, act, ballot } = notesFor(org);
    org.epoch(60 * day, propose('ada', 'election'));
    org.epoch(60 * day + hour, act('ben', 1, 'nominate'), act('chi', 1, 'nominate'));
    org.epoch(61 * day);
    org.epoch(62 * day, ballot('ada', 1, 'ben'), ballot('ben', 1, 'ben'), ballot('chi', 1, 'chi'));
    org.epoch(63 * day);
    expect(org.view(1)).toMatchObject({ status: 'accepted', result: 'elected' });
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['ben', 'chi']);
  });
});
