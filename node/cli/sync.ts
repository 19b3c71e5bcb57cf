// `gdo sync`: fetches what others recorded, pushes one's own log, and, where this key is the steward's, closes epochs.
import { readCase } from '../../engine/index.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { closeEpochs } from './close-epochs.ts';
import type { RoundReport } from './close-epochs.ts';
import { noticeLines } from './notices.ts';
import { chosenKeyPath } from './own-key.ts';
import { beneathMissing } from './dapp-runner.ts';
import { keyPath } from './found.ts';
import { openRepository } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { whileStoppable } from '../git/unfinished.ts';
import { openKey } from '../ledger/keys.ts';
import type { Signer } from '../ledger/keys.ts';
import { hasLedger, openLedger } from '../ledger/replay.ts';
import { seatOf } from '../ledger/received.ts';
import type { LedgerView } from '../ledger/view.ts';
import { followMain } from '../ledger/sync.ts';
import type { FollowedMain } from '../ledger/sync.ts';
import { fetchLedger } from '../sync/fetch-ledger.ts';
import type { Fetched } from '../sync/fetch-ledger.ts';
import { isServed } from '../ops/served-by.ts';
import { originOf, personalRemote, pushOwn } from '../sync/origin.ts';
import { sayUnused } from './session.ts';
import { signAnewLines, toSignAnew } from './sign-anew.ts';
import type { SignAnew } from './sign-anew.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo sync`. Exits 0, 1 (the other side's ledger or main is not acceptable), 3 (also where a dapp gave no verdict). */
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
    const remote = options['offline'] === true ? undefined : typeof peer === 'string' ? personalRemote(peer, world.env) : await originOf(repository, world.env);
    const signer = typeof options['key'] === 'string' || chosenKeyPath(world) !== undefined ? openKey(keyPath(options, world), world.env) : undefined;
    const before = (await hasLedger(repository)) ? await openLedger(repository, undefined, 'snapshot') : undefined;
    const fetched = remote === undefined ? undefined : await whileStoppable(() => fetchLedger({ repository, remote, from: 'origin', previous: before }));
    const view = fetched?.view ?? before ?? (await openLedger(repository));
    sayUnused(view, world);
    const pushed = remote !== undefined && signer !== undefined ? await pushOwn(repository, remote, signer.device) : undefined;
    const rounds =
      signer !== undefined && (await stewardsHere(view, signer, { repository, hasPeer: remote !== undefined }))
        ? await closeEpochs(view, signer, world)
        : undefined;
    const final = rounds?.view ?? view;
    const move = repository.workTree === undefined ? ({ kind: 'same' } as const) : await followMain(final);
    const untaken =
      fetched?.refused.map(
        (one) => `${one.code} ${one.ref} of the other side was not taken: ${one.reason}. Whoever looks after that side looks at it with  gdo audit`,
      ) ?? [];
    const refused = pushed?.refs.filter((ref) => !ref.accepted).map((ref) => `${ref.ref}: ${ref.reason}`) ?? [];
    return report({
      world,
      final,
      fetched,
      refused: [...untaken, ...(refused.length > 0 ? (pushed?.messages ?? []) : []), ...refused],
      rounds,
      move,
      unheard: signer === undefined ? [] : refusedSince(final, before?.tip.height, signer.device),
      signAnew: fetched === undefined ? [] : toSignAnew(fetched, before),
      device: signer?.device,
      remoteAhead: remoteAhead(fetched, final),
    });
  } finally {
    repository.close();
  }
}

/** The steward closes epochs in the repository where its votes are kept: a bare one, or a clone that has no other node. */
async function stewardsHere(view: LedgerView, signer: Signer, place: { readonly repository: Repository; readonly hasPeer: boolean }): Promise<boolean> {
  const isNode = place.repository.workTree === undefined || !place.hasPeer;
  if (!isNode || view.genesis.finality !== 'F0' || seatOf(view, signer.device) === undefined) return false;
  // A node that runs here does it by itself.
  return !(await isServed(place.repository.gitDirectory));
}

/** Main on the other side with commits that no case decided (GDO2003, requirement R93). */
function remoteAhead(fetched: Fetched | undefined, view: LedgerView): string | undefined {
  const theirs = fetched?.main;
  const isAccepted = [...view.earlierMerges, ...view.merges].some((merge) => merge.commit === theirs || merge.parent === theirs);
  if (theirs === undefined || theirs === view.mainCommit || isAccepted) return undefined;
  return theirs === view.genesis.mainCommit ? undefined : theirs;
}

