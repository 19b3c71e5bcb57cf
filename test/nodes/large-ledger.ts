// The ledger of an organization with as many founders as one wishes, each with a key of their own; the first is its steward. They sign without a key file each.
import { createPrivateKey, sign } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { armour, signedData } from '../../engine/index.ts';
import { initRepository, type Repository } from '../../node/git/repository.ts';
import { draftGenesis, foundLedger } from '../../node/ledger/genesis.ts';
import { messageHash } from '../../node/ledger/keys.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { compile } from '../engine/step/organization.ts';
import { charterBytes, commitFiles, testSeed, testSigner } from '../node/ledger/small-ledger.ts';

/** Who founds it, and when. `people`: so many, called m0, m1 and so on. */
export interface LargeFounding {
  readonly name: string;
  readonly bylaws: string;
  readonly people: number;
  readonly roles: (names: readonly string[]) => readonly (readonly [role: string, ids: readonly string[]])[];
  readonly timeMs: number;
}

/** A founded ledger that is open. */
export interface LargeLedger {
  readonly repository: Repository;
  readonly view: LedgerView;
}

/** Founds it in a bare repository at `path`. */
export async function foundLarge(path: string, { name, bylaws, people, roles, timeMs }: LargeFounding): Promise<LargeLedger> {
  mkdirSync(dirname(path), { recursive: true });
  const repository = await initRepository(path, 'bare');
  const main = await commitFiles(repository, [['README.md', `${name}\n`]]);
  await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: main }]);
  const names = Array.from({ length: people }, (_, index) => `m${index}`);
  const draft = await draftGenesis(repository, {
    name,
    nonce: '7'.repeat(64),
    timeMs,
    bylaws: charterBytes(compile(bylaws).charter),
    members: names.map((each) => [each, [testSigner(each).publicKey]]),
    roles: roles(names),
    witnesses: [testSigner('m0').device],
    mainCommit: main,
  });
  const signatures = foundersSign(draft.statement, names);
  await foundLedger(repository, { ...draft, signatures: signatures.toSorted(([left], [right]) => (left < right ? -1 : 1)) });
  return { repository, view: await openLedger(repository) };
}

/** What `signGenesis` does for each founder, with one statement hashed once: each of these people would hash it on a machine of their own. */
function foundersSign(statement: Uint8Array, names: readonly string[]): readonly (readonly [device: string, armour: string])[] {
  const digest = messageHash(statement);
  const data = signedData('gdo-genesis-v1', statement, () => digest);
  return names.map((name) => {
    const { device, publicKey } = testSigner(name);
    const signature = sign(null, data, createPrivateKey({ key: Buffer.concat([privateKeyHead, testSeed(name)]), format: 'der', type: 'pkcs8' }));
    return [device, armour({ key: publicKey, namespace: 'gdo-genesis-v1', signature })] as const;
  });
}

/** RFC 8410: what stands before the seed of an ed25519 key. */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex');
