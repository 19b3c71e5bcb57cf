// The loop of an outside program that takes part: it follows the ledger, does its turn, reports facts with its own key, and ends cleanly. It has no power
// that its key does not have, and the node knows it as it knows any member.
import type { JsonObject } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { openRepository } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { appendEvents } from '../ledger/append.ts';
import type { Signer } from '../ledger/keys.ts';
import { openKey } from '../ledger/keys.ts';
import { hasLedger, openLedger } from '../ledger/replay.ts';
import type { LedgerView } from '../ledger/view.ts';
import { fetchLedger } from '../sync/fetch-ledger.ts';
import { originOf, pushOwn } from '../sync/origin.ts';
import { hasSigned } from '../sync/own-facts.ts';

/** A fact to be signed. `id` names it for its author: the same id is reported once, whenever the program is started again. */
export interface ReportedFact {
  readonly id: string;
  readonly type: string;
  readonly subject?: string;
  readonly data: JsonObject;
}

/** What a turn works with. */
export interface Turn {
  readonly view: LedgerView;
  readonly signer: Signer;
  readonly stop: AbortSignal;
  /** Signs a fact and brings it to the node. @returns false where it was reported before */
  readonly report: (fact: ReportedFact) => Promise<boolean>;
}

/** A collaborator. `directory` is its own clone; `turn` runs after each look at the ledger. */
export interface Collaborator {
  readonly directory: string;
  readonly key: string;
  readonly everyMs: number;
  readonly stop: AbortSignal;
  readonly turn: (turn: Turn) => Promise<void>;
  readonly note?: (sentence: string) => void;
  readonly clockMs?: () => number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** After a failure the next turn waits longer, up to this. */
const backoffMostMs = 300_000;

/** Runs turns until it is told to stop; a turn that fails is noted and tried again later. @throws what is no failure of the world */
export async function collaborate(program: Collaborator): Promise<void> {
  const { stop, note = () => undefined } = program;
  const signer = openKey(program.key, program.environment ?? process.env);
  const repository = openRepository(program.directory);
  let view: LedgerView | undefined;
  try {
    for (let failures = 0; !stop.aborted;) {
      try {
        view = await oneTurn(program, signer, { repository, known: view });
        failures = 0;
      } catch (error) {
        if (!(error instanceof Error) || error.name === 'Bug') throw error;
        failures += 1;
        note(`${error instanceof WorldError ? `${error.code} ` : ''}${error.message}`);
      }
      await pause(failures === 0 ? program.everyMs : Math.min(backoffMostMs, program.everyMs * 2 ** Math.min(failures, 16)), stop);
    }
  } finally {
    // The program that reads objects would keep this one alive.
    repository.close();
  }
}

/** Waits, but not past the end. */
async function pause(delayMs: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  await new Promise<void>((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, delayMs);
    stop.addEventListener('abort', over);
  });
}

async function oneTurn(
  program: Collaborator,
  signer: Signer,
  { repository, known }: { readonly repository: Repository; readonly known: LedgerView | undefined },
): Promise<LedgerView> {
  const origin = await originOf(repository, program.environment ?? process.env);
  const before = known ?? ((await hasLedger(repository)) ? await openLedger(repository) : undefined);
  let view = origin === undefined ? await openLedger(repository) : (await fetchLedger({ repository, remote: origin, from: 'origin', previous: before })).view;
  const bring = async (): Promise<void> => {
    const pushed = origin === undefined ? undefined : await pushOwn(repository, origin, signer.device);
    const refused = pushed?.refs.find((ref) => !ref.accepted);
    if (refused !== undefined) throw new Error(`${refused.ref}: ${refused.reason}`);
  };
  // What an earlier turn signed and could not bring: it is in the own log, and nothing else would push it.
  if (view.pending.some(({ batch }) => batch.device === signer.device)) await bring();
  const report = async (fact: ReportedFact): Promise<boolean> => {
    if (hasSigned(view, signer.device, fact.id)) return false;
    const body: JsonObject = { data: { ...fact.data, id: fact.id }, type: fact.type, ...(fact.subject === undefined ? {} : { subject: fact.subject }) };
    ({ view } = await appendEvents(view, signer, { events: [{ kind: 'fact', body }], attachments: [], clockMs: (program.clockMs ?? Date.now)() }));
    await bring();
    return true;
  };
  await program.turn({ view, signer, stop: program.stop, report });
  return view;
}
