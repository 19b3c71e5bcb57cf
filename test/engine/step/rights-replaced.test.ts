// Uses of rights by a checkpoint whose bylaws others have replaced since, and of people who were enrolled since: a door that was right stays right (S98).
import { describe, expect, it } from 'vitest';
import { currentOf, decideRight, openRequirements, publicKeyText, stateRoot, unsupported } from '../../../engine/index.ts';
import { seedSigner } from '../../../node/ledger/keys.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "Doors"
  stale after 20 days
end
area rules covers "bylaws/**"
action teach by any person
measure effort counts teach by each person over the last 6 days end
role member plural members
  held by anyone
end
role officer plural officers
  held by 0 to 5 people
end
role deputy plural deputies
  held by 0 to 5 people
  lost through resignation
end
role chief plural chiefs
  held by 0 to 1 people
  gained through naming
  succeeded by deputy
end
right enter
  covers "hall"
  held by deputies
  offline for at most 20 days
end
right teach-here
  covers "room"
  held by members who have at least 2 effort
  offline for at most 20 days
end
right lead
  covers "desk"
  held by chiefs
  offline for at most 20 days
end
process naming
  started by any member
  step wait
    after 1 day go to accepted
  end
  outcome named
    grant chief to the candidate
  end
end
process amendment
  governs rules
  started by any member
  step talk
    when any officer approves go to accepted
    after 9 days go to refused
  end
