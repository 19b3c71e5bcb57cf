// What is fixed as a stage opens: who votes by which roster, what earlier acts bring about at once, and votes that are decided before anybody votes (S3, S7, S9, S101, S117, S120, S127).
import { describe, expect, it } from 'vitest';
import { holdersOf, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy'];

const text = (processes: string): string => `gdo 1
organization "Openings"
end
role member plural members
  held by 1 to 9 people
  gained through joining
  lost through resignation
end
role chair plural chairs
  held by 0 to 3 people
  gained through joining
  lost through resignation
end
process joining
  started by any person
  step wait
    after 1 hour go to joined
  end
  outcome joined
    grant the proposed role to the candidate
  end
end
${processes}`;

const opened = (processes: string, body: Note['body'] = {}): Organization => {
  const org = found(text(processes), { member: people, chair: ['cy'] }, { people: [...people, 'dee'] });
  expect(org.epoch(0, notesFor(org).propose('ana', 'motion', body)).verdicts).toEqual(['ok']);
  return org;
};

const vote = (name: string, voters: string, more = '', results = ''): string => `  vote ${name}
    voters ${voters}
    open for 5 days
${more}    passes when more than 1/2 of votes cast are yes
${results}  end
`;
const alone = (name: string, voters: string, then: string): string => vote(name, voters, '', `    when passed go to ${then}\n    otherwise go to refused\n`);

describe('votes `as of the start` (S7)', () => {
  it('have each the people that it names, as they were when the case began', () => {
    const waiting = '  step talk\n    after 2 days go to first\n  end\n';
    const org = opened(
      `process motion\n  started by any member\n${waiting}${alone('first', 'members as of the start', 'second')}${alone('second', 'chairs as of the start', 'third')}${alone('third', 'members', 'accepted')}end\n`,
    );
    const { propose, ballot } = notesFor(org);
    // Dee becomes a member, and bo a chair, before any of the votes opens.
    org.epoch(hour, propose('ana', 'joining', { candidate: 'dee', role: 'member' }), propose('ana', 'joining', { candidate: 'bo', role: 'chair' }));
    org.epoch(3 * hour);
    org.epoch(2 * day);
    const may = (atMs: number): readonly string[] => org.epoch(atMs, ...['ana', 'bo', 'cy', 'dee'].map((by) => ballot(by, 1, 'yes'))).verdicts;
    expect(may(3 * day)).toEqual(['ok', 'ok', 'ok', 'GDO1057']);
    org.epoch(7 * day);
    expect(may(8 * day)).toEqual(['GDO1057', 'GDO1057', 'ok', 'GDO1057']);
    org.epoch(12 * day);
    expect(may(13 * day)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });
});

describe('a step that opens', () => {
  it('holds at once what acts since the start say is held (S117, S120)', () => {
    const doubt = `process doubt
  started by any member
  step first
    when 3 members endorse go to refused
    after 1 day go to second
  end
  step second
    hold motion when 1 member endorses since the start
    after 9 days go to refused
  end
end
`;
    const motion =
      'process motion\n  started by any member\n  step talk\n    when 1 chair approves go to accepted\n    after 20 days go to refused\n  end\nend\n';
    for (const isEndorsed of [true, false]) {
      const org = opened(`${motion}${doubt}`);
      const { propose, act } = notesFor(org);
      org.epoch(hour, propose('bo', 'doubt'));
      if (isEndorsed) expect(org.epoch(2 * hour, act('bo', 2, 'endorse')).verdicts).toEqual(['ok']);
      org.epoch(hour + day);
      org.epoch(2 * day, act('cy', 1, 'approve'));
      expect(org.view(1).status).toBe(isEndorsed ? 'open' : 'accepted');
    }
  });
});

describe('a second call of a vote of a joint (S101)', () => {
  const early = '    closes early when decided\n    quorum at least 4 members voting\n    second call after 1 day without quorum\n';
  const motion = `process motion
  started by any member
  joint both
${vote('one', 'members', early)}${vote('two', 'chairs', '    hold for 3 days\n')}    when all pass go to accepted
    otherwise go to refused
  end
end
`;

  it('is judged by its own quorum from its opening on, and people are told that it is open', () => {
    const org = opened(motion);
    const { ballot } = notesFor(org);
    const votes = (): readonly (readonly [string, number, string | undefined])[] =>
      readCase(org.state(), org.view(1).id)?.votes.map(({ name, entry, result, waits }) => [name, entry, result ?? waits]) ?? [];
    // Three members can never be four: the first call is decided as it opens, and the vote is called again a day later.
    org.epoch(1);
    expect(votes()).toEqual([
      ['one', 2, 'call'],
      ['two', 3, undefined],
    ]);
    expect(org.epoch(hour, ballot('cy', 1, 'yes', { stage: 3 })).verdicts).toEqual(['ok']);
    const { notices } = org.epoch(day + 1);
    expect(notices.map(({ kind, reason }) => [kind, reason])).toContainEqual(['opened-stage', '`one` is open once more']);
    expect(votes()).toEqual([
      ['one', 4, undefined],
      ['two', 3, undefined],
    ]);
    expect(org.due()).toBe(hour + 3 * day);
    expect(org.epoch(2 * day, ...people.map((by) => ballot(by, 1, 'yes', { stage: 4 }))).verdicts).toEqual(['ok', 'ok', 'ok']);
    expect(votes()).toEqual([
      ['one', 4, 'passed'],
      ['two', 3, undefined],
    ]);
    // The other vote has held for its three days.
    org.epoch(hour + 3 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('is over as it opens where nobody could change it', () => {
    const org = opened(motion.replace('without quorum', 'quorum at least 5 members voting'));
    org.epoch(1);
    org.epoch(day + 1);
    expect([org.view(1).status, org.due()]).toEqual(['open', day + 1]);
    org.epoch(day + 1);
    expect(org.view(1).status).toBe('refused');
  });
});

describe('a draw that opens (S47)', () => {
  const draw = (picks: string): string =>
    `process motion\n  started by any member\n  draw panel\n${picks}    when drawn go to accepted\n    otherwise go to refused\n  end\nend\n`;
  const outcome = (picks: string, chairSince: number): string | undefined => {
    const org = found(text(draw(picks)), { member: people }, { people });
    const { propose } = notesFor(org);
    org.epoch(10 * day - hour, propose('ana', 'joining', { candidate: 'bo', role: 'chair' }));
    org.epoch(10 * day);
    org.epoch(10 * day + chairSince, propose('ana', 'motion'));
    org.epoch(10 * day + chairSince + 1);
    return org.view(2).outcome;
  };

  it('has those in its pool who joined the role that it picks from long enough ago, and not the ledger', () => {
    expect(outcome('    picks 1 chairs who joined at least 5 days ago\n', 4 * day)).toBe('refused');
    expect(outcome('    picks 1 chairs who joined at least 5 days ago\n', 5 * day)).toBe('accepted');
    expect(outcome('    picks 2 members except the author\n', day)).toBe('accepted');
    expect(outcome('    picks 3 members except the author\n', day)).toBe('refused');
  });

  it('picks nobody where nothing says whom', () => {
    expect(outcome('', day)).toBe('accepted');
  });
});

describe('a joint that votes on who was elected (S48)', () => {
  it('seats them where all its votes pass', () => {
    const results = '    when elected go to confirmation\n    when uncontested go to confirmation\n    otherwise go to refused\n';
    const ballot = `  vote ballot\n    voters members\n    choices the candidates\n    counted by plurality with equal ranks refused\n    elects 1 chair\n    open for 5 days\n    tie fails\n${results}  end\n`;
    const joint = `  joint confirmation\n${vote('one', 'members')}${vote('two', 'chairs')}    when all pass go to seated\n    otherwise go to refused\n  end\n`;
    const org = opened(`process motion\n  started by any member\n${ballot}${joint}  outcome seated\n    grant chair to the winners\n  end\nend\n`, {
      candidate: 'bo',
    });
    const cast = notesFor(org).ballot;
    org.epoch(1);
    expect(org.view(1)).toMatchObject({ status: 'open', stage: 'confirmation' });
    expect(org.epoch(day, ...people.map((by) => cast(by, 1, 'yes', { stage: 3 })), cast('cy', 1, 'yes', { stage: 4 })).verdicts).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
    ]);
    org.epoch(6 * day);
    expect([org.view(1).outcome, holdersOf(org.state(), org.charter, 'chair')]).toEqual(['seated', ['bo', 'cy']]);
  });
});
