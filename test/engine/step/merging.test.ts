// Merges one by one: who has approved, what is forbidden, which of two goes first, what is asked of endorsers, and what people are told meanwhile (S49-S55).
import { describe, expect, it } from 'vitest';
import type { ChangeEntry } from '../../../engine/index.ts';
import { candidateOf, canonicalText, digest, entriesUnder, openRequirements, readCase, utf8Encode } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ada', 'ben', 'chi'];

const review = `  step review
    when 1 other member approves go to fine
    when 3 members object go to refused
    after 30 days go to refused
  end
`;

const bylaws = (more: string, stages = review): string => `gdo 1
organization "Merging"
end
area everything covers "**"
area doors covers "doors/**"
area rules covers "bylaws/**"
role member plural members
  held by 1 to 99 people
  lost through resignation
end
role guest plural guests
  held by 0 to 9 people
end
${more}process change
  governs everything, doors, rules
  started by any member
${stages}  outcome fine
    accept the merge within 9 days
  end
end
`;

const content: readonly (readonly [string, string])[] = [
  ['bylaws/a', '100644:ba'],
  ['doors/front', '100644:fa'],
  ['notes', '100644:na'],
];
const door: ChangeEntry = { path: 'doors/front', old: '100644:fa', new: '100644:fb' };
const note: ChangeEntry = { path: 'notes', old: '100644:na', new: '100644:nb' };
const dapp = (name: string, checks: string, endorsed = 'at least 2 members'): string =>
  `dapp ${name}\n  image "sha256:${'a'.repeat(64)}"\n  checks ${checks}\n  endorsed by ${endorsed}\nend\n`;

const founded = (text: string, witnesses?: readonly string[]): Organization =>
  found(text, { member: people, guest: ['gus'] }, { content, ...(witnesses === undefined ? {} : { witnesses }) });

/** The change of one path or of several, approved an hour later by `ben`. */
function approved(text: string, changes: readonly ChangeEntry[] = [door], witnesses?: readonly string[]): { readonly org: Organization; readonly end: Epoch } {
  const org = founded(text, witnesses);
  org.epoch(0, notesFor(org).proposeChange('ada', 'change', changes));
  return { org, end: org.epoch(hour, notesFor(org).act('ben', 1, 'approve')) };
}

const told = ({ notices }: Epoch): readonly unknown[] => notices.map(({ kind, code, reason }) => (code === undefined ? [kind, reason] : [kind, code, reason]));
const needs = (org: Organization): ReturnType<typeof openRequirements> => openRequirements(org.state());
const candidate = (org: Organization, number = 1): string => needs(org).find((one) => one.number === number)?.candidate ?? '';
const forbid = (most: string, who = 'members', area = 'doors'): string =>
  `forbid "enough agree"\n  any merge in ${area} with fewer than ${most} approving ${who}\nend\n`;

