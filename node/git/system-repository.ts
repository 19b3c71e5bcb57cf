// The adapter over the installed git: one long-lived reader, and short-lived children for everything else. Knows no events and no rules.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureInWords } from '../cli/system-failure.ts';
import { gitOutput, runGit, type GitEnd } from './child.ts';
import { diskFiles } from './file-store.ts';
import { commonDirectory, type GitPlace } from './git-place.ts';
import { awaitLock, blockingLock } from './leftovers.ts';
import { objectId, type GitObject } from './object.ts';
import { objectReader } from './object-reader.ts';
import { looseObjectsMax, objectPacks, packFolder } from './object-writer.ts';
import { buildPack } from './pack.ts';
import { recoverRefs } from './portable-repository.ts';
import { journalName } from './ref-transaction.ts';
import type { FilesShown, RefChange, RefEntry, RefsMoved, Repository } from './repository.ts';
import { quarantineEnvironment, type Quarantine } from './quarantine.ts';

/** Others who hold the same ref are waited for so often; the compare-and-swap then says whether they were faster. */
const lockAttemptsMax = 5;

/**
 * What a large content is read with: little of its packs is mapped at a time, whatever their size. In the order of the content that costs nothing; events, which are read
 * in any order, would be read at half the speed.
 */
const chunkOptions = ['-c', 'core.packedGitWindowSize=1m', '-c', 'core.packedGitLimit=16m', '-c', 'core.deltaBaseCacheLimit=16m'];

