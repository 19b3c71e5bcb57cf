// The set of ballots that is named as missing is the smallest where ballots are given away too: every smaller set is played, and leads elsewhere (0207).
import { describe, expect, it } from 'vitest';
import type { State, Supposed, WayOn } from '../../../engine/index.ts';
import { outlookOf, outlookSentences, readCase, whatIf } from '../../../engine/index.ts';
import { day, found, notesFor, type Note, type Organization } from './organization.ts';

const choices = ['yes', 'no', 'abstain'];

/** A motion on which ballots may be given away along two people, and which needs so many yes. */
function proposed(people: readonly string[], given: Readonly<Record<string, string>>, tests: string, lines = ''): Organization {
  const text = `gdo 1
organization "Test"
end
role member plural members
  held by 1 to 999 people
end
role elder plural elders
  held by 0 to 9 people
end
delegation proxy by members
  for motion
  depth 2
  override by voting
  revocable until the close
end
process motion
  started by any member
  vote ballot
    voters members
    open for 7 days
${lines}    passes when ${tests}
    when passed go to accepted
    otherwise go to refused
  end
end
`;
  const org = found(text, { member: people, elder: people.slice(0, 2) });
  const gives = Object.entries(given).map(([by, to]): Note => ({ by, kind: 'delegate', body: { delegation: 'proxy', to } }));
  expect(org.epoch(0, ...gives, notesFor(org).propose(people[0] ?? '', 'motion')).verdicts.every((one) => one === 'ok')).toBe(true);
  return org;
}

function outcomeOf(state: State, id: string, ballots: readonly (readonly [person: string, choice: string])[]): string | undefined {
  const supposed = ballots.map(([person, choice]): Supposed => ({ person, kind: 'ballot', case: id, body: { stage: 1, choice } }));
  return readCase(whatIf(state, supposed, { nowMs: 1, untilMs: 8 * day }).state, id)?.outcome;
}

/** Every way in which so many people of some can vote. */
function sets(people: readonly string[], size: number): readonly (readonly (readonly [string, string])[])[] {
  if (size === 0) return [[]];
  return people.flatMap((person, place) =>
    sets(people.slice(place + 1), size - 1).flatMap((rest) => choices.map((choice) => [[person, choice] as const, ...rest])),
  );
}

const countOf = ({ acts }: WayOn): number => acts.reduce((sum, act) => sum + act.count, 0);

/** Plays what is named, and every smaller set. */
function playSmaller(org: Organization, people: readonly string[], target: string): number {
  const { id } = org.view(1);
  const way = outlookOf(org.state(), id).ways.find((one) => one.target === target);
  if (way === undefined) throw new Error(`no way leads to ${target}`);
  const named = way.acts.flatMap((act) => act.people.slice(0, act.count).map((person) => [person, act.choice ?? 'yes'] as const));
  expect(outcomeOf(org.state(), id, named)).toBe(target);
  for (let size = 0; size < countOf(way); size += 1)
    for (const set of sets(people, size)) expect([set, outcomeOf(org.state(), id, set)]).not.toEqual([set, target]);
  expect(way.atMost).toBeUndefined();
  return countOf(way);
}

describe('where ballots are given away, the people named are the fewest', () => {
  const people = ['ada', 'ben', 'chi', 'dev', 'eve', 'fay', 'gil'];

  it('though the one who brings most brings others along who would bring as many', () => {
    // Ben brings ada and dev; ada brings dev, and nobody beside ben; chi brings eve.
    const given = { dev: 'ada', ada: 'ben', eve: 'chi' };
    const org = proposed(people, given, 'at least 5 members say yes');
    expect(playSmaller(org, people, 'accepted')).toBe(2);
    expect(outlookOf(org.state(), org.view(1).id).ways[0]?.acts.flatMap((act) => act.people)).toEqual(['ben', 'chi']);
  });

  it.each([
    [{ ben: 'ada', chi: 'ada', dev: 'chi', eve: 'dev' }, 'at least 5 members say yes', ''],
    [{ ada: 'ben', ben: 'chi', chi: 'ada', dev: 'ada' }, 'at least 3 members say yes and at least 1 elder says yes', ''],
    [{ fay: 'eve', gil: 'eve', eve: 'ada' }, 'more than 1/2 of votes cast are yes', '    quorum at least 5 members voting\n'],
    [{ fay: 'eve', ada: 'eve', chi: 'dev' }, 'at least 4 members say yes and at least 1 elder says yes', ''],
  ] as const)('%#: %s', (given, tests, lines) => {
    expect(playSmaller(proposed(people, given, tests, lines), people, 'accepted')).toBeGreaterThan(0);
  });

  it('among many people too, as far as three of them', () => {
    const many = Array.from({ length: 30 }, (_, place) => `m${String(place).padStart(2, '0')}`);
    // M00 and m01 are in one chain, so that m01 brings nobody beside m00.
    const given = { m05: 'm01', m01: 'm00', m06: 'm02', m07: 'm02', m08: 'm03', m09: 'm03', m10: 'm01', m11: 'm00' };
    const org = proposed(many, given, 'at least 10 members say yes');
    const [way] = outlookOf(org.state(), org.view(1).id).ways;
    expect([way && countOf(way), way?.acts.flatMap((act) => act.people), way?.atMost]).toEqual([3, ['m00', 'm02', 'm03'], undefined]);
  });

  it('and where so many are needed that not every set is tried, at most so many are named', () => {
    const many = Array.from({ length: 60 }, (_, place) => `m${String(place).padStart(2, '0')}`);
    const given = Object.fromEntries(many.slice(30).map((by, place) => [by, many[place] ?? '']));
    const org = proposed(many, given, 'at least 40 members say yes');
    const [way] = outlookOf(org.state(), org.view(1).id).ways;
    expect([way && countOf(way), way?.atMost]).toEqual([20, true]);
    expect(outlookSentences(org.state(), org.view(1).id, String)[0]).toMatch(/^It is accepted if at most this happens: 20 more members must vote yes/);
  });
});
