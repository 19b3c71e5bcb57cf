// Takes in what another copy of a ledger has: fetched into a quarantine, judged there as if it were here, and taken only where it continues what is here.
import { readEntry } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { batchRefusal } from '../gate/admission.ts';
import { fetchArrival, type Arrival } from '../git/arrival.ts';
import type { RefChange, RefEntry, Repository } from '../git/repository.ts';
import { listRemote, type Remote } from '../git/transport.ts';
import { prunedRef, readPrunedStatement } from '../ledger/pruned.ts';
import { hasLedger, replayLedger } from '../ledger/replay.ts';
import { moveRefs, relationOf } from '../ledger/sync.ts';
import type { LedgerView } from '../ledger/view.ts';
import { proposalFault } from '../receive/pre-receive.ts';

const wanted = /^refs\/gdo\/(genesis|checkpoint|(log|receipt|cosign)\/[0-9a-f]{64}|proposal\/[0-9a-f]{64}\/[a-z0-9-]{1,64})$|^refs\/heads\/main$/;
/** Class order of node.md section 7: where all of it is too much at once, what is final comes first. */
const classes = ['refs/gdo/genesis', 'refs/gdo/checkpoint', 'refs/gdo/cosign/', 'refs/gdo/receipt/', 'refs/gdo/log/', 'refs/gdo/proposal/', 'refs/heads/main'];
/** A ledger for 10,000 members with all their proposals has fewer. */
const refsMax = 200_000;
/** Judged again without what was refused; each time something is left out, so a hostile copy ends this soon. */
const judgementsMax = 8;

/** What a fetch did. */
export interface Fetched {
  /** Refs that moved here. */
  readonly moved: readonly string[];
  /** Logs of which this copy has more than the other side: they want a push. */
  readonly ahead: readonly string[];
  /** Logs of one key that went two ways; the other side's was taken and ours is kept at the commit named (GDO1043: sign anew). */
  readonly replaced: readonly { readonly ref: string; readonly commit: string }[];
  /** What was not taken, and why. */
  readonly refused: readonly RefusedRef[];
  /** The other side's main, which `followMain` takes only if the ledger accepts it. */
  readonly main: string | undefined;
  readonly objectsCount: number;
  /** The ledger with what was taken in. */
  readonly view: LedgerView;
}

/** A ref of the other side that was not taken. */
export interface RefusedRef {
  readonly ref: string;
  readonly code: `GDO${string}`;
  readonly reason: string;
}

/**
 * Who the other side is. `origin`: the node that a clone follows; where one key signed two branches, its branch is the one that counts. `peer`: another node,
 * which decides nothing for this one: of two branches ours stays, unless a final checkpoint names theirs, and batches pass the same door as a push.
 */
export type FetchedFrom = 'origin' | 'peer';

/** What a fetch starts from. */
export interface FetchRequest {
  readonly repository: Repository;
  readonly remote: Remote;
  readonly from: FetchedFrom;
  /** An earlier view of this repository: only what is new is read. */
  readonly previous?: LedgerView | undefined;
  /** Asked before anything is taken in. It throws where the ledger is not the one that is wanted. */
  readonly accepts?: (view: LedgerView) => void;
}

/**
 * Fetches a ledger. The own unpushed batches stay; main of this copy is not touched.
 * @throws WorldError GDO4002 unreachable, GDO4011 over the budgets, GDO5020 another organization's ledger, GDO1071 two different final lines, GDO1043 the ledger
 * moved meanwhile, or the code of the first fault of theirs: then nothing was taken in
 */
export async function fetchLedger(request: FetchRequest): Promise<Fetched> {
  const { repository, remote } = request;
  return takeIn(request, await listRemote(repository, remote), (refs) => fetchArrival(repository, remote, refs));
}

/**
 * Takes in what another copy has, however it comes here.
 * @param refs - the refs of the other side
 * @param arrive - brings what some of them lead to into a quarantine
 * @throws WorldError as `fetchLedger` does
 */
export async function takeIn(request: FetchRequest, refs: readonly RefEntry[], arrive: (refs: readonly string[]) => Promise<Arrival>): Promise<Fetched> {
  const { repository, remote } = request;
  const theirs = refs.filter((entry) => wanted.test(entry.ref)).toSorted(byClass);
  if (theirs.length > refsMax)
    throw new WorldError('GDO4011', `The repository at ${remote.address} has more than ${refsMax} refs`, 'look at it before you use it');
  const genesis = theirs.find((entry) => entry.ref === 'refs/gdo/genesis');
  if (genesis === undefined)
    throw new WorldError('GDO5020', `There is no ledger at ${remote.address}`, 'check the address, or found one there with `gdo found`');
  const ours = new Map((await repository.list('refs/gdo')).map((entry) => [entry.ref, entry.id]));
  // Looked at before anything else: another organization's final line is no proof of a fault.
  refuseStrangers(genesis, ours.get(genesis.ref));
  const fresh = theirs.filter((entry) => ours.get(entry.ref) !== entry.id);
  const missing = await unknown(repository, fresh);
  if (missing.length > 0) await refuseTooLate(request, refs, arrive);
  const arrival = missing.length === 0 ? undefined : await arrive(missing);
  try {
    const taken = await judge(request, ours, { fresh, arrival });
    arrival?.promote();
    await moveRefs(repository, taken.changes);
    const known = new Set(theirs.map((entry) => entry.ref));
    const untold = [...ours.keys()].filter((ref) => ref.startsWith('refs/gdo/log/') && !known.has(ref));
    return {
      moved: taken.changes.map((change) => change.ref),
      ahead: [...taken.ahead, ...untold].toSorted(byText),
      replaced: taken.replaced,
      refused: taken.refused,
      main: theirs.find((entry) => entry.ref === 'refs/heads/main')?.id,
      objectsCount: arrival?.objectsCount ?? 0,
      view: taken.view,
    };
  } finally {
    arrival?.discard();
  }
}

