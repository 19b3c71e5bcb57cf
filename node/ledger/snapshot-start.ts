// Begins a view at a snapshot instead of at the founding (ledger.md section 13): the newest one whose checkpoint the witnesses' signatures make final, shown
// from the genesis on. What came before is not folded again; whoever wants that asks for a replay from the genesis, as `gdo audit` does.
import {
  type ChangeSet,
  type State,
  type WitnessSet,
  checkpointLog,
  contentKey,
  encodeCheckpoint,
  entriesUnder,
  openCases,
  readEntry,
  rootUnder,
  voteStanding,
  witnessSetOf,
  witnessesHash,
} from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { contentPairs, contentTree, type ContentFile } from '../git/content.ts';
import type { RefEntry, Repository } from '../git/repository.ts';
import { fileOfEach, readChain, snapshotInterval, type ChainStep } from './checkpoint-chain.ts';
import { earlierChange } from './earlier-change.ts';
import { bylawsInForce, unknownEngine } from './epoch.ts';
import { keepPast, keptPast, noPast, pastCount, type Past } from './kept-past.ts';
import { headsOf, pastMerges, pastReceipts, settledBatches } from './settled.ts';
import { readSnapshot } from './snapshot.ts';
import type { StoredVote } from './statement-log.ts';
import { checkpointCommit } from './statements.ts';
import { rulesOf } from './view.ts';
import type { CheckpointRecord, EarlierCheckpoint, LedgerView, UnusedSnapshot } from './view.ts';
import { isForItsCheckpoint, readNewVotes, type VoteLine } from './vote-lines.ts';

/** A view that begins at a snapshot, or why it cannot; `none` where no checkpoint has one yet. */
export type SnapshotStart =
  | { readonly kind: 'ok'; readonly view: LedgerView }
  | { readonly kind: 'none' }
  | { readonly kind: 'unused'; readonly unused: UnusedSnapshot };

/**
 * Begins at a snapshot.
 * @param founded - the view of the genesis alone
 * @param given - a height, and its snapshot where that does not lie in the checkpoint; absent: the newest that does. `by`: with `note`, what this copy has kept
 * of the past is not read from git again, and what is read is kept
 */
export async function startAtSnapshot(
  founded: LedgerView,
  refs: readonly RefEntry[],
  given: { readonly height?: number; readonly snapshot?: Uint8Array; readonly by?: 'objects' | 'note' } = {},
): Promise<SnapshotStart> {
  let height = given.height ?? 0;
  try {
    const past = given.by === 'note' ? keptPast(founded.repository) : noPast();
    const keptCount = pastCount(past);
    const chain = await readChain(founded, refs, past.statements);
    // A chain that cannot be read is for the replay to explain.
    if (chain.kind === 'fault') return { kind: 'none' };
    height = given.height ?? chain.steps.length - (chain.steps.length % snapshotInterval);
    const step = chain.steps[height - 1];
    if (step === undefined) return { kind: 'none' };
    const bytes = given.snapshot ?? (await fileOfEach(founded.repository, [step.commit], 'state.ndjson'))[0];
    const begun = await begin(founded, refs, { steps: chain.steps, height, bytes, past });
    if (begun.kind === 'ok' && given.by === 'note') keepPast(founded.repository, past, { keptCount, view: begun.view });
    return begun.kind === 'ok' ? begun : { kind: 'unused', unused: { height, code: begun.code, reason: begun.reason } };
  } catch (error) {
    // An object that is broken or missing: the replay goes another way, and may not need it.
    if (error instanceof WorldError && /^GDO\d+$/.test(error.code)) return { kind: 'unused', unused: { height, code: 'GDO5024', reason: error.message } };
    throw error;
  }
}

interface Refused {
  readonly kind: 'refused';
  readonly code: `GDO${string}`;
  readonly reason: string;
}

function refused(reason: string, code: Refused['code'] = 'GDO1070'): Refused {
  return { kind: 'refused', code, reason };
}

interface Place {
  readonly steps: readonly ChainStep[];
  readonly height: number;
  readonly bytes: Uint8Array | undefined;
  readonly past: Past;
}

