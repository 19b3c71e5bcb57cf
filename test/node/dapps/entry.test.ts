// R76: what an entry may say, the hash of a source as anybody computes it, and the badge that follows. Nothing runs here.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../engine/index.ts';
import type { JsonObject } from '../../../engine/index.ts';
import type { JudgedEvent } from '../../../node/ledger/view.ts';
import { rebuildData, standingOf } from '../../../node/dapps/badge.ts';
import type { Standing } from '../../../node/dapps/badge.ts';
import { decodeEntry, sourceFiles, sourceHash } from '../../../node/dapps/entry.ts';

const digits = (letter: string): string => letter.repeat(64);
const image = `sha256:${digits('a')}`;
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Files of main: two of the source, its entry, and another one. */
const texts: Readonly<Record<string, string>> = {
  'dapps/fee/fee.sh': 'exit 0\n',
  'dapps/fee/a b': '',
  'dapps/fee.json': '{}\n',
  'dapps/fee.entry.json': 'is left out',
  'dapps/feet/x': 'no',
};
const files = Object.entries(texts).map(([path, text]) => ({ path, sha256: sha256(text) }));
const source = {
  files: ['dapps/fee.*', 'dapps/fee/**'],
  sha256: sourceHash(sourceFiles({ name: 'fee', source: { files: ['dapps/fee.*', 'dapps/fee/**'] } }, files)),
};
const recipe = { base: `sha256:${digits('b')}` };
const full: JsonObject = { image, licence: 'Apache-2.0', name: 'fee', recipe, source, v: 1 };
const bytesOf = (entry: JsonObject): Uint8Array => Buffer.from(`${canonicalText(entry)}\n`);
const without = (...fields: readonly string[]): JsonObject => Object.fromEntries(Object.entries(full).filter(([field]) => !fields.includes(field)));

