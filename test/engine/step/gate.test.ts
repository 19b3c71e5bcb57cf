// The merge gate and the filter on engine 1: dapps, deadlines of merges, forbidden merges, areas, and acts concurrent with a loss of power.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import {
  areaOf,
  bySpecificity,
  candidateOf,
  entriesUnder,
  holdersOf,
  machineConfig,
  matchesPattern,
  nextDueMs,
  openRequirements,
} from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const text = (extra = '', outcome = '  outcome fine accepts\n'): string => `gdo 1
organization "Gate"
end
area everything covers "**"
area doors covers "doors/**" except "doors/drafts/**"
role member plural members
  held by anyone
  gained through joining
  lost through resignation
end
process joining
  started by any person
  step wait
    when 2 members endorse go to joined
    after 30 days go to refused
  end
  outcome joined
    grant member to the candidate
  end
end
${extra}process change
  governs everything, doors
  started by any member
  step review
    when 1 other member approves go to fine
    after 30 days go to refused
  end
${outcome}end
`;

const dapp = `dapp lock-check\n  image "sha256:${'a'.repeat(64)}"\n  checks doors\n  endorsed by at least 2 members\nend\n`;
const change = [{ path: 'doors/front', old: '100644:aa', new: '100644:bb' }];
const content: readonly (readonly [string, string])[] = [
  ['doors/front', '100644:aa'],
  ['notes', '100644:nn'],
];
const waiting = '  outcome fine\n    accept the merge within 2 days\n  end\n';

/** An organization of three whose change of a door was approved at one hour. */
function approved(extra: string, outcome?: string): Organization {
  const org = found(text(extra, outcome), { member: ['ada', 'ben', 'chi'] }, { content });
  const { proposeChange, act } = notesFor(org);
  org.epoch(0, proposeChange('ada', 'change', change));
  org.epoch(hour, act('ben', 1, 'approve'));
  return org;
}

describe('a dapp that checks an area', () => {
  it('holds the merge until enough endorsers attest the same output for exactly this candidate (S53, S104)', () => {
    const org = approved(dapp);
    const { attest } = notesFor(org);
    const [need] = openRequirements(org.state());
    expect(need).toMatchObject({ dapp: 'lock-check', needed: 2, endorsers: ['ada', 'ben', 'chi'], standing: 'open' });
    const candidate = need?.candidate ?? '';
    expect(org.epoch(2 * hour, attest('ada', 1, 'lock-check', candidate), attest('ben', 1, 'lock-check', '0'.repeat(64))).merges).toEqual([]);
    expect(org.epoch(3 * hour, attest('chi', 1, 'lock-check', candidate)).merges).toMatchObject([{ contentRoot: candidate }]);
    expect(org.view(1).status).toBe('merged');
  });

  it('takes no act any more, and no other output of the same endorser (GDO1051, GDO1043)', () => {
    const org = approved(dapp);
    const { act, attest } = notesFor(org);
    const candidate = openRequirements(org.state())[0]?.candidate ?? '';
    expect(org.epoch(2 * hour, act('chi', 1, 'approve'), attest('ada', 1, 'lock-check', candidate)).full).toMatchObject([
      { code: 'GDO1051', reason: 'the case is accepted and waits for its merge' },
      { kind: 'ok' },
    ]);
    const other = attest('ada', 1, 'lock-check', candidate, 'accept', 'a'.repeat(64));
    expect(org.epoch(3 * hour, other, attest('ada', 1, 'lock-check', candidate)).verdicts).toEqual(['GDO1043', 'ok']);
  });

  it('refuses the merge when enough endorsers reject it', () => {
    const org = approved(dapp);
    const { attest } = notesFor(org);
    const candidate = openRequirements(org.state())[0]?.candidate ?? '';
    org.epoch(2 * hour, attest('ada', 1, 'lock-check', candidate, 'reject'), attest('ben', 1, 'lock-check', candidate, 'reject'));
    expect(org.view(1)).toMatchObject({ status: 'rejected', code: 'GDO2030' });
  });

  it('takes one attestation a person and refuses another for the same candidate', () => {
    const org = approved(dapp);
    const { attest } = notesFor(org);
    const candidate = openRequirements(org.state())[0]?.candidate ?? '';
    expect(org.epoch(2 * hour, attest('ada', 1, 'lock-check', candidate), attest('ada', 1, 'lock-check', candidate, 'reject')).verdicts).toEqual([
      'ok',
      'GDO1043',
    ]);
  });

  it('holds an endorser to what they said of a candidate, whatever they have said of another since (node.md section 4)', () => {
    const org = approved(dapp);
    const { attest } = notesFor(org);
    const candidate = openRequirements(org.state())[0]?.candidate ?? '';
    const said = org.epoch(
      2 * hour,
      attest('ada', 1, 'lock-check', candidate, 'reject'),
      attest('ada', 1, 'lock-check', '0'.repeat(64)),
      attest('ada', 1, 'lock-check', candidate),
      attest('ben', 1, 'lock-check', candidate),
    );
    expect(said.verdicts).toEqual(['ok', 'ok', 'GDO1043', 'ok']);
    expect(org.view(1).status).toBe('waiting');
  });

  it('never means yes by silence: the case is stale when its time is over (S53)', () => {
    const org = approved(dapp, waiting);
    expect(nextDueMs(org.state())).toBe(hour + 2 * day);
    org.epoch(hour + 2 * day - 1);
    expect(org.view(1).status).toBe('waiting');
    org.epoch(hour + 2 * day);
    expect(org.view(1)).toMatchObject({ status: 'stale', code: 'GDO2032' });
  });

  it('asks nothing where no path of its area changes', () => {
    const org = found(text(dapp), { member: ['ada', 'ben'] }, { content });
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', [{ path: 'notes', old: '100644:nn', new: 'absent' }]));
    expect(org.epoch(hour, act('ben', 1, 'approve')).merges).toHaveLength(1);
    expect(candidateOf(org.state(), [{ path: 'notes', old: 'absent', new: '100644:zz' }]).kind).toBe('ok');
  });
});

