// One check of one dapp on one candidate: two runs under different names and CPU shares, equal bytes or no verdict. It never decides a merge.
import { sha256Hex } from '../../engine/index.ts';
import type { ContainerEngine } from './containers.ts';
import { ownOwner } from './containers.ts';
import type { DappManifest } from './manifest.ts';
import type { ProfileChoice } from './profile.ts';
import { createOptions, nanoCpusDefault, nanoCpusSecondRun } from './profile.ts';
import type { RunClass } from './result.ts';
import { classifyRun } from './result.ts';

/** The answer of a check. `stderr` is for people and never judged. `output` is SHA-256 of the compared bytes; `none` is never an answer. */
export type CheckAnswer =
  | { readonly kind: 'accept' | 'reject'; readonly reasons: readonly string[]; readonly output: string; readonly score?: number; readonly stderr?: string }
  | { readonly kind: 'none'; readonly code: `GDO${number}`; readonly reason: string; readonly stderr?: string };

/**
 * Runs a dapp's check.
 * @param image - `sha256:<64 hex>` as the bylaws name it, on this machine
 * @param input - as checkInput writes it
 * @returns accept or reject when both runs agree; else none with GDO3001 to GDO3007
 * Source: node.md sections 4 and 5.3
 */
export async function runCheck(engine: ContainerEngine, image: string, manifest: DappManifest, input: Uint8Array): Promise<CheckAnswer> {
  const one = async (choice: Pick<ProfileChoice, 'hostname' | 'nanoCpus'>): Promise<RunClass & { readonly stderr: string }> => {
    const options = createOptions({
      image,
      command: manifest.command,
      memoryBytes: manifest.memoryBytes,
      swappiness: engine.swappiness,
      role: 'check',
      owner: ownOwner,
      ...choice,
    });
    const observed = await engine.run(options, input, manifest);
    return { ...classifyRun(observed, manifest.output), stderr: observed.stderr };
  };
  const first = await one({ hostname: 'gdo', nanoCpus: nanoCpusDefault });
  if (first.kind === 'none') return first;
  const second = await one({ hostname: 'gdo2', nanoCpus: nanoCpusSecondRun });
  if (second.kind === 'none') return second;
  if (first.kind !== second.kind || !Buffer.from(first.output).equals(Buffer.from(second.output))) {
    return { kind: 'none', code: 'GDO3007', reason: 'Two runs of the dapp on the same input gave different answers', stderr: first.stderr };
  }
  const score = first.score === undefined ? {} : { score: first.score };
  return { kind: first.kind, reasons: first.reasons, output: sha256Hex(first.output), stderr: first.stderr, ...score };
}
