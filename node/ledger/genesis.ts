// The founding of an organization: the statement, its signatures by every first key, and the refs it begins with (ledger.md sections 2 and 7).
import {
  checkpointId,
  decodeGenesis,
  deviceOf,
  encodeGenesis,
  initialState,
  invariant,
  orgOf,
  paramsDefault,
  paramsOfQuorum,
  publicKeyText,
  readPublicKey,
  rootUnder,
  zeros64,
  type Charter,
  type ForkPoint,
  type Genesis,
  type State,
} from '../../engine/index.ts';
import { contentPairs, contentTree, type ContentFile } from '../git/content.ts';
import type { Repository } from '../git/repository.ts';
import { WorldError } from '../cli/command.ts';
import { readCharter } from './charter.ts';
import { isCheckedFounding, noteCheckedFounding, type SignedFounding } from './checked-founding.ts';
import { checkpointZero, unknownEngine } from './epoch.ts';
import { acceptKeys, forgetKeys, messageHash, type Signer } from './keys.ts';
import { checkpointCommit, genesisCommit, readFiles, statementSigner } from './statements.ts';

/** What the founders decide. `members`: id and public keys of 32 bytes; `witnesses` are devices of theirs: one (F0), or several of whom a quorum decides (F1). */
export interface Founding {
  readonly name: string;
  /** 64 hex digits of chance, so that two organizations of one name and time differ. */
  readonly nonce: string;
  readonly timeMs: number;
  /** Compiled bylaws, canonical. */
  readonly bylaws: Uint8Array;
  readonly members: readonly (readonly [id: string, keys: readonly Uint8Array[]])[];
  readonly roles: readonly (readonly [role: string, ids: readonly string[]])[];
  readonly witnesses: readonly string[];
  /** The commit whose files the organization governs from now on. */
  readonly mainCommit: string;
  /** Where it is a fork. */
  readonly parent?: ForkPoint;
}

/** A founding on its way from hand to hand: every first key signs the same bytes. */
export interface GenesisDraft {
  readonly statement: Uint8Array;
  readonly bylaws: Uint8Array;
  readonly signatures: readonly (readonly [device: string, armour: string])[];
}

/** A checked genesis with what follows from it. */
export interface FoundedLedger {
  readonly org: string;
  readonly genesis: Genesis;
  readonly charter: Charter;
  readonly state: State;
  readonly mainFiles: readonly ContentFile[];
  readonly commit: string;
}

/** Why a genesis is not accepted; `object` is the commit it was read from. */
export interface GenesisRefusal {
  readonly kind: 'refused';
  readonly code: `GDO${string}`;
  readonly reason: string;
}

/** Writes the statement of a founding, unsigned. @throws WorldError GDO2014 where main breaks the tree policy, GDO2013 where the bylaws are no Charter */
export async function draftGenesis(repository: Repository, founding: Founding): Promise<GenesisDraft> {
  const stored = readCharter(founding.bylaws);
  if (stored === undefined)
    throw new WorldError('GDO2013', 'The compiled bylaws are not of the shape this engine reads', 'compile them again with this version of gdo');
  const files = await mainFilesOf(repository, founding.mainCommit);
  const genesis: Genesis = {
    name: founding.name,
    nonce: founding.nonce,
    timeMs: founding.timeMs,
    bylaws: stored.hash,
    mainCommit: founding.mainCommit,
    mainContent: zeros64,
    engine: 1,
    members: sortedRows(founding.members.map(([id, keys]) => [id, keys.map(publicKeyText)])),
    roles: sortedRows(founding.roles),
    witnesses: founding.witnesses.toSorted(byText).map((device) => [device, 1]),
    finality: founding.witnesses.length === 1 ? 'F0' : 'F1',
    params: founding.witnesses.length === 1 ? paramsDefault : paramsOfQuorum,
    ...(founding.parent === undefined ? {} : { parent: founding.parent }),
  };
  const state = await stateOf(repository, { org: zeros64, genesis, charter: stored.charter, files });
  return { statement: encodeGenesis({ ...genesis, mainContent: rootUnder(state, 'content/') }), bylaws: founding.bylaws, signatures: [] };
}

/** Adds one signature; signing twice changes nothing. */
export async function signGenesis(draft: GenesisDraft, signer: Signer): Promise<GenesisDraft> {
  const others = draft.signatures.filter(([device]) => device !== signer.device);
  const own = [signer.device, await signer.sign('gdo-genesis-v1', draft.statement)] as const;
  return { ...draft, signatures: [...others, own].toSorted(([left], [right]) => byText(left, right)) };
}

