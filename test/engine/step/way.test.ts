// The way of a decided case: what a receipt claims of it is all of it, whatever it went through (docs/decisions/0189).
import { describe, expect, it } from 'vitest';
import type { OpeningLeft, State } from '../../../engine/index.ts';
import { openRequirements, readEntry, redecide, wayOf, wayProblem } from '../../../engine/index.ts';
import type { Note, Organization } from './organization.ts';
import { compile, day, found, hour, notesFor } from './organization.ts';
import { received } from './receipt.ts';

const process = (more: string, talk = ''): string => `gdo 1
organization "Way"
end
area rules covers "bylaws/**"
area work covers "work/**"
role member plural members
  held by 1 to 9 people
end
process motion
  governs work
  started by any member
  on edit go to review
  on conflict go to review
  in flight keep or restart or abort
  step talk
    when any member approves go to review
    after 30 days go to refused
${talk}  end
  step review
    when any member endorses go to ballot
    after 30 days go to refused
  end
  vote ballot
    voters members
    open for 7 days
    quorum at least 3 members voting
    second call after 2 days quorum at least 1 member voting
    passes when more than 1/2 of votes cast are yes
    tie fails
    when passed go to accepted
    when failed go to talk
    otherwise go to refused
  end
end
process panel
  started by any member
  joint both
    vote one
      voters members
      open for 7 days
      passes when more than 1/2 of votes cast are yes
      tie fails
    end
    vote two
      voters members
      open for 7 days
      quorum at least 3 members voting
      second call after 2 days quorum at least 1 member voting
      passes when more than 1/2 of votes cast are yes
      tie fails
    end
    when all pass go to closing
    otherwise go to refused
  end
  step closing
    when any member approves go to accepted
    after 30 days go to refused
  end
end
process amendment
  governs rules
  started by any member
  step talk
    when any member approves go to accepted
    after 30 days go to refused
  end
end
${more}`;
const bylaws = process('');

