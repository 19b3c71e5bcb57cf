// Where a stage that is decided again leads: what a receipt says the rules allowed, whatever kind of stage it was (S16, S17, S46, S48, S65, S101).
import { describe, expect, it } from 'vitest';
import type { Json, Redecided } from '../../../engine/index.ts';
import { redecide } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

const bylaws = `gdo 1
organization "Leads"
end
area work covers "work/**"
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 1 person
end
process motion
  started by any member
  step talk
    when any member approves go to assembly
    after 90 days go to refused
  end
  meeting assembly
    called by any member within 10 days
    notice 1 day
    attended by members
    open for 2 hours
    quorum at least 2 members present
    when quorate go to both
    otherwise go to refused
  end
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
    when all pass go to ballot
    otherwise go to refused
  end
  vote ballot
    voters members
    choices red, green
    counted by plurality with equal ranks refused
    open for 7 days
    quorum at least 2 members voting
    tie decided by any chair then fails
    when won go to accepted
    when inquorate go to talk
    otherwise go to refused
  end
end
process request
  governs work
  started by any member
  step review
    when any member approves go to granted
    after 90 days go to refused
  end
  outcome granted accepts
end
process straw
  started by any member
  vote ballot
    voters members
    open for 7 days
    passes when more than 1/2 of votes cast are yes
    tie decided by any chair then fails
    when passed go to accepted
    when failed go to refused
  end
end
process poll
  started by any member
  vote ballot
    voters members
    choices red, green
    counted by plurality with equal ranks refused
    open for 7 days
    when won go to accepted
    otherwise go to again
  end
  step again
    after 1 day go to refused
  end
end
process jury
  started by any member
  draw panel
    picks 2 members
    seed committed by any chair within 1 day
    when drawn go to accepted
    otherwise go to refused
  end
end
duty answer
  owed by the chair
  within 10 days of request.review
  done when the chair reports "answered"
  otherwise accept the merge
end
`;

function again(org: Organization, stage: string, entry: number, closedMs: number, number = 1): Redecided | undefined {
  return redecide(org.state(), org.view(number).id, { stage, entry, closedMs });
}

/** A motion that came to its ballot: the entries of its stages are 1, 2, 3 (its votes 4 and 5) and the next one. */
function balloted(secondCall: boolean): { readonly org: Organization; readonly openMs: number; readonly entry: number } {
  const org = found(bylaws, { member: people, chair: ['zoe'] }, { content: [['work/a', '100644:aa']] });
  const { propose, act, ballot } = notesFor(org);
  org.epoch(0, propose('ada', 'motion'));
  org.epoch(hour, act('ada', 1, 'approve'));
  org.epoch(2 * hour, act('ada', 1, 'call'));
  org.epoch(day + 2 * hour, act('ada', 1, 'attend'), act('ben', 1, 'attend'));
  org.epoch(day + 4 * hour);
  const open = org.view(1).acts.map((one) => one.entry);
  const voters = secondCall ? ['ada', 'ben'] : ['ada', 'ben', 'chi'];
  const cast = open.flatMap((entry) => voters.map((by) => ballot(by, 1, 'yes', { stage: entry })));
  expect(org.epoch(2 * day, ...cast).verdicts).toEqual(cast.map(() => 'ok'));
  org.epoch(8 * day + 4 * hour);
  if (!secondCall) return { org, openMs: 8 * day + 4 * hour, entry: org.view(1).entry };
  org.epoch(10 * day + 4 * hour);
  expect(org.epoch(11 * day, ballot('ada', 1, 'yes', { stage: org.view(1).acts[0]?.entry ?? 0 })).verdicts).toEqual(['ok']);
  org.epoch(17 * day + 4 * hour);
  return { org, openMs: 17 * day + 4 * hour, entry: org.view(1).entry };
}

