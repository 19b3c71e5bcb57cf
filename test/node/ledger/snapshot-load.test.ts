// Loading a snapshot: the state of exactly one root, or a refusal that says which line is wrong.
import { describe, expect, it } from 'vitest';
import { emptyState, entriesUnder, proveEntry, stateRoot, verifyEntry, writeEntry, zeros64 } from '../../../engine/index.ts';
import { readSnapshot, snapshotBytes } from '../../../node/index.ts';

const state = ['member/ada', 'member/ben', 'role/chair/ada'].reduce(
  (made, key, index) => writeEntry(made, key, { since: index, said: 'naïve "ß"' }),
  emptyState,
);
const root = stateRoot(state);
const text = Buffer.from(snapshotBytes(state)).toString('utf8');

function refusal(changed: string, asked: string = root): string {
  const read = readSnapshot(Buffer.from(changed, 'utf8'), asked);
  return read.kind === 'refused' ? `${read.code} ${read.reason}` : 'loaded';
}

describe('a snapshot', () => {
  it('loads as the state it was written from, and proves what is there and what is not', () => {
    const read = readSnapshot(snapshotBytes(state), root);
    if (read.kind === 'refused') throw new Error(read.reason);
    expect(entriesUnder(read.state, '')).toEqual(entriesUnder(state, ''));
    const [there, gone] = [proveEntry(read.state, 'member/ada'), proveEntry(read.state, 'member/eve')];
    expect(verifyEntry({ root, key: 'member/ada', value: { since: 0, said: 'naïve "ß"' }, proof: there })).toBe(true);
    expect(verifyEntry({ root, key: 'member/eve', value: undefined, proof: gone })).toBe(true);
  });

  it('of nothing is the empty state', () => {
    expect(refusal('', zeros64)).toBe('loaded');
  });

  it('is refused for another root, whatever was changed in it', () => {
    expect(refusal(text, zeros64)).toMatch(/^GDO1070 /);
    expect(refusal(text.replace('"since":1', '"since":2'))).toMatch(/^GDO1070 /);
    expect(refusal(text.split('\n').slice(1).join('\n'))).toMatch(/^GDO1070 /);
  });

  it('is refused where a line is no entry, is out of order, comes twice or has no end', () => {
    const [first = '', second = '', third = ''] = text.split('\n');
    expect(refusal(`${second}\n${first}\n${third}\n`)).toMatch(/^GDO1002 line 2/);
    expect(refusal(`${first}\n${first}\n`)).toMatch(/^GDO1002 line 2/);
    expect(refusal(text.slice(0, -1))).toBe('GDO1001 line 3 has no end');
    expect(refusal(`${first} \n`)).toMatch(/^GDO1001 line 1/);
    expect(refusal('["a",1]\n')).toMatch(/^GDO1002 line 1/);
    expect(refusal('["a",{},{}]\n')).toMatch(/^GDO1002 line 1/);
    expect(refusal('{},"b":{}\n')).toMatch(/^GDO1001|^GDO1002/);
  });
});
