// The state against its definition: the recursive trie of the ledger's paper, plain sorted maps, and proofs that cannot be bent.
import { createHash } from 'node:crypto';
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import {
  byCodeUnit,
  canonicalText,
  emptyState,
  entriesUnder,
  entryCount,
  eraseEntry,
  merkleRoot,
  proveEntry,
  proveInclusion,
  readEntry,
  rootUnder,
  stateRoot,
  verifyEntry,
  verifyInclusion,
  writeEntry,
  zeros64,
  type JsonObject,
  type State,
} from '../../../engine/index.ts';

const sha = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Section 13, word for word: empty, one entry, or two halves split by the next bit of the key hash. */
function defined(entries: readonly { readonly kh: Buffer; readonly vh: Buffer }[], depth = 0): Buffer {
  const [first] = entries;
  if (first === undefined) return Buffer.alloc(32);
  if (entries.length === 1) return sha(Buffer.of(0), first.kh, first.vh);
  const bit = (kh: Buffer): number => ((kh[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1;
  const half = (side: number): Buffer =>
    defined(
      entries.filter(({ kh }) => bit(kh) === side),
      depth + 1,
    );
  return sha(Buffer.of(1), half(0), half(1));
}

function rootByDefinition(entries: ReadonlyMap<string, JsonObject>): string {
  const rows = [...entries].map(([key, value]) => ({ kh: sha('gdo-key-v1\0', key), vh: sha('gdo-value-v1\0', canonicalText(value)) }));
  return defined(rows).toString('hex');
}

const keys = fc.constantFrom(
  'member/ada',
  'member/ben',
  'role/chair/ada',
  'role/chair',
  'head/00',
  'content/a',
  'content/a%20b',
  'content/b/c',
  'z',
  ...Array.from({ length: 16 }, (_, index) => `case/${index}`),
);
const steps = fc.array(fc.tuple(keys, fc.option(fc.nat({ max: 3 }), { freq: 2 })), { maxLength: 120 });

describe('the state', () => {
  it('has the root, the order and the entries of a plain map after any writes and erasures, and every earlier version stays', () => {
    fc.assert(
      fc.property(steps, (list) => {
        let state: State = emptyState;
        const plain = new Map<string, JsonObject>();
        const history: (readonly [State, string])[] = [];
        for (const [key, since] of list) {
          state = since === null ? eraseEntry(state, key) : writeEntry(state, key, { since });
          if (since === null) plain.delete(key);
          else plain.set(key, { since });
          history.push([state, rootByDefinition(plain)]);
        }
        const sorted = [...plain].toSorted(([left], [right]) => (left < right ? -1 : 1));
        expect(entriesUnder(state, '')).toEqual(sorted);
        expect(entriesUnder(state, 'content/')).toEqual(sorted.filter(([key]) => key.startsWith('content/')));
        expect(entryCount(state)).toBe(plain.size);
        for (const [key, value] of plain) expect(readEntry(state, key)).toEqual(value);
        for (const [version, root] of history) expect(stateRoot(version)).toBe(root);
        expect(rootUnder(state, 'content/')).toBe(rootByDefinition(new Map(sorted.filter(([key]) => key.startsWith('content/')))));
      }),
      { numRuns: 100 },
    );
  });

  it('gives every version its own entries, order and root, whichever version is read, written or asked next', () => {
    const rows = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 299 }), fc.constantFrom('write', 'write', 'write', 'erase', 'read', 'order', 'root')), {
      minLength: 300,
      maxLength: 900,
    });
    fc.assert(
      fc.property(rows, fc.boolean(), (list, stays) => {
        const versions: { readonly state: State; readonly plain: ReadonlyMap<string, JsonObject> }[] = [{ state: emptyState, plain: new Map() }];
        for (const [pick, number, what] of list) {
          // Mostly the newest version goes on, as in a ledger; now and then an old one does, as in a fold that begins again.
          const version = versions[stays && pick % 50 > 0 ? versions.length - 1 : pick % versions.length] ?? { state: emptyState, plain: new Map() };
          const [key, value] = [`t${number % 3}/k${number}`, { since: pick }];
          if (what === 'read') expect(readEntry(version.state, key)).toEqual(version.plain.get(key));
          else if (what === 'order')
            expect(entriesUnder(version.state, 't1/').map(([name]) => name)).toEqual(
              [...version.plain.keys()].filter((name) => name.startsWith('t1/')).toSorted(byCodeUnit),
            );
          else if (what === 'root') expect(stateRoot(version.state)).toBe(rootByDefinition(version.plain));
          else {
            const plain = new Map(version.plain);
            if (what === 'erase') plain.delete(key);
            else plain.set(key, value);
            versions.push({ state: what === 'erase' ? eraseEntry(version.state, key) : writeEntry(version.state, key, value), plain });
          }
        }
        for (const { state, plain } of versions.filter((_, index) => index % 97 === 0)) {
          expect(entryCount(state)).toBe(plain.size);
          expect(new Map(entriesUnder(state, ''))).toEqual(plain);
          expect(stateRoot(state)).toBe(rootByDefinition(plain));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has the root of zeros when it is empty, and again after its last entry is erased', () => {
    expect(stateRoot(emptyState)).toBe(zeros64);
    expect(stateRoot(eraseEntry(writeEntry(emptyState, 'a', {}), 'a'))).toBe(zeros64);
  });

  it('proves what a key has and that a key has nothing, and no proof serves another claim', () => {
    fc.assert(
      fc.property(steps, keys, keys, (list, key, other) => {
        const state = list.reduce((current, [at, since]) => writeEntry(current, at, { since: since ?? 0 }), emptyState);
        const root = stateRoot(state);
        const value = readEntry(state, key);
        const proof = proveEntry(state, key);
        expect(verifyEntry({ root, key, value, proof })).toBe(true);
        expect(verifyEntry({ root, key, value: { since: 9 }, proof })).toBe(false);
        if (value !== undefined) expect(verifyEntry({ root, key, value: undefined, proof })).toBe(false);
        const [claimed, actual] = [value ?? { since: 1 }, readEntry(state, other)];
        if (actual?.['since'] !== claimed['since']) expect(verifyEntry({ root, key: other, value: claimed, proof })).toBe(false);
        if (actual !== undefined) expect(verifyEntry({ root, key: other, value: undefined, proof })).toBe(false);
        expect(verifyEntry({ root: zeros64.replace('0', '1'), key, value, proof })).toBe(false);
        if (proof.siblings.length > 0) expect(verifyEntry({ root, key, value, proof: { ...proof, siblings: proof.siblings.slice(1) } })).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('writes ten thousand entries one by one and takes the root after each hundred without copying the state', () => {
    let state: State = emptyState;
    for (let index = 0; index < 10_000; index += 1) {
      state = writeEntry(state, `member/m${index}`, { since: index });
      if (index % 100 === 0) stateRoot(state);
    }
    expect(entryCount(state)).toBe(10_000);
  });
});

/** RFC 6962 section 2.1, by its recursion. */
function treeHash(leaves: readonly Uint8Array[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return sha('');
  if (leaves.length === 1) return sha(Buffer.of(0), first);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

describe('the Merkle tree', () => {
  it('has the root of RFC 6962 for 0 to 70 leaves, and a proof for each leaf that fits no other place', () => {
    for (let size = 0; size <= 70; size += 1) {
      const leaves = Array.from({ length: size }, (_, index) => Uint8Array.of(index, size));
      const root = merkleRoot(leaves);
      expect(root).toBe(treeHash(leaves).toString('hex'));
      expect(proveInclusion(leaves, size)).toBe(undefined);
      for (const [index, leaf] of leaves.entries()) {
        const proof = proveInclusion(leaves, index);
        if (proof === undefined) throw new Error('no proof');
        expect(verifyInclusion(root, leaf, proof)).toBe(true);
        expect(verifyInclusion(root, Uint8Array.of(99), proof)).toBe(false);
        expect(verifyInclusion(root, leaf, { ...proof, index: index + 1 })).toBe(false);
        expect(verifyInclusion(root, leaf, { ...proof, path: [...proof.path, root] })).toBe(false);
      }
    }
  });
});
