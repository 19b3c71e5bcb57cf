// What taking a decision back leaves to people where several decisions gave or took the same, or where it took what ends with a role (S66, S111, docs/decisions/0191).
import { describe, expect, it } from 'vitest';
import { entriesUnder, holdersOf, readCase, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const swapped = '    remove chair from the subject\n    grant keeper to the candidate\n';

const bylaws = (lines: { readonly chair?: string; readonly keeper?: string; readonly effects?: string } = {}): string => `gdo 1
organization "Test"
end
role member plural members
  held by 1 to 99 people
end
role chair plural chairs
  held by 0 to 1 people
  gained through naming
  lost through ejection or expiry
${lines.chair ?? ''}end
role keeper plural keepers
  held by 0 to 9 people
  gained through naming
  lost through ejection
${lines.keeper ?? '  lost with chair\n'}end
certificate badge plural badges
end
process naming
  started by any member
  outcome named
    grant the proposed role to the candidate
  end
end
process ejection
  started by any member
  outcome ejected
    remove the proposed role from the subject
  end
end
process card
  started by any member
  outcome given
    grant badge to the candidate
  end
end
process loss
  started by any member
  outcome taken
    remove badge from the subject
  end
end
process swap
  started by any member
  outcome done
${lines.effects ?? swapped}  end
end
process appeal
  started by any member
  outcome upheld
    reverse the decision
  end
end
`;

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

function began(text: string, roles: Readonly<Record<string, readonly string[]>> = {}): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: people, ...roles });
}

const decided = (org: Organization, atMs: number, process: string, body: Note['body']): void =>
  void org.epoch(atMs, notesFor(org).propose('ada', process, body));
const chair = (member: string): Note['body'] => ({ candidate: member, subject: member, role: 'chair' });
const keeper = (member: string): Note['body'] => ({ candidate: member, subject: member, role: 'keeper' });
const holders = (org: Organization, role: string): readonly string[] => holdersOf(org.state(), org.charter, role);
const reversed = (org: Organization, atMs: number, number: number): readonly string[] | undefined => {
  decided(org, atMs, 'appeal', { decision: org.view(number).id });
  return readCase(org.state(), org.view(number).id)?.unreversed;
};

describe('what is left of several grants of one role (docs/decisions/0191)', () => {
  const ends = (org: Organization): readonly unknown[] => entriesUnder(org.state(), 'role/chair/').map(([, { until }]) => until);
  const granted = (): Organization => {
    const org = began(bylaws({ chair: '  term 90 days\n' }));
    for (const place of [0, 1, 2, 3]) decided(org, place * day, 'naming', chair('ben'));
    expect(ends(org)).toEqual([93 * day]);
    return org;
  };

  it.each([
    [[4], 92],
    [[3, 4], 91],
    [[3, 2, 4], 90],
    [[2, 4], 92],
    [[2, 3, 4], 90],
    [[2, 4, 3], 90],
    [[1, 3, 4], 91],
  ])('is, when %j are taken back in this order, the newest that stands', (order, left) => {
    const org = granted();
    order.forEach((number, place) => void reversed(org, (4 + place) * day, number));
    expect(ends(org)).toEqual([left * day]);
  });
});

describe('a certificate that never runs out', () => {
  it.each([
    ['loss', 'taken from somebody'],
    ['card', 'given again'],
  ])('is what it was once the decision is taken back (%s: it was %s)', (process) => {
    const org = began(bylaws());
    const badge = (): readonly unknown[] => entriesUnder(org.state(), 'certificate/badge/').map(([, { since, until }]) => [since, until]);
    decided(org, hour, 'card', { candidate: 'ben' });
    decided(org, day, process, { candidate: 'ben', subject: 'ben' });
    expect(badge()).toEqual(process === 'loss' ? [] : [[day, undefined]]);
    expect([reversed(org, 400 * day, 2), badge()]).toEqual([undefined, [[hour, undefined]]]);
  });
});

