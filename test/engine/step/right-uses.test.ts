// Uses of rights as facts (S97, S98): the form they have, what the fold says against one, and the limits they count towards: uses and money, of each person or
// of all, in windows or for ever, as far as the device knew of them. What a checkpoint knew is rights-as-of.test.ts's.
import { describe, expect, it } from 'vitest';
import { currentOf, decideRight, spentWithin, stateRoot, unsupported, usesKnown, usesWithin, type Json } from '../../../engine/index.ts';
import { compile, day, found, hour, type Note, type Organization } from './organization.ts';

const text = (limits: string): string => `gdo 1
organization "Uses"
  local time "+00:00", "+01:00"
end
attribute employer certified by any member
role member plural members
  held by anyone
  gained through joining
end
account till in EUR with 2 decimals
  kept by any member
  limit 100.00 EUR per 30 days
end
process joining
  started by any member
  step wait
    after 1 day go to accepted
  end
end
right other
  covers "shed"
  held by members
  limit 1 use
  offline for at most 20 days
end
right use
  covers "saw"
  held by members
${limits}  offline for at most 20 days
end
`;

const people: readonly string[] = ['ana', 'bo', 'cy'];
const founded = (limits = ''): Organization => {
  expect(unsupported(compile(text(limits)).charter)).toEqual([]);
  return found(text(limits), { member: people });
};

interface More {
  readonly by?: string;
  readonly data?: Readonly<Record<string, Json>>;
}

/** A use of the saw, recorded by somebody's device. */
const use = (org: Organization, subject: string, atMs: number, reason = 'allowed', { by = 'ana', data = {} }: More = {}): Note => ({
  by,
  kind: 'fact',
  body: { type: 'right.used', subject, data: { thing: 'saw', reason, offset: 0, checkpoint: stateRoot(org.state()), ...data } },
  claimedMs: atMs,
});
const told = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

const formed = 'GDO1002 a use of a right has the data right, thing, reason, offset, checkpoint and amount';
const units = 'GDO1002 the amount of a use is a whole number of units in digits';
const named = 'GDO1002 a use of a right names its thing, reason and checkpoint, and its offset in minutes';

describe('a use of a right', () => {
  it.each<readonly [what: string, data: Readonly<Record<string, Json>>, says: string]>([
    ['that says something nobody knows', { weather: 'rain' }, formed],
    ['about an amount that is no text', { amount: 5 }, units],
    ['about less than nothing', { amount: '-5' }, units],
    ['about a part of a unit', { amount: '1.5' }, units],
    ['of no thing', { thing: 1 }, named],
    ['without a reason', { reason: 1 }, named],
    ['by a checkpoint that has no name', { checkpoint: 1 }, named],
    ['under a right that has no name', { right: 1 }, named],
    ['at an offset that is no number', { offset: '0' }, named],
    ['at an offset that is not declared', { offset: 30 }, 'GDO1055 the offset is not in the list `local time`'],
    ['with a reason there is not', { reason: 'perhaps' }, 'GDO1002 `perhaps` is no reason of a right'],
    ['by a checkpoint there was not', { checkpoint: 'f'.repeat(64) }, 'GDO1023 the checkpoint is unknown, or too old for any right'],
    ['that had to be allowed', { reason: 'denied' }, 'GDO1056 decided again it is `allowed` by `use`'],
    ['under another right', { right: 'other' }, 'GDO1056 decided again it is `allowed` by `use`'],
    ['of something no right covers', { thing: 'attic' }, 'GDO1056 decided again it is `unknown-thing`'],
    ['of an hour away, under its right', { offset: 60, right: 'use' }, 'ok'],
    ['that a door refused because of the badge', { reason: 'credential-disabled' }, 'ok'],
    ['about no more than something', { amount: '0' }, 'ok'],
  ])('%s', (_what, data, says) => {
    const org = founded();
    org.epoch(hour);
    const note = use(org, 'bo', 2 * hour, 'allowed', { data });
    org.epoch(3 * hour);
    expect(told(org, 4 * hour, note)).toEqual([says]);
  });

  it('without data, or by nobody who is known', () => {
    const org = founded();
    org.epoch(hour);
    const { subject: _subject, ...body } = use(org, '', hour, 'unknown-credential').body;
    const unknown = use(org, 'zoe', hour, 'unknown-credential');
    org.epoch(2 * hour);
    const bare: Note = { by: 'ana', kind: 'fact', body: { type: 'right.used', subject: 'bo' } };
    expect(told(org, 3 * hour, bare, { by: 'ana', kind: 'fact', body }, unknown)).toEqual(['GDO1002 a use of a right has data', 'ok', 'ok']);
  });
});

