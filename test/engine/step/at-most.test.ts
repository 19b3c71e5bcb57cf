// Acts that must not be too many: `at most` and `fewer than` in the lines of a step, when they are judged and what counts then (S17, S20, docs/decisions/0053).
import { describe, expect, it } from 'vitest';
import { explainCase } from '../../../engine/index.ts';
import { moved, step, where } from './motion.ts';
import { day, hour, notesFor, type Organization } from './organization.ts';

const opened = (...lines: readonly string[]): Organization => moved(step('talk', ...lines));

/** Acts at one instant, in this order: `bo objects`. */
function act(org: Organization, atMs: number, ...said: readonly (readonly [by: string, verb: string])[]): readonly string[] {
  const notes = said.map(([by, verb]) => notesFor(org).act(by, 1, verb));
  return org.epoch(atMs, ...notes).verdicts;
}

describe('at most so many beside others, without a time', () => {
  const line = 'when the chair approves and at most 1 member objects go to accepted';

  it('is judged as soon as the others have acted, and not before', () => {
    const org = opened(line, 'after 9 days go to refused');
    act(org, hour, ['bo', 'object']);
    expect(where(org)).toBe('talk');
    act(org, 2 * hour, ['dee', 'approve']);
    expect(where(org)).toBe('accepted');
    const many = opened(line, 'after 9 days go to refused');
    act(many, hour, ['bo', 'object'], ['cy', 'object']);
    act(many, 2 * hour, ['dee', 'approve']);
    expect(where(many)).toBe('talk');
    many.epoch(9 * day);
    expect(where(many)).toBe('refused');
  });

  it('counts what stands before in the order of the ledger, at the same instant too (S17)', () => {
    const before = opened(line, 'after 9 days go to refused');
    act(before, hour, ['bo', 'object'], ['cy', 'object'], ['dee', 'approve']);
    expect(where(before)).toBe('talk');
    const after = opened(line, 'after 9 days go to refused');
    expect(act(after, hour, ['bo', 'object'], ['dee', 'approve'], ['cy', 'object'])).toEqual(['ok', 'ok', 'GDO1051']);
    expect(where(after)).toBe('accepted');
  });
});

describe('at most so many of those who do the same', () => {
  it('are all who have done it by then, whoever completes the number among them', () => {
    const line = 'when 2 members approve and at most 1 member approves go to accepted';
    const org = opened(line, 'after 9 days go to refused');
    act(org, hour, ['bo', 'approve']);
    act(org, 2 * hour, ['cy', 'approve']);
    expect(where(org)).toBe('talk');
    const two = opened(line.replace('at most 1 member', 'fewer than 3 members'), 'after 9 days go to refused');
    act(two, hour, ['bo', 'approve']);
    act(two, 2 * hour, ['cy', 'approve']);
    expect(where(two)).toBe('accepted');
  });
});

describe('at most so many within a time', () => {
  const line = 'when the chair approves and at most 1 member objects within 3 days go to accepted';

  it('is judged when the time is over, and what is received then or later does not count (S20)', () => {
    const org = opened(line, 'after 9 days go to refused');
    act(org, hour, ['dee', 'approve'], ['bo', 'object']);
    expect([where(org), org.view(1).dueMs]).toEqual(['talk', 3 * day]);
    org.epoch(3 * day);
    expect(where(org)).toBe('accepted');
    const many = opened(line, 'after 9 days go to refused');
    act(many, hour, ['dee', 'approve'], ['bo', 'object']);
    expect(act(many, 3 * day - 1, ['cy', 'object'])).toEqual(['ok']);
    many.epoch(3 * day);
    expect([where(many), many.view(1).dueMs]).toEqual(['talk', 9 * day]);
  });

  it('does not happen where what stands beside it has not', () => {
    const org = opened(line, 'after 9 days go to refused');
    act(org, hour, ['bo', 'object']);
    expect(org.view(1).dueMs).toBe(9 * day);
    act(org, 3 * day, ['dee', 'approve'], ['cy', 'object']);
    org.epoch(9 * day);
    expect(where(org)).toBe('refused');
  });

  it('keeps an `unless` from happening where they were few, and lets it happen where they were too many (S21)', () => {
    const lines = ['unless at most 1 member objects within 3 days go to refused', 'otherwise go to accepted', 'after 9 days go to refused'];
    const few = opened(...lines);
    act(few, hour, ['bo', 'object']);
    few.epoch(3 * day);
    expect(where(few)).toBe('accepted');
    const many = opened(...lines);
    act(many, hour, ['bo', 'object'], ['cy', 'object']);
    many.epoch(3 * day);
    expect(where(many)).toBe('refused');
  });
});

describe('at most so many in a step with a minimum (S116)', () => {
  const lines = ['lasts at least 2 days', 'when the chair approves and at most 1 member objects go to accepted', 'after 9 days go to refused'];

  it('is judged when the minimum is over, by what was done up to then', () => {
    const few = opened(...lines);
    act(few, hour, ['dee', 'approve'], ['bo', 'object']);
    expect([where(few), few.view(1).dueMs]).toEqual(['talk', 2 * day]);
    few.epoch(2 * day);
    expect(where(few)).toBe('accepted');
    const many = opened(...lines);
    act(many, hour, ['dee', 'approve'], ['bo', 'object']);
    act(many, day, ['cy', 'object']);
    expect(many.view(1).dueMs).toBe(9 * day);
    const late = opened(...lines);
    act(late, 3 * day, ['bo', 'object'], ['dee', 'approve'], ['cy', 'object']);
    expect(where(late)).toBe('accepted');
  });
});

