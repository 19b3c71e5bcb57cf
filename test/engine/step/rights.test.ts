// Rights (S89-S99): who may use what, when, and why not; locks, offline ages, limits of uses; and the fold that decides each use again.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { decideRight, engine1, foldEpoch, stateRoot, unsupported, zeros64, type RightAnswer, type RightQuestion } from '../../../engine/index.ts';
import { compile, day, deviceOfPerson, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const minute = 60_000;
/** Fewer of them, by GDO_TRIALS, judge mutants. */
const questions = Number(process.env['GDO_TRIALS'] ?? '100000');

const text = `gdo 1
organization "Space"
  local time "-06:00", "-05:00"
  stale after 40 days
end
collaborator books kept by any officer
  reports "arrears", "no arrears"
end
certificate laser plural lasers
  issued by any officer
  lasts 1 year
  revoked by any officer
end
role member plural members
  held by anyone
  gained through joining
  lost through resignation or arrears of 14 days
end
role night-member plural night-members
  held by 0 to 40 people
  gained through joining
end
role officer plural officers
  held by 1 to 5 people
end
role banned plural banned-people
  held by 0 to 200 people
  gained through joining
end
right enter "Members"
  covers "doors/**" except "doors/cellar"
  held by members
  denied to banned "Write to the officers."
  daily from 06:00 to 24:00
  offline for at most 30 days
  refusal outside-hours says "Members may enter from 06:00 to 24:00."
end
right enter-at-night
  covers "doors/front"
  held by night-members
  saturday, sunday from 22:00 to 06:00
  offline for at most 2 days
end
right use-laser
  covers "machines/laser"
  held by members who hold laser
  held by officers
  limit 2 uses per person per 1 day
  locked by any member released by any officer
  offline for at most 7 days
end
right take-snacks
  covers "snacks/**"
  held by members
  limit 5.00 EUR per person per 1 day
  offline for at most 7 days
end
account till in EUR with 2 decimals
  kept by any officer
  limit 100.00 EUR per 30 days
end
process joining
  started by any person
  step wait
    after 1 day go to accepted
  end
end
process hearing
  started by any officer
  while open suspend member of the subject
  while open suspend use-laser of the subject
  step wait
    after 5 days go to refused
  end
end
`;

const people = { officer: ['olga'], member: ['ada', 'ben', 'dora', 'olga'], 'night-member': ['nia'], banned: ['ben'] };

function organization(): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, people, { people: ['zoe'] });
}

/** 1970-01-01 is a Thursday. Minutes are local at -06:00. */
const local = (days: number, minutes: number): number => days * day + minutes * minute + 6 * hour;

function ask(org: Organization, thing: string, person: string | undefined, atMs: number, more: Partial<RightQuestion> = {}): RightAnswer {
  return decideRight(org.state(), org.charter, {
    thing,
    ...(person === undefined ? {} : { person }),
    atMs,
    offsetMinutes: -360,
    checkpointMs: Math.max(0, atMs - hour),
    contact: 'alone',
    uses: () => 0,
    ...more,
  });
}

const reason = (answer: RightAnswer): string => (answer.kind === 'allowed' ? `allowed by ${answer.right}` : answer.reason);
const noon = local(2, 720);

