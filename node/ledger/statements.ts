// Detached statements in git: receipts, votes and checkpoints as commits whose every byte is fixed (ledger.md section 7), and their signatures.
import { readArmour, utf8Encode, type MessageHash, type NativeEquation, type SshNamespace } from '../../engine/index.ts';
import { filesAsTree } from '../git/content.ts';
import { objectId, plainCommit, readCommitLinks, readTree, type GitObject } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import { keyDevice, verifyMessage } from './keys.ts';

const nobody = 'gdo <gdo@invalid>';

/** A commit to be stored. */
export interface NewCommit {
  readonly commit: string;
  readonly objects: readonly GitObject[];
}

function withTree(files: readonly (readonly [string, Uint8Array])[], commit: Omit<Parameters<typeof plainCommit>[0], 'tree' | 'person'>): NewCommit {
  const tree = filesAsTree(files);
  const object = plainCommit({ ...commit, tree: tree.root, person: nobody });
  return { commit: objectId(object), objects: [...tree.objects, object] };
}

/** The unsigned commit that carries a signed statement. @param parent - the previous commit of the same ref */
export function statementCommit(
  kind: 'receipt' | 'vote',
  statement: { readonly bytes: Uint8Array; readonly armour: string },
  parent: string | undefined,
): NewCommit {
  return withTree(
    [
      ['statement.json', statement.bytes],
      ['statement.sig', utf8Encode(statement.armour)],
    ],
    { parents: parent === undefined ? [] : [parent], seconds: 0, message: `gdo ${kind}\n` },
  );
}

/** The deterministic commit of a checkpoint; `snapshot` only at every 256th height. */
export function checkpointCommit(input: {
  readonly bytes: Uint8Array;
  readonly id: string;
  readonly height: number;
  readonly timeMs: number;
  readonly parent: string | undefined;
  readonly snapshot: Uint8Array | undefined;
}): NewCommit {
  const files = [['checkpoint.json', input.bytes] as const, ...(input.snapshot === undefined ? [] : [['state.ndjson', input.snapshot] as const])];
  return withTree(files, {
    parents: input.parent === undefined ? [] : [input.parent],
    seconds: Math.floor(input.timeMs / 1000),
    message: `gdo checkpoint ${input.height}\n\nGdo-Checkpoint: ${input.id}\n`,
  });
}

/** The parentless commit that says what a copy has dropped. @param input.ids - files `ids/<two digits>` */
export function prunedCommit(input: {
  readonly bytes: Uint8Array;
  readonly ids: readonly (readonly [path: string, bytes: Uint8Array])[];
  readonly height: number;
  readonly timeMs: number;
}): NewCommit {
  return withTree([['pruned.json', input.bytes], ...input.ids], {
    parents: [],
    seconds: Math.floor(input.timeMs / 1000),
    message: `gdo pruned ${input.height}\n`,
  });
}

/** The parentless commit of a genesis. */
export function genesisCommit(input: {
  readonly statement: Uint8Array;
  readonly bylaws: Uint8Array;
  readonly signatures: readonly (readonly [device: string, armour: string])[];
  readonly timeMs: number;
}): NewCommit {
  const signatures = input.signatures.map(([device, text]) => [`sig/${device}`, utf8Encode(text)] as const);
  return withTree([['genesis.json', input.statement], ['bylaws.json', input.bylaws], ...signatures], {
    parents: [],
    seconds: Math.floor(input.timeMs / 1000),
    message: 'gdo genesis\n',
  });
}

/** The files of a commit of ours, by path; undefined where the commit, a tree or a file is missing. Two levels at most. */
export async function readFiles(repository: Repository, commit: string): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const links = await commitLinks(repository, commit);
  if (links === undefined) return undefined;
  const files = new Map<string, Uint8Array>();
  const open = [{ id: links.tree, path: '' }];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const object = await repository.readObject(folder.id);
    const entries = object?.kind === 'tree' ? readTree(object.bytes) : undefined;
    if (entries === undefined) return undefined;
    const objects = await repository.readMany(entries.map((entry) => entry.id));
    for (const [index, entry] of entries.entries()) {
      const path = folder.path + Buffer.from(entry.name).toString('utf8');
      const child = objects[index];
      if (child === undefined) return undefined;
      if (child.kind === 'tree' && folder.path === '') open.push({ id: entry.id, path: `${path}/` });
      else files.set(path, child.bytes);
    }
  }
  return files;
}

/** Tree and parents of a commit, or undefined where it is missing. */
export async function commitLinks(repository: Repository, commit: string): Promise<{ readonly tree: string; readonly parents: readonly string[] } | undefined> {
  const object = await repository.readObject(commit);
  return object?.kind === 'commit' ? readCommitLinks(object.bytes) : undefined;
}

/** The commits of a linear ref, oldest first. */
export async function linearHistory(repository: Repository, tip: string | undefined): Promise<readonly string[]> {
  return tip === undefined ? [] : repository.walk([tip], []);
}

/** Who signed a statement. GDO1011 structure, GDO1014 another namespace, GDO1015 another key than has to sign, GDO1012 or GDO1013 the rule. */
export type StatementSigner =
  | { readonly kind: 'ok'; readonly device: string; readonly publicKey: Uint8Array }
  | { readonly kind: 'refused'; readonly code: `GDO${string}`; readonly reason: string };

/**
 * Checks the detached signature of a statement, cheapest first (SPEC.md section 4).
 * @param by.device - who has to sign; absent where anybody may, and the caller looks who it was
 * @param by.equation - how signatures are judged: natively, but where a simulation has its own
 * @param by.hash - the hash of these bytes, where one statement has many signatures
 */
export function statementSigner(
  armour: string,
  namespace: SshNamespace,
  bytes: Uint8Array,
  by: { readonly device?: string | undefined; readonly equation?: NativeEquation | undefined; readonly hash?: MessageHash | undefined } = {},
): StatementSigner {
  const read = readArmour(armour);
  if (read.kind === 'refused') return read;
  const { key, signature } = read.signature;
  if (read.signature.namespace !== namespace)
    return { kind: 'refused', code: 'GDO1014', reason: `the signature is for the namespace ${read.signature.namespace}` };
  const signer = keyDevice(key);
  if (by.device !== undefined && signer !== by.device)
    return { kind: 'refused', code: 'GDO1015', reason: `it is signed by ${signer.slice(0, 16)}, another key than has to sign it` };
  const verdict = verifyMessage(namespace, bytes, { key, signature }, { equation: by.equation, hash: by.hash });
  return verdict.kind === 'refused' ? verdict : { kind: 'ok', device: signer, publicKey: key };
}