describe('a stage that is decided again leads', () => {
  it.each([false, true])('from a step and a joint to what they name, from a vote to what its result names (called once more: %s)', (called) => {
    const { org, openMs, entry } = balloted(called);
    const { ballot } = notesFor(org);
    expect(org.view(1).stage).toBe('ballot');
    expect(again(org, 'talk', 1, hour)).toMatchObject({ leads: ['assembly', 'refused'] });
    expect(again(org, 'talk', 1, hour)).not.toHaveProperty('result');
    const joint = again(org, 'both', 3, openMs);
    expect(joint?.leads).toEqual(['ballot', 'refused']);
    const passes = 'more than 1/2 of votes cast are yes';
    expect(joint?.lines.map(({ requirement, have, met }) => [requirement, have, met])).toEqual([
      [passes, called ? '2 of 2' : '3 of 3', true],
      // The second call is judged by its own quorum and its own ballots.
      called ? ['quorum at least 1 member voting', '1', true] : ['quorum at least 3 members voting', '3', true],
      [passes, called ? '1 of 1' : '3 of 3', true],
    ]);
    org.epoch(openMs + day, ballot('ada', 1, ['red']), ballot('ben', 1, ['red']));
    org.epoch(openMs + 7 * day);
    expect(again(org, 'ballot', entry, openMs + 7 * day)).toMatchObject({ result: 'won', leads: ['accepted'] });
  });

  it('by the calls of its own opening, where a joint was opened twice', () => {
    const { org, openMs } = balloted(true);
    const { act, ballot } = notesFor(org);
    // Nobody votes, so the case goes back to where it began, and comes to the joint again.
    org.epoch(openMs + 7 * day);
    expect(org.view(1).stage).toBe('talk');
    org.epoch(openMs + 8 * day, act('ada', 1, 'approve'));
    org.epoch(openMs + 9 * day, act('ada', 1, 'call'));
    org.epoch(openMs + 10 * day, act('ada', 1, 'attend'), act('ben', 1, 'attend'));
    org.epoch(openMs + 10 * day + 2 * hour);
    const { stage, entry, acts } = org.view(1);
    expect(stage).toBe('both');
    org.epoch(openMs + 11 * day, ...acts.flatMap((one) => ['ada', 'ben', 'chi'].map((by) => ballot(by, 1, 'yes', { stage: one.entry }))));
    org.epoch(openMs + 17 * day + 2 * hour);
    expect(org.view(1).stage).toBe('ballot');
    const quorums = (at: number, closedMs: number): unknown => again(org, 'both', at, closedMs)?.lines.map(({ requirement, have }) => [requirement, have])[1];
    expect([quorums(3, openMs), quorums(entry, openMs + 17 * day + 2 * hour)]).toEqual([
      ['quorum at least 1 member voting', '1'],
      ['quorum at least 3 members voting', '3'],
    ]);
  });

  it('wherever a tie may be broken to, and a vote without a quorum where that leads', () => {
    const { org, openMs, entry } = balloted(false);
    const { ballot } = notesFor(org);
    const decidedAgain = (...choices: readonly (readonly [by: string, choice: string])[]): unknown => {
      const own = balloted(false).org;
      own.epoch(openMs + day, ...choices.map(([by, choice]) => ballot(by, 1, [choice])));
      own.epoch(openMs + 7 * day);
      const one = again(own, 'ballot', entry, openMs + 7 * day);
      return [one?.result, one?.leads];
    };
    expect(decidedAgain(['ada', 'red'], ['ben', 'green'])).toEqual(['tied', ['accepted', 'talk', 'refused']]);
    expect(decidedAgain(['ada', 'red'])).toEqual(['inquorate', ['talk']]);
    expect(decidedAgain(['ada', 'red'], ['ben', 'green'], ['chi', 'green'])).toEqual(['won', ['accepted']]);
  });

  it('where the line of its result says, though no line names the others; from a draw to what it names', () => {
    const straw = (process: string, ...choices: readonly (readonly [by: string, choice: Json])[]): unknown => {
      const org = found(bylaws, { member: people, chair: ['zoe'] }, { content: [] });
      org.epoch(0, notesFor(org).propose('ada', process));
      if (choices.length > 0) org.epoch(day, ...choices.map(([by, choice]) => notesFor(org).ballot(by, 1, choice)));
      org.epoch(7 * day);
      const one = again(org, process === 'jury' ? 'panel' : 'ballot', 1, 7 * day);
      return [one?.result, one?.leads];
    };
    expect(straw('straw', ['ada', 'no'])).toEqual(['failed', ['refused']]);
    expect(straw('straw', ['ada', 'no'], ['ben', 'yes'])).toEqual(['tied', ['accepted', 'refused']]);
    // Without a line for ties a tie is a result like any other.
    expect(straw('poll', ['ada', ['red']], ['ben', ['green']])).toEqual(['tied', ['again']]);
    expect(straw('jury')).toEqual([undefined, ['accepted', 'refused']]);
  });

  it('where a duty ended the case too, from the stage in which it was ended and from no other (S65)', () => {
    const org = found(bylaws, { member: people, chair: ['zoe'] }, { content: [['work/a', '100644:aa']] });
    const { proposeChange } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'request', [{ path: 'work/a', old: '100644:aa', new: '100644:bb' }]));
    expect(again(org, 'review', 1, hour)?.leads).toEqual(['granted', 'refused']);
    org.epoch(10 * day);
    expect(org.view(1)).toMatchObject({ status: 'merged', outcome: 'accepted' });
    expect(again(org, 'review', 1, 10 * day)?.leads).toEqual(['granted', 'refused', 'accepted']);
    expect(again(org, 'review', 2, 10 * day)?.leads).toEqual(['granted', 'refused']);
  });

  it('is asked of stages of cases there are, and of no outcome', () => {
    const { org, openMs } = balloted(false);
    expect(again(org, 'accepted', 6, openMs)).toBeUndefined();
    expect(again(org, 'nothing', 1, openMs)).toBeUndefined();
    expect(redecide(org.state(), '0'.repeat(64), { stage: 'talk', entry: 1, closedMs: openMs })).toBeUndefined();
  });
});
