// What the commands that decide have in common: the repository, its ledger, who is asking, and how an event is recorded and delivered.
import { openRepository } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { openKey } from '../ledger/keys.ts';
import type { Signer } from '../ledger/keys.ts';
import { openLedger } from '../ledger/replay.ts';
import type { ReplayFrom } from '../ledger/replay.ts';
import { memberOf } from '../ledger/view.ts';
import type { LedgerView } from '../ledger/view.ts';
import type { OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { chosenKeyPath } from './own-key.ts';
import { keyPath } from './found.ts';
import { showDay } from './instants.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** An open ledger and the person in front of it. */
export interface Session {
  readonly repository: Repository;
  readonly view: LedgerView;
  readonly world: World;
}

/** A session with a key that the ledger knows. */
export interface MemberSession extends Session {
  readonly signer: Signer;
  readonly member: string;
}

/**
 * Opens the ledger here, runs something with it and closes the repository.
 * @param from - `snapshot` for what needs no more than the state and what came after it: it opens faster and knows no older events
 * @throws WorldError GDO5020 where there is none
 */
export async function withLedger<T>(world: World, act: (session: Session) => Promise<T>, from: ReplayFrom = 'genesis'): Promise<T> {
  const repository = openRepository(world.cwd);
  try {
    const view = await openLedger(repository, undefined, from);
    sayUnused(view, world);
    return await act({ repository, view, world });
  } finally {
    repository.close();
  }
}

/** Says why a snapshot was not used: the answer is the same, and somebody should look at the copy. */
export function sayUnused(view: LedgerView, world: World): void {
  const { unusedSnapshot: unused } = view;
  if (unused === undefined || world.verbosity === 0) return;
  world.stderr(
    `⚠ ${unused.code} The snapshot at checkpoint ${unused.height} was not used: ${visible(unused.reason)}. Everything was replayed from the founding.\n`,
  );
}

/** What to do where a copy lacks the past. */
export const holdsNotHelp = 'ask a copy that holds it, or bring it back with:  gdo prune --undo PEER' as const;

/** Says that older events are not in this copy, to whoever asked for the past. */
export function sayPruned({ view, world }: Session): void {
  const [first] = view.checkpoints;
  if (view.pruned === undefined || first === undefined || world.verbosity === 0) return;
  world.stderr(
    `⚠ GDO4014 This copy does not hold what was recorded before checkpoint ${first.height} (${showDay(first.timeMs)}); what follows begins there.\n  ${holdsNotHelp}\n`,
  );
}

/** Adds the person behind the key. @throws WorldError GDO5021 where there is no key, or the ledger does not know it */
export function asMember(session: Session, options: Readonly<Record<string, OptionValue>>): MemberSession {
  const signer = openKey(keyPath(options, session.world), session.world.env);
  const member = memberOf(session.view.state, signer.device);
  if (member === undefined) {
    throw new WorldError(
      'GDO5021',
      `The key ${signer.path} is not enrolled in ${session.view.name}`,
      'choose the enrolled one:  gdo key use FILE   or ask a member to enrol this one',
    );
  }
  return { ...session, signer, member };
}

/** The person behind the chosen key, or undefined where there is none; for showing only. */
export function whoIsAsking(session: Session): string | undefined {
  const path = chosenKeyPath(session.world);
  return path === undefined ? undefined : memberOf(session.view.state, openKey(path, session.world.env).device);
}

/** Reads `42` or `#42` or an id, and finds the case. @throws UsageError GDO5003 */
export function caseNumber(word: string | undefined): number {
  const digits = (word ?? '').replace(/^#/, '');
  if (!/^[1-9][0-9]{0,8}$/.test(digits))
    throw new UsageError('GDO5003', word === undefined ? 'Which case?' : `\`${word}\` is not the number of a case`, 'all cases:  gdo status --all');
  return Number(digits);
}
