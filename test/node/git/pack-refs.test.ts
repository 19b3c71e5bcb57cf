// Refs that are packed while others move them: each is where it was.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { looseRefsCount, packRefs } from '../../../node/git/pack-refs.ts';
import { initRepository } from '../../../node/git/repository.ts';
import { commitFiles, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

it('T36: packed refs are listed and moved as before, and a lock that was left stops nobody for good', async () => {
  const repository = await initRepository(join(folder, 'refs.git'), 'bare');
  const [first, second] = [await commitFiles(repository, [['a', 'a']]), await commitFiles(repository, [['a', 'b']])];
  const names = Array.from({ length: 20 }, (_, index) => `refs/gdo/log/${index.toString(16).padStart(64, '0')}`);
  await repository.updateRefs(names.map((ref) => ({ ref, old: undefined, next: first })));
  expect([looseRefsCount(repository.gitDirectory, 'refs/gdo/log'), looseRefsCount(repository.gitDirectory, 'refs/gdo/proposal')]).toEqual([20, 0]);
  const lock = join(repository.gitDirectory, 'packed-refs.lock');
  writeFileSync(lock, '');
  await packRefs(repository.gitDirectory);
  expect(existsSync(lock)).toBe(false);
  const move = { ref: names[3] ?? '', old: first, next: second };
  await Promise.all([packRefs(repository.gitDirectory), repository.updateRefs([move])]);
  expect(readFileSync(join(repository.gitDirectory, 'packed-refs'), 'latin1')).toContain(`${first} ${names[0]}`);
  expect(await repository.list('refs/gdo/log')).toEqual(names.map((ref) => ({ ref, id: ref === move.ref ? second : first })));
  expect(await repository.updateRefs([move])).toMatchObject({ kind: 'conflict' });
  expect(await repository.updateRefs([{ ref: move.ref, old: second, next: first }])).toEqual({ kind: 'ok' });
  await packRefs(repository.gitDirectory);
  expect(looseRefsCount(repository.gitDirectory, 'refs/gdo/log')).toBe(0);
  repository.close();
});
