// Proposing a case: what is said to whoever may not, what the case keeps of what its author wrote, and the decision or block it is about (S57, S60, S108, S120, S122).
import { describe, expect, it } from 'vitest';
import { readCase, unsupported, type JsonObject } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const step = '  step wait\n    when any member approves go to accepted\n    after 2 days go to refused\n  end\n';
const process = (name: string, clauses: string, stages = step): string => `process ${name}\n${clauses}${stages}end\n`;
const outcome = (effect: string): string =>
  `  step wait\n    when any member approves go to done\n    after 9 days go to refused\n  end\n  outcome done\n    ${effect}\n  end\n`;

const text = `gdo 1
organization "Test"
end
area work covers "work/**"
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through naming
end
account till in EUR
  kept by any member
  limit 60 EUR per recipient per 30 days
end
${process('naming', '  started by any member\n', outcome('grant the proposed role to the candidate'))}${process('petition', '  started by 2 members\n  started by any chair\n')}${process('review', '  starts every 10 days from 1970-02-01\n')}${process('ban "Ban somebody"', '  started by any chair\n')}${process('appeal', '  started by any member within 3 days of ban.accepted\n  started by any chair not within 3 days of ban.refused within 9 days of ban.refused\n')}${process('buying', '  started by any member\n  spends from till up to 900 EUR\n  while open hold the amount from till\n', outcome('pay the amount from till'))}${process('change', '  governs work\n  started by any member\n')}${process('motion', '  started by any member\n')}${process('stop', '  started by any chair\n  started by any member within 3 days of motion.accepted\n  while open hold the decision\n')}${process('halt', '  started by any member within 3 days of motion.accepted\n  started by any chair\n  while open hold the decision\n')}${process('renewal', '  started by any member\n')}${process('other-renewal', '  started by any member\n')}
protect review, buying
  lapses after 90 days unless renewed through renewal
end
protect change
  lapses after 90 days unless renewed through other-renewal
end
protect petition
  changed through ban
end
`;

/** Kim is a member and the only chair; zoe is neither. */
function founded(): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: ['ada', 'ben', 'kim'], chair: ['kim'] }, { people: ['ada', 'ben', 'kim', 'zoe'], content: [['work/a', '100644:aa']] });
}

const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));
const kept = (org: Organization, number: number): JsonObject => ({ ...readCase(org.state(), org.view(number).id) });

describe('whoever may not propose a case', () => {
  it('is told who may, and when (S108, S122)', () => {
    const org = founded();
    const { propose } = notesFor(org);
    expect(
      said(
        org,
        0,
        propose('zoe', 'petition'),
        propose('ada', 'review'),
        propose('ada', 'appeal', { subject: 'ben' }),
        propose('kim', 'appeal', { subject: 'ben' }),
        propose('ada', 'nothing'),
        propose('ada', 'motion', { bylaws: '0'.repeat(64) }),
      ),
    ).toEqual([
      'GDO1040 the process `petition` is started by at least 2 members or any chair, and `zoe` is not',
      'GDO1040 the process `review` is started by the rules alone, and `ada` is not',
      'GDO1040 the process `appeal` starts only within 3 days of `ban.accepted` in the same matter',
      'GDO1040 the process `appeal` starts only within 3 days of `ban.accepted` in the same matter, or only within 9 days of `ban.refused` in the same matter',
      'GDO1052 `nothing` is not a process of the bylaws',
      'GDO1053 the bylaws have changed since this was written',
    ]);
  });

  it('is told that the role is missing, or is none', () => {
    const org = founded();
    const { propose } = notesFor(org);
    expect(said(org, 0, propose('ada', 'naming'), propose('ada', 'naming', { role: 'king' }), propose('ada', 'naming', { role: 'chair' }))).toEqual([
      'GDO1052 the process `naming` needs the role that is asked for',
      'GDO1052 `king` is not a role',
      'ok',
    ]);
  });
});

