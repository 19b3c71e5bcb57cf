// What a dapp read and what its endorsers said of it: an attestation holds as long as what was read is the same, and a disagreement quarantines the dapp.
import { describe, expect, it } from 'vitest';
import type { ChangeEntry } from '../../../engine/index.ts';
import { areReadPatterns, candidateOf, openRequirements, readsPath, readsRoot, rootUnder, stateRead } from '../../../engine/index.ts';
import { found, hour, notesFor, type Organization, type ReadSet } from './organization.ts';

const text = (endorsers: string): string => `gdo 1
organization "Gate"
end
area everything covers "**"
area doors covers "doors/**"
role member plural members
  held by anyone
  gained through joining
  lost through resignation
end
dapp locks
  image "sha256:${'a'.repeat(64)}"
  checks doors
  endorsed by at least ${endorsers}
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
process change
  governs everything, doors
  started by any member
  step review
    when 1 other member approves go to fine
    after 30 days go to refused
  end
  outcome fine
    accept the merge within 9 days
  end
end
`;

const content: readonly (readonly [string, string])[] = [
  ['dapps/locks.json', '100644:m1'],
  ['doors/front', '100644:d1'],
  ['notes/a b', '100644:n1'],
  ['rules', '100644:r1'],
];
const door: readonly ChangeEntry[] = [{ path: 'doors/front', old: '100644:d1', new: '100644:d2' }];
const people = ['ada', 'ben', 'chi'] as const;

/** An organization whose first case changes a door, approved and waiting for the dapp. */
function waiting(endorsers = '2 members', changes: readonly (readonly ChangeEntry[])[] = [door]): Organization {
  const org = found(text(endorsers), { member: people }, { content });
  const { act, proposeChange } = notesFor(org);
  org.epoch(0, ...changes.map((entries) => proposeChange('ada', 'change', entries)));
  org.epoch(hour, ...changes.map((_, index) => act('ben', index + 1, 'approve')));
  return org;
}

/** What the dapp of a case reads now, by its patterns. */
function readNow(org: Organization, entries: readonly ChangeEntry[], patterns: readonly string[]): ReadSet {
  const candidate = candidateOf(org.state(), entries);
  if (candidate.kind === 'stale') throw new Error(`${candidate.path} is stale`);
  return { patterns, reads: readsRoot(candidate.state, 'locks', patterns) };
}

const needed = (org: Organization, number: number): string => openRequirements(org.state()).find((one) => one.number === number)?.candidate ?? '';

/** Another case changes a file and is merged at an hour. @returns how the first case stands then */
function mergeBeside(org: Organization, entry: ChangeEntry, hours: number): void {
  const { act, proposeChange } = notesFor(org);
  org.epoch(hours * hour, proposeChange('chi', 'change', [entry]));
  org.epoch((hours + 1) * hour, act('ben', 2, 'approve'));
  expect(org.view(2).status).toBe('merged');
}

describe('a set of what is read (node.md section 4)', () => {
  const org = waiting();
  const root = (...patterns: readonly string[]): string => readsRoot(org.state(), 'locks', patterns);

  it('is the whole tree for `**`, and each part of it has a root of its own', () => {
    expect(root('**')).toBe(rootUnder(org.state(), 'content/'));
    expect(new Set([root('**'), root('doors/**'), root('notes/*'), root('nothing/**')]).size).toBe(4);
    expect(root('notes/a b')).toBe(root('notes/*'));
    expect(root('notes/a b')).not.toBe(root('notes/a'));
    // S51: what a folder's pattern matches may be a file of that name.
    expect(root('rules/**')).toBe(root('rules'));
    expect(root('rules/**')).not.toBe(root('nothing/**'));
  });

  it('always holds the manifest, named or not', () => {
    expect(root('dapps/locks.json')).toBe(root('nothing/**'));
    expect(root('doors/**')).toBe(root('dapps/locks.json', 'doors/**'));
    expect([readsPath('locks', ['doors/**'], 'dapps/locks.json'), readsPath('locks', ['doors/**'], 'dapps/other.json')]).toEqual([true, false]);
  });

  it('names keys of the state by a leading slash, and paths never match those', () => {
    expect(stateRead(org.state(), ['/role/member/*']).map(([key]) => key)).toEqual(people.map((name) => `role/member/${name}`));
    expect(stateRead(org.state(), ['role/**'])).toEqual([]);
    expect(readsPath('locks', ['/doors/**'], 'doors/front')).toBe(false);
    expect(root('/role/**')).not.toBe(root('/member/**'));
  });

  it('is written in one form: ascending, each once, none empty, within bounds', () => {
    expect(areReadPatterns(['/role/*', 'a/**', 'b'])).toBe(true);
    for (const other of [undefined, [], ['b', 'a'], ['a', 'a'], [''], ['/'], [1], Array.from({ length: 65 }, (_, at) => `p${at + 100}`), ['x'.repeat(8_193)]])
      expect(areReadPatterns(other)).toBe(false);
  });
});

