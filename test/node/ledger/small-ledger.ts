// Small real ledgers for tests: a temporary repository, seed keys, a virtual clock. Compiled bylaws are made by hand, so that nothing else is needed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeCanonical, type Charter } from '../../../engine/index.ts';
import { initRepository, type Repository } from '../../../node/git/repository.ts';
import { filesAsTree } from '../../../node/git/content.ts';
import { objectId, plainCommit } from '../../../node/git/object.ts';
import { draftGenesis, foundLedger, signGenesis } from '../../../node/ledger/genesis.ts';
import { seedSigner, type Signer } from '../../../node/ledger/keys.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { voteStore, votesPath, type VoteStore } from '../../../node/ledger/votes.ts';

/** 21 November 2026, 09:00 UTC. */
export const startMs = 1_795_251_600_000;

/** The seed of a name's key: SHA-256 of a fixed text and the name. */
export function testSeed(name: string): Uint8Array {
  return createHash('sha256').update(`gdo test key ${name}`).digest();
}

/** The signer of a name. */
export function testSigner(name: string): Signer {
  return seedSigner(testSeed(name));
}

/** Bylaws with the given parts and nothing else. */
export function bareCharter(parts: Partial<Charter> = {}): Charter {
  return {
    v: 1,
    organization: { name: 'Maple Makerspace' },
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
    ...parts,
  };
}

/** Canonical bytes of bylaws. */
export function charterBytes(charter: Charter): Uint8Array {
  // A Charter is JSON by construction; going through JSON drops the readonly types that canonical values do not have.
  return encodeCanonical(JSON.parse(JSON.stringify(charter)));
}

/** A founded ledger with ada as the only witness. */
export interface SmallLedger {
  readonly path: string;
  readonly repository: Repository;
  readonly view: LedgerView;
  readonly signers: ReadonlyMap<string, Signer>;
  readonly votes: VoteStore;
}

/** A folder that the caller removes. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'gdo-ledger-'));
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Commits files on top of a parent, as an author would, without a working tree. */
export async function commitFiles(repository: Repository, files: readonly (readonly [string, string])[], parent?: string): Promise<string> {
  const tree = filesAsTree(files.map(([path, text]) => [path, Buffer.from(text)] as const));
  const commit = plainCommit({
    tree: tree.root,
    parents: parent === undefined ? [] : [parent],
    person: 'Ada <ada@example.org>',
    seconds: Math.floor(startMs / 1000),
    message: 'Change files\n',
  });
  await repository.writeObjects([...tree.objects, commit]);
  return objectId(commit);
}

/** Founds a ledger: `people` are members with one key each, ada is the steward. */
export async function foundSmall(
  path: string,
  options: {
    readonly people: readonly string[];
    readonly charter: Charter;
    readonly roles: readonly (readonly [string, readonly string[]])[];
    readonly files: readonly (readonly [string, string])[];
    /** When it was founded; where nodes with real clocks run, shortly before now. */
    readonly foundedMs?: number;
  },
): Promise<SmallLedger> {
  mkdirSync(dirname(path), { recursive: true });
  const repository = await initRepository(path, 'bare');
  const main = await commitFiles(repository, options.files);
  await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: main }]);
  const signers = new Map(options.people.map((name) => [name, testSigner(name)]));
  let draft = await draftGenesis(repository, {
    name: 'Maple Makerspace',
    nonce: '7'.repeat(64),
    timeMs: options.foundedMs ?? startMs,
    bylaws: charterBytes(options.charter),
    members: [...signers].map(([name, signer]) => [name, [signer.publicKey]] as const),
    roles: options.roles,
    witnesses: [testSigner('ada').device],
    mainCommit: main,
  });
  for (const signer of signers.values()) draft = await signGenesis(draft, signer);
  await foundLedger(repository, draft);
  return { path, repository, view: await openLedger(repository), signers, votes: voteStore(votesPath(repository)) };
}

/** Runs the person's git. @returns its output */
export function git(path: string, ...words: readonly string[]): string {
  return execFileSync('git', words, { cwd: path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The signer of a name, which the ledger was founded with. */
export function signerOf(ledger: SmallLedger, name: string): Signer {
  return ledger.signers.get(name) ?? testSigner(name);
}
