// `gdo node`: what an operator starts beside the ledger. `run` is the node itself, `receive` the forced command of ssh and what git calls for a push;
// `doctor` and `check-config` look before it runs; `contents` is one turn about large contents; `resume-witness` follows a restore.
import { suggest } from '../../language/index.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

const acts: readonly string[] = ['run', 'doctor', 'check-config', 'contents', 'receive', 'resume-witness'];

/** The command `gdo node`. `run` exits 0, 2, 3; `doctor` 0, 1 (something must be mended), 2; `check-config` 0, 2; `contents` 0, 1 (a turn was not played to its end), 2; `resume-witness` 0, 2, 3; `receive` as git does: 0 served, anything else not. */
export const nodeCommand: CommandDefinition = {
  name: 'node',
  group: 'keep',
  summary: 'run a node, look after it, or receive one push',
  arguments: 'run|doctor|check-config|contents|receive|resume-witness [REPOSITORY]',
  options: [
    ['--config <file>', 'run, doctor, check-config, contents: the configuration, see docs/operators.md'],
    ['--key <file>', 'resume-witness: the key of the node'],
    ['--yes', 'resume-witness: every other copy was fetched from'],
    ['--confirm-clock', 'run: the clock is right, although the last checkpoint is long ago'],
  ],
  examples: ['gdo node run --config /etc/gdo/gdo-node.json', 'command="gdo node receive /srv/ledger.git",restrict ssh-ed25519 AAAA...'],
  run: runNodeCommand,
};

async function runNodeCommand(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const [act, path] = positional;
  switch (act) {
    case 'run':
      return (await import('./node-run.ts')).runTheNode(options, world);
    case 'doctor':
      return (await import('./node-doctor.ts')).runDoctor(options, world);
    case 'check-config':
      return (await import('./node-doctor.ts')).runCheckConfig(path, options, world);
    case 'contents':
      return (await import('./node-contents.ts')).runContents(options, world);
    case 'receive':
      return (await import('./node-receive.ts')).receiveHere(path ?? '.', world);
    case 'resume-witness':
      return (await import('./node-resume.ts')).resumeWitness(path ?? '.', options, world);
    default:
      throw unknownAct(act);
  }
}

function unknownAct(act: string | undefined): UsageError {
  const one = `one of:  ${acts.map((name) => `gdo node ${name}`).join('  ')}`;
  if (act === undefined) return new UsageError('GDO5002', 'What should the node do?', one);
  const [near] = suggest(act, acts);
  return new UsageError('GDO5002', `A node knows no \`${visible(act)}\``, near === undefined ? one : `did you mean  gdo node ${near}?`);
}