it.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 3],
  [5, 3],
])('S104: more than a half of %i endorsers are %i', (count, needed) => {
  const members = ['ada', 'ben', 'chi', 'dov', 'eve'].slice(0, count);
  const half = dapp.replace('at least 2 members', 'more than 1/2 of members');
  const org = found(text(half).replace('1 other member approves', '1 member approves'), { member: members }, { content });
  const { proposeChange, act, attest } = notesFor(org);
  org.epoch(0, proposeChange('ada', 'change', change));
  org.epoch(hour, act('ada', 1, 'approve'));
  const [need] = openRequirements(org.state());
  expect(need).toMatchObject({ needed, endorsers: members });
  const candidate = need?.candidate ?? '';
  const answers = members.slice(0, needed).map((member) => attest(member, 1, 'lock-check', candidate));
  expect(org.epoch(2 * hour, ...answers.slice(1)).merges).toEqual([]);
  expect(org.epoch(3 * hour, ...answers.slice(0, 1)).merges).toHaveLength(1);
});

describe('who attests where a dapp names nobody (S103, S104)', () => {
  const silent = dapp.replace('  endorsed by at least 2 members\n', '');
  const guards = 'role guard plural guards\n  held by 1 to 9 people\nend\n';
  const needed = (witnessed: string, guard: readonly string[], more = silent): readonly [number | undefined, readonly string[] | undefined] => {
    const bylaws = text(`${guards}${more}`).replace('organization "Gate"\n', `organization "Gate"\n${witnessed}`);
    const org = found(bylaws, { member: ['ada', 'ben', 'chi'], guard }, { content });
    org.epoch(0, notesFor(org).proposeChange('ada', 'change', change));
    const [need] = openRequirements(org.state());
    return [need?.needed, need?.endorsers];
  };

  it('is the founder alone without `witnessed by`', () => {
    expect(needed('', ['gus'])).toEqual([1, ['ada']]);
  });

  it('is one of the witnesses where one makes final, and a quorum of them where a quorum does', () => {
    expect(needed('  witnessed by guards final by one\n', ['gus'])).toEqual([1, ['gus']]);
    const four = ['gus', 'hal', 'ida', 'jon'];
    expect(needed('  witnessed by guards final by quorum\n', four)).toEqual([3, four]);
    const seven = [...four, 'kim', 'lea', 'max'];
    expect(needed('  witnessed by guards final by quorum\n', seven)).toEqual([5, seven]);
  });

  it('is nobody where half of those named or fewer would be enough: then nothing of that area is merged', () => {
    const half = dapp.replace('at least 2 members', 'at least 2 guards');
    expect(needed('', ['gus', 'hal', 'ida'], half)[0]).toBe(2);
    expect(needed('', ['gus', 'hal', 'ida', 'jon'], half)[0]).toBe(0);
  });
});