async function begin(founded: LedgerView, refs: readonly RefEntry[], place: Place): Promise<{ readonly kind: 'ok'; readonly view: LedgerView } | Refused> {
  const { repository, genesis } = founded;
  const { height, bytes, past } = place;
  const steps = place.steps.slice(0, height);
  const step = steps.at(-1);
  if (step === undefined || bytes === undefined) return refused('its checkpoint has no state.ndjson', 'GDO1010');
  const broken = chainFault(founded, steps, bytes);
  if (broken !== undefined) return refused(broken);
  const { statement } = step;
  const loaded = readSnapshot(bytes, statement.state);
  if (loaded.kind === 'refused') return refused(loaded.reason, loaded.code);
  const { state } = loaded;
  const sets: readonly [WitnessSet, WitnessSet] = [{ rows: genesis.witnesses, silenced: new Set<string>() }, witnessSetOf(state, genesis.witnesses)];
  const votes = await readNewVotes(founded, refs, { height: firstVoteNeeded(founded, steps), steps });
  if (votes.kind === 'fault') return refused(votes.fault.what, votes.fault.code);
  const unsigned = finalityFault(place, { sets, votes: votes.lines });
  if (unsigned !== undefined) return refused(unsigned, 'GDO1060');
  const unknown = unknownEngine(statement.engine);
  if (unknown !== undefined) return refused(unknown, 'GDO4010');
  if (bylawsInForce(state) !== statement.bylaws) return refused('it has other bylaws in force than its checkpoint names');
  const main = await acceptedMain(repository, state, statement);
  if (main.kind === 'refused') return main;
  const batches = await settledBatches(repository, refs, state, past);
  if (batches.kind === 'lacking') return refused(batches.reason, 'GDO1022');
  const receipts = await pastReceipts(repository, refs, { steps, settled: batches.settled, known: past.statements });
  if (receipts.kind === 'lacking') return refused(receipts.reason, 'GDO1022');
  const earlierMerges = await pastMerges(repository, { from: genesis.mainCommit, to: statement.mainCommit, known: past.merges });
  if (earlierMerges === undefined) return refused('main does not lead back to the founding', 'GDO2003');
  const tip: CheckpointRecord = { height, id: step.id, commit: step.commit, timeMs: statement.timeMs, statement, state, included: [], notices: [] };
  const earlier: readonly EarlierCheckpoint[] = [
    founded.tip,
    ...steps.slice(0, -1).map((one) => ({ ...one, height: one.statement.height, timeMs: one.statement.timeMs })),
  ];
  return {
    kind: 'ok',
    view: {
      ...founded,
      charter: rulesOf(state, founded.charter),
      bylawsHash: statement.bylaws,
      state,
      tip,
      checkpoints: [tip],
      earlier,
      checkpointById: new Map([...earlier, tip].map((one) => [one.id, one])),
      log: checkpointLog(
        steps.map(({ id }) => id),
        founded.log,
      ),
      earlierMerges,
      settled: batches.settled,
      seen: batches.seen,
      heads: headsOf(batches.settled),
      mainCommit: statement.mainCommit,
      mainFiles: main.files,
      changes: await openChanges({ repository, settled: batches.settled, pruned: founded.pruned }, state, past.changes),
      witnesses: witnessSetOf(state, genesis.witnesses),
      openReceipts: receipts.open,
      receipts: receipts.newest,
      receivedMs: waitingSince(receipts.open, batches.settled),
      votes: newestVotes(votes.lines, steps),
    },
  };
}

/** Each checkpoint names the one before it, and its commit has the bytes that its statement gives. @returns what is wrong */
function chainFault(founded: LedgerView, steps: readonly ChainStep[], snapshot: Uint8Array): string | undefined {
  let [prev, parent] = [founded.tip.id, founded.tip.commit];
  for (const { commit, id, statement } of steps) {
    const { height, timeMs } = statement;
    if (statement.prev !== prev || statement.org !== founded.org) return `checkpoint ${height} does not name the one before it`;
    const isLast = height === steps.length;
    const snapshotHere = height % snapshotInterval === 0;
    // The snapshots before are not read: what they hold is in this one, as far as it still holds.
    if (isLast || !snapshotHere) {
      const built = checkpointCommit({ bytes: encodeCheckpoint(statement), id, height, timeMs, parent, snapshot: snapshotHere ? snapshot : undefined });
      if (built.commit !== commit) return `the commit of checkpoint ${height} has other bytes than its statement gives`;
    }
    [prev, parent] = [id, commit];
  }
  return undefined;
}

