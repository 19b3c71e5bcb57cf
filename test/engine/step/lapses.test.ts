// Declarations that lapse unless they are renewed (S60, 0060): which go and when, what a renewal is about, and what new bylaws do to the time that runs. The
// first steps are changes.test.ts's.
import { describe, expect, it } from 'vitest';
import {
  charterInForce,
  currentOf,
  decideRight,
  holdersOf,
  openRequirements,
  readCase,
  readEntry,
  stateRoot,
  unsupported,
  whatIf,
  type JsonObject,
} from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const plain = (name: string, lines = ''): string => `process ${name}
  started by any member
${lines}  step talk
    after 1 day go to accepted
  end
end
`;
const agreed = (name: string, lines = ''): string => `process ${name}
${lines}  started by any member
  step talk
    when 2 members approve go to accepted
    after 2 days go to refused
  end
end
`;

const bylaws = (protections: string): string => `gdo 1
organization "Lapsing"
end
area rules covers "bylaws/**"
area work covers "work/**"
role member plural members
  held by 1 to 9 people
end
role warden plural wardens
  held by 0 to 9 people
  gained through naming
end
role deputy plural deputies
  held by 0 to 9 people
  gained through naming
  lost with warden
end
right enter
  covers "hall"
  held by members
  offline for at most 20 days
end
right use
  covers "saw"
  held by members
  offline for at most 20 days
end
process naming
  started by any member
  step talk
    after 1 day go to named
  end
  outcome named
    grant warden to the candidate
    grant deputy to the candidate
  end
end
process motion
  started by any member
  vote ballot
    voters members
    open for 7 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
${plain('emergency')}${plain('curfew')}${agreed('renewal')}${agreed('budget', '  governs work\n')}${agreed('amendment', '  governs rules\n')}${protections}`;

const people: readonly string[] = ['ada', 'ben', 'chi'];
const content: readonly (readonly [string, string])[] = [
  ['bylaws/a', '100644:b0'],
  ['work/a', '100644:aa'],
];

function founded(protections: string): Organization {
  expect(unsupported(compile(bylaws(protections)).charter)).toEqual([]);
  return found(bylaws(protections), { member: people }, { content });
}

const inForce = (org: Organization): string => currentOf(org.state()).bylaws;
const propose = (org: Organization, process: string, body: JsonObject = {}): Note => notesFor(org).propose('ada', process, { bylaws: inForce(org), ...body });
/** Which of some processes a case of starts, at an instant. */
function starting(org: Organization, atMs: number, ...processes: readonly string[]): readonly string[] {
  const { verdicts } = org.epoch(atMs, ...processes.map((process) => propose(org, process)));
  return processes.filter((_, index) => verdicts[index] === 'ok');
}
const cases = (org: Organization): number => currentOf(org.state()).cases;

/** A case that two members agree to at once. */
function agree(org: Organization, atMs: number, process: string, body: JsonObject = {}): void {
  org.epoch(atMs, propose(org, process, body));
  const number = cases(org);
  const { act } = notesFor(org);
  org.epoch(atMs + 1, act('ada', number, 'approve'), act('ben', number, 'approve'));
  expect(org.view(number).status).toBe('accepted');
}

/** Merges something: a file of the work, or other bylaws. */
function merge(org: Organization, atMs: number, process: string, body: JsonObject = {}, next?: string): void {
  const { proposeChange, act, attest } = notesFor(org);
  const number = cases(org) + 1;
  const adopts = next === undefined ? undefined : compile(bylaws(next));
  const path = adopts === undefined ? 'work/a' : 'bylaws/a';
  const entry = readEntry(org.state(), `content/${path}`)?.['entry'];
  const old = typeof entry === 'string' ? entry : 'absent';
  const entries = [{ path, old, new: `100644:c${number}` }];
  const note = proposeChange('ada', process, entries, { bylaws: inForce(org), ...body, ...(adopts === undefined ? {} : { adopts: adopts.hash }) });
  expect(org.epoch(atMs, adopts === undefined ? note : { ...note, adopts }).verdicts).toEqual(['ok']);
  org.epoch(atMs + 1, act('ada', number, 'approve'), act('ben', number, 'approve'));
  if (adopts !== undefined)
    org.epoch(atMs + 2, attest('ada', number, 'gdo-check', openRequirements(org.state()).find((one) => one.number === number)?.candidate ?? ''));
  expect(org.view(number).status).toBe('merged');
}

