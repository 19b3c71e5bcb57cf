// Votes at their last instants: what is just in time for an extension and what is not, what breaks a hold, when a sealed result stands (S40, S105, S128, S129).
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/index.ts';
import { caseView, commitmentOf, engine1, foldEpoch, readCase } from '../../../engine/index.ts';
import { day, deviceOfPerson, found, hour, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const organized = (stage: string): string =>
  `gdo 1\norganization "Ends"\nend\nrole member plural members\n  held by 1 to 99 people\nend\nprocess motion\n  started by any member\n${stage}end\n`;

function opened(lines: string): Organization {
  const vote = `  vote ballot\n    voters members\n${lines}    when passed go to accepted\n    otherwise go to refused\n  end\n`;
  const org = found(organized(vote), { member: people });
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

function cast(org: Organization, atMs: number, choice: Json, ...by: readonly string[]): void {
  const { verdicts } = org.epoch(atMs, ...by.map((member) => notesFor(org).ballot(member, 1, choice)));
  expect(verdicts).toEqual(by.map(() => 'ok'));
}

/** Until when the vote goes on once its close has come, or how the case ended. */
function after(org: Organization, atMs: number): string | number | undefined {
  org.epoch(atMs);
  const { outcome, dueMs } = org.view(1);
  return outcome ?? dueMs;
}

const majority = '    open for 10 days\n    ballots may change\n    passes when more than 1/2 of votes cast are yes\n';

describe('an extension for what changed in the last time before the close (S40, S128)', () => {
  const swung = `${majority}    extends by 2 days when swung in the last 1 day\n`;

  it.each([
    ['a millisecond before that time does not count', 9 * day - 1, 'refused'],
    ['at its first instant does', 9 * day, 12 * day],
    ['in the last millisecond does', 10 * day - 1, 12 * day],
  ])('%s', (_, atMs, end) => {
    const org = opened(swung);
    cast(org, day, 'yes', 'ana');
    cast(org, atMs, 'no', 'bo');
    expect(after(org, 10 * day)).toBe(end);
  });

  it('is given as often as the result changes, where the line says no number', () => {
    const org = opened(swung);
    cast(org, day, 'yes', 'ana');
    cast(org, 10 * day - 1, 'no', 'bo');
    expect(after(org, 10 * day)).toBe(12 * day);
    cast(org, 12 * day - 1, 'yes', 'cy');
    expect(after(org, 12 * day)).toBe(14 * day);
    cast(org, 14 * day - 1, 'no', 'dee');
    expect(after(org, 14 * day)).toBe(16 * day);
    expect(after(org, 16 * day)).toBe('refused');
  });

  it('begins with the first result that passes: votes against alone have changed nothing', () => {
    const against = opened(swung);
    cast(against, 10 * day - 1, 'no', 'ana');
    expect(after(against, 10 * day)).toBe('refused');
    const passing = opened(swung);
    cast(passing, 10 * day - 1, 'yes', 'ana');
    expect(after(passing, 10 * day)).toBe(12 * day);
  });

  it('is none from one failure to another, and is one from failure back to failure through a result that passed', () => {
    const quorum = `${swung}    quorum at least 2 members voting\n`;
    const failing = opened(quorum);
    cast(failing, day, 'no', 'ana');
    cast(failing, 10 * day - 1, 'no', 'bo');
    expect(after(failing, 10 * day)).toBe('refused');
    const passed = opened(quorum);
    cast(passed, day, 'yes', 'ana', 'bo');
    cast(passed, 10 * day - 2, 'no', 'ana');
    expect(after(passed, 10 * day)).toBe(12 * day);
  });

  it('takes the first line that moves the close, and passes over those that do not', () => {
    const org = opened(`${majority}    extends by 1 day when failed at most 1 times\n    extends by 4 days when swung in the last 1 day at most 1 times\n`);
    cast(org, day, 'yes', 'ana');
    cast(org, 10 * day - 1, 'no', 'bo');
    expect(after(org, 10 * day)).toBe(11 * day);
    cast(org, 11 * day - 1, 'yes', 'cy');
    expect(after(org, 11 * day)).toBe(15 * day);
    cast(org, 15 * day - 1, 'no', 'dee');
    expect(after(org, 15 * day)).toBe('refused');
  });
});

describe('a ballot that comes in the time of grace (S105)', () => {
  it.each([
    ['at the close itself', 0],
    ['after it', hour],
  ])('changes the result and not the close, %s', (_, lateMs) => {
    const org = opened(`${majority}    grace 2 days with 2 receipts\n    extends by 5 days when swung in the last 1 day\n`);
    cast(org, day, 'yes', 'ana');
    const [id, none] = ['e'.repeat(64), '0'.repeat(64)];
    const device = deviceOfPerson('bo');
    const event = { id, org: none, actor: 'bo', device, seq: 1, kind: 'ballot', case: org.view(1).id, body: { stage: 1, choice: 'no' }, tsMs: 0 } as const;
    const { state, verdicts } = foldEpoch({
      state: org.state(),
      batches: [{ id, device, actor: 'bo', seq: 1, count: 1, prev: none, deps: [], base: none, events: [event], changes: [], charters: [] }],
      receivedMs: () => 10 * day + lateMs,
      receipts: () => [
        ['w1', 9 * day],
        ['w2', 9 * day],
      ],
      timeMs: 12 * day,
      height: 9,
      previousCheckpoint: none,
      rules: engine1,
    });
    expect(verdicts.map(({ verdict }) => verdict.kind)).toEqual(['ok']);
    expect(caseView(state, 1)?.outcome).toBe('refused');
  });
});

describe('an extension for a quorum that came late (S128)', () => {
  const quorate = (by: string): string => `${majority}    quorum at least 2 members voting\n    extends by ${by} when quorate in the last 2 days\n`;

  it.each([
    ['before that time gives none', 8 * day - 1, 'accepted'],
    ['at its first instant gives the time from then on', 8 * day, 11 * day],
    ['in the last millisecond too', 10 * day - 1, 13 * day - 1],
  ])('%s', (_, atMs, end) => {
    const org = opened(quorate('3 days'));
    cast(org, day, 'yes', 'ana');
    cast(org, atMs, 'yes', 'bo');
    expect(after(org, 10 * day)).toBe(end);
  });

  it('gives none where the time from the quorum on ends at the close or before it', () => {
    const org = opened(quorate('1 day'));
    cast(org, day, 'yes', 'ana');
    cast(org, 9 * day, 'yes', 'bo');
    expect(after(org, 10 * day)).toBe('accepted');
  });

  it('goes by the instant at which the quorum was reached first, however many vote later', () => {
    const org = opened(quorate('3 days'));
    cast(org, day, 'yes', 'ana', 'bo');
    cast(org, 9 * day, 'yes', 'cy');
    expect(after(org, 10 * day)).toBe('accepted');
  });

  it('gives none where the quorum was never reached', () => {
    const org = opened(quorate('3 days'));
    cast(org, 9 * day, 'yes', 'ana');
    expect(after(org, 10 * day)).toBe('refused');
  });
});

describe('tests that must hold for a while (S40)', () => {
  it('have held up to the close itself, and one millisecond less is too short', () => {
    const inTime = opened(`${majority}    holds for 2 days\n`);
    cast(inTime, 8 * day, 'yes', 'ana');
    expect(inTime.due()).toBe(10 * day);
    expect(after(inTime, 10 * day)).toBe('accepted');
    const late = opened(`${majority}    holds for 2 days\n`);
    cast(late, 8 * day + 1, 'yes', 'ana');
    expect(late.due()).toBe(10 * day);
    // However late that is looked at.
    expect(after(late, 12 * day)).toBe('refused');
  });

  it('are not broken by a ballot that leaves the result as it is', () => {
    const org = opened(`${majority}    holds for 2 days\n`);
    cast(org, day, 'yes', 'ana', 'bo');
    cast(org, 2 * day, 'no', 'cy');
    expect(org.due()).toBe(3 * day);
    expect(after(org, 3 * day)).toBe('accepted');
  });

  it('begin anew where another result passes, or somebody else would win', () => {
    const named = opened(
      '    open for 10 days\n    ballots may change\n    passes as warmly when more than 2/3 of votes cast are yes\n    passes when more than 1/2 of votes cast are yes\n    holds for 2 days\n    when warmly go to accepted\n',
    );
    cast(named, day, 'yes', 'ana', 'bo');
    cast(named, 2 * day, 'no', 'cy');
    expect(named.due()).toBe(4 * day);
    const elected = opened(
      '    choices tea, milk\n    open for 10 days\n    ballots may change\n    counted by plurality with equal ranks refused\n    tie fails\n    holds for 2 days\n    when won go to accepted\n',
    );
    cast(elected, day, 'tea', 'ana', 'bo');
    expect(elected.due()).toBe(3 * day);
    cast(elected, 2 * day, 'milk', 'cy', 'dee', 'eve');
    expect(elected.due()).toBe(4 * day);
  });
});

describe('a vote whose tests must hold for a while, at its end (S40, S128)', () => {
  const held = (more: string): string => `${majority}    holds for 2 days\n${more}`;

  it('is over as soon as they have, whatever could make it go on for longer', () => {
    const org = opened(held('    extends by 3 days when swung in the last 5 days\n'));
    cast(org, 7 * day, 'yes', 'ana');
    expect(after(org, 9 * day)).toBe('accepted');
  });

  it('has failed where they have not, and nobody has won', () => {
    const org = opened(held(''));
    cast(org, 9 * day, 'yes', 'ana');
    expect(after(org, 10 * day)).toBe('refused');
    expect(org.view(1).result).toBe('failed');
    const elected = opened(
      '    choices tea, milk\n    open for 10 days\n    ballots may change\n    counted by plurality with equal ranks refused\n    tie fails\n    holds for 2 days\n    when won go to accepted\n',
    );
    cast(elected, 9 * day, 'tea', 'ana');
    expect(after(elected, 10 * day)).toBe('refused');
    expect([elected.view(1).result, readCase(elected.state(), elected.view(1).id)?.winners]).toEqual(['failed', []]);
  });

  it('goes on for longer where it has failed and a line says so', () => {
    const org = opened(held('    extends by 3 days when failed at most 1 times\n'));
    cast(org, 9 * day, 'yes', 'ana');
    expect(after(org, 10 * day)).toBe(11 * day);
    expect(after(org, 11 * day)).toBe('accepted');
  });

  it('has no quorum where it has none, and then goes on for longer where a line says so, or is called a second time', () => {
    const quorum = held('    quorum at least 2 members voting\n');
    const org = opened(quorum);
    cast(org, 9 * day, 'yes', 'ana');
    expect(after(org, 10 * day)).toBe('refused');
    expect(org.view(1).result).toBe('inquorate');
    const longer = opened(`${quorum}    extends by 3 days when inquorate at most 1 times\n`);
    cast(longer, 9 * day, 'yes', 'ana');
    expect(after(longer, 10 * day)).toBe(13 * day);
    const again = opened(`${quorum}    second call after 1 day without quorum\n`);
    cast(again, 9 * day, 'yes', 'ana');
    expect(after(again, 10 * day)).toBe(11 * day);
  });
});

describe('the votes of a joint', () => {
  it('end each by its own lines: what must hold in the second ends it before the first (S40, S48)', () => {
    const vote = (name: string, lines: string): string =>
      `    vote ${name}\n      voters members\n      open for 10 days\n      ballots may change\n      passes when more than 1/2 of votes cast are yes\n${lines}    end\n`;
    const joint = `  joint both\n${vote('one', '')}${vote('two', '      holds for 2 days\n')}    when all pass go to accepted\n    otherwise go to refused\n  end\n`;
    const org = found(organized(joint), { member: people });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    const entries = org.view(1).acts.map((one) => one.entry);
    const cast = (by: string, place: number): Parameters<Organization['epoch']>[1] => ({
      by,
      kind: 'ballot',
      case: org.view(1).id,
      body: { stage: entries[place] ?? 0, choice: 'yes' },
    });
    org.epoch(day, cast('ana', 0), cast('bo', 1));
    expect(org.due()).toBe(3 * day);
    org.epoch(3 * day);
    expect(org.epoch(4 * day, cast('cy', 1), cast('cy', 0)).verdicts).toEqual(['GDO1052', 'ok']);
    expect(org.due()).toBe(10 * day);
    org.epoch(10 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });
});

describe('a second call of a vote in a joint (S48, S101)', () => {
  it('that comes at the instant at which the joint is decided calls nobody: the case is elsewhere by then', () => {
    const vote = (name: string, days: number, more: string): string =>
      `    vote ${name}\n      voters members\n      open for ${days} days\n${more}      passes when more than 1/2 of votes cast are yes\n    end\n`;
    const called = '      quorum at least 3 members voting\n      second call after 2 days without quorum\n';
    const next =
      '  vote last\n    voters members\n    open for 3 days\n    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\n';
    const joint = `  joint both\n${vote('one', 7, called)}${vote('two', 9, '')}    when any pass go to last\n    otherwise go to refused\n  end\n${next}`;
    const org = found(organized(joint), { member: people });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    const two = org.view(1).acts[1]?.entry ?? 0;
    org.epoch(day, notesFor(org).ballot('ana', 1, 'yes', { stage: two }));
    org.epoch(7 * day);
    expect(org.due()).toBe(9 * day);
    org.epoch(9 * day);
    expect(org.view(1)).toMatchObject({ stage: 'last', dueMs: 12 * day });
    expect(org.view(1).acts.map(({ verb }) => verb)).toEqual(['vote']);
  });
});

describe('a sealed vote (S129)', () => {
  const sealed = (more: string): string =>
    `    open for 5 days\n    ballots sealed until the close revealed within 2 days\n    passes when more than 1/2 of votes cast are yes\n${more}`;
  const nonce = 'a'.repeat(64);
  const seal = (org: Organization, by: string, choice: string): Parameters<Organization['epoch']>[1] =>
    notesFor(org).ballot(by, 1, commitmentOf({ case: org.view(1).id, entry: 1, voter: by, choice, nonce }));
  const open = (org: Organization, by: string, choice: string): Parameters<Organization['epoch']>[1] => notesFor(org).ballot(by, 1, choice, { nonce });

  it('stands when the time to open is over, and takes what is opened in the millisecond before', () => {
    const org = opened(sealed(''));
    org.epoch(day, seal(org, 'ana', 'yes'));
    expect(org.due()).toBe(7 * day);
    expect(org.epoch(7 * day - 1, open(org, 'ana', 'yes')).verdicts).toEqual(['ok']);
    expect(after(org, 7 * day)).toBe('accepted');
  });

  it('that fails when it is opened and goes on for longer is closed, opened and stands anew (S128)', () => {
    const org = opened(sealed('    extends by 3 days when failed at most 1 times\n'));
    org.epoch(day, seal(org, 'ana', 'no'));
    org.epoch(5 * day, open(org, 'ana', 'no'));
    expect(after(org, 7 * day)).toBe(10 * day);
  });

  it('waits for ballots that were offline after the time to open, too (S105)', () => {
    const org = opened(sealed('    grace 1 day with 2 receipts\n'));
    org.epoch(hour, seal(org, 'ana', 'yes'));
    expect(org.due()).toBe(8 * day);
  });
});

const process = (stage: string): string =>
  `gdo 1\norganization "Ends"\nend\nrole member plural members\n  held by 1 to 99 people\nend\nprocess motion\n  started by any member\n${stage}end\n`;

it('a result may have any name, also `none`: an extension sees it come (S40, S128)', () => {
  const lines = (name: string): string =>
    `  vote ballot\n    voters members\n    open for 10 days\n    ballots may change\n    passes as ${name} when more than 1/2 of votes cast are yes\n    extends by 2 days when swung in the last 1 day at most 1 times\n    when ${name} go to accepted\n    otherwise go to refused\n  end\n`;
  for (const name of ['some', 'none']) {
    const org = found(process(lines(name)), { member: ['ana', 'bo', 'cy'] });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    org.epoch(10 * day - 1, notesFor(org).ballot('ana', 1, 'yes'));
    org.epoch(10 * day);
    expect([name, org.view(1).dueMs]).toEqual([name, 12 * day]);
  }
});

it.each([3 * day + 1, 4 * day])('a ballot after a vote of a joint has held is late, whenever the checkpoint comes (S18, S40), at %i', (atMs) => {
  const vote = (name: string, lines: string): string =>
    `    vote ${name}\n      voters members\n      open for 10 days\n      ballots may change\n      passes when more than 1/2 of votes cast are yes\n${lines}    end\n`;
  const joint = `  joint both\n${vote('one', '')}${vote('two', '      holds for 2 days\n')}    when all pass go to accepted\n    otherwise go to refused\n  end\n`;
  const org = found(process(joint), { member: ['ana', 'bo', 'cy'] });
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  const entries = org.view(1).acts.map((one) => one.entry);
  const cast = (by: string, place: number, choice: string, when: number): Parameters<Organization['epoch']>[1] => ({
    by,
    kind: 'ballot',
    case: org.view(1).id,
    atMs: when,
    body: { stage: entries[place] ?? 0, choice },
  });
  org.epoch(day, cast('ana', 0, 'yes', day), cast('ana', 1, 'yes', day));
  // The second vote has held from 1 day to 3 days; the first one still takes ballots.
  const { verdicts } = org.epoch(4 * day, cast('bo', 1, 'no', atMs), cast('cy', 0, 'yes', atMs));
  org.epoch(10 * day);
  expect([verdicts, org.view(1).outcome]).toEqual([['GDO1051', 'ok'], 'accepted']);
});