describe('an attestation of a dapp that reads less than the tree (S53)', () => {
  it('holds when something else was merged in between, whole-tree readers have to run again (GDO2020)', () => {
    for (const patterns of [['doors/**'], undefined]) {
      const org = waiting();
      const { attest } = notesFor(org);
      const candidate = needed(org, 1);
      const read = patterns === undefined ? undefined : readNow(org, door, patterns);
      org.epoch(2 * hour, attest('ada', 1, 'locks', candidate, 'accept', undefined, read));
      mergeBeside(org, { path: 'notes/a b', old: '100644:n1', new: '100644:n2' }, 3);
      org.epoch(5 * hour);
      expect(org.view(1)).toMatchObject(patterns === undefined ? { status: 'waiting', code: 'GDO2020' } : { status: 'waiting', code: 'GDO2032' });
      expect(openRequirements(org.state())).toMatchObject([patterns === undefined ? { attested: [], outdated: ['ada'] } : { attested: ['ada'], outdated: [] }]);
      org.epoch(6 * hour, attest('ben', 1, 'locks', needed(org, 1), 'accept', undefined, read));
      expect(org.view(1).status).toBe(patterns === undefined ? 'waiting' : 'merged');
      if (patterns !== undefined) continue;
      org.epoch(7 * hour, attest('ada', 1, 'locks', needed(org, 1)));
      expect(org.view(1).status).toBe('merged');
    }
  });

  it('ends with a change of what was read, also by a path that newly matches', () => {
    const org = waiting();
    const { attest } = notesFor(org);
    org.epoch(2 * hour, attest('ada', 1, 'locks', needed(org, 1), 'accept', undefined, readNow(org, door, ['doors/**', 'notes/*'])));
    mergeBeside(org, { path: 'notes/new', old: 'absent', new: '100644:n9' }, 3);
    expect(openRequirements(org.state())).toMatchObject([{ attested: [], outdated: ['ada'] }]);
    const again = readNow(org, door, ['doors/**', 'notes/*']);
    org.epoch(
      6 * hour,
      attest('ada', 1, 'locks', needed(org, 1), 'accept', undefined, again),
      attest('ben', 1, 'locks', needed(org, 1), 'accept', undefined, again),
    );
    expect(org.view(1).status).toBe('merged');
  });

  it('ends with a change of the manifest', () => {
    const org = waiting();
    const { attest } = notesFor(org);
    org.epoch(2 * hour, attest('ada', 1, 'locks', needed(org, 1), 'accept', undefined, readNow(org, door, ['doors/**'])));
    mergeBeside(org, { path: 'dapps/locks.json', old: '100644:m1', new: '100644:m2' }, 3);
    expect(openRequirements(org.state())).toMatchObject([{ attested: [], outdated: ['ada'] }]);
  });

  it('ends with a change of the state that was read', () => {
    const org = waiting('2 members');
    const { attest, propose, act } = notesFor(org);
    org.epoch(2 * hour, attest('ada', 1, 'locks', needed(org, 1), 'accept', undefined, readNow(org, door, ['/role/member/*', 'doors/**'])));
    expect(openRequirements(org.state())).toMatchObject([{ attested: ['ada'] }]);
    org.epoch(3 * hour, propose('ada', 'joining', { candidate: 'ben' }));
    org.epoch(4 * hour, act('ada', 2, 'endorse'), { by: 'chi', kind: 'resign', body: { role: 'member' } });
    expect(openRequirements(org.state())).toMatchObject([{ attested: [], outdated: ['ada'] }]);
  });

  it('counts together only what was given the same: one who claims to have read less is nobody’s second', () => {
    const org = waiting();
    const { attest } = notesFor(org);
    const candidate = needed(org, 1);
    org.epoch(2 * hour, attest('ada', 1, 'locks', candidate), attest('ben', 1, 'locks', candidate, 'accept', undefined, readNow(org, door, ['notes/*'])));
    expect(org.view(1).status).toBe('waiting');
    org.epoch(3 * hour, attest('chi', 1, 'locks', candidate));
    expect(org.view(1).status).toBe('merged');
  });

  it('does not hold where its root is not that of what it names', () => {
    const org = waiting();
    const { attest } = notesFor(org);
    const lie: ReadSet = { patterns: ['doors/**'], reads: 'f'.repeat(64) };
    org.epoch(
      2 * hour,
      attest('ada', 1, 'locks', needed(org, 1), 'accept', undefined, lie),
      attest('ben', 1, 'locks', needed(org, 1), 'accept', undefined, lie),
    );
    expect(openRequirements(org.state())).toMatchObject([{ attested: [], standing: 'open' }]);
  });
});