/** The height from which votes are needed: where the set of witnesses first changes, or the snapshot's own. */
function firstVoteNeeded({ genesis }: LedgerView, steps: readonly ChainStep[]): number {
  const first = witnessesHash(genesis.witnesses);
  return steps.find(({ statement }) => statement.witnesses !== first)?.statement.height ?? steps.length;
}

/**
 * The witnesses of the genesis must have made final the checkpoint that names the next set, and so on; the last set this checkpoint, or a later one, which
 * names it by the hashes in between. @param known - sets that are known by their members; a checkpoint names only the hash of a set
 * @returns what is not shown, as a sentence part
 */
function finalityFault(
  { steps, height }: Place,
  known: { readonly sets: readonly [first: WitnessSet, last: WitnessSet]; readonly votes: readonly VoteLine[] },
): string | undefined {
  const [first, last] = known.sets;
  const byHash = new Map([first, last].map((set) => [witnessesHash(set.rows), set]));
  const isFinal = (step: ChainStep, set: WitnessSet): boolean => {
    const at = step.statement.height;
    const cast = known.votes.flatMap(({ device, votes }) => votes.flatMap(({ vote }) => (vote.height === at ? [{ device, value: vote.value }] : [])));
    const standing = voteStanding(cast, set);
    return standing.kind === 'final' && standing.value === step.id;
  };
  let hash = witnessesHash(first.rows);
  let isShown = false;
  for (const step of steps) {
    const at = step.statement.height;
    const set = byHash.get(hash);
    if (at > height && isShown) return undefined;
    if (set === undefined) return `the witnesses changed more than once before checkpoint ${height}`;
    const changes = step.statement.witnesses !== hash;
    if (changes || at >= height) isShown = isFinal(step, set);
    if (changes && !isShown) return `the witnesses before checkpoint ${at} did not make it final`;
    if (at >= height && isShown) return undefined;
    hash = step.statement.witnesses;
  }
  return `no vote of its witnesses makes checkpoint ${height} final`;
}

/** Main as the checkpoint names it, whose files must be the content of the state. */
async function acceptedMain(
  repository: Repository,
  state: State,
  statement: ChainStep['statement'],
): Promise<{ readonly kind: 'ok'; readonly files: readonly ContentFile[] } | Refused> {
  const tree = await contentTree(repository, statement.mainCommit);
  if (tree.kind === 'refused') return refused(`${tree.path} ${tree.reason}`, tree.code);
  const pairs = await contentPairs(repository, tree.files);
  const isEqual = pairs.every(([path, identity]) => readEntry(state, contentKey(path))?.['entry'] === identity);
  if (!isEqual || entriesUnder(state, 'content/').length !== pairs.length || rootUnder(state, 'content/') !== statement.mainContent)
    return refused('main has other content than the state');
  return { kind: 'ok', files: tree.files };
}

/** The change sets of cases that are still open: they are shown, judged and merged from here on. */
async function openChanges(
  view: Pick<LedgerView, 'repository' | 'settled' | 'pruned'>,
  state: State,
  known: Past['changes'],
): Promise<ReadonlyMap<string, ChangeSet>> {
  const found = new Map<string, ChangeSet>();
  for (const { change } of openCases(state)) {
    if (change === undefined || found.has(change)) continue;
    const set = known.get(change) ?? (await earlierChange(view, change));
    if (set === undefined) continue;
    found.set(set.id, set);
    known.set(set.id, set);
  }
  return found;
}

/** When batches that still wait were received first. */
function waitingSince(open: LedgerView['openReceipts'], settled: LedgerView['settled']): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { entries } of open)
    for (const [batch, timeMs] of entries) if (!settled.has(batch)) times.set(batch, Math.min(timeMs, times.get(batch) ?? timeMs));
  return times;
}

function newestVotes(lines: readonly VoteLine[], steps: readonly ChainStep[]): ReadonlyMap<string, StoredVote> {
  return new Map(
    lines.flatMap(({ device, before, votes }) => {
      const newest = votes.findLast(({ vote }) => isForItsCheckpoint(vote, steps)) ?? before;
      return newest === undefined ? [] : [[device, newest] as const];
    }),
  );
}
