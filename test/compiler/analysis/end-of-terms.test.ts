// Terms that end on one day: what the check says of it, and that the engine does what is said (GDO402, check.md 3.1).
import { describe, expect, it } from 'vitest';
import { checkBylaws, facts, runScenarios } from '../../../compiler/index.ts';
import { compiled, findings, parsed } from '../bylaws-text.ts';

/** A chamber of three with terms of two years, whose seats the other one fills. */
function chamber(name: string, people: string, start: string, term = 'term 2 years'): string {
  const other = name === 'senate' ? 'representatives' : 'senators';
  const plural = name === 'senate' ? 'senators' : 'representatives';
  return `role ${name} plural ${plural}
  held by 3 people
  first held by ${people}
  ${term}
  gained through ${name}-choice
  lost through resignation or expiry
end
process ${name}-choice
  ${start}
  step names
    nominations of person
    after 14 days go to ballot
  end
  vote ballot
    voters ${other}
    choices the candidates
    counted by approval
    elects the vacant ${name}
    open for 14 days
    tie lot
    when elected go to in
    otherwise go to refused
  end
  outcome in
    grant ${name} to the winners
  end
end
`;
}

const amendment = `process amendment
  governs bylaws
  started by any senate
  vote ballot
    voters senators
    open for 7 days
    passes when at least 2 senators say yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

const bylaws = (senate: string, house: string): string => `gdo 1\norganization "O"\nend\narea bylaws covers "bylaws/**"\n${senate}${house}${amendment}`;
const vacant = (name: string): string => `starts when any ${name} is vacant`;
const yearly = 'starts every 2 years from 2028-06-01';
const senate = (start: string, term?: string): string => chamber('senate', '"ana", "bo", "cy"', start, term);
const house = (start: string, term?: string): string => chamber('house', '"di", "eve", "fay"', start, term);
const told = (text: string): readonly string[] => findings(text).filter((line) => line.startsWith('GDO402'));

describe('two chambers that fill each other', () => {
  it('are both empty for good when their terms end on one day, and it is told (GDO402)', () => {
    const text = bylaws(senate(vacant('senate')), house(vacant('house')));
    expect(told(text)).toEqual([expect.stringContaining('When the terms of `senate` and `house` end, all on one day')]);
    expect(facts(compiled(text).charter ?? expect.fail('does not compile'))[1]).toBe(
      'Can it get stuck?  yes: when the terms of `senate` and `house` end, all on one day',
    );
  });

  it('so they are on the engine: nobody is elected, and nobody can begin anything', () => {
    const scenario = `gdo 1
scenario "After two years"
  on 2027-01-01 ana starts amendment
  after 800 days
  expect senate-choice is refused
  expect house-choice is refused
  on 2029-06-01 ana starts amendment
  expect refusal
end
`;
    const text = bylaws(senate(vacant('senate')), house(vacant('house')));
    const played = runScenarios([parsed(text), parsed(scenario, 'bylaws/tests.gdo')], compiled(text).charter ?? expect.fail('does not compile'));
    expect(played.map(({ title, failure }) => [title, failure?.message])).toEqual([['After two years', undefined]]);
  });

  it.each([
    ['where the calendar begins one choice in time', senate(yearly), house(vacant('house'))],
    ['where one of them is renewed seat by seat', senate(vacant('senate'), 'term 2 years in 2 staggered groups'), house(vacant('house'))],
    ['where their terms are not as long', senate(vacant('senate')), house(vacant('house'), 'term 3 years')],
  ])('are not %s', (_title, one, other) => {
    expect(told(bylaws(one, other))).toEqual([]);
  });

  it('are warned where somebody may leave before that day, and refused where nothing but the term ends an office', () => {
    const early = bylaws(senate(vacant('senate')), house(vacant('house')));
    const severities = (text: string): readonly string[] => checkBylaws(compiled(text)).flatMap((found) => (found.code === 'GDO402' ? [found.severity] : []));
    expect(severities(early)).toEqual(['warning']);
    expect(severities(early.replaceAll('resignation or expiry', 'expiry'))).toEqual(['error']);
  });

  it('are so with twelve months as with a year', () => {
    expect(told(bylaws(senate(vacant('senate'), 'term 12 months'), house(vacant('house'), 'term 1 year')))).toHaveLength(1);
  });
});

describe('one body that fills its own seats', () => {
  const own = (start: string, elects: string): string =>
    bylaws(senate(start), '').replace('voters representatives', 'voters senators').replace('elects the vacant senate', elects);

  it('is empty for good where people begin the choice and there is no seat to fill before the end (S131)', () => {
    expect(told(own('started by any senate', 'elects the vacant senate'))).toHaveLength(1);
  });

  it('is not where they may choose all seats anew before the end', () => {
    expect(told(own('started by any senate', 'elects 3 senate'))).toEqual([]);
  });
});
