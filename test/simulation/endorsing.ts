// Who tests changes in a simulation: the check of bylaws, which is the real one, and containers that answer, refuse, hang or contradict themselves. How they
// are classed, who may attest, and what that does is real.
import { createHash } from 'node:crypto';
import { classifyRun, type RunObservation } from '../../node/dapps/result.ts';
import { contentHash } from '../../node/git/object.ts';
import { endorseOpen, type Endorse } from '../../node/gate/steward.ts';
import type { Witness, WitnessTurn } from '../../node/finality/witness.ts';
import type { Signer } from '../../node/ledger/keys.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { bylawsEndorser } from '../../node/cli/bylaws-endorser.ts';
import type { NodeProgram } from './machine.ts';

/** Who answers on a machine. */
export interface Endorsers {
  readonly checkBylaws: Endorse;
  readonly runDapp: Endorse;
}

/** What a dapp does with a candidate: chance decides, the same on every machine. `two-ways`: each machine sees another output. */
export type DappTemper = 'accepts' | 'rejects' | 'hangs' | 'dies' | 'two-ways';

const tempers: readonly DappTemper[] = ['accepts', 'accepts', 'rejects', 'hangs', 'dies', 'two-ways'];

/** The temper of a dapp about one candidate. */
export function temperOf(candidate: string): DappTemper {
  return tempers[Number.parseInt(candidate.slice(0, 6), 16) % tempers.length] ?? 'accepts';
}

/** What the runner of one machine sees. A container that hangs has printed its verdict before, and says that it ended well. */
function observed(temper: DappTemper, machine: number): RunObservation {
  const verdict = temper === 'rejects' ? '{"reasons":["too shallow"],"v":1,"verdict":"reject"}' : '{"v":1,"verdict":"accept"}';
  const own = `{"reasons":["seen by ${machine}"],"v":1,"verdict":"${machine % 2 === 0 ? 'accept' : 'reject'}"}`;
  return {
    timedOut: temper === 'hangs',
    outputExceeded: false,
    oomKilled: temper === 'dies',
    exitCode: 0,
    stdout: Buffer.from(temper === 'two-ways' ? own : verdict),
    stderr: '',
  };
}

/** The endorsers of one machine. */
export function endorsersOf(machine: number): Endorsers {
  const runDapp: Endorse = ({ candidate }) => {
    const run = classifyRun(observed(temperOf(candidate.contentRoot), machine), 'verdict');
    if (run.kind === 'none') return Promise.resolve(undefined);
    const manifest = createHash('sha256').update('depths').digest('hex');
    const output = contentHash(run.output);
    return Promise.resolve({ verdict: run.kind, output, reasons: run.reasons, manifest, image: `sha256:${manifest}`, platform: 'linux/amd64' });
  };
  return { checkBylaws: bylawsEndorser(), runDapp };
}

/** A witness that also tests what waits for a test, as the steward's round does. `isWhole`: false where its log here is not its newest. */
export class Endorsing implements NodeProgram {
  private readonly witness: Witness;
  private readonly ports: { readonly signer: Signer; readonly endorsers: Endorsers; readonly isWhole: (view: LedgerView) => boolean };

  constructor(witness: Witness, ports: Endorsing['ports']) {
    this.witness = witness;
    this.ports = ports;
  }

  get view(): LedgerView {
    return this.witness.view;
  }

  set view(view: LedgerView) {
    this.witness.view = view;
  }

  get isRestored(): boolean {
    return this.witness.isRestored;
  }

  async turn(clockMs: number): Promise<WitnessTurn> {
    const { signer, endorsers, isWhole } = this.ports;
    if (isWhole(this.view)) ({ view: this.view } = await endorseOpen({ view: this.view, signer, clockMs: Math.max(0, clockMs), ...endorsers }));
    return this.witness.turn(clockMs);
  }

  lacks(batch: string): boolean {
    return this.witness.lacks(batch);
  }

  contradictions(): ReturnType<Witness['contradictions']> {
    return this.witness.contradictions();
  }

  standing(): ReturnType<Witness['standing']> {
    return this.witness.standing();
  }
}
