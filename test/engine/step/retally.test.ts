// What other bylaws would have said of a stage that is over: the same rosters, ballots and acts by another text, or why that cannot be asked (check.md section 4).
import { describe, expect, it } from 'vitest';
import type { Retallied } from '../../../engine/index.ts';
import { retally, stateRoot } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const bylaws = (stages: string, name = 'motion', roles = ''): string => `gdo 1
organization "Retally"
end
role member plural members
  held by 1 to 9 people
end
role keeper plural keepers
  held by 0 to 9 people
end
${roles}process ${name}
  started by any member
${stages}end
`;
const talk = (who = 'any member'): string => `  step talk
    when ${who} approves go to ballot
    after 30 days go to refused
  end
`;
const ballot = (passes: string, voters = 'members'): string => `  vote ballot
    voters ${voters}
    open for 7 days
    passes when ${passes}
    tie fails
    when passed go to done
    otherwise go to refused
  end
  outcome done
    grant keeper to the candidate
  end
`;
const written = bylaws(talk() + ballot('more than 1/2 of votes cast are yes'));

/** A motion that passed by two to one of five members. */
function decided(): Organization {
  const org = found(written, { member: ['ada', 'ben', 'chi', 'dev', 'eve'] });
  const { propose, act, ballot: cast } = notesFor(org);
  org.epoch(0, propose('ada', 'motion', { candidate: 'dev' }));
  org.epoch(hour, act('ada', 1, 'approve'));
  org.epoch(day, cast('ada', 1, 'yes'), cast('ben', 1, 'yes'), cast('chi', 1, 'no'));
  org.epoch(8 * day);
  expect(org.view(1)).toMatchObject({ status: 'accepted', outcome: 'done' });
  return org;
}

const vote = { stage: 'ballot', entry: 2, closedMs: 7 * day + hour };

function by(org: Organization, text: string, at: Parameters<typeof retally>[2] = vote): Retallied {
  return retally(org.state(), org.view(1).id, at, compile(text).charter);
}

describe('a stage that is over is decided by other bylaws', () => {
  it.each([
    ['more than 1/2 of votes cast are yes', 'passed', ['done']],
    ['at least 2/3 of votes cast are yes', 'passed', ['done']],
    ['at least 3/4 of votes cast are yes', 'failed', ['refused']],
    ['more than 1/2 of all members are yes', 'failed', ['refused']],
    ['at least 2 members say yes', 'passed', ['done']],
  ])('from the same ballots: %s', (passes, result, leads) => {
    const org = decided();
    const before = stateRoot(org.state());
    expect(by(org, bylaws(talk() + ballot(passes)))).toMatchObject({ kind: 'decided', redecided: { result, leads } });
    expect(stateRoot(org.state()), 'nothing is changed').toBe(before);
  });

  it('from the same acts, with what they lack', () => {
    const step = { stage: 'talk', entry: 1, closedMs: hour };
    const other = by(
      decided(),
      bylaws(talk('3 members') + ballot('more than 1/2 of votes cast are yes')).replace('3 members approves', '3 members approve'),
      step,
    );
    expect(other).toMatchObject({ kind: 'decided', redecided: { leads: ['ballot', 'refused'], lines: [{ met: false }] } });
    expect(by(decided(), written, step)).toMatchObject({ kind: 'decided', redecided: { lines: [{ met: true }] } });
  });

  it.each<readonly [string, string, Parameters<typeof retally>[2], string]>([
    ['the process is gone', bylaws(talk() + ballot('more than 1/2 of votes cast are yes'), 'request'), vote, 'there is no process `motion` any more'],
    ['the stage is gone', bylaws(talk('any member').replace('go to ballot', 'go to accepted')), vote, 'there is no stage `ballot` any more'],
    [
      'the stage is an outcome now',
      bylaws(`${talk()}  outcome ballot\n    grant keeper to the candidate\n  end\n`),
      vote,
      'there is no stage `ballot` any more',
    ],
    [
      'others vote',
      bylaws(talk() + ballot('more than 1/2 of votes cast are yes', 'trustees'), 'motion', 'role trustee plural trustees\n  held by 1 to 9 people\nend\n'),
      vote,
      'nobody recorded who held `trustee`',
    ],
  ])('or not, where %s', (_, text, at, reason) => {
    expect(by(decided(), text, at)).toEqual({ kind: 'undecided', reason });
  });

  it('or not, where there is no such case', () => {
    const org = decided();
    expect(retally(org.state(), 'ffff', vote, compile(written).charter)).toEqual({ kind: 'undecided', reason: 'there is no such case' });
  });
});
