// Judges a push inside git's quarantine: names, sizes, batches, proposals (node.md section 3, ledger.md section 8). A push is accepted or refused whole.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { zeros64 } from '../../engine/index.ts';
import { awaitLock } from '../git/leftovers.ts';
import { measurePacks } from '../git/pack-budgets.ts';
import { contentTree, type ContentFile } from '../git/content.ts';
import { treeLimits } from '../git/path-policy.ts';
import { withWaiting, type WaitingObjects } from '../git/waiting-objects.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import type { Quarantine } from '../git/quarantine.ts';
import { batchRefusal } from '../gate/admission.ts';
import type { StoredBatch } from '../ledger/batch.ts';
import { freshCommits } from '../ledger/fresh-commits.ts';
import { checkBatches, openLedger } from '../ledger/replay.ts';
import { memberOf, placedBatch, withBatches, type LedgerView, type PlacedBatch } from '../ledger/view.ts';
import { mainAdvice } from './push-advice.ts';

/** One line that git gives its hook: `old new ref`; undefined stands for forty zeros. */
export interface PushedUpdate {
  readonly ref: string;
  readonly old: string | undefined;
  readonly next: string | undefined;
}

/** One reason why a push is refused, with sentences for the person who pushed. */
export interface PushRefusal {
  readonly ref: string;
  readonly code: `GDO${string}`;
  readonly reason: string;
  readonly advice: readonly string[];
}

/** The answer to a push. `batches`: what it adds to the logs, dependencies first. */
export type PushVerdict =
  | { readonly kind: 'accepted'; readonly batches: readonly StoredBatch[] }
  | { readonly kind: 'refused'; readonly refusals: readonly PushRefusal[] };

/** node.md section 3: what one push may name. */
const budgets = { updatesCount: 1_000, proposalCommitsCount: 1_000 } as const;

/** Reads what git writes on a hook's standard input. Lines of another form are dropped, and git never writes any. */
export function parseUpdates(text: string): readonly PushedUpdate[] {
  const id = (hex: string | undefined): string | undefined => (hex === undefined || /^0+$/.test(hex) ? undefined : hex);
  return text.split('\n').flatMap((line) => {
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) (refs\/\S+)$/.exec(line);
    return match === null ? [] : [{ old: id(match[1]), next: id(match[2]), ref: match[3] ?? '' }];
  });
}

/** The quarantine that git's environment names, or undefined outside a hook. */
export function quarantineOf(environment: Readonly<Record<string, string | undefined>>): Quarantine | undefined {
  const objectDirectory = environment['GIT_OBJECT_DIRECTORY'] ?? environment['GIT_QUARANTINE_PATH'];
  return objectDirectory === undefined ? undefined : { objectDirectory, alternates: environment['GIT_ALTERNATE_OBJECT_DIRECTORIES'] ?? '' };
}

/** Judges the push that git's environment holds in quarantine. @param path - the repository's git directory */
export function judgeReceivedPush(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
  updates: readonly PushedUpdate[],
): Promise<PushVerdict> {
  return judgeInQuarantine({ path, quarantine: quarantineOf(environment), updates, view: (repository) => openLedger(repository, undefined, 'snapshot') });
}

/** A push to judge. `view` gives the ledger before it; `measured` hears how many objects arrived. */
export interface QuarantinedPush {
  readonly path: string;
  readonly quarantine: Quarantine | undefined;
  readonly updates: readonly PushedUpdate[];
  readonly view: (repository: Repository) => Promise<LedgerView>;
  /** The objects themselves, where they are few: then no program is started to measure and read them. */
  readonly waiting?: WaitingObjects | undefined;
  readonly measured?: (objectsCount: number) => void;
}

/** Judges a push: first its sizes, then what it says. */
export async function judgeInQuarantine({ path, quarantine, updates, view, waiting, measured }: QuarantinedPush): Promise<PushVerdict> {
  const opened = openRepository(path, quarantine);
  const repository = waiting === undefined ? opened : withWaiting(opened, waiting);
  try {
    const measure = waiting?.measure ?? (quarantine === undefined ? undefined : await measurePacks(repository.gitDirectory, quarantine.objectDirectory));
    if (measure?.kind === 'over') {
      const advice = ['Push less at once, or keep large files out of the governed content.'];
      return { kind: 'refused', refusals: [refusal(updates[0]?.ref ?? '', 'GDO4011', measure.reason, advice)] };
    }
    measured?.(measure?.objectsCount ?? 0);
    const verdict = await judgePush(repository, await view(repository), updates);
    if (verdict.kind === 'accepted') await awaitLocks(path, updates);
    return verdict;
  } finally {
    opened.close();
  }
}