function numberOf(view: LedgerView, id: string): number {
  return readCase(view.state, id)?.number ?? 0;
}

/** Records of this key that newer checkpoints refused: whoever signed them would otherwise learn it from nobody. */
function refusedSince(view: LedgerView, height: number | undefined, device: string): readonly string[] {
  return [...view.verdicts.values()].flatMap(({ event, verdict, height: at, batch }) =>
    verdict.kind === 'ok' || at <= (height ?? view.tip.height) || view.batches.get(batch)?.batch.device !== device
      ? []
      : [
          `✗ ${verdict.code} Your record ${event.id.slice(0, 7)} (${event.kind}) does not count: ${visible(verdict.reason)}\n  What to do:  gdo explain ${verdict.code}`,
        ],
  );
}

interface Report {
  readonly world: World;
  readonly final: LedgerView;
  readonly fetched: Fetched | undefined;
  readonly refused: readonly string[];
  readonly rounds: RoundReport | undefined;
  readonly move: FollowedMain;
  /** What of one's own was refused, in sentences. */
  readonly unheard: readonly string[];
  /** Logs of a key that another clone used at the same time, and the key at hand. */
  readonly signAnew: readonly SignAnew[];
  readonly device: string | undefined;
  readonly remoteAhead: string | undefined;
}

function report({ world, final, fetched, refused, rounds, move, unheard, signAnew, device, remoteAhead: ahead }: Report): number {
  // A check is tried early, while a case is still open; only an accepted case is held up by it.
  const unanswered = (rounds?.unanswered ?? []).filter((one) => readCase(final.state, one.case)?.phase === 'merging');
  const isBad = refused.length > 0 || ahead !== undefined || move.kind === 'differs';
  const exit = isBad ? 1 : unanswered.length > 0 ? 3 : 0;
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-sync/1', checkpoint: final.tip.height, state: final.tip.statement.state, fetched: fetched?.moved ?? [], signAnew: signAnew.map(({ events, ...log }) => ({ ...log, events: events.map(({ id }) => id) })), refused, main: move.kind, closed: rounds?.closed ?? 0, unheard, unanswered })}\n`,
    );
    return exit;
  }
  const lines: string[] = [];
  if (rounds !== undefined) lines.push(...noticeLines(final, rounds.notices));
  for (const left of rounds?.left ?? []) lines.push(`✗ ${left.code} Not taken in: a record of ${left.actor}; ${left.reason}`);
  for (const one of unanswered)
    lines.push(`⏳ ${one.code} no verdict of ${one.dapp} on #${numberOf(final, one.case)}: ${visible(one.reason)}`, ...beneathMissing(one, '  '));
  lines.push(
    `Checkpoint ${final.tip.height} holds ${counted(final.tip.statement.events, 'event')}${fetched === undefined || fetched.moved.length === 0 ? '' : `; ${counted(fetched.moved.length, 'ref')} ${fetched.moved.length === 1 ? 'was' : 'were'} new`}.`,
  );
  lines.push(...unheard);
  if (move.kind === 'moved') lines.push('Your main now shows what was decided.');
  if (move.kind === 'left') lines.push('Main and your files were left as they are: where git is installed, `gdo sync` brings them to what was decided.');
  if (move.kind === 'differs')
    lines.push(
      `✗ ${move.code} ${visible(move.reason)}. It was left alone: move your commits to a branch (git switch -c mine; git branch -f main ${final.mainCommit.slice(0, 12)}).`,
    );
  lines.push(...signAnewLines(signAnew, final, device));
  if (ahead !== undefined)
    lines.push(
      `✗ GDO2003 main on the other side is not the accepted line: it is at ${ahead.slice(0, 7)}, accepted is ${final.mainCommit.slice(0, 7)}. Nothing is merged on top of it.\n  Whoever looks after that side puts it back to ${final.mainCommit.slice(0, 12)}; what was added there can be proposed:  gdo start PROCESS`,
    );
  for (const line of refused) lines.push(`✗ ${visible(line)}`);
  world.stdout(`${lines.join('\n')}\n`);
  return exit;
}