describe('who has approved a merge that the bylaws forbid with fewer (S59)', () => {
  it('is whoever started it, approved, endorsed or accepted, and nobody who objected', () => {
    for (const [verb, does] of [
      ['approve', 'approves'],
      ['endorse', 'endorses'],
      ['accept', 'accepts'],
    ] as const) {
      for (const [most, status] of [
        ['2', 'merged'],
        ['3', 'rejected'],
      ] as const) {
        const org = founded(bylaws(forbid(most), review.replace('approves', does)));
        const { proposeChange, act } = notesFor(org);
        org.epoch(0, proposeChange('ada', 'change', [door]));
        org.epoch(hour, act('chi', 1, 'object'));
        org.epoch(2 * hour, act('ben', 1, verb));
        expect([verb, most, org.view(1).status]).toEqual([verb, most, status]);
      }
    }
  });

  it('is whoever voted yes in any vote of the case, the last one too, and nobody who voted no', () => {
    const vote = (name: string, next: string): string =>
      `  vote ${name}\n    voters members\n    open for 1 day\n    passes when more than 1/2 of votes cast are yes\n    when passed go to ${next}\n    otherwise go to refused\n  end\n`;
    const voted = (...last: readonly string[]): Organization => {
      const org = founded(bylaws(forbid('3'), vote('first', 'last') + vote('last', 'fine')));
      const { proposeChange, ballot } = notesFor(org);
      org.epoch(0, proposeChange('ada', 'change', [door]));
      org.epoch(hour, ballot('ben', 1, 'yes'));
      org.epoch(day);
      org.epoch(day + hour, ...people.map((member, index) => ballot(member, 1, last[index] ?? 'abstain')));
      org.epoch(2 * day);
      return org;
    };
    expect(voted('yes', 'yes', 'no').view(1)).toMatchObject({ status: 'rejected', code: 'GDO2004', reason: 'the bylaws forbid it: enough agree' });
    expect(voted('yes', 'abstain', 'yes').view(1).status).toBe('merged');
  });

  it('is of those the line names', () => {
    expect(approved(bylaws(forbid('1', 'guests'))).org.view(1).status).toBe('rejected');
    expect(approved(bylaws(forbid('3', 'guests', 'rules'))).org.view(1).status).toBe('merged');
  });

  it('is asked where the change touches the area, and by `forbid` alone', () => {
    expect(approved(bylaws(forbid('3')), [note]).org.view(1).status).toBe('merged');
    expect(approved(bylaws('always "somebody agrees"\n  any merge in doors with at least 1 approving members\nend\n')).org.view(1).status).toBe('merged');
  });
});

describe('of several accepted changes (S54, S55)', () => {
  it('the one that was accepted first merges first, whichever was proposed first', () => {
    const org = founded(bylaws(dapp('locks', 'doors')));
    const { proposeChange, act, attest } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', [door]), proposeChange('ada', 'change', [{ ...door, new: '100644:fc' }]));
    org.epoch(hour, act('ben', 2, 'approve'));
    org.epoch(2 * hour, act('ben', 1, 'approve'));
    const saying = [1, 2].flatMap((number) => ['ada', 'ben'].map((member) => attest(member, number, 'locks', candidate(org, number))));
    const { merges, notices } = org.epoch(3 * hour, ...saying);
    expect(merges).toMatchObject([{ number: 2, head: '1'.repeat(40) }]);
    expect(told({ merges, notices, verdicts: [], full: [], ids: [] })).toEqual([
      ['merged', '`change` is merged'],
      ['stale', 'GDO2010', '`doors/front` is no longer what the change expects'],
    ]);
    expect([org.view(1).status, org.view(2).status]).toEqual(['stale', 'merged']);
  });

  /** Proposes other bylaws by a change of one path. */
  function amendment(org: Organization, path: string, more: string): Note {
    const next = compile(bylaws(more));
    const entry = path === 'bylaws/a' ? { path, old: '100644:ba', new: '100644:bb' } : { path, old: 'absent', new: '100644:bb' };
    return { ...notesFor(org).proposeChange('ada', 'change', [entry, ...(path === 'bylaws/a' ? [note] : [])], { adopts: next.hash }), adopts: next };
  }

  it('new bylaws that amend others than those in force by then are stale, and a change of a door is not (S57)', () => {
    const org = founded(bylaws(''));
    const { proposeChange, act, attest } = notesFor(org);
    const another = 'role clerk plural clerks\n  held by 0 to 2 people\nend\n';
    org.epoch(
      0,
      amendment(org, 'bylaws/a', another),
      amendment(org, 'bylaws/b', another.replaceAll('clerk', 'keeper')),
      proposeChange('ada', 'change', [door]),
    );
    org.epoch(hour, act('ben', 1, 'approve'), act('ben', 2, 'approve'));
    // A path of the bylaws beside another one asks for the check of the bylaws too.
    expect(needs(org).map(({ number, dapp: name }) => [number, name])).toEqual([
      [1, 'gdo-check'],
      [2, 'gdo-check'],
    ]);
    const { merges } = org.epoch(2 * hour, attest('ada', 1, 'gdo-check', candidate(org, 1)), attest('ada', 2, 'gdo-check', candidate(org, 2)));
    expect(merges.map(({ number }) => number)).toEqual([1]);
    expect(org.view(2)).toMatchObject({ status: 'stale', code: 'GDO1053', reason: 'the bylaws it amends are no longer in force' });
    expect(org.epoch(3 * hour, act('ben', 3, 'approve')).merges.map(({ number }) => number)).toEqual([3]);
  });
});

