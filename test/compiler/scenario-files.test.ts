// Files in scenarios: a case that changes paths, an edit of them, what area they are in, and what is merged (S49, S50, S122, docs/decisions/0092).
import { describe, expect, it } from 'vitest';
import { framed, runScenarios } from '../../compiler/index.ts';
import { compiled, parsed } from './bylaws-text.ts';

const bylaws = `area work covers "work/**"

role member plural members
  held by 1 to 40 people
  first held by "ana", "bo", "cy"
end

process change
  governs work
  started by any member not within 10 days of change.dropped
  on edit restart
  step talk
    when 2 members approve go to done
    when any member objects go to dropped
    after 9 days go to dropped
  end
  outcome done accepts
  outcome dropped refuses
end

process fixed
  governs work
  started by any member
  step talk
    after 9 days go to accepted
  end
end
`;

/** Plays one scenario; the message of its failure, or that there is none. */
function played(...lines: readonly string[]): string {
  const text = `${bylaws}\nscenario "s"\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;
  const { charter, diagnostics } = compiled(framed(text));
  if (charter === undefined) throw new Error(diagnostics.map((found) => found.message).join('; '));
  const [result] = runScenarios([parsed(framed(text))], charter);
  return result?.failure?.message ?? 'holds';
}

describe('a line with files', () => {
  it('is merged where the case is accepted, and a case without files merges nothing (S49)', () => {
    expect(played('on day 0 ana starts change with "work/a", "work/b"', 'on day 1 ana, bo approve', 'expect change is merged')).toBe('holds');
    expect(played('on day 0 ana starts change', 'on day 1 ana, bo approve', 'expect change is done', 'expect change is not-merged')).toBe('holds');
    expect(played('on day 0 ana starts change', 'on day 1 ana, bo approve', 'expect change is merged')).toMatch(/Expected `merged`/);
    expect(played('on day 0 ana starts change with "work/a"', 'on day 1 ana, bo approve', 'expect change is not-merged')).toMatch(/Expected `not-merged`/);
  });

  it('is refused outside of the areas of its process, and as an edit where none is allowed (S50, S51)', () => {
    expect(played('on day 0 ana starts change with "bylaws/a.gdo"', 'expect refusal GDO2002')).toBe('holds');
    expect(played('on day 0 ana starts fixed with "work/a"', 'on day 1 ana edits with "work/a"', 'expect refusal GDO1052')).toBe('holds');
  });

  it('edits the case, whose support is gone then (S50)', () => {
    const edited = ['on day 0 ana starts change with "work/a"', 'on day 1 bo approves', 'on day 2 ana edits with "work/a"', 'on day 3 cy approves'];
    expect(played(...edited, 'expect change is talk')).toBe('holds');
    expect(played(...edited, 'on day 4 bo approves', 'expect change is merged')).toBe('holds');
  });

  it('makes two cases about one path the same matter (S122)', () => {
    const dropped = ['on day 0 ana starts change with "work/a"', 'on day 1 bo objects'];
    expect(played(...dropped, 'on day 10 ana starts change with "work/a"', 'expect refusal GDO1040')).toBe('holds');
    expect(played(...dropped, 'on day 10 ana starts change with "work/b"', 'expect change is talk')).toBe('holds');
    expect(played(...dropped, 'on day 11 ana starts change with "work/a"', 'expect change is talk')).toBe('holds');
  });

  it('finds the files of an earlier case where they are now', () => {
    const first = ['on day 0 ana starts change with "work/a"', 'on day 1 ana, bo approve', 'expect change is merged'];
    expect(played(...first, 'on day 2 cy starts change with "work/a"', 'on day 3 ana, bo approve', 'expect change is merged')).toBe('holds');
  });
});

describe('a line with new bylaws', () => {
  const rules = `process amendment
  governs bylaws
  started by any keeper
  on edit restart
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 3 keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end

process notice
  governs bylaws for wording only
  started by any keeper
  outcome noted accepts
end

protect amendment.ballot
  changed through amendment
  bounds amendment.ballot.open from 5 days to 30 days
  bounds amendment.ballot.quorum from 2 to 4
end

protect keeper.term
  never changed
end
`;
  const said = (...lines: readonly string[]): string => {
    const text = framed(`${rules}\nscenario "s"\n${lines.map((line) => `  ${line}\n`).join('')}end\n`).replace(
      'held by 5 to 9 people',
      'held by 5 to 9 people\n  term 2 years',
    );
    const { charter, diagnostics } = compiled(text);
    if (charter === undefined) throw new Error(diagnostics.map((found) => found.message).join('; '));
    const [result] = runScenarios([parsed(text)], charter);
    return result?.failure?.message ?? 'holds';
  };
  const refused = (start: string): string => said(`on day 0 ada starts ${start}`, 'expect refusal GDO2004');

  it('is judged by what the bylaws in force protect and bound (S59, S60)', () => {
    expect(refused('amendment with amendment.ballot.open set to 4 days')).toBe('holds');
    expect(refused('amendment with amendment.ballot.quorum set to 5')).toBe('holds');
    expect(refused('amendment with keeper.term set to 3 years')).toBe('holds');
    expect(said('on day 0 ada starts amendment with amendment.ballot.open set to 5 days', 'expect amendment is ballot')).toBe('holds');
    expect(said('on day 0 ada starts amendment with amendment.ballot.passes set to 2/3', 'expect amendment is ballot')).toBe('holds');
  });

  it('is no wording only where it changes a value (S88)', () => {
    expect(said('on day 0 ada starts notice with amendment.ballot.passes set to 2/3', 'expect refusal GDO2002')).toBe('holds');
  });

  it('is decided by the old rules while it is proposed (S57)', () => {
    const started = ['on day 0 ada starts amendment with amendment.ballot.quorum set to 4', 'on day 1 ada, ben, chi vote yes'];
    expect(said(...started, 'after 7 days', 'expect amendment is accepted')).toBe('holds');
  });

  it('can come with an edit, and names a value there is', () => {
    expect(
      said('on day 0 ada starts amendment with "bylaws/a.gdo"', 'on day 1 ada edits with amendment.ballot.open set to 6 days', 'expect amendment is ballot'),
    ).toBe('holds');
    expect(said('on day 0 ada starts amendment with amendment.ballot.open set to 3')).toBe('Nothing at `amendment.ballot.open` can be set to that');
    expect(() => said('on day 0 ada starts amendment with amendmint.ballot.open set to 6 days')).toThrow(/amendmint/);
  });
});
