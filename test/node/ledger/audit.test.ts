// Every kind of damage to a stored ledger is found and named.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { openRepository } from '../../../node/git/repository.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { auditLedger, type Audit } from '../../../node/ledger/audit.ts';
import { makeBench } from '../cli/virtual-world.ts';
import { bareCharter, foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder } from './small-ledger.ts';

const folder = temporaryFolder();
const original = join(folder, 'original');
const packed = join(folder, 'packed');
afterAll(() => removeFolder(folder));

beforeAll(async () => {
  const ledger = await foundSmall(original, { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['README.md', 'Hello\n']] });
  const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
  let { view } = await appendEvents(ledger.view, signerOf(ledger, 'ben'), { events: [fact], clockMs: startMs + 1, attachments: [Buffer.from('a reason')] });
  ({ view } = await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 2 }));
  ({ view } = await appendEvents(view, signerOf(ledger, 'ben'), { events: [fact, fact], clockMs: startMs + 3 }));
  ({ view } = await closeEpoch({ view, signer: signerOf(ledger, 'ada'), votes: ledger.votes, clockMs: startMs + 4 }));
  ledger.repository.close();
  cpSync(original, packed, { recursive: true });
  git(packed, 'repack', '-adq', '--no-write-bitmap-index');
});

async function audit(path: string): Promise<Audit> {
  const repository = openRepository(path);
  try {
    return await auditLedger(repository);
  } finally {
    repository.close();
  }
}

function flip(file: string, offset: number, bit = 1): void {
  chmodSync(file, 0o644);
  const bytes = readFileSync(file);
  bytes[offset] = (bytes[offset] ?? 0) ^ bit;
  writeFileSync(file, bytes);
}

function looseFiles(path: string): readonly string[] {
  const objects = join(path, 'objects');
  return readdirSync(objects, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[0-9a-f]{2}\/[0-9a-f]{38}$/.test(name))
    .map((name) => join(objects, name))
    .toSorted();
}

it('An untouched ledger passes, loose and packed', async () => {
  for (const path of [original, packed]) expect(await audit(path)).toMatchObject({ kind: 'ok', counts: { batches: 2, events: 3, checkpoints: 3 } });
});

it('A flipped byte in any loose object is found and the object is named', async () => {
  const files = looseFiles(original);
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const id = file.slice(-41).replace('/', '');
    const at = Math.floor(statSync(file).size / 2);
    flip(file, at);
    const result = await audit(original);
    flip(file, at);
    expect(result, id).toMatchObject({ kind: 'bad', fault: { code: 'GDO1010', object: id }, file: `objects/${id.slice(0, 2)}/${id.slice(2)}` });
  }
});

it('A flipped byte anywhere in a pack is found', async () => {
  const pack = readdirSync(join(packed, 'objects', 'pack')).find((name) => name.endsWith('.pack')) ?? '';
  const size = statSync(join(packed, 'objects', 'pack', pack)).size;
  for (let step = 0; step < 24; step += 1) {
    const copy = join(folder, `pack-${step}`);
    cpSync(packed, copy, { recursive: true });
    flip(join(copy, 'objects', 'pack', pack), Math.floor(((step + 0.5) * size) / 24), 4);
    expect(await audit(copy), `byte ${step}/24`).toMatchObject({ kind: 'bad' });
    removeFolder(copy);
  }
});

it('A missing object is named', async () => {
  const copy = join(folder, 'missing');
  cpSync(original, copy, { recursive: true });
  const [file = ''] = looseFiles(copy);
  removeFolder(file);
  expect(await audit(copy)).toMatchObject({ kind: 'bad', fault: { object: file.slice(-41).replace('/', ''), what: 'the object is missing' } });
});

it.each(['loose', 'packed'])(
  'A damaged object that lies in %s files is not called missing, and what is said to be done brings its true bytes (GDO1010)',
  async (kind) => {
    const [copy, fresh] = [join(folder, `damaged-${kind}`), join(folder, `fresh-${kind}`)];
    cpSync(kind === 'loose' ? original : packed, copy, { recursive: true });
    const id = git(copy, 'rev-parse', 'refs/gdo/checkpoint').trim();
    const pack = readdirSync(join(copy, 'objects', 'pack')).find((name) => name.endsWith('.pack')) ?? '';
    const file = kind === 'loose' ? join('objects', id.slice(0, 2), id.slice(2)) : join('objects', 'pack', pack);
    chmodSync(join(copy, file), 0o644);
    writeFileSync(join(copy, file), kind === 'loose' ? 'no object' : readFileSync(join(copy, file)).fill(0x58, 12));
    const { runWith } = makeBench();
    const heard = await runWith({ cwd: copy }, 'audit');
    expect(heard).toMatchObject({ exit: 1, stdout: expect.stringMatching(/GDO1010 [^]*\n {2}Move the file away/) });
    expect(heard.stdout).not.toContain('missing');
    expect(heard.stdout).toContain(`  file    ${file}\n`);
    for (const part of [file, ...(kind === 'loose' ? [] : [file.replace(/pack$/, 'idx')])])
      renameSync(join(copy, part), join(folder, `${kind}${extname(part)}`));
    const commands = heard.stdout.split('\n').flatMap((line) => (/^ {4}(git|cp) /.test(line) ? [line.trim()] : []));
    expect(commands).toHaveLength(2);
    for (const command of commands) execFileSync('sh', ['-c', command.replace('ADDRESS', original).replaceAll('fresh.git', fresh)], { stdio: 'pipe' });
    expect((await runWith({ cwd: copy }, 'audit')).exit).toBe(0);
  },
);

it('A shallow clone lacks the past, and is told how it comes (GDO1010)', async () => {
  const copy = join(folder, 'shallow');
  git(folder, 'clone', '-q', '--bare', '--depth', '1', `file://${original}`, copy);
  git(copy, 'fetch', '-q', '--depth', '1', 'origin', 'refs/gdo/*:refs/gdo/*');
  const { runWith } = makeBench();
  const heard = await runWith({ cwd: copy }, 'audit');
  expect(heard.exit).toBe(1);
  expect(heard.stdout).toContain('GDO1010 The ledger is not sound: the object is missing');
  expect(heard.stdout).toContain('git fetch --unshallow');
  git(copy, 'fetch', '-q', '--unshallow', 'origin', 'refs/gdo/*:refs/gdo/*');
  expect(await audit(copy)).toMatchObject({ kind: 'ok' });
});

it('A main that the ledger did not accept is GDO2003', async () => {
  const copy = join(folder, 'bypassed');
  cpSync(original, copy, { recursive: true });
  const tree = git(copy, 'rev-parse', 'main^{tree}').trim();
  const commit = git(copy, '-c', 'user.name=Eve', '-c', 'user.email=eve@example.org', 'commit-tree', '-p', 'main', '-m', 'Bypass', tree).trim();
  git(copy, 'update-ref', 'refs/heads/main', commit);
  expect(await audit(copy)).toMatchObject({ kind: 'bad', fault: { code: 'GDO2003', object: commit } });
});
