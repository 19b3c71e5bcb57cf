// Acts at the first and the last instant, in cases that nobody knows or that wait, and what is kept of them (S1, S3, S6, S24, S120).
import { describe, expect, it } from 'vitest';
import { entriesUnder } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "In time"
end
role member plural members
  held by 1 to 9 people
end
process motion
  started by any member
  step talk
    when 2 members approve go to fine
    after 9 days go to refused
  end
  outcome fine accepts
end
process petition
  started by 2 members
  step talk
    after 9 days go to refused
  end
end
process inquiry
  started by any member
  while open hold motion
  step look
    after 20 days go to refused
  end
end
`;

function opened(...processes: readonly string[]): Organization {
  const org = found(text, { member: ['ana', 'bo', 'cy'] });
  org.epoch(0, ...processes.map((process) => notesFor(org).propose('ana', process)));
  return org;
}

const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

describe('an act', () => {
  it('counts from the instant at which its stage opens, with what was said', () => {
    const org = opened('motion');
    const { act } = notesFor(org);
    expect(said(org, hour, { ...act('bo', 1, 'approve', { text: 'Yes, gladly' }), atMs: 0 })).toEqual(['ok']);
    expect(entriesUnder(org.state(), `act/${org.view(1).id}/`).map(([, one]) => [one['by'], one['atMs'], one['text']])).toEqual([['bo', 0, 'Yes, gladly']]);
  });

  it('in a case that is not there is refused, as is a concern where none is heard', () => {
    const org = opened('motion');
    const { act } = notesFor(org);
    const nowhere: Note = { by: 'bo', kind: 'act', case: 'e'.repeat(64), body: { stage: 1, verb: 'approve' } };
    expect(said(org, hour, nowhere, act('bo', 1, 'raise', { text: 'No' }))).toEqual([
      'GDO1052 there is no such case',
      'GDO1052 nothing in `talk` asks anybody to raise',
    ]);
  });

  it('in a case that waits is refused with what it waits for', () => {
    const org = opened('motion', 'petition', 'inquiry');
    const { act } = notesFor(org);
    org.epoch(hour, act('ana', 1, 'approve'), act('bo', 1, 'approve'));
    expect(said(org, 2 * hour, act('cy', 1, 'approve'), act('bo', 2, 'start', { stage: 2 }), act('bo', 2, 'approve', { stage: 1 }))).toEqual([
      'GDO1051 the case waits to reach `fine`',
      'GDO1050 the stage is not open yet',
      'GDO1050 the case waits for more people to start it',
    ]);
    expect(said(org, 30 * day, { ...act('bo', 2, 'start', { stage: 1 }), atMs: 30 * day })).toEqual(['GDO1051 too few people started the case in time']);
  });
});