describe('what a case may merge (S52)', () => {
  const bylaws = (governs: string): string => text().replace('  governs everything, doors\n', governs);
  const merging = (governs: string, entries: Parameters<ReturnType<typeof notesFor>['proposeChange']>[2]): readonly [string, string | undefined] => {
    const org = found(bylaws(governs), { member: ['ada', 'ben', 'chi'] }, { content });
    const { proposeChange, act } = notesFor(org);
    const [verdict = ''] = org.epoch(0, proposeChange('ada', 'change', entries)).verdicts;
    if (verdict !== 'ok') return [verdict, undefined];
    org.epoch(hour, act('ben', 1, 'approve'));
    return [verdict, org.view(1).status];
  };
  const note = { path: 'notes', old: '100644:nn', new: '100644:oo' };

  it('is paths of the areas its process governs, all of them', () => {
    expect(merging('  governs everything, doors\n', [...change, note])).toEqual(['ok', 'merged']);
    expect(merging('  governs doors\n', change)).toEqual(['ok', 'merged']);
    expect(merging('  governs doors\n', [...change, note])).toEqual(['GDO2002', undefined]);
    expect(merging('  governs everything\n', change)).toEqual(['GDO2002', undefined]);
  });

  it('is nothing where the process governs nothing: its decision is recorded', () => {
    expect(merging('', change)).toEqual(['GDO2002', undefined]);
    const org = found(bylaws(''), { member: ['ada', 'ben', 'chi'] }, { content });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'change'));
    expect(org.epoch(hour, act('ben', 1, 'approve')).merges).toEqual([]);
    expect(org.view(1).status).toBe('accepted');
  });
});

describe('effects (S54)', () => {
  const more = (offline: string): string =>
    `process admission\n  started by any member\n${offline}  step talk\n    when 1 other member approves go to admitted\n    after 9 days go to refused\n  end\n  outcome admitted\n    grant member to the candidate\n  end\nend\n`;
  const admitted = (offline: string): readonly [readonly string[], readonly string[], string] => {
    const org = found(text(more(offline)), { member: ['ada', 'ben', 'chi'] }, { people: ['ada', 'ben', 'chi', 'zoe'], content });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'admission', { candidate: 'zoe' }));
    // Zoe proposes in the epoch that admits her, and in the next one.
    const early = org.epoch(hour, act('ben', 1, 'approve'), propose('zoe', 'change')).verdicts;
    const later = org.epoch(2 * hour, propose('zoe', 'change')).verdicts;
    const held = entriesUnder(org.state(), 'role/').map(([key, { since, order }]) => [key, since, order]);
    return [early, later, JSON.stringify(held)];
  };

  it('wait for the checkpoint, and nobody uses a role before', () => {
    expect(admitted('  offline waits\n').slice(0, 2)).toEqual([['ok', 'GDO1040'], ['ok']]);
  });

  it('are the same in the ledger where they may act provisionally: the fold knows no other', () => {
    expect(admitted('  offline provisional\n')).toEqual(admitted('  offline waits\n'));
    expect(admitted('')).toEqual(admitted('  offline waits\n'));
  });
});

