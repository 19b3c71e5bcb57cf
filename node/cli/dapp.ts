// `gdo dapp`: the programs of the bylaws with their badges, a new one from a template, one tried on one case, attestations that wait for this key, and second looks.
// What they do lies beside this file.
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo dapp`. Exits 0, 1 (the dapp rejects, or a past check or a rebuild comes out differently), 2, 3 (no verdict). */
export const dappCommand: CommandDefinition = {
  name: 'dapp',
  group: 'keep',
  summary: 'programs that judge merges: begin, try, attest, look again',
  arguments: 'list|show|init|entry|rebuild|run|endorse|recheck [NAME]',
  options: [
    ['--lang <language>', 'init: sh, python, c, perl or node'],
    ['--case <case>', 'run: the case it is tried on; endorse, recheck: only this one'],
    ['--image <digest>', 'run: another image than the bylaws name; entry: what it is about'],
    ['--licence <licence>', 'entry: as Apache-2.0'],
    ['--base <digest>', 'entry: the image that its source is laid onto, as its recipe'],
    ['--here', 'rebuild: from the files of this folder, not from main'],
    ['--keep', 'rebuild: put the image into this repository'],
    ['--share <share>', 'recheck: how many of the past checks this key draws (default: 1/10)'],
    ['--since <checkpoint>', 'recheck: those that were answered from this height on'],
    ['--sign', 'recheck: put what differs into the ledger; rebuild: what came out'],
    ['--key <file>', 'endorse, recheck, rebuild: the key that signs, and draws'],
  ],
  examples: ['gdo dapp run fee --case 42', 'gdo dapp rebuild fee --sign'],
  run: runDapp,
};

async function runDapp(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const [verb = '', name] = positional;
  switch (verb) {
    case 'list':
      return await (await import('./dapp-list.ts')).listDapps(world);
    case 'show':
      return await (await import('./dapp-list.ts')).showDapp(name, world);
    case 'init':
      return (await import('./dapp-init.ts')).initDapp(name, options, world);
    case 'entry':
      return (await import('./dapp-entry.ts')).writeEntry(name, options, world);
    case 'rebuild':
      return await (await import('./dapp-rebuild.ts')).rebuild(name, options, world);
    case 'run':
      return await (await import('./dapp-run.ts')).tryOnCase(name, options, world);
    case 'endorse':
      return await (await import('./dapp-run.ts')).endorseWaiting(options, world);
    case 'recheck':
      return await (await import('./dapp-recheck.ts')).recheck(name, options, world);
    default:
      throw new UsageError(
        'GDO5002',
        `\`gdo dapp ${visible(verb)}\` does not exist`,
        'gdo dapp list, show NAME, init NAME, entry NAME, rebuild NAME, run NAME --case CASE, endorse or recheck',
      );
  }
}
