// Guards of rules, guards of guards, and the fewest people who get past all of them (check.md 3.8).
import { describe, expect, it } from 'vitest';
import { weakGuards } from '../../../compiler/analysis/entrenchment.ts';
import { compiled } from '../bylaws-text.ts';

function weak(protections: string): readonly string[] {
  const process = (name: string, others: number): string =>
    `process ${name}\n  governs bylaws\n  started by any keeper\n  step support\n    when ${others} other keepers approve go to accepted\n    after 30 days go to refused\n  end\nend\n`;
  const { charter, diagnostics } = compiled(
    `gdo 1\norganization "O"\nend\narea bylaws covers "bylaws/**"\nrole keeper plural keepers\n  held by 3 to 9 people\n  first held by "a", "b", "c", "d", "e", "f"\nend\n${process('easy', 1)}${process('middle', 3)}${process('hard', 5)}${protections}`,
  );
  if (charter === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return weakGuards(charter).map(({ guard, bypass, first }) => `${guard.people} guard, ${bypass.people} change ${first.join(' and ')}`);
}

const protect = (what: string, through: string): string => `protect ${what}\n  changed through ${through}\nend\n`;

describe('the guard of a protected role', () => {
  it.each([
    ['that nobody guards', protect('keeper', 'hard'), ['6 guard, 2 change hard']],
    ['that guards itself', protect('keeper, hard', 'hard'), []],
    ['that is never changed', `${protect('keeper', 'hard')}protect hard\n  never changed\nend\n`, []],
    // The middle one guards itself, so four people it takes.
    ['that a weaker one guards', `${protect('keeper', 'hard')}${protect('hard, middle', 'middle')}`, ['6 guard, 4 change hard']],
    // Nobody guards the middle one: two people change it, then the hard one, then the role.
    [
      'that an unguarded one guards',
      `${protect('keeper', 'hard')}${protect('hard', 'middle')}`,
      ['6 guard, 2 change middle and hard', '4 guard, 2 change middle'],
    ],
    [
      'that guards each other in a circle',
      `${protect('keeper', 'hard')}${protect('hard', 'middle')}${protect('middle', 'hard')}`,
      ['6 guard, 4 change hard', '6 guard, 4 change hard'],
    ],
  ])('%s', (_name, protections, found) => {
    expect(weak(protections)).toEqual(found);
  });
});
