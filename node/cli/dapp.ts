// `gdo dapp`: a new dapp from a template, one dapp tried on one case, and the attestations that wait for this key. What they do lies beside this file.
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo dapp`. Exits 0, 1 (the dapp rejects), 2, 3 (no verdict). */
export const dappCommand: CommandDefinition = {
  name: 'dapp',
  group: 'keep',
  summary: 'programs that judge merges: begin one, try it, attest',
  arguments: 'init|run|endorse [NAME]',
  options: [
    ['--lang <language>', 'init: sh, python, c, perl or node'],
    ['--case <case>', 'run: the case it is tried on; endorse: only this one'],
    ['--image <digest>', 'run: another image than the bylaws name'],
    ['--key <file>', 'endorse: sign with this key'],
  ],
  examples: ['gdo dapp init fee --lang python', 'gdo dapp run fee --case 42'],
  run: runDapp,
};

async function runDapp(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const [verb = '', name] = positional;
  switch (verb) {
    case 'init':
      return (await import('./dapp-init.ts')).initDapp(name, options, world);
    case 'run':
      return await (await import('./dapp-run.ts')).tryOnCase(name, options, world);
    case 'endorse':
      return await (await import('./dapp-run.ts')).endorseWaiting(options, world);
    default:
      throw new UsageError('GDO5002', `\`gdo dapp ${visible(verb)}\` does not exist`, 'gdo dapp init NAME, run NAME --case CASE, or endorse');
  }
}
