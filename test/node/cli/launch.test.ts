// What starts the program: it keeps the compiled program in the user's cache, uses it the next time, and does without wherever that is not safe.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../../bin/gdo.cjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../../dist/launch.cjs', import.meta.url)));
if (!built && process.env['GDO_NO_SKIP'] === '1') throw new Error('GDO_NO_SKIP=1 and dist/launch.cjs is missing');

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A home with nothing in it, and a way to run the command there. */
function home(): { readonly cache: string; readonly gdo: (...words: readonly string[]) => Run } {
  const cwd = mkdtempSync(join(tmpdir(), 'gdo-launch-'));
  writeFileSync(join(cwd, 'a.gdo'), 'gdo 1\n\nrole keeper\n  held by anyon\nend\n');
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd };
  return { cache: join(cwd, '.cache', 'gdo'), gdo: (...words) => spawnSync(process.execPath, [program, ...words], { cwd, encoding: 'utf8', env }) };
}

function only(folder: string): string {
  const names = readdirSync(folder);
  expect(names).toHaveLength(1);
  return join(folder, names[0] ?? '');
}

describe.skipIf(!built)('the start of the command (needs dist/)', () => {
  it('keeps the compiled program for the user alone, and says the same with it', () => {
    const { cache, gdo } = home();
    const first = gdo('check', 'a.gdo');
    expect(first).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('GDO001') });
    const kept = only(cache);
    expect([statSync(cache).mode & 0o777, statSync(kept).mode & 0o777]).toEqual([0o700, 0o600]);
    const before = statSync(kept).mtimeMs;
    expect(gdo('check', 'a.gdo')).toMatchObject({ status: 1, stderr: '', stdout: first.stdout });
    expect(statSync(only(cache)).mtimeMs).toBe(before);
  });

  it('keeps what the next start can use, also where a command changed how the runtime collects', () => {
    const { cache, gdo } = home();
    spawnSync('git', ['init', '-q', join(cache, '../..')]);
    // A hole in a file reads as zeros: enough of them that collections are asked for.
    writeFileSync(join(cache, '../../large'), '');
    truncateSync(join(cache, '../../large'), 40_000_000);
    expect(gdo('store', 'put', 'large')).toMatchObject({ status: 0, stderr: '' });
    const before = statSync(only(cache)).mtimeMs;
    expect(gdo('store', 'put', 'large')).toMatchObject({ status: 0, stdout: expect.stringContaining('Already here') });
    expect(statSync(only(cache)).mtimeMs).toBe(before);
  });

  it('keeps nothing for words that are no command', () => {
    const { cache, gdo } = home();
    expect(gdo('chekc').status).toBe(2);
    expect(existsSync(cache)).toBe(false);
  });

  it('compiles anew what was kept of another program, or is not whole', () => {
    const { cache, gdo } = home();
    const first = gdo('check', 'a.gdo');
    const kept = only(cache);
    const good = readFileSync(kept);
    for (const bytes of [Buffer.from('another'), Buffer.concat([Buffer.alloc(64, 'a'), good.subarray(64)]), good.subarray(0, 1000), Buffer.alloc(0)]) {
      writeFileSync(kept, bytes);
      expect(gdo('check', 'a.gdo')).toMatchObject({ status: 1, stderr: '', stdout: first.stdout });
      expect(readFileSync(only(cache)).subarray(0, 64)).toEqual(good.subarray(0, 64));
    }
  });

  it('reads nothing that others could have written', () => {
    const { cache, gdo } = home();
    gdo('check', 'a.gdo');
    const kept = only(cache);
    chmodSync(kept, 0o666);
    const foreign = readFileSync(kept);
    expect(gdo('check', 'a.gdo').status).toBe(1);
    expect(statSync(only(cache)).mode & 0o777).toBe(0o600);
    expect(readFileSync(only(cache)).length).toBeGreaterThan(foreign.length / 2);
  });

  it('does without where nothing can be kept', () => {
    const { cache, gdo } = home();
    mkdirSync(join(cache, '..'));
    writeFileSync(cache, 'a file where the folder should be');
    expect(gdo('check', 'a.gdo')).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('GDO001') });
  });
});