describe('endorsers who disagree (node.md section 4)', () => {
  const other = '9'.repeat(64);
  const note: ChangeEntry = { path: 'notes/a b', old: '100644:n1', new: '100644:n2' };
  const back: ChangeEntry = { path: 'doors/back', old: 'absent', new: '100644:b1' };

  it('a lying endorser alone neither passes, blocks nor quarantines (T19)', () => {
    for (const lie of ['accept', 'reject']) {
      const honest = lie === 'accept' ? 'reject' : 'accept';
      const org = waiting();
      const { attest } = notesFor(org);
      org.epoch(2 * hour, attest('ada', 1, 'locks', needed(org, 1), lie, other));
      org.epoch(3 * hour, attest('ben', 1, 'locks', needed(org, 1), honest));
      expect(org.view(1)).toMatchObject({ status: 'waiting', code: 'GDO2032' });
      org.epoch(4 * hour, attest('chi', 1, 'locks', needed(org, 1), honest));
      expect(org.view(1).status).toBe(honest === 'accept' ? 'merged' : 'rejected');
      expect(stateRead(org.state(), ['/quarantine/*'])).toEqual([]);
    }
  });

  it('quarantine the dapp when no output can be reached any more: its merges wait, others go on, and time ends the wait (GDO2031, I18)', () => {
    const org = waiting('2 members', [door, [back]]);
    const { attest, act, proposeChange } = notesFor(org);
    const candidate = needed(org, 1);
    org.epoch(2 * hour, ...people.map((name, at) => attest(name, 1, 'locks', candidate, 'accept', String(at).repeat(64))));
    expect(org.view(1)).toMatchObject({ status: 'waiting', code: 'GDO2031' });
    expect(openRequirements(org.state())).toEqual([]);
    // Another door's merge needs the same dapp, and what is said of it does not help now.
    const second = candidateOf(org.state(), [back]);
    const root = second.kind === 'ok' ? second.contentRoot : '';
    org.epoch(3 * hour, ...people.map((name) => attest(name, 2, 'locks', root)));
    expect(org.view(2)).toMatchObject({ status: 'waiting', code: 'GDO2031' });
    org.epoch(4 * hour, proposeChange('chi', 'change', [note]));
    org.epoch(5 * hour, act('ben', 3, 'approve'));
    expect(org.view(3).status).toBe('merged');
    org.epoch(hour + 9 * 24 * hour);
    expect([org.view(1).code, org.view(2).code]).toEqual(['GDO2032', 'GDO2032']);
  });

  it('free the dapp again when its manifest changes by its process', () => {
    const org = waiting('2 members', [door, [back]]);
    const { attest, act, proposeChange } = notesFor(org);
    const candidate = needed(org, 1);
    org.epoch(2 * hour, ...people.map((name, at) => attest(name, 1, 'locks', candidate, 'accept', String(at).repeat(64))));
    expect(openRequirements(org.state())).toEqual([]);
    org.epoch(3 * hour, proposeChange('chi', 'change', [{ path: 'dapps/locks.json', old: '100644:m1', new: '100644:m2' }]));
    org.epoch(4 * hour, act('ben', 3, 'approve'));
    expect(openRequirements(org.state()).map((one) => one.number)).toEqual([1, 2]);
    org.epoch(5 * hour, ...['ada', 'ben'].map((name) => attest(name, 1, 'locks', needed(org, 1))));
    expect(org.view(1).status).toBe('merged');
  });

  it('are judged by who still endorses: a dispute among people who left is none', () => {
    const org = waiting('2 members');
    const { attest } = notesFor(org);
    const candidate = needed(org, 1);
    org.epoch(2 * hour, attest('ada', 1, 'locks', candidate), attest('ben', 1, 'locks', candidate, 'reject', other));
    expect(org.view(1).code).toBe('GDO2032');
    org.epoch(3 * hour, { by: 'ben', kind: 'resign', body: { role: 'member' } });
    org.epoch(4 * hour, attest('chi', 1, 'locks', candidate));
    expect(org.view(1).status).toBe('merged');
  });
});