end
`;
const without = (pattern: RegExp): string => text.replaceAll(pattern, '');
const noRights = without(/right [^]*?\nend\n/g);
const noFacts = without(/ who have at least 2 effort/g);
const shorter = (days: number): string => text.replace('stale after 20 days', `stale after ${days} days`);
const noSuccession = without(/ {2}succeeded by deputy\n/g);

const ofBylaws = new Map([text, noRights, noFacts, noSuccession, shorter(19), shorter(5)].map((one) => [compile(one).hash, compile(one).charter]));

function founded(bylaws = text): Organization {
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  const holders = { member: ['ada', 'ben', 'olga'], officer: ['olga'], deputy: ['ben', 'chi'] };
  return found(bylaws, holders, { people: ['olga'], content: [['bylaws/a', '100644:aa']] });
}

/** What a door says by the newest checkpoint, as it writes that down. */
function answer(org: Organization, person: string, thing: string, atMs: number): Note {
  const { timeMs: checkpointMs, bylaws } = currentOf(org.state());
  const question = { thing, person, atMs, offsetMinutes: 0, checkpointMs, contact: 'alone', uses: () => 0 } as const;
  const said = decideRight(org.state(), ofBylaws.get(bylaws) ?? org.charter, question);
  const data = { thing, reason: said.kind === 'allowed' ? 'allowed' : said.reason, right: said.right ?? '', offset: 0, checkpoint: stateRoot(org.state()) };
  return { by: 'olga', kind: 'fact', body: { type: 'right.used', subject: person, data }, claimedMs: atMs };
}
const reasonOf = ({ body }: Note): unknown => Object(body['data']).reason;

/** Puts other bylaws in force, the first time or once more. @returns the last checkpoint before */
function amend(org: Organization, atMs: number, bylaws: string, number = 1): string {
  const { proposeChange, act, attest } = notesFor(org);
  const next = compile(bylaws);
  const [old, fresh] = number === 1 ? ['100644:aa', '100644:bb'] : ['100644:bb', '100644:cc'];
  const note = proposeChange('ada', 'amendment', [{ path: 'bylaws/a', old, new: fresh }], { adopts: next.hash, bylaws: currentOf(org.state()).bylaws });
  org.epoch(atMs, { ...note, adopts: next });
  org.epoch(atMs + 1, act('olga', number, 'approve'));
  const before = stateRoot(org.state());
  org.epoch(atMs + 2, attest('olga', number, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
  expect(org.view(number).status).toBe('merged');
  return before;
}

/** The reason a door gave by its checkpoint, and what the fold says of it when other bylaws are in force and other things have happened. */
function afterwards(thing: string, person: string, bylaws: string, ...happened: readonly Note[]): readonly unknown[] {
  const org = founded();
  org.epoch(hour);
  const said = answer(org, person, thing, 2 * hour);
  amend(org, 3 * hour, bylaws);
  org.epoch(day, ...happened);
  org.epoch(2 * day);
  return [reasonOf(said), org.epoch(3 * day, said).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : verdict.code))];
}

const resign = (by: string, role: string): Note => ({ by, kind: 'resign', body: { role } });
const teach = (by: string): Note => ({ by, kind: 'perform', body: { verb: 'teach' } });

describe('a use by a checkpoint before new bylaws', () => {
  it('is decided by what was so then, though nobody has a right any more', () => {
    expect(afterwards('hall', 'ben', noRights, resign('ben', 'deputy'))).toEqual(['allowed', ['ok']]);
  });

  it('knows none of the deeds since, though no right asks for them any more', () => {
    expect(afterwards('room', 'ada', noFacts, teach('ada'), { ...teach('ada'), claimedMs: 1 })).toEqual(['condition', ['ok']]);
  });

  it('knows who acted for a vacant role then, though nobody acts for it any more', () => {
    expect(afterwards('desk', 'chi', noSuccession, resign('ben', 'deputy'))).toEqual(['no-role', ['ok']]);
  });

  it('is too old in the end, as any other, and then nothing of the bylaws is remembered', () => {
    const org = founded();
    org.epoch(hour);
    const said = answer(org, 'ben', 'hall', 2 * hour);
    amend(org, 3 * hour, noRights);
    org.epoch(40 * day);
    expect(org.epoch(41 * day, said).full).toMatchObject([{ kind: 'ok' }]);
    for (let days = 42; days < 46; days += 1) org.epoch(days * day, { ...said, claimedMs: days });
    expect(org.epoch(46 * day, said).full).toMatchObject([{ kind: 'flagged', code: 'GDO1023' }]);
  });
});

describe('a use by the last checkpoint before bylaws that are the first to give rights', () => {
  it('was of no right, whatever the new ones give to whoever uses it', () => {
    const org = founded(noRights);
    const checkpoint = amend(org, 3 * hour, text);
    const said = (reason: string, right: string): Note => ({
      by: 'olga',
      kind: 'fact',
      body: { type: 'right.used', subject: 'ben', data: { thing: 'hall', reason, right, offset: 0, checkpoint } },
      claimedMs: 3 * hour + 2,
    });
    org.epoch(day);
    const { full } = org.epoch(2 * day, said('allowed', 'enter'), said('unknown-thing', ''));
    expect(full).toMatchObject([{ kind: 'flagged', code: 'GDO1056' }, { kind: 'ok' }]);
  });
});

describe('how far back a use may be, where bylaws that forget sooner have come (S98, S106)', () => {
  const verdictOf = (org: Organization, atMs: number, said: Note): readonly string[] =>
    org.epoch(atMs, said).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : verdict.code));
  /** A use by the checkpoint of an instant. */
  const usedAt = (org: Organization, atMs: number): Note => {
    org.epoch(atMs);
    return answer(org, 'ben', 'hall', atMs + 1);
  };

  it('is as the newest of the bylaws before says that gave rights, until no checkpoint by it is left', () => {
    const org = founded();
    amend(org, day, shorter(19));
    amend(org, 30 * day, shorter(5), 2);
    // The first bylaws are forgotten by now, the second ones not yet.
    for (const days of [42, 43]) org.epoch(days * day);
    const said = usedAt(org, 44 * day);
    for (const days of [60, 61]) org.epoch(days * day);
    expect(verdictOf(org, 62 * day, said)).toEqual(['ok']);
  });

  it('is as the new ones say from the checkpoint on by which the last one before is too old', () => {
    const org = founded();
    amend(org, day - 2, shorter(5));
    const said = usedAt(org, 20 * day);
    org.epoch(41 * day);
    org.epoch(41 * day + 1);
    org.epoch(41 * day + 2);
    expect(verdictOf(org, 41 * day + 3, said)).toEqual(['GDO1023']);
  });

  it('is nothing that bylaws say under which nobody had a right', () => {
    const org = founded(noRights);
    amend(org, day, shorter(5));
    const said = usedAt(org, 2 * day);
    for (const days of [11, 14, 15]) org.epoch(days * day);
    expect(verdictOf(org, 16 * day, said)).toEqual(['GDO1023']);
  });
});

describe('a use of somebody whose key was enrolled since', () => {
  it('was of somebody unknown', () => {
    const org = founded();
    org.epoch(hour);
    const said = answer(org, 'zoe', 'hall', 2 * hour);
    const key = seedSigner(new Uint8Array(32).fill(7)).publicKey;
    expect(org.epoch(3 * hour, { by: 'olga', kind: 'key.enrol', body: { key: publicKeyText(key), member: 'zoe', possession: '' } }).verdicts).toEqual(['ok']);
    org.epoch(4 * hour);
    expect(reasonOf(answer(org, 'zoe', 'hall', 4 * hour))).toBe('no-role');
    expect([reasonOf(said), org.epoch(5 * hour, said).full.map(({ kind }) => kind)]).toEqual(['unknown-credential', ['ok']]);
  });
});
