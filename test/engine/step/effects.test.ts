// Effects in unusual company: several at once, under older bylaws, by a duty, on seats to come, beside limits; and which change an outcome merges (S57, S65, S113-S115, S121, S131).
import { describe, expect, it } from 'vitest';
import { addDuration, certificateOf, entriesUnder, holdersOf, openRequirements, pointsOf, readCase, readEntry } from '../../../engine/index.ts';
import { amendment } from './amending.ts';
import { directorsText, opensMs, year } from './directors.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve'];

const bylaws = (declared: string, effects: string, more = ''): string => `gdo 1
organization "Effects"
end
area work covers "work/**"
area rules covers "bylaws/**"
attribute employer certified by any member
role member plural members
  held by 1 to 9 people
end
${declared}process motion
  governs work
  started by any member
  step wait
    when any member approves go to done
    after 9 days go to refused
  end
  outcome done
${effects}  end
end
${more}`;
const chair = (lines = ''): string =>
  `role chair plural chairs\n  held by 0 to 9 people\n  gained through motion\n  lost through resignation or motion or expiry\n${lines}end\n`;
const grant = '    grant chair to the candidate\n';
const content: readonly (readonly [string, string])[] = [
  ['bylaws/a', '100644:ba'],
  ['work/a', '100644:aa'],
];

function founded(text: string, chairs: readonly string[] = []): Organization {
  return found(text, { member: people, chair: chairs }, { people: [...people, 'zoe'], content });
}

/** Proposes a motion and lets it be approved an hour later. @returns what was told with a code when it was */
function carried(org: Organization, number: number, atMs: number, body: Note['body'] = {}): readonly string[] {
  const { propose, act } = notesFor(org);
  expect(org.epoch(atMs, propose('ana', 'motion', body)).verdicts).toEqual(['ok']);
  const { notices } = org.epoch(atMs + hour, act('bo', number, 'approve'));
  return notices.flatMap(({ code, reason }) => (code === undefined ? [] : [reason]));
}

const chairs = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'chair');

describe('a grant beside a limit', () => {
  it('says which limit of terms it would break', () => {
    const [ever, row] = ['', ' in a row'].map((more) => {
      const org = founded(bylaws(chair(`  term 1 year\n  limit 1 terms${more}\n`), grant));
      expect(carried(org, 1, 0, { candidate: 'cy' })).toEqual([]);
      org.epoch(366 * day);
      return carried(org, 2, 367 * day, { candidate: 'cy' });
    });
    expect(ever).toEqual(['Not granted: `cy` has served as many terms as `chair` allows']);
    expect(row).toEqual(['Not granted: `cy` has served as many terms as `chair` allows in a row']);
  });

  it('counts a share of all who would hold the role then', () => {
    const certify = (member: string): Note => ({ by: 'ana', kind: 'certify', body: { attribute: 'employer', member, value: 'Acme' } });
    for (const [others, expected] of [
      [
        ['ana', 'bo'],
        ['ana', 'bo', 'cy', 'dee'],
      ],
      [['ana'], ['ana', 'cy']],
    ] as const) {
      const org = founded(bylaws(chair('  limit 1/2 of chairs per employer\n'), grant), others);
      org.epoch(0, certify('cy'), certify('dee'));
      carried(org, 1, 1, { candidate: 'cy' });
      carried(org, 2, day, { candidate: 'dee' });
      expect(chairs(org)).toEqual(expected);
    }
  });

  it('asks for facts as they were when its case started', () => {
    const org = founded(bylaws(chair('  open to person who joined at least 2 days ago\n'), grant));
    expect(carried(org, 1, 2 * day - 1, { candidate: 'zoe' })).toEqual(['Not granted: `zoe` is not among those `chair` is open to']);
    expect(carried(org, 2, 2 * day, { candidate: 'zoe' })).toEqual([]);
  });
});

