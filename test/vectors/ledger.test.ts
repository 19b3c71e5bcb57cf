// The vectors of SPEC.md: written from seeds by `npm run golden`, compared here, and judged by the code that nodes run. Other programs judge the same files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeCanonical, emptyState, encodeCanonical, merkleRoot, proveEntry, stateRoot, utf8Encode, verifyEntry, writeEntry } from '../../engine/index.ts';
import { initRepository } from '../../node/git/repository.ts';
import { filesAsTree } from '../../node/git/content.ts';
import { objectId } from '../../node/git/object.ts';
import { checkBatch, type StoredBatch } from '../../node/ledger/batch.ts';
import { batchVectors } from './hostile-batches.ts';
import { randomLedger } from './ledger-dump.ts';
import { sameAsFile } from './same-as-file.ts';

const documents: readonly (readonly [text: string, code: string])[] = [
  ['{}', 'ok'],
  ['{"a":1,"b":[true,false,"x"],"cD2":{"e":-7}}', 'ok'],
  [`{"a":${Number.MAX_SAFE_INTEGER}}`, 'ok'],
  ['{"a":"\\u0001\\n\\"\\\\é😀/"}', 'ok'],
  [`{"a":${'['.repeat(31)}${']'.repeat(31)}}`, 'ok'],
  [`{"a":${'['.repeat(32)}${']'.repeat(32)}}`, 'GDO1003'],
  [`{"a":"${'x'.repeat(65_536)}"}`, 'GDO1003'],
  ['[]', 'GDO1001'],
  ['{"a":null}', 'GDO1001'],
  ['{"a":1.0}', 'GDO1001'],
  ['{"a":1e3}', 'GDO1001'],
  ['{"a":-0}', 'GDO1001'],
  ['{"a":01}', 'GDO1001'],
  ['{"a":9007199254740992}', 'GDO1001'],
  ['{"b":1,"a":2}', 'GDO1001'],
  ['{"a":1,"a":2}', 'GDO1001'],
  ['{"A":1}', 'GDO1001'],
  ['{"a-b":1}', 'GDO1001'],
  ['{"":1}', 'GDO1001'],
  ['{"__proto__":1}', 'GDO1001'],
  [`{"${'k'.repeat(41)}":1}`, 'GDO1001'],
  ['{"a": 1}', 'GDO1001'],
  ['{"a":1}\n', 'GDO1001'],
  ['\ufeff{}', 'GDO1001'],
  ['{"a":"\\u00e9"}', 'GDO1001'],
  ['{"a":"\\/"}', 'GDO1001'],
  ['{"a":"\\u000A"}', 'GDO1001'],
  ['{"a":"\t"}', 'GDO1001'],
];

describe('vectors of the bytes (SPEC.md sections 2 and 3)', () => {
  it('canonical documents are read or refused as listed, and what is read is written alike', () => {
    for (const [text, code] of documents) {
      const decoded = decodeCanonical(utf8Encode(text));
      expect({ text, code: decoded.kind === 'ok' ? 'ok' : decoded.code }).toEqual({ text, code });
      if (decoded.kind === 'ok') expect(encodeCanonical(decoded.value)).toEqual(utf8Encode(text));
    }
    sameAsFile(
      'canonical',
      documents.map(([text, code]) => ({ text, code })),
    );
  });

  it('lists and states have their roots, and proofs hold against them', () => {
    const lists = Array.from({ length: 10 }, (_, size) => Array.from({ length: size }, (__, index) => `leaf ${index}`));
    const keys = ['member/ada', 'member/ben', 'role/officer/ada', 'case/1', 'content/a%20b', 'head/x', 'bylaws/y'];
    const states = keys.map((_, size) => keys.slice(0, size).map((key, index) => [key, { since: index }] as const));
    const rows = states.map((entries) => {
      const state = entries.reduce((current, [key, value]) => writeEntry(current, key, value), emptyState);
      const root = stateRoot(state);
      const proofs = keys.map((key) => ({ key, value: entries.find(([own]) => own === key)?.[1] ?? null, ...proveEntry(state, key) }));
      for (const { key, value, ...proof } of proofs) expect(verifyEntry({ root, key, value: value ?? undefined, proof })).toBe(true);
      return { entries, root, proofs };
    });
    sameAsFile('trees', { lists: lists.map((leaves) => ({ leaves, root: merkleRoot(leaves.map((leaf) => utf8Encode(leaf))) })), states: rows });
  });
});

describe('vectors of batches (SPEC.md section 6)', () => {
  const path = mkdtempSync(join(tmpdir(), 'gdo-vectors-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));

  it('each is accepted, parked or refused with its code', async () => {
    const repository = await initRepository(path, 'bare');
    const { org, base, known, vectors } = await batchVectors();
    const at = new Map<string, StoredBatch>();
    const judge = async (batch: { readonly commit: string; readonly ndjson: string; readonly extra?: readonly [string, string] }): Promise<string> => {
      const tree = filesAsTree([['batch.ndjson', utf8Encode(batch.ndjson)], ...(batch.extra === undefined ? [] : [[batch.extra[0], utf8Encode(batch.extra[1])] as const])]);
      const commit = { kind: 'commit', bytes: Buffer.from(batch.commit, 'utf8') } as const;
      await repository.writeObjects([...tree.objects, commit]);
      const checked = await checkBatch(repository, objectId(commit), {
        org,
        batchAt: (id) => at.get(id)?.batch.id,
        batch: (id) => [...at.values()].find((stored) => stored.batch.id === id),
        isCheckpoint: (id) => id === base,
      });
      if (checked.kind === 'ok') at.set(checked.stored.commit, checked.stored);
      return checked.kind === 'ok' ? 'ok' : checked.code;
    };
    for (const batch of known) expect(await judge(batch)).toBe('ok');
    for (const vector of vectors) expect({ name: vector.name, code: await judge(vector) }).toEqual({ name: vector.name, code: vector.code });
    sameAsFile('batches', { org, base, known, vectors });
  });
});

describe('vectors of whole ledgers (SPEC.md sections 7 to 12)', () => {
  it('fold to the listed orders, verdicts, states and roots', async () => {
    const dumps = [];
    for (let seed = 1; seed <= 4; seed += 1) dumps.push(await randomLedger(seed));
    expect(await randomLedger(3)).toEqual(dumps[2]);
    sameAsFile('ledgers', dumps);
  });

  it('hold removals, forks, waiting batches and several witnesses, so that nothing is agreed upon by absence', async () => {
    const codes = new Map<string, number>();
    let waiting = 0;
    let several = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const dump = await randomLedger(seed);
      for (const { verdicts } of dump.expected) for (const [, code] of verdicts) codes.set(code, (codes.get(code) ?? 0) + 1);
      waiting += dump.expected.filter((epoch) => epoch.waiting.length > 0).length;
      if (new Set(dump.receipts.map(({ statement }) => Object(JSON.parse(statement)).witness)).size > 1) several += 1;
    }
    expect([...codes.keys()].sort()).toEqual(['GDO1040', 'GDO1041', 'GDO1042', 'GDO1043', 'ok']);
    expect(waiting).toBeGreaterThan(5);
    expect(several).toBeGreaterThan(10);
  });
});
