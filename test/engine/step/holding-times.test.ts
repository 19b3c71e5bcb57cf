// When roles end by themselves, what is set up for it, and what becomes of roles that are given back, are lost through a report, or are no longer in the
// bylaws (S14, S66, S102, S137; docs/decisions/0107).
import { describe, expect, it } from 'vitest';
import { addDuration, decideRight, holdersOf, openRequirements, unsupported } from '../../../engine/index.ts';
import { began, closesMs, elected, opensMs } from './directors.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Times"\nend\narea rules covers "bylaws/**"\n';
const members = 'role member plural members\n  held by 1 to 99 people\n  lost through resignation\nend\n';
const wait = (name: string, outcome: string, lines = ''): string =>
  `process ${name}\n${lines}  started by any member\n  step wait\n    after 1 day go to done\n  end\n  outcome done\n    ${outcome}\n  end\nend\n`;
const naming = wait('naming', 'grant the proposed role to the candidate');
const ejection = wait('ejection', 'remove the proposed role from the subject');
const appeal = wait('appeal', 'reverse the decision');

function organization(text: string, roles: Readonly<Record<string, readonly string[]>>): Organization {
  expect(unsupported(compile(`${opening}${members}${text}`).charter)).toEqual([]);
  return found(`${opening}${members}${text}`, { member: ['ada', 'ben', 'chi'], ...roles }, { content: [['bylaws/a', '100644:aa']] });
}

const holders = (org: Organization, role: string): readonly string[] => holdersOf(org.state(), org.charter, role);

/** Proposes through a process that decides after a day, and plays its decision. */
function decided(org: Organization, atMs: number, process: string, body: Note['body']): void {
  expect(org.epoch(atMs, notesFor(org).propose('ada', process, body)).verdicts).toEqual(['ok']);
  org.epoch(atMs + day);
}

describe('the terms of first holders in staggered groups (S14)', () => {
  it.each([
    ['90 minutes', [45 * 60_000, 90 * 60_000]],
    ['3 hours', [1.5 * hour, 3 * hour]],
    ['5 days', [2.5 * day, 5 * day]],
    ['3 weeks', [10.5 * day, 21 * day]],
    ['4 months', [2, 4].map((count) => addDuration(0, { count, unit: 'month' }))],
    ['3 years', [18, 36].map((count) => addDuration(0, { count, unit: 'month' }))],
  ])('of %s end after the shares of their groups', (term, [first = 0, second = 0]) => {
    const org = organization(
      `role keeper plural keepers\n  held by 0 to 3 people\n  term ${term} in 2 staggered groups\n  gained through naming\n  lost through expiry\nend\n${naming}`,
      { keeper: ['ben', 'ada', 'chi'] },
    );
    const left = [first - 1, first, second - 1, second].map((atMs) => {
      org.epoch(atMs);
      return holders(org, 'keeper');
    });
    expect(left).toEqual([['ada', 'ben', 'chi'], ['ada'], ['ada'], []]);
  });
});

