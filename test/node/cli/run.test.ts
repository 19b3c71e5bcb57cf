// The frame of the command line: help, wrong usage, exit codes, crashes. Commands themselves have their own tests.
import { describe, expect, it } from 'vitest';
import { commands } from '../../../node/cli/program.ts';
import { makeBench } from './virtual-world.ts';

describe('the frame of the command line', () => {
  it('lists every command in three groups', async () => {
    const { exit, stdout } = await makeBench().run('--help');
    expect(exit).toBe(0);
    for (const entry of commands) expect(stdout).toContain(`  ${entry.name}`);
    expect(stdout.indexOf('write ')).toBeLessThan(stdout.indexOf('decide '));
    expect(stdout.indexOf('decide ')).toBeLessThan(stdout.indexOf('keep '));
  });

  it('shows the list of commands without any words', async () => {
    const bench = makeBench();
    expect((await bench.run()).stdout).toBe((await bench.run('--help')).stdout);
  });

  it('has a page with two examples for every command, equal to the list', async () => {
    const bench = makeBench();
    for (const entry of commands) {
      const command = await entry.load();
      expect([command.name, command.group, command.summary]).toEqual([entry.name, entry.group, entry.summary]);
      const { exit, stdout } = await bench.run(entry.name, '--help');
      expect(exit).toBe(0);
      for (const example of command.examples) {
        expect(stdout).toContain(example);
        expect(example).toMatch(new RegExp(`\\bgdo ${entry.name}\\b`));
      }
    }
  });

  it('prints its version', async () => {
    expect((await makeBench().run('--version')).stdout).toMatch(/^gdo \S+\n$/);
  });

  it('prints its version as one document under --json', async () => {
    const bench = makeBench();
    const shown = (await bench.run('--version')).stdout.trim().replace('gdo ', '');
    for (const words of [
      ['--version', '--json'],
      ['--json', '--version'],
    ]) {
      expect(JSON.parse((await bench.run(...words)).stdout)).toEqual({ schema: 'gdo-version/1', version: shown });
    }
  });

  it('lists commands and flags as one document under --json', async () => {
    const bench = makeBench();
    const { exit, stdout } = await bench.run('--help', '--json');
    expect(exit).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schema: 'gdo-help/1', usage: 'gdo COMMAND [FLAGS]' });
    expect(document.commands).toEqual(commands.map(({ name, group, summary }) => ({ name, group, summary })));
    expect(document.flags).toContainEqual({ flags: '--json', does: 'one JSON document instead of text' });
    for (const words of [['--json'], ['help', '--json']]) expect((await bench.run(...words)).stdout).toBe(stdout);
  });

  it('gives the page of every command as one document under --json', async () => {
    const bench = makeBench();
    for (const entry of commands) {
      const command = await entry.load();
      expect(JSON.parse((await bench.run(entry.name, '--help', '--json')).stdout)).toEqual({
        schema: 'gdo-command-help/1',
        command: entry.name,
        usage: ['gdo', entry.name, ...(command.arguments === undefined ? [] : [command.arguments])].join(' '),
        group: entry.group,
        summary: entry.summary,
        flags: command.options.map(([flags, does]) => ({ flags, does })),
        examples: command.examples,
      });
    }
    expect((await bench.run('help', 'check', '--json')).stdout).toBe((await bench.run('check', '--help', '--json')).stdout);
  });

  it('leaves a script for a shell as it is under --json', async () => {
    const bench = makeBench();
    expect((await bench.run('completion', 'bash', '--json')).stdout).toBe((await bench.run('completion', 'bash')).stdout);
  });

  it('refuses an unknown command with a suggestion and exit 2', async () => {
    const { exit, stdout, stderr } = await makeBench().run('chekc');
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('error[GDO5001]');
    expect(stderr).toContain('did you mean `gdo check`?');
  });

  it('refuses an unknown flag with a suggestion and exit 2', async () => {
    const { exit, stderr } = await makeBench().run('check', '--formt', 'json');
    expect(exit).toBe(2);
    expect(stderr).toContain('`gdo check` has no flag `--formt`');
    expect(stderr).toContain('did you mean `--format`?');
  });

  it('refuses superfluous and missing words with exit 2', async () => {
    const bench = makeBench();
    expect(await bench.run('completion')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
    expect(await bench.run('completion', 'bash', 'zsh')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
    expect(await bench.run('check', '--format')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5002') });
  });

  it('says wrong usage as one document under --json', async () => {
    const { exit, stdout, stderr } = await makeBench().run('chekc', '--json');
    expect(exit).toBe(2);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'gdo-failure/1', code: 'GDO5001', exit: 2 });
  });

  it('says that a file is no folder to work in, with exit 2 (GDO5003)', async () => {
    const { exit, stderr } = await makeBench({ 'bylaws/a.gdo': 'gdo 1\n' }).run('check', '-C', 'bylaws/a.gdo');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('GDO5003')]);
  });

  it('ends a fault of its own with exit 3, a file, and no stack', async () => {
    const bench = makeBench();
    const broken = async (): Promise<string | undefined> => {
      throw new TypeError('planted');
    };
    const quiet = await bench.runWith({ stdin: broken }, 'fmt', '--stdin-filepath', 'x.gdo');
    expect(quiet.exit).toBe(3);
    expect(quiet.stderr).toContain('error[GDO5090]');
    expect(quiet.stderr).toContain('crash.txt');
    expect(quiet.stderr).not.toContain('planted');
    const loud = await bench.runWith({ stdin: broken }, '-vv', 'fmt', '--stdin-filepath', 'x.gdo');
    expect(loud.stderr).toContain('planted');
  });

  it('never paints when told not to, and shows hidden characters of a word it repeats', async () => {
    const bench = makeBench();
    const { stderr } = await bench.run('\u001b[31mred');
    expect(stderr).not.toContain('\u001b');
    expect(stderr).toContain('<U+001B>');
    expect((await bench.runWith({ color: true }, 'chekc', '--color', 'never')).exit).toBe(2);
  });

  it('is ASCII only under --plain', async () => {
    const { stdout } = await makeBench().run('--plain', 'explain', 'GDO301');
    expect(stdout).toMatch(/^[\n -~]*$/);
  });
});