describe('a decision that took nothing', () => {
  it('gives nothing back: who did not hold the one role has lost the other one since by another decision', () => {
    const org = began(bylaws(), { keeper: ['ben'] });
    decided(org, hour, 'swap', { subject: 'ben', candidate: 'chi' });
    expect(holders(org, 'keeper')).toEqual(['ben', 'chi']);
    decided(org, 2 * hour, 'ejection', keeper('ben'));
    expect([reversed(org, 3 * hour, 1), holders(org, 'keeper')]).toEqual([undefined, []]);
  });

  it('gives nothing back of what would have ended with it, also where the one role is held by now', () => {
    const org = began(bylaws(), { keeper: ['ben'] });
    decided(org, hour, 'ejection', chair('ben'));
    decided(org, 2 * hour, 'naming', chair('ben'));
    decided(org, 3 * hour, 'ejection', keeper('ben'));
    expect([reversed(org, 4 * hour, 1), holders(org, 'chair'), holders(org, 'keeper')]).toEqual([undefined, ['ben'], []]);
  });
});

describe('people read of a decision that is taken back', () => {
  it('which case did it, and what it could not take back', () => {
    const org = began(bylaws());
    const told = (atMs: number, number: number): readonly string[] => {
      const { notices } = org.epoch(atMs, notesFor(org).propose('ada', 'appeal', { decision: org.view(number).id }));
      return notices.flatMap((one) => (one.number === number ? [one.reason] : []));
    };
    decided(org, hour, 'naming', chair('ben'));
    decided(org, 2 * hour, 'naming', chair('ben'));
    expect(told(3 * hour, 1)).toEqual(['case 3 of `appeal` reversed it; it could not take back `chair` of `ben`, given again since']);
    expect(told(4 * hour, 2)).toEqual(['case 4 of `appeal` reversed it']);
    expect(readCase(org.state(), org.view(2).id)?.reason).toBe('case 4 of `appeal` reversed it');
  });
});

describe('roles that end with one another (S111)', () => {
  it('both end, and both come back', () => {
    const org = began(bylaws({ chair: '  lost with keeper\n' }), { chair: ['ben'], keeper: ['ben'] });
    decided(org, hour, 'ejection', chair('ben'));
    expect([holders(org, 'chair'), holders(org, 'keeper')]).toEqual([[], []]);
    expect([reversed(org, day, 1), holders(org, 'chair'), holders(org, 'keeper')]).toEqual([undefined, ['ben'], ['ben']]);
  });
});

describe('a decision that takes one role and gives another (S66, docs/decisions/0061)', () => {
  it('is taken back with its grants first, in whatever order the text has them: so the seat is free for whoever lost it', () => {
    for (const effects of [
      '    grant chair to the candidate\n    remove chair from the subject\n',
      '    remove chair from the subject\n    grant chair to the candidate\n',
    ]) {
      const org = began(bylaws({ effects }), { chair: ['ben'] });
      decided(org, hour, 'swap', { subject: 'ben', candidate: 'chi' });
      expect(holders(org, 'chair')).toEqual(['chi']);
      expect([reversed(org, day, 1), holders(org, 'chair')]).toEqual([undefined, ['ben']]);
    }
  });

  it('gives nothing back of what is lost with a role that is not given back', () => {
    const org = began(bylaws(), { chair: ['ben'], keeper: ['ben'] });
    decided(org, hour, 'swap', { subject: 'ben', candidate: 'chi' });
    // Keepers were granted and lost by one decision, and nobody has lost a seat to whoever was granted.
    expect([holders(org, 'chair'), holders(org, 'keeper')]).toEqual([[], ['chi']]);
    decided(org, day, 'naming', chair('dev'));
    expect([reversed(org, 2 * day, 1), holders(org, 'chair'), holders(org, 'keeper')]).toEqual([['`chair` of `ben`'], ['dev'], []]);
  });
});