/** Opens the repository whose git directory was found. @param quarantine - where the objects of a push wait that is being judged */
export function systemRepository(place: GitPlace, quarantine?: Quarantine): Repository {
  const environment = quarantine === undefined ? {} : quarantineEnvironment(quarantine);
  const { gitDirectory } = place;
  const reader = objectReader(gitDirectory, environment);
  const chunkReader = objectReader(gitDirectory, environment, chunkOptions);
  const run = (args: readonly string[], input?: Uint8Array): Promise<Buffer> =>
    gitOutput({ gitDirectory, environment, arguments: args, ...(input === undefined ? {} : { input }) });
  const answer = async (args: readonly string[]): Promise<string | undefined> => {
    const end = await runGit({ gitDirectory, environment, arguments: args });
    const text = end.output.toString('utf8').replace(/\n$/, '');
    return end.code === 0 && text !== '' ? text : undefined;
  };
  // A transaction that the portable adapter decided and did not carry out: rare, so that nothing but one look is paid for it.
  const whole = existsSync(join(commonDirectory(gitDirectory), journalName)) ? recoverRefs(place, diskFiles) : undefined;
  return {
    ...place,
    adapter: 'system',
    environment,
    readObject: reader.read,
    readMany: (ids) => Promise.all(ids.map((id) => reader.read(id))),
    readChunk: chunkReader.read,
    sizes: async (ids) => {
      if (ids.length === 0) return [];
      const output = await run(['cat-file', '--batch-check=%(objectsize)', '--buffer'], Buffer.from(`${ids.join('\n')}\n`, 'latin1'));
      const lines = output.toString('latin1').split('\n');
      return ids.map((_, index) => (/^[0-9]+$/.test(lines[index] ?? '') ? Number(lines[index]) : undefined));
    },
    writeObjects: async (objects) => {
      if (objects.length === 0) return [];
      if (objects.length > looseObjectsMax) return writePacks(packFolder(gitDirectory, quarantine?.objectDirectory), objects);
      await run(['unpack-objects', '-q'], buildPack(objects));
      return objects.map(objectId);
    },
    resolve: async (ref) => {
      await whole;
      const own = ownFileOf(gitDirectory, ref);
      if (own !== undefined) return own;
      const end = await runGit({ gitDirectory, environment, arguments: ['rev-parse', '--verify', '--quiet', '--end-of-options', ref] });
      return end.code === 0 ? end.output.toString('latin1').trim() : undefined;
    },
    list: async (prefix) => {
      await whole;
      return parseRefs(await run(['for-each-ref', '--format=%(objectname) %(refname)', '--', prefix]));
    },
    updateRefs: async (changes) => {
      await whole;
      return moveRefs({ gitDirectory, environment }, changes);
    },
    walk: async (heads, not) => {
      if (heads.length === 0) return [];
      const lines = [...heads, ...not.map((id) => `^${id}`)];
      const output = await run(['rev-list', '--topo-order', '--reverse', '--stdin'], Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
      return output.toString('latin1').split('\n').filter(Boolean);
    },
    isAncestor: async (old, next) => (await runGit({ gitDirectory, environment, arguments: ['merge-base', '--is-ancestor', old, next] })).code === 0,
    currentBranch: () => answer(['symbolic-ref', '--quiet', 'HEAD']),
    setting: (name) => answer(['config', '--local', '--get', name]),
    showFiles: (old, next) => showFiles(place, old, next),
    openPack: undefined,
    close: () => {
      reader.close();
      chunkReader.close();
    },
  };
}

/**
 * What a ref of ours says that has a file of its own, which git asks before any other place; undefined where there is none such, or git knows better what it means.
 * A process of git takes longer than many a command.
 */
function ownFileOf(gitDirectory: string, ref: string): string | undefined {
  if (!/^refs\/gdo\/[\w/-]+$/.test(ref)) return undefined;
  try {
    return /^([0-9a-f]{40})\n$/.exec(readFileSync(join(commonDirectory(gitDirectory), ref), 'latin1'))?.[1];
  } catch (error) {
    // Git says what is wrong with it, if anything is.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

async function writePacks(folder: string, objects: readonly GitObject[]): Promise<readonly string[]> {
  const packs = objectPacks(folder);
  try {
    const ids = objects.map(objectId);
    for (const [index, object] of objects.entries()) packs.add(object, ids[index]);
    await packs.close();
    return ids;
  } finally {
    packs.discard();
  }
}

/** One transaction of git's. Another one's lock is waited for, and a dead one's is removed. @throws WorldError GDO4021, GDO5022 where the system refuses it */
async function moveRefs(
  run: { readonly gitDirectory: string; readonly environment: Readonly<Record<string, string>> },
  changes: readonly RefChange[],
): Promise<RefsMoved> {
  const zeros = '0'.repeat(40);
  const lines = changes.map((change) => `update ${change.ref}\0${change.next ?? zeros}\0${change.old ?? zeros}\0`);
  const input = Buffer.from(`start\0${lines.join('')}prepare\0commit\0`, 'utf8');
  const attempt = (): Promise<GitEnd> => runGit({ ...run, arguments: ['update-ref', '--stdin', '-z'], input });
  let end = await attempt();
  for (let again = 0; again < lockAttemptsMax; again += 1) {
    const lock = end.code === 0 ? undefined : blockingLock(end.errors, run.gitDirectory);
    if (lock === undefined) break;
    await awaitLock(run.gitDirectory, lock);
    end = await attempt();
  }
  if (end.code === 0) return { kind: 'ok' };
  const reason = end.errors.trim();
  // A disk that takes nothing is no other one who moved the ref: whoever asks would look for that one.
  const failure = failureInWords(reason, run.gitDirectory);
  if (failure !== undefined) throw failure;
  return { kind: 'conflict', reason };
}

async function showFiles(place: GitPlace, old: string | undefined, next: string): Promise<FilesShown> {
  if (place.workTree === undefined) return { kind: 'blocked', reason: 'there is no working tree' };
  const run = { gitDirectory: place.gitDirectory, workTree: place.workTree };
  // A copied or restored clone has other file times than its index remembers; without this git would see every file as changed.
  await runGit({ ...run, arguments: ['update-index', '-q', '--refresh'] });
  const end = await runGit({ ...run, arguments: ['read-tree', '-m', '-u', ...(old === undefined ? [] : [old]), next] });
  return end.code === 0 ? { kind: 'ok' } : { kind: 'blocked', reason: end.errors.trim().split('\n')[0] ?? '' };
}

function parseRefs(output: Buffer): readonly RefEntry[] {
  const lines = output.toString('utf8').split('\n').filter(Boolean);
  return lines.map((line) => ({ id: line.slice(0, 40), ref: line.slice(41) })).toSorted((left, right) => (left.ref < right.ref ? -1 : 1));
}