describe('at most so many without concerns (S24)', () => {
  it('has happened once the others have acted, whatever is done while a concern is open', () => {
    const lines = [
      'concerns by any member resolved by the raiser',
      'when 2 members approve and at most 1 member objects without concerns go to accepted',
      'after 9 days go to refused',
    ];
    const org = opened(...lines);
    act(org, hour, ['bo', 'raise']);
    act(org, 2 * hour, ['ana', 'approve'], ['cy', 'object'], ['eve', 'approve']);
    act(org, 3 * hour, ['bo', 'object'], ['dee', 'approve']);
    expect(where(org)).toBe('talk');
    act(org, 4 * hour, ['bo', 'resolve']);
    expect(where(org)).toBe('accepted');
  });

  it('has happened when the minimum is over, and what is done at that instant is too late (S4, S116)', () => {
    const lines = [
      'lasts at least 2 days',
      'concerns by any member resolved by the raiser',
      'when at most 1 member objects without concerns go to accepted',
      'after 9 days go to refused',
    ];
    const objecting = (atMs: number): string => {
      const org = opened(...lines);
      act(org, hour, ['eve', 'raise'], ['bo', 'object']);
      act(org, atMs, ['cy', 'object']);
      act(org, 3 * day, ['eve', 'resolve']);
      return where(org);
    };
    expect([objecting(2 * day - 1), objecting(2 * day)]).toEqual(['talk', 'accepted']);
  });

  it('has happened at the opening where it stands alone', () => {
    const raised = 'concerns by any member resolved by the raiser';
    const stages =
      step('talk', raised, 'after 1 day go to last') +
      step('last', raised, 'when fewer than 1 member objects without concerns go to accepted', 'after 9 days go to refused');
    const org = moved(stages);
    act(org, hour, ['eve', 'raise']);
    org.epoch(day);
    act(org, 2 * day, ['bo', 'object']);
    expect(where(org)).toBe('last');
    act(org, 3 * day, ['eve', 'resolve']);
    expect(where(org)).toBe('accepted');
  });
});

describe('at most so many since an earlier step (S117)', () => {
  const second = (line: string): Organization => {
    const stages =
      step('talk', 'when 5 members object and 5 members endorse go to refused', 'when the chair approves go to last', 'after 9 days go to refused') +
      step('last', line, 'when the chair objects go to refused', 'after 9 days go to refused');
    return moved(stages);
  };

  it('counts all that was done before the step opened, at the same instant too', () => {
    const line = 'when at most 1 member objects since the start go to accepted';
    const few = second(line);
    act(few, hour, ['bo', 'object'], ['dee', 'approve']);
    few.epoch(2 * hour);
    expect(where(few)).toBe('accepted');
    const many = second(line);
    act(many, hour, ['bo', 'object'], ['cy', 'object'], ['dee', 'approve']);
    many.epoch(2 * hour);
    expect(where(many)).toBe('last');
  });

  it('counts them too where what stands beside it was done before them', () => {
    const line = 'when the chair endorses since the start and at most 1 member objects since the start go to accepted';
    const few = second(line);
    act(few, hour, ['dee', 'endorse']);
    act(few, 2 * hour, ['bo', 'object'], ['dee', 'approve']);
    few.epoch(3 * hour);
    expect(where(few)).toBe('accepted');
    const many = second(line);
    act(many, hour, ['dee', 'endorse']);
    act(many, 2 * hour, ['bo', 'object'], ['cy', 'object'], ['dee', 'approve']);
    many.epoch(3 * hour);
    expect(where(many)).toBe('last');
  });
});

it('what is asked is shown in the order of the text, with who has done it, and how many would be too many', () => {
  const org = opened('when at most 1 member objects and 2 members approve go to accepted', 'after 9 days go to refused');
  act(org, hour, ['bo', 'object'], ['cy', 'approve']);
  const shown = (): unknown => explainCase(org.state(), 1).map(({ have, need, met }) => [have, need, met]);
  expect(shown()).toEqual([
    ['1 (bo)', 'at most 1 member', true],
    ['1 (cy)', '2', false],
  ]);
  act(org, 2 * hour, ['cy', 'object']);
  expect(shown()).toEqual([
    ['2 (bo, cy)', 'at most 1 member', false],
    ['1 (cy)', '2', false],
  ]);
});

it('what comes after the time of a line is not shown as counted by it (S20)', () => {
  const org = opened('when 2 members approve within 2 days go to accepted', 'after 9 days go to refused');
  act(org, day, ['bo', 'approve']);
  act(org, 3 * day, ['cy', 'approve']);
  expect(where(org)).toBe('talk');
  expect(explainCase(org.state(), 1).map(({ have, need, met }) => [have, need, met])).toEqual([['1 (bo)', '2', false]]);
});

it('half of an odd number is no number of people, so exactly so many never act', () => {
  const org = opened('when exactly 1/2 of members approve go to accepted', 'after 9 days go to refused');
  for (const [at, by] of ['ana', 'bo', 'cy', 'dee', 'eve'].entries()) act(org, (at + 1) * hour, [by, 'approve']);
  expect(where(org)).toBe('talk');
  expect(explainCase(org.state(), 1).map(({ need, met }) => [need, met])).toEqual([['more than there are', false]]);
});
