// A use of a right is decided again as its checkpoint had things (S98): what a door said by what it knew is never called a difference, whatever came since,
// and anything else it could have said is. Uses by the newest checkpoint are rights.test.ts's.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { charterInForce, currentOf, decideRight, entriesUnder, openRequirements, rightReasons, stateRoot, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const roles = ['member', 'officer', 'deputy', 'chief', 'banned'] as const;
const people = ['ada', 'ben', 'chi', 'olga'] as const;
const things = ['hall', 'lab', 'room', 'desk'] as const;

/** Everything a right can read: roles that are given, lost, lapse, rest and are acted for; certificates, deeds, points, reports and locks. */
const text = `gdo 1
organization "Doors"
  stale after 20 days
end
area rules covers "bylaws/**"
collaborator books kept by any officer
  reports "arrears", "no arrears", "score"
end
certificate card plural cards
  issued by any officer
  lasts 4 days
  revoked by any officer
end
action teach by any person
measure effort counts teach by each person over the last 6 days end
measure score counts score by each person reported by books end
points merit plural merits
  earned 2 by any person for teach
  decay 50% every 3 days rounded down
end
role member plural members
  held by anyone
  gained through name-member
  lost through resignation or arrears of 2 days
end
role officer plural officers
  held by 0 to 5 people
  gained through name-officer
  lost through resignation
end
role deputy plural deputies
  held by 0 to 5 people
  term 5 days
  gained through name-deputy
  lost through resignation or expiry
end
role chief plural chiefs
  held by 0 to 1 people
  gained through name-chief
  lost through resignation
  succeeded by deputy
end
role banned plural banned-people
  held by 0 to 5 people
  gained through name-banned
  lost through resignation
end
right enter
  covers "hall"
  held by members
  denied to banned
  locked by any person released by any person
  offline for at most 20 days
end
right use
  covers "lab"
  held by members who hold card
  held by officers
  offline for at most 20 days
end
right teach-here
  covers "room"
  held by members who have at least 2 effort
  held by officers who have at least 2 merit
  held by chiefs who have at least 5 score
  held by banned
  offline for at most 20 days
end
right lead
  covers "desk"
  held by chiefs
  offline for at most 20 days
end
${roles
  .map(
    (role) => `process name-${role}
  started by any person
  step wait
    after 1 day go to named
  end
  outcome named
    grant ${role} to the candidate
  end
end
process hear-${role}
  started by any person
  while open suspend ${role} of the subject
  step wait
    after 1 day go to refused
  end
end
`,
  )
  .join('')}process amendment
  governs rules
  started by any person
  step talk
    when any officer approves go to accepted
    after 9 days go to refused
  end
end
`;

/** New bylaws under which the hall is for officers, and nobody is denied. */
const forOfficers = text.replace('held by members\n  denied to banned', 'held by officers');

const founded = (bylaws = text): Organization => {
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  const holders = { member: ['ada', 'ben', 'olga'], officer: ['olga', 'ada'], deputy: ['ben', 'chi'] };
  return found(bylaws, holders, { people: ['olga', 'chi'], content: [['bylaws/a', '100644:aa']] });
};

type Person = (typeof people)[number];
type Happening = readonly [what: number, by: Person, about: Person, which: number];

const report = (about: string, data: Readonly<Record<string, string>>): Note => ({
  by: 'olga',
  kind: 'fact',
  body: { type: 'report', subject: about, data: { collaborator: 'books', ...data } },
});
const card = (kind: 'issue' | 'revoke', member: string): Note => ({ by: 'olga', kind, body: { certificate: 'card', member } });
const resign = (by: string, role: string): Note => ({ by, kind: 'resign', body: { role } });
const teach = (by: string): Note => ({ by, kind: 'perform', body: { verb: 'teach' } });
const lock: Note = { by: 'ada', kind: 'lock', body: { thing: 'hall', text: 'wet paint' } };
const release = (id: string): Note => ({ by: 'ben', kind: 'release', body: { lock: id, text: 'dry' } });

/** One thing that changes what rights read. */
function happens(org: Organization, [what, by, about, which]: Happening, locked: string): Note {
  const { propose } = notesFor(org);
  const role = roles[which % roles.length] ?? 'member';
  switch (what) {
    case 0:
      return resign(by, role);
    case 1:
      return propose(by, `name-${role}`, { candidate: about });
    case 2:
      return propose(by, `hear-${role}`, { subject: about });
    case 3:
      return card('issue', about);
    case 4:
      return card('revoke', about);
    case 5:
      return teach(by);
    case 6:
      return report(about, { report: which % 2 === 0 ? 'arrears' : 'no arrears' });
    case 7:
      return report(about, { report: 'score', value: String(which) });
    case 8:
      return { ...lock, by };
    default:
      return { ...release(locked), by };
  }
}

