// Who counts of those who support a case, where a step lets only so many of one group (S115, docs/decisions/0201). The first steps are options.test.ts's.
import { describe, expect, it } from 'vitest';
import { unsupported } from '../../../engine/index.ts';
import { compile, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const bylaws = (limits: string, needed: number): string => `gdo 1
organization "Test"
end
attribute employer certified by any clerk
attribute family certified by any clerk
role clerk plural clerks
  held by 1 to 3 people
end
role member plural members
  held by 1 to 99 people
end
role guide plural guides
  held by 0 to 9 people
  gained through motion
end
process motion
  started by any member
  step support
${limits}    when ${needed} members endorse go to done
    after 5 days go to refused
  end
  outcome done
    grant guide to the candidate
  end
end
`;
const certified = (member: string, employer: string, family?: string): readonly Note[] =>
  Object.entries({ employer, ...(family === undefined ? {} : { family }) }).map(([attribute, value]) => ({
    by: 'tia',
    kind: 'certify',
    body: { attribute, member, value },
  }));

/** What becomes of a motion about Ana that these people endorse, each in an epoch. */
function outcome(limits: string, endorsing: readonly string[], needed: number, groups: readonly (readonly Note[])[]): string {
  const text = bylaws(limits, needed);
  expect(unsupported(compile(text).charter)).toEqual([]);
  const org: Organization = found(text, { member: ['ana', 'bo', 'cy', 'dee', 'eve'], clerk: ['tia'] });
  const { propose, act } = notesFor(org);
  org.epoch(0, ...groups.flat());
  org.epoch(1, propose('bo', 'motion', { candidate: 'ana' }));
  org.epoch(hour, ...endorsing.map((member) => act(member, 1, 'endorse')));
  return org.view(1).status;
}

describe('a limit of supporters per attribute', () => {
  const acme = [certified('ana', 'Acme'), certified('bo', 'Acme'), certified('cy', 'Acme')];

  it.each([
    ['lets a colleague of the candidate count, who takes the only place', '', ['bo', 'dee'], 'accepted'],
    ['lets the candidate count who comes first, and no colleague after them', '', ['ana', 'bo', 'eve'], 'accepted'],
    ['lets one of the two count and not the other', '', ['bo', 'ana'], 'open'],
    ['gives the candidate the place first where it says so', ' including the candidate', ['bo', 'dee'], 'open'],
    ['lets the candidate count in that place', ' including the candidate', ['ana', 'dee'], 'accepted'],
    ['lets two of two places count, one of them the candidate', ' including the candidate', ['ana', 'bo'], 'open'],
  ])('%s', (_, including, endorsing, status) => {
    expect(outcome(`    limit 1 supporters per employer${including}\n`, endorsing, 2, acme)).toBe(status);
  });

  it.each([
    [['bo', 'cy'], 'accepted'],
    [['bo', 'cy', 'ana'], 'accepted'],
    [['cy', 'ana'], 'accepted'],
  ])('lets two of one group count where it says two: %j', (endorsing, status) => {
    expect(outcome('    limit 2 supporters per employer\n', endorsing, 2, acme)).toBe(status);
    expect(outcome('    limit 2 supporters per employer\n', endorsing, 3, acme)).toBe('open');
  });
});

describe('a limit of supporters per two attributes', () => {
  const alike = [certified('bo', 'Red', 'Blue'), certified('cy', 'Blue', 'Red'), certified('dee', 'Red', 'Red'), certified('eve', 'Red', 'Blue')];
  const limit = '    limit 1 supporters per employer per family\n';

  it('takes as one group who are alike in both, as a draw and a limit of cases do', () => {
    expect(outcome(limit, ['bo', 'cy', 'dee'], 3, alike)).toBe('accepted');
    expect(outcome(limit, ['bo', 'cy', 'eve'], 3, alike)).toBe('open');
    expect(outcome(limit, ['bo', 'cy', 'eve', 'ana'], 3, alike)).toBe('accepted');
  });

  it('is another limit than two, each per one attribute', () => {
    const two = '    limit 1 supporters per employer\n    limit 1 supporters per family\n';
    expect(outcome(two, ['bo', 'cy'], 2, alike)).toBe('accepted');
    expect(outcome(two, ['bo', 'dee', 'eve'], 2, alike)).toBe('open');
    expect(outcome(two, ['bo', 'dee', 'ana'], 2, alike)).toBe('accepted');
  });
});
