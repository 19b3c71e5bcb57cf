// Weights and measures: reports, deeds, bounds, what is frozen when a vote opens, and what is counted in people and what in weight.
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const around = (measure: string, vote: string, more = ''): string => `gdo 1
organization "Weights"
end
role holder plural holders
  held by anyone
  gained through joining
end
role clerk plural clerks
  held by 1 to 3 people
  gained through joining
end
action sweep by any holder
collaborator token kept by any clerk
  reports "votes"
end
measure votes
${measure}
end
process joining
  started by any person
  outcome joined
    grant holder to the candidate
  end
end
process motion
  started by any holder${more}
  step wait
    when any holder sweeps go to ballot
    after 2 days go to ballot
  end
  vote ballot
    voters holders weighted by votes
    open for 3 days
${vote}
    when passed go to accepted
    when tied go to tied
    when inquorate go to no-quorum
    otherwise go to refused
  end
  outcome tied refuses
  outcome no-quorum refuses
end
`;

const reported = '  counts votes by each holder reported by token';

const report = (by: string, subject: string, amount: number, body: JsonObject = {}): Note => ({
  by,
  kind: 'fact',
  body: { type: 'report', subject, data: { collaborator: 'token', report: 'votes', value: String(amount), ...body } },
});

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

function organized(text: string): Organization {
  return found(text, { holder: people, clerk: ['tia'] });
}

/** Plays one motion with these votes reported before, and says how it ended. */
function ended(text: string, votes: Readonly<Record<string, number>>, ballots: Readonly<Record<string, string>>): string | undefined {
  const org = organized(text);
  const { propose, ballot } = notesFor(org);
  org.epoch(0, ...Object.entries(votes).map(([member, amount]) => report('tia', member, amount)));
  org.epoch(hour, propose('ana', 'motion'));
  org.epoch(3 * day);
  expect(org.epoch(3 * day + 1, ...Object.entries(ballots).map(([member, choice]) => ballot(member, 1, choice))).verdicts).toEqual(
    Object.keys(ballots).map(() => 'ok'),
  );
  org.epoch(7 * day);
  return org.view(1).outcome;
}

