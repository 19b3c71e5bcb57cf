// The built command as a process of its own: streams, pipes that close early, colour, time. Needs `node build.mjs`, which `npm test` runs.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../../dist/gdo.js', import.meta.url));
const built = existsSync(program);
if (!built && process.env['GDO_NO_SKIP'] === '1') throw new Error('GDO_NO_SKIP=1 and dist/gdo.js is missing');

function gdo(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'gdo-process-'));
  return spawnSync(process.execPath, [program, ...words], { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...environment } });
}

describe.skipIf(!built)('the built command (needs dist/gdo.js)', () => {
  it('answers help on standard output and wrong usage on standard error', () => {
    expect(gdo(['--help'])).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('gdo init') });
    expect(gdo(['chekc'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('GDO5001') });
  });

  it('is made executable with the right first line', () => {
    expect(spawnSync(program, ['--version'], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: expect.stringMatching(/^gdo \d+\.\d+\.\d+\n$/) });
  });

  it('paints nothing into a pipe, unless asked to', () => {
    expect(gdo(['chekc']).stderr).not.toContain('\u001b[');
    expect(gdo(['chekc'], { FORCE_COLOR: '1' }).stderr).toContain('\u001b[');
    expect(gdo(['chekc'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stderr).not.toContain('\u001b[');
  });

  it('draws with plain letters alone where that is asked for', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'gdo-plain-'));
    writeFileSync(join(cwd, 'a.gdo'), 'gdo 1\nrole keeper\n  held by anyon\nend\n');
    const { status, stdout } = spawnSync(process.execPath, [program, 'check', 'a.gdo', '--plain'], { cwd, encoding: 'utf8', env: { HOME: cwd } });
    expect([status, stdout.replaceAll(/[ -~\n]/g, '')]).toEqual([1, '']);
    expect(stdout).toContain('+- a.gdo:3:11');
  });

  it('tells a git that is too old, and which one is needed (GDO4023)', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'gdo-old-git-'));
    const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    const old = `#!/bin/sh\nfor last; do :; done\n[ "$last" = version ] && { echo 'git version 2.20.1'; exit; }\nexec ${real} "$@"\n`;
    writeFileSync(join(cwd, 'git'), old, { mode: 0o755 });
    spawnSync(real, ['init', '-q', cwd]);
    const env = { PATH: `${cwd}:${process.env['PATH'] ?? ''}`, HOME: cwd };
    const { status, stdout } = spawnSync(process.execPath, [program, 'node', 'doctor', '--json'], { cwd, encoding: 'utf8', env });
    expect(status).toBe(1);
    expect(Object(JSON.parse(stdout)).findings).toContainEqual(
      expect.objectContaining({ subject: 'git', level: 'fault', code: 'GDO4023', found: '2.20.1', help: expect.stringContaining('2.39') }),
    );
  });

  it('ends quietly when the reader goes away', async () => {
    const child = spawn(process.execPath, [program, 'explain', '--list', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (part: Buffer) => (errors += part.toString('utf8')));
    child.stdout.destroy();
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect([status, errors]).toEqual([0, '']);
  });

  it.runIf(existsSync('/dev/full'))('answers 3 where the disk takes no result', () => {
    const full = openSync('/dev/full', 'w');
    expect(spawnSync(process.execPath, [program, '--help'], { stdio: ['ignore', full, 'ignore'] }).status).toBe(3);
    closeSync(full);
  });
});