describe('a limit of uses', () => {
  // Who uses it, in which hour, and whether it is one too many.
  it.each([
    ['2 uses per person per 1 day', 'bo 1, bo 2, bo 3 no, cy 4, bo 25, bo 26, bo 27 no'],
    ['2 uses per 1 day', 'bo 1, cy 2, bo 3 no, cy 25, bo 25.5 no'],
    ['2 uses per person', 'bo 1, cy 1.5, bo 90, bo 200 no'],
    ['2 uses', 'bo 1, cy 90, ana 200 no'],
    // In both windows at once: within an hour and a day.
    ['1 use per 1 hour per 1 day', 'bo 1, bo 1.5 no, bo 2'],
    ['1 use per 1 month', 'bo 1, bo 743 no, bo 744 no, bo 745'],
    // From 1 July 1970: July and August have 31 days.
    ['1 use per 2 months', 'bo 4344, bo 5831 no, bo 5832'],
    ['1 use per 1 year', 'bo 1, bo 8760 no, bo 8761'],
    // From 1 February 1972, which has 29 days.
    ['1 use per 1 year', 'bo 18264, bo 27047 no, bo 27048'],
    ['3 uses per person per 1 day\n  limit 2 uses per 1 hour', 'bo 1, bo 1.1, bo 1.2 no, bo 2, bo 2.1 no'],
    ['5.00 EUR per person per 1 day', 'bo 1, cy 1.2, bo 2 no, bo 25'],
    ['7.00 EUR per 1 day', 'bo 1, cy 1.2, cy 25'],
    ['5.00 EUR', 'bo 1, cy 2 no, bo 2000 no'],
    ['5.00 EUR per person', 'bo 1, cy 2, bo 2000 no'],
  ])('%s: %s', (limits, uses) => {
    const org = founded(`  limit ${limits}\n`);
    const isMoney = limits.includes('EUR');
    const tried = uses.split(', ').map((one) => one.split(' '));
    const said = tried.map(([subject = '', atHour], place) => {
      // What the first one takes leaves room for one of 2.00 among all, and for none of one person.
      const data = isMoney ? { amount: place === 0 ? '400' : '200' } : {};
      const atMs = Math.round(Number(atHour) * hour);
      org.epoch(atMs - 2);
      const notes = [use(org, subject, atMs, 'limit-reached', { data }), use(org, subject, atMs, 'allowed', { data })];
      org.epoch(atMs - 1);
      return org.epoch(atMs, ...notes).verdicts;
    });
    expect(said).toEqual(tried.map(([, , no]) => (no === undefined ? ['GDO1056', 'ok'] : ['ok', 'GDO1056'])));
  });

  it('counts what the device recorded itself, and what others recorded before its checkpoint', () => {
    const org = founded('  limit 2 uses per person per 1 day\n');
    org.epoch(hour);
    const early = (by: string): Note => use(org, 'bo', hour + 1, 'allowed', { by });
    const [first, second, third] = [early('ana'), early('ana'), early('cy')];
    const later = ['ana', 'cy'].map((by): Note => ({ ...early(by), claimedMs: 2 * hour }));
    org.epoch(hour + 2);
    // A door of cy's knows nothing of what the one of ana's wrote down.
    expect(org.epoch(hour + 3, first, { ...second, claimedMs: hour + 2 }, third).verdicts).toEqual(['ok', 'ok', 'ok']);
    const between = use(org, 'bo', 2 * hour, 'limit-reached', { by: 'cy' });
    org.epoch(2 * hour);
    org.epoch(2 * hour + 1);
    // By the checkpoint before them each of the two knows its own uses alone.
    expect(org.epoch(2 * hour + 2, between, ...later).verdicts).toEqual(['ok', 'GDO1056', 'ok']);
  });

  it('counts nothing that was refused or is flagged, of another right, or of later', () => {
    const org = founded('  limit 1 use per 1 day\n');
    org.epoch(hour);
    const at = (atMs: number, reason = 'allowed', data: Readonly<Record<string, Json>> = {}): Note => use(org, 'bo', atMs, reason, { data });
    const notes = [at(hour, 'denied'), at(hour, 'allowed', { thing: 'shed' }), at(9 * hour), at(8 * hour), at(9 * hour, 'limit-reached')];
    org.epoch(hour + 1);
    expect(org.epoch(10 * hour, ...notes).verdicts).toEqual(['GDO1056', 'ok', 'ok', 'ok', 'ok']);
  });

  it('is the same for a door, which adds what it recorded and the ledger has not', () => {
    const org = founded('  limit 3 uses per person per 1 day\n  limit 4 uses per 1 day\n  limit 5.00 EUR per person per 1 day\n');
    org.epoch(hour);
    const notes = [use(org, 'bo', hour, 'allowed', { data: { amount: '150' } }), use(org, 'bo', 2 * hour), use(org, 'cy', 3 * hour)];
    org.epoch(hour + 1);
    expect(org.epoch(4 * hour, ...notes).verdicts).toEqual(['ok', 'ok', 'ok']);
    const right = org.charter.rights.find((one) => one.name === 'use');
    if (right === undefined) throw new Error('there is a right');
    const [each, all, money] = right.limits;
    if (each === undefined || all === undefined || money === undefined) throw new Error('it has three limits');
    const of = (limit: typeof each, person: string, atMs: number, ...own: readonly number[]): number =>
      usesKnown(org.state(), { right, limit, person, atMs }, own);
    const own = [2 * hour, 5 * hour, 6 * hour];
    expect([of(each, 'bo', 5 * hour), of(each, 'bo', 5 * hour, ...own), of(each, 'cy', 5 * hour), of(each, 'cy', 5 * hour, ...own)]).toEqual([2, 3, 1, 3]);
    expect([of(all, 'bo', 5 * hour), of(all, 'ana', 5 * hour, ...own), of(all, 'bo', day + 2 * hour, ...own)]).toEqual([3, 4, 3]);
    const isKnown = (): boolean => true;
    expect(usesWithin(org.state(), { right, limit: all, person: 'bo', atMs: 5 * hour }, isKnown)).toBe(3);
    const spent = (person: string): bigint => spentWithin(org.state(), { right, limit: money, person, atMs: 5 * hour }, isKnown);
    expect([spent('bo'), spent('cy')]).toEqual([150n, 0n]);
    const { timeMs: checkpointMs } = currentOf(org.state());
    const question = { thing: 'saw', person: 'bo', atMs: 5 * hour, offsetMinutes: 0, checkpointMs, contact: 'alone' as const };
    const door = (...more: readonly number[]): string =>
      decideRight(org.state(), org.charter, {
        ...question,
        uses: (by, limit) => usesKnown(org.state(), { right: by, limit, person: 'bo', atMs: 5 * hour }, more),
      }).kind;
    expect([door(), door(2 * hour), door(5 * hour)]).toEqual(['allowed', 'allowed', 'refused']);
  });
});

