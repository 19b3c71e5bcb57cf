// The ordered stream of a simulation: one log for everybody, out of reach where the simulation says so, and where it is faulty two logs that differ.
import { WorldError } from '../../node/cli/command.ts';
import type { CandidateStream, StreamDraft, StreamLine } from '../../node/finality/stream.ts';

/** What a stream asks of the world around it. */
export interface StreamWorld {
  readonly nowMs: () => number;
  readonly reaches: (node: number) => boolean;
  /** Called for every statement that has left a node, before anybody reads it. */
  readonly sent: (draft: StreamDraft, node: number) => void;
  /** True once in so many. */
  readonly once: (inSoMany: number) => boolean;
}

/** A stream, and how each node sees it. */
export class SimulatedStream {
  private readonly world: StreamWorld;
  private readonly isFaulty: boolean;
  private readonly logs: readonly [StreamLine[], StreamLine[]] = [[], []];
  private heldBack: StreamDraft | undefined;
  /** Lines that a faulty stream lost or moved. */
  faults = 0;

  constructor(world: StreamWorld, isFaulty: boolean) {
    this.world = world;
    this.isFaulty = isFaulty;
  }

  /** The stream as one node sees it. */
  port(node: number): CandidateStream {
    const log = this.logs[this.isFaulty ? node % 2 : 0] ?? [];
    return {
      read: (after, most) => Promise.resolve(this.world.reaches(node) ? log.slice(after, after + most) : 'out of reach'),
      append: (draft) => {
        if (!this.world.reaches(node)) return Promise.reject(new WorldError('GDO4002', 'The stream is out of reach', 'wait'));
        this.world.sent(draft, node);
        this.append(draft);
        return Promise.resolve();
      },
    };
  }

  /** What an attacker with access puts on the stream. */
  inject(draft: StreamDraft, node: number): void {
    this.world.sent(draft, node);
    this.append(draft);
  }

  /** Every line of the first log. */
  lines(): readonly StreamLine[] {
    return this.logs[0];
  }

  private append(draft: StreamDraft): void {
    this.push(0, draft);
    if (!this.isFaulty) return;
    if (this.world.once(15)) {
      this.faults += 1;
      return;
    }
    if (this.heldBack === undefined && this.world.once(6)) {
      this.heldBack = draft;
      this.faults += 1;
      return;
    }
    this.push(1, draft);
    if (this.heldBack !== undefined) this.push(1, this.heldBack);
    this.heldBack = undefined;
  }

  private push(which: 0 | 1, draft: StreamDraft): void {
    const log = this.logs[which];
    log.push({ ...draft, place: log.length + 1, stampMs: Math.max(this.world.nowMs(), log.at(-1)?.stampMs ?? 0) });
  }
}