describe('a right', () => {
  it('answers for the things it covers, and for no other; its decision needs no case (S89)', () => {
    const org = organization();
    const under = (thing: string): string => reason(ask(org, thing, 'ada', noon));
    expect(['doors/front', 'doors/back/left'].map(under)).toEqual(['allowed by enter', 'allowed by enter']);
    expect(['doors/cellar', 'roof', 'doorsteps/front'].map(under)).toEqual(Array.from({ length: 3 }, () => 'unknown-thing'));
    expect(org.state().count).toBe(organization().state().count);
  });

  it('is decided by the first reason that applies (S93)', () => {
    const org = organization();
    expect(reason(ask(org, 'attic', 'ada', noon))).toBe('unknown-thing');
    expect(reason(ask(org, 'doors/cellar', 'ada', noon))).toBe('unknown-thing');
    expect(reason(ask(org, 'doors/front', undefined, noon))).toBe('unknown-credential');
    expect(reason(ask(org, 'doors/front', 'nobody', noon))).toBe('unknown-credential');
    expect(reason(ask(org, 'doors/front', 'ada', noon, { credential: 'disabled' }))).toBe('credential-disabled');
    expect(reason(ask(org, 'doors/front', 'ben', noon))).toBe('denied');
    expect(reason(ask(org, 'doors/front', 'zoe', noon))).toBe('no-role');
    expect(reason(ask(org, 'machines/laser', 'ada', noon))).toBe('condition');
    expect(reason(ask(org, 'doors/front', 'ada', local(2, 300)))).toBe('outside-hours');
    expect(reason(ask(org, 'machines/laser', 'olga', noon, { uses: () => 2 }))).toBe('limit-reached');
    expect(reason(ask(org, 'doors/front', 'ada', noon + 30 * day, { checkpointMs: noon }))).toBe('too-long-offline');
    expect(reason(ask(org, 'doors/front', 'ada', noon))).toBe('allowed by enter');
  });

  it('tells whoever is refused the sentence of the bylaws, or that of the reason (S99)', () => {
    const org = organization();
    const says = (answer: RightAnswer): string => (answer.kind === 'refused' ? answer.says : '');
    expect(says(ask(org, 'doors/front', 'ben', noon))).toBe('Write to the officers.');
    expect(says(ask(org, 'doors/front', 'ada', local(2, 0)))).toBe('Members may enter from 06:00 to 24:00.');
    expect(says(ask(org, 'doors/front', 'zoe', noon))).not.toBe('');
  });

  it('denies whoever is denied under every other right over the thing, and while the denied role rests (S90)', () => {
    const org = organization();
    const night = local(2, 1_380);
    expect(reason(ask(org, 'doors/front', 'nia', night))).toBe('allowed by enter-at-night');
    expect(reason(ask(org, 'doors/front', 'ben', night))).toBe('denied');
  });

  it('with several rights tells the reason that came furthest, and allows by the first that allows (S94)', () => {
    const org = organization();
    expect(ask(org, 'doors/front', 'nia', noon)).toMatchObject({ reason: 'outside-hours', right: 'enter-at-night' });
    expect(ask(org, 'doors/front', 'ada', local(2, 1_380))).toEqual({ kind: 'allowed', right: 'enter' });
  });
});

describe('a schedule (S91)', () => {
  it.each([
    ['ada', 'doors/front', local(1, 360) - 1, 'outside-hours'],
    ['ada', 'doors/front', local(1, 360), 'allowed by enter'],
    ['ada', 'doors/front', local(2, 0) - 1, 'allowed by enter'],
    ['ada', 'doors/front', local(2, 0), 'outside-hours'],
    // Day 2 is a Saturday, day 4 a Monday: a span over midnight belongs to the day on which it began.
    ['nia', 'doors/front', local(2, 1_320) - 1, 'outside-hours'],
    ['nia', 'doors/front', local(2, 1_320), 'allowed by enter-at-night'],
    ['nia', 'doors/front', local(4, 360) - 1, 'allowed by enter-at-night'],
    ['nia', 'doors/front', local(4, 360), 'outside-hours'],
    ['nia', 'doors/front', local(2, 0), 'outside-hours'],
    ['nia', 'doors/front', local(4, 1_380), 'outside-hours'],
  ])('%s at %s, %i', (person, thing, atMs, expected) => {
    expect(reason(ask(organization(), thing, person, atMs))).toBe(expected);
  });

  it('is judged by the offset the device uses (S92)', () => {
    const org = organization();
    const atMs = local(1, 359);
    expect([reason(ask(org, 'doors/front', 'ada', atMs)), reason(ask(org, 'doors/front', 'ada', atMs, { offsetMinutes: -300 }))]).toEqual([
      'outside-hours',
      'allowed by enter',
    ]);
  });
});

describe('a device without news (S96, S106)', () => {
  it.each([
    ['doors/front', 'ada', 30 * day - 1, 'allowed by enter'],
    ['doors/front', 'ada', 30 * day, 'too-long-offline'],
    ['machines/laser', 'olga', 7 * day - 1, 'allowed by use-laser'],
    ['machines/laser', 'olga', 7 * day, 'too-long-offline'],
  ])('%s for %s after %i ms', (thing, person, age, expected) => {
    expect(reason(ask(organization(), thing, person, noon + 50 * day, { checkpointMs: noon + 50 * day - age }))).toBe(expected);
  });

  it('may ask a node, whose own checkpoint must not be stale', () => {
    const org = organization();
    const connected = (age: number): string =>
      reason(ask(org, 'doors/front', 'ada', noon + 50 * day, { contact: 'connected', checkpointMs: noon + 50 * day - age }));
    expect([connected(40 * day - 1), connected(40 * day)]).toEqual(['allowed by enter', 'too-long-offline']);
  });
});