describe('a weighted vote', () => {
  const simple = '    passes when more than 1/2 of weight cast are yes';

  it.each([
    ['weighs what was reported', simple, { ana: 10, bo: 4, cy: 5 }, { ana: 'yes', bo: 'no', cy: 'no' }, 'accepted'],
    [
      'counts people where the base is votes cast (S29)',
      '    passes when more than 1/2 of votes cast are yes',
      { ana: 10, bo: 4, cy: 5 },
      { ana: 'yes', bo: 'no', cy: 'no' },
      'refused',
    ],
    ['weighs what nobody reported as nothing (S112)', simple, { ana: 1 }, { ana: 'yes', bo: 'no', cy: 'no' }, 'accepted'],
    ['has no share of no weight (S33)', simple, {}, { ana: 'yes' }, 'refused'],
    ['leaves abstentions out of the weight cast', simple, { ana: 2, bo: 100 }, { ana: 'yes', bo: 'abstain' }, 'accepted'],
    [
      'adds weights above 2^53 exactly',
      simple,
      { ana: 9007199254740991, bo: 9007199254740991, cy: 9007199254740991, dee: 9007199254740990 },
      { ana: 'yes', bo: 'yes', cy: 'no', dee: 'no' },
      'accepted',
    ],
    ['takes a quorum in weight (S30)', `    quorum at least 20 weight voting\n${simple}`, { ana: 19, bo: 0 }, { ana: 'yes', bo: 'yes' }, 'no-quorum'],
    ['meets a quorum in weight (S30)', `    quorum at least 20 weight voting\n${simple}`, { ana: 20 }, { ana: 'yes' }, 'accepted'],
    ['takes shares of the whole weight', `    quorum at least 1/2 of weight voting\n${simple}`, { ana: 10, bo: 5, cy: 6 }, { ana: 'yes' }, 'no-quorum'],
    [
      'counts only some choices for a quorum (S126)',
      `    quorum at least 10 weight saying yes\n${simple}`,
      { ana: 9, bo: 9 },
      { ana: 'yes', bo: 'abstain' },
      'no-quorum',
    ],
    [
      'has turnout in weight (S126)',
      '    passes when turnout at least 1/2 of weight and more than 1/2 of weight cast are yes',
      { ana: 4, bo: 5 },
      { ana: 'yes' },
      'refused',
    ],
    [
      'has turnout in people (S126)',
      '    passes when turnout at least 1/2 of holders and more than 1/2 of weight cast are yes',
      { ana: 9, bo: 5 },
      { ana: 'yes', bo: 'no' },
      'accepted',
    ],
    [
      'has leads in weight (S126)',
      '    passes when the lead of yes over no is at least 3',
      { ana: 8, bo: 3, cy: 2 },
      { ana: 'yes', bo: 'no', cy: 'no' },
      'accepted',
    ],
    ['has shares of all weight', '    passes when more than 1/2 of all weight are yes', { ana: 5, bo: 3, cy: 2 }, { ana: 'yes' }, 'refused'],
    [
      'ties by weight (S124)',
      '    passes when more than 1/2 of weight cast are yes\n    tie fails',
      { ana: 5, bo: 3, cy: 2 },
      { ana: 'yes', bo: 'no', cy: 'no' },
      'refused',
    ],
  ])('%s', (_, vote, votes, ballots, outcome) => {
    expect(ended(around(reported, vote), votes, ballots)).toBe(outcome);
  });

  it('keeps the weights of its opening (S7, GDO315)', () => {
    const org = organized(around(reported, simple));
    const { propose, ballot } = notesFor(org);
    org.epoch(0, report('tia', 'ana', 3), report('tia', 'bo', 2), propose('ana', 'motion'));
    org.epoch(2 * day);
    org.epoch(2 * day + 1, report('tia', 'bo', 100), ballot('ana', 1, 'yes'), ballot('bo', 1, 'no'));
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('weighs as of the start where it says so (S7)', () => {
    const text = around(reported, simple).replace('weighted by votes', 'weighted by votes as of the start');
    const org = organized(text);
    const { propose, ballot } = notesFor(org);
    org.epoch(0, report('tia', 'ana', 3), report('tia', 'bo', 2));
    org.epoch(1, propose('ana', 'motion'));
    org.epoch(hour, report('tia', 'bo', 100));
    org.epoch(3 * day);
    org.epoch(3 * day + 1, ballot('ana', 1, 'yes'), ballot('bo', 1, 'no'));
    org.epoch(6 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });
});

describe('a report', () => {
  it('is made by who keeps the collaborator, and names one of its reports', () => {
    const org = organized(around(reported, '    passes when more than 1/2 of weight cast are yes'));
    const verdicts = org.epoch(
      0,
      report('ana', 'bo', 5),
      report('tia', 'bo', 5, { report: 'tokens' }),
      report('tia', 'bo', 5, { collaborator: 'constructor' }),
      report('tia', 'nobody', 5),
      report('tia', 'bo', 5),
    ).verdicts;
    expect(verdicts).toEqual(['GDO1040', 'GDO1052', 'GDO1052', 'GDO1052', 'ok']);
  });
});

describe('a measure', () => {
  const simple = '    passes when more than 1/2 of weight cast are yes';

  it('stays inside its bounds (S112)', () => {
    const bounded = `${reported}\n  at least 1\n  at most 5`;
    expect(ended(around(bounded, simple), { ana: 100, bo: 3 }, { ana: 'yes', bo: 'no', cy: 'no' })).toBe('accepted');
    expect(ended(around(bounded, simple), { ana: 100, bo: 3 }, { ana: 'yes', bo: 'no', cy: 'no', dee: 'no' })).toBe('refused');
  });

  it('is a fact about who may start (S112)', () => {
    const org = organized(around(reported, simple, ' who has more than 25000 votes'));
    const { propose } = notesFor(org);
    org.epoch(0, report('tia', 'ana', 25000), report('tia', 'bo', 25001));
    expect(org.epoch(1, propose('ana', 'motion'), propose('bo', 'motion'), propose('cy', 'motion')).verdicts).toEqual(['GDO1040', 'ok', 'GDO1040']);
  });

  it.each([
    ['ballots', ['GDO1040', 'ok', 'GDO1040', 'GDO1040']],
    ['accepted-cases', ['ok', 'GDO1040', 'GDO1040', 'GDO1040']],
    ['sweep', ['GDO1040', 'GDO1040', 'ok', 'GDO1040']],
  ])('counts %s as the ledger records them (S112)', (counts, verdicts) => {
    const counted = `  counts ${counts} by each holder over the last 30 days`;
    const text = `${around(counted, '    passes when more than 1/2 of votes cast are yes')}process second
  started by any holder who has at least 1 votes
  outcome done
    refuse the merge
  end
end
`;
    const org = organized(text);
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, act('cy', 1, 'sweep'));
    org.epoch(2 * hour, ballot('bo', 1, 'no'));
    org.epoch(3 * hour, ballot('bo', 1, 'yes'));
    org.epoch(4 * day);
    expect(org.view(1).outcome).toBe('accepted');
    const who = (atMs: number): readonly string[] => people.map((member) => org.epoch(atMs, propose(member, 'second')).verdicts[0] ?? '');
    expect(who(5 * day)).toEqual(verdicts);
    // The window is half-open: thirty days later nothing of it counts.
    expect(who(34 * day)).toEqual(['GDO1040', 'GDO1040', 'GDO1040', 'GDO1040']);
  });
});