describe('what lapses (S60)', () => {
  const soon = 'protect emergency, warden\n  lapses after 10 days\nend\nprotect curfew\n  lapses after 20 days\nend\n';

  it('is told apart by its names, in every future of one state, also where some are spelled like another one together', () => {
    const names = ['cur', 'few', 'curfew'];
    const each = names.map((name) => `protect ${name}\n  lapses after 10 days unless renewed through renewal\nend\n`).join('');
    const org = founded(`${plain('cur')}${plain('few')}${each}`);
    org.epoch(day, ...names.map((renews) => propose(org, 'renewal', { renews })));
    const standing = (...renewed: readonly number[]): readonly string[] => {
      const acts = renewed.flatMap((number) => ['ada', 'ben'].map((person) => notesFor(org).act(person, number, 'approve')));
      const supposed = acts.map(({ by, ...act }) => ({ person: by, ...act }));
      const { verdicts, state } = whatIf(org.state(), supposed, { nowMs: 2 * day, untilMs: 11 * day });
      expect(verdicts.every(({ kind }) => kind === 'ok')).toBe(true);
      return charterInForce(state).processes.flatMap(({ name }) => (names.includes(name) ? [name] : []));
    };
    expect([standing(1, 2), standing(3), standing(1, 2, 3)].map((one) => one.toSorted())).toEqual([['cur', 'few'], ['curfew'], ['cur', 'curfew', 'few']]);
  });

  it('is each declaration that a block names, at its own time, and nothing else', () => {
    const org = founded(soon);
    org.epoch(0, propose(org, 'naming', { candidate: 'ben' }));
    org.epoch(day);
    expect(holdersOf(org.state(), org.charter, 'deputy')).toEqual(['ben']);
    expect(starting(org, 10 * day - 1, 'emergency', 'curfew')).toEqual(['emergency', 'curfew']);
    org.epoch(10 * day);
    expect([starting(org, 11 * day, 'emergency', 'curfew'), holdersOf(org.state(), org.charter, 'warden')]).toEqual([['curfew'], []]);
    // A role that is lost with one that lapses goes with it.
    expect(holdersOf(org.state(), org.charter, 'deputy')).toEqual([]);
    org.epoch(20 * day);
    expect(starting(org, 20 * day + 1, 'emergency', 'curfew', 'naming')).toEqual(['naming']);
  });

  it('is gone from its instant on, though the checkpoint comes later', () => {
    const org = founded(soon);
    const at = (atMs: number): Note => ({ ...propose(org, 'emergency'), atMs });
    expect(org.epoch(10 * day + hour, at(10 * day - 1), at(10 * day), at(10 * day + 1)).verdicts).toEqual(['ok', 'GDO1052', 'GDO1052']);
  });

  it('is a protection alone where it is of a part of a declaration', () => {
    const guard = (days: number): string => `protect motion.ballot\n  changed through renewal\n  lapses after ${days} days\nend\n`;
    const org = founded(guard(10));
    const longer = (atMs: number): readonly string[] => {
      const next = compile(bylaws(guard(10)).replace('open for 7 days', 'open for 8 days'));
      const change = [{ path: 'bylaws/a', old: '100644:b0', new: '100644:b1' }];
      return org.epoch(atMs, { ...notesFor(org).proposeChange('ada', 'amendment', change, { adopts: next.hash }), adopts: next }).verdicts;
    };
    expect(longer(9 * day)).toEqual(['GDO2004']);
    org.epoch(10 * day);
    expect([longer(11 * day), starting(org, 11 * day + 1, 'motion')]).toEqual([['ok'], ['motion']]);
  });

  it('is a right, for what is decided from then on, and not for a door that had the checkpoint before', () => {
    const org = founded('protect enter\n  lapses after 10 days\nend\n');
    org.epoch(9 * day);
    const door = (atMs: number): Note => {
      const { timeMs: checkpointMs } = currentOf(org.state());
      const question = { thing: 'hall', person: 'ben', atMs, offsetMinutes: 0, checkpointMs, contact: 'alone' as const, uses: () => 0 };
      const answer = decideRight(org.state(), charterInForce(org.state()), question);
      const reason = answer.kind === 'allowed' ? 'allowed' : answer.reason;
      const data = { thing: 'hall', reason, offset: 0, checkpoint: stateRoot(org.state()) };
      return { by: 'ada', kind: 'fact', body: { type: 'right.used', subject: 'ben', data }, claimedMs: atMs };
    };
    const before = door(11 * day);
    org.epoch(10 * day);
    const after = door(11 * day);
    org.epoch(11 * day);
    org.epoch(11 * day + 1);
    expect([before, after].map(({ body }) => Object(body['data']).reason)).toEqual(['allowed', 'unknown-thing']);
    expect(org.epoch(12 * day, before, after).verdicts).toEqual(['ok', 'ok']);
  });
});

