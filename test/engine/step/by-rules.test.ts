// Cases that nobody proposes: whom they are about and which role they ask for (S109, S123, decisions 0061, 0137).
import { describe, expect, it } from 'vitest';
import { currentOf, holdersOf, readCase, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const bylaws = (review: string): string => `gdo 1
organization "Rules"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through review
  lost through resignation
end
role clerk plural clerks
  held by 0 to 3 people
  gained through naming
  lost through resignation or review
end
role guard plural guards
  held by 0 to 3 people
  gained through naming
  lost through resignation or naming
end
process naming
  started by any member
  step wait
    after 1 hour go to named
  end
  outcome named
    grant the proposed role to the candidate
  end
end
process review
${review}
  end
end
`;

function founded(review: string): Organization {
  const text = bylaws(review);
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: ['ada', 'ben', 'chi'], chair: ['zoe'], clerk: ['ben', 'chi'], guard: ['chi'] }, { content: [] });
}

/** What each case of the review asks for and is about. */
const started = (org: Organization): readonly unknown[] =>
  Array.from({ length: currentOf(org.state()).cases }, (_, index) => {
    const record = readCase(org.state(), org.view(index + 1).id);
    return [record?.role, record?.subjects, record?.author];
  });

describe('a case that comes by the calendar', () => {
  const calendar = (about: string, effect: string): string =>
    `  starts every 10 days from 1970-01-02\n${about}  step wait\n    after 1 hour go to done\n  end\n  outcome done\n    ${effect}`;

  it('and asks for a role starts once for each role that is gained or lost through its process', () => {
    const org = founded(calendar('  about clerk\n', 'remove the proposed role from the subject'));
    org.epoch(day);
    expect(started(org)).toEqual([
      ['chair', ['ben', 'chi'], ''],
      ['clerk', ['ben', 'chi'], ''],
    ]);
    org.epoch(day + hour);
    org.epoch(day + 2 * hour);
    expect(['chair', 'clerk', 'guard'].map((role) => holdersOf(org.state(), org.charter, role))).toEqual([['zoe'], [], ['chi']]);
  });

  it('and asks for none starts once, about those whom `about` means by then', () => {
    const org = founded(calendar('  about member who holds clerk and does not hold guard\n', 'remove clerk from the subject'));
    org.epoch(day);
    expect(started(org)).toEqual([[undefined, ['ben'], '']]);
    const all = founded(calendar('  about person\n', 'remove clerk from the subject'));
    all.epoch(day);
    expect(started(all)).toEqual([[undefined, ['ada', 'ben', 'chi', 'zoe'], '']]);
    const nobody = founded(calendar('  about member who holds chair\n', 'remove clerk from the subject'));
    nobody.epoch(day);
    expect(started(nobody)).toEqual([]);
  });
});

describe('a case that follows another one', () => {
  it('asks for its role and is about its people', () => {
    const org = founded(
      '  starts after naming.named\n  step wait\n    after 1 hour go to done\n  end\n  outcome done\n    remove the proposed role from the candidate',
    );
    org.epoch(0, notesFor(org).propose('ada', 'naming', { candidate: 'ada', role: 'clerk' }));
    org.epoch(hour);
    expect(holdersOf(org.state(), org.charter, 'clerk')).toEqual(['ada', 'ben', 'chi']);
    org.epoch(2 * hour);
    org.epoch(3 * hour);
    expect(holdersOf(org.state(), org.charter, 'clerk')).toEqual(['ben', 'chi']);
  });
});
