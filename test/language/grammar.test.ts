// Words of the grammar: reserved words stay reserved, and every soft word can be a name wherever a name can stand.
import { describe, expect, it } from 'vitest';
import { parseBylaws, reservedWords, softWords } from '../../language/index.ts';

/** A text with a name at each place the paper lists, `@` standing for the name. Source: language.md section 4.1 */
const places: readonly (readonly [place: string, text: string])[] = [
  [
    'role',
    'role @ plural xs\n  held by anyone\n  gained through x\n  lost with @\nend\nprocess p\n  started by any @ who holds @\n  step s\n    when a @ approves go to x\n    when 2 @ approve go to x\n  end\nend',
  ],
  [
    'plural',
    'role x plural @\n  open to @ who hold y\nend\nprocess p\n  vote v\n    voters @, @ except the @\n    quorum at least 2 @ voting\n    quorum at least all @ present\n    passes when at least 1/2 of all @ are yes\n    passes when no @ says no\n  end\nend',
  ],
  [
    'stage',
    'process p\n  step @ "x"\n    after 3 days since @ go to @\n    otherwise go to @\n  end\n  outcome @ accepts\nend\nprocess q\n  starts after p.@\nend',
  ],
  [
    'process',
    'process @\n  started by any x within 3 days of @.y\n  limit 2 cases per @ per 30 days\n  while open hold @\nend\nrole r\n  gained through @ or @\n  while short only @, @\nend',
  ],
  [
    'choice',
    'process p\n  vote v\n    choices @, yes\n    default @\n    reasons for @\n    passes as @ when more than 1/2 of votes cast are @ or @\n    when @ go to x\n  end\nend',
  ],
  [
    'second choice',
    'process p\n  vote v\n    choices yes, @\n    quorum at least 2 xs saying @ or no\n    extends by 3 days when @ at most 3 times\n  end\nend',
  ],
  [
    'verb',
    'process p\n  step s\n    when the x @ go to y\n    when any x @ "z" within 3 days go to y\n    when a x @ and the y @ without concerns go to z\n  end\nend\naction @ "x" by any y',
  ],
  [
    'measure',
    'measure @ "x"\n  counts cases by each x over the last 3 days\n  at least 1\nend\nprocess p\n  started by any x who has at least 3 @\n  vote v\n    voters xs weighted by @ as of the start\n    passes when at least 1/2 of weight cast are yes\n  end\nend',
  ],
  [
    'person',
    'scenario "s"\n  given xs are @, @\n  on day 2 @, @ start p\n  on 2027-03-01 at 20:14 @ vote yes\n  on day 3 x start p about @\n  expect p is @\nend',
  ],
  ['right', 'right @ "x"\n  covers "y"\n  held by @, @ who hold @\n  denied to @, x "z"\nend'],
  ['reason of a refusal', 'right r\n  refusal @ says "x"\n  daily from 06:00 to 24:00\nend'],
  ['actor of a right', 'right r\n  limit 3 @ per @ per 1 day\n  locked by any @ released by a @ or the x\n  offline for at most 3 days\nend'],
];

describe('the grammar', () => {
  it('reserves 51 words and gives 259 a meaning in one place', () => {
    expect(reservedWords).toHaveLength(51);
    expect(softWords).toHaveLength(259);
    expect(softWords.filter((word) => reservedWords.includes(word))).toEqual([]);
    expect(softWords.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))).toEqual(softWords);
  });

  for (const [place, text] of places) {
    it(`lets every soft word but \`of\` and \`other\` stand as ${place}`, () => {
      const failing = softWords.filter((word) => parseBylaws({ path: 'a.gdo', text: `gdo 1\n${text.replaceAll('@', word)}\n` }).diagnostics.length > 0);
      expect(failing.filter((word) => word !== 'of' && word !== 'other')).toEqual([]);
    });
  }

  it('refuses each reserved word as the name of a role with GDO003', () => {
    for (const word of reservedWords) {
      const { diagnostics } = parseBylaws({ path: 'a.gdo', text: `gdo 1\nrole ${word} plural xs\n  held by anyone\nend\n` });
      expect(
        diagnostics.map(({ code }) => code),
        word,
      ).toEqual(['GDO003']);
    }
  });

  it('never takes the beginning of a longer name for a keyword', () => {
    const { file, diagnostics } = parseBylaws({
      path: 'a.gdo',
      text: 'gdo 1\nprocess open-call\n  step end-of-term\n    after 3 days go to vote-now\n  end\n  outcome vote-now accepts\nend\n',
    });
    expect(diagnostics).toEqual([]);
    expect(file.declarations).toHaveLength(1);
  });

  it('reads a text on one line like one on many', () => {
    const text = 'gdo 1 role a plural as held by 3 to 7 people gained through p end process p started by any person step s after 3 days go to refused end end';
    expect(parseBylaws({ path: 'a.gdo', text }).diagnostics).toEqual([]);
    expect(parseBylaws({ path: 'a.gdo', text: text.replaceAll(' ', '\n') }).diagnostics).toEqual([]);
  });
});
