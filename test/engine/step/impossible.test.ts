// Faults of the catalogue that the language and the engine make impossible: what would bring one of them back fails here. Others stand beside the rules
// they belong to: people.test.ts (keys), semantics.test.ts (order of arrival), weight.test.ts (live weight).
import { describe, expect, it } from 'vitest';
import { parseBylaws } from '../../../language/index.ts';
import { day, found, hour, notesFor } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = `gdo 1
organization "O"
end
role member plural members
  held by 1 to 9 people
  gained through joining
  lost through resignation
end
process joining
  started by any person
  outcome joined
    grant member to the candidate
  end
end
process motion
  started by any member
  step review
    when 2 other members approve go to accepted
    when the author withdraws go to refused
    after 9 days go to refused
  end
end
`;

describe('people who may approve', () => {
  it('do not approve by being allowed to (GDO109)', () => {
    const org = found(bylaws, { member: people });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, act('bo', 1, 'approve'));
    org.epoch(8 * day);
    expect(org.view(1).status).toBe('open');
    org.epoch(9 * day);
    expect(org.view(1).outcome).toBe('refused');
  });
});

describe('a case (GDO214)', () => {
  it('cannot be taken by somebody who proposes the same: each has a case of their own', () => {
    const org = found(bylaws, { member: people });
    const { propose } = notesFor(org);
    expect(org.epoch(0, propose('bo', 'motion'), propose('ana', 'motion')).verdicts).toEqual(['ok', 'ok']);
    expect(org.view(1).id).not.toBe(org.view(2).id);
  });

  it('cannot be withdrawn by anybody but its author', () => {
    const org = found(bylaws, { member: people });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, act('bo', 1, 'withdraw'));
    expect(org.view(1).status).toBe('open');
    org.epoch(2 * hour, act('ana', 1, 'withdraw'));
    expect(org.view(1).outcome).toBe('refused');
  });

  it('has an id that nobody chooses', () => {
    const org = found(bylaws, { member: people });
    const { propose } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    const { id } = org.view(1);
    org.epoch(hour, { ...propose('bo', 'motion'), case: id });
    expect([org.view(1).id, org.view(2).id === id]).toEqual([id, false]);
  });
});

describe('an effect (GDO211)', () => {
  it.each([
    'accept the merge of "v1.0"',
    'accept "main"',
    'start "https://example.org/process"',
    'pay the amount from "https://example.org"',
    'grant "latest" to the candidate',
  ])('has no place for a name that may come to mean something else: %s', (effect) => {
    const text = bylaws.replace('grant member to the candidate', effect);
    expect(parseBylaws({ path: 'bylaws/a.gdo', text }).diagnostics.map(({ code }) => code)).toContain('GDO001');
  });
});
