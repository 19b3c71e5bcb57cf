// Findings put numbers and roles into sentences: what is counted stands in the singular after one, and no role has an article before it.
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws } from '../../compiler/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { parsed } from './bylaws-text.ts';

const charter = (held: string, lines: string, more = ''): string => `gdo 1
organization "One"
  witnessed by owner final by quorum
end
area bylaws covers "bylaws/**"
role owner plural owners
  held by ${held}
  first held by "ana"
  gained through naming
  lost through resignation
  while short only naming
end
role editor plural editors
  held by 1 to 9 people
  first held by "bo", "cy"
  gained through naming
  open to owner
end
account till in EUR with 1 decimals
  kept by any owner
  limit 100 EUR per 30 days
end
process naming
  started by any owner
  step wait
    when any editor approves go to named
    after 9 days go to refused
  end
  outcome named
    grant owner to the candidate
    grant editor to the candidate
  end
end
process amendment
  governs bylaws
  started by any owner
${lines}end
${more}`;

function findingsOf(text: string): readonly Diagnostic[] {
  const compiled = compileBylaws([parsed(text)]);
  return [...compiled.diagnostics, ...checkBylaws(compiled)];
}

const messages = (text: string, code: string): readonly string[] => findingsOf(text).flatMap((found) => (found.code === code ? [found.message] : []));
const vote = (lines: string): string =>
  `  vote ballot\n    voters owners\n    open for 7 days\n${lines}    when passed go to accepted\n    otherwise go to refused\n  end\n`;

describe('a finding about one', () => {
  it('GDO301, GDO302: says how many people a rule needs and how many there are', () => {
    const quorum = vote('    quorum at least 2 owners voting\n    passes when more than 1/2 of votes cast are yes\n');
    expect(messages(charter('1 to 5 people', quorum), 'GDO301')).toEqual([
      'This quorum fails at a passing low: with only 1 person in `owner` this quorum of 2 cannot be met',
    ]);
    expect(messages(charter('exactly 1 person', quorum), 'GDO301')).toEqual(['This quorum cannot be met: it needs 2, and of `owner` there are at most 1']);
    const step = '  step wait\n    when 1 other owner approves go to accepted\n    after 9 days go to refused\n  end\n';
    expect(messages(charter('exactly 1 person', step), 'GDO302')).toEqual(['This asks for 1 person, and at most 0 can do it']);
  });

  it('GDO325: says how many witnesses there may be', () => {
    expect(messages(charter('1 to 5 people', vote('')), 'GDO325')).toEqual([
      'There may be 1 witness, and with fewer than four no liar among them is tolerated',
    ]);
  });

  it('GDO329: says of how many people all but one is nobody', () => {
    const bound = vote('    passes when turnout at least all but 1 of owners\n');
    expect(messages(charter('1 to 5 people', bound), 'GDO329')).toEqual(['With 1 person in `owner`, all but 1 is nobody']);
  });

  it('GDO614: says who keeps an office, whatever letter it begins with', () => {
    expect(messages(charter('1 to 5 people', vote('')), 'GDO614')).toEqual(['Whoever holds `editor` and is no longer `owner` keeps the office']);
  });

  it('GDO706: says how many digits an amount may have', () => {
    const spends = '  spends from till up to 5.25 EUR\n';
    const text = charter('1 to 5 people', `${spends}${vote('')}`);
    const found = findingsOf(text).find(({ code }) => code === 'GDO706');
    expect([found?.message, found?.help]).toEqual([
      'This amount has more digits than its currency, which has 1 decimal',
      'write at most 1 digit after the point',
    ]);
  });
});

describe('any finding', () => {
  it('has no plural after one, in a charter in which every number is one', () => {
    const plural = /(?<![\d./])1 (?:people|others|[a-z]*[a-rt-z]s)\b(?! (?:of|per))/;
    const texts = [
      charter('1 to 1 people', vote('    quorum at least 1 owners voting\n    passes when at least 1 of votes cast are yes\n')),
      charter('1 to 2 people', '  step wait\n    when 1 owner approves go to accepted\n    after 1 day go to refused\n  end\n'),
    ].map((text) => text.replaceAll(/\d+ (days|EUR)/g, '1 $1').replaceAll('1 days', '1 day'));
    const said = texts.flatMap((text) => findingsOf(text).flatMap(({ message, place, why, help }) => [message, place.label, why, help]));
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter((text) => plural.test(text))).toEqual([]);
  });
});
