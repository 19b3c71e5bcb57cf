// What the end of an epoch does in which order and by which instant: steps whose people are struck, second calls, votes that nobody could have missed, cases of one epoch, newcomers (S17, S48, S55, S101, S113, S121).
import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { deviceOf, holdersOf, publicKeyText } from '../../../engine/index.ts';
import { seedSigner } from '../../../node/ledger/keys.ts';
import { day, found, hour, notesFor, type Note } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy'];

const text = (processes: string, { seats = 3, gained = 'naming', lost = 'resignation' } = {}): string => `gdo 1
organization "Closings"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to ${seats} people
  gained through ${gained}
  lost through ${lost}
end
${processes}`;

const naming = `process naming
  started by any member
  vote ballot
    voters members
    open for 9 days
    closes early when decided
    passes when all members say yes
    when passed go to named
    otherwise go to refused
  end
  outcome named
    grant chair to the candidate
  end
end
`;

/** Strikes its subject from an election. */
const ban = `process ban
  started by any member
  step talk
    after 1 day go to banned
  end
  outcome banned
    strike the subject from election
  end
end
`;

const election = (after: string): string => `process election
  started by any member
  step talk
    lasts at least 5 days
    when 2 candidate approve go to seated
${after}  end
  outcome seated
    grant chair to the candidate
  end
end
${ban}`;

describe('a step in which candidates act (S17, S121)', () => {
  it.each([
    ['    after 9 days go to refused\n', 9 * day],
    ['', undefined],
  ])('goes where two of them lead only while there are two: %j', (after, dueMs) => {
    for (const isStruck of [false, true]) {
      const org = found(text(election(after), { gained: 'election' }), { member: people });
      const { propose, act } = notesFor(org);
      org.epoch(0, propose('cy', 'election', { candidate: ['ana', 'bo'] }));
      expect(org.epoch(day, act('ana', 1, 'approve'), act('bo', 1, 'approve')).verdicts).toEqual(['ok', 'ok']);
      expect(org.view(1).dueMs).toBe(5 * day);
      if (isStruck) org.epoch(2 * day, propose('cy', 'ban', { subject: 'bo' }));
      org.epoch(3 * day);
      org.epoch(5 * day);
      expect([org.view(1).status, org.view(1).dueMs]).toEqual(isStruck ? ['open', dueMs] : ['accepted', undefined]);
      org.epoch(9 * day);
      expect(org.view(1).status).toBe(!isStruck ? 'accepted' : dueMs === undefined ? 'open' : 'refused');
    }
  });
});

describe('a step that waits for all its candidates (S17, S121)', () => {
  it('is left once the only one who had not approved is struck', () => {
    const all = election('    after 9 days go to refused\n')
      .replace('when 2 candidate approve', 'when all candidate approve')
      .replace('    lasts at least 5 days\n', '');
    const org = found(text(all, { gained: 'election' }), { member: people });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('cy', 'election', { candidate: ['ana', 'bo'] }), propose('cy', 'election', { candidate: ['ana', 'bo'] }));
    org.epoch(hour, act('ana', 1, 'approve'), propose('cy', 'ban', { subject: 'bo' }));
    org.epoch(day + hour);
    org.epoch(org.due() ?? 0);
    expect([1, 2].map((number) => [org.view(number).status, org.view(number).dueMs])).toEqual([
      ['accepted', undefined],
      ['open', 9 * day],
    ]);
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['ana']);
  });
});