describe('a limit that this engine keeps', () => {
  const more = ['in a row', 'including the candidate', 'otherwise start joining', 'unless waived through joining'];
  const kept = (limit: string): boolean => {
    const { charter } = compile(text(`  limit ${limit}\n`));
    return unsupported(charter).length === 0;
  };

  it('of a right is one of uses or of money, of each person or of all, and nothing more (GDO035)', () => {
    const yes = ['2 uses', '2 uses per person', '2 uses per 1 day', '2 uses per person per 1 day', '5.00 EUR', '5.00 EUR per person per 1 day'];
    const no = [
      '2 uses per employer',
      '2 uses per person per employer',
      '1/2 of uses per person',
      '2 cases per person',
      '5.00 EUR per recipient',
      '5.00 EUR per author per 1 day',
    ];
    expect(yes.filter((limit) => !kept(limit))).toEqual([]);
    expect([...no, ...more.flatMap((tail) => [`2 uses per person ${tail}`, `5.00 EUR per person ${tail}`])].filter(kept)).toEqual([]);
  });

  it('of an account is one of money, for all, per recipient or per author, and nothing more (GDO035)', () => {
    const inAccount = (limit: string): boolean => {
      const bylaws = text('').replace('  limit 100.00 EUR per 30 days\n', `  limit ${limit}\n`);
      return unsupported(compile(bylaws).charter).length === 0;
    };
    const who = ['author', 'starters', 'person', 'recipient', 'candidate', 'subject'];
    const yes = ['5.00 EUR', '5.00 EUR per 1 day', ...who.map((name) => `5.00 EUR per ${name} per 1 day`), '5.00 EUR per author per recipient'];
    const no = ['2 uses per person', '2 cases per author', '1/2 of uses per person', '5.00 EUR per employer', '5.00 EUR per author per employer'];
    expect(yes.filter((limit) => !inAccount(limit))).toEqual([]);
    expect([...no, ...more.map((tail) => `5.00 EUR per recipient ${tail}`)].filter(inAccount)).toEqual([]);
  });
});