interface Taken {
  readonly changes: readonly RefChange[];
  readonly ahead: readonly string[];
  readonly replaced: readonly { readonly ref: string; readonly commit: string }[];
  readonly refused: readonly RefusedRef[];
  readonly view: LedgerView;
}

/** Chooses what to take: replays the ledger as it would be then, and leaves out what that refuses. */
async function judge(
  request: FetchRequest,
  ours: ReadonlyMap<string, string>,
  input: { readonly fresh: readonly RefEntry[]; readonly arrival: Arrival | undefined },
): Promise<Taken> {
  const { repository, from, previous } = request;
  const seen = input.arrival?.repository ?? repository;
  const refused = new Map<string, RefusedRef>();
  for (const { ref, reason } of input.arrival?.over ?? []) refused.set(ref, { ref, code: 'GDO4011', reason });
  const ahead: string[] = [];
  const behind: RefChange[] = [];
  const apart: RefChange[] = [];
  for (const { ref, id } of input.fresh.filter((one) => one.ref !== 'refs/heads/main' && !refused.has(one.ref))) {
    const old = ours.get(ref);
    const relation = old === undefined ? 'behind' : await relationOf(seen, old, id);
    if (relation === 'ahead') ahead.push(ref);
    if (relation === 'behind') behind.push({ ref, old, next: id });
    if (relation === 'apart') {
      if (finalLine.test(ref)) throw await apartFault(request, input, ref);
      apart.push({ ref, old, next: id });
    }
  }
  let takesApart = from === 'origin';
  for (let attempt = 0; attempt < judgementsMax; attempt += 1) {
    // A proposal of another node's that went another way than ours has no rule that chooses: ours stays.
    const changes = [...behind, ...(takesApart ? apart : [])].filter(({ ref }) => !refused.has(ref));
    const overlay = repositoryAfter(seen, ours, changes);
    const replay = (await hasLedger(overlay)) ? await replayLedger(overlay, previous && { ...previous, repository: overlay }, 'snapshot') : undefined;
    if (replay?.kind !== 'ok') {
      if (!takesApart && apart.length > 0) {
        takesApart = true;
        continue;
      }
      throw faultOf(request.remote, replay);
    }
    const found = await refusals(replay.view, changes, from);
    for (const one of found) refused.set(one.ref, one);
    if (found.length > 0) continue;
    request.accepts?.(replay.view);
    const logs = takesApart ? apart.filter(({ ref }) => ref.startsWith('refs/gdo/log/') && !refused.has(ref)) : [];
    const replaced = logs.flatMap(({ ref, old }) => (old === undefined ? [] : [{ ref, commit: old }]));
    return { changes, ahead, replaced, refused: [...refused.values()], view: { ...replay.view, repository } };
  }
  throw new WorldError('GDO4011', `The repository at ${request.remote.address} has more that is wrong than gdo sorts out`, 'look at it before you use it');
}

/** What of the changes is not taken: logs that end in no valid batch, and from a peer whatever a push could not bring either. */
async function refusals(view: LedgerView, changes: readonly RefChange[], from: FetchedFrom): Promise<readonly RefusedRef[]> {
  const found: RefusedRef[] = [];
  const fresh = new Set<string>();
  for (const { ref, next = '' } of changes) {
    const [, , kind, device = ''] = ref.split('/');
    if (kind === 'log' && view.seen.get(next) === undefined) {
      const why = view.rejected.find((one) => one.commit === next) ?? view.rejected.find((one) => one.ref === ref);
      found.push({ ref, code: why?.code ?? 'GDO1010', reason: why?.reason ?? 'it does not end in a batch' });
    } else if (kind === 'log') {
      fresh.add(device);
    } else if (kind === 'proposal') {
      // A key that is revoked by now may have a proposal that is still decided; one that never was a member's has none.
      const fault = readEntry(view.state, `key/${device}`) === undefined ? undefined : await proposalFault(view.repository, view.mainCommit, next);
      if (readEntry(view.state, `key/${device}`) === undefined)
        found.push({ ref, code: 'GDO1015', reason: 'the key that its name holds belongs to no member' });
      else if (fault !== undefined) found.push({ ref, code: 'GDO2014', reason: fault.reason });
    }
  }
  if (from === 'origin') return found;
  const judged = new Set<string>();
  for (const [index, stored] of view.pending.entries()) {
    const { device } = stored.batch;
    if (!fresh.has(device) || judged.has(device)) continue;
    const refusal = await batchRefusal(view.repository, view, { stored, before: view.pending.slice(0, index) });
    if (refusal === undefined) continue;
    judged.add(device);
    found.push({ ref: `refs/gdo/log/${device}`, code: refusal.code, reason: refusal.reason });
  }
  return found;
}

