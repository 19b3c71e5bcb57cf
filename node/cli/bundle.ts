// `gdo bundle`: a ledger on a stick. Out: one file that `git clone` reads too. In: judged like what any other copy sends, and refused where it does not fit.
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeClone, type HalfClone } from '../git/half-clone.ts';
import { openRepository } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { whileStoppable } from '../git/unfinished.ts';
import { writeBundle } from '../ledger/bundle.ts';
import { hasLedger, openLedger } from '../ledger/replay.ts';
import { followMain } from '../ledger/sync.ts';
import type { LedgerView } from '../ledger/view.ts';
import { fetchLedger, type Fetched } from '../sync/fetch-ledger.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { holdsNotHelp, withLedger } from './session.ts';
import { signAnewLines, toSignAnew } from './sign-anew.ts';
import { outFile } from './out-file.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo bundle`. Exits 0, 1 (this clone's main has commits of its own), 2, 3. */
export const bundleCommand: CommandDefinition = {
  name: 'bundle',
  group: 'keep',
  summary: 'carry a ledger on a stick: out as one file, and in again',
  arguments: '[FILE]',
  options: [
    ['--out <file>', 'write the ledger into this file'],
    ['--into <dir>', 'take FILE in as a new clone in this folder'],
  ],
  examples: ['gdo bundle --out /media/stick/shed.bundle', 'gdo bundle /media/stick/shed.bundle --into shed'],
  run: runBundle,
};

function runBundle(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const { out, into } = options;
  const [file] = positional;
  if ((typeof out === 'string') === (file !== undefined))
    throw new UsageError('GDO5002', 'Out to a file, or in from one?', 'gdo bundle --out /media/stick/shed.bundle   or   gdo bundle /media/stick/shed.bundle');
  if (typeof out === 'string') return writeOut(outFile(world.cwd, out), world);
  const path = resolve(world.cwd, file ?? '');
  if (!existsSync(path)) throw new WorldError('GDO5022', `There is no file ${visible(path)}`, 'write one on another copy:  gdo bundle --out FILE');
  if (!isBundle(path)) throw new WorldError('GDO5022', `${visible(path)} is no bundle`, 'write one on another copy:  gdo bundle --out FILE');
  return typeof into === 'string' ? cloneFrom(path, resolve(world.cwd, into), world) : takeHere(path, world);
}

/** Git would take any other path for a repository. */
function isBundle(path: string): boolean {
  if (!statSync(path).isFile()) return false;
  const first = Buffer.alloc(bundleHead.length);
  const file = openSync(path, 'r');
  try {
    return readSync(file, first, 0, first.length, 0) === first.length && /^# v\d git bundle$/.test(first.toString('latin1'));
  } finally {
    closeSync(file);
  }
}

const bundleHead = '# v2 git bundle';

function writeOut(path: string, world: World): Promise<number> {
  return withLedger(world, async ({ repository, view }) => {
    if (view.pruned !== undefined)
      throw new WorldError(
        'GDO4014',
        `This copy does not hold what was recorded before checkpoint ${view.pruned.height}, so it cannot be carried`,
        holdsNotHelp,
      );
    const count = await writeBundle(repository, path);
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-bundle/1', file: path, org: view.org, checkpoint: view.tip.height, refs: count })}\n`);
    else
      world.stdout(
        `✓ Wrote ${visible(path)}: ${visible(view.name)} up to checkpoint ${view.tip.height}, ${counted(count, 'ref')}.\n  On the other machine:  gdo bundle ${visible(path)}   or, where there is no clone yet, with --into DIR\n`,
      );
    return 0;
  });
}

function cloneFrom(path: string, folder: string, world: World): Promise<number> {
  return makeClone(folder, ({ repository, shows }) => takeIn(repository, path, world, shows));
}

function takeHere(path: string, world: World): Promise<number> {
  return whileStoppable(() => closing(openRepository(world.cwd), (repository) => takeIn(repository, path, world)));
}

async function closing<Value>(repository: Repository, act: (repository: Repository) => Promise<Value>): Promise<Value> {
  try {
    return await act(repository);
  } finally {
    repository.close();
  }
}

/** Git says of a file that is cut off what it says of a line that ends. */
async function fetchBundle(repository: Repository, path: string, previous: LedgerView | undefined): Promise<Fetched> {
  try {
    return await fetchLedger({ repository, remote: { address: path }, from: 'origin', previous });
  } catch (error) {
    if (!(error instanceof WorldError) || error.code !== 'GDO4002') throw error;
    const words = error.message.slice(error.message.indexOf(': ') + 2);
    throw new WorldError(
      'GDO5022',
      `The bundle ${visible(path)} is damaged or not whole: ${words}`,
      'write it anew on the other copy:  gdo bundle --out FILE   and eject the stick before it is pulled out',
    );
  }
}

async function takeIn(repository: Repository, path: string, world: World, shows?: HalfClone['shows']): Promise<number> {
  const before = (await hasLedger(repository)) ? await openLedger(repository, undefined, 'snapshot') : undefined;
  const fetched = await fetchBundle(repository, path, before);
  const { view } = fetched;
  shows?.(view.mainCommit);
  const move = repository.workTree === undefined ? ({ kind: 'same' } as const) : await followMain(view);
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-bundle/1', file: path, org: view.org, checkpoint: view.tip.height, moved: fetched.moved, main: move.kind })}\n`,
    );
    return move.kind === 'differs' ? 1 : 0;
  }
  const lines = [
    `✓ ${visible(view.name)} is here up to checkpoint ${view.tip.height}; ${counted(fetched.moved.length, 'ref')} ${fetched.moved.length === 1 ? 'was' : 'were'} new.`,
  ];
  if (move.kind === 'differs') lines.push(`✗ ${move.code} ${visible(move.reason)}. It was left alone: move your commits to a branch, and  gdo sync  says how.`);
  lines.push(...signAnewLines(toSignAnew(fetched, before), view, undefined));
  world.stdout(`${lines.join('\n')}\n`);
  return move.kind === 'differs' ? 1 : 0;
}
