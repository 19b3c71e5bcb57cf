// Scenarios about what lapses and what was amended: they go by the bylaws that are in force at the line, not by those that the file says (S58, S60).
import { describe, expect, it } from 'vitest';
import { framed, runScenarios } from '../../compiler/index.ts';
import { compiled, parsed } from './bylaws-text.ts';

const bylaws = `points merit plural merits
end

role member plural members
  held by 1 to 40 people
  first held by "ana", "bo"
end

role warden plural wardens
  held by 0 to 9 people
  first held by "ana"
  succeeded by member
end

right enter
  covers "hall"
  held by members
  offline for at most 20 days
end

process thanks
  started by any member
  step talk
    when any member approves go to done
    after 9 days go to refused
  end
  outcome done
    award 3 merit to the candidate
  end
end

protect enter, warden, merit
  lapses after 10 days
end
`;

function played(...lines: readonly string[]): string {
  const text = framed(`${bylaws}\nscenario "s"\n${lines.map((line) => `  ${line}\n`).join('')}end\n`);
  const { charter, diagnostics } = compiled(text);
  if (charter === undefined) throw new Error(diagnostics.map((found) => found.message).join('; '));
  const [result] = runScenarios([parsed(text)], charter);
  return result?.failure?.message ?? 'holds';
}

describe('a scenario after a rule has lapsed (S60)', () => {
  it('finds the door shut, nobody in the role, and no points', () => {
    const thanked = ['on day 0 ana starts thanks about bo', 'on day 1 ana approves'];
    expect(played(...thanked, 'on day 9 ana uses "hall"', 'expect allowed', 'expect ana holds warden', 'expect bo has 3 merit')).toBe('holds');
    expect(played(...thanked, 'on day 11 ana uses "hall"', 'expect unknown-thing')).toBe('holds');
    expect(played(...thanked, 'on day 11 ana uses "hall"', 'expect bo has 0 merit')).toBe('holds');
    expect(played('on day 11 ana uses "hall"', 'expect ana holds warden')).toMatch(/does not hold/);
  });
});