describe('an entry of the registry', () => {
  it('is read as it is written: source, licence, recipe', () => {
    const decoded = decodeEntry(bytesOf(full));
    expect(decoded).toEqual({ kind: 'ok', entry: { name: 'fee', image, licence: 'Apache-2.0', source, recipe: { ...recipe, command: [], into: 'dapp' } } });
    const built = { builder: `sha256:${digits('c')}`, command: ['/bin/sh', '-c', 'make'] };
    expect(decodeEntry(bytesOf({ ...full, recipe: built }))).toMatchObject({ kind: 'ok', entry: { recipe: built } });
    expect(decodeEntry(bytesOf({ name: 'fee', v: 1 }))).toEqual({ kind: 'ok', entry: { name: 'fee' } });
  });

  const wrong: readonly (readonly [what: string, entry: JsonObject | string, reason: RegExp])[] = [
    ['no JSON', 'fee', /canonical JSON/],
    ['other order of fields', '{"v":1,"name":"fee"}', /canonical JSON/],
    ['a number that is a fraction', '{"name":"fee","v":1.5}', /canonical JSON/],
    ['an unknown field', { ...full, badge: 'reproducible' }, /`badge` is not known/],
    ['another version', { ...full, v: 2 }, /`v` must be 1/],
    ['a name that climbs', { ...full, name: '../fee' }, /a name of the bylaws/],
    ['an image by a name', { ...full, image: 'fee:latest' }, /`image` must be/],
    ['a licence of two lines', { ...full, licence: 'MIT\nnot' }, /`licence` must be/],
    ['a source without licence', without('licence'), /needs its `licence`/],
    ['a source of nothing', { ...full, source: { files: [], sha256: digits('a') } }, /`source` must have/],
    ['a source of state keys', { ...full, source: { files: ['/role/*'], sha256: digits('a') } }, /`source` must have/],
    ['a source out of order', { ...full, source: { files: ['b', 'a'], sha256: digits('a') } }, /`source` must have/],
    ['a source with a field more', { ...full, source: { ...source, by: 'me' } }, /`source` must have/],
    ['a recipe without source', without('source'), /needs a `source`/],
    ['a recipe without image', without('image'), /needs a `source`/],
    ['a recipe of nothing', { ...full, recipe: {} }, /needs a `base`/],
    ['a recipe with a command and no builder', { ...full, recipe: { ...recipe, command: ['sh'] } }, /needs a `base`, and no `command`/],
    ['a builder without command', { ...full, recipe: { builder: image } }, /needs its `command`/],
    ['a builder whose command is no words', { ...full, recipe: { builder: image, command: ['sh', 1] } }, /needs its `command`/],
    ['a folder that climbs', { ...full, recipe: { ...recipe, into: 'a/../../etc' } }, /`into` must be a folder/],
    ['a folder that takes away', { ...full, recipe: { ...recipe, into: '.wh.bin' } }, /`into` must be a folder/],
    ['an absolute folder', { ...full, recipe: { ...recipe, into: '/dapp' } }, /`into` must be a folder/],
    ['hosts of a builder', { ...full, recipe: { builder: image, command: ['sh'], network: 'host' } }, /fields that are not known/],
  ];
  it.each(wrong)('is refused with a reason (GDO3013): %s', (_what, entry, reason) => {
    const decoded = decodeEntry(typeof entry === 'string' ? Buffer.from(entry) : bytesOf(entry));
    expect(decoded).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

it('the hash of a source is that of what sha256sum prints, so nobody needs gdo for it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-source-'));
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const printed = execFileSync('sh', ['-c', 'printf "%s\\n" dapps/fee.json dapps/fee/* | LC_ALL=C sort | tr "\\n" "\\0" | xargs -0 sha256sum | sha256sum'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(printed.slice(0, 64)).toBe(source.sha256);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('a badge (R76, R60)', () => {
  const entryHash = sha256(bytesOf(full));
  let seq = 0;
  /** A fact as a checkpoint judged it. */
  function fact(actor: string, data: JsonObject, type = 'dapp-rebuild', kind: 'ok' | 'void' = 'ok'): JudgedEvent {
    seq += 1;
    const event = { id: String(seq), org: digits('0'), actor, device: digits('1'), seq, kind: 'fact' as const, body: { data, type }, tsMs: 0 };
    const verdict = kind === 'ok' ? ({ kind } as const) : ({ kind, code: 'GDO1040', reason: 'no' } as const);
    return { event, verdict, height: 1, batch: digits('2'), receivedMs: seq };
  }
  const claim = (what: Partial<Parameters<typeof rebuildData>[0]> = {}): JsonObject =>
    rebuildData({ dapp: 'fee', entry: entryHash, image, platform: 'linux/amd64', ...what });
  const standing = (entry: JsonObject | undefined, facts: readonly JudgedEvent[] = [], change: Partial<Parameters<typeof standingOf>[0]> = {}): Standing =>
    standingOf({ name: 'fee', image, entry: entry === undefined ? undefined : bytesOf(entry), files, facts, ...change });

  it('is closed without an entry or a source, and says nothing against it', () => {
    expect(standing(undefined)).toMatchObject({ badge: 'closed', faults: [] });
    expect(standing(without('source', 'recipe'))).toMatchObject({ badge: 'closed', faults: [], entry: { licence: 'Apache-2.0' } });
  });

  it('is source where the source that it names lies there, also for a program outside that has no image', () => {
    expect(standing(without('recipe'))).toMatchObject({ badge: 'source', faults: [] });
    expect(standing(full)).toMatchObject({ badge: 'source', faults: [], same: [], other: [] });
    expect(standing(without('recipe', 'image'), [], { image: undefined })).toMatchObject({ badge: 'source' });
  });

  it('is closed where the entry is wrong or about something else, with the code that says why (GDO3013, GDO3014)', () => {
    expect(standing({ ...full, v: 2 })).toMatchObject({ badge: 'closed', faults: [{ code: 'GDO3013' }] });
    expect(standing({ ...full, name: 'other' })).toMatchObject({ badge: 'closed', faults: [{ code: 'GDO3013' }] });
    expect(standing({ ...full, image: `sha256:${digits('d')}` })).toMatchObject({
      badge: 'closed',
      faults: [{ code: 'GDO3013', reason: expect.stringContaining('another image') }],
    });
    expect(standing(without('recipe', 'image'))).toMatchObject({ badge: 'closed', faults: [{ code: 'GDO3013' }] });
    const changed = files.map((file) => (file.path === 'dapps/fee/fee.sh' ? { ...file, sha256: digits('e') } : file));
    expect(standing(full, [fact('ana', claim())], { files: changed })).toMatchObject({ badge: 'closed', faults: [{ code: 'GDO3014' }] });
    expect(standing({ ...full, source: { files: ['nowhere/**'], sha256: sourceHash([]) } })).toMatchObject({ badge: 'closed', faults: [{ code: 'GDO3014' }] });
  });

  it('is reproducible once somebody signed that it comes out the same, and says who and when', () => {
    expect(standing(full, [fact('ana', claim())])).toMatchObject({ badge: 'reproducible', same: [{ member: 'ana', platform: 'linux/amd64', atMs: seq }] });
    // Who signs twice is one; the newest word of somebody counts.
    const twice = [fact('ana', claim({ image: `sha256:${digits('d')}` })), fact('ana', claim())];
    expect(standing(full, twice)).toMatchObject({ badge: 'reproducible', same: [{ member: 'ana' }], other: [] });
  });

  it('is not, where somebody came to another image, or signed about another entry, dapp or type, or the fact does not stand', () => {
    const odd = fact('bo', claim({ image: `sha256:${digits('d')}` }));
    expect(standing(full, [fact('ana', claim()), odd])).toMatchObject({ badge: 'source', same: [{ member: 'ana' }], other: [{ member: 'bo' }] });
    const foreign = [
      fact('ana', claim({ entry: digits('f') })),
      fact('ana', claim({ dapp: 'other' })),
      fact('ana', claim(), 'report'),
      fact('ana', claim(), 'dapp-rebuild', 'void'),
      fact('ana', { dapp: 'fee', entry: entryHash }),
    ];
    expect(standing(full, foreign)).toMatchObject({ badge: 'source', same: [], other: [] });
    const noRecipe = without('recipe');
    expect(standing(noRecipe, [fact('ana', claim({ entry: sha256(bytesOf(noRecipe)) }))])).toMatchObject({ badge: 'source' });
  });
});
