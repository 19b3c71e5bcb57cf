// Draws (S47): a panel that nobody chose alone.
import { describe, expect, it } from 'vitest';
import { drawCommitment, readCase, sha256Hex, unsupported, utf8Encode } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const text = (draw: string): string => `gdo 1
organization "Test"
end
attribute employer certified by the registrar
role registrar plural registrars
  held by 1 to 3 people
end
role auditor plural auditors
  held by 1 to 9 people
end
role member plural members
  held by 1 to 99 people
end
process dispute
  started by any member
  draw panel
${draw}    when drawn go to hearing
    otherwise go to refused
  end
  vote hearing
    voters panel
    open for 7 days
    closes early when decided
    passes when at least 2/3 of all panel are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;
const seeded = text('    picks 3 members except the author, the subject\n    seed committed by 2 auditors within 3 days\n');
const members = Array.from({ length: 12 }, (_, index) => `m${String(index).padStart(2, '0')}`);
const roles = { registrar: ['rae'], auditor: ['uma', 'vic', 'wes'], member: members };

function opened(bylaws: string): Organization {
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  const org = found(bylaws, roles);
  const { propose } = notesFor(org);
  org.epoch(0, propose('m00', 'dispute', { subject: 'm01' }));
  return org;
}

const secretOf = (member: string): string => sha256Hex(utf8Encode(`secret of ${member}`));
const at = (org: Organization, member: string): { readonly case: string; readonly entry: number; readonly member: string } => ({
  case: org.view(1).id,
  entry: 1,
  member,
});
const commit = (org: Organization, member: string, secret = secretOf(member)): Note =>
  notesFor(org).act(member, 1, 'commit', { hash: drawCommitment(secret, at(org, member)) });
const reveal = (org: Organization, member: string, secret = secretOf(member)): Note => notesFor(org).act(member, 1, 'reveal', { secret });
const panel = (org: Organization): readonly string[] => readCase(org.state(), org.view(1).id)?.panels?.[0]?.[1] ?? [];

describe('a draw (S47)', () => {
  it('takes the panel from the people who were meant, once all secrets are out', () => {
    const org = opened(seeded);
    expect(org.epoch(1, commit(org, 'vic'), commit(org, 'uma')).verdicts).toEqual(['ok', 'ok']);
    expect(org.view(1).stage).toBe('panel');
    expect(org.epoch(2, reveal(org, 'uma'), reveal(org, 'vic')).verdicts).toEqual(['ok', 'ok']);
    expect(org.view(1).stage).toBe('hearing');
    const people = panel(org);
    expect([people.length, new Set(people).size, people.every((member) => members.includes(member) && !['m00', 'm01'].includes(member))]).toEqual([3, 3, true]);
  });

  it('draws the same panel from the same secrets, whoever came first', () => {
    const one = opened(seeded);
    one.epoch(1, commit(one, 'vic'), commit(one, 'uma'));
    one.epoch(2, reveal(one, 'uma'), reveal(one, 'vic'));
    const other = opened(seeded);
    other.epoch(1, commit(other, 'uma'), commit(other, 'vic'));
    other.epoch(2, reveal(other, 'vic'), reveal(other, 'uma'));
    const third = opened(seeded);
    third.epoch(1, commit(third, 'uma'), commit(third, 'vic', secretOf('somebody')));
    third.epoch(2, reveal(third, 'vic', secretOf('somebody')), reveal(third, 'uma'));
    expect(panel(other)).toEqual(panel(one));
    expect(panel(third)).not.toEqual(panel(one));
  });

  it('is a roster from then on: its people vote, and a share is of them', () => {
    const org = opened(seeded);
    org.epoch(1, commit(org, 'vic'), commit(org, 'uma'));
    org.epoch(2, reveal(org, 'uma'), reveal(org, 'vic'));
    const [first = '', second = ''] = panel(org);
    const outside = members.find((member) => !panel(org).includes(member)) ?? '';
    const { ballot } = notesFor(org);
    expect(org.epoch(day, ballot(outside, 1, 'yes'), ballot(first, 1, 'yes')).verdicts).toEqual(['GDO1057', 'ok']);
    expect(org.view(1).status).toBe('open');
    org.epoch(day + 1, ballot(second, 1, 'yes'));
    expect(org.view(1).status).toBe('accepted');
  });

  it('lets nobody choose their part by that of others', () => {
    const org = opened(seeded);
    expect(org.epoch(1, commit(org, 'uma'), reveal(org, 'uma')).verdicts).toEqual(['ok', 'GDO1050']);
    expect(org.epoch(2, commit(org, 'vic'), reveal(org, 'vic'), commit(org, 'wes'), commit(org, 'uma', secretOf('other'))).verdicts).toEqual([
      'ok',
      'ok',
      'GDO1050',
      'GDO1050',
    ]);
    const copied = notesFor(org).act('uma', 1, 'reveal', { secret: secretOf('vic') });
    expect(org.epoch(3, copied, reveal(org, 'wes'), reveal(org, 'vic')).verdicts).toEqual(['GDO1052', 'GDO1040', 'GDO1052']);
  });

  it('is committed by those who are asked', () => {
    const org = opened(seeded);
    expect(org.epoch(1, commit(org, 'm05'), notesFor(org).act('uma', 1, 'commit'), notesFor(org).act('uma', 1, 'endorse')).verdicts).toEqual([
      'GDO1040',
      'GDO1002',
      'GDO1052',
    ]);
  });

  it.each([
    ['is drawn at the end of the window without whoever did not reveal, if enough did', ['uma', 'vic', 'wes'], ['uma', 'vic'], 'hearing', ['wes']],
    ['fails where fewer reveal than are asked for', ['uma', 'vic'], ['vic'], 'panel', ['uma']],
  ])('%s', (_, committing, revealing, stage, unrevealed) => {
    const org = opened(seeded);
    org.epoch(1, ...committing.map((member) => commit(org, member)));
    org.epoch(2, ...revealing.map((member) => reveal(org, member)));
    expect(org.view(1).stage).toBe('panel');
    org.epoch(3 * day - 1);
    expect(org.view(1).stage).toBe('panel');
    org.epoch(3 * day);
    expect(org.view(1).status === 'refused' ? 'panel' : org.view(1).stage).toBe(stage);
    expect(readCase(org.state(), org.view(1).id)?.unrevealed).toEqual(unrevealed);
  });

  it('without enough people to pick from goes the other way', () => {
    const org = opened(text('    picks 11 members except the author, the subject\n    seed committed by 1 auditor within 3 days\n'));
    org.epoch(1, commit(org, 'uma'));
    org.epoch(2, reveal(org, 'uma'));
    expect(org.view(1)).toMatchObject({ status: 'refused', result: 'empty' });
  });

  it('skips whoever breaks a limit (S115), by the attributes as they were when it opened (S7)', () => {
    const limited = text('    picks 3 members\n    limit 1 panel per employer\n    seed committed by 1 auditor within 3 days\n');
    expect(unsupported(compile(limited).charter)).toEqual([]);
    const org = found(limited, roles);
    const { propose } = notesFor(org);
    const certify = (member: string, value: string): Note => ({ by: 'rae', kind: 'certify', body: { attribute: 'employer', member, value } });
    org.epoch(0, ...members.slice(0, 10).map((member) => certify(member, 'Acme')));
    org.epoch(1, propose('m00', 'dispute', { subject: 'm01' }));
    org.epoch(2, commit(org, 'uma'), certify('m10', 'Acme'), certify('m11', 'Acme'));
    org.epoch(3, reveal(org, 'uma'));
    const people = panel(org);
    expect([people.length, people.includes('m10'), people.includes('m11')]).toEqual([3, true, true]);
  });

  it('that picks nobody draws nobody, and nobody votes', () => {
    const org = opened(text(''));
    org.epoch(1);
    expect(panel(org)).toEqual([]);
    org.epoch(2);
    expect([org.view(1).status, org.view(1).result]).toEqual(['refused', 'failed']);
  });

  it('without a seed of people is drawn by the checkpoint that opened it, as a lot is (S38)', () => {
    const org = opened(text('    picks 3 members\n'));
    expect(org.view(1).stage).toBe('panel');
    org.epoch(1);
    expect([org.view(1).stage, panel(org).length]).toEqual(['hearing', 3]);
  });
});
