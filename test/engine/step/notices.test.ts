// What people are told while a vote waits: a second call, a lot, a decider, more time (S37, S38, S101, S128). Each on bylaws as small as they can be.
import { describe, expect, it } from 'vitest';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

/** A motion whose vote has these lines, with one yes and one no after an hour. */
function level(lines: string): Organization {
  const text = `gdo 1
organization "Notices"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 2 people
end
process motion
  started by any member
  vote ballot
    voters members
    open for 7 days
    passes when more than 1/2 of votes cast are yes
${lines}    when passed go to accepted
    otherwise go to refused
  end
end
`;
  const org = found(text, { member: people, chair: ['cy'] });
  const { propose, ballot } = notesFor(org);
  org.epoch(0, propose('ana', 'motion'));
  expect(org.epoch(hour, ballot('ana', 1, 'yes'), ballot('bo', 1, 'no')).verdicts).toEqual(['ok', 'ok']);
  return org;
}

describe('a vote that does not end when it closes says why', () => {
  it.each<readonly [why: string, lines: string, result: string | undefined, reason: string]>([
    [
      'too few took part',
      '    quorum at least 3 members voting\n    second call after 1 day quorum at least 2 members voting\n',
      'inquorate',
      '`ballot` had no quorum and is called a second time',
    ],
    ['a lot is drawn', '    tie lot\n', 'tied', 'the tie is broken by lot at the next checkpoint'],
    ['somebody decides', '    tie decided by any chair then fails\n', 'tied', 'the tie waits to be decided'],
    ['there is more time', '    tie fails\n    extends by 2 days when tied at most 1 times\n', undefined, '`ballot` is open for longer'],
  ])('%s', (_, lines, result, reason) => {
    const org = level(lines);
    const { notices } = org.epoch(7 * day);
    expect(notices).toEqual([
      { case: org.view(1).id, number: 1, process: 'motion', stage: 'ballot', kind: 'waiting', reason, ...(result === undefined ? {} : { result }) },
    ]);
    expect(org.view(1).status).toBe('open');
  });

  it('and one that ends says which outcome it reached, once', () => {
    const org = level('');
    expect(org.epoch(7 * day).notices).toMatchObject([{ kind: 'decided', stage: 'refused', result: 'failed', reason: '`motion` reached `refused`' }]);
    expect(org.epoch(8 * day).notices).toEqual([]);
  });
});