describe('`on conflict` (S55)', () => {
  const answering = (line: string): Organization => {
    const stages = `  on conflict ${line}\n${review.replace('1 other member approves', '2 members approve').replace('3 members object go to refused', '2 members endorse go to fine')}`;
    const org = founded(bylaws('', stages));
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', [door]), proposeChange('ada', 'change', [{ ...door, new: '100644:fc' }]));
    org.epoch(1, act('chi', 2, 'endorse'));
    org.epoch(hour, act('ada', 1, 'approve'), act('ben', 1, 'approve'), act('ada', 2, 'approve'), act('ben', 2, 'approve'));
    return org;
  };

  it('begins the case again from nothing, or sends it to a stage, and says so', () => {
    const again = answering('restart');
    expect(again.view(2)).toMatchObject({ status: 'open', stage: 'review' });
    expect(readCase(again.state(), again.view(2).id)?.startedMs).toBe(hour);
    const back = answering('go to review');
    expect(readCase(back.state(), back.view(2).id)?.startedMs).toBe(0);
    // What was said before a restart is taken back; whoever goes on at a stage has said what they said.
    const withdrawn = (org: Organization): readonly unknown[] => entriesUnder(org.state(), `act/${org.view(2).id}/`).map(([, act]) => act['withdrawn']);
    expect([withdrawn(again), withdrawn(back)]).toEqual([
      [true, true, true],
      [undefined, undefined, undefined],
    ]);
  });
});

describe('what a change leaves (S49)', () => {
  it('is nothing of a path that it takes away, and a folder where a file was', () => {
    const { org } = approved(bylaws(''), [{ ...note, new: 'absent' }]);
    expect(entriesUnder(org.state(), 'content/').map(([key]) => key)).toEqual(['content/bylaws/a', 'content/doors/front']);
    const folder: readonly ChangeEntry[] = [
      { ...door, new: 'absent' },
      { path: 'doors/front/handle', old: 'absent', new: '100644:ha' },
    ];
    expect(candidateOf(founded(bylaws('')).state(), folder).kind).toBe('ok');
    expect(approved(bylaws(''), folder).org.view(1).status).toBe('merged');
  });
});