/** First keys that have not signed: member and device. Empty means that the ledger can be founded. */
export function missingSignatures(draft: GenesisDraft): readonly (readonly [member: string, device: string])[] {
  const genesis = decodeGenesis(draft.statement);
  if (genesis.kind === 'refused') return [];
  const signed = new Set(draft.signatures.map(([device]) => device));
  return firstDevices(genesis.statement).flatMap(([member, devices]) =>
    devices.filter((device) => !signed.has(device)).map((device) => [member, device] as const),
  );
}

/** A draft as a file that founders pass on. */
export function writeGenesisDraft(draft: GenesisDraft): string {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  return `${JSON.stringify({ bylaws: text(draft.bylaws), genesis: text(draft.statement), signatures: draft.signatures, v: 1 })}\n`;
}

/** Reads such a file. @returns undefined where it is none; the statements in it are checked by `foundLedger` */
export function readGenesisDraft(text: string): GenesisDraft | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== 'object' || value === null || !('bylaws' in value) || !('genesis' in value) || !('signatures' in value)) return undefined;
  const { bylaws, genesis, signatures } = value;
  if (typeof bylaws !== 'string' || typeof genesis !== 'string' || !Array.isArray(signatures)) return undefined;
  const rows = signatures.flatMap((row: unknown): readonly (readonly [string, string])[] => {
    const [device, armour]: readonly unknown[] = Array.isArray(row) ? row : [];
    return typeof device === 'string' && typeof armour === 'string' ? [[device, armour]] : [];
  });
  return { bylaws: Buffer.from(bylaws, 'utf8'), statement: Buffer.from(genesis, 'utf8'), signatures: rows };
}

/** Founds the ledger: genesis and checkpoint 0 in one ref transaction. @throws WorldError GDO5020 where one exists, or the code of the refusal */
export async function foundLedger(repository: Repository, draft: GenesisDraft): Promise<FoundedLedger> {
  const genesis = decodeGenesis(draft.statement);
  if (genesis.kind === 'refused') throw new WorldError(genesis.code, `This founding cannot be read: ${genesis.reason}`, 'start again with `gdo found`');
  const built = genesisCommit({ ...draft, timeMs: genesis.statement.timeMs });
  await repository.writeObjects(built.objects);
  const founded = await readGenesis(repository, built.commit, 'note');
  if (founded.kind === 'refused')
    throw new WorldError(founded.code, `This founding is not complete: ${founded.reason}`, 'let every founder sign with `gdo found --join`');
  const zero = zeroCommit(founded.ledger);
  await repository.writeObjects(zero.objects);
  const moved = await repository.updateRefs([
    { ref: 'refs/gdo/genesis', old: undefined, next: built.commit },
    { ref: 'refs/gdo/checkpoint', old: undefined, next: zero.commit },
  ]);
  if (moved.kind === 'conflict')
    throw new WorldError('GDO5020', 'There is a ledger in this repository already', 'found another organization in another repository');
  return founded.ledger;
}

/** The commit of checkpoint 0, which follows from the genesis alone. */
export function zeroCommit(ledger: FoundedLedger): ReturnType<typeof checkpointCommit> {
  const zero = checkpointZero(ledger);
  return checkpointCommit({
    bytes: zero.bytes,
    id: checkpointId(zero.bytes),
    height: 0,
    timeMs: ledger.genesis.timeMs,
    parent: undefined,
    snapshot: undefined,
  });
}

/**
 * Reads and checks a genesis commit: bytes, bylaws hash, a signature by every first key and by no other, main's content root.
 * @param by - `note`: what this copy noted as checked is not checked signature by signature again, and is noted
 */
