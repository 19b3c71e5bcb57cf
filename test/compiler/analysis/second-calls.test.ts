// How few people are enough where a quorum that fails is called again (S101), where candidates need supporters (S121), and where several bodies vote together (S135).
import { describe, expect, it } from 'vitest';
import { smallestAmending } from '../../../compiler/analysis/coalition.ts';
import { allies, castOfGroup, deedsAlong, waitingOut } from '../../../compiler/history-of-way.ts';
import { facts, playScenario, witnessScenario } from '../../../compiler/index.ts';
import { compiled, findings } from '../bylaws-text.ts';

const head = `gdo 1
organization "O"
end
area bylaws covers "bylaws/**"
role member plural members
  held by anyone
  first held by "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"
  gained through joining
  lost through resignation
end
role elder plural elders
  held by 2 to 6 people
  first held by "a", "b", "c", "d"
  gained through joining
  lost through resignation
end
process joining
  started by any person
  step ask
    when 6 members endorse go to in
    after 9 days go to refused
  end
  outcome in
    grant member to the candidate
    grant elder to the candidate
  end
end
process amendment
  governs bylaws
  started by any member
  on edit refuse
`;

const vote = (quorum: string, voters = 'members', tests = 'more than 1/2 of votes cast are yes'): string =>
  `  vote ballot\n    voters ${voters}\n    open for 7 days\n${quorum}    passes when ${tests}\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
const half = '    quorum at least 1/2 of members voting\n';

/** Who can change the bylaws, in the first fact. */
function told(amendment: string): string {
  const { charter, diagnostics } = compiled(head + amendment);
  if (charter === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return (facts(charter)[0] ?? '').replace('Who can change the bylaws?  ', '');
}

const codes = (amendment: string): readonly string[] => findings(head + amendment).map((line) => line.slice(0, 6));

describe('a quorum that fails is called again (S101)', () => {
  it('and whoever comes then decides, which the first fact says', () => {
    expect(told(vote(half))).toBe('at least 5 people together, in 7 days or more (`amendment`)');
    expect(told(vote(`${half}    second call after 5 days without quorum\n`))).toBe('at least 1 person, in 19 days or more (`amendment`)');
    expect(told(vote(`${half}    second call after 5 days quorum at least 3 members voting\n`))).toBe(
      'at least 3 people together, in 19 days or more (`amendment`)',
    );
  });

  it('asks for no fewer where its tests are of everybody, or its quorum is larger', () => {
    const all = 'more than 1/2 of all members are yes';
    expect(told(vote(`${half}    second call after 5 days without quorum\n`, 'members', all))).toContain('at least 6 people together, in 7 days');
    const larger = vote(`${half}    second call after 5 days quorum at least 8 members voting\n`);
    expect([told(larger), codes(larger).includes('GDO326')]).toEqual(['at least 5 people together, in 7 days or more (`amendment`)', false]);
  });

  it('is told once: GDO326, and not as a lone amendment besides', () => {
    expect(codes(vote(`${half}    second call after 5 days without quorum\n`)).filter((code) => code === 'GDO326' || code === 'GDO401')).toEqual(['GDO326']);
  });

  it('of a meeting and of two bodies at once', () => {
    const hall = (second: string): string =>
      `  meeting hall\n    called by any member\n    attended by members\n    open for 4 hours\n    quorum at least 1/2 of members present\n${second}    when quorate go to ballot\n    otherwise go to refused\n  end\n${vote('')}`;
    expect(told(hall(''))).toContain('at least 5 people together');
    expect(told(hall('    second call after 5 days without quorum\n'))).toContain('at least 1 person');
    const both = (second: string): string =>
      `  joint both\n${['members', 'elders'].map((name) => `    vote of-${name}\n      voters ${name}\n      open for 7 days\n      quorum at least 1/2 of ${name} voting\n${second}      passes when more than 1/2 of votes cast are yes\n    end\n`).join('')}    when all pass go to accepted\n    otherwise go to refused\n  end\nend\n`;
    expect(told(both(''))).toBe('at least 5 people together, in 7 days or more (`amendment`)');
    expect(told(both('      second call after 5 days without quorum\n'))).toBe('at least 1 person, in 19 days or more (`amendment`)');
  });

  it('and what such a group does is played on the engine: nobody votes, it is called again, one votes', () => {
    const { charter } = compiled(head + vote(`${half}    second call after 5 days without quorum\n`));
    const found = charter === undefined ? undefined : smallestAmending(charter);
    if (charter === undefined || found === undefined) throw new Error('nobody can change these bylaws');
    const group = allies(found.people);
    const deeds = deedsAlong(charter, found.process, found.way, group, 0);
    if (deeds === undefined) throw new Error('there is no history');
    const played = playScenario(witnessScenario({ title: 'one', given: castOfGroup(charter, group), events: waitingOut(deeds) }), charter);
    expect(played.trace.filter((line) => line.verdict === 'refused')).toEqual([]);
    expect(played.trace.filter((line) => line.text.includes('votes yes'))).toHaveLength(1);
    expect(played.moves.at(-1)).toMatchObject({ process: 'amendment', to: 'accepted' });
  });
});

describe('candidates who need supporters (S121)', () => {
  const election = (support: string): string =>
    `${vote(half, 'members', 'at least 2/3 of votes cast are yes')}process seating\n  started by any member\n  step naming\n    nominations of members${support}\n    after 9 days go to choosing\n  end\n  vote choosing\n    voters members\n    choices the candidates\n    counted by approval\n    elects 3 elders\n    open for 7 days\n    tie lot\n    when elected go to seated\n    otherwise go to refused\n  end\n  outcome seated\n    grant elder to the winners\n  end\nend\n`;
  const text = (support: string): string =>
    `${head}${election(support)}`
      .replace('    grant elder to the candidate\n', '')
      .replace(
        'elders\n  held by 2 to 6 people\n  first held by "a", "b", "c", "d"\n  gained through joining',
        'elders\n  held by 2 to 6 people\n  first held by "a", "b", "c", "d"\n  gained through seating',
      )
      .replace('voters members\n    open', 'voters elders\n    open')
      .replace('1/2 of members voting', '1/2 of elders voting');

  it('do not come onto the list through one person alone, so one alone admits nobody (GDO407)', () => {
    const takeovers = (support: string): readonly string[] => findings(text(support)).filter((line) => line.startsWith('GDO407') && line.includes('`elder`'));
    expect(takeovers('')).toEqual([expect.stringContaining('1 of 4 people in `elder` can take it over: they admit')]);
    expect(takeovers(' supported by at least 2 other members')).toEqual([]);
  });
});

describe('a share of everybody who votes (S135)', () => {
  it('is of all bodies of the vote, and not of the first alone', () => {
    expect(told(vote('    quorum at least 1/2 of electorate voting\n', 'elders, members'))).toContain('at least 7 people together');
    expect(told(vote('', 'elders, members', 'more than 1/2 of all seats are yes'))).toContain('at least 9 people together');
  });
});