describe('an effect of a case', () => {
  it('is judged by the bylaws of the case, also once others are in force (S57)', () => {
    const text = (lines: string): string => bylaws(chair(lines), grant, amendment);
    const next = compile(text('  open to chairs\n'));
    const org = founded(text(''));
    const { propose, proposeChange, act, attest } = notesFor(org);
    const change = [{ path: 'bylaws/a', old: '100644:ba', new: '100644:bb' }];
    org.epoch(0, propose('ana', 'motion', { candidate: 'cy' }), { ...proposeChange('ana', 'amendment', change, { adopts: next.hash }), adopts: next });
    org.epoch(1, act('ana', 2, 'approve'), act('bo', 2, 'approve'));
    org.epoch(2, attest('ana', 2, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
    expect(org.view(2).status).toBe('merged');
    org.epoch(hour, act('bo', 1, 'approve'));
    expect(chairs(org)).toEqual(['cy']);
    org.epoch(day, { ...propose('ana', 'motion', { candidate: 'dee' }), body: { bylaws: next.hash, process: 'motion', candidate: 'dee' } });
    const { notices } = org.epoch(day + hour, act('bo', 3, 'approve'));
    expect(notices.map(({ reason }) => reason)).toContain('Not granted: `dee` is not among those `chair` is open to');
  });

  it('keeps of a role what taking it back would need, and nothing where there was nothing', () => {
    const org = founded(bylaws(chair(), grant));
    carried(org, 1, 0, { candidate: 'cy' });
    expect(entriesUnder(org.state(), 'regranted/')).toEqual([]);
    carried(org, 2, day, { candidate: 'cy' });
    expect(entriesUnder(org.state(), 'regranted/').map(([key]) => key)).toEqual([`regranted/${org.view(2).id}/chair/cy`]);
    const removing = founded(bylaws(chair(), '    remove chair from the candidate\n'), ['dee']);
    carried(removing, 1, 0, { candidate: 'cy' });
    expect(entriesUnder(removing.state(), 'removed/')).toEqual([]);
    carried(removing, 2, day, { candidate: 'dee' });
    expect(entriesUnder(removing.state(), 'removed/').map(([key]) => key)).toEqual([`removed/chair/dee/${removing.view(2).id}`]);
  });

  it('awards each of several people, and counts all of it against the limit of one author', () => {
    const stars = 'points stars plural stars\n  earned 1 by any chair for motion.refused\n  limit 20 stars per author per 30 days\nend\n';
    const org = founded(bylaws(chair() + stars, '    award 7 stars to the chair\n'), ['bo', 'dee']);
    expect(carried(org, 1, 0)).toEqual([]);
    const refused = (name: string): string => `Not awarded: \`${name}\` gets no more \`stars\`: the limit is 20, given so far: 14, earned now: 7`;
    expect(carried(org, 2, day)).toEqual(['bo', 'dee'].map(refused));
    const [points] = org.charter.points;
    if (points === undefined) throw new Error('there are points');
    expect(['bo', 'dee'].map((member) => pointsOf(org.state(), points, member, 2 * day))).toEqual([7n, 7n]);
  });
});

describe('a duty that nobody did', () => {
  it('gives a role anew without a case, and nothing is kept for taking that back', () => {
    const duty =
      'duty report\n  owed by the chair\n  every 30 days from 1970-01-11\n  done when any chair reports "done"\n  otherwise grant chair to the chair\nend\n';
    const org = founded(bylaws(chair('  term 1 year\n') + duty, '    accept the merge\n'), ['bo']);
    const first = readEntry(org.state(), 'role/chair/bo');
    org.epoch(10 * day);
    expect(org.epoch(40 * day).notices).toEqual([]);
    expect(readEntry(org.state(), 'role/chair/bo')?.['until']).not.toBe(first?.['until']);
    expect(entriesUnder(org.state(), 'regranted/')).toEqual([]);
  });
});

describe('what an election grants (S131)', () => {
  const election = directorsText({
    seats: 2,
    lost: 'expiry or resignation',
    roles: 'certificate badge plural badges\n  issued by any member\n  issued to members\n  lasts 2 years\n  revoked by any member\nend\n',
    grants: 'grant badge to the winners for 1 day\n    grant director to the winners',
  });

  it('is at once the seat of somebody whose term is over and ended by nothing', () => {
    const org = found(election.replace('  lost through expiry or resignation\n', ''), { member: people, director: ['ana', 'bo'] });
    const { act, ballot } = notesFor(org);
    const starts = year + opensMs;
    org.epoch(opensMs);
    org.epoch(opensMs + 7 * day);
    org.epoch(starts);
    org.epoch(starts + hour, ...['cy', 'bo'].map((member) => act(member, 2, 'nominate')));
    org.epoch(starts + 7 * day);
    org.epoch(starts + 8 * day, ballot('ana', 2, ['cy', 'bo']), ballot('dee', 2, ['cy']));
    org.epoch(starts + 14 * day);
    expect(holdersOf(org.state(), org.charter, 'director')).toEqual(['bo', 'cy']);
    const until = addDuration(starts + 14 * day, { count: 1, unit: 'year' });
    expect(['bo', 'cy'].map((member) => readEntry(org.state(), `role/director/${member}`)?.['until'])).toEqual([until, until]);
  });

  it('is a certificate at once, and a seat when it is free, for the whole of its term', () => {
    const org = found(election, { member: people, director: ['ana', 'bo'] });
    org.epoch(opensMs);
    const { act, ballot } = notesFor(org);
    org.epoch(opensMs + hour, ...['cy', 'dee'].map((member) => act(member, 1, 'nominate')));
    org.epoch(opensMs + 7 * day);
    org.epoch(opensMs + 8 * day, ballot('ana', 1, ['cy', 'dee']));
    org.epoch(opensMs + 14 * day);
    const held = (): readonly string[] => holdersOf(org.state(), org.charter, 'director');
    expect(certificateOf(org.state(), 'badge', 'cy', opensMs + 14 * day)).toBeDefined();
    // Nobody comes before the term of whoever sits there is over.
    org.epoch(opensMs + 15 * day);
    expect(held()).toEqual(['ana', 'bo']);
    org.epoch(year);
    expect(held()).toEqual(['cy', 'dee']);
    expect(readEntry(org.state(), 'role/director/cy')?.['until']).toBe(2 * year);
  });
});

describe('which change an outcome merges', () => {
  const voted = (vote: string): string => bylaws('', '    accept the merge within 9 days\n').replace(/ {2}step wait\n[^]*? {2}end\n/, vote);
  const change = [{ path: 'work/a', old: '100644:aa', new: '100644:bb' }];
  const ended = (vote: string, ...choices: readonly (string | readonly string[])[]): { readonly org: Organization; readonly end: Epoch } => {
    const org = founded(voted(vote));
    const { proposeChange, ballot } = notesFor(org);
    org.epoch(0, proposeChange('ana', 'motion', change));
    if (org.view(1).stage !== 'ballot') org.epoch(day);
    org.epoch(day + hour, ...choices.map((choice, index) => ballot(people[index] ?? '', 1, choice)));
    return { org, end: org.epoch(3 * day) };
  };

  it('is that of its case, whatever a list of choices was about', () => {
    const colours =
      '  vote ballot\n    voters members\n    choices red, blue\n    counted by plurality with equal ranks refused\n    open for 2 days\n    tie fails\n    when won go to done\n    otherwise go to refused\n  end\n';
    expect(ended(colours, 'red').org.view(1).status).toBe('merged');
  });

  it('is that of its case where no option has won and the text goes on all the same (S121)', () => {
    const options =
      '  step talk\n    options by any member\n    after 1 day go to ballot\n  end\n  vote ballot\n    voters members\n    choices the options\n    counted by approval\n    quorum at least 3 members voting\n    open for 1 day\n    tie fails\n    when won go to done\n    otherwise go to done\n  end\n';
    const { org } = ended(options, ['proposal']);
    expect([org.view(1).result, org.view(1).status]).toEqual(['inquorate', 'merged']);
  });

  it('waits for its dapp in a phase of its own, until its time is over', () => {
    const dapp = `dapp locks\n  image "sha256:${'a'.repeat(64)}"\n  checks work\n  endorsed by at least 3 members\nend\n`;
    const org = founded(bylaws(dapp, '    accept the merge within 9 days\n'));
    org.epoch(0, notesFor(org).proposeChange('ana', 'motion', change));
    org.epoch(hour, notesFor(org).act('bo', 1, 'approve'));
    expect(readCase(org.state(), org.view(1).id)).toMatchObject({ phase: 'merging', merge: 'waiting', acceptance: 1, dueMs: hour + 9 * day, votes: [] });
    expect(org.due()).toBe(hour + 9 * day);
  });
});