describe('the gate', () => {
  it('refuses a merge that the bylaws forbid', () => {
    const org = approved('forbid "three agree"\n  any merge in doors with fewer than 3 approving members\nend\n');
    expect(org.view(1)).toMatchObject({ status: 'rejected', code: 'GDO2004' });
  });

  it('refuses a file below a file', () => {
    const org = found(text(), { member: ['ada'] }, { content });
    expect(candidateOf(org.state(), [{ path: 'doors/front/handle', old: 'absent', new: '100644:zz' }])).toEqual({ kind: 'stale', path: 'doors/front/handle' });
    expect(candidateOf(org.state(), [{ path: 'doors', old: 'absent', new: '100644:zz' }]).kind).toBe('stale');
  });

  it('explains what an open case still needs', () => {
    const org = found(text(dapp), { member: ['ada', 'ben', 'chi'] }, { content });
    const { proposeChange } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', change));
    expect(org.view(1).needed.map((line) => [line.requirement, line.have, line.need, line.met])).toEqual([
      ['when at least 1 other member approves: to `fine`', '0', '1', false],
      ['every path still has the content the change expects', 'all', 'all', true],
      ['`lock-check` accepts the merge', '0 of 3 endorsers attested', '2', false],
    ]);
    expect(org.view(1).acts).toMatchObject([{ verb: 'approve', people: ['ben', 'chi'], done: [], entry: 1 }]);
  });
});

describe('an act concurrent with a loss of power', () => {
  const suspension = `process suspension
  started by any member
  while open suspend member of the subject
  step hearing
    after 3 days go to refused
  end
end
`;

  it('is void even if it was received first, and the suspension ends with its case', () => {
    const org = found(text(suspension), { member: ['ada', 'ben', 'chi'] }, { content });
    const { propose, proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', change));
    const approve = { ...act('ben', 1, 'approve'), knows: [], atMs: hour - 1 };
    const suspend = { ...propose('chi', 'suspension', { subject: 'ben' }), knows: [], atMs: hour };
    expect(org.epoch(hour, approve, suspend).verdicts).toEqual(['GDO1041', 'ok']);
    expect(holdersOf(org.state(), org.charter, 'member')).toEqual(['ada', 'chi']);
    expect(org.epoch(2 * hour, act('ben', 1, 'approve')).verdicts).toEqual(['GDO1040']);
    org.epoch(hour + 3 * day);
    expect(holdersOf(org.state(), org.charter, 'member')).toEqual(['ada', 'ben', 'chi']);
    expect(org.epoch(hour + 4 * day, act('ben', 1, 'approve')).merges).toHaveLength(1);
  });
});

describe('areas', () => {
  const { charter } = compile(text());

  it('belong to the most specific pattern, with exceptions taken out, and nothing else', () => {
    expect([areaOf(charter, 'doors/front'), areaOf(charter, 'doors/drafts/x'), areaOf(charter, 'notes')]).toEqual(['doors', 'everything', 'everything']);
  });

  it.each([
    ['bylaws/**', 'bylaws/a/b', true],
    ['bylaws/**', 'bylaws', true],
    ['**/x', 'a/b/x', true],
    ['**/x', 'x', true],
    ['a/*/c', 'a/b/c', true],
    ['a/*/c', 'a/b/b/c', false],
    ['*.md', 'a.md', true],
    ['*.md', 'd/a.md', false],
    ['a/**/b', 'a/b', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a', 'ab', false],
  ])('matches %s with %s: %s', (pattern, path, expected) => {
    expect(matchesPattern(pattern, path)).toBe(expected);
  });

  it('have one order of patterns', () => {
    const pattern = fc.array(fc.constantFrom('a', 'b', '*', '**', 'a*'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(
        pattern,
        pattern,
        (left, right) =>
          Math.sign(bySpecificity(left, right)) === -Math.sign(bySpecificity(right, left)) && (left === right) === (bySpecificity(left, right) === 0),
      ),
    );
  });
});

describe('the machine of a process', () => {
  it('is plain JSON', () => {
    const { charter } = compile(text());
    const config = charter.processes.map((process) => machineConfig(process))[1];
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(config).toMatchObject({
      id: 'change',
      initial: 'stage:review',
      states: {
        'stage:review': { on: { step: [{ guard: { type: 'fires', params: { index: 0, rule: 'when' } }, target: 'stage:fine' }, { target: 'stage:refused' }] } },
      },
    });
  });
});
