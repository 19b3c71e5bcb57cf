// `gdo init`: every template is checked, played and formatted; answers are judged; full folders are refused.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templates } from '../../../node/cli/templates/list.ts';
import { makeBench } from './virtual-world.ts';

/** Notes may stand there: they are facts, not problems. */
const noProblem: unknown = expect.not.stringMatching(/: (?:error|warning)\[/);

describe.each(templates.map((template) => template.name))('the template %s', (name) => {
  it('passes check, test and fmt --check as it is written', async () => {
    const bench = makeBench();
    expect(await bench.run('init', 'demo', '--template', name, '--yes')).toMatchObject({ exit: 0, stderr: '' });
    expect(await bench.run('-C', 'demo', 'check', '--fail-on', 'warning', '--format', 'concise')).toMatchObject({ exit: 0, stdout: noProblem });
    expect(await bench.run('-C', 'demo', 'test')).toMatchObject({ exit: 0, stdout: expect.stringContaining('all as expected') });
    expect(await bench.run('-C', 'demo', 'fmt', '--check')).toMatchObject({ exit: 0 });
  });

  it('passes them with other people and another name', async () => {
    const bench = makeBench();
    const people = 'zoe,yan,xi,wil,vera,uma,tim,sam,ron,quin';
    await bench.run('init', 'demo', '--template', name, '--yes', '--people', people, '--name', 'Ünïcode & Söhne', '--zone', 'Asia/Tokyo');
    expect(await bench.run('-C', 'demo', 'check', '--fail-on', 'warning', '--format', 'concise')).toMatchObject({ exit: 0, stdout: noProblem });
    expect(await bench.run('-C', 'demo', 'test')).toMatchObject({ exit: 0, stdout: expect.stringContaining('all as expected') });
  });
});

describe('gdo init', () => {
  it('writes three files and says what comes next', async () => {
    const bench = makeBench();
    const { stdout } = await bench.run('init', 'demo', '--yes');
    expect(stdout).toBe('bylaws/README.gdo.md\nbylaws/tests.gdo\n.github/workflows/gdo.yml\n\nNext: cd demo && gdo check && gdo test\n');
    expect(readFileSync(join(bench.directory, 'demo/.github/workflows/gdo.yml'), 'utf8')).not.toContain('pull_request_target');
  });

  it('writes no workflow with --no-ci', async () => {
    const bench = makeBench();
    await bench.run('init', '--yes', '--no-ci');
    expect(existsSync(join(bench.directory, '.github'))).toBe(false);
    expect(existsSync(join(bench.directory, 'bylaws/README.gdo.md'))).toBe(true);
  });

  it('refuses a folder that is not empty, unless forced', async () => {
    const bench = makeBench({ 'demo/notes.txt': 'mine' });
    expect(await bench.run('init', 'demo', '--yes')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5013') });
    expect(existsSync(join(bench.directory, 'demo/bylaws'))).toBe(false);
    expect((await bench.run('init', 'demo', '--yes', '--force')).exit).toBe(0);
    expect(readFileSync(join(bench.directory, 'demo/notes.txt'), 'utf8')).toBe('mine');
  });

  it('refuses answers that bylaws cannot hold', async () => {
    const bench = makeBench();
    for (const [flag, value] of [
      ['--people', 'ada,ada,ben'],
      ['--people', 'ada,b n'],
      ['--people', 'ada'],
      ['--people', 'Ada,ben,chi,dev,eve'],
      ['--people', 'köbi,ben,chi,dev,eve'],
      ['--people', 'ada,ben,"'],
      ['--name', 'a "b"'],
      ['--name', 'a\nend'],
      ['--zone', 'Mars/Olympus'],
      ['--template', 'counsel'],
    ] as const) {
      expect([flag, value, (await bench.run('init', 'demo', '--yes', flag, value)).exit]).toEqual([flag, value, 2]);
    }
    expect(existsSync(join(bench.directory, 'demo'))).toBe(false);
  });

  it('advises names that a ledger takes, and as many as the template needs', async () => {
    const bench = makeBench();
    expect((await bench.run('init', 'demo', '--yes', '--people', 'Ada,ben,chi')).stderr).toContain('such as ada\n');
    const { stderr } = await bench.run('init', 'demo', '--yes', '--template', 'rfc', '--people', 'ada,ben,chi');
    expect(stderr).toMatch(/needs 5 people or more\n {2}help: {2}name them: --people [a-z]+(?:,[a-z]+){4}\n/);
  });

  it('asks nothing without a terminal, and writes nothing outside the folder', async () => {
    const bench = makeBench();
    expect(await bench.run('init', 'demo')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5004') });
    expect(await bench.run('init', '../demo', '--yes')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5014') });
  });
});
