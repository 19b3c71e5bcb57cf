// T36, Q08, Q16, I16: kill -9 and what it leaves behind. `npm run crashes` is the whole size: every place of the story, and 500 kills at random.
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { decisionsPath, differingDecision } from '../../../node/gate/decision-log.ts';
import { sweepObjects } from '../../../node/git/leftovers.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { auditLedger } from '../../../node/ledger/audit.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { foundStory, playStory } from '../../crash/story.ts';
import { measureCrashes } from '../../measure/crashes.ts';
import { commitFiles, removeFolder, temporaryFolder } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

it('Q16, I16: a node that is killed at a call or at any moment goes on, loses nothing that it acknowledged, and votes once per height', async () => {
  const { places, killed, random, wrong } = await measureCrashes({ seed: 3, every: 300, random: 2 });
  expect(wrong).toEqual([]);
  expect(places.length).toBeGreaterThan(200);
  expect(killed).toBeGreaterThan(places.length / 300);
  expect(random).toBe(2);
});

it('Q16, T36: git moves the refs of one transaction one after another, and a vote whose transaction was killed in between is published to its end', async () => {
  const template = join(folder, 'half.git');
  (await foundStory(template)).repository.close();
  const ends: string[] = [];
  for (const [close, moved] of [
    [0, 0],
    [1, 1],
    [2, 2],
  ] as const) {
    const path = join(folder, `half-${close}.git`);
    cpSync(template, path, { recursive: true });
    const repository = openRepository(path);
    const votes = voteStore(votesPath(repository));
    let closes = 0;
    const killed: Repository = {
      ...repository,
      updateRefs: async (changes) => {
        const isClose = changes.some(({ ref }) => ref === 'refs/gdo/checkpoint');
        closes += isClose ? 1 : 0;
        if (!isClose || closes !== close) return repository.updateRefs(changes);
        await repository.updateRefs(changes.slice(0, moved));
        throw new Error('killed');
      },
    };
    const story = playStory({ repository: killed, votes, acknowledge: () => undefined });
    if (close === 0) await story;
    else await expect(story).rejects.toThrow('killed');
    const view = await playStory({ repository, votes, acknowledge: () => undefined });
    expect((await auditLedger(repository)).kind).toBe('ok');
    ends.push(`${view.tip.id} ${view.mainCommit}`);
    repository.close();
  }
  expect(new Set(ends).size).toBe(1);
});

it('T36: locks of a killed ref transaction are removed, and a file elsewhere is left alone', async () => {
  const { path, repository } = await foundStory(join(folder, 'locks.git'));
  const next = await commitFiles(repository, [['a', 'a']]);
  const refs = ['refs/gdo/log/1', 'refs/gdo/log/2'];
  mkdirSync(join(path, 'refs', 'gdo', 'log'), { recursive: true });
  for (const ref of refs) writeFileSync(join(path, `${ref}.lock`), '');
  writeFileSync(join(path, 'other.lock'), '');
  expect(await repository.updateRefs(refs.map((ref) => ({ ref, old: undefined, next })))).toEqual({ kind: 'ok' });
  expect(refs.map((ref) => existsSync(join(path, `${ref}.lock`)))).toEqual([false, false]);
  expect(existsSync(join(path, 'other.lock'))).toBe(true);
  expect(await repository.list('refs/gdo/log')).toEqual(refs.map((ref) => ({ ref, id: next })));
  repository.close();
});

it('T36: quarantines and temporary packs of old pushes, and contents half brought, are swept, those of running ones and all objects stay', async () => {
  const { path, repository } = await foundStory(join(folder, 'sweep.git'));
  repository.close();
  const objects = join(path, 'objects');
  mkdirSync(join(objects, 'pack'), { recursive: true });
  for (const name of ['tmp_objdir-incoming-old', 'tmp_objdir-incoming-new']) mkdirSync(join(objects, name));
  for (const name of ['pack/tmp_pack_old', 'pack/tmp_pack_new', 'pack/pack-1.keep']) writeFileSync(join(objects, name), 'x');
  for (const name of ['tmp_objdir-incoming-old', 'pack/tmp_pack_old', 'pack/pack-1.keep']) utimesSync(join(objects, name), 1, 1);
  for (const name of ['gdo-arrival-old', 'gdo-arrival-new']) mkdirSync(join(path, name));
  writeFileSync(join(path, 'gdo-arrival-old', 'part'), 'x');
  for (const place of ['gdo-arrival-old/part', 'gdo-arrival-old']) utimesSync(join(path, place), 1, 1);
  expect(sweepObjects(path)).toBe(3);
  expect(['gdo-arrival-old', 'gdo-arrival-new'].map((name) => existsSync(join(path, name)))).toEqual([false, true]);
  const left = ['tmp_objdir-incoming-old', 'tmp_objdir-incoming-new', 'pack/tmp_pack_old', 'pack/tmp_pack_new', 'pack/pack-1.keep'].map((name) =>
    existsSync(join(objects, name)),
  );
  expect(left).toEqual([false, true, false, true, true]);
});

it('T36: a line of the decision log that a crash tore is written again, and the log is what the ledger implies', async () => {
  const path = join(folder, 'decisions.git');
  (await foundStory(path)).repository.close();
  const repository = openRepository(path);
  mkdirSync(join(path, 'gdo'), { recursive: true });
  appendFileSync(decisionsPath(repository), '{"bylaws":"torn');
  const view = await playStory({ repository, votes: voteStore(votesPath(repository)), acknowledge: () => undefined });
  expect(differingDecision(view)).toBeUndefined();
  expect(readFileSync(decisionsPath(repository), 'utf8').split('\n').length).toBeGreaterThan(2);
  expect(differingDecision(await openLedger(repository))).toBeUndefined();
  repository.close();
});
