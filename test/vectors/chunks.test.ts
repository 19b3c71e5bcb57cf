// The cutter gear-1 and the form of contents: held to the vectors, which a second implementation in Python judges too; and what the cutter promises, on contents by chance.
import { spawnSync } from 'node:child_process';
import { createHash, hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkBytesMax, chunkBytesMin, chunkEnd, gearTable } from '../../engine/index.ts';
import { openContent } from '../../node/chunks/content-parts.ts';
import { encodeManifest, hashAt, type ContentManifest } from '../../node/chunks/content-manifest.ts';
import { putContent } from '../../node/chunks/put-content.ts';
import { initRepository, type Repository } from '../../node/git/repository.ts';
import { bytesSource, chance } from '../node/chunks/bytes-source.ts';
import { tarOf } from '../node/chunks/tar-archive.ts';
import { contentOf, contentRecipes } from './chunk-contents.ts';
import { sameAsFile } from './same-as-file.ts';
import { fc } from '../seeded.ts';

const program = fileURLToPath(new URL('../independent/chunks.py', import.meta.url));
const vectors = fileURLToPath(new URL('chunks/gear-1.json', import.meta.url));
const havePython = spawnSync('python3', ['--version']).status === 0;
if (!havePython && process.env['GDO_NO_SKIP'] === '1') throw new Error('GDO_NO_SKIP=1 and python3 is missing');
const folder = mkdtempSync(join(tmpdir(), 'gdo-chunk-vectors-'));
let repository: Repository;

beforeAll(async () => {
  repository = await initRepository(join(folder, 'r.git'), 'bare');
});
afterAll(() => {
  repository.close();
  rmSync(folder, { recursive: true });
});

function endsOf(bytes: Uint8Array): readonly number[] {
  const ends: number[] = [];
  for (let at = 0; at < bytes.length;) ends.push((at = chunkEnd(bytes, at, bytes.length)));
  return ends;
}

/** The ends of chunks as a manifest has them. */
function endsIn({ list }: ContentManifest): readonly number[] {
  let end = 0;
  return Array.from(list.sizes.subarray(0, list.count), (size) => (end += size));
}

function python(...words: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-I', '-S', '-B', program, ...words], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('the vectors of gear-1', () => {
  it('are the table and the contents as they are cut and stored here (R42)', async () => {
    const contents = [];
    for (const recipe of contentRecipes) {
      const bytes = contentOf(recipe);
      const { sha256, commit } = await putContent(repository, { source: bytesSource(bytes) });
      const opened = await openContent(repository, sha256);
      if (opened.kind !== 'ok') throw new Error(opened.kind);
      const { manifest } = opened.content;
      if (manifest.cutter === 'gear-1') expect(endsIn(manifest)).toEqual(endsOf(bytes));
      contents.push({ ...recipe, sha256, ends: endsIn(manifest), manifest: createHash('sha256').update(encodeManifest(manifest)).digest('hex'), commit });
    }
    sameAsFile('gear-1', { table: gearTable.map((word) => word.toString(16).padStart(8, '0')), contents }, 'chunks');
  });

  it('have a table that is made of SHA-256, as it is published (R42)', () => {
    const made = Array.from({ length: 256 }, (_, byte) => createHash('sha256').update('gdo-gear-1').update(Uint8Array.of(byte)).digest().readUInt32BE(0));
    expect(gearTable).toEqual(made);
  });

  it.skipIf(!havePython)('are what a second implementation in Python comes to (R42)', () => {
    expect(python('judge', vectors)).toEqual({ judged: contentRecipes.length, wrong: [] });
  });

  it.skipIf(!havePython)('and it notices a changed table, cut and commit', () => {
    const text = readFileSync(vectors, 'utf8');
    const parsed: { table: string[]; contents: { name: string; ends: number[]; commit: string }[] } = JSON.parse(text);
    const [first, second] = [parsed.contents.at(-1), parsed.contents.at(-2)];
    parsed.table[9] = parsed.table[8] ?? '';
    first?.ends.pop();
    if (second !== undefined) second.commit = first?.commit ?? '';
    writeFileSync(join(folder, 'changed.json'), JSON.stringify(parsed));
    expect(python('judge', join(folder, 'changed.json'))).toEqual({ judged: contentRecipes.length, wrong: ['the table', second?.name, first?.name] });
  });
});