export async function readGenesis(
  repository: Repository,
  commit: string,
  by: 'signatures' | 'note' = 'signatures',
): Promise<{ readonly kind: 'ok'; readonly ledger: FoundedLedger } | GenesisRefusal> {
  const refused = (code: `GDO${string}`, reason: string): GenesisRefusal => ({ kind: 'refused', code, reason });
  const files = await readFiles(repository, commit);
  const statement = files?.get('genesis.json');
  const bylaws = files?.get('bylaws.json');
  if (files === undefined || statement === undefined || bylaws === undefined) return refused('GDO1010', 'genesis.json or bylaws.json is missing');
  const read = decodeGenesis(statement);
  if (read.kind === 'refused') return refused(read.code, read.reason);
  const genesis = read.statement;
  const unknown = unknownEngine(genesis.engine);
  if (unknown !== undefined) return refused('GDO4010', unknown);
  const stored = readCharter(bylaws);
  if (stored === undefined || stored.hash !== genesis.bylaws) return refused('GDO2013', 'bylaws.json is not the bylaws that the genesis names');
  const signatures = [...files].flatMap(([path, bytes]) => (path.startsWith('sig/') ? [[path.slice(4), Buffer.from(bytes).toString('utf8')] as const] : []));
  if (genesisCommit({ statement, bylaws, signatures, timeMs: genesis.timeMs }).commit !== commit)
    return refused('GDO1010', 'the commit has other bytes than its statement gives');
  if (by === 'note' && isCheckedFounding(repository, { statement, signatures })) acceptKeys(signatures.map(([device]) => device));
  else {
    forgetKeys();
    const fault = signaturesFault(genesis, { statement, signatures });
    if (fault !== undefined) return fault;
    if (by === 'note') noteCheckedFounding(repository, { statement, signatures });
  }
  const main = await contentTree(repository, genesis.mainCommit);
  if (main.kind === 'refused') return refused(main.code, `${main.path} ${main.reason}`);
  const org = orgOf(statement);
  const state = await stateOf(repository, { org, genesis, charter: stored.charter, files: main.files });
  if (rootUnder(state, 'content/') !== genesis.mainContent) return refused('GDO1070', 'the first governed commit has other content than the genesis names');
  return { kind: 'ok', ledger: { org, genesis, charter: stored.charter, state, mainFiles: main.files, commit } };
}

function signaturesFault(genesis: Genesis, { statement, signatures }: SignedFounding): GenesisRefusal | undefined {
  const refused = (code: `GDO${string}`, reason: string): GenesisRefusal => ({ kind: 'refused', code, reason });
  const wanted = new Set(firstDevices(genesis).flatMap(([, devices]) => devices));
  const signed = new Set(signatures.map(([device]) => device));
  for (const device of wanted) if (!signed.has(device)) return refused('GDO1012', `the key ${device.slice(0, 16)} has not signed`);
  // All sign the same bytes: hashed for each, a town of 10,000 would hash ten thousand million of them.
  const digest = messageHash(statement);
  for (const [device, armour] of signatures) {
    if (!wanted.has(device)) return refused('GDO1015', `the signature ${device.slice(0, 16)} is by no first key`);
    const signer = statementSigner(armour, 'gdo-genesis-v1', statement, { device, hash: () => digest });
    if (signer.kind === 'refused') return refused(signer.code, signer.reason);
  }
  return undefined;
}

async function mainFilesOf(repository: Repository, commit: string): Promise<readonly ContentFile[]> {
  const main = await contentTree(repository, commit);
  if (main.kind === 'refused') throw new WorldError(main.code, `The file ${main.path} ${main.reason}`, 'rename or remove it, commit, and try again');
  return main.files;
}

async function stateOf(
  repository: Repository,
  input: { readonly org: string; readonly genesis: Genesis; readonly charter: Charter; readonly files: readonly ContentFile[] },
): Promise<State> {
  const { org, genesis, charter } = input;
  return initialState({
    org,
    timeMs: genesis.timeMs,
    charter,
    bylawsHash: genesis.bylaws,
    members: firstDevices(genesis),
    roles: genesis.roles,
    witnesses: genesis.witnesses,
    content: await contentPairs(repository, input.files),
  });
}

/** Members with the devices of their first keys; a key that cannot be read gives no device. */
export function firstDevices(genesis: Genesis): readonly (readonly [id: string, devices: readonly string[]])[] {
  return genesis.members.map(([id, keys]) => {
    const devices = keys.flatMap((line) => {
      const key = readPublicKey(line);
      return key === undefined ? [] : [deviceOf(key)];
    });
    return [id, devices] as const;
  });
}

function sortedRows<Value>(rows: readonly (readonly [string, Value])[]): readonly (readonly [string, Value])[] {
  const sorted = rows.toSorted(([left], [right]) => byText(left, right));
  invariant(
    sorted.every(([id], index) => sorted[index - 1]?.[0] !== id),
    'a founding names each person and role once',
  );
  return sorted;
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