/** A pruned copy cannot give what it dropped: whoever is further behind hears so, and from what it still goes on. @throws WorldError GDO4014 */
async function refuseTooLate(
  { remote, previous }: FetchRequest,
  refs: readonly RefEntry[],
  arrive: (refs: readonly string[]) => Promise<Arrival>,
): Promise<void> {
  const entry = refs.find(({ ref }) => ref === prunedRef);
  if (entry === undefined) return;
  const arrival = await arrive([prunedRef]);
  try {
    const pruned = await readPrunedStatement(arrival.repository, entry.id);
    const height = previous?.tip.height;
    if (pruned === undefined || (height !== undefined && height >= pruned.height)) return;
    const own = height === undefined ? 'there is no ledger here yet' : `this copy ends at checkpoint ${height}`;
    throw new WorldError(
      'GDO4014',
      `The copy at ${remote.address} does not hold what was recorded before checkpoint ${pruned.height}, and ${own}`,
      'fetch from a copy that holds it:  gdo sync --peer ADDRESS',
    );
  } finally {
    arrival.discard();
  }
}

/** Those refs whose objects are not here. */
async function unknown(repository: Repository, fresh: readonly RefEntry[]): Promise<readonly string[]> {
  const sizes = await repository.sizes(fresh.map((entry) => entry.id));
  return fresh.flatMap((entry, index) => (sizes[index] === undefined ? [entry.ref] : []));
}

/** The repository as it will be when refs have moved. It is only read. */
function repositoryAfter(seen: Repository, ours: ReadonlyMap<string, string>, changes: readonly RefChange[]): Repository {
  const refs = new Map(ours);
  for (const { ref, next } of changes) if (next !== undefined) refs.set(ref, next);
  const entries = [...refs].map(([ref, id]) => ({ ref, id })).toSorted((left, right) => byText(left.ref, right.ref));
  return {
    ...seen,
    list: (prefix) => Promise.resolve(entries.filter(({ ref }) => ref === prefix || ref.startsWith(`${prefix}/`))),
    resolve: (ref) => (ref.startsWith('refs/gdo/') ? Promise.resolve(refs.get(ref)) : seen.resolve(ref)),
  };
}

/** A genesis never moves: another one is another organization. */
function refuseStrangers(genesis: RefEntry, ours: string | undefined): void {
  if (ours !== undefined && ours !== genesis.id)
    throw new WorldError('GDO5020', 'The ledger there belongs to another organization', 'use another clone for it');
}

const finalLine = /^refs\/gdo\/(checkpoint|receipt|cosign)/;

/**
 * Their final line is not ours. Whoever can write a ref can say so: only if theirs holds by itself, votes and all, does it prove that a witness signed twice.
 */
async function apartFault(
  request: FetchRequest,
  input: { readonly fresh: readonly RefEntry[]; readonly arrival: Arrival | undefined },
  ref: string,
): Promise<WorldError> {
  const seen = input.arrival?.repository ?? request.repository;
  const ours = new Map((await request.repository.list('refs/gdo')).map((entry) => [entry.ref, entry.id]));
  const theirs = repositoryAfter(
    seen,
    ours,
    input.fresh.map(({ ref: name, id }) => ({ ref: name, old: undefined, next: id })),
  );
  const replay = await replayLedger(theirs);
  if (replay.kind === 'fault' && replay.fault.code !== 'GDO1071') return faultOf(request.remote, replay);
  return new WorldError(
    'GDO1071',
    `The ledger at ${request.remote.address} has another final line than this copy (${ref})`,
    'stop, keep both copies, and ask the steward: two final lines prove a fault',
  );
}

function faultOf(
  remote: Remote,
  replay: { readonly fault: { readonly code: `GDO${string}`; readonly what: string; readonly object: string } } | undefined,
): WorldError {
  if (replay === undefined) return new WorldError('GDO5020', `There is no ledger at ${remote.address}`, 'check the address');
  const { code, what, object } = replay.fault;
  return new WorldError(code, `The ledger at ${remote.address} is not as its rules say: ${what} (object ${object})`, 'nothing was taken in; ask another copy');
}

function byClass(left: RefEntry, right: RefEntry): number {
  const rank = ({ ref }: RefEntry): number => classes.findIndex((one) => ref === one || ref.startsWith(one));
  return rank(left) - rank(right) || byText(left.ref, right.ref);
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
