// Machines of an organization with one witness (F0): clones around a hub, which is the steward's. They fetch from it and push to it, and it closes epochs.
import { relationOf } from '../../node/ledger/sync.ts';
import { logRef } from '../../node/ledger/append.ts';
import { seatOf } from '../../node/ledger/received.ts';
import type { Signer } from '../../node/ledger/keys.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import type { VoteStore } from '../../node/ledger/votes.ts';
import { closeEpochs } from '../../node/gate/steward.ts';
import type { PushVerdict } from '../../node/receive/pre-receive.ts';
import { cargo, pushOver, unload } from '../../node/story/carry.ts';
import type { RefEntry, Repository } from '../../node/git/repository.ts';
import type { WitnessTurn } from '../../node/finality/witness.ts';
import type { Disk } from '../../node/story/disk.ts';
import type { Endorsers } from './endorsing.ts';
import type { Machine, NodeProgram } from './machine.ts';

/** The program of a machine in F0: it closes epochs where the key has the seat, and else only holds a copy. */
export class Copy implements NodeProgram {
  view: LedgerView;
  readonly isRestored = false;
  private readonly ports: {
    readonly signer: Signer;
    readonly votes: VoteStore;
    readonly endorsers: Endorsers;
    readonly isWhole: (view: LedgerView) => boolean;
  };

  constructor(view: LedgerView, ports: Copy['ports']) {
    this.view = view;
    this.ports = ports;
  }

  async turn(clockMs: number): Promise<WitnessTurn> {
    if (seatOf(this.view, this.ports.signer.device) === undefined) return { final: [], voted: undefined, offered: undefined };
    const { signer, votes, endorsers, isWhole } = this.ports;
    const round = await closeEpochs({ view: this.view, signer, votes, clockMs, ...(isWhole(this.view) ? endorsers : {}) });
    this.view = round.view;
    return { final: round.closed.map(({ checkpoint }) => checkpoint.height), voted: round.closed.at(-1)?.checkpoint.id, offered: undefined };
  }

  lacks(): boolean {
    return false;
  }

  contradictions(): readonly [] {
    return [];
  }

  standing(): { readonly kind: string } {
    return { kind: 'open' };
  }
}

/** A machine fetches from the hub, and pushes the logs in which it is ahead. @returns the refusals of honest keys' logs that the hub will never take */
export async function syncWithHub(machine: Machine, hub: Machine, mayFork: ReadonlySet<string>): Promise<readonly string[]> {
  const ahead = await machine.run((program) => fetchFrom(machine, program, hub));
  if (ahead === undefined || ahead.length === 0) return [];
  const all = await push(machine, hub, ahead);
  if (all === undefined || all.kind === 'accepted') return [];
  const refused: string[] = [];
  // One refusal holds up a whole push; so each log is tried by itself, as each of its owners would.
  for (const ref of ahead) {
    const one = await push(machine, hub, [ref]);
    if (one === undefined || one.kind === 'accepted') continue;
    const device = ref.slice(-64);
    const [first] = one.refusals;
    if (first === undefined) continue;
    // A second branch, or it builds on one that the hub has refused: it is signed anew.
    if (first.code === 'GDO1043') await machine.run((program) => takeBackNewest(machine, program, device));
    else if (!mayFork.has(device)) refused.push(`${first.code} ${first.reason}`);
  }
  return refused;
}

async function fetchFrom(machine: Machine, program: NodeProgram, hub: Machine): Promise<readonly string[]> {
  const { repository } = program.view;
  const { refs, arrival } = await cargo(hub.disk, machine.disk);
  // A log that the hub has otherwise is a line that the earlier view does not know: then all is read again.
  const isApart = await hasOther(arrival.repository, machine.disk, refs);
  const fetched = await unload({ repository, previous: isApart ? await machine.founded() : program.view }, { refs, arrival });
  program.view = fetched.view;
  return fetched.ahead;
}

/** True where some log here and the same log of the hub go two ways. */
async function hasOther(both: Repository, disk: Disk, refs: readonly RefEntry[]): Promise<boolean> {
  for (const { ref, id } of refs) {
    const own = disk.refTip(ref);
    if (own === undefined || own === id || !ref.startsWith('refs/gdo/log/')) continue;
    if ((await relationOf(both, own, id)) === 'apart') return true;
  }
  return false;
}

async function push(machine: Machine, hub: Machine, refs: readonly string[]): Promise<PushVerdict | undefined> {
  return hub.run(async (program) => {
    const pushed = await pushOver(machine.disk, hub.disk, { view: program.view, refs });
    program.view = pushed.view;
    return pushed.verdict;
  });
}

/** Takes back the newest batch of a log, as the client does for a record that the node refused. */
async function takeBackNewest(machine: Machine, program: NodeProgram, device: string): Promise<void> {
  const { repository, heads, batches, pending } = program.view;
  const newest = pending.find(({ batch }) => batch.id === heads.get(device)?.batch.id);
  if (newest === undefined) return;
  await repository.updateRefs([{ ref: logRef(device), old: newest.commit, next: batches.get(newest.batch.prev)?.commit }]);
  program.view = await machine.replay();
}