describe('a second call (S101)', () => {
  it('comes its time after the close, whenever the checkpoint is', () => {
    const lines = '    quorum at least 2 members voting\n    second call after 2 days without quorum\n';
    const motion = `process motion\n  started by any member\n  vote ballot\n    voters members\n    open for 5 days\n${lines}    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
    const org = found(text(naming + motion), { member: people });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    org.epoch(5 * day + 7 * hour);
    expect(org.due()).toBe(7 * day);
  });
});

describe('a result that no line of the bylaws names (GDO203)', () => {
  it('leaves the case where it is, and people are told', () => {
    const lost =
      'process motion\n  started by any member\n  vote ballot\n    voters members\n    open for 1 day\n    passes when all members say yes\n    when passed go to accepted\n  end\nend\n';
    const org = found(text(naming + lost), { member: people });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    expect(org.epoch(day).notices).toMatchObject([{ number: 1, kind: 'waiting', reason: '`failed` leads nowhere' }]);
    expect([org.view(1).status, org.due()]).toEqual(['open', undefined]);
  });
});

describe('a vote that nobody could take part in', () => {
  const election = `process election
  started by any member
  vote ballot
    voters chairs
    choices the candidates
    counted by plurality with equal ranks refused
    elects 1 chair
    open for 5 days
    tie fails
    when elected go to seated
    when uncontested go to seated
    otherwise go to refused
  end
  outcome seated
    grant chair to the winners
  end
end
${ban}`;

  it('is missed by nobody: one with as many candidates as seats, or with none left (S113, S121, S132)', () => {
    const bylaws = text(election, { gained: 'election', lost: 'resignation or 1 missed votes in a row' });
    const chairs = (candidates: readonly string[], ...struck: readonly string[]): readonly [string | undefined, readonly string[]] => {
      const org = found(bylaws, { member: people, chair: ['bo', 'cy'] }, { people: [...people, 'dee', 'eve'] });
      const { propose } = notesFor(org);
      expect(org.epoch(0, propose('ana', 'election', { candidate: [...candidates] })).verdicts).toEqual(['ok']);
      org.epoch(day, ...struck.map((subject) => propose('ana', 'ban', { subject })));
      org.epoch(2 * day);
      org.epoch(5 * day);
      org.epoch(6 * day);
      return [org.view(1).result, holdersOf(org.state(), org.charter, 'chair')];
    };
    expect(chairs(['dee'])).toEqual(['uncontested', ['bo', 'cy', 'dee']]);
    expect(chairs(['dee', 'eve'], 'dee', 'eve')).toEqual(['empty', ['bo', 'cy']]);
    expect(chairs(['dee', 'eve'])).toEqual(['failed', []]);
  });
});

describe('a joint of which one vote has ended (S48)', () => {
  it('is decided by another vote of it, though what was received before that end is not all there yet', () => {
    const vote = (name: string, more: string): string =>
      `  vote ${name}\n    voters members\n${more}    passes when more than 1/2 of all members are yes\n  end\n`;
    const votes = vote('one', '    open for 2 days\n') + vote('two', '    open for 9 days\n    closes early when decided\n');
    const motion = `process motion\n  started by any member\n  joint both\n${votes}    when all pass go to accepted\n    otherwise go to refused\n  end\nend\n`;
    const org = found(text(naming + motion), { member: people }, { settle: (timeMs) => ({ settledMs: Math.min(timeMs, day), renewsWitnesses: false }) });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, ballot('ana', 1, 'yes', { stage: 2 }));
    org.epoch(3 * day);
    expect(org.view(1).status).toBe('open');
    const noes = people.map((by): Note => ({ ...ballot(by, 1, 'no', { stage: 3 }), atMs: 2 * day - hour }));
    expect(org.epoch(3 * day + hour, ...noes).verdicts).toEqual(['ok', 'ok', 'ok']);
    expect(org.view(1).status).toBe('refused');
  });
});

describe('cases that are decided in one epoch (S55)', () => {
  it('have their effects in the order in which they were proposed, whichever was voted on first', () => {
    const org = found(text(naming, { seats: 1 }), { member: people });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'naming', { candidate: 'bo' }), propose('ana', 'naming', { candidate: 'cy' }));
    const all = (number: number): readonly Note[] => people.map((by) => ballot(by, number, 'yes'));
    expect(org.epoch(hour, ...all(2), ...all(1)).verdicts).toEqual(Array.from({ length: 6 }, () => 'ok'));
    expect([org.view(1).status, org.view(2).status, holdersOf(org.state(), org.charter, 'chair')]).toEqual(['accepted', 'accepted', ['bo']]);
  });
});

describe('who is new to a ledger', () => {
  const motion =
    'process naming\n  started by any person who joined at least 2 days ago\n  step talk\n    after 1 day go to named\n  end\n  outcome named\n    grant chair to the candidate\n  end\nend\n';
  const keyOf = (name: string): Uint8Array => seedSigner(createHash('sha256').update(name).digest()).publicKey;
  const enrol = (by: string, member: string, name: string): Note => ({
    by,
    kind: 'key.enrol',
    body: { key: publicKeyText(keyOf(name)), member, possession: '' },
  });

  it('joined with their first key, and no other key makes anybody new', () => {
    const org = found(text(motion), { member: people });
    const { propose } = notesFor(org);
    const may = (atMs: number, by: string): readonly string[] => org.epoch(atMs, propose(by, 'naming', { candidate: 'cy' })).verdicts;
    expect(may(day, 'ana')).toEqual(['GDO1040']);
    expect(org.epoch(3 * day, enrol('ana', 'ana', 'a second key')).verdicts).toEqual(['ok']);
    expect(may(3 * day + hour, 'ana')).toEqual(['ok']);
    const byNia = (atMs: number): readonly string[] =>
      org.epoch(atMs, { ...propose('nia', 'naming', { candidate: 'cy' }), device: deviceOf(keyOf('of nia')) }).verdicts;
    expect(org.epoch(4 * day, enrol('ana', 'nia', 'of nia')).verdicts).toEqual(['ok']);
    expect([byNia(5 * day), byNia(6 * day)]).toEqual([['GDO1040'], ['ok']]);
  });
});
