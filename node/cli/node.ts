// `gdo node`: what an operator starts beside the ledger. `receive` is the forced command of ssh and what git calls for a push.
import { resolve } from 'node:path';
import { askedService, servePeer } from '../receive/door.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo node`. Exits as git does: 0 served, anything else not. */
export const nodeCommand: CommandDefinition = {
  name: 'node',
  group: 'keep',
  summary: 'serve a shared repository to its members',
  arguments: 'receive [REPOSITORY]',
  options: [],
  examples: ['command="gdo node receive /srv/ledger.git",restrict ssh-ed25519 AAAA...', 'git push --receive-pack="gdo node receive" /srv/ledger.git'],
  run: runNode,
};

async function runNode(positional: readonly string[], _options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const [act, path] = positional;
  if (act !== 'receive') throw new UsageError('GDO5002', 'What should the node do?', 'gdo node receive /srv/ledger.git');
  // Under ssh's forced command the member's wish stands in the environment; called by git it is always a push.
  const asked = world.env['SSH_ORIGINAL_COMMAND'];
  const service = asked === undefined ? 'receive-pack' : askedService(asked);
  if (service === undefined)
    throw new UsageError(
      'GDO5002',
      `This key may only fetch and push here, not run \`${visible(asked ?? '').slice(0, 80)}\``,
      'git clone, git fetch or git push',
    );
  const { stdin, stdout } = process;
  return servePeer(resolve(world.cwd, path ?? '.'), service, { input: stdin, output: stdout, say: (line) => world.stderr(`${line}\n`) });
}
