// Ways to lose a role that an amendment adds: they are for those who hold it already, from the adoption on (S58, S93, S102).
import { describe, expect, it } from 'vitest';
import { currentOf, holdersOf } from '../../../engine/index.ts';
import { amend, amendment } from './amending.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const bylaws = (lost: string): string => `gdo 1
organization "Losses"
end
area rules covers "bylaws/**"
collaborator till kept by the chair
  reports "arrears", "no arrears"
end
role member plural members
  held by 1 to 9 people
  gained through amendment
end
role chair plural chairs
  held by 1 person
end
role keeper plural keepers
  held by 0 to 3 people
  term 30 days
  gained through naming
  lost through ejection or ${lost}
end
process naming
  started by any member
  step wait
    after 90 days go to named
  end
  outcome named
    grant keeper to the candidate
  end
end
process ejection
  started by any member
  outcome ejected
    remove keeper from the subject
  end
end
process appeal
  started by any member
  outcome upheld
    reverse the decision
  end
end
${amendment}`;

const plain = bylaws('resignation');

function organization(): Organization {
  return found(plain, { member: ['ana', 'bo', 'eve'], chair: ['cy'], keeper: ['dee', 'eve'] }, { content: [['bylaws/a', '100644:aa']] });
}

/** The keepers on days after an amendment to what loses the role, which is in force on the first day. */
function keepers(
  lost: string,
  days: readonly number[],
  notes: (org: Organization, at: number) => readonly Note[] = () => [],
  ejected: readonly string[] = [],
): readonly (readonly string[])[] {
  const org = organization();
  if (ejected.length > 0) org.epoch(0, ...ejected.map((subject) => notesFor(org).propose('ana', 'ejection', { subject })));
  amend(org, day - 2, bylaws(lost), { approved: ['ana', 'bo'] });
  return days.map((at) => {
    org.epoch(at * day, ...notes(org, at));
    return holdersOf(org.state(), compile(bylaws(lost)).charter, 'keeper');
  });
}

const both = ['dee', 'eve'];

describe('what an amendment adds to the ways of losing a role', () => {
  it('ends terms that go on, when they are over', () => {
    expect(keepers('expiry or resignation', [29, 30])).toEqual([both, []]);
    expect(keepers('resignation', [29, 30])).toEqual([both, both]);
  });

  it('ends those who do nothing for so long, though no sooner than it is in force', () => {
    expect(keepers('resignation or 5 days without activity', [4, 5])).toEqual([both, []]);
    expect(keepers('resignation or 1 hour without activity', [2])).toEqual([[]]);
    const active = keepers('resignation or 5 days without activity', [3, 5, 8], (org, at) =>
      at === 3 ? [notesFor(org).propose('eve', 'naming', { bylaws: currentOf(org.state()).bylaws })] : [],
    );
    expect(active).toEqual([both, ['eve'], []]);
  });

  it('ends those of whom something is reported for so long', () => {
    const report = (said: string): Note => ({
      by: 'cy',
      kind: 'fact',
      body: { type: 'report', subject: 'dee', data: { collaborator: 'till', report: said } },
    });
    const days = keepers('resignation or arrears of 10 days', [2, 11, 12], (_, at) => (at === 2 ? [report('arrears')] : []));
    expect(days).toEqual([both, both, ['eve']]);
  });

  it('are for whoever has the role back after it, too', () => {
    const after = (lost: string, days: readonly number[]): readonly (readonly string[])[] =>
      keepers(
        lost,
        days,
        (org, at) => {
          const body = { bylaws: currentOf(org.state()).bylaws };
          if (at === 2) return [notesFor(org).propose('ana', 'appeal', { ...body, decision: org.view(1).id })];
          return [];
        },
        ['dee'],
      );
    expect(after('resignation', [1, 2, 30])).toEqual([['eve'], both, both]);
    expect(after('expiry or resignation', [1, 2, 29, 30])).toEqual([['eve'], both, both, []]);
    expect(after('resignation or 5 days without activity', [1, 2, 4, 7])).toEqual([['eve'], both, both, []]);
  });
});