describe('what ends by itself', () => {
  const role = (lines: string): string =>
    `role keeper plural keepers\n  held by 0 to 3 people\n${lines}  gained through naming or lending\nend\n${naming}${wait('lending', 'grant keeper to the candidate for 10 days')}${ejection}${appeal}`;

  it('is nothing where a term is over and nothing but an election follows it', () => {
    const org = organization(role('  term 30 days\n  lost through resignation or ejection\n'), { keeper: ['ben'] });
    expect(org.due()).toBeUndefined();
    decided(org, 0, 'naming', { candidate: 'chi', role: 'keeper' });
    expect(org.due()).toBeUndefined();
    decided(org, 2 * day, 'ejection', { subject: 'chi', role: 'keeper' });
    decided(org, 4 * day, 'appeal', { decision: org.view(2).id });
    expect([holders(org, 'keeper'), org.due()]).toEqual([['ben', 'chi'], undefined]);
    org.epoch(90 * day);
    expect(holders(org, 'keeper')).toEqual(['ben', 'chi']);
  });

  it('ends when it would have ended, where it was taken and given back meanwhile (S66)', () => {
    const org = organization(role('  term 30 days\n  lost through expiry or ejection or 20 days without activity\n'), {});
    const given = (atMs: number, process: string, member: string): void => {
      decided(org, atMs, process, { candidate: member, role: 'keeper' });
      decided(org, atMs + 2 * day, 'ejection', { subject: member, role: 'keeper' });
    };
    given(0, 'lending', 'ben');
    given(4 * day, 'naming', 'chi');
    expect(holders(org, 'keeper')).toEqual([]);
    org.epoch(8 * day, ...[2, 4].map((number) => notesFor(org).propose('ada', 'appeal', { decision: org.view(number).id })));
    const seen = [9 * day, 11 * day - 1, 11 * day, 25 * day - 1, 25 * day].map((atMs) => {
      org.epoch(atMs);
      return holders(org, 'keeper');
    });
    expect(seen).toEqual([['ben', 'chi'], ['ben', 'chi'], ['chi'], ['chi'], []]);
  });

  it('is looked at again where nothing was looked for while it was taken (S66)', () => {
    const org = organization(role('  lost through ejection or 5 days without activity\n'), {});
    decided(org, 0, 'naming', { candidate: 'chi', role: 'keeper' });
    decided(org, day, 'ejection', { subject: 'chi', role: 'keeper' });
    org.epoch(6 * day);
    org.epoch(6 * day + hour, notesFor(org).propose('chi', 'appeal', { decision: org.view(2).id }));
    org.epoch(7 * day + hour);
    expect(holders(org, 'keeper')).toEqual(['chi']);
    // The time for which chi did nothing has passed before it was given back: it is due at once, and then after what chi did since.
    expect(org.due()).toBe(7 * day + hour);
    org.epoch(7 * day + hour);
    expect([holders(org, 'keeper'), org.due()]).toEqual([['chi'], 11 * day + hour]);
    org.epoch(11 * day + hour);
    expect(holders(org, 'keeper')).toEqual([]);
  });

  it('gives way to a cap where somebody has taken the place (S114)', () => {
    const org = organization(
      `attribute employer certified by any member\n${role('  lost through ejection\n  limit 1 keepers per employer otherwise the newest leaves\n')}`,
      {},
    );
    const certify = (member: string): Note => ({ by: 'ada', kind: 'certify', body: { attribute: 'employer', member, value: 'Acme' } });
    org.epoch(0, certify('ben'), certify('chi'));
    decided(org, 1, 'naming', { candidate: 'chi', role: 'keeper' });
    decided(org, 2 * day, 'ejection', { subject: 'chi', role: 'keeper' });
    decided(org, 4 * day, 'naming', { candidate: 'ben', role: 'keeper' });
    expect(holders(org, 'keeper')).toEqual(['ben']);
    decided(org, 6 * day, 'appeal', { decision: org.view(2).id });
    expect(holders(org, 'keeper')).toEqual(['chi']);
  });
});

describe('whoever resigns and was elected again', () => {
  it('is told by which election they would have gone on (docs/decisions/0107)', () => {
    const org = began({}, ['ana', 'bo', 'cy']);
    org.epoch(opensMs);
    elected(org, ['ana']);
    const { notices } = org.epoch(closesMs + day, { by: 'ana', kind: 'resign', body: { role: 'director' } });
    const told = { case: org.view(1).id, number: 1, process: 'election', stage: 'seated', kind: 'decided', code: 'GDO1040' };
    expect(notices).toContainEqual({ ...told, reason: 'Not granted: `ana` has resigned from `director`' });
  });
});

describe('a role that nobody can gain', () => {
  it('may lose its last holder where somebody succeeds them, and not otherwise (S137)', () => {
    const org = organization(
      `role keeper plural keepers\n  held by 0 to 3 people\n  lost through ejection\n  succeeded by member\nend\nrole elder plural elders\n  held by 0 to 3 people\n  lost through ejection\nend\n${ejection}`,
      { keeper: ['ben'], elder: ['chi'] },
    );
    decided(org, 0, 'ejection', { subject: 'ben', role: 'keeper' });
    decided(org, 2 * day, 'ejection', { subject: 'chi', role: 'elder' });
    expect([holders(org, 'keeper'), holders(org, 'elder')]).toEqual([['ada'], ['chi']]);
  });
});