describe('a case', () => {
  it('keeps its own title, text and role, and has the title of its process or its name without one', () => {
    const org = founded();
    const { propose, proposeChange } = notesFor(org);
    org.epoch(
      hour,
      propose('kim', 'ban', { subject: 'zoe' }),
      propose('kim', 'ban', { subject: 'zoe', title: 'Zoe is to go', text: 'She took the keys.' }),
      propose('ada', 'naming', { role: 'chair', candidate: ['ada', 'ben'] }),
      proposeChange('ada', 'change', [{ path: 'work/a', old: '100644:aa', new: '100644:bb' }]),
    );
    expect([1, 2, 3, 4].map((number) => org.view(number).title)).toEqual(['Ban somebody', 'Zoe is to go', 'naming', 'change']);
    expect(kept(org, 2)).toMatchObject({ text: 'She took the keys.', subjects: ['zoe'], candidates: [] });
    expect(kept(org, 3)).toMatchObject({ role: 'chair', subjects: [], candidates: ['ada', 'ben'] });
    expect(kept(org, 4)).toMatchObject({ head: '1'.repeat(40) });
    expect([1, 3].map((number) => kept(org, number)['text'])).toEqual([undefined, undefined]);
  });

  it('that waits for more people to start it has had nothing happen in it', () => {
    const org = founded();
    org.epoch(hour, notesFor(org).propose('ada', 'petition'));
    const nothing = { firsts: [], reached: [], concerns: [], votes: [], present: [], nominees: [], winners: [], candidates: [], subjects: [] };
    expect(kept(org, 1)).toMatchObject({ ...nothing, phase: 'starting', stage: 'wait', entry: 0, entries: 0, acts: 0, starters: ['ada'] });
  });

  it('that asks for money is for its author, where it names nobody else (S62)', () => {
    const org = founded();
    const { propose } = notesFor(org);
    const ask = (by: string, amount: number, recipient?: string): Note =>
      propose(by, 'buying', { amount: String(amount), ...(recipient === undefined ? {} : { recipient }) });
    const verdicts = said(org, 0, ask('ada', 40), ask('ada', 30), ask('ada', 30, 'shop'), ask('ben', 40, 'shop'), ask('ben', 30, 'ada'), ask('ben', 20, 'ada'));
    expect(verdicts.map((one) => one.slice(0, 7))).toEqual(['ok', 'GDO1040', 'ok', 'GDO1040', 'GDO1040', 'ok']);
  });
});

describe('a case that names somebody twice', () => {
  it('is about them once, in the order in which they are named', () => {
    const org = founded();
    const { propose } = notesFor(org);
    expect(said(org, 0, propose('ada', 'motion', { candidate: ['kim', 'ben', 'kim'], subject: ['zoe', 'zoe'] }))).toEqual(['ok']);
    expect(org.view(1)).toMatchObject({ candidates: ['kim', 'ben'], subjects: ['zoe'] });
  });

  it('has as many candidates as there are people: one for one seat needs no ballot', () => {
    const ballot = `  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 1 chair
    open for 7 days
    tie fails
    when uncontested go to accepted
    otherwise go to refused
  end
`;
    const org = found(text.replace('process motion', `process choosing\n  started by any member\n${ballot}end\nprocess motion`), {
      member: ['ada', 'ben', 'kim'],
      chair: ['kim'],
    });
    org.epoch(0, notesFor(org).propose('ada', 'choosing', { candidate: ['ben', 'ben'] }));
    org.epoch(1);
    expect(org.view(1)).toMatchObject({ outcome: 'accepted', result: 'uncontested' });
  });
});

describe('the decision that a case is about (S120)', () => {
  it('is there: a decided one where it is held, an open one too where it is not', () => {
    const org = founded();
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion', { subject: 'ben' }), propose('ada', 'motion', { subject: 'zoe' }));
    const [first, second] = [org.view(1).id, org.view(2).id];
    org.epoch(hour, act('ada', 1, 'approve'));
    const missing = 'GDO1052 the decision it is about is not there';
    expect(
      said(
        org,
        2 * hour,
        propose('kim', 'stop', { decision: first }),
        propose('kim', 'stop', { decision: second }),
        propose('kim', 'motion', { decision: second }),
        propose('kim', 'motion', { decision: '0'.repeat(64) }),
      ),
    ).toEqual(['ok', missing, 'ok', missing]);
    expect([3, 4].map((number) => kept(org, number)['decision'])).toEqual([first, second]);
  });

  it('is found by the window of any line by which its author may start it, and is asked for where none finds it', () => {
    const org = founded();
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion', { subject: 'ben' }));
    org.epoch(hour, act('ada', 1, 'approve'));
    const about = { subject: 'ben' };
    expect(said(org, 2 * hour, propose('kim', 'stop', about), propose('kim', 'halt', about), propose('ada', 'halt', about))).toEqual(['ok', 'ok', 'ok']);
    expect([2, 3, 4].map((number) => kept(org, number)['decision'])).toEqual([org.view(1).id, org.view(1).id, org.view(1).id]);
    expect(said(org, 9 * day, propose('kim', 'stop', about))).toEqual(['GDO1052 the process `stop` needs the decision that it is about']);
  });
});

describe('a case that renews something (S60)', () => {
  it('names what is renewed through its process', () => {
    const org = founded();
    const { propose } = notesFor(org);
    const renew = (renews: string, name = 'renewal'): Note => propose('ada', name, { renews });
    expect(said(org, 0, renew('review'), renew('buying'), renew('change'), renew('change', 'other-renewal'), renew('petition'))).toEqual([
      'ok',
      'ok',
      'GDO1052 nothing that is called `change` is renewed through `renewal`',
      'ok',
      'GDO1052 nothing that is called `petition` is renewed through `renewal`',
    ]);
    expect(kept(org, 1)).toMatchObject({ renews: 'review' });
  });
});