describe('cases and what has lapsed before them (S57, S60)', () => {
  const vote =
    'process motioned\n  started by any member\n  vote ballot\n    voters wardens, deputies\n    open for 7 days\n    passes when at least 1 warden says yes\n';
  const ending = '    when passed go to accepted\n    otherwise go to refused\n  end\nend\n';
  const soon = 'protect warden\n  lapses after 10 days\nend\n';
  const acting = (): Organization =>
    found(
      bylaws(`${vote}${ending}${soon}`).replace(
        '  gained through naming\nend\nrole deputy',
        '  gained through naming\n  succeeded by member\nend\nrole deputy',
      ),
      {
        member: people,
      },
    );

  it.each([
    ['before', 9, ['ok'], 'accepted'],
    ['after', 10, ['GDO1057'], 'refused'],
  ] as const)('a case that began %s a role lapsed has whoever acts in it, or nobody', (_, onDay, verdicts, status) => {
    const org = acting();
    org.epoch(onDay * day, propose(org, 'motioned'));
    org.epoch(onDay * day + 1);
    org.epoch(11 * day);
    expect(org.epoch(12 * day, notesFor(org).ballot('ada', 1, ['yes'])).verdicts).toEqual(verdicts);
    org.epoch(20 * day);
    expect(org.view(1).status).toBe(status);
  });

  it.each([
    ['before', 5, undefined],
    ['after', 12, ['warden']],
  ] as const)('a case that new bylaws start again %s a role lapsed is judged with it, or without', (_, onDay, lapsed) => {
    const slow = 'process slow\n  in flight keep or restart\n  started by any member\n  step talk\n    after 90 days go to accepted\n  end\nend\n';
    const org = founded(`${slow}${soon}`);
    org.epoch(day, propose(org, 'slow'));
    org.epoch(day + 1);
    merge(org, onDay * day, 'amendment', { inFlight: 'restart' }, `${slow}${soon}protect work\n  never changed\nend\n`);
    expect(readCase(org.state(), org.view(1).id)).toMatchObject({ bylaws: inForce(org), ...(lapsed === undefined ? {} : { lapsed }) });
    expect(readCase(org.state(), org.view(1).id)?.lapsed).toEqual(lapsed);
  });

  it('a case waits no more for people to start it when its process has lapsed', () => {
    const joint = 'process together\n  started by 2 members\n  step talk\n    after 1 day go to accepted\n  end\nend\n';
    const org = founded(`${joint}protect together\n  lapses after 10 days\nend\n`);
    org.epoch(9 * day, propose(org, 'together'), propose(org, 'together'));
    const start = (person: string, number: number, atMs: number): Note => ({ ...notesFor(org).act(person, number, 'start', { stage: 1 }), atMs });
    expect(org.epoch(11 * day, start('ben', 1, 10 * day - 1), start('ben', 2, 10 * day)).verdicts).toEqual(['ok', 'GDO1052']);
  });
});

