// Settings of a served repository: a start of a node writes only what does not stand, and no lock that a killed git left keeps it from starting.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { changeSetting, writeSettings } from '../../../node/git/change-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'gdo-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bare(name: string): string {
  const directory = join(folder, name);
  execFileSync('git', ['init', '-q', '--bare', directory]);
  return directory;
}

const valuesOf = (directory: string, name: string): readonly string[] =>
  execFileSync('git', ['--git-dir', directory, 'config', '--get-all', name], { encoding: 'utf8' }).trim().split('\n');

describe('Settings of a repository', () => {
  const wanted = [
    ['core.hooksPath', 'hooks'],
    ['uploadpackfilter.tree.maxDepth', '3'],
    ['remote.Two Words.url', 'x'],
  ] as const;

  it('are written once each, and changed where another value stands', async () => {
    const directory = bare('written');
    execFileSync('git', ['--git-dir', directory, 'config', 'core.hookspath', 'elsewhere']);
    await writeSettings(directory, wanted);
    await writeSettings(directory, wanted);
    for (const [name, value] of wanted) expect(valuesOf(directory, name)).toEqual([value]);
  });

  it('that stand already need no lock, so one that is held by somebody keeps nobody waiting', async () => {
    const directory = bare('standing');
    await writeSettings(directory, wanted);
    const lock = join(directory, 'config.lock');
    writeFileSync(lock, '');
    const before = readFileSync(join(directory, 'config'), 'utf8');
    await writeSettings(directory, wanted);
    expect([existsSync(lock), readFileSync(join(directory, 'config'), 'utf8')]).toEqual([true, before]);
  });

  it('are written also where a killed git left its lock, which is removed', async () => {
    const directory = bare('locked');
    writeFileSync(join(directory, 'config.lock'), '');
    await writeSettings(directory, wanted);
    for (const [name, value] of wanted) expect(valuesOf(directory, name)).toEqual([value]);
    expect(existsSync(join(directory, 'config.lock'))).toBe(false);
  });

  it('that git does not take are an error in its words (GDO5024)', async () => {
    await expect(changeSetting(bare('refused'), ['no-section', 'x'])).rejects.toMatchObject({ code: 'GDO5024' });
  });
});
