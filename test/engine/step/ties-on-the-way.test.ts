// A tie on the way of a count in rounds that decides no seat asks nobody and fails nothing (S124, docs/decisions/0184).
import { describe, expect, it } from 'vitest';
import { readCase, type Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = Array.from({ length: 12 }, (_, index) => `m${String(index).padStart(2, '0')}`);

const bylaws = (method: string, seats: number, tie: string): string => `gdo 1
organization "Ties on the way"
end
role member plural members
  held by 1 to 99 people
end
role chair plural chairs
  held by 0 to 1 people
end
role trustee plural trustees
  held by 0 to 9 people
  gained through election
end
process election
  started by any member
  vote ballot
    voters members
    choices the candidates
    counted by ${method}
    elects ${seats} trustees
    open for 7 days
    tie ${tie}
    when elected go to seated
    otherwise go to refused
  end
  outcome seated
    grant trustee to the winners
  end
end
`;

const scottish = 'stv-scottish with unranked exhausted, equal ranks refused';
const irv = 'irv with unranked exhausted, equal ranks refused';
const six = ['s1', 's2', 's3', 's4', 's5', 'ron'];

function played(text: string, candidates: readonly string[], ballots: readonly Json[]): Organization {
  const org = found(text, { member: [...people, ...candidates], chair: ['m00'] });
  const { propose, ballot } = notesFor(org);
  org.epoch(0, propose('m01', 'election', { candidate: [...candidates] }));
  expect(org.epoch(hour, ...ballots.map((choice, index) => ballot(people[index] ?? '', 1, choice))).verdicts).toEqual(ballots.map(() => 'ok'));
  org.epoch(7 * day);
  return org;
}

const outcome = (org: Organization): unknown => [org.view(1).outcome, readCase(org.state(), org.view(1).id)?.winners];

describe('a tie between candidates who have no prospect', () => {
  it.each(['fails', 'lot', 'decided by any chair then fails'])('elects the others at the close, whatever the tie rule: %s', (tie) => {
    const org = played(
      bylaws(scottish, 3, tie),
      six,
      people.map(() => six),
    );
    expect(outcome(org)).toEqual(['seated', ['s1', 's2', 's3']]);
  });

  it('is left to the tie rule where one of them gets a seat', () => {
    const ballots = people.map(() => ['s1']);
    expect(outcome(played(bylaws(scottish, 2, 'fails'), six, ballots))).toEqual(['refused', []]);
    const org = played(bylaws(scottish, 2, 'decided by any chair then fails'), six, ballots);
    expect(org.view(1)).toMatchObject({ status: 'open' });
    expect(org.epoch(8 * day, notesFor(org).act('m00', 1, 'declare', { about: ['s5', 's4', 's3', 's2', 'ron'] })).verdicts).toEqual(['ok']);
    expect(outcome(org)).toEqual(['seated', ['s1', 's5']]);
  });
});

describe('a decider of a tie', () => {
  it('orders those for whom it is a tie for the seat, and nobody needs to be ordered besides', () => {
    const ballots = [...people.slice(0, 5).map(() => ['a']), ['b', 'c'], ['b', 'c'], ['b', 'c'], ['c', 'b'], ['c', 'b'], ['c', 'b']];
    const org = played(bylaws(irv, 1, 'decided by any chair then fails'), ['a', 'b', 'c', 'd'], ballots);
    expect(org.epoch(8 * day, notesFor(org).act('m00', 1, 'declare', { about: ['c', 'b'] })).verdicts).toEqual(['ok']);
    expect(outcome(org)).toEqual(['seated', ['c']]);
  });
});
