// Whom a counted vote is about and what its result is called: candidates of the case, nobody at all, abstentions, results with names of their own (S43, S46, S132).
import { describe, expect, it } from 'vitest';
import { holdersOf, readCase, type Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (stages: string, effects: string): string => `gdo 1
organization "Elected"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through motion
end
process motion
  started by any member
${stages}  outcome done
${effects}  end
end
`;

const vote = (lines: string, results: string): string =>
  `  vote ballot\n    voters members\n    open for 7 days\n${lines}${results}    otherwise go to refused\n  end\n`;

function played(text: string, choices: readonly Json[], body: Note['body'] = {}): Organization {
  const org = found(text, { member: people });
  const { propose, ballot } = notesFor(org);
  expect(org.epoch(0, propose('ana', 'motion', body)).verdicts).toEqual(['ok']);
  expect(org.epoch(hour, ...choices.map((choice, index) => ballot(people[index] ?? '', 1, choice))).verdicts).toEqual(choices.map(() => 'ok'));
  org.epoch(7 * day);
  return org;
}

const winners = (org: Organization): readonly string[] | undefined => readCase(org.state(), org.view(1).id)?.winners;

describe('a vote on the candidates of its case', () => {
  const text = bylaws(
    vote(
      '    choices the candidates\n    counted by approval\n    elects 1 chair\n    tie fails\n',
      '    when elected go to done\n    when empty go to refused\n',
    ),
    '    grant chair to the winners\n',
  );

  it('elects among those the case was started for, where nobody is nominated in it (S121)', () => {
    const org = played(text, [['bo'], ['cy'], ['cy'], 'abstain'], { candidate: ['bo', 'cy'] });
    expect([org.view(1).outcome, winners(org), holdersOf(org.state(), org.charter, 'chair')]).toEqual(['done', ['cy'], ['cy']]);
  });
});

describe('a result with a name of its own (S125)', () => {
  const text = bylaws(
    vote(
      '    choices red, blue\n    counted by approval\n    tie fails\n    passes as landslide when at least 3/4 of votes cast are the winner\n    passes when more than 1/2 of votes cast are the winner\n',
      '    when landslide go to done\n    when won go to accepted\n',
    ),
    '    grant chair to the author\n',
  );

  it('is what the first test that holds says; the plain one is `won`, and none is `failed`', () => {
    const result = (...choices: readonly Json[]): readonly (string | undefined)[] => {
      const org = played(text, choices);
      return [org.view(1).result, org.view(1).outcome];
    };
    expect(result(['red'], ['red'], ['red'], ['blue'])).toEqual(['landslide', 'done']);
    expect(result(['red'], ['red'], ['blue'])).toEqual(['won', 'accepted']);
    expect(result(['red'], ['blue', 'red'], ['blue'], ['blue'])[0]).toBe('landslide');
    expect(result('abstain', 'abstain')[0]).toBe('failed');
  });
});

describe('an abstention in a count', () => {
  it('gives every option as little, and takes part in a quorum', () => {
    const lines = '    choices red, blue\n    counted by score from 0 to 5 with unscored lowest\n    quorum at least 3 members voting\n    tie fails\n';
    const text = bylaws(vote(lines, '    when won go to done\n'), '    grant chair to the author\n');
    expect(winners(played(text, [[['red', 1]], 'abstain', 'abstain']))).toEqual(['red']);
    expect(played(text, [[['red', 1]], 'abstain']).view(1).result).toBe('inquorate');
    expect(played(text, ['abstain', 'abstain', 'abstain']).view(1).result).toBe('failed');
  });
});
