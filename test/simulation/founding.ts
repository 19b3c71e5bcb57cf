// The organizations that simulations play: engine 0, and real bylaws with governed content.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileBylaws } from '../../compiler/index.ts';
import {
  checkpointId,
  digest,
  emptyState,
  encodeGenesis,
  initialState,
  orgOf,
  paramsDefault,
  publicKeyText,
  rootUnder,
  utf8Encode,
  writeEntry,
  type Charter,
  type Checkpoint,
  type Genesis,
  type NativeEquation,
  type State,
} from '../../engine/index.ts';
import { parseBylaws } from '../../language/index.ts';
import { buildTrees, contentIdentity, type ContentFile } from '../../node/git/content.ts';
import { blobObject, contentHash, objectId, plainCommit, type GitObject } from '../../node/git/object.ts';
import type { Repository } from '../../node/git/repository.ts';
import { checkpointZero } from '../../node/ledger/epoch.ts';
import { zeroCommit, type FoundedLedger } from '../../node/ledger/genesis.ts';
import type { Signer } from '../../node/ledger/keys.ts';
import { genesisCommit } from '../../node/ledger/statements.ts';
import { foundedView, type LedgerView } from '../../node/ledger/view.ts';

/** Where the bylaws lie in the governed content. */
export const harbourPath = 'bylaws/harbour.gdo';

/** 1 January 2026. */
export const startMs = 1_767_225_600_000;

/** One key of one member, and the node that it writes at. */
export interface Device {
  readonly member: string;
  readonly signer: Signer;
  readonly home: number;
}

/** What an organization is founded with. */
export interface FoundingInput {
  readonly engine: 0 | 1;
  readonly seed: number;
  readonly devices: readonly Device[];
  readonly witnesses: readonly Device[];
  readonly officers: readonly string[];
  readonly windowBatches: number;
  readonly settleMs: number;
  readonly equation: NativeEquation;
}

/** Bylaws of a simulation: the text as it lies in bylaws/, and what it compiles to. */
export interface HarbourBylaws {
  readonly text: string;
  readonly charter: Charter;
  readonly hash: string;
  readonly bytes: Uint8Array;
}

const compiled = new Map<string, HarbourBylaws>();

/** The bylaws of engine 1, compiled once: of some wording and kind of finality. @param minutes - how long the vote of a motion is open, which amendments change */
export function harbour(finality: Genesis['finality'] = 'F1', minutes = 30): HarbourBylaws {
  const name = `${finality} ${minutes}`;
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const path = fileURLToPath(new URL('../simulation/bylaws/harbour.gdo', import.meta.url));
  const text = readFileSync(path, 'utf8')
    .replace('final by quorum', finality === 'F0' ? 'final by one' : 'final by quorum')
    .replace('open for 30 minutes', `open for ${minutes} minutes`);
  const { charter, hash, bytes } = compileBylaws([parseBylaws({ path: harbourPath, text }).file]);
  if (charter === undefined || hash === undefined || bytes === undefined) throw new Error('the bylaws of the simulation compile');
  const made = { text, charter, hash, bytes };
  compiled.set(name, made);
  return made;
}

const nobody: Charter = {
  v: 1,
  organization: { name: 'Zero' },
  areas: [],
  attributes: [],
  roles: [],
  actions: [],
  measures: [],
  points: [],
  certificates: [],
  delegations: [],
  accounts: [],
  dapps: [],
  collaborators: [],
  processes: [],
  rights: [],
  duties: [],
  protections: [],
  properties: [],
};

/** The first governed content, as a commit with its objects. */
function firstMain(input: FoundingInput): { readonly commit: GitObject; readonly objects: readonly GitObject[]; readonly files: readonly ContentFile[] } {
  const texts: readonly (readonly [string, string])[] =
    input.engine === 0
      ? []
      : [
          [harbourPath, harbour(finalityOf(input)).text],
          ['charts/east.csv', 'depth\n'],
          ['notes/tides.md', 'High at noon\n'],
        ];
  const blobs = texts.map(([, text]) => blobObject(Buffer.from(text, 'utf8')));
  const files = texts.map(([path], index) => ({ path, mode: '100644', id: objectId(blobs[index] ?? blobObject(new Uint8Array())) }));
  const trees = buildTrees(files);
  const commit = plainCommit({ tree: trees.root, parents: [], person: 'Ada <ada@example.org>', seconds: startMs / 1_000, message: 'Begin\n' });
  return { commit, objects: [commit, ...blobs, ...trees.objects], files };
}

function finalityOf(input: FoundingInput): Genesis['finality'] {
  return input.witnesses.length === 1 ? 'F0' : 'F1';
}

