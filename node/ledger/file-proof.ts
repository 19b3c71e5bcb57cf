// Proof of one governed file at an instant: what a witness signed, the path through the state's trie, and nothing that needs the repository. What it does not
// prove: that the organization's id is the right one; whoever checks has to know that.
import {
  canonicalText,
  contentKey,
  decodeVote,
  emptyState,
  encodeCheckpoint,
  encodeGenesis,
  entriesUnder,
  proveEntry,
  readEntry,
  writeEntry,
} from '../../engine/index.ts';
import type { JsonObject, State } from '../../engine/index.ts';
import { linearHistory, readFiles } from './statements.ts';
import type { CheckpointRecord, LedgerView } from './view.ts';

/** A proof as text, and what it shows. */
export interface FileProof {
  readonly text: string;
  readonly checkpoint: CheckpointRecord;
  /** `<mode>:<SHA-256>`, or undefined where the proof shows that there is no such file. */
  readonly identity: string | undefined;
}

/**
 * Proves a file, or its absence, in the newest final checkpoint that is not later than an instant.
 * @returns undefined where the organization was not founded then, or that checkpoint has no votes here
 */
export async function proveFile(view: LedgerView, path: string, atMs: number): Promise<FileProof | undefined> {
  const checkpoint = view.checkpoints.findLast(({ timeMs }) => timeMs <= atMs);
  if (checkpoint === undefined) return undefined;
  const key = contentKey(path);
  const value = readEntry(checkpoint.state, key);
  const proof = proveEntry(contentOf(checkpoint.state), key);
  // The genesis names the first content itself, and the organization's id names the genesis: there is nothing to vote on.
  const signed = checkpoint.height === 0 ? {} : await signedCheckpoint(view, checkpoint);
  if (signed === undefined) return undefined;
  const next = view.checkpoints.find(({ height }) => height === checkpoint.height + 1);
  const following = next === undefined ? undefined : await signedCheckpoint(view, next);
  const document = {
    schema: 'gdo-proof/1',
    org: view.org,
    path,
    genesis: textOf(encodeGenesis(view.genesis)),
    ...signed,
    entry: { key, ...(value === undefined ? {} : { value: canonicalText(value) }), ...proof },
    ...(following === undefined ? {} : { next: following }),
  };
  return { text: `${JSON.stringify(document, undefined, 1)}\n`, checkpoint, identity: identityOf(value) };
}

function identityOf(value: JsonObject | undefined): string | undefined {
  const entry = value?.['entry'];
  return typeof entry === 'string' ? entry : undefined;
}

/** The governed files alone, whose root every checkpoint names as `main.content`. */
function contentOf(state: State): State {
  return entriesUnder(state, 'content/').reduce((all, [key, value]) => writeEntry(all, key, value), emptyState);
}

/** A final checkpoint with votes for it, as texts. */
export interface SignedCheckpoint {
  readonly checkpoint: string;
  readonly votes: readonly { readonly statement: string; readonly signature: string }[];
}

/** A checkpoint with every vote for it that lies here; undefined without any. */
export async function signedCheckpoint(
  view: LedgerView,
  checkpoint: Pick<CheckpointRecord, 'height' | 'id' | 'statement'>,
): Promise<SignedCheckpoint | undefined> {
  const votes = await votesFor(view, checkpoint);
  return votes.length === 0 ? undefined : { checkpoint: textOf(encodeCheckpoint(checkpoint.statement)), votes };
}

async function votesFor(view: LedgerView, { height, id }: Pick<CheckpointRecord, 'height' | 'id'>): Promise<SignedCheckpoint['votes']> {
  const found: SignedCheckpoint['votes'][number][] = [];
  for (const { ref, id: tip } of await view.repository.list('refs/gdo/cosign')) {
    if (!/^refs\/gdo\/cosign\/[0-9a-f]{64}$/.test(ref)) continue;
    for (const commit of (await linearHistory(view.repository, tip)).toReversed()) {
      const files = await readFiles(view.repository, commit);
      const [statement, signature] = [files?.get('statement.json'), files?.get('statement.sig')];
      const vote = statement === undefined ? undefined : decodeVote(statement);
      if (statement === undefined || signature === undefined || vote?.kind !== 'ok') continue;
      if (vote.statement.height < height) break;
      if (vote.statement.height === height && vote.statement.value === id) found.push({ statement: textOf(statement), signature: textOf(signature) });
    }
  }
  return found;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
