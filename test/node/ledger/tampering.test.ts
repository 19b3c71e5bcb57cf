// Q25: 27 kinds of tampering by somebody who owns the disk, each found by the audit, which names the first bad object. Where the tamperer must give objects new
// ids, they do, and move the refs; where keys are needed that they have, they sign.
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeCheckpoint, encodeGenesis, encodeReceipt, encodeVote, checkpointId, zeros64, type Checkpoint } from '../../../engine/index.ts';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import type { GitObject } from '../../../node/git/object.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { auditLedger } from '../../../node/ledger/audit.ts';
import { checkpointCommit, genesisCommit, readFiles, statementCommit } from '../../../node/ledger/statements.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let ledger: SmallLedger;
let view: LedgerView;
const door = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

beforeAll(async () => {
  ledger = await foundSmall(join(folder, 'sound'), { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['README.md', 'Hello\n']] });
  ({ view } = ledger);
  for (const at of [10, 20]) {
    ({ view } = await appendEvents(view, signerOf(ledger, 'ben'), { events: [door], clockMs: startMs + at, attachments: [Buffer.from(`reason ${at}`)] }));
    ({ view } = await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + at + 5 }));
  }
});

/** A copy that is tampered with. */
interface Place {
  readonly path: string;
  readonly repository: Repository;
}

const device = (name: string): string => signerOf(ledger, name).device;
const [log, receipts, votes, checkpoints] = [
  () => `refs/gdo/log/${device('ben')}`,
  () => `refs/gdo/receipt/${device('ada')}`,
  () => `refs/gdo/cosign/${device('ada')}`,
  () => 'refs/gdo/checkpoint',
];
const idOf = (place: Place, name: string): string => git(place.path, 'rev-parse', name).trim();
const move = (place: Place, ref: string, id: string): void => void git(place.path, 'update-ref', ref, id);
const looseFile = (place: Place, id: string): string => join(place.path, 'objects', id.slice(0, 2), id.slice(2));

async function store(place: Place, objects: readonly GitObject[]): Promise<string> {
  return (await place.repository.writeObjects(objects)).at(-1) ?? '';
}

/** Gives an object under its old id other bytes. */
function overwrite(place: Place, id: string, edit: (bytes: Buffer) => Buffer): string {
  const file = looseFile(place, id);
  chmodSync(file, 0o644);
  writeFileSync(file, deflateSync(edit(inflateSync(readFileSync(file)))));
  return id;
}

/** Replaces the newest commit of a ref by one whose bytes were edited. */
async function editCommit(place: Place, ref: string, edit: (text: string) => string): Promise<string> {
  const object = await place.repository.readObject(idOf(place, ref));
  const id = await store(place, [{ kind: 'commit', bytes: Buffer.from(edit(Buffer.from(object?.bytes ?? []).toString('utf8'))) }]);
  move(place, ref, id);
  return id;
}

/** Replaces the newest receipt or vote, signed anew where the key is given, else with the old signature. */
async function replaceStatement(place: Place, kind: 'receipt' | 'vote', bytes: Uint8Array, by?: string): Promise<string> {
  const ref = kind === 'receipt' ? receipts() : votes();
  const old = await readFiles(place.repository, idOf(place, ref));
  const namespace = kind === 'receipt' ? 'gdo-receipt-v1' : 'gdo-cosign-v1';
  const armour = by === undefined ? Buffer.from(old?.get('statement.sig') ?? []).toString('latin1') : await signerOf(ledger, by).sign(namespace, bytes);
  const built = statementCommit(kind, { bytes, armour }, idOf(place, `${ref}~1`));
  await store(place, built.objects);
  move(place, ref, built.commit);
  return built.commit;
}

