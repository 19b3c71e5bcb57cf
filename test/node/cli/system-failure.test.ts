// What the system refuses, asked of the system itself: a device that is always full, a folder in the place of a file, an address of nobody here.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failureInWords, listeningHelp, systemFailure } from '../../../node/cli/system-failure.ts';
import { errorOf } from '../../error-of.ts';

it('Q22: a full disk and a folder in the place of a file are failures of the world, with what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-system-'));
  expect(systemFailure(errorOf(() => writeFileSync('/dev/full', 'x')))).toMatchObject({
    code: 'GDO4021',
    message: 'The system refused: no space left on device, write',
    help: expect.stringContaining('make room'),
  });
  expect(systemFailure(errorOf(() => readFileSync(folder)))).toMatchObject({ code: 'GDO5022', help: expect.stringContaining('another kind') });
  rmSync(folder, { recursive: true });
});

it('Q22: what git says of a disk or of rights is the same failure, and what it says of other writers is none', () => {
  expect(failureInWords("fatal: prepare: cannot update ref 'refs/gdo/log/a': couldn't write '/srv/refs/gdo/log/a.lock'")).toMatchObject({ code: 'GDO4021' });
  expect(failureInWords("fatal: prepare: cannot lock ref 'refs/gdo/log/a': unable to create directory for refs/gdo/log/a")).toMatchObject({ code: 'GDO4021' });
  expect(failureInWords("fatal: cannot lock ref 'HEAD': Unable to create '/srv/HEAD.lock': Read-only file system")).toMatchObject({
    code: 'GDO4021',
    help: expect.stringContaining('make room'),
  });
  expect(failureInWords("fatal: sha1 file '<stdout>' write error. Out of diskspace error: pack-objects died")).toMatchObject({ code: 'GDO4021' });
  expect(failureInWords("fatal: cannot lock ref 'HEAD': Unable to create '/srv/HEAD.lock': Permission denied")).toMatchObject({
    code: 'GDO5022',
    help: expect.stringContaining('who owns it'),
  });
  expect(failureInWords("fatal: cannot lock ref 'HEAD': Unable to create '/srv/HEAD.lock': File exists.")).toBeUndefined();
  expect(failureInWords("fatal: cannot lock ref 'refs/a': is at 1 but expected 2")).toBeUndefined();
  expect(failureInWords("fatal: cannot lock ref 'refs/a/b': 'refs/a' exists; cannot create 'refs/a/b'")).toBeUndefined();
});

it('Q22: what is absent, and what is no error of the system, stays the fault that it is', () => {
  expect(systemFailure(errorOf(() => readFileSync('/nonexistent/file')))).toBeUndefined();
  expect(systemFailure(new Error('ENOSPC'))).toBeUndefined();
  expect(systemFailure('ENOSPC')).toBeUndefined();
});

it('An address that this machine does not have is told apart from one that is taken', async () => {
  const cause = await new Promise<Error>((resolve) => createServer().on('error', resolve).listen(0, '192.0.2.1'));
  expect(listeningHelp(cause)).toBe('name an address that this machine has');
  const first = createServer();
  await new Promise<void>((done) => first.listen(0, '127.0.0.1', done));
  const place = first.address();
  const port = typeof place === 'object' && place !== null ? place.port : 0;
  const taken = await new Promise<Error>((resolve) => createServer().on('error', resolve).listen(port, '127.0.0.1'));
  expect(listeningHelp(taken)).toBe('name another address, or stop who has it');
  await new Promise((done) => first.close(done));
});