/** What a door says to somebody at an instant by the newest checkpoint, as it writes that down. */
function answer(org: Organization, person: string, thing: string, atMs: number): Note {
  const { timeMs: checkpointMs } = currentOf(org.state());
  const said = decideRight(org.state(), charterInForce(org.state()), { thing, person, atMs, offsetMinutes: 0, checkpointMs, contact: 'alone', uses: () => 0 });
  const data = { thing, reason: said.kind === 'allowed' ? 'allowed' : said.reason, right: said.right ?? '', offset: 0, checkpoint: stateRoot(org.state()) };
  return { by: 'olga', kind: 'fact', body: { type: 'right.used', subject: person, data }, claimedMs: atMs };
}

const answers = (org: Organization, atMs: number): readonly Note[] => people.flatMap((person) => things.map((thing) => answer(org, person, thing, atMs)));
const dataOf = ({ body }: Note): Readonly<Record<string, unknown>> => Object(body['data']);
const reasonOf = (note: Note): string => String(dataOf(note)['reason']);
const told = (org: Organization, atMs: number, notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.kind} ${verdict.code}`));

/** The same use with another reason than the door gave; what a door says of its own credentials is believed. */
function otherwise(note: Note, which: number): Note {
  const others = ['allowed', ...rightReasons].filter((reason) => reason !== reasonOf(note) && reason !== 'credential-disabled');
  const { right: _right, ...data } = dataOf(note);
  return { ...note, body: { ...note.body, data: JSON.parse(JSON.stringify({ ...data, reason: others[which % others.length] })) } };
}

const happening = fc.tuple(fc.nat(9), fc.constantFrom(...people), fc.constantFrom(...people), fc.nat(9));
const histories = fc.array(fc.tuple(fc.array(happening, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), fc.nat(60)), { minLength: 2, maxLength: 8 });
const trials = Math.min(10, Number(process.env['GDO_TRIALS'] ?? '10'));

describe('a use of a right (S98)', () => {
  it('is what its checkpoint says and nothing else, whatever happened since', () => {
    fc.assert(
      fc.property(histories, fc.nat(999), (epochs, which) => {
        const org = founded();
        let timeMs = 0;
        const said: Note[] = [];
        let locked = '';
        for (const [happenings, hours, laterHours] of epochs) {
          timeMs += hours * hour;
          const { ids, full } = org.epoch(timeMs, ...happenings.map((one) => happens(org, one, locked)));
          happenings.forEach(([what], index) => {
            if (what === 8 && full[index]?.kind === 'ok') locked = ids[index] ?? '';
          });
          said.push(...answers(org, timeMs + laterHours * hour));
        }
        org.epoch(timeMs + hour);
        expect(told(org, timeMs + day, said)).toEqual(said.map(() => 'ok'));
        expect(told(org, timeMs + 2 * day, [otherwise(said[which % said.length] ?? lock, which)])).toEqual(['flagged GDO1056']);
      }),
      { numRuns: trials },
    );
  });
});

/** Puts other bylaws in force. */
function amended(org: Organization, atMs: number, bylaws: string): void {
  const { proposeChange, act, attest } = notesFor(org);
  const next = compile(bylaws);
  const note = proposeChange('ada', 'amendment', [{ path: 'bylaws/a', old: '100644:aa', new: '100644:bb' }], { adopts: next.hash });
  org.epoch(atMs, { ...note, adopts: next });
  org.epoch(atMs + hour, act('ada', 1, 'approve'));
  org.epoch(atMs + 2 * hour, attest('olga', 1, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
  expect(org.view(1).status).toBe('merged');
}

/** The first answer of a door by a checkpoint, and what the fold says of it after something else. */
function afterwards(thing: string, person: string, happened: (org: Organization) => void): readonly string[] {
  const org = founded();
  org.epoch(hour);
  const said = answer(org, person, thing, 2 * hour);
  org.epoch(3 * hour);
  happened(org);
  org.epoch(50 * hour);
  return [reasonOf(said), reasonOf(answer(org, person, thing, 51 * hour)), ...told(org, 52 * hour, [said])];
}

describe('by a checkpoint before it, a use knows nothing', () => {
  const { propose } = notesFor(founded());
  it.each<readonly [what: string, thing: string, person: string, before: string, after: string, notes: readonly (readonly Note[])[]]>([
    [
      'of a report that came twice',
      'room',
      'ben',
      'condition',
      'allowed',
      [[report('ben', { report: 'score', value: '9' }), report('ben', { report: 'score', value: '7' })]],
    ],
    ['of points, though the right has other facts, too', 'room', 'olga', 'condition', 'allowed', [[teach('olga')]]],
    ['of who acts because somebody else resigned', 'desk', 'ben', 'allowed', 'no-role', [[resign('ben', 'deputy'), resign('chi', 'deputy')]]],
    ['of a chief, in whose place nobody acts', 'desk', 'ben', 'allowed', 'no-role', [[propose('ada', 'name-chief', { candidate: 'olga' })]]],
    ['of a card that was given', 'lab', 'ben', 'condition', 'allowed', [[card('issue', 'ben')]]],
    [
      'of a case in which a role rests',
      'lab',
      'olga',
      'allowed',
      'suspended',
      [[], [propose('ada', 'hear-officer', { subject: 'olga' }), propose('ada', 'hear-member', { subject: 'olga' })]],
    ],
  ])('%s', (_what, thing, person, before, after, notes) => {
    const happened = (org: Organization): void => notes.forEach((row, index) => void org.epoch((26 + 22 * index) * hour, ...row));
    expect(afterwards(thing, person, happened)).toEqual([before, after, 'ok']);
  });

  it('of new bylaws', () => {
    expect(afterwards('hall', 'ben', (org) => amended(org, 4 * hour, forOfficers))).toEqual(['allowed', 'no-role', 'ok']);
  });
});

describe('what was so at an earlier checkpoint', () => {
  const span = 40 * day;
  it('is known for twice `stale after`, and then forgotten (S106)', () => {
    const org = founded();
    const first = answer(org, 'ada', 'hall', hour);
    org.epoch(1);
    const second = answer(org, 'ada', 'hall', hour);
    org.epoch(2, resign('ada', 'member'));
    org.epoch(span - 1);
    expect(told(org, span, [first, second])).toEqual(['ok', 'ok']);
    // Something of hers changes ahead of the uses, by checkpoints that are as old as may be.
    expect(told(org, span + 1, [resign('ada', 'officer'), first, second])).toEqual(['ok', 'ok', 'ok']);
    expect(told(org, span + 2, [teach('ada'), first, second])).toEqual(['ok', 'flagged GDO1023', 'ok']);
    expect(told(org, span + 3, [second])).toEqual(['flagged GDO1023']);
  });

  it('is known for 60 days where nothing is written', () => {
    const org = founded(text.replace('  stale after 20 days\n', ''));
    const said = answer(org, 'ada', 'hall', hour);
    org.epoch(60 * day);
    expect([told(org, 60 * day + 1, [said]), told(org, 60 * day + 2, [said])]).toEqual([['ok'], ['flagged GDO1023']]);
  });

  it('is known as long as the bylaws of its checkpoint say, where new ones forget sooner', () => {
    const org = founded();
    const said = answer(org, 'ada', 'hall', hour);
    amended(org, day, text.replace('stale after 20 days', 'stale after 5 days'));
    org.epoch(2 * day, resign('ada', 'member'));
    org.epoch(39 * day);
    expect(told(org, span - 1, [teach('ada'), said])).toEqual(['ok', 'ok']);
    for (const days of [41, 42, 43]) org.epoch(days * day);
    expect(told(org, 44 * day, [said])).toEqual(['flagged GDO1023']);
    // From here on ten days are enough.
    const later = answer(org, 'ben', 'hall', 44 * day + 1);
    org.epoch(45 * day);
    org.epoch(54 * day + 1);
    org.epoch(54 * day + 2);
    expect(told(org, 54 * day + 3, [later])).toEqual(['flagged GDO1023']);
    expect(entriesUnder(org.state(), 'replaced')).toEqual([]);
  });

  it('does not grow for ever', () => {
    const org = founded();
    const kept = (): readonly number[] => ['was/', 'checkpoint/', 'checkpoint-at/'].map((prefix) => entriesUnder(org.state(), prefix).length);
    const sizes = Array.from({ length: 40 }, (_, index) => {
      org.epoch(
        (index * 5 + 1) * day,
        card('issue', 'ben'),
        teach('ben'),
        resign('chi', 'deputy'),
        notesFor(org).propose('ada', 'name-deputy', { candidate: 'chi' }),
      );
      return kept();
    });
    expect(sizes.slice(20)).toEqual(Array.from({ length: 20 }, () => sizes[20]));
  });

  it('is not kept where nobody has a right', () => {
    const org = founded(text.replaceAll(/right [^]*?\nend\n/g, ''));
    org.epoch(hour, card('issue', 'ben'), resign('ada', 'member'), teach('ada'));
    org.epoch(2 * hour);
    expect(['was/', 'checkpoint'].flatMap((prefix) => entriesUnder(org.state(), prefix))).toEqual([]);
  });
});