describe('what takes a right away', () => {
  it('is a role that a report ended (S102), until it is gained again', () => {
    const org = organization();
    const report: Note = { by: 'olga', kind: 'fact', body: { type: 'report', subject: 'dora', data: { collaborator: 'books', report: 'arrears' } } };
    org.epoch(0, report);
    org.epoch(14 * day);
    expect(reason(ask(org, 'doors/yard', 'dora', local(16, 720)))).toBe('lapsed');
  });

  it('is a case that lets every way rest, or the right alone (S100)', () => {
    const org = organization();
    const { propose } = notesFor(org);
    org.epoch(day, propose('olga', 'hearing', { subject: 'ada' }), propose('olga', 'hearing', { subject: 'olga' }));
    expect(reason(ask(org, 'doors/front', 'ada', noon))).toBe('suspended');
    expect(reason(ask(org, 'machines/laser', 'olga', noon))).toBe('suspended');
    org.epoch(6 * day);
    expect(reason(ask(org, 'doors/front', 'ada', local(7, 720)))).toBe('allowed by enter');
  });

  it('is a certificate that ran out', () => {
    const org = organization();
    org.epoch(day, { by: 'olga', kind: 'issue', body: { certificate: 'laser', member: 'ada' } });
    expect(reason(ask(org, 'machines/laser', 'ada', noon))).toBe('allowed by use-laser');
    expect(reason(ask(org, 'machines/laser', 'ada', 366 * day + noon))).toBe('condition');
  });
});

describe('a lock (S95)', () => {
  const lock = (by: string, thing = 'machines/laser'): Note => ({ by, kind: 'lock', body: { thing, text: 'it smells' } });
  const release = (by: string, id: string): Note => ({ by, kind: 'release', body: { lock: id, text: 'mended' } });

  it('shuts the thing for everybody, and every lock must be released', () => {
    const org = organization();
    const locked = org.epoch(day, lock('ada'), lock('dora'), lock('nia'), lock('ada', 'doors/front'));
    expect(locked.verdicts).toEqual(['ok', 'ok', 'GDO1040', 'GDO1052']);
    const now = (): string => reason(ask(org, 'machines/laser', 'olga', noon));
    expect(now()).toBe('locked');
    expect(org.epoch(2 * day, release('ada', locked.ids[0] ?? ''), release('olga', locked.ids[0] ?? '')).verdicts).toEqual(['GDO1040', 'ok']);
    expect(now()).toBe('locked');
    expect(org.epoch(3 * day, release('olga', locked.ids[1] ?? ''), release('olga', locked.ids[1] ?? '')).verdicts).toEqual(['ok', 'GDO1052']);
    expect(now()).toBe('allowed by use-laser');
  });

  it('is answered in the name of the right that may be locked, also where another one is over the thing (S95, S97)', () => {
    const other = 'right see-laser\n  covers "machines/**"\n  held by members\nend\n';
    const org = found(text.replace('right use-laser', `${other}right use-laser`), people, { people: ['zoe'] });
    expect(org.epoch(day, lock('ada')).verdicts).toEqual(['ok']);
    expect(ask(org, 'machines/laser', 'olga', noon)).toMatchObject({ kind: 'refused', reason: 'locked', right: 'use-laser' });
  });
});