describe('a renewal', () => {
  const by = (what: string, process: string, days = 10): string => `protect ${what}\n  lapses after ${days} days unless renewed through ${process}\nend\n`;

  it('that names one thing is about the blocks that name it, and about no others', () => {
    const org = founded(
      by('emergency, motion.ballot', 'renewal') + by('curfew', 'renewal') + by('motion', 'budget') + 'protect naming\n  never changed\nend\n',
    );
    agree(org, 5 * day, 'renewal', { renews: 'motion.ballot' });
    org.epoch(10 * day);
    expect(starting(org, 10 * day + 1, 'emergency', 'curfew', 'motion')).toEqual(['emergency']);
    org.epoch(15 * day + 1);
    expect(starting(org, 15 * day + 2, 'emergency')).toEqual([]);
  });

  it('that names nothing is about all blocks that name its process, where it merges nothing', () => {
    const org = founded(by('emergency', 'renewal') + by('curfew', 'renewal') + by('motion', 'budget'));
    agree(org, 5 * day, 'renewal');
    merge(org, 6 * day, 'budget');
    org.epoch(10 * day);
    expect(starting(org, 10 * day + 1, 'emergency', 'curfew', 'motion')).toEqual(['emergency', 'curfew']);
  });

  it('in a case that merges must be named', () => {
    const org = founded(by('motion', 'budget') + by('curfew', 'budget'));
    merge(org, 6 * day, 'budget', { renews: 'motion' });
    org.epoch(10 * day);
    expect(starting(org, 10 * day + 1, 'curfew', 'motion')).toEqual(['motion']);
  });

  it('of what lapses on a day is once for good, and comes too late at its instant', () => {
    const onDay = 'protect emergency, curfew\n  lapses on 1970-01-11 unless renewed through renewal\nend\n';
    const org = founded(onDay);
    agree(org, 5 * day, 'renewal', { renews: 'curfew' });
    agree(org, 6 * day, 'renewal');
    org.epoch(10 * day);
    org.epoch(400 * day);
    expect(starting(org, 400 * day + 1, 'emergency', 'curfew')).toEqual(['emergency', 'curfew']);
    const late = founded(onDay);
    late.epoch(9 * day, propose(late, 'renewal'));
    const { act } = notesFor(late);
    late.epoch(10 * day, act('ada', 1, 'approve'), act('ben', 1, 'approve'));
    expect([late.view(1).status, starting(late, 10 * day + 1, 'emergency')]).toEqual(['accepted', []]);
  });
});

describe('new bylaws', () => {
  const soon = 'protect curfew\n  lapses after 10 days\nend\n';
  const other = 'protect emergency\n  lapses after 30 days\nend\n';

  it('that keep a block let its time run on', () => {
    const org = founded(soon);
    merge(org, 5 * day, 'amendment', {}, soon + other);
    org.epoch(10 * day);
    expect(starting(org, 10 * day + 1, 'curfew', 'emergency')).toEqual(['emergency']);
    // What has lapsed stays so under new bylaws that say the same of it.
    merge(org, 11 * day, 'amendment', {}, `${soon}${other}protect work\n  never changed\nend\n`);
    expect(starting(org, 12 * day, 'curfew', 'emergency')).toEqual(['emergency']);
  });

  it.each([
    ['before', 8, 18],
    ['after', 12, 22],
  ])('that take a block away and put it back %s it would have lapsed let it count anew', (_, backOnDay, lapsesOnDay) => {
    const org = founded(soon);
    merge(org, 2 * day, 'amendment', {}, '');
    org.epoch(Math.min(10, backOnDay) * day);
    merge(org, backOnDay * day, 'amendment', {}, soon);
    org.epoch(lapsesOnDay * day + 1);
    expect(starting(org, lapsesOnDay * day + 1, 'curfew')).toEqual(['curfew']);
    org.epoch(lapsesOnDay * day + 3);
    expect(starting(org, lapsesOnDay * day + 4, 'curfew')).toEqual([]);
  });

  it('that take the block away bring back what had lapsed', () => {
    const org = founded(soon);
    org.epoch(10 * day);
    expect(starting(org, 11 * day, 'curfew')).toEqual([]);
    merge(org, 12 * day, 'amendment', {}, '');
    expect(starting(org, 13 * day, 'curfew')).toEqual(['curfew']);
  });
});