describe('the cutter', () => {
  const content = fc.tuple(fc.integer({ min: 1, max: 255 }), fc.integer({ min: 0, max: 300_000 })).map(([seed, length]) => chance(seed, length));

  it('covers a content without a gap, and no chunk but the last one is shorter or longer than it may be', () => {
    fc.assert(
      fc.property(content, (bytes) => {
        const ends = endsOf(bytes);
        const sizes = ends.map((end, index) => end - (ends[index - 1] ?? 0));
        expect(ends.at(-1) ?? 0).toBe(bytes.length);
        expect(sizes.every((size) => size <= chunkBytesMax)).toBe(true);
        expect(sizes.slice(0, -1).every((size) => size >= chunkBytesMin)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('cuts what comes in pieces of any size as it cuts the whole', async () => {
    const bytes = chance(3, 3_000_000);
    const whole = await putContent(repository, { source: bytesSource(bytes) });
    for (const piece of [1_000_000, 65_536, 4_099, 1_048_577]) {
      const again = await putContent(repository, { source: bytesSource(bytes, piece) });
      expect(again).toMatchObject({ commit: whole.commit, isNew: false, newObjects: 0 });
    }
  });

  it.skipIf(!havePython)('and a second implementation make the same manifest of manifests of more chunks than one names', async () => {
    const bytes = chance(11, 200_000);
    const file = join(folder, 'large');
    writeFileSync(file, bytes);
    const { sha256, commit } = await putContent(repository, { source: bytesSource(bytes), linesMost: 10 });
    expect(python('cut', file, '10')).toMatchObject({ sha256, commit, ends: endsOf(bytes) });
  });

  it.skipIf(!havePython)('and a second implementation cut an archive of as many members as its bytes allow alike', async () => {
    // Larger than what is cut at one time; two members of three have an end between two of the places where any content could be cut.
    const members = Array.from({ length: 2_600 }, (_, index) => ({ name: `m${index}`, content: chance((index % 250) + 1, 2_048 + (index % 3) * 16) }));
    const bytes = tarOf(members);
    const file = join(folder, 'members.tar');
    writeFileSync(file, bytes);
    const { sha256, commit, chunks } = await putContent(repository, { source: bytesSource(bytes) });
    expect(chunks).toBeGreaterThan(5_000);
    expect(python('cut', file)).toMatchObject({ sha256, commit });
  });

  it('makes fewer than three new chunks where one byte is put before 64 MB (R42)', () => {
    const bytes = Buffer.concat([Buffer.from('!'), chance(1, 64_000_000)]);
    const names = (of: Uint8Array): ReadonlySet<string> => new Set(endsOf(of).map((end, index, ends) => hash('sha256', of.subarray(ends[index - 1] ?? 0, end))));
    const before = names(bytes.subarray(1));
    const after = [...names(bytes)].filter((name) => !before.has(name));
    expect(before.size).toBeGreaterThan(7_000);
    expect(after.length).toBeLessThan(3);
    expect(after.length).toBeGreaterThan(0);
  });

  it('keeps the chunks of a file in a tar archive whatever its header and its neighbours become', async () => {
    const archive = (before: string, mode: string): Buffer => tarOf([{ name: before, content: before.repeat(700) }, { name: 'file', content: chance(12, 200_000), edit: (header) => void header.write(mode, 100) }]);
    const names = async (bytes: Buffer): Promise<readonly string[]> => {
      const { sha256 } = await putContent(repository, { source: bytesSource(bytes) });
      const opened = await openContent(repository, sha256);
      if (opened.kind !== 'ok') throw new Error(opened.kind);
      expect(opened.content.manifest.cutter).toBe('gear-1-tar');
      return Array.from({ length: opened.content.chunks }, (_, index) => hashAt(opened.content.manifest.list, index).toString('hex'));
    };
    const [first, second] = [await names(archive('a', '0000644')), await names(archive('before', '0000755'))];
    expect(first.length).toBeGreaterThan(20);
    // Two headers, and the file before.
    expect(second.filter((name) => !first.includes(name)).length).toBeLessThanOrEqual(3);
  });

  it('makes chunks of 8 KiB on average', () => {
    const bytes = chance(5, 8_000_000);
    const mean = bytes.length / endsOf(bytes).length;
    expect(mean).toBeGreaterThan(7_800);
    expect(mean).toBeLessThan(8_600);
  });
});