/** Replaces the newest checkpoint. With `voted` the steward lies: it votes for what was replaced. */
async function replaceCheckpoint(place: Place, change: Partial<Checkpoint>, voted: 'voted' | 'not voted'): Promise<string> {
  const statement = { ...view.tip.statement, ...change };
  const bytes = encodeCheckpoint(statement);
  const id = checkpointId(bytes);
  const built = checkpointCommit({
    bytes,
    id,
    height: statement.height,
    timeMs: statement.timeMs,
    parent: idOf(place, `${checkpoints()}~1`),
    snapshot: undefined,
  });
  await store(place, built.objects);
  move(place, checkpoints(), built.commit);
  if (voted === 'voted') await replaceStatement(place, 'vote', encodeVote({ org: view.org, height: statement.height, value: id }), 'ada');
  return built.commit;
}

async function replaceGenesis(place: Place, change: { readonly name?: string; readonly bylaws?: Uint8Array; readonly without?: string }): Promise<string> {
  const files = await readFiles(place.repository, idOf(place, 'refs/gdo/genesis'));
  const signatures = [...(files ?? [])].flatMap(([path, bytes]) =>
    path.startsWith('sig/') ? [[path.slice(4), Buffer.from(bytes).toString('utf8')] as const] : [],
  );
  const built = genesisCommit({
    statement: encodeGenesis({ ...view.genesis, name: change.name ?? view.genesis.name }),
    bylaws: change.bylaws ?? files?.get('bylaws.json') ?? new Uint8Array(),
    signatures: signatures.filter(([signer]) => signer !== change.without),
    timeMs: view.genesis.timeMs,
  });
  await store(place, built.objects);
  move(place, 'refs/gdo/genesis', built.commit);
  return built.commit;
}

const newest = () => [...view.receipts.values()].at(-1)?.receipt ?? expect.fail('there is a receipt');

