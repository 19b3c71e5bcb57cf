// Taking a body over in several motions: admissions and removals, and what stands in the way (check.md 3.2).
import { describe, expect, it } from 'vitest';
import { takeovers } from '../../../compiler/analysis/takeover.ts';
import { compiled } from '../bylaws-text.ts';

interface Rules {
  readonly admit: string;
  readonly remove: string;
  readonly held?: string;
}

function cheapest({ admit, remove, held = '3 to 9' }: Rules): readonly [allies: number, motions: string] | undefined {
  const process = (name: string, approve: string, effect: string): string =>
    `process ${name}\n  started by any keeper\n${name === 'removal' ? '  about keepers\n' : ''}  step review\n    when ${approve} approve go to done\n    after 30 days go to refused\n  end\n  outcome done\n    ${effect}\n  end\nend\n`;
  const { charter, diagnostics } = compiled(
    `gdo 1\norganization "O"\nend\narea bylaws covers "bylaws/**"\nrole keeper plural keepers\n  held by ${held} people\n  first held by "a", "b", "c", "d", "e", "f"\n  gained through keeping\n  lost through removal or resignation\nend\n${process('keeping', admit, 'grant keeper to the candidate')}${process('removal', remove, 'remove keeper from the subject')}process amendment\n  governs bylaws\n  started by any keeper\n  vote ballot\n    voters keepers\n    open for 14 days\n    passes when at least 2/3 of all keepers are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`,
  );
  if (charter === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const [way] = takeovers(charter);
  return way === undefined ? undefined : [way.allies, way.motions.join(' ')];
}

describe('taking a body of six over, where the bylaws take four', () => {
  it.each<readonly [string, Rules, ReturnType<typeof cheapest>]>([
    // 3 of 6; with 3 friends 6 of 9, which is two thirds.
    ['by admitting', { admit: '2 other keepers', remove: '5 other keepers' }, [3, 'admit admit admit']],
    // 3 of 6; without 2 of the others 3 of 4, which is two thirds and more.
    ['by removing', { admit: '5 other keepers', remove: '2 other keepers' }, [3, 'remove remove']],
    ['by both, the fewest motions first', { admit: '1 other keeper', remove: '1 other keeper' }, [2, 'remove remove remove']],
    ['not at all where both take as many as the bylaws', { admit: '3 other keepers', remove: '3 other keepers' }, undefined],
    // Nobody more fits in, and nobody can be spared.
    ['not where the body can neither grow nor shrink', { admit: '2 other keepers', remove: '2 other keepers', held: '6 to 6' }, undefined],
  ])('%s', (_name, rules, way) => {
    expect(cheapest(rules)).toEqual(way);
  });
});

describe('taking a roll over by striking those who are silent', () => {
  const club = (step: string): string => `gdo 1
organization "O"
end
area bylaws covers "bylaws/**"
role member plural members
  held by anyone
  first held by "a", "b", "c", "d", "e", "f", "g", "h", "i"
  lost through resignation or striking
end
role clerk
  held by 1 person
  first held by "z"
  succeeded by member
end
process striking
  started by the clerk
  about members
  step notice
    ${step}
  end
  outcome struck
    remove member from the subject
  end
end
process change
  governs bylaws
  started by any member
  vote ballot
    voters members
    open for 14 days
    quorum at least 2/3 of members voting
    passes when at least 2/3 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;
  const ways = (step: string): readonly (readonly [number, number, boolean])[] => {
    const { charter, diagnostics } = compiled(club(step));
    if (charter === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
    return takeovers(charter).map(({ allies, motions, bySilence }) => [allies, motions.length, bySilence]);
  };

  it('takes a clerk alone, where nobody else has to agree', () => {
    expect(ways('unless the subject objects within 14 days go to struck\n    otherwise go to refused')).toEqual([[1, 8, true]]);
  });

  it('is no silence where the clerk alone strikes at once', () => {
    expect(ways('when the clerk approves go to struck\n    after 14 days go to refused')).toEqual([[1, 8, false]]);
  });

  it('takes those who have to agree', () => {
    expect(ways('when 3 members approve go to struck\n    after 14 days go to refused')).toEqual([[3, 5, false]]);
  });
});
