// Elections and ties on engine 1: nominations, approval, lots, deciders, options against a default.
import { describe, expect, it } from 'vitest';
import { holdersOf } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const names: readonly string[] = Array.from({ length: 30 }, (_, index) => `m${String(index).padStart(2, '0')}`);

const board = (tie: string, method = 'approval'): string => `gdo 1
organization "Board"
end
area work covers "work/**"
role member plural members
  held by anyone
  gained through joining
end
role director plural directors
  held by 0 to 3 people
  gained through election
end
role teller plural tellers
  held by exactly 1 person
  first held by "tia"
  gained through joining
end
process joining
  started by any person
  step wait
    when 2 members endorse go to joined
    after 30 days go to refused
  end
  outcome joined
    grant member to the candidate
  end
end
process election
  started by any member
  step nominating
    nominations of members supported by 1 member
    after 7 days go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by ${method}
    elects 3 directors
    open for 7 days
${tie}    when elected go to seated
    when uncontested go to seated
    otherwise go to refused
  end
  outcome seated
    grant director to the winners
  end
end
`;

/** Nominates and supports people, then opens the ballot at day 7. */
function nominated(tie: string, candidates: readonly string[], method?: string): Organization {
  const org = found(board(tie, method), { member: names, teller: ['tia'] });
  const { propose, act } = notesFor(org);
  org.epoch(0, propose('m29', 'election'));
  const own = org.epoch(hour, ...candidates.map((name) => act(name, 1, 'nominate')), act('m20', 1, 'nominate'), act('tia', 1, 'nominate'));
  expect(own.verdicts.every((verdict) => verdict === 'ok')).toBe(true);
  org.epoch(2 * hour, ...candidates.map((name) => act('m21', 1, 'endorse', { about: name })), act('m21', 1, 'endorse', { about: 'tia' }));
  org.epoch(7 * day);
  return org;
}

const approvals = (org: Organization, marks: Readonly<Record<string, number>>) => {
  const { ballot } = notesFor(org);
  const ballots = names.map((name, index) => [name, Object.entries(marks).flatMap(([candidate, count]) => (index < count ? [candidate] : []))] as const);
  return ballots.flatMap(([name, choice]) => (choice.length === 0 ? [] : [ballot(name, 1, choice)]));
};

describe('an election by approval', () => {
  const marks = { m00: 20, m01: 15, m02: 12, m03: 12 };

  it('has the candidates who nominated themselves, hold the role and were supported', () => {
    const org = nominated('    tie fails\n', ['m00', 'm01', 'm02', 'm03']);
    expect(org.view(1).tallies[0]?.counts.map(([name]) => name)).toEqual(['m00', 'm01', 'm02', 'm03']);
  });

  it('waits for an external decision of a tie, records it, and grants all three seats', () => {
    const org = nominated('    tie decided by the teller then fails\n', ['m00', 'm01', 'm02', 'm03']);
    org.epoch(8 * day, ...approvals(org, marks));
    org.epoch(14 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', stage: 'ballot' });
    const { act } = notesFor(org);
    expect(org.epoch(15 * day, act('m01', 1, 'declare', { about: ['m03', 'm02'] })).verdicts).toEqual(['GDO1040']);
    expect(org.epoch(15 * day + 1, act('tia', 1, 'declare', { about: ['m03', 'm02'] })).verdicts).toEqual(['ok']);
    expect(org.view(1)).toMatchObject({ status: 'accepted', outcome: 'seated' });
    expect(holdersOf(org.state(), org.charter, 'director')).toEqual(['m00', 'm01', 'm03']);
  });

  it('fails when nobody decides the tie in time and the list ends in `fails`', () => {
    const org = nominated('    tie decided by the teller then fails\n', ['m00', 'm01', 'm02', 'm03']);
    org.epoch(8 * day, ...approvals(org, marks));
    org.epoch(14 * day);
    org.epoch(21 * day);
    expect(org.view(1)).toMatchObject({ status: 'refused', result: 'failed' });
  });

  it('draws a lot at the next checkpoint only, and the same one again', () => {
    const run = (): readonly string[] => {
      const org = nominated('    tie lot\n', ['m00', 'm01', 'm02', 'm03']);
      org.epoch(8 * day, ...approvals(org, marks));
      org.epoch(14 * day);
      expect(org.view(1).status).toBe('open');
      expect(org.due()).toBe(14 * day);
      org.epoch(14 * day + 1);
      return holdersOf(org.state(), org.charter, 'director');
    };
    expect(run()).toHaveLength(3);
    expect(run()).toEqual(run());
  });

  it('needs no ballot when it is uncontested', () => {
    const org = nominated('    tie fails\n', ['m00', 'm01']);
    org.epoch(7 * day + 1);
    expect(org.view(1)).toMatchObject({ status: 'accepted', result: 'uncontested' });
    expect(holdersOf(org.state(), org.charter, 'director')).toEqual(['m00', 'm01']);
  });

  it('ends without candidates', () => {
    const org = nominated('    tie fails\n', []);
    org.epoch(7 * day + 1);
    expect(org.view(1)).toMatchObject({ status: 'refused', result: 'empty' });
  });
});

describe('options against a default', () => {
  const text = (clauses: string): string => `gdo 1
organization "Options"
end
role member plural members
  held by anyone
  gained through joining
end
process joining
  started by any person
  step wait
    when 2 members endorse go to joined
    after 30 days go to refused
  end
  outcome joined
    grant member to the candidate
  end
end
process choice
  started by any member
  vote ballot
    voters members
    choices red, blue, none
    default none
    counted by schulze with winning votes, unranked last, equal ranks allowed
    open for 7 days
${clauses}    tie fails
    when won go to accepted
    otherwise go to refused
  end
end
`;

  const result = (clauses: string, ballots: readonly (readonly string[])[]): string | undefined => {
    const org = found(text(clauses), { member: names.slice(0, 9) });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('m00', 'choice'));
    const cast = org.epoch(hour, ...ballots.map((choice, index) => ballot(names[index] ?? '', 1, choice)));
    expect(cast.verdicts.every((verdict) => verdict === 'ok')).toBe(true);
    org.epoch(7 * day);
    return org.view(1).outcome;
  };

  it.each([
    ['win when more people prefer them', '', [['red'], ['red'], ['none', 'red']], 'accepted'],
    ['lose to the default otherwise', '', [['red'], ['none'], ['none']], 'refused'],
    [
      'are dropped at three to one when more than three to one is asked',
      '    beats default by more than 3 to 1\n',
      [['red'], ['red'], ['red'], ['none']],
      'refused',
    ],
    ['stay at three to one when at least three to one is asked', '    beats default by at least 3 to 1\n', [['red'], ['red'], ['red'], ['none']], 'accepted'],
    ['are dropped below the quorum over the default', '    quorum at least 3 members over default\n', [['red'], ['red'], ['none']], 'refused'],
  ])('%s', (_, clauses, ballots, outcome) => {
    expect(result(clauses, ballots)).toBe(outcome);
  });
});