describe('a use of a right (S97, S98)', () => {
  const use = (org: Organization, subject: string, thing: string, what: string, more: Readonly<Record<string, string | number>> = {}): Omit<Note, 'atMs'> => ({
    by: 'olga',
    kind: 'fact',
    body: { type: 'right.used', subject, data: { thing, reason: what, offset: -360, checkpoint: stateRoot(org.state()), ...more } },
  });
  const told = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
    org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.kind} ${verdict.code}`));

  it('is decided again by the fold, which flags a difference and undoes nothing', () => {
    const org = organization();
    org.epoch(day);
    org.epoch(day + 1);
    // The tests' events carry the instant 0, which is Wednesday 18:00 at -06:00.
    const first = notesAtZero(org, use);
    expect(told(org, 2 * day, ...first)).toEqual(['ok', 'flagged GDO1056', 'flagged GDO1056', 'ok']);
  });

  it('under an offset that is not declared is flagged (S92)', () => {
    const org = organization();
    const root = known(org);
    org.epoch(day);
    expect(told(org, 2 * day, use(org, 'ada', 'doors/front', 'allowed', { offset: 60, checkpoint: root }))).toEqual(['flagged GDO1055']);
  });

  it('of a form that nobody knows, or by a checkpoint that nobody knows, is flagged', () => {
    const org = organization();
    org.epoch(day);
    expect(told(org, 2 * day, use(org, 'ada', 'doors/front', 'perhaps'), use(org, 'ada', 'doors/front', 'allowed', { checkpoint: 'f'.repeat(64) }))).toEqual([
      'flagged GDO1002',
      'flagged GDO1023',
    ]);
  });

  it('by a checkpoint that is too old for any right is flagged, also where the batch of the use was written on it (S106)', () => {
    const org = organization();
    const root = known(org);
    for (const days of [1, 100, 200]) org.epoch(days * day);
    const id = 'e'.repeat(64);
    const { body } = use(org, 'ada', 'doors/front', 'allowed', { checkpoint: root });
    const common = { device: deviceOfPerson('olga'), actor: 'olga', seq: 1 };
    const event = { ...common, id, org: zeros64, kind: 'fact' as const, body, tsMs: local(101, 720) };
    const batch = { ...common, id, count: 1, prev: zeros64, deps: [], base: root, events: [event], changes: [], charters: [] };
    const flagged = (baseMs: number): string => {
      const epoch = { state: org.state(), batches: [batch], receivedMs: () => 201 * day, timeMs: 201 * day, height: 9, previousCheckpoint: zeros64 };
      const verdict = foldEpoch({ ...epoch, baseMs: () => baseMs, rules: engine1 }).verdicts[0]?.verdict;
      return verdict?.kind === 'flagged' ? verdict.code : (verdict?.kind ?? 'none');
    };
    expect([flagged(0), flagged(200 * day)]).toEqual(['GDO1023', 'ok']);
  });

  it('is decided by what the device could know: a role that was lost later does not count', () => {
    const org = organization();
    const root = known(org);
    org.epoch(day);
    org.epoch(2 * day, { by: 'ada', kind: 'resign', body: { role: 'member' } });
    org.epoch(3 * day);
    expect(reason(ask(org, 'doors/front', 'ada', local(4, 720)))).toBe('no-role');
    expect(told(org, 4 * day, use(org, 'ada', 'doors/front', 'allowed', { checkpoint: root }))).toEqual(['ok']);
  });

  it('counts towards the limit of the right in the window that ends with it', () => {
    const org = organization();
    const root = known(org);
    org.epoch(day);
    const one = (): Note => use(org, 'olga', 'machines/laser', 'allowed', { checkpoint: root });
    expect(told(org, 2 * day, one(), one(), one())).toEqual(['ok', 'ok', 'flagged GDO1056']);
    expect(told(org, 3 * day, use(org, 'olga', 'machines/laser', 'limit-reached', { checkpoint: root }))).toEqual(['ok']);
  });
});

describe('money in a right (S62)', () => {
  it('is limited by what the uses in the window were about, this one with them', () => {
    const org = organization();
    const spent = (units: bigint, amount?: bigint): string =>
      reason(ask(org, 'snacks/tea', 'ada', noon, { spent: () => units, ...(amount === undefined ? {} : { amount }) }));
    expect([spent(300n, 200n), spent(300n, 201n), spent(500n), spent(501n)]).toEqual([
      'allowed by take-snacks',
      'limit-reached',
      'allowed by take-snacks',
      'limit-reached',
    ]);
  });

  it('is counted by the fold for each person, in windows, from the amounts that uses say', () => {
    const org = organization();
    const root = known(org);
    org.epoch(day);
    const take = (subject: string, amount: string, what = 'allowed'): Note => ({
      by: 'olga',
      kind: 'fact',
      body: { type: 'right.used', subject, data: { thing: 'snacks/tea', reason: what, offset: -360, checkpoint: root, amount } },
    });
    const told = (atMs: number, ...notes: readonly Note[]): readonly string[] =>
      org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.kind} ${verdict.code}`));
    expect(told(2 * day, take('ada', '300'), take('ada', '201'), take('dora', '500'), take('ada', '200'))).toEqual(['ok', 'flagged GDO1056', 'ok', 'ok']);
    expect(told(3 * day, take('ada', '1', 'limit-reached'), { ...take('ada', '500'), claimedMs: day })).toEqual(['ok', 'ok']);
    expect(told(4 * day, take('ada', '-5'), take('ada', '1.50'))).toEqual(['flagged GDO1002', 'flagged GDO1002']);
  });
});

/** The id of the first checkpoint as these tests name it: the root of the state. */
function known(org: Organization): string {
  return stateRoot(org.state());
}

