// Draws (S47): a panel that nobody chose alone.
import { describe, expect, it } from 'vitest';
import { drawCommitment, readCase, sha256Hex, unsupported, utf8Encode } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const text = (draw: string): string => `gdo 1
organization "Test"
end
attribute employer certified by the registrar
attribute family certified by the registrar
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
  entry: org.view(1).entry,
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

  it('says why it takes an act no longer, not yet, or not at all', () => {
    const org = opened(seeded);
    const { act } = notesFor(org);
    const said = (atMs: number, ...notes: readonly Note[]): readonly string[] =>
      org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));
    expect(said(1, commit(org, 'm05'), act('uma', 1, 'commit'), act('uma', 1, 'endorse'), reveal(org, 'uma'), commit(org, 'wes'), reveal(org, 'wes'))).toEqual([
      'GDO1040 the seed is committed by at least 2 auditors',
      'GDO1002 a commitment names its hash',
      'GDO1052 in `panel` people commit and reveal',
      'GDO1040 `uma` has committed nothing',
      'ok',
      'GDO1050 too few people have committed their part of the seed',
    ]);
    // Until a secret is out everybody may choose another one.
    expect(said(2, commit(org, 'uma', secretOf('a')), commit(org, 'vic'), commit(org, 'uma'))).toEqual(['ok', 'ok', 'ok']);
    const record = readCase(org.state(), org.view(1).id);
    expect([record?.acts, record?.draw?.committed.map(([member]) => member)]).toEqual([4, ['uma', 'vic', 'wes']]);
    expect(said(3, reveal(org, 'uma', secretOf('a')), reveal(org, 'uma'), reveal(org, 'uma'), commit(org, 'vic'), reveal(org, 'vic'))).toEqual([
      'GDO1052 this is not what was committed',
      'ok',
      'GDO1052 `uma` has revealed it already',
      'GDO1050 a secret has been revealed already, so nobody commits any more',
      'ok',
    ]);
    // The last secret ends it at once.
    expect(said(4, reveal(org, 'wes'), reveal(org, 'wes'))).toEqual(['ok', 'GDO1051 `panel` closed before this arrived']);
    expect([org.view(1).stage, readCase(org.state(), org.view(1).id)]).toMatchObject(['hearing', { acts: 7 }]);
    expect(readCase(org.state(), org.view(1).id)).not.toHaveProperty('unrevealed');
  });

  it('that is held once more has another panel, and the case keeps all who did not reveal', () => {
    const again = text('    picks 3 members\n    seed committed by 1 auditor within 3 days\n')
      .replace('go to hearing', 'go to second')
      .replace(
        '  vote hearing',
        '  draw second\n    picks 2 members\n    seed committed by 1 auditor within 3 days\n    when drawn go to hearing\n    otherwise go to refused\n  end\n  vote hearing',
      )
      .replace(/otherwise go to refused\n  end\nend/, 'otherwise go to second\n  end\nend');
    const org = opened(again);
    const round = (atMs: number, committing: readonly string[], secret: string): void => {
      org.epoch(atMs, ...committing.map((member) => commit(org, member, secretOf(secret))));
      org.epoch(atMs + 1, ...committing.slice(1).map((member) => reveal(org, member, secretOf(secret))));
      org.epoch(atMs + 3 * day);
    };
    const panels = (): readonly (readonly [string, readonly string[]])[] => readCase(org.state(), org.view(1).id)?.panels ?? [];
    round(1, ['wes', 'vic'], 'one');
    round(4 * day, ['uma', 'vic'], 'two');
    expect([org.view(1).stage, readCase(org.state(), org.view(1).id)?.unrevealed]).toEqual(['hearing', ['uma', 'wes']]);
    const before = panels();
    expect(before.map(([name, people]) => [name, people.length])).toEqual([
      ['panel', 3],
      ['second', 2],
    ]);
    org.epoch(20 * day);
    expect(org.view(1).stage).toBe('second');
    round(20 * day + 1, ['uma', 'vic'], 'three');
    expect([org.view(1).stage, readCase(org.state(), org.view(1).id)?.unrevealed]).toEqual(['hearing', ['uma', 'wes']]);
    expect(panels().map(([name]) => name)).toEqual(['panel', 'second']);
    expect(panels()[0]).toEqual(before[0]);
    expect(panels()[1]).not.toEqual(before[1]);
  });

  it('takes as alike who are so in all attributes of a limit, whatever these are called (S115)', () => {
    const four = ['ana', 'bo', 'cy', 'dee'];
    const org = found(text('    picks 3 members\n    limit 1 panel per employer per family\n'), { registrar: ['rae'], auditor: ['uma'], member: four });
    const certify = (member: string, employer: string, family: string): readonly Note[] =>
      Object.entries({ employer, family }).map(([attribute, value]) => ({ by: 'rae', kind: 'certify', body: { attribute, member, value } }));
    org.epoch(0, ...certify('ana', 'A', 'X'), ...certify('bo', 'A', 'X'), ...certify('cy', 'B / all C', 'D'), ...certify('dee', 'B', 'C / all D'));
    org.epoch(1, notesFor(org).propose('ana', 'dispute'));
    org.epoch(2);
    expect([panel(org).length, panel(org).includes('cy'), panel(org).includes('dee')]).toEqual([3, true, true]);
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
