// One machine of a simulation: a disk, a clock, and the node program on it, which is the real one. It is up, or down after the power failed.
import type { GitObject } from '../../node/git/object.ts';
import { readTree } from '../../node/git/object.ts';
import { WorldError } from '../../node/cli/command.ts';
import { receiveBatches } from '../../node/finality/receive.ts';
import type { CandidateStream } from '../../node/finality/stream.ts';
import { Witness, type WitnessTurn } from '../../node/finality/witness.ts';
import type { StoredBatch } from '../../node/ledger/batch.ts';
import { commitLinks } from '../../node/ledger/statements.ts';
import type { Signer } from '../../node/ledger/keys.ts';
import { replayLedger, replayOnward } from '../../node/ledger/replay.ts';
import { startAtSnapshot } from '../../node/ledger/snapshot-start.ts';
import type { LedgerView, RejectedBatch } from '../../node/ledger/view.ts';
import { voteStoreIn } from '../../node/ledger/votes.ts';
import { Disk, PowerLoss } from '../../node/story/disk.ts';
import { Endorsing, type Endorsers } from './endorsing.ts';
import { found, type Founded } from './founding.ts';
import { Copy } from './hub.ts';

/** One commit with the objects that it needs. */
export interface Parcel {
  readonly commit: string;
  readonly objects: readonly (readonly [id: string, object: GitObject])[];
}

/** The program on a machine: a witness that reads the stream (F1), or a copy around a hub (F0). */
export interface NodeProgram {
  view: LedgerView;
  readonly isRestored: boolean;
  readonly turn: (clockMs: number) => Promise<WitnessTurn>;
  /** Whether something that is to become final waits for a batch. */
  readonly lacks: (batch: string) => boolean;
  readonly contradictions: () => ReturnType<Witness['contradictions']>;
  readonly standing: () => { readonly kind: string };
}

/** Something that must never happen. */
export class Violation extends Error {
  readonly invariant: string;

  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

/** What a machine has besides its disk. */
export interface MachinePorts {
  readonly signer: Signer;
  readonly stream: CandidateStream;
  readonly endorsers: Endorsers;
  /** Whether a view holds all that the machine's own key has signed. */
  readonly isWhole: (view: LedgerView) => boolean;
}

/** A machine. */
export class Machine {
  readonly index: number;
  readonly signer: Signer;
  disk = new Disk();
  program: NodeProgram | undefined;
  /** Its clock minus the world's. */
  offsetMs = 0;
  backup: Disk | undefined;
  private readonly founding: Founded;
  private readonly ports: MachinePorts;

  constructor(index: number, founding: Founded, ports: MachinePorts) {
    this.index = index;
    this.founding = founding;
    this.signer = ports.signer;
    this.ports = ports;
  }

  /** The view of a program that runs. */
  get view(): LedgerView | undefined {
    return this.program?.view;
  }

  /** What the founding alone says. */
  founded(): Promise<LedgerView> {
    return found(this.founding, this.disk.repository);
  }

  /** The ledger as it lies on the disk, from its genesis. */
  async replay(): Promise<LedgerView> {
    const replay = await replayLedger(this.disk.repository, await this.founded());
    if (replay.kind === 'ok') return replay.view;
    // What was computed along the way and stored is not what a replay from the genesis computes.
    const differs = replay.fault.code === 'GDO1070';
    throw new Violation(differs ? 'I03' : 'I16', `machine ${this.index} cannot read its own disk: ${replay.fault.code} ${replay.fault.what}`);
  }

  /** Starts the program: the ledger is replayed from its genesis as it lies on the disk. @param restoredMs - after a restore from a backup */
  async start(restoredMs?: number): Promise<void> {
    const view = await this.replay();
    const votes = voteStoreIn(this.disk.voteFile);
    const { signer, stream, endorsers, isWhole } = this.ports;
    this.program =
      view.genesis.finality === 'F0'
        ? new Copy(view, { signer, votes, endorsers, isWhole })
        : new Endorsing(new Witness(view, { stream, votes, signer }, restoredMs), { signer, endorsers, isWhole });
  }

  /** What a program would know that began at the snapshot of a height; undefined where the witnesses' votes do not show that it is final. */
  async startedAt(height: number, snapshot: Uint8Array): Promise<LedgerView | undefined> {
    const { repository } = this.disk;
    const refs = await repository.list('refs/gdo');
    const start = await startAtSnapshot(await found(this.founding, repository), refs, { height, snapshot });
    if (start.kind === 'none' || (start.kind === 'unused' && start.unused.code === 'GDO1060')) return undefined;
    const onward = start.kind === 'ok' ? await replayOnward(start.view, refs) : undefined;
    if (onward?.kind === 'ok') return onward.view;
    const what = onward?.kind === 'fault' ? onward.fault.what : start.kind === 'unused' ? start.unused.reason : '';
    throw new Violation('I03', `machine ${this.index} cannot begin at the snapshot of height ${height}: ${what}`);
  }

  /** Whether a program would begin at a snapshot. */
  async believes(height: number, snapshot: Uint8Array): Promise<boolean> {
    const refs = await this.disk.repository.list('refs/gdo');
    return (await startAtSnapshot(await this.founded(), refs, { height, snapshot })).kind === 'ok';
  }

  /** The power fails. */
  stop(): void {
    this.program = undefined;
    this.disk.crash();
  }

  /** Runs something on the machine; where the power fails meanwhile, the machine is down after it. @returns undefined where nothing came of it */
  async run<Result>(work: (program: NodeProgram) => Promise<Result>): Promise<Result | undefined> {
    const { program } = this;
    if (program === undefined) return undefined;
    try {
      return await work(program);
    } catch (error) {
      if (error instanceof PowerLoss) {
        this.stop();
        return undefined;
      }
      if (!(error instanceof WorldError)) throw error;
      if (error.code === 'GDO4002') return undefined;
      throw new Violation(error.code === 'GDO4013' ? 'I16' : 'I02', `machine ${this.index} stops: ${error.code} ${error.message}`);
    }
  }

  /** What a delivery brings is checked, stored, parked or refused by the real program. */
  async take(parcels: readonly Parcel[]): Promise<readonly RejectedBatch[]> {
    const objects = new Map(parcels.flatMap((parcel) => parcel.objects));
    const rejected = await this.run(async (program) => {
      const { view } = program;
      const received = await receiveBatches(view, this.disk.withDelivery(objects), {
        commits: parcels.map(({ commit }) => commit),
        objects: [...objects.values()],
        isNamed: (batch) => program.lacks(batch),
      });
      program.view = received.view;
      return received.rejected;
    });
    return rejected ?? [];
  }

  /** A batch of this machine's as others can fetch it, with the commits that it proposes. */
  async parcel({ commit, batch }: StoredBatch): Promise<Parcel> {
    const objects: (readonly [string, GitObject])[] = [];
    const add = (id: string): GitObject | undefined => {
      const object = this.disk.object(id);
      if (object !== undefined) objects.push([id, object]);
      return object;
    };
    const heads = batch.events.flatMap(({ body }) => (typeof body['head'] === 'string' ? [body['head']] : []));
    const open: string[] = [];
    for (const id of [commit, ...heads]) {
      add(id);
      const links = await commitLinks(this.disk.repository, id);
      if (links !== undefined) open.push(links.tree);
    }
    for (let tree = open.pop(); tree !== undefined; tree = open.pop()) {
      const object = add(tree);
      for (const entry of object === undefined ? [] : (readTree(object.bytes) ?? [])) {
        if (entry.mode === '40000') open.push(entry.id);
        else add(entry.id);
      }
    }
    return { commit, objects };
  }
}