/** Each does its harm and says which object the audit has to name. */
const kinds: readonly (readonly [name: string, code: string, harm: (place: Place) => Promise<string> | string])[] = [
  [
    'a bit of a batch, under its old id',
    'GDO1010',
    (place) => overwrite(place, idOf(place, log()), (bytes) => (bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200), bytes)),
  ],
  [
    'other events, under their old id',
    'GDO1010',
    (place) => overwrite(place, idOf(place, `${log()}:batch.ndjson`), (bytes) => Buffer.from(bytes.toString('latin1').replace('front', 'back!'))),
  ],
  ['an object in the place of another', 'GDO1010', (place) => overwrite(place, idOf(place, `${log()}:batch.ndjson`), () => Buffer.from('blob 2\0hi'))],
  [
    'a file of git that is no longer one',
    'GDO1010',
    (place) => (
      chmodSync(looseFile(place, idOf(place, log())), 0o644),
      writeFileSync(looseFile(place, idOf(place, log())), 'nothing'),
      idOf(place, 'refs/gdo/log/' + device('ben'))
    ),
  ],
  [
    'an attachment deleted',
    'GDO1010',
    (place) => {
      const id = git(place.path, 'ls-tree', '-r', log(), 'att/').slice(12, 52);
      rmSync(looseFile(place, id));
      return id;
    },
  ],
  [
    'a governed file deleted',
    'GDO1010',
    (place) => {
      const id = idOf(place, 'refs/heads/main:README.md');
      rmSync(looseFile(place, id));
      return id;
    },
  ],
  [
    'another tree in a batch',
    'GDO1012',
    (place) => editCommit(place, log(), (text) => text.replace(/^tree [0-9a-f]{40}/, `tree ${idOf(place, `${log()}~1^{tree}`)}`)),
  ],
  ['another author of a batch', 'GDO1010', (place) => editCommit(place, log(), (text) => text.replace('author ben', 'author ada'))],
  ['a batch dated back', 'GDO1012', (place) => editCommit(place, log(), (text) => text.replaceAll(/ \d{10} \+0000/g, ' 1000000000 +0000'))],
  ['a word in a trailer of a batch', 'GDO1012', (place) => editCommit(place, log(), (text) => text.replace(/Gdo-Base: .{64}/, `Gdo-Base: ${zeros64}`))],
  ['the last batch cut off', 'GDO1022', (place) => (move(place, log(), idOf(place, `${log()}~1`)), idOf(place, checkpoints()))],
  ['a whole log deleted', 'GDO1022', (place) => (git(place.path, 'update-ref', '-d', log()), idOf(place, `${checkpoints()}~1`))],
  ['a receipt with another time', 'GDO1012', (place) => replaceStatement(place, 'receipt', encodeReceipt({ ...newest(), upToMs: newest().upToMs + 1 }))],
  ['a receipt by another key', 'GDO1015', (place) => replaceStatement(place, 'receipt', encodeReceipt(newest()), 'ben')],
  [
    'a receipt that the steward signs anew with another time',
    'GDO1070',
    async (place) => {
      await replaceStatement(place, 'receipt', encodeReceipt({ ...newest(), upToMs: newest().upToMs + 1 }), 'ada');
      return idOf(place, checkpoints());
    },
  ],
  ['the last receipt cut off', 'GDO1070', (place) => (move(place, receipts(), idOf(place, `${receipts()}~1`)), idOf(place, checkpoints()))],
  ['another message on a receipt', 'GDO1010', (place) => editCommit(place, receipts(), (text) => text.replace('gdo receipt', 'GDO receipt'))],
  ['the vote taken away', 'GDO1070', (place) => (move(place, votes(), idOf(place, `${votes()}~1`)), idOf(place, checkpoints()))],
  ['a vote for something else', 'GDO1071', (place) => replaceStatement(place, 'vote', encodeVote({ org: view.org, height: 2, value: zeros64 }), 'ada')],
  [
    'a checkpoint with another state, without a vote',
    'GDO1071',
    async (place) => (await replaceCheckpoint(place, { state: zeros64 }, 'not voted'), idOf(place, votes())),
  ],
  ['a checkpoint with another state, for which the steward votes', 'GDO1070', (place) => replaceCheckpoint(place, { state: zeros64 }, 'voted')],
  ['a checkpoint that counts fewer events, for which the steward votes', 'GDO1070', (place) => replaceCheckpoint(place, { events: 0 }, 'voted')],
  [
    'another date of a checkpoint commit',
    'GDO1070',
    (place) => editCommit(place, checkpoints(), (text) => text.replaceAll(/ \d{10} \+0000/g, ' 1000000000 +0000')),
  ],
  ['the name of the organization', 'GDO1012', (place) => replaceGenesis(place, { name: 'Oak Makerspace' })],
  ['other bylaws under the same genesis', 'GDO2013', (place) => replaceGenesis(place, { bylaws: Buffer.from('{"v":1}') })],
  ['a founder who has not signed', 'GDO1012', (place) => replaceGenesis(place, { without: device('ben') })],
  [
    'a commit on main that nobody decided',
    'GDO2003',
    (place) => {
      const words = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.org', 'commit-tree', '-p', 'main', '-m', 'Bypass', 'main^{tree}'];
      move(place, 'refs/heads/main', git(place.path, ...words).trim());
      return idOf(place, 'refs/heads/main');
    },
  ],
];

it('Q25: there are at least 20 kinds, and the ledger is sound before any of them', async () => {
  expect(kinds.length).toBeGreaterThanOrEqual(20);
  expect((await auditLedger(ledger.repository)).kind).toBe('ok');
});

it.each(kinds.map(([name, code, harm]) => [`Q25: ${name}: ${code}`, code, harm] as const))('%s', async (_name, code, harm) => {
  const path = join(folder, 'copy');
  cpSync(ledger.path, path, { recursive: true });
  const repository = openRepository(path);
  const object = await harm({ path, repository });
  repository.close();
  const fresh = openRepository(path);
  const audit = await auditLedger(fresh);
  fresh.close();
  removeFolder(path);
  expect(audit.kind === 'bad' ? { code: audit.fault.code, object: audit.fault.object } : audit.kind).toEqual({ code, object });
});
