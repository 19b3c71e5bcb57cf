// What members write: for engine 0 removals, grants, ballots and facts, for real bylaws mostly what their open cases ask for.
import { createHash } from 'node:crypto';
import { changeId, encodeChangeSet, entriesUnder, openCases, type EventDraft, type JsonObject } from '../../engine/index.ts';
import { buildTrees, comparePaths, contentHashes, contentIdentity, type ContentFile } from '../../node/git/content.ts';
import { blobObject, contentHash, objectId, plainCommit, type GitObject } from '../../node/git/object.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { note, people } from '../determinism/stream.ts';
import type { Dice } from '../vectors/dice.ts';
import { harbour, harbourPath, type HarbourBylaws } from './founding.ts';

/** An event without its time, with what travels beside it: files of its batch, and the objects of a commit that it proposes. */
export type Said = Omit<EventDraft, 'tsMs'> & { readonly attachments?: readonly Uint8Array[]; readonly objects?: readonly GitObject[] };

/** Something that somebody wants to say. */
export interface Spoken {
  readonly by: string;
  readonly said: Said;
}

/** Names that bylaws' workload knows; more members than these have names of their own. */
export function memberName(index: number): string {
  return people[index] ?? `m${index}`;
}

const caseIds = ['1', '2'].map((name) => createHash('sha256').update(`case ${name}`).digest('hex'));

/** One event of engine 0 by somebody. */
export function zeroEvent(dice: Dice, input: { readonly members: readonly string[]; readonly devices: readonly string[] }): Said {
  const of = caseIds[dice.below(2)] ?? '';
  const about = input.members[dice.below(input.members.length)] ?? '';
  const role = dice.once(2) ? 'officer' : 'keeper';
  const act = (body: JsonObject): Said => ({ kind: 'act', case: of, body: { stage: 1, ...body } });
  switch (dice.below(16)) {
    case 0:
      return act({ about, verb: 'dismiss' });
    case 1:
    case 2:
      return act({ about, text: role, verb: 'remove' });
    case 3:
    case 4:
    case 5:
      return act({ about, text: role, verb: 'grant' });
    case 6:
      return act({ verb: 'close' });
    case 7:
      return { kind: 'resign', body: { role } };
    case 8:
      return dice.once(3)
        ? { kind: 'key.revoke', body: { device: input.devices[dice.below(input.devices.length)] ?? '', reason: 'lost' } }
        : { kind: 'fact', body: { data: { door: 'back' }, type: 'door.opened' } };
    case 9:
    case 10:
      return { kind: 'fact', body: { data: { door: dice.once(2) ? 'front' : 'back' }, type: 'door.opened' } };
    default:
      return { kind: 'ballot', case: of, body: { choice: dice.once(2) ? 'yes' : 'no', stage: 1 } };
  }
}

/** What open cases ask for, by somebody whom they ask. */
function answer(dice: Dice, view: LedgerView): Spoken | undefined {
  const open = openCases(view.state);
  const of = open[dice.below(Math.max(1, open.length))];
  const asked = of?.acts[dice.below(Math.max(1, of.acts.length))];
  const by = asked?.people[dice.below(Math.max(1, asked.people.length))];
  if (of === undefined || asked === undefined || by === undefined) return undefined;
  if (asked.verb !== 'vote') return { by, said: { kind: 'act', case: of.id, body: { stage: asked.entry, verb: asked.verb } } };
  return { by, said: { kind: 'ballot', case: of.id, body: { choice: dice.once(4) ? 'no' : 'yes', stage: asked.entry } } };
}

/** A part of what a case has paid is spent by whom it was paid to; now and then more than there is. */
function spending(dice: Dice, view: LedgerView): Spoken | undefined {
  const paid = entriesUnder(view.state, 'paid/till/');
  const [key, value] = paid[dice.below(Math.max(1, paid.length))] ?? [];
  const by = value?.['recipient'];
  if (key === undefined || typeof by !== 'string') return undefined;
  const amount = String(1 + dice.below(Number(value?.['amount'] ?? 1)));
  return { by, said: { kind: 'spend', body: { account: 'till', amount, escrow: key.slice('paid/till/'.length), to: 'chandler' } } };
}

function payment(dice: Dice, view: LedgerView): Spoken {
  const body = { amount: String(500 + dice.below(4_600)), bylaws: view.bylawsHash, process: 'payment', recipient: memberName(dice.below(4)) };
  return { by: memberName(dice.below(4)), said: { kind: 'propose', body } };
}

