// `gdo sync`: fetches what others recorded, pushes one's own log, and, where this key is the steward's, closes epochs.
import type { CommandDefinition, OptionValue } from './command.ts';
import { closeEpochs } from './close-epochs.ts';
import type { RoundReport } from './close-epochs.ts';
import { noticeLines } from './notices.ts';
import { chosenKeyPath } from './own-key.ts';
import { keyPath } from './found.ts';
import { openRepository } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { openKey } from '../ledger/keys.ts';
import type { Signer } from '../ledger/keys.ts';
import { openLedger } from '../ledger/replay.ts';
import { isWitness, memberOf } from '../ledger/view.ts';
import type { LedgerView } from '../ledger/view.ts';
import { fetchLedger, followMain, originOf, pushOwn } from '../sync/exchange.ts';
import type { Fetched } from '../sync/exchange.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo sync`. Exits 0, 1 (the other side's ledger or main is not acceptable), 3. */
export const syncCommand: CommandDefinition = {
  name: 'sync',
  group: 'keep',
  summary: 'fetch, fold and push ledgers with the peers',
  options: [
    ['--peer <address>', 'another repository than origin'],
    ['--offline', 'only what is here already'],
    ['--key <file>', 'the key of this node'],
  ],
  examples: ['gdo sync', 'gdo sync --peer /media/stick/ledger.git'],
  run: runSync,
};

async function runSync(_positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const repository = openRepository(world.cwd);
  try {
    const peer = options['peer'];
    const remote = options['offline'] === true ? undefined : typeof peer === 'string' ? { address: peer } : await originOf(repository);
    const signer = typeof options['key'] === 'string' || chosenKeyPath(world) !== undefined ? openKey(keyPath(options, world), world.env) : undefined;
    const fetched = remote === undefined ? undefined : await fetchLedger(repository, remote);
    if (fetched?.fault !== undefined) return refuseFault(world, fetched.fault);
    const view = fetched?.view ?? (await openLedger(repository));
    const pushed = remote !== undefined && signer !== undefined ? await pushOwn(repository, remote, signer.device) : undefined;
    const rounds = signer !== undefined && stewardsHere(view, signer, repository) ? await closeEpochs(view, signer, world) : undefined;
    const final = rounds?.view ?? view;
    const move = await followMain(repository, final.mainCommit);
    const refused = pushed?.refs.filter((ref) => !ref.accepted).map((ref) => `${ref.ref}: ${ref.reason}`) ?? [];
    return report({ world, final, fetched, refused: [...(refused.length > 0 ? (pushed?.messages ?? []) : []), ...refused], rounds, move, remoteAhead: remoteAhead(fetched, final) });
  } finally {
    repository.close();
  }
}

/** The steward closes epochs in the repository where its votes are kept: a bare one, or a clone that has no other node. */
function stewardsHere(view: LedgerView, signer: Signer, repository: Repository): boolean {
  return isWitness(view.genesis, view.state, signer.device) && memberOf(view.state, signer.device) !== undefined && repository.workTree === undefined;
}

function refuseFault(world: World, fault: NonNullable<Fetched['fault']>): number {
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-refusal/1', ...fault })}\n`);
  else world.stderr(`✗ ${fault.code} What the other side sent is not a sound ledger: ${visible(fault.what)}\n  object ${fault.object} on ${fault.ref}; nothing here was changed\n`);
  return 1;
}

/** Main on the other side with commits that no case decided (GDO2003, requirement R93). */
function remoteAhead(fetched: Fetched | undefined, view: LedgerView): string | undefined {
  const theirs = fetched?.remoteMain;
  if (theirs === undefined || theirs === view.mainCommit || view.merges.some((merge) => merge.commit === theirs || merge.parent === theirs)) return undefined;
  return theirs === view.genesis.mainCommit ? undefined : theirs;
}

interface Report {
  readonly world: World;
  readonly final: LedgerView;
  readonly fetched: Fetched | undefined;
  readonly refused: readonly string[];
  readonly rounds: RoundReport | undefined;
  readonly move: Awaited<ReturnType<typeof followMain>>;
  readonly remoteAhead: string | undefined;
}

function report({ world, final, fetched, refused, rounds, move, remoteAhead: ahead }: Report): number {
  const exit = refused.length > 0 || ahead !== undefined || (fetched?.diverged.length ?? 0) > 0 ? 1 : 0;
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-sync/1', checkpoint: final.tip.height, state: final.tip.statement.state, fetched: fetched?.moved ?? [], diverged: fetched?.diverged ?? [], refused, main: move, closed: rounds?.closed ?? 0 })}\n`);
    return exit;
  }
  const lines: string[] = [];
  if (rounds !== undefined) lines.push(...noticeLines(final, rounds.notices));
  for (const left of rounds?.left ?? []) lines.push(`✗ ${left.code} Not taken in: a record of ${left.actor}; ${left.reason}`);
  lines.push(`Checkpoint ${final.tip.height} holds ${final.tip.statement.events} events${fetched === undefined ? '' : `; ${fetched.moved.length} refs were new`}.`);
  if (move === 'moved') lines.push('Your main now shows what was decided.');
  if (move === 'has-other-commits') lines.push('Your main has commits of its own and was left alone: move them to a branch (git switch -c mine; git branch -f main origin/main).');
  if (move === 'has-changed-files') lines.push('Files in your working tree are changed, so main was left alone: commit them to a branch or stash them, then run gdo sync again.');
  for (const ref of fetched?.diverged ?? []) lines.push(`✗ ${ref === 'refs/gdo/checkpoint' ? 'GDO1071' : 'GDO1043'} ${ref} differs on the other side and does not continue ours; ours stays.`);
  if (ahead !== undefined) lines.push(`✗ GDO2003 main on the other side is not the accepted line: it is at ${ahead.slice(0, 7)}, accepted is ${final.mainCommit.slice(0, 7)}. Nothing is merged on top of it.`);
  for (const line of refused) lines.push(`✗ ${visible(line)}`);
  world.stdout(`${lines.join('\n')}\n`);
  return exit;
}
