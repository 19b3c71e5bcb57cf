// `gdo node contents`, as a node calls it, killed at a chosen call: no content is seen before it is whole, no last copy goes, git finds nothing wrong, and the next turn does the rest.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentsHere } from '../../../node/chunks/contents.ts';
import { getContent } from '../../../node/chunks/get-content.ts';
import { putContent } from '../../../node/chunks/put-content.ts';
import { initRepository, openRepository } from '../../../node/git/repository.ts';
import { ensureInstallable } from '../cli/decide/built.ts';
import { git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { bytesSource, chance } from './bytes-source.ts';
import { killer } from './killer.ts';

const folder = temporaryFolder();
const program = fileURLToPath(new URL('../../../bin/gdo.cjs', import.meta.url));
const one = join(folder, 'one.git');
let sha256: string;
let count = 0;
afterAll(() => removeFolder(folder));

beforeAll(async () => {
  ensureInstallable();
  const repository = await initRepository(one, 'bare');
  git(one, 'config', 'uploadpack.allowFilter', 'true');
  ({ sha256 } = await putContent(repository, { source: bytesSource(chance(1, 1_300_000)) }));
  repository.close();
});

/** Plays a turn of a node that keeps `two`. @param place - where it is killed */
function turn(
  two: string,
  contents: Readonly<Record<string, unknown>>,
  place?: readonly [module: string, name: string, pattern: string],
): SpawnSyncReturns<string> {
  const file = join(folder, `${count}.json`);
  const organization = { name: 'maple', genesis: '0'.repeat(64), repository: two, peers: [{ name: 'one', address: one }], contents };
  writeFileSync(file, JSON.stringify({ v: 1, data: folder, organizations: [organization] }));
  const preload = join(folder, `${count}.cjs`);
  writeFileSync(preload, place === undefined ? '' : killer(...place));
  return spawnSync(process.execPath, ['--require', preload, program, 'node', 'contents', '--config', file], { encoding: 'utf8' });
}

async function here(two: string): Promise<string> {
  const repository = openRepository(two);
  try {
    if ((await contentsHere(repository)).length === 0) return 'absent';
    return (await getContent(repository, sha256, { path: join(folder, 'out') })).kind;
  } finally {
    repository.close();
  }
}

async function begin(): Promise<string> {
  const two = join(folder, `two-${(count += 1)}.git`);
  (await initRepository(two, 'bare')).close();
  return two;
}

it.each([
  ['a pack that came has no index yet', 'fs', 'renameSync', 'tmp_gdo_[0-9a-f]+\\.idx', 'absent'],
  ['packs move in', 'fs', 'renameSync', 'arriving/\\S+\\.idx \\S+/objects/', 'absent'],
  ['all is here but the name', 'child_process', 'spawn', 'update-ref', 'absent'],
  ['what arrived is cleared away', 'fs', 'rmSync', 'gdo/arriving/[^/]+$', 'ok'],
] as const)('Taking: where %s (T36, R36)', async (_what, module, name, pattern, left) => {
  const two = await begin();
  expect(turn(two, {}, [module, name, pattern])).toMatchObject({ signal: 'SIGKILL' });
  expect(await here(two)).toBe(left);
  git(two, 'fsck', '--full', '--strict');
  expect(turn(two, {})).toMatchObject({ status: 0, stdout: expect.stringContaining('✓ maple: 1 content, 1.3 MB\n') });
  expect(await here(two)).toBe('ok');
  expect(readdirSync(join(two, 'gdo', 'arriving'))).toEqual([]);
  git(two, 'fsck', '--full', '--strict');
});

it.each([
  ['it was withdrawn and nothing is decided', 'fs', 'utimesSync', 'contents-gone'],
  ['its packs go', 'fs', 'rmSync', 'pack-[0-9a-f]+\\.pack'],
] as const)('Letting go: where %s (T36, R36)', async (_what, module, name, pattern) => {
  const two = await begin();
  expect(turn(two, {})).toMatchObject({ status: 0 });
  const old = Date.now() / 1_000 - 7_200;
  for (const entry of readdirSync(join(two, 'objects'), { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), old, old);
  expect(turn(two, { bytesMost: 0 }, [module, name, pattern])).toMatchObject({ signal: 'SIGKILL' });
  git(two, 'fsck', '--full', '--strict');
  const again = turn(two, { bytesMost: 0 });
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('✓ maple: 0 contents, 0 B\n') });
  expect(await here(two)).toBe('absent');
  expect(git(two, 'for-each-ref')).toBe('');
  expect(git(two, 'cat-file', '--batch-all-objects', '--batch-check')).toBe('');
});