/** Git gives up at a lock that a killed push left; the names were judged before, so each is a file below refs. */
async function awaitLocks(path: string, updates: readonly PushedUpdate[]): Promise<void> {
  for (const { ref } of updates) {
    const lock = join(path, `${ref}.lock`);
    if (existsSync(lock)) await awaitLock(path, lock);
  }
}

/** What `gdo hook pre-receive` does: reads git's lines and environment. @returns exit code 0 or 1, and the text for the person who pushed */
export async function runPreReceive(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
  input: string,
): Promise<{ readonly code: 0 | 1; readonly text: string }> {
  const verdict = await judgeReceivedPush(path, environment, parseUpdates(input));
  return verdict.kind === 'accepted' ? { code: 0, text: '' } : { code: 1, text: refusalText(verdict.refusals) };
}

/** Judges a push whose objects `repository` can read. @param view - the ledger before it */
export async function judgePush(repository: Repository, view: LedgerView, updates: readonly PushedUpdate[]): Promise<PushVerdict> {
  const refusals: PushRefusal[] = [];
  const logs: PushedUpdate[] = [];
  if (updates.length > budgets.updatesCount)
    return { kind: 'refused', refusals: [refusal(updates[0]?.ref ?? '', 'GDO4011', `A push names at most ${budgets.updatesCount} refs`)] };
  for (const update of updates) {
    const { ref } = update;
    if (ref === 'refs/heads/main' || ref === 'refs/gdo/checkpoint') {
      const reason = ref === 'refs/heads/main' ? 'Main moves only by a case that the bylaws accept' : 'Checkpoints are made by the node itself';
      refusals.push(refusal(ref, 'GDO2015', reason, await mainAdvice(repository, view, ref === 'refs/heads/main' ? update.next : undefined)));
    } else if (update.next === undefined) {
      refusals.push(refusal(ref, 'GDO1030', 'Nothing in a ledger is deleted'));
    } else if (/^refs\/gdo\/(log|proposal)\//.test(ref) && (await repository.readObject(update.next))?.kind !== 'commit') {
      // Git would follow a tag to its commit, and lets any ref outside of refs/heads point at a file.
      refusals.push(refusal(ref, 'GDO1010', 'Logs and proposals end in a commit'));
    } else if (/^refs\/gdo\/log\/[0-9a-f]{64}$/.test(ref)) {
      logs.push(update);
    } else if (/^refs\/gdo\/proposal\/[0-9a-f]{64}\/[a-z0-9-]{1,64}$/.test(ref)) {
      refusals.push(...(await proposalRefusals(repository, view, { ref, next: update.next })));
    } else {
      refusals.push(
        refusal(ref, 'GDO1030', 'This repository takes only logs and proposals', ['Push your log with `gdo sync`, and a branch with `gdo start`.']),
      );
    }
  }
  const judged = await judgeLogs(repository, view, logs);
  refusals.push(...judged.refusals);
  return refusals.length === 0 ? { kind: 'accepted', batches: judged.batches } : { kind: 'refused', refusals };
}

/** What the person who pushed reads, one line each; git puts `remote:` in front. */
export function refusalText(refusals: readonly PushRefusal[]): string {
  return refusals.map((one) => [`${one.code} ${one.ref} was not accepted: ${one.reason}.`, ...one.advice.map((line) => `  ${line}`), ''].join('\n')).join('');
}

function refusal(ref: string, code: `GDO${string}`, reason: string, advice: readonly string[] = []): PushRefusal {
  return { ref, code, reason, advice };
}