/** An organization that remembers the state of each of its checkpoints. */
function remembered(text = bylaws): {
  readonly org: Organization;
  readonly past: { readonly state: State; readonly timeMs: number }[];
  readonly at: (ms: number, ...notes: readonly Note[]) => void;
} {
  const org = found(
    text,
    { member: ['ada', 'ben', 'chi', 'dev'] },
    {
      content: [
        ['work/a', '100644:aa'],
        ['bylaws/a', '100644:aa'],
      ],
    },
  );
  const past: { readonly state: State; readonly timeMs: number }[] = [];
  const at = (ms: number, ...notes: readonly Note[]): void => {
    expect(org.epoch(ms, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
    past.push({ state: org.state(), timeMs: ms });
  };
  return { org, past, at };
}

const entries = (fresh: string) => [{ path: 'work/a', old: '100644:aa', new: fresh }];

/** The openings of a case, each with its result, and what is wrong with them: with where they lead, and as a whole. */
function told(
  { org, past }: ReturnType<typeof remembered>,
  number = 1,
): { readonly way: readonly OpeningLeft[]; readonly text: readonly string[]; readonly state: State; readonly id: string } {
  const { id, bylaws: hash } = org.view(number);
  const state = received(org.state(), id, hash);
  const way = wayOf(id, past);
  const text = way.map((one) => {
    const { leads, result } = redecide(state, id, one) ?? { leads: [], result: 'unknown' };
    expect(leads).toContain(one.next);
    return `${one.entry} ${one.stage} -> ${one.next}${result === undefined ? '' : ` (${result})`}`;
  });
  expect(wayProblem(state, id, way)).toBeUndefined();
  return { way, text, state, id };
}

/** A motion that comes to its ballot at an instant. */
function toBallot({ org, at }: ReturnType<typeof remembered>, ms: number): void {
  const { act } = notesFor(org);
  if (org.view(1).stage === 'talk') at(ms, act('ada', 1, 'approve'));
  at(ms + hour, act('ada', 1, 'endorse'));
}

describe('the way of a decided case', () => {
  it('names each opening, those that led back and second calls among them, and none may be left out or stand for another', () => {
    const world = remembered();
    const { org, at } = world;
    const { propose, ballot } = notesFor(org);
    at(0, propose('ada', 'motion'));
    toBallot(world, hour);
    at(day, ballot('ada', 1, 'no'), ballot('ben', 1, 'no'), ballot('chi', 1, 'no'));
    at(8 * day);
    toBallot(world, 9 * day);
    at(17 * day);
    at(19 * day);
    at(20 * day, ballot('ada', 1, 'yes'));
    at(27 * day);
    const { way, text, state, id } = told(world);
    expect(text).toEqual([
      '1 talk -> review',
      '2 review -> ballot',
      '3 ballot -> talk (failed)',
      '4 talk -> review',
      '5 review -> ballot',
      '6 ballot -> ballot (inquorate)',
      '7 ballot -> accepted (passed)',
    ]);
    const problem = (openings: readonly OpeningLeft[]): string | undefined => wayProblem(state, id, openings);
    expect(problem(way.slice(1))).toBe('it begins with `review`, and `motion` with `talk`');
    expect(problem(way.slice(3))).toBe('opening 1 is not there: `talk` is opening 4');
    expect(problem(way.filter((_, place) => place !== 1))).toBe('opening 2 is not there: `ballot` is opening 3');
    expect(problem(way.slice(0, -1))).toBe('opening 7 is not there, and the signed state knows of 7');
    expect(problem([])).toBe('opening 1 is not there, and the signed state knows of 7');
    // Whoever says that the ballot was only talked about: the state knows which stages there were.
    expect(problem(way.map((one) => (one.stage === 'ballot' ? { ...one, stage: 'talk' } : one)))).toBe(
      'the signed state knows of other stages, in this order: talk, review, ballot',
    );
  });

  it('counts the numbers that votes of a joint and their second calls take', () => {
    const world = remembered();
    const { org, at } = world;
    const { propose, act, ballot } = notesFor(org);
    at(0, propose('ada', 'panel'));
    at(day, ...org.view(1).acts.map((one) => ballot('ada', 1, 'yes', { stage: one.entry })));
    at(7 * day);
    at(9 * day);
    at(10 * day, ...org.view(1).acts.map((one) => ballot('ben', 1, 'yes', { stage: one.entry })));
    at(16 * day);
    at(17 * day, act('ada', 1, 'approve'));
    const { way, text, state, id } = told(world);
    expect(text).toEqual(['1 both -> closing', '5 closing -> accepted']);
    expect(
      wayProblem(state, id, [
        { ...way[0], stage: 'both', entry: 1, closedMs: 0 },
        { stage: 'closing', entry: 4, closedMs: 0 },
      ]),
    ).toBe('opening 5 is not there: `closing` is opening 4');
  });

  it('goes back where an edit or a conflict sent it', () => {
    const world = remembered();
    const { org, at } = world;
    const { proposeChange, act, ballot } = notesFor(org);
    at(0, proposeChange('ada', 'motion', entries('100644:bb')), proposeChange('ben', 'motion', entries('100644:cc')));
    at(hour, act('ada', 1, 'approve'), act('ada', 2, 'approve'));
    at(2 * hour, act('ada', 2, 'endorse'));
    at(3 * hour, act('ben', 2, 'edit', { text: 'Better' }));
    expect(org.view(2)).toMatchObject({ stage: 'review', entry: 4 });
    at(4 * hour, act('ada', 1, 'endorse'), act('ada', 2, 'endorse'));
    at(day, ...[1, 2].flatMap((number) => ['ada', 'ben', 'chi'].map((by) => ballot(by, number, 'yes'))));
    at(7 * day + 4 * hour);
    expect([org.view(1).status, org.view(2).stage]).toEqual(['merged', 'review']);
    at(7 * day + 5 * hour);
    at(40 * day);
    expect(told(world, 1).text).toEqual(['1 talk -> review', '2 review -> ballot', '3 ballot -> accepted (passed)']);
    expect(told(world, 2).text).toEqual([
      '1 talk -> review',
      '2 review -> ballot',
      '3 ballot -> review (inquorate)',
      '4 review -> ballot',
      '5 ballot -> review (passed)',
      '6 review -> refused',
    ]);
  });

  it('begins anew where new bylaws started the case again, and may end where it stands', () => {
    const world = remembered();
    const { org, at } = world;
    const { propose, proposeChange, act, attest } = notesFor(org);
    const other = (name: string): ReturnType<typeof compile> =>
      compile(process(`process ${name}\n  started by any member\n  step talk\n    after 1 day go to refused\n  end\nend\n`));
    const [fresh, last] = [other('first'), other('second')];
    const amend = (ms: number, next: typeof fresh, { old, inForce, inFlight }: Readonly<Record<'old' | 'inForce' | 'inFlight', string>>): void => {
      const note = proposeChange('ben', 'amendment', [{ path: 'bylaws/a', old, new: `${old}a` }], { adopts: next.hash, inFlight });
      at(ms, { ...note, adopts: next, body: { ...note.body, bylaws: inForce } });
      const number = Number(readEntry(org.state(), 'current')?.['cases']);
      at(ms + 1, act('ben', number, 'approve'));
      at(ms + 2, attest('ada', number, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
    };
    at(0, propose('ada', 'motion'));
    at(hour, act('ada', 1, 'approve'));
    amend(2 * hour, fresh, { old: '100644:aa', inForce: org.hash, inFlight: 'restart' });
    at(3 * hour);
    expect(org.view(1)).toMatchObject({ stage: 'talk', entry: 3, bylaws: fresh.hash });
    at(4 * hour, act('ada', 1, 'approve'));
    amend(5 * hour, last, { old: '100644:aaa', inForce: fresh.hash, inFlight: 'abort' });
    expect(org.view(1)).toMatchObject({ status: 'refused', stage: 'review' });
    const { way, text, state, id } = told(world);
    expect(text).toEqual(['3 talk -> review', '4 review -> refused']);
    const before = [
      { stage: 'talk', entry: 1, closedMs: 0 },
      { stage: 'review', entry: 2, closedMs: 0 },
    ];
    expect(wayProblem(state, id, [...before, ...way])).toBe('opening 3 is not there: `talk` is opening 1');
  });
});