describe('a removal of everybody who holds a role', () => {
  it('gives all of them back what they had', () => {
    const org = began(bylaws({ effects: '    remove keeper from the keeper\n' }), { keeper: ['ben', 'chi'] });
    decided(org, hour, 'swap', {});
    expect(holders(org, 'keeper')).toEqual([]);
    expect([reversed(org, day, 1), holders(org, 'keeper')]).toEqual([undefined, ['ben', 'chi']]);
  });
});

describe('a removal that is taken back after somebody was given the same again (docs/decisions/0191)', () => {
  const again = (...later: readonly (readonly [process: string, body: Note['body']])[]): Organization => {
    const org = began(bylaws(), { chair: ['ben'], keeper: ['ben'] });
    decided(org, hour, 'ejection', chair('ben'));
    for (const [place, [process, body]] of later.entries()) decided(org, (2 + place) * hour, process, body);
    return org;
  };

  it('gives nothing back to whoever was removed once more', () => {
    const org = again(['naming', chair('ben')], ['ejection', chair('ben')]);
    expect([reversed(org, day, 1), holders(org, 'chair')]).toEqual([undefined, []]);
    expect([reversed(org, 2 * day, 3), holders(org, 'chair')]).toEqual([undefined, ['ben']]);
  });

  it('gives back what ended with it where it is held, and was not given again by itself', () => {
    const org = again(['naming', chair('ben')]);
    reversed(org, day, 1);
    expect(holders(org, 'keeper')).toEqual(['ben']);
    const own = again(['naming', chair('ben')], ['naming', keeper('ben')], ['ejection', keeper('ben')]);
    reversed(own, day, 1);
    expect([holders(own, 'chair'), holders(own, 'keeper')]).toEqual([['ben'], []]);
  });

  it('gives no certificate back that was taken once more', () => {
    const org = began(bylaws());
    for (const [place, process] of ['card', 'loss', 'card', 'loss'].entries()) decided(org, (1 + place) * hour, process, { candidate: 'ben', subject: 'ben' });
    expect([reversed(org, day, 2), entriesUnder(org.state(), 'certificate/badge/')]).toEqual([undefined, []]);
  });
});

describe('a grant that is taken back when what there was before it is over (S137)', () => {
  it.each([
    ['', ['`chair` of `ben`'], ['ben']],
    ['  gained through naming\n', undefined, []],
  ])('leaves the role where nobody else could ever hold it, and tells people (%j)', (gained, left, after) => {
    const org = began(bylaws({ chair: '  term 10 days\n' }).replace('  gained through naming\n', gained));
    decided(org, hour, 'naming', chair('ben'));
    decided(org, 5 * day, 'naming', chair('ben'));
    expect([reversed(org, 11 * day, 2), holders(org, 'chair')]).toEqual([left, after]);
  });
});

describe('what has lapsed meanwhile (S60)', () => {
  it('is not given back, and people are told', () => {
    const lapsing = (name: string): string => `protect ${name}\n  lapses on 1970-01-05\nend\n`;
    const text = `${bylaws({ keeper: '' })}${lapsing('chair')}${lapsing('badge')}`;
    const org = began(text, { chair: ['ben'], keeper: ['ben'] });
    decided(org, hour, 'card', { candidate: 'ben' });
    for (const [process, body] of [['ejection', chair('ben')] as const, ['ejection', keeper('ben')] as const, ['loss', { subject: 'ben' }] as const])
      decided(org, 2 * day, process, body);
    org.epoch(4 * day);
    expect([2, 3, 4].map((number) => reversed(org, 6 * day + number, number))).toEqual([['`chair` of `ben`'], undefined, ['`badge` of `ben`']]);
    expect(['role/chair/', 'role/keeper/', 'certificate/badge/'].map((prefix) => entriesUnder(org.state(), prefix).length)).toEqual([0, 1, 0]);
  });
});
