// `gdo prune`: drops what old batches say, as far as the bylaws allow, and brings it back from another copy.
import { whileStoppable } from '../git/unfinished.ts';
import { bringBack, planPrune, prune } from '../ledger/prune.ts';
import type { PrunePlan } from '../ledger/prune.ts';
import { originOf, personalRemote } from '../sync/origin.ts';
import { heightOf } from './checkpoint-height.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { showDay } from './instants.ts';
import { withLedger } from './session.ts';
import type { Session } from './session.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo prune`. Exits 0 dropped, brought back or nothing to do; 1 the bylaws keep it; 2; 3. */
export const pruneCommand: CommandDefinition = {
  name: 'prune',
  group: 'keep',
  summary: 'drop what old records say, as far as the bylaws allow',
  options: [
    ['--dry-run', 'say what would be dropped, and drop nothing'],
    ['--before <checkpoint>', 'not all that may go: only what came before this checkpoint, which has a snapshot'],
    ['--yes', 'mean it: without another copy what is dropped is gone'],
    ['--undo [peer]', 'bring back what was dropped, from this repository (default: origin)'],
  ],
  examples: ['gdo prune --dry-run', 'gdo prune --undo /srv/other/ledger.git'],
  run: (_positional, options, world) =>
    withLedger(world, (session) => (options['undo'] === undefined ? drop(session, options) : undo(session, options['undo'])), 'snapshot'),
};

async function drop(session: Session, options: Options): Promise<number> {
  const { view, world } = session;
  const planned = await planPrune(view, heightOf(options['before']));
  if (planned.kind === 'refused' && planned.code === 'GDO5003')
    throw new UsageError('GDO5003', `Nothing is dropped: ${visible(planned.reason)}`, 'leave --before out: then it is the newest checkpoint that may be taken');
  if (planned.kind === 'refused') {
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-prune/1', dropped: false, code: planned.code, reason: planned.reason })}\n`);
    else world.stdout(`✗ ${planned.code} Nothing is dropped: ${visible(planned.reason)}.\n  ${nextOf(session, planned.code)}\n`);
    return 1;
  }
  const { plan } = planned;
  const isMeant = options['dryRun'] !== true && plan.drop.size > 0;
  if (isMeant && options['yes'] !== true)
    throw new UsageError('GDO5004', `This drops ${amount(plan)} for good, unless another copy holds them`, 'look first with --dry-run, then say --yes');
  const left = isMeant ? await prune(view, plan) : [];
  if (world.json) {
    const { checkpoint, batches, drop: files, bytesOnDisk, keptCount } = plan;
    const document = { schema: 'gdo-prune/1', dropped: isMeant, before: checkpoint.height, timeMs: checkpoint.timeMs, batches: batches.size };
    world.stdout(`${JSON.stringify({ ...document, files: files.size, bytesOnDisk, kept: keptCount, left: left.length })}\n`);
  } else {
    world.stdout(dropText(plan, options['dryRun'] === true, left.length));
  }
  return 0;
}

function nextOf({ view }: Session, code: string): string {
  if (code !== 'GDO1040') return 'Look at this copy first:  gdo audit';
  return view.charter.organization.retention === undefined
    ? 'Whoever may change the bylaws can say how long they are kept, such as  retention 10 years'
    : 'Nothing has to be done: they can go when they are older';
}

function amount(plan: PrunePlan): string {
  return `${counted(plan.drop.size, 'file')} of ${counted(plan.batches.size, 'batch', 'batches')}`;
}

function dropText(plan: PrunePlan, isDryRun: boolean, left: number): string {
  const { checkpoint, keptCount } = plan;
  const before = `before checkpoint ${checkpoint.height} (${showDay(checkpoint.timeMs)})`;
  if (plan.drop.size === 0) return `Nothing ${before} is left to drop.\n`;
  const lines = [
    `${isDryRun ? '  Would drop' : '✓ Dropped'} ${amount(plan)} from ${before}: ${plan.bytesOnDisk} bytes on disk.`,
    `  Kept: every signature, root and id of an event, receipts, votes, checkpoints, main${keptCount === 0 ? '' : `, and ${counted(keptCount, 'change set')} of cases`}.`,
    ...(left === 0 ? [] : [`⚠ ${counted(left, 'file')} are still here: a kept pack or another object store has them.`]),
    isDryRun ? '  Do it with:  gdo prune --yes' : '  `gdo log`, `gdo verify` and `gdo audit` begin there now. Bring it back with:  gdo prune --undo PEER',
  ];
  return `${lines.join('\n')}\n`;
}

async function undo({ view, repository, world }: Session, peer: OptionValue): Promise<number> {
  const remote = typeof peer === 'string' ? personalRemote(peer, world.env) : await originOf(repository, world.env);
  if (remote === undefined) throw new UsageError('GDO5002', 'From which copy?', 'gdo prune --undo /srv/other/ledger.git');
  const back = await whileStoppable(() => bringBack(view, remote));
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-prune-undo/1', files: back?.filesCount ?? 0, whole: true, state: (back?.view ?? view).tip.statement.state })}\n`,
    );
    return 0;
  }
  world.stdout(
    back === undefined
      ? 'Nothing is dropped here.\n'
      : `✓ ${counted(back.filesCount, 'file')} came back from ${visible(remote.address)}: the ledger replays from its founding to the same state.\n`,
  );
  return 0;
}
