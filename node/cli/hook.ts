// `gdo hook`: puts the gate into a shared repository, and is what the installed hook calls for each push.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gitOutput } from '../git/child.ts';
import { openRepository } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { hasLedger } from '../ledger/replay.ts';
import { installHooks } from '../receive/hook.ts';
import { judgeReceivedPush, parseUpdates, refusalText } from '../receive/pre-receive.ts';
import { originOf } from '../sync/origin.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo hook`. Exits 0, 1 (the push is refused), 2, 3. */
export const hookCommand: CommandDefinition = {
  name: 'hook',
  group: 'keep',
  summary: 'put the gate into a repository as a hook',
  arguments: 'install',
  options: [['--server', 'for a bare repository that members push to: only logs and proposals are taken']],
  examples: ['gdo hook install --server -C /srv/ledger.git', 'gdo hook --help'],
  run: runHook,
};

async function runHook(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  switch (positional[0]) {
    case 'install':
      return await install(options, world);
    case 'pre-receive':
      return await preReceive(world);
    default:
      throw new UsageError('GDO5002', 'What should be done with the hook?', 'gdo hook install --server');
  }
}

async function install(options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const repository = openRepository(world.cwd);
  try {
    if (repository.workTree !== undefined || options['server'] !== true) {
      throw new UsageError(
        'GDO5002',
        'The gate belongs into a bare repository that members push to',
        'make one:  git clone --mirror . ../ledger.git   then:  gdo hook install --server -C ../ledger.git',
      );
    }
    if (!(await hasLedger(repository))) throw new WorldError('GDO5020', 'There is no ledger in this repository', 'push or clone the founded one into it first');
    const file = await installHooks(repository, { nodePath: process.execPath, gdoPath: programPath() });
    const left = await leaveOrigin(repository, world.env);
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-hook/1', installed: file, left: left ?? null })}\n`);
    else {
      const lines = [`✓ The gate stands in ${visible(file)}: main moves only by a decision.`];
      if (left !== undefined) lines.push(`  It is the node from now on and no longer follows ${visible(left)}; members push here.`);
      world.stdout(`${lines.join('\n')}\n`);
    }
    return 0;
  } finally {
    repository.close();
  }
}

/**
 * A mirror remembers the clone that it was made from as its origin. As the node it must not: every `gdo sync` here would fetch from a
 * member's machine and fail while that is away. @returns the address it followed, or undefined
 */
async function leaveOrigin(repository: Repository, environment: World['env']): Promise<string | undefined> {
  const origin = await originOf(repository, environment);
  if (origin === undefined) return undefined;
  await gitOutput({ gitDirectory: repository.gitDirectory, arguments: ['config', '--local', '--remove-section', 'remote.origin'] });
  return origin.address;
}

/** The built program, from wherever this module lies: beside it, above its chunk, or in dist/ of a source tree. @throws WorldError GDO5024 where there is none */
export function programPath(): string {
  const places = ['./gdo.js', '../gdo.js', '../../dist/gdo.js'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new WorldError('GDO5024', 'The built program gdo.js was not found, and the hook would have nothing to call', 'run `npm run build` first');
  return found;
}

/** Answers git: exit 0 takes the push, anything else refuses it whole. */
async function preReceive(world: World): Promise<number> {
  const updates = parseUpdates((await world.stdin()) ?? '');
  const verdict = await judgeReceivedPush(resolve(world.cwd, world.env['GIT_DIR'] ?? '.'), world.env, updates);
  if (verdict.kind === 'accepted') return 0;
  world.stderr(refusalText(verdict.refusals));
  return 1;
}