async function judgeLogs(
  repository: Repository,
  view: LedgerView,
  logs: readonly PushedUpdate[],
): Promise<{ readonly batches: readonly StoredBatch[]; readonly refusals: readonly PushRefusal[] }> {
  const refusals: PushRefusal[] = [];
  const heads = logs.flatMap((update) => (update.next === undefined ? [] : [update.next]));
  const commits = await freshCommits(repository, view, heads);
  const checked = await checkBatches({ ...view, repository }, commits, (id) => view.checkpointById.has(id));
  const [firstRejected] = checked.rejected;
  if (firstRejected !== undefined) {
    const ref = logs.find((update) => update.next === firstRejected.commit)?.ref ?? logs[0]?.ref ?? '';
    refusals.push(refusal(ref, firstRejected.code, `batch ${firstRejected.commit.slice(0, 10)}: ${firstRejected.reason}`));
    return { batches: [], refusals };
  }
  const next = withBatches({ ...view, repository }, checked.added, []);
  for (const update of logs) {
    const device = update.ref.slice(-64);
    const head = placedBatch(next, next.seen.get(update.next ?? '') ?? '');
    const before = view.heads.get(device);
    if (head === undefined || head.batch.device !== device) {
      refusals.push(refusal(update.ref, 'GDO1015', 'The log holds batches of another key'));
    } else if (before !== undefined && !descends(next, head, before.batch.id)) {
      refusals.push(forked(update.ref, 'Another batch with this number was accepted before'));
    }
  }
  // What a batch builds on comes in with it, and must be of the branch that was accepted too.
  for (const { batch } of refusals.length > 0 ? [] : branching(view, checked.added))
    refusals.push(forked(logs[0]?.ref ?? '', `batch ${batch.id.slice(0, 10)} of another log has a number for which another batch was accepted before`));
  for (const [index, stored] of checked.added.entries()) {
    const refused = await batchRefusal(repository, next, { stored, before: [...view.pending, ...checked.added.slice(0, index)] });
    if (refused !== undefined)
      refusals.push(refusal(`refs/gdo/log/${stored.batch.device}`, refused.code, `batch ${stored.commit.slice(0, 10)}: ${refused.reason}`));
  }
  return { batches: checked.added, refusals };
}

function forked(ref: string, reason: string): PushRefusal {
  return refusal(ref, 'GDO1043', reason, ['Fetch with `gdo sync` and sign again: nothing you decided is lost.']);
}

/** Batches of a push that begin another branch of their key than the one that the view has. */
function branching(view: LedgerView, added: readonly StoredBatch[]): readonly StoredBatch[] {
  const newest = new Map<string, string>();
  return added.filter(({ batch }) => {
    if (placedBatch(view, batch.id) !== undefined) return false;
    const isNext = batch.prev === (newest.get(batch.device) ?? view.heads.get(batch.device)?.batch.id ?? zeros64);
    if (isNext) newest.set(batch.device, batch.id);
    return !isNext;
  });
}

/** True iff the batch `ancestor` is in the line of one device that ends in `head`. */
function descends(view: LedgerView, head: PlacedBatch, ancestor: string): boolean {
  for (let at: PlacedBatch | undefined = head; at !== undefined; at = placedBatch(view, at.batch.prev)) if (at.batch.id === ancestor) return true;
  return false;
}

async function proposalRefusals(
  repository: Repository,
  view: LedgerView,
  update: { readonly ref: string; readonly next: string },
): Promise<readonly PushRefusal[]> {
  const device = update.ref.split('/')[3] ?? '';
  if (memberOf(view.state, device) === undefined) return [refusal(update.ref, 'GDO1015', 'The key that the name holds belongs to no member')];
  const fault = await proposalFault(repository, view.mainCommit, update.next);
  return fault === undefined ? [] : [refusal(update.ref, 'GDO2014', fault.reason, fault.advice)];
}

/** What is wrong with the history that a proposal brings on top of main: every commit of it would become public (GDO2014). */
export async function proposalFault(
  repository: Repository,
  main: string,
  head: string,
): Promise<{ readonly reason: string; readonly advice: readonly string[] } | undefined> {
  const commits = await repository.walk([head], [main]);
  if (commits.length > budgets.proposalCommitsCount) return { reason: `A proposal has at most ${budgets.proposalCommitsCount} commits`, advice: [] };
  const trees: (readonly ContentFile[])[] = [];
  for (const commit of commits) {
    const tree = await contentTree(repository, commit);
    const advice = ['Every commit of a proposal becomes public history, so each one must pass.'];
    if (tree.kind === 'refused') return { reason: `in commit ${commit.slice(0, 10)}, ${tree.path} ${tree.reason}`, advice };
    trees.push(tree.files);
  }
  const over = await namedBytesFault(repository, trees);
  return over === undefined ? undefined : { reason: over, advice: [] };
}

/** How many bytes the trees of commits name, repetition counted: a thousand names of one large file fill a disk too. */
async function namedBytesFault(repository: Repository, trees: readonly (readonly ContentFile[])[]): Promise<string | undefined> {
  const ids = [...new Set(trees.flatMap((files) => files.map((file) => file.id)))];
  const sizes = await repository.sizes(ids);
  const sizeOf = new Map(ids.map((id, index) => [id, sizes[index] ?? 0]));
  const isOver = trees.some((files) => files.reduce((sum, file) => sum + (sizeOf.get(file.id) ?? 0), 0) > treeLimits.namedBytes);
  return isOver ? `the files of a commit have at most ${treeLimits.namedBytes} bytes` : undefined;
}
