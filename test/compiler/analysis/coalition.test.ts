// Who can change the bylaws at all: asking once for a large group must say the same as looking for the smallest one.
import { describe, expect, it } from 'vitest';
import { canAmend, smallestAmending } from '../../../compiler/analysis/coalition.ts';
import { compiled } from '../bylaws-text.ts';

function amending(quorum: string): readonly [boolean, number | undefined] {
  const { charter, diagnostics } = compiled(
    `gdo 1\norganization "O"\nend\narea bylaws covers "bylaws/**"\nrole keeper plural keepers\n  held by 1 to 9 people\n  first held by "ana", "bo", "cy", "di"\nend\nprocess amendment\n  governs bylaws\n  started by any keeper\n  vote ballot\n    voters keepers\n    open for 1 day\n    quorum ${quorum} keepers voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`,
  );
  if (charter === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return [canAmend(charter), smallestAmending(charter)?.people];
}

describe('whether anybody can change the bylaws', () => {
  it.each([
    ['at least 2', true, 2],
    ['at least 5', false, undefined],
    ['at most 2', true, 1],
    ['exactly 3', true, 3],
  ])('quorum %s', (quorum, can, people) => {
    expect(amending(quorum)).toEqual([can, people]);
  });
});