/** One event under real bylaws, with who wants to write it. */
export function bylawsEvent(dice: Dice, view: LedgerView): Spoken {
  const made = dice.below(12);
  const own = made < 4 ? answer(dice, view) : made < 6 ? spending(dice, view) : made === 6 ? payment(dice, view) : undefined;
  if (own !== undefined) return own;
  const author = { charter: view.charter, hash: view.bylawsHash, chance: (below: number) => dice.below(below) };
  const other = note(author, openCases(view.state));
  // A change is made where the files are.
  if (other.change !== undefined) return { by: other.by, said: { kind: 'fact', body: { data: { open: true }, type: 'door.opened' } } };
  return { by: other.by, said: { kind: other.kind, body: other.body, ...(other.case === undefined ? {} : { case: other.case }) } };
}

const paths = ['notes/tides.md', 'notes/ice.md', 'charts/east.csv', 'notes/charts/west.csv'] as const;

/** One file of main as somebody wants it: written, made executable, or gone; or bylaws in which the motions of the council stay open for another time. */
function edited(dice: Dice, view: LedgerView): Edit {
  if (dice.once(6)) {
    const bylaws = harbour(view.genesis.finality, 30 + dice.below(3));
    return { path: harbourPath, process: 'amendment', mode: '100644', bytes: Buffer.from(bylaws.text, 'utf8'), bylaws };
  }
  const path = paths[dice.below(paths.length)] ?? paths[0];
  // Now and then by a process that does not answer for the path.
  const process = path.includes('charts') === dice.once(12) ? 'note' : 'charting';
  const old = view.mainFiles.find((file) => file.path === path);
  if (old !== undefined && dice.once(3)) return { path, process, mode: old.mode === '100644' ? '100755' : '100644', bytes: undefined };
  if (old !== undefined && dice.once(5)) return { path, process, mode: 'absent', bytes: undefined };
  return { path, process, mode: old?.mode ?? '100644', bytes: Buffer.from(`Entry ${dice.below(50)}\n`, 'utf8') };
}

/** A change of one file. */
export interface Edit {
  readonly path: string;
  readonly process: string;
  /** `absent`: the file goes. */
  readonly mode: string;
  /** Undefined where the bytes stay. */
  readonly bytes: Uint8Array | undefined;
  readonly bylaws?: HarbourBylaws;
}

/** A proposal of some change, made in a clone with that view; undefined where it would change nothing. */
export function change(dice: Dice, view: LedgerView, member: string): Promise<Said | undefined> {
  return changeOf(view, member, edited(dice, view));
}

/** The same of one edit. */
export async function changeOf(view: LedgerView, member: string, edit: Edit): Promise<Said | undefined> {
  const old = view.mainFiles.find((file) => file.path === edit.path);
  const blob = edit.bytes === undefined ? undefined : blobObject(edit.bytes);
  const id = blob === undefined ? old?.id : objectId(blob);
  const fresh = edit.mode === 'absent' || id === undefined ? undefined : { path: edit.path, mode: edit.mode, id };
  const hashes = new Map(await contentHashes(view.repository, old === undefined ? [] : [old.id]));
  if (blob !== undefined) hashes.set(objectId(blob), contentHash(blob.bytes));
  const identity = (file: ContentFile | undefined): string => (file === undefined ? 'absent' : contentIdentity(file, hashes));
  const entries = [{ path: edit.path, old: identity(old), new: identity(fresh) }];
  if (identity(old) === identity(fresh)) return undefined;
  const files = [...view.mainFiles.filter(({ path }) => path !== edit.path), ...(fresh === undefined ? [] : [fresh])];
  const trees = buildTrees(files.toSorted((left, right) => comparePaths(left.path, right.path)));
  const person = `${member} <${member}@example.org>`;
  const head = plainCommit({ tree: trees.root, parents: [view.mainCommit], person, seconds: Math.floor(view.tip.timeMs / 1_000), message: 'Change\n' });
  const bytes = encodeChangeSet(entries);
  const adopts = edit.bylaws === undefined ? {} : { adopts: edit.bylaws.hash };
  return {
    kind: 'propose',
    body: { ...adopts, bylaws: view.bylawsHash, change: changeId(bytes), head: objectId(head), process: edit.process, text: `About ${edit.path}` },
    attachments: [bytes, ...(edit.bylaws === undefined ? [] : [edit.bylaws.bytes])],
    objects: [...(blob === undefined ? [] : [blob]), ...trees.objects, head],
  };
}
