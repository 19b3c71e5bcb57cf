// Scenarios on the real engine: the clock, who acts on what, and what a failure tells.
import { describe, expect, it } from 'vitest';
import { framed, runScenarios } from '../../compiler/index.ts';
import type { ScenarioResult } from '../../compiler/index.ts';
import { compiled, parsed } from './bylaws-text.ts';

const bylaws = `role member plural members
  held by anyone
  gained through joining
  lost through resignation
end

process joining
  started by any person
  step waiting
    unless a keeper objects within 7 days go to joined
    otherwise go to refused
  end
  outcome joined
    grant member to the candidate
  end
end

process policy
  started by any member
  step review
    when 2 keepers approve go to accepted
    when any keeper objects go to ballot
    after 30 days go to refused
  end
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 3 keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end

process agreement
  started by any keeper
  joint both
    vote keepers-ballot
      voters keepers
      open for 7 days
      quorum at least 3 keepers voting
      passes when more than 1/2 of votes cast are yes
    end
    vote members-ballot
      voters members
      open for 7 days
      passes when more than 1/2 of votes cast are yes
    end
    when all pass go to accepted
    otherwise go to refused
  end
end

`;

/** Runs one scenario whose lines are given, under the bylaws above. */
function run(...lines: readonly string[]): ScenarioResult {
  const text = framed(`${bylaws}scenario "it"\n  ${lines.join('\n  ')}\nend\n`);
  const result = compiled(text);
  if (result.charter === undefined) throw new Error(result.diagnostics.map((found) => found.message).join('; '));
  const [first] = runScenarios([parsed(text)], result.charter);
  if (first === undefined) throw new Error('no scenario ran');
  return first;
}

/** What the scenario says: `passed`, or the message of its failure. */
function said(...lines: readonly string[]): string {
  const result = run(...lines);
  return result.passed ? 'passed' : (result.failure?.message ?? '');
}

describe('a scenario', () => {
  it('lets time pass, so that silence is consent at the end of the window and not before', () => {
    expect(said('on 2027-03-01 dee start joining', 'after 7 days', 'expect joined')).toBe('passed');
    expect(said('on 2027-03-01 dee start joining', 'after 6 days', 'expect joining is waiting')).toBe('passed');
    expect(said('on 2027-03-01 dee start joining', 'after 6 days', 'expect joined')).toBe(
      'Expected `joined`, and the case of `joining` is in `waiting`, due 2027-03-08T00:00Z',
    );
  });

  it('takes an act in time, and closes before acts that come at the very end', () => {
    expect(said('on 2027-03-01 dee start joining', 'on 2027-03-07 at 23:59 ada objects', 'expect joining is refused')).toBe('passed');
    expect(said('on 2027-03-01 dee start joining', 'on 2027-03-08 ada objects', 'expect joined')).toBe('passed');
  });

  it('gives the roles it grants to those who start later', () => {
    expect(said('on day 1 dee start joining', 'on day 9 dee start policy', 'on day 10 ada, ben approve', 'expect policy is accepted')).toBe('passed');
    expect(said('on day 1 dee start policy', 'expect refused')).toBe('passed');
    expect(said('on day 1 dee start policy', 'expect accepted')).toMatch(
      /^Expected `accepted`, and the case of `policy` was not even started: .*`dee` is not$/,
    );
  });

  it('counts ballots by the rules, whoever casts them', () => {
    const start = ['given members are dee', 'on day 1 dee start policy', 'on day 2 ada objects'];
    expect(said(...start, 'on day 3 ada, ben vote yes', 'on day 3 chi votes no', 'after 7 days', 'expect accepted')).toBe('passed');
    expect(said(...start, 'on day 3 ada, ben vote yes', 'after 7 days', 'expect refused')).toBe('passed');
    expect(said(...start, 'on day 3 ada, ben, mal vote yes', 'after 7 days', 'expect accepted')).toMatch(
      /^Expected `accepted`, and the case of `policy` ended as `refused` \(inquorate\); decided in `ballot` by `otherwise`; not reached: quorum at least 3 keepers? voting \(has 2, needs at least 3 keepers?\); the last refusal was of "mal votes yes": .*roster/,
    );
  });

  it('casts in every vote of a joint in which the person is on the roster', () => {
    const start = ['given members are dee, ada', 'on day 1 ada start agreement'];
    expect(said(...start, 'on day 2 ada, ben, chi vote yes', 'after 7 days', 'expect accepted')).toBe('passed');
    expect(said(...start, 'on day 2 ben, chi, dev vote yes', 'after 7 days', 'expect refused')).toBe('passed');
  });

  it('sets who holds a role on the first day, and lets people resign', () => {
    expect(
      said('given keepers are ada, ben, chi, fay, gil', 'given members are dee', 'on day 1 dee start policy', 'on day 2 dev, eve approve', 'expect review'),
    ).toBe('passed');
    expect(said('given members are dee', 'on day 1 dee resigns member', 'on day 2 dee start policy', 'expect refused')).toBe('passed');
  });

  it('tells what happened, with verdicts and reasons, in order', () => {
    const result = run('on 2027-03-01 dee start joining', 'on 2027-03-02 mal objects', 'after 7 days', 'expect joined');
    expect(result.trace.map((line) => `${line.at} ${line.verdict}: ${line.text}${line.code === undefined ? '' : ` ${line.code}`}`)).toEqual([
      '2027-03-01T00:00Z ok: dee starts joining',
      '2027-03-01T00:00Z opened: joining: waiting',
      '2027-03-02T00:00Z refused: mal: object GDO1040',
      '2027-03-08T00:00Z decided: joining: joined',
    ]);
  });

  it('refuses lines that go back in time and lines without a case', () => {
    expect(said('on 2027-03-05 dee start joining', 'on 2027-03-01 ada objects')).toBe('This line goes back in time: it is 2027-03-05T00:00Z already');
    expect(said('on 2027-03-05 ada objects')).toBe('There is no case this line could be about: start one before');
    expect(said('expect joined')).toBe('No case was started before this line');
  });

  it('gives the same result twice', () => {
    const lines = ['on 2027-03-01 dee start joining', 'on 2027-03-02 ada objects', 'after 7 days', 'expect joining is refused'];
    expect(run(...lines)).toEqual(run(...lines));
  });
});