function notesAtZero(
  org: Organization,
  use: (org: Organization, subject: string, thing: string, what: string, more?: Readonly<Record<string, string | number>>) => Note,
): readonly Note[] {
  const checkpoint = '0'.repeat(64);
  return [
    use(org, 'ada', 'doors/front', 'allowed', { checkpoint, right: 'enter' }),
    use(org, 'ada', 'doors/front', 'outside-hours', { checkpoint }),
    use(org, 'zoe', 'doors/front', 'allowed', { checkpoint }),
    use(org, 'zoe', 'doors/front', 'no-role', { checkpoint }),
  ];
}

describe('the decision of a right', () => {
  /** The minutes of a week, from Monday on, in which a schedule is open: each span is walked minute by minute from its day on. */
  function slowlyOpen(
    schedule: readonly { readonly days: readonly number[]; readonly fromMinutes: number; readonly toMinutes: number }[],
  ): ReadonlySet<number> {
    const open = new Set<number>();
    for (let dayNumber = -1; dayNumber < 8; dayNumber += 1) {
      const weekday = ((dayNumber + 7) % 7) + 1;
      for (const { days, fromMinutes, toMinutes } of schedule) {
        if (!days.includes(weekday)) continue;
        const length = toMinutes > fromMinutes ? toMinutes - fromMinutes : toMinutes + 1_440 - fromMinutes;
        for (let passed = 0; passed < length; passed += 1) open.add(dayNumber * 1_440 + fromMinutes + passed);
      }
    }
    return open;
  }

  it(`is that of a slow judge on ${questions} persons, things, minutes, offsets and ages`, () => {
    const org = organization();
    const things = ['doors/front', 'doors/yard/shed', 'doors/cellar', 'machines/laser', 'attic'];
    const persons = ['ada', 'ben', 'dora', 'olga', 'nia', 'zoe', 'ghost'];
    const covers: Readonly<Record<string, readonly string[]>> = {
      'doors/front': ['enter', 'enter-at-night'],
      'doors/yard/shed': ['enter'],
      'machines/laser': ['use-laser'],
    };
    const tables = new Map(
      org.charter.rights.map(({ name, schedule }) => {
        const open = slowlyOpen(schedule);
        return [name, Array.from({ length: 10_080 }, (_, at) => schedule.length === 0 || open.has(at))];
      }),
    );
    const offline: Readonly<Record<string, number>> = { enter: 30, 'enter-at-night': 2, 'use-laser': 7 };
    const holds = (name: string, role: keyof typeof people): boolean => people[role].includes(name);
    const order = ['no-role', 'condition', 'outside-hours', 'too-long-offline'];
    const slow = (thing: string, person: string, atMs: number, offset: number, ageDays: number): string => {
      const rights = covers[thing];
      if (rights === undefined) return 'unknown-thing';
      if (person === 'ghost') return 'unknown-credential';
      if (rights.includes('enter') && holds(person, 'banned')) return 'denied';
      const reasons = rights.map((right): string => {
        const isHolder =
          right === 'enter-at-night' ? holds(person, 'night-member') : holds(person, 'member') || (right === 'use-laser' && holds(person, 'officer'));
        if (!isHolder) return 'no-role';
        if (right === 'use-laser' && !holds(person, 'officer')) return 'condition';
        // Minute 0 of the table is Monday 00:00; the epoch began on a Thursday.
        const at = Math.floor(atMs / minute) + offset + 3 * 1_440;
        if (tables.get(right)?.[((at % 10_080) + 10_080) % 10_080] !== true) return 'outside-hours';
        return ageDays >= Math.min(40, offline[right] ?? 0) ? 'too-long-offline' : `allowed by ${right}`;
      });
      return reasons.find((one) => one.startsWith('allowed')) ?? reasons.toSorted((left, right) => order.indexOf(right) - order.indexOf(left))[0] ?? '';
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...things),
        fc.constantFrom(...persons),
        fc.integer({ min: 60 * day, max: 400 * day }),
        fc.constantFrom(-840, -360, -300, 0, 345, 840),
        fc.nat(45),
        (thing, person, atMs, offsetMinutes, age) => {
          const answer = ask(org, thing, person, atMs, { offsetMinutes, checkpointMs: atMs - age * day });
          return reason(answer) === slow(thing, person, atMs, offsetMinutes, age);
        },
      ),
      { numRuns: questions },
    );
  }, 600_000);

  it('is that of everybody who holds the same state', () => {
    const org = organization();
    expect(deviceOfPerson('ada')).not.toBe(deviceOfPerson('olga'));
    expect(ask(org, 'doors/front', 'ada', noon)).toEqual(ask(organization(), 'doors/front', 'ada', noon));
  });
});