function genesisOf(input: FoundingInput, main: ReturnType<typeof firstMain>): Genesis {
  const members = [...new Set(input.devices.map(({ member }) => member))].toSorted();
  const roles: Genesis['roles'] =
    input.engine === 0
      ? [['officer', input.officers]]
      : [
          ['councillor', input.officers.slice(0, 4)],
          ['keeper', [...new Set(input.witnesses.map(({ member }) => member))].toSorted()],
          ['member', members],
        ];
  return {
    name: 'Simulated',
    nonce: digest('gdo-key-v1', utf8Encode(String(input.seed))),
    timeMs: startMs,
    bylaws: input.engine === 0 ? digest('gdo-bylaws-v1', utf8Encode('{"v":0}')) : harbour(finalityOf(input)).hash,
    mainCommit: objectId(main.commit),
    mainContent: rootUnder(emptyState, 'content/'),
    engine: input.engine,
    members: members.map((id) => [id, input.devices.filter(({ member }) => member === id).map(({ signer }) => publicKeyText(signer.publicKey))]),
    roles,
    witnesses: input.witnesses.map(({ signer }) => [signer.device, 1] as const).toSorted(([left], [right]) => (left < right ? -1 : 1)),
    finality: finalityOf(input),
    params: {
      ...paramsDefault,
      settleMs: input.witnesses.length === 1 ? 0 : input.settleMs,
      minIntervalMs: 2_000,
      heartbeatMs: 600_000,
      windowBatches: input.windowBatches,
    },
  };
}

function firstState(input: FoundingInput, genesis: Genesis, content: readonly (readonly [string, string])[]): State {
  const devicesOf = (id: string): readonly string[] => input.devices.filter(({ member }) => member === id).map(({ signer }) => signer.device);
  if (input.engine === 1) {
    const { charter, hash } = harbour(genesis.finality);
    const members = genesis.members.map(([id]) => [id, devicesOf(id)] as const);
    const { roles, witnesses } = genesis;
    return initialState({ org: orgOf(encodeGenesis(genesis)), timeMs: startMs, charter, bylawsHash: hash, members, roles, witnesses, content });
  }
  let state = emptyState;
  for (const [id] of genesis.members) {
    state = writeEntry(state, `member/${id}`, { since: startMs });
    for (const device of devicesOf(id)) state = writeEntry(state, `key/${device}`, { member: id, since: startMs });
  }
  for (const [role, people] of genesis.roles) for (const person of people) state = writeEntry(state, `role/${role}/${person}`, { since: startMs });
  return state;
}

/** A founding computed once for all machines of a run. */
export interface Founded {
  readonly ledger: FoundedLedger;
  readonly objects: readonly GitObject[];
  readonly zero: { readonly id: string; readonly commit: string; readonly statement: Checkpoint };
  readonly equation: NativeEquation;
}

/** Computes a founding. */
export function founding(input: FoundingInput): Founded {
  const main = firstMain(input);
  const hashes = new Map(main.objects.map((object) => [objectId(object), contentHash(object.bytes)]));
  const content = main.files.map((file) => [file.path, contentIdentity(file, hashes)] as const);
  const draft = genesisOf(input, main);
  const genesis = { ...draft, mainContent: rootUnder(firstState(input, draft, content), 'content/') };
  const charter = input.engine === 0 ? nobody : harbour(genesis.finality).charter;
  return foundedOn(
    { genesis, charter, state: firstState(input, genesis, content), mainFiles: main.files },
    { objects: main.objects, equation: input.equation },
  );
}

/** What is founded on a genesis and a first state. @param objects - of the first main */
export function foundedOn(
  first: Omit<FoundedLedger, 'org' | 'commit'>,
  { objects, equation }: { readonly objects: readonly GitObject[]; readonly equation: NativeEquation },
): Founded {
  const statement = encodeGenesis(first.genesis);
  const commit = genesisCommit({ statement, bylaws: utf8Encode('{}'), signatures: [], timeMs: first.genesis.timeMs });
  const ledger = { ...first, org: orgOf(statement), commit: commit.commit };
  const zero = zeroCommit(ledger);
  const { statement: checkpoint, bytes } = checkpointZero(ledger);
  return {
    ledger,
    objects: [...objects, ...commit.objects, ...zero.objects],
    zero: { id: checkpointId(bytes), commit: zero.commit, statement: checkpoint },
    equation,
  };
}

/** The first view of a disk; an empty one gets the founding. */
export async function found({ ledger, objects, zero, equation }: Founded, repository: Repository): Promise<LedgerView> {
  if ((await repository.resolve('refs/gdo/genesis')) === undefined) {
    await repository.writeObjects(objects);
    await repository.updateRefs([
      { ref: 'refs/gdo/genesis', old: undefined, next: ledger.commit },
      { ref: 'refs/gdo/checkpoint', old: undefined, next: zero.commit },
      { ref: 'refs/heads/main', old: undefined, next: ledger.genesis.mainCommit },
    ]);
  }
  return foundedView(repository, ledger, zero, equation);
}
