// Names with two letters swapped where nothing used to look them up: measures, settings in paths, people and ballots of scenarios (S71, S112, S68).
import { describe, expect, it } from 'vitest';
import { framed } from '../../compiler/index.ts';
import { codesOf, findings } from './bylaws-text.ts';

const process = `process change
  governs work
  started by any keeper
  vote ballot
    voters keepers
    choices agree, object
    open for 14 days
    quorum at least 1/2 of keepers voting
    passes when at least 2/3 of votes cast are agree
    when passed go to accepted
    otherwise go to refused
  end
end

area work covers "work/**"
`;
const errors = (text: string): readonly string[] => findings(framed(text)).filter((told) => /^GDO(10[12]|115|119)/.test(told));

describe('a name with two letters swapped', () => {
  it('is told where a measure counts what its collaborator does not report (GDO119)', () => {
    const measure = (counts: string): string =>
      `measure effort\n  counts ${counts} by each keeper reported by forge\nend\n\ncollaborator forge kept by the keeper\n  reports "contributions"\nend\n`;
    expect(errors(measure('contributions'))).toEqual([]);
    expect(errors(measure('contributoins'))).toEqual([expect.stringMatching(/^GDO119 \d+ `forge` does not report `contributoins`$/)]);
  });

  it('is told in the last part of a path of a protection (GDO102)', () => {
    const protect = (setting: string): string => `${process}\nprotect change\n  bounds change.ballot.${setting} from 7 days to 60 days\nend\n`;
    expect(errors(protect('open'))).toEqual([]);
    expect(errors(protect('oepn'))).toEqual([expect.stringMatching(/^GDO102 \d+ Nothing here is called `oepn`/)]);
  });

  it('is told of people of scenarios who stand nowhere else (GDO101), and of choices (GDO115)', () => {
    const scenario = (who: string, choice: string): string =>
      `${process}\nscenario "s"\n  given keepers are ana, bo, cy\n  on day 1 ana start change\n  on day 2 ana, bo vote agree\n  on day 3 ${who} vote ${choice}\n  expect change is accepted\nend\n`;
    expect(errors(scenario('bo', 'object'))).toEqual([]);
    expect(errors(scenario('ob', 'object'))).toEqual([expect.stringMatching(/^GDO101 \d+ .*`ob`, and it is nearly `bo`$/)]);
    expect(errors(scenario('bo', 'boject'))).toEqual([expect.stringMatching(/^GDO115 \d+ .*`boject`, and it is nearly `object`$/)]);
  });

  it('is told of a process that stands where a person may stand (GDO101)', () => {
    const scenario = (named: string): string =>
      `${process}\nscenario "s"\n  given keepers are ana, bo\n  on day 1 ana start change\n  on day 1 bo endorse ${named}\nend\n`;
    expect(errors(scenario('change'))).toEqual([]);
    expect(errors(scenario('chagne'))).toEqual([expect.stringMatching(/^GDO101 \d+ .*`chagne`, and it is nearly `change`$/)]);
  });

  it('is told of the keyword before files, which reads like a name with a reason (GDO101)', () => {
    const scenario = (word: string): string =>
      `${process}\nscenario "s"\n  given keepers are ana, bo\n  on day 1 ana start change\n  on day 1 ana edit ${word} "work/a.md"\n  on day 2 bo edit ${word} "work/b.md"\n  on day 2 ana vote agree "with care"\nend\n`;
    expect(errors(scenario('with'))).toEqual([]);
    expect(errors(scenario('wtih'))).toEqual([
      expect.stringMatching(/^GDO101 \d+ .*`wtih`, and it is nearly `with`$/),
      expect.stringMatching(/^GDO101 \d+ .*`wtih`, and it is nearly `with`$/),
    ]);
  });

  it('is none where two people really are called nearly the same', () => {
    const text = framed('scenario "s"\n  given keepers are mia, mai\n  on day 1 mia resign keeper\n  on day 1 mai resign keeper\nend\n');
    expect(codesOf(text)).not.toContain('GDO101');
  });
});
