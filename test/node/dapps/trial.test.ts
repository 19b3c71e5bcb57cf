// What surrounds a run: what a dapp is given, where its image comes from, and answers that are not asked for twice. On a real engine.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyState, readsRoot, rootUnder, writeEntry } from '../../../engine/index.ts';
import type { CheckAnswer } from '../../../node/dapps/check.ts';
import type { ContainerEngine } from '../../../node/dapps/containers.ts';
import { archiveFolder, readyImage } from '../../../node/dapps/images.ts';
import { folderMemo } from '../../../node/dapps/memo.ts';
import type { Trial } from '../../../node/dapps/trial.ts';
import { readsOf, trialInput, tryDapp } from '../../../node/dapps/trial.ts';
import { engineForTests, importBusyboxImage } from './image.ts';

const found = await engineForTests();
const folder = mkdtempSync(join(tmpdir(), 'gdo-trial-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = `100644:${'7'.repeat(64)}`;
const state = ['dapps/fee.json', 'fees/a', 'notes/a'].reduce((known, path) => writeEntry(known, `content/${path}`, { entry }), emptyState);
const full = writeEntry(writeEntry(state, 'role/member/ana', { from: 1 }), 'role/guard/bo', { from: 2 });

function trialOf(script: string, reads: readonly string[] | undefined, image = ''): Trial {
  return {
    org: '1'.repeat(64),
    case: '2'.repeat(64),
    openedMs: 1_795_248_000_000,
    image,
    manifest: {
      name: 'fee',
      role: 'check',
      command: ['/bin/sh', '-c', script],
      output: 'exit',
      reads,
      timeoutMs: 20_000,
      memoryBytes: 33_554_432,
      outputBytesMax: 65_536,
      determinism: 'deterministic',
      images: [],
    },
    manifestHash: '3'.repeat(64),
    entries: [{ path: 'fees/a', old: 'absent', new: entry }],
    candidate: { state: full, contentRoot: rootUnder(full, 'content/') },
    files: ['dapps/fee.json', 'fees/a', 'notes/a'].map((path) => ({ path, entry, bytes: new TextEncoder().encode(path) })),
  };
}

describe('what a dapp is given', () => {
  const text = (reads: readonly string[] | undefined): string => Buffer.from(trialInput(trialOf('true', reads)) ?? []).toString();

  it('is the whole tree and nothing of the state, or what its patterns name and its manifest', () => {
    expect(text(undefined)).toMatch(/"files":\[\["dapps\/fee.json".*\["fees\/a".*\["notes\/a".*"state":\[\]/);
    expect(text(['fees/*'])).toMatch(/"files":\[\["dapps\/fee.json",[^[]*\["fees\/a",[^[]*\],"kind"/);
    expect(text(['/role/member/*', 'fees/*'])).toContain('"state":[["role/member/ana",{"from":1}]]');
  });

  it('is named by the root that an attestation of it says', () => {
    const [whole, part] = [trialOf('true', undefined), trialOf('true', ['fees/*'])];
    expect(readsOf(whole)).toBe(whole.candidate.contentRoot);
    expect(readsOf(part)).toBe(readsRoot(full, 'fee', ['fees/*']));
    expect(text(['fees/*'])).toContain(`"candidate":"${readsOf(part)}"`);
    expect(text(undefined)).not.toContain(readsOf(part));
  });
});

describe.skipIf('missing' in found)(`trying a dapp${'missing' in found ? ` (skipped: ${found.missing})` : ''}`, () => {
  let engine: ContainerEngine;
  let image = '';
  let runs = 0;
  beforeAll(() => {
    if ('missing' in found) return;
    image = importBusyboxImage();
    engine = {
      ...found.engine,
      run: (...words) => {
        runs += 1;
        return found.engine.run(...words);
      },
    };
  });

  it('runs twice for an answer and not again for the same input; what gave no answer is tried again', async () => {
    const memo = folderMemo(join(folder, 'answers'));
    const attempt = (script: string, reads?: readonly string[]): Promise<CheckAnswer> => tryDapp({ engine, images: [], memo }, trialOf(script, reads, image));
    const first = await attempt('exit 1');
    expect([first.kind, runs]).toEqual(['reject', 2]);
    expect(await attempt('exit 1')).toMatchObject({ kind: 'reject', output: first.kind === 'none' ? '' : first.output });
    expect(runs).toBe(2);
    expect((await attempt('exit 1', ['fees/*'])).kind).toBe('reject');
    expect(runs).toBe(4);
    const failing = { ...trialOf('exit 200', undefined, image), manifestHash: '4'.repeat(64) };
    for (const total of [5, 6]) {
      expect(await tryDapp({ engine, images: [], memo }, failing)).toMatchObject({ kind: 'none', code: 'GDO3005' });
      expect(runs).toBe(total);
    }
    // A file that a crash tore is no answer.
    for (const name of readdirSync(join(folder, 'answers'))) writeFileSync(join(folder, 'answers', name), '{"kind":"acc');
    expect((await attempt('exit 1')).kind).toBe('reject');
    expect(runs).toBe(8);
  });

  it('takes an image from a local archive where the engine lacks it, and no other image under its name (T22, GDO3012)', async () => {
    const archives = join(folder, 'images');
    mkdirSync(archives);
    const other = importBusyboxImage(['ENV OTHER=1']);
    const archive = execFileSync('docker', ['save', other], { maxBuffer: 2 ** 28 });
    const sources = [archiveFolder(archives)];
    execFileSync('docker', ['rmi', other]);
    expect(await readyImage(engine, other, sources)).toMatchObject({ kind: 'none', code: 'GDO3001', reason: expect.stringContaining('gdo image add ARCHIVE') });
    writeFileSync(join(archives, `${other.slice('sha256:'.length)}.tar`), archive);
    expect(await readyImage(engine, other, sources)).toEqual({ kind: 'ready' });
    const wanted = `sha256:${'d'.repeat(64)}`;
    for (const bytes of [archive, Buffer.from('no archive at all')]) {
      writeFileSync(join(archives, `${'d'.repeat(64)}.tar`), bytes);
      expect(await readyImage(engine, wanted, sources)).toMatchObject({ kind: 'none', code: 'GDO3012' });
    }
    expect(await readyImage(engine, '../../etc/passwd', sources)).toMatchObject({ kind: 'none', code: 'GDO3001' });
  });

  it('gives no verdict for a service, or where the engine lacks a protection', async () => {
    const trial = trialOf('exit 0', undefined, image);
    const before = runs;
    expect(await tryDapp({ engine, images: [] }, { ...trial, manifest: { ...trial.manifest, role: 'service' } })).toMatchObject({ code: 'GDO3006' });
    expect(await tryDapp({ engine: { ...engine, lacks: ['limits of processes'] }, images: [] }, trial)).toMatchObject({ code: 'GDO3010' });
    expect(runs).toBe(before);
  });
});
