// The founding: every first key signs the same bytes, and nothing else founds an organization.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { deviceOf } from '../../../engine/index.ts';
import { initRepository, type Repository } from '../../../node/git/repository.ts';
import {
  draftGenesis,
  foundLedger,
  missingSignatures,
  readGenesis,
  readGenesisDraft,
  signGenesis,
  writeGenesisDraft,
  type GenesisDraft,
} from '../../../node/ledger/genesis.ts';
import { acceptKeys, keyVerdict } from '../../../node/ledger/keys.ts';
import { openLedger, replayLedger } from '../../../node/ledger/replay.ts';
import { genesisCommit, readFiles } from '../../../node/ledger/statements.ts';
import { bareCharter, charterBytes, commitFiles, foundSmall, removeFolder, startMs, temporaryFolder, testSigner } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
let count = 0;
const [ada, ben] = [testSigner('ada'), testSigner('ben')];

async function draft(): Promise<{ readonly repository: Repository; readonly draft: GenesisDraft }> {
  count += 1;
  const repository = await initRepository(join(folder, String(count)), 'bare');
  const mainCommit = await commitFiles(repository, [['README.md', 'Hello\n']]);
  const founding = {
    name: 'Maple Makerspace',
    nonce: '7'.repeat(64),
    timeMs: startMs,
    bylaws: charterBytes(bareCharter()),
    members: [
      ['ben', [ben.publicKey]],
      ['ada', [ada.publicKey]],
    ] as const,
    roles: [],
    witnesses: [ada.device],
    mainCommit,
  };
  return { repository, draft: await draftGenesis(repository, founding) };
}

it('A founding passes from hand to hand as a file and is complete when every first key has signed', async () => {
  const { repository, draft: empty } = await draft();
  expect(missingSignatures(empty)).toEqual([
    ['ada', ada.device],
    ['ben', ben.device],
  ]);
  const file = writeGenesisDraft(await signGenesis(empty, ada));
  const received = readGenesisDraft(file);
  if (received === undefined) throw new Error('the file is a draft');
  expect(missingSignatures(received)).toEqual([['ben', ben.device]]);
  await expect(foundLedger(repository, received)).rejects.toMatchObject({ code: 'GDO1012' });
  const founded = await foundLedger(repository, await signGenesis(received, ben));
  expect((await openLedger(repository)).org).toBe(founded.org);
  await expect(foundLedger(repository, await signGenesis(await signGenesis(empty, ada), ben))).rejects.toMatchObject({ code: 'GDO5020' });
  repository.close();
});

it('A signature by a key that is no first key, or over other bytes, founds nothing', async () => {
  const { repository, draft: empty } = await draft();
  const signed = await signGenesis(await signGenesis(empty, ada), ben);
  await expect(foundLedger(repository, await signGenesis(signed, testSigner('mallory')))).rejects.toMatchObject({ code: 'GDO1015' });
  const other = { ...signed, statement: Buffer.from(Buffer.from(signed.statement).toString('utf8').replace('Maple', 'Apple')) };
  await expect(foundLedger(repository, other)).rejects.toMatchObject({ code: 'GDO1012' });
  const bylaws = charterBytes(bareCharter({ organization: { name: 'Other' } }));
  await expect(foundLedger(repository, { ...signed, bylaws })).rejects.toMatchObject({ code: 'GDO2013' });
  expect(readGenesisDraft('{}')).toBeUndefined();
  expect(readGenesisDraft('no json')).toBeUndefined();
  repository.close();
});

it('A repository without a ledger says so, and one with a foreign checkpoint is not opened', async () => {
  const { repository, draft: empty } = await draft();
  await expect(openLedger(repository)).rejects.toMatchObject({ code: 'GDO5020' });
  await foundLedger(repository, await signGenesis(await signGenesis(empty, ada), ben));
  const stray = await commitFiles(repository, [['checkpoint.json', '{}']]);
  await repository.updateRefs([{ ref: 'refs/gdo/checkpoint', old: await repository.resolve('refs/gdo/checkpoint'), next: stray }]);
  expect(await replayLedger(repository)).toMatchObject({ kind: 'fault', fault: { code: 'GDO1070', object: stray, ref: 'refs/gdo/checkpoint' } });
  repository.close();
});

it('T08: a large founding is checked once by a copy that starts again, and by an audit each time; a note about another one is worth nothing', async () => {
  const path = join(folder, 'large.git');
  const people = ['ada', ...Array.from({ length: 70 }, (_, index) => `p${index}`)];
  const large = await foundSmall(path, { people, charter: bareCharter(), roles: [], files: [['a', 'a\n']] });
  const note = join(path, 'gdo', 'checked-founding');
  const written = readFileSync(note, 'utf8');
  expect(written).toMatch(/^[0-9a-f]{64}\n$/);
  const { genesisCommit: founded } = large.view;
  expect((await readGenesis(large.repository, founded, 'note')).kind).toBe('ok');
  writeFileSync(note, `${'0'.repeat(64)}\n`);
  expect((await readGenesis(large.repository, founded, 'note')).kind).toBe('ok');
  expect(readFileSync(note, 'utf8')).toBe(written);
  const files = await readFiles(large.repository, founded);
  const statement = files?.get('genesis.json') ?? new Uint8Array();
  const bylaws = files?.get('bylaws.json') ?? new Uint8Array();
  const signatures = [...(files ?? [])].flatMap(([name, bytes]) =>
    name.startsWith('sig/') ? [[name.slice(4), Buffer.from(bytes).toString('utf8')] as const] : [],
  );
  // One founder's signature stands in the place of another's.
  const [first, second] = signatures;
  const forged = signatures.map(([device, armour]) => [device, device === first?.[0] ? (second?.[1] ?? '') : armour] as const);
  const other = genesisCommit({ statement, bylaws, signatures: forged, timeMs: large.view.genesis.timeMs });
  await large.repository.writeObjects(other.objects);
  expect(await readGenesis(large.repository, other.commit, 'note')).toMatchObject({ kind: 'refused', code: 'GDO1015' });
  large.repository.close();
});

it('T08: keys of a founding that was checked are not asked about again, until somebody checks a founding from nothing', async () => {
  const path = join(folder, 'keys.git');
  const people = ['ada', ...Array.from({ length: 64 }, (_, index) => `q${index}`)];
  const large = await foundSmall(path, { people, charter: bareCharter(), roles: [], files: [['a', 'a\n']] });
  // The neutral element, whose every signature fits every message: such a key is refused where it is asked about.
  const unsound = Buffer.from(`01${'00'.repeat(31)}`, 'hex');
  acceptKeys([deviceOf(unsound)]);
  expect(keyVerdict(unsound).kind).toBe('ok');
  expect((await readGenesis(large.repository, large.view.genesisCommit, 'note')).kind).toBe('ok');
  expect(keyVerdict(unsound).kind).toBe('ok');
  expect((await readGenesis(large.repository, large.view.genesisCommit)).kind).toBe('ok');
  expect(keyVerdict(unsound)).toMatchObject({ kind: 'refused', code: 'GDO1013' });
  large.repository.close();
});
