// What authors say of their rules: each claim is proved, refuted, or honestly left open.
import { describe, expect, it } from 'vitest';
import { analysesOf } from '../../../compiler/analysis/analyses.ts';
import { decideProperty } from '../../../compiler/analysis/properties.ts';
import { compiled } from '../bylaws-text.ts';

const bylaws = (vote: string, claim: string): string => `gdo 1
organization "O"
end
area bylaws covers "bylaws/**"
role keeper plural keepers
  held by 3 to 9 people
  first held by "ana", "bo", "cy", "di"
  gained through keeping
  lost through resignation
end
role founder plural founders
  held by 1 to 2 people
  first held by "ana"
  gained through keeping
  lost through keeping
end
process keeping
  started by any keeper
  step review
    when 2 other keepers approve go to kept
    after 30 days go to refused
  end
  outcome kept
    grant the proposed role to the candidate
  end
end
process amendment
  governs bylaws
  started by any keeper
  step notice
    when 2 other keepers endorse go to ballot
    after 30 days go to refused
  end
  vote ballot
    voters keepers
    open for 14 days
    ${vote}
    when passed go to accepted
    otherwise go to refused
  end
end
${claim}
end
`;

const usual = 'quorum at least 2/3 of keepers voting\n    passes when more than 1/2 of votes cast are yes';

function decided(claim: string, vote: string = usual): string {
  const { charter, diagnostics } = compiled(bylaws(vote, claim));
  const property = charter?.properties[0];
  if (charter === undefined || property === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return decideProperty(charter, property, analysesOf(charter)).kind;
}

describe('claims about merges (S67)', () => {
  it.each([
    // One who starts and two who endorse have approved, whatever the ballots say.
    ['forbid "t"\n  any merge in bylaws with fewer than 3 approving keepers', 'proved'],
    ['forbid "t"\n  any merge in bylaws with fewer than 4 approving keepers', 'refuted'],
    ['always "t"\n  any merge in bylaws with at least 3 approving keepers', 'proved'],
    ['always "t"\n  any merge in bylaws with at least 4 approving keepers', 'refuted'],
    ['possible "t"\n  any merge in bylaws with exactly 9 approving keepers', 'proved'],
    ['possible "t"\n  any merge in bylaws with at least 10 approving keepers', 'refuted'],
    // Founders may agree or not, and nothing was found in which they do.
    ['possible "t"\n  any merge in bylaws with at least 1 approving founder', 'undecided'],
  ])('%s: %s', (claim, kind) => {
    expect(decided(claim)).toBe(kind);
  });

  it('leaves open what abstentions that fill the quorum might still bring about', () => {
    const lax = 'quorum at least 5 keepers voting\n    passes when at least 1/10 of votes cast are yes';
    expect(decided('forbid "t"\n  any merge in bylaws with fewer than 5 approving keepers', lax)).toBe('undecided');
  });
});

describe('claims about holders (S67)', () => {
  it.each([
    ['always "t"\n  at least 1 person holds keeper', 'refuted'],
    ['always "t"\n  at most 9 people hold keeper', 'proved'],
    ['forbid "t"\n  more than 9 people hold keeper', 'proved'],
    ['possible "t"\n  exactly 9 people hold keeper', 'proved'],
    ['possible "t"\n  at least 10 people hold keeper', 'refuted'],
    ['forbid "t"\n  at least 2 keepers hold founder', 'undecided'],
  ])('%s: %s', (claim, kind) => {
    expect(decided(claim)).toBe(kind);
  });
});

describe('claims about ends of cases (S67)', () => {
  it.each([
    ['forbid "t"\n  amendment reaches accepted within 13 days', 'proved'],
    ['forbid "t"\n  amendment reaches accepted within 14 days', 'refuted'],
    ['possible "t"\n  amendment reaches accepted with exactly 3 keepers within 30 days', 'proved'],
    ['possible "t"\n  amendment reaches accepted with at most 2 keepers', 'undecided'],
    ['always "t"\n  amendment reaches accepted', 'proved'],
    ['forbid "t"\n  amendment.ballot reaches accepted', 'undecided'],
  ])('%s: %s', (claim, kind) => {
    expect(decided(claim)).toBe(kind);
  });

  it('finds the legal size at which an end cannot be reached any more', () => {
    const fixed = 'quorum at least 4 keepers voting\n    passes when more than 1/2 of votes cast are yes';
    expect(decided('always "t"\n  amendment reaches accepted', fixed)).toBe('refuted');
  });
});
