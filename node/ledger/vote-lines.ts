// The newer end of what each witness voted: read from the tip back, so that a long history of votes costs nothing.
import { decodeVote, type Vote } from '../../engine/index.ts';
import type { RefEntry } from '../git/repository.ts';
import { fileOfEach, type ChainStep } from './checkpoint-chain.ts';
import { readVotes, type LedgerFault, type StoredVote } from './statement-log.ts';
import type { LedgerView } from './view.ts';

/** Votes read in one go. */
const chunkSize = 256;

/**
 * The votes of one device: `before` is its newest below the height asked for that names the checkpoint of that height, not checked; `votes` are all from
 * there on, oldest first, their signatures checked.
 */
export interface VoteLine {
  readonly device: string;
  readonly before: StoredVote | undefined;
  readonly votes: readonly StoredVote[];
}

/** Reads the votes of all witnesses from a height on. @param from.steps - the checkpoints, from height 1 */
export async function readNewVotes(
  view: LedgerView,
  refs: readonly RefEntry[],
  from: { readonly height: number; readonly steps: readonly ChainStep[] },
): Promise<{ readonly kind: 'ok'; readonly lines: readonly VoteLine[] } | { readonly kind: 'fault'; readonly fault: LedgerFault }> {
  const { repository, org, equation } = view;
  const lines: VoteLine[] = [];
  for (const { ref, id } of refs) {
    const device = /^refs\/gdo\/cosign\/([0-9a-f]{64})$/.exec(ref)?.[1];
    if (device === undefined) continue;
    const before = await newestBelow(view, { ...from, device, tip: id });
    const read = await readVotes(repository, { ref, device, org, tip: id, after: before?.commit, equation });
    if (read.kind === 'fault') return read;
    lines.push({ device, before, votes: read.values });
  }
  return { kind: 'ok', lines };
}

async function newestBelow(
  { repository }: LedgerView,
  line: { readonly device: string; readonly tip: string; readonly height: number; readonly steps: readonly ChainStep[] },
): Promise<StoredVote | undefined> {
  const commits = (await repository.walk([line.tip], [])).toReversed();
  for (let from = 0; from < commits.length; from += chunkSize) {
    const chunk = commits.slice(from, from + chunkSize);
    for (const [index, bytes] of (await fileOfEach(repository, chunk, 'statement.json')).entries()) {
      const read = bytes === undefined ? undefined : decodeVote(bytes);
      if (read?.kind === 'ok' && read.statement.height < line.height && isForItsCheckpoint(read.statement, line.steps))
        return { vote: read.statement, device: line.device, commit: chunk[index] ?? '' };
    }
  }
  return undefined;
}

/** True iff a vote is for the checkpoint that became final at its height. @param steps - the checkpoints, from height 1 */
export function isForItsCheckpoint(vote: Vote, steps: readonly ChainStep[]): boolean {
  return steps[vote.height - 1]?.id === vote.value;
}