describe('a role that new bylaws change', () => {
  const amendment = 'process amendment\n  governs rules\n  started by any member\n  step wait\n    after 1 day go to accepted\n  end\nend\n';

  /** Puts other bylaws in force a day later, by the case of this number. */
  const amend = (org: Organization, atMs: number, number: number, text: string): void => {
    const next = compile(`${opening}${members}${text}`);
    const { attest, proposeChange } = notesFor(org);
    org.epoch(atMs, { ...proposeChange('ada', 'amendment', [{ path: 'bylaws/a', old: '100644:aa', new: '100644:bb' }], { adopts: next.hash }), adopts: next });
    org.epoch(atMs + day);
    org.epoch(atMs + day + 1, attest('ada', number, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
    expect(org.view(number).status).toBe('merged');
  };

  it('stops nothing where it is gone when its term is over, its holder is inactive for long, or resigns', () => {
    const keeper =
      'role keeper plural keepers\n  held by 0 to 3 people\n  term 30 days\n  lost through expiry or resignation or 10 days without activity\nend\n';
    const org = organization(`${amendment}${keeper}`, { keeper: ['ben', 'chi'] });
    amend(org, 0, 1, amendment);
    expect(org.epoch(2 * day, { by: 'ben', kind: 'resign', body: { role: 'keeper' } }).verdicts).toEqual(['ok']);
    for (const atDay of [10, 20, 30, 40]) org.epoch(atDay * day);
    expect(holders(org, 'member')).toEqual(['ada', 'ben', 'chi']);
  });
});

describe('a role that is lost through what is reported (S102)', () => {
  const text = `collaborator books kept by any member
  reports "arrears", "no arrears"
end
role tenant plural tenants
  held by 0 to 9 people
  lost through resignation or arrears of 5 days or 20 days without activity
  gained through naming
end
role guest plural guests
  held by 0 to 9 people
  lost through arrears of 5 days
  gained through naming
end
right entering
  covers "door/yard"
  held by tenants
end
${naming}`;
  const says = (member: string, report: string): Note => ({
    by: 'ada',
    kind: 'fact',
    body: { type: 'report', subject: member, data: { collaborator: 'books', report } },
  });
  const answer = (org: Organization, person: string, atMs: number): unknown => {
    const given = decideRight(org.state(), org.charter, {
      thing: 'door/yard',
      person,
      atMs,
      offsetMinutes: 0,
      checkpointMs: atMs,
      contact: 'connected',
      uses: () => 0,
    });
    return given.kind === 'allowed' ? 'allowed' : given.reason;
  };

  it('is lapsed for whom the report was about, in that role, and for nobody else', () => {
    const org = organization(text, { tenant: ['ben'], guest: ['chi'] });
    org.epoch(0, says('ben', 'arrears'), says('chi', 'arrears'));
    org.epoch(5 * day);
    expect([holders(org, 'tenant'), holders(org, 'guest')]).toEqual([[], []]);
    expect(['ben', 'chi', 'ada'].map((person) => answer(org, person, 5 * day + 1))).toEqual(['lapsed', 'no-role', 'no-role']);
  });

  it.each([
    ['after it is lost', 6],
    ['as it is lost', 4],
  ])('is kept by who is granted it again %s, while the same is still reported', (_, onDay) => {
    const org = organization(text, { tenant: ['ben'] });
    org.epoch(0, says('ben', 'arrears'));
    if (onDay > 5) org.epoch(5 * day);
    decided(org, onDay * day, 'naming', { candidate: 'ben', role: 'tenant' });
    // What is due next is the end of the time for which ben may do nothing, as it was before.
    expect([answer(org, 'ben', (onDay + 1) * day), org.due()]).toEqual(['allowed', 20 * day]);
    org.epoch(19 * day, { by: 'ben', kind: 'propose', body: { bylaws: org.hash, process: 'naming', candidate: 'ada', role: 'guest' } });
    org.epoch((onDay + 21) * day);
    expect(holders(org, 'tenant')).toEqual(['ben']);
    org.epoch(40 * day);
    expect(holders(org, 'tenant')).toEqual([]);
  });
});
