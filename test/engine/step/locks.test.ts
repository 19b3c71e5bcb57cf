// Locks of things (S95): by whom, by how many, from when a device knows of them, and who ends which.
import { describe, expect, it } from 'vitest';
import { decideRight, stateRoot, unsupported } from '../../../engine/index.ts';
import { compile, day, found, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "Space"
  local time "+00:00"
end
role member plural members
  held by 1 to 9 people
end
role trainer plural trainers
  held by 0 to 5 people
end
role clerk plural clerks
  held by 0 to 5 people
end
right use-machine
  covers "machines/**"
  held by members
  locked by 2 trainers released by 2 clerks or 2 trainers
  offline for at most 40 days
end
right use-saw
  covers "machines/saw"
  held by members
  locked by any clerk released by any clerk
  offline for at most 40 days
end
`;

function organization(): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: ['ada'], trainer: ['tom', 'una', 'vic'], clerk: ['kim', 'lee'] });
}

const lock = (by: string, thing = 'machines/laser'): Note => ({ by, kind: 'lock', body: { thing, text: 'it smells' } });
const release = (by: string, id: string | undefined): Note => ({ by, kind: 'release', body: { lock: id ?? '', text: 'mended' } });
const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

function isShut(org: Organization, thing = 'machines/laser'): boolean {
  const answer = decideRight(org.state(), org.charter, {
    thing,
    person: 'ada',
    atMs: 50 * day,
    offsetMinutes: 0,
    checkpointMs: 50 * day,
    contact: 'alone',
    uses: () => 0,
  });
  return answer.kind === 'refused' && answer.reason === 'locked';
}

describe('a lock that several people set', () => {
  it('stands once so many have said it of the same thing, and is released once so many of one office have said it of the same lock', () => {
    const org = organization();
    expect(said(org, 1, lock('tom'), lock('tom'), lock('una', 'machines/mill'))).toEqual(['ok', 'ok', 'ok']);
    expect([isShut(org), isShut(org, 'machines/mill')]).toEqual([false, false]);
    const first = org.epoch(2, lock('vic')).ids[0];
    const second = org.epoch(3, lock('tom', 'machines/mill')).ids[0];
    expect([isShut(org), isShut(org, 'machines/mill'), isShut(org, 'machines')]).toEqual([true, true, false]);
    expect(said(org, 4, release('ada', first))).toEqual([
      'GDO1040 to release `machines/laser` is for at least 2 clerks or at least 2 trainers, and `ada` is not',
    ]);
    // One clerk and one trainer are no office, nor are two clerks for two locks.
    expect(said(org, 5, release('kim', first), release('tom', first), release('lee', second))).toEqual(['ok', 'ok', 'ok']);
    expect([isShut(org), isShut(org, 'machines/mill')]).toEqual([true, true]);
    expect(said(org, 6, release('lee', first))).toEqual(['ok']);
    expect([isShut(org), isShut(org, 'machines/mill')]).toEqual([false, true]);
    expect(said(org, 7, release('kim', second), release('kim', second))).toEqual(['ok', 'GDO1052 there is no such lock, or it is released']);
  });

  it('that is released shuts the thing no more, and so many have to say it anew', () => {
    const org = organization();
    const [, first] = org.epoch(1, lock('tom'), lock('una')).ids;
    org.epoch(2, release('kim', first), release('lee', first));
    expect(isShut(org)).toBe(false);
    org.epoch(3, lock('tom'));
    expect(isShut(org)).toBe(false);
    org.epoch(4, lock('una'));
    expect(isShut(org)).toBe(true);
  });

  it('of a thing within another is no lock of that one', () => {
    const org = organization();
    org.epoch(1, lock('tom', 'machines/a'), lock('una', 'machines/a/b'));
    expect([isShut(org, 'machines/a'), isShut(org, 'machines/a/b')]).toEqual([false, false]);
    const inner = org.epoch(2, lock('vic', 'machines/a/b')).ids[0];
    expect(['machines/a', 'machines/a/b', 'machines/ab'].map((thing) => isShut(org, thing))).toEqual([false, true, false]);
    org.epoch(3, release('kim', inner), release('lee', inner), lock('vic', 'machines/a'));
    expect([isShut(org, 'machines/a'), isShut(org, 'machines/a/b')]).toEqual([true, false]);
  });

  it('is set and ended by whoever one of the rights over the thing names', () => {
    const org = organization();
    const first = org.epoch(1, lock('kim', 'machines/saw')).ids[0];
    expect(isShut(org, 'machines/saw')).toBe(true);
    expect(said(org, 2, release('ada', first))).toEqual([
      'GDO1040 to release `machines/saw` is for at least 2 clerks or at least 2 trainers or any clerk, and `ada` is not',
    ]);
  });
});

describe('a device that is alone', () => {
  it('knows the locks of its newest checkpoint and those it ended; its uses are judged by that (S95, S98)', () => {
    const org = organization();
    const id = (): string => stateRoot(org.state());
    org.epoch(day);
    const [, lockId] = org.epoch(2 * day, lock('tom'), lock('una')).ids;
    const locked = id();
    org.epoch(3 * day);
    org.epoch(4 * day, release('kim', lockId), release('lee', lockId));
    const released = id();
    org.epoch(5 * day);
    const use = (reason: string, checkpoint: string): Note => ({
      by: 'kim',
      kind: 'fact',
      claimedMs: 5 * day,
      body: { type: 'right.used', subject: 'ada', data: { thing: 'machines/laser', reason, offset: 0, checkpoint } },
    });
    const told = org.epoch(6 * day, ...[locked, released].flatMap((one) => [use('allowed', one), use('locked', one)]));
    expect(told.verdicts).toEqual(['GDO1056', 'ok', 'ok', 'GDO1056']);
  });

  it('does not know a lock that is set after its checkpoint, nor that one is released after it', () => {
    const org = organization();
    const id = (): string => stateRoot(org.state());
    org.epoch(day);
    const before = id();
    const [, lockId] = org.epoch(2 * day, lock('tom'), lock('una')).ids;
    const during = id();
    org.epoch(3 * day, release('kim', lockId), release('lee', lockId));
    org.epoch(4 * day);
    const use = (reason: string, checkpoint: string): Note => ({
      by: 'kim',
      kind: 'fact',
      claimedMs: 4 * day,
      body: { type: 'right.used', subject: 'ada', data: { thing: 'machines/laser', reason, offset: 0, checkpoint } },
    });
    const told = org.epoch(5 * day, ...[before, during].flatMap((one) => [use('allowed', one), use('locked', one)]));
    expect(told.verdicts).toEqual(['ok', 'GDO1056', 'GDO1056', 'ok']);
  });
});
