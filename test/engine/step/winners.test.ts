// Who wins a counted vote, at its edges: caps in a share, options that do not beat the default, shares of the winner, nobody to vote on (S43-S45, S115, S126, S132).
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/index.ts';
import { readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const bylaws = (stages: string, outcome = ''): string => `gdo 1
organization "Winners"
end
attribute employer certified by any clerk
role member plural members
  held by 1 to 99 people
end
role clerk plural clerks
  held by 0 to 2 people
end
role director plural directors
  held by 0 to 9 people
  gained through motion
end
process motion
  started by any member
${stages}${outcome}end
`;
const vote = (lines: string, ends = '    when won go to accepted\n    otherwise go to refused\n'): string =>
  `  vote ballot\n    voters members\n${lines.replaceAll(/^/gm, '    ').trimEnd()}\n    open for 5 days\n${ends}  end\n`;

const result = (org: Organization): readonly unknown[] => [org.view(1).result, readCase(org.state(), org.view(1).id)?.winners];

/** A vote on colours that is open, with these ballots. */
function cast(lines: string, choices: readonly Json[]): Organization {
  const org = found(bylaws(vote(lines)), { member: people, clerk: ['tia'] });
  const { propose, ballot } = notesFor(org);
  org.epoch(0, propose('ana', 'motion'));
  expect(org.epoch(hour, ...choices.map((choice, index) => ballot(people[index] ?? '', 1, choice))).verdicts).toEqual(choices.map(() => 'ok'));
  return org;
}

function closed(lines: string, choices: readonly Json[]): Organization {
  const org = cast(lines, choices);
  org.epoch(5 * day);
  return org;
}

describe('a cap in a share of the winners (S115)', () => {
  const election = (line: string): string =>
    bylaws(
      `  step nominating\n    nominations of members\n    after 1 day go to ballot\n  end\n  vote ballot\n    voters members\n    choices the candidates\n    counted by approval\n    elects 4 director\n${line}    open for 1 day\n    tie lot\n    when elected go to seated\n    when empty go to seated\n    otherwise go to refused\n  end\n`,
      '  outcome seated\n    grant director to the winners\n  end\n',
    );
  const elected = (line: string, acme: readonly string[], candidates: readonly string[]): Organization => {
    const org = found(election(line), { member: people, clerk: ['tia'] });
    const { propose, act, ballot } = notesFor(org);
    const certified = acme.map((member): Note => ({ by: 'tia', kind: 'certify', body: { attribute: 'employer', member, value: 'Acme' } }));
    org.epoch(0, ...certified, propose('ana', 'motion'));
    org.epoch(hour, ...candidates.map((member) => act(member, 1, 'nominate')));
    org.epoch(day);
    // The first candidate has the most votes, the last one the fewest.
    if (candidates.length > 0)
      org.epoch(day + hour, ...candidates.map((_, index) => ballot(people[index] ?? '', 1, candidates.slice(0, candidates.length - index))));
    org.epoch(2 * day);
    return org;
  };

  it('is taken of as many as win in the end, not of the seats', () => {
    const three = ['ana', 'bo', 'cy'];
    // Half of four would be two of Acme; but then three win, of whom half is one; and then two.
    expect(result(elected('    limit 1/2 winners per employer\n', three, [...three, 'dee']))).toEqual(['elected', ['ana', 'dee']]);
    expect(result(elected('    limit 1/2 winners per employer\n', ['ana', 'bo'], ['ana', 'bo', 'cy', 'dee', 'eve']))).toEqual([
      'elected',
      ['ana', 'bo', 'cy', 'dee'],
    ]);
    expect(result(elected('', three, [...three, 'dee']))).toEqual(['elected', ['ana', 'bo', 'cy', 'dee']]);
  });

  it('keeps nobody out where nobody stands: nobody is elected', () => {
    const org = elected('    limit 1/2 winners per employer\n', [], []);
    expect(result(org)).toEqual(['empty', []]);
    expect(org.view(1).outcome).toBe('seated');
  });
});

describe('an option that is level with the default (S44)', () => {
  it('is dropped by Debian’s rule before there is a tie, and is tied with it elsewhere', () => {
    const level = [
      ['red', 'none'],
      ['red', 'none'],
      ['none', 'red'],
      ['none', 'red'],
    ];
    const by = (method: string): unknown =>
      result(closed(`choices red, none\ndefault none\ncounted by ${method} with winning votes, unranked last, equal ranks allowed\n`, level))[0];
    expect([by('condorcet-schulze'), by('schulze')]).toEqual(['failed', 'tied']);
  });
});

describe('a share of the winner beside another test (S126)', () => {
  const lines = `choices red, green
counted by plurality with equal ranks refused
passes as clearly when at least 2/3 of votes cast are the winner
passes when at least 5 members say red
tie decided by any clerk then fails
`;

  it('waits for the tie to be broken, whichever line asks for it', () => {
    const org = closed(lines, ['red', 'red', 'green', 'green']);
    expect([org.view(1).status, org.view(1).acts.map(({ verb }) => verb)]).toEqual(['open', ['declare']]);
  });

  it('is told of the winner as long as there is none', () => {
    const org = cast(lines, ['red', 'red', 'green', 'green']);
    expect(org.view(1).needed.map(({ requirement }) => requirement)).toEqual(['at least 2/3 of votes cast are the winner', 'at least 5 members say red']);
    const led = cast(lines, ['red', 'red', 'green']);
    expect(led.view(1).needed.map(({ requirement }) => requirement)).toContain('at least 2/3 of votes cast are red');
  });
});
