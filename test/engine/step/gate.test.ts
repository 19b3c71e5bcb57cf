// The merge gate and the filter on engine 1: dapps, deadlines of merges, forbidden merges, areas, and acts concurrent with a loss of power.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { areaOf, bySpecificity, candidateOf, holdersOf, machineConfig, matchesPattern, nextDueMs, openRequirements } from '../../../engine/index.ts';
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
  it('holds the merge until enough endorsers attest the same output for exactly this candidate', () => {
    const org = approved(dapp);
    const { attest } = notesFor(org);
    const [need] = openRequirements(org.state());
    expect(need).toMatchObject({ dapp: 'lock-check', needed: 2, endorsers: ['ada', 'ben', 'chi'], standing: 'open' });
    const candidate = need?.candidate ?? '';
    expect(org.epoch(2 * hour, attest('ada', 1, 'lock-check', candidate), attest('ben', 1, 'lock-check', '0'.repeat(64))).merges).toEqual([]);
    expect(org.epoch(3 * hour, attest('chi', 1, 'lock-check', candidate)).merges).toMatchObject([{ contentRoot: candidate }]);
    expect(org.view(1).status).toBe('merged');
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

  it('never means yes by silence: the case is stale when its time is over', () => {
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
