// Leaving an organization and coming back: what a fork takes over from its parent, whether one does, and which changes of a fork fit on today's main (SPEC.md
// section 8, ledger.md section 12). Nobody's permission is asked; nothing here decides a case.
import { entriesUnder, keyTextDevice, type Genesis, type State } from '../../engine/index.ts';
import { buildTrees, comparePaths, contentPairs, contentTree, type ContentFile } from '../git/content.ts';
import { objectId, plainCommit } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import { WorldError } from '../cli/command.ts';
import { memberOf, type CheckpointRecord, type LedgerView } from './view.ts';

/** The roles that members hold at the tip, by role, as a genesis lists them. */
export function heldRoles(state: State, members: readonly string[]): readonly (readonly [role: string, ids: readonly string[]])[] {
  const held = new Map<string, string[]>();
  for (const [key] of entriesUnder(state, 'role/')) {
    const [, role = '', member = ''] = key.split('/');
    if (members.includes(member)) held.set(role, [...(held.get(role) ?? []), member]);
  }
  return [...held].map(([role, ids]) => [role, ids.toSorted()] as const);
}

/** Why a genesis is no fork of this organization, as a sentence part; undefined where it is one. */
export function forkProblem(view: LedgerView, genesis: Genesis): string | undefined {
  const from = view.checkpoints.find(({ id }) => id === genesis.parent?.checkpoint);
  if (genesis.parent?.org !== view.org || from === undefined) return 'it does not go on from a final checkpoint of this organization';
  const { statement, state } = from;
  if (genesis.bylaws !== statement.bylaws) return 'it has other bylaws than that checkpoint';
  if (genesis.mainCommit !== statement.mainCommit || genesis.mainContent !== statement.mainContent) return 'it has other files than that checkpoint';
  if (genesis.timeMs <= from.timeMs) return 'it is not later than that checkpoint';
  for (const [member, keys] of genesis.members) {
    if (keys.some((key) => memberOf(state, keyTextDevice(key) ?? '') !== member)) return `${member} had another key at that checkpoint`;
  }
  const held = new Map(
    heldRoles(
      state,
      genesis.members.map(([id]) => id),
    ),
  );
  const taken = genesis.roles.find(([role, ids]) => ids.some((id) => held.get(role)?.includes(id) !== true));
  return taken === undefined ? undefined : `it gives ${taken[0]} to somebody who did not hold it`;
}

/** Where two organizations parted: the checkpoint's main and bylaws. */
interface Parting {
  readonly mainCommit: string;
  readonly bylaws: string;
}

function partingOf(ours: LedgerView, theirs: LedgerView): Parting | undefined {
  const inside = (view: LedgerView, id: string | undefined): Parting | undefined => {
    const found: CheckpointRecord | undefined = view.checkpoints.find((one) => one.id === id);
    return found === undefined ? undefined : { mainCommit: found.statement.mainCommit, bylaws: found.statement.bylaws };
  };
  const [left, right] = [ours.genesis.parent, theirs.genesis.parent];
  if (right?.org === ours.org) return inside(ours, right.checkpoint);
  if (left?.org === theirs.org) return inside(theirs, left.checkpoint);
  const isSibling = left !== undefined && left.org === right?.org && left.checkpoint === right.checkpoint;
  return isSibling ? { mainCommit: ours.genesis.mainCommit, bylaws: ours.genesis.bylaws } : undefined;
}

/** What bringing a fork back would change. */
export type Rejoining =
  | { readonly kind: 'strangers' }
  /** Both sides changed these; people decide (GDO2012). */
  | { readonly kind: 'conflicts'; readonly paths: readonly string[]; readonly bylaws: boolean }
  | { readonly kind: 'nothing' }
  /** Our main with their changes. */
  | { readonly kind: 'change'; readonly paths: readonly string[]; readonly files: readonly ContentFile[] };

/**
 * Compares both mains with the one at which they parted. The objects of their main are in our repository already.
 * A path that both changed alike is no conflict.
 */
export async function rejoinOf(ours: LedgerView, theirs: LedgerView): Promise<Rejoining> {
  const parting = partingOf(ours, theirs);
  if (parting === undefined) return { kind: 'strangers' };
  const { repository } = ours;
  const [before, there] = [await filesOf(repository, parting.mainCommit), await filesOf(repository, theirs.mainCommit)];
  const [base, mine, other] = await Promise.all([before, ours.mainFiles, there].map(async (files) => new Map(await contentPairs(repository, files))));
  const paths = [...new Set([...(base?.keys() ?? []), ...(other?.keys() ?? [])])].toSorted(comparePaths);
  const changed = paths.filter((path) => other?.get(path) !== base?.get(path) && other?.get(path) !== mine?.get(path));
  const conflicts = changed.filter((path) => mine?.get(path) !== base?.get(path));
  const bothAmended = ours.bylawsHash !== parting.bylaws && theirs.bylawsHash !== parting.bylaws && ours.bylawsHash !== theirs.bylawsHash;
  if (conflicts.length > 0 || bothAmended) return { kind: 'conflicts', paths: conflicts, bylaws: bothAmended };
  if (changed.length === 0) return { kind: 'nothing' };
  const files = new Map(ours.mainFiles.map((file) => [file.path, file]));
  for (const path of changed) {
    const file = there.find((one) => one.path === path);
    if (file === undefined) files.delete(path);
    else files.set(path, file);
  }
  return { kind: 'change', paths: changed, files: [...files.values()].toSorted((left, right) => comparePaths(left.path, right.path)) };
}

async function filesOf(repository: Repository, commit: string): Promise<readonly ContentFile[]> {
  const tree = await contentTree(repository, commit);
  if (tree.kind === 'refused') throw new WorldError(tree.code, `The file ${tree.path} ${tree.reason}`, 'run `gdo audit` on both copies');
  return tree.files;
}

/** Commits what a fork brings back on top of our main, naming the checkpoint it comes from. @returns the commit */
export async function commitRejoin(ours: LedgerView, theirs: LedgerView, files: readonly ContentFile[], clockMs: number): Promise<string> {
  const trees = buildTrees(files);
  const commit = plainCommit({
    tree: trees.root,
    parents: [ours.mainCommit],
    person: 'gdo <gdo@invalid>',
    seconds: Math.floor(clockMs / 1000),
    message: `Rejoin ${theirs.org.slice(0, 16)} at checkpoint ${theirs.tip.height}\n\nGdo-Org: ${theirs.org}\nGdo-Checkpoint: ${theirs.tip.id}\n`,
  });
  await ours.repository.writeObjects([...trees.objects, commit]);
  return objectId(commit);
}