describe('what is asked of endorsers (S53, S104)', () => {
  it('is asked by a dapp that checks several areas for a change in one of them', () => {
    expect(needs(approved(bylaws(dapp('locks', 'doors, rules'))).org)).toMatchObject([{ dapp: 'locks' }]);
  });

  it('is the word of all where all of them endorse', () => {
    expect(needs(approved(bylaws(dapp('locks', 'doors', 'all members'))).org)).toMatchObject([{ needed: 3, endorsers: people }]);
  });

  it('is nothing more for a case whose path has changed meanwhile', () => {
    const org = founded(bylaws(dapp('locks', 'doors')));
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', [door, note]), proposeChange('ada', 'change', [note]));
    expect(needs(org).map(({ number }) => number)).toEqual([1]);
    org.epoch(hour, act('ben', 2, 'approve'));
    expect(needs(org)).toEqual([]);
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [6, 4],
    [7, 5],
  ])('is a quorum of %i witnesses of the genesis, %i, for the bylaws check and for a dapp that names nobody (S103)', (count, needed) => {
    const names = ['ada', 'ben', 'chi', 'dov', 'eve', 'fay', 'gil'].slice(0, count);
    const silent = dapp('locks', 'doors').replace('  endorsed by at least 2 members\n', '');
    const witnessed = (line: string, guards: readonly string[]): Organization => {
      const text = bylaws(`role guard plural guards\n  held by 0 to 9 people\nend\n${silent}`).replace(
        'organization "Merging"\n',
        `organization "Merging"\n${line}`,
      );
      return found(text, { member: ['ada', 'ben', ...names], guard: guards }, { content, witnesses: names });
    };
    for (const org of [witnessed('', []), witnessed('  witnessed by guards final by quorum\n', names)]) {
      org.epoch(0, notesFor(org).proposeChange('ada', 'change', [door]));
      expect(needs(org)).toMatchObject([{ dapp: 'locks', needed }]);
      expect(needs(org)[0]?.endorsers.toSorted()).toEqual(names);
    }
  });

  it('cannot be met where half of those named would be enough: their word merges nothing (GDO2033)', () => {
    const { org } = approved(bylaws(dapp('locks', 'doors', 'at least 1 member')));
    const saying = people.map((member) => notesFor(org).attest(member, 1, 'locks', candidate(org)));
    const { merges } = org.epoch(2 * hour, ...saying);
    expect([merges, org.view(1).status, org.view(1).code]).toEqual([[], 'waiting', 'GDO2033']);
    expect(needs(org)).toMatchObject([{ needed: 0, attested: people }]);
  });

  it('holds up its merge, and people are told why as often as it changes', () => {
    const { org, end } = approved(bylaws(dapp('locks', 'doors')));
    const { attest } = notesFor(org);
    expect(told(end)).toContainEqual(['waiting', 'GDO2032', 'waits for `locks`: 0 of 2 endorsers have attested']);
    expect(told(end)).toContainEqual(['decided', '`change` reached `fine`: the change may be merged']);
    expect(told(org.epoch(2 * hour, attest('ada', 1, 'locks', candidate(org))))).toEqual([
      ['waiting', 'GDO2032', 'waits for `locks`: 1 of 2 endorsers have attested'],
    ]);
    expect(told(org.epoch(3 * hour))).toEqual([]);
    expect(told(org.epoch(hour + 9 * day))).toEqual([['stale', 'GDO2032', '`locks` gave no verdict in time']]);
  });
});

describe('endorsers who disagree (GDO2031)', () => {
  const disputed = (org: Organization, number: number, name: string, atMs: number): Epoch =>
    org.epoch(atMs, ...people.map((member, at) => notesFor(org).attest(member, number, name, candidate(org, number), 'accept', String(at).repeat(64))));

  it('put the dapp aside that they disagree about, as it is declared, and no other', () => {
    const { org } = approved(bylaws(dapp('bolts', 'doors') + dapp('locks', 'doors')));
    const declared = org.charter.dapps.find((one) => one.name === 'locks');
    expect(told(disputed(org, 1, 'locks', 2 * hour))).toEqual([]);
    expect(needs(org).map((one) => one.dapp)).toEqual(['bolts']);
    const text = canonicalText(JSON.parse(JSON.stringify(declared)));
    expect(entriesUnder(org.state(), 'quarantine/')).toEqual([
      ['quarantine/locks', { declaration: digest('gdo-value-v1', utf8Encode(text)), manifest: 'absent' }],
    ]);
    const alone = approved(bylaws(dapp('locks', 'doors'))).org;
    expect(told(disputed(alone, 1, 'locks', 2 * hour))).toEqual([['waiting', 'GDO2031', 'waits for `locks`: its endorsers disagree, and it is quarantined']]);
    expect(told(alone.epoch(3 * hour))).toEqual([]);
  });

  it('put the check of the bylaws never aside: nothing could end that', () => {
    const next = compile(bylaws('role clerk plural clerks\n  held by 0 to 2 people\nend\n'));
    const org = founded(bylaws(''), people);
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, { ...proposeChange('ada', 'change', [{ path: 'bylaws/a', old: '100644:ba', new: '100644:bb' }], { adopts: next.hash }), adopts: next });
    org.epoch(hour, act('ben', 1, 'approve'));
    expect(told(disputed(org, 1, 'gdo-check', 2 * hour))).toEqual([
      ['waiting', 'GDO2031', 'waits for `gdo-check`: its endorsers disagree, and it is quarantined'],
    ]);
    expect(entriesUnder(org.state(), 'quarantine/')).toEqual([]);
  });
});
