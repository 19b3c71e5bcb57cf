// Takes in what was judged: objects first, then refs. Pushes that wait at the same time are taken in together, in one transaction of refs (node.md section 3.7).
import { join } from 'node:path';
import { moveNames, type FolderOfObjects } from '../git/arrival.ts';
import type { RefChange, RefsMoved, Repository } from '../git/repository.ts';
import { syncFolders } from './sync-folders.ts';

/** One push that was accepted. `objects`: what it brought, where it brought any. */
export interface Promotion {
  readonly objects: FolderOfObjects | undefined;
  readonly changes: readonly RefChange[];
}

/** Takes pushes in; it is on the disk when it answers. Each push moves all its refs or none. */
export type Promote = (promotion: Promotion) => Promise<RefsMoved>;

/** Pushes of one transaction: a lock is held for each of its refs meanwhile. */
const togetherMax = 64;

/** What takes pushes of one repository in. */
export interface Promoter {
  readonly promote: Promote;
  /** Does something else between two rounds: pushes that are accepted meanwhile wait for it. */
  readonly between: (act: () => Promise<void>) => Promise<void>;
}

/** Takes pushes of one repository in, round after round. */
export function promoter(repository: Repository): Promoter {
  const waiting: { readonly promotion: Promotion; readonly resolve: (moved: RefsMoved) => void; readonly reject: (error: unknown) => void }[] = [];
  const others: (() => Promise<void>)[] = [];
  let isRunning = false;
  const round = async (): Promise<void> => {
    const now = waiting.splice(0, togetherMax);
    try {
      const folders = moveNames(
        now.flatMap(({ promotion }) => promotion.objects ?? []),
        join(repository.gitDirectory, 'objects'),
      );
      await syncFolders(folders);
      const moved = await repository.updateRefs(now.flatMap(({ promotion }) => promotion.changes));
      // One that meets a ref elsewhere than it expects is no fault of the others.
      for (const { promotion, resolve } of now) resolve(moved.kind === 'ok' || now.length === 1 ? moved : await repository.updateRefs(promotion.changes));
    } catch (error) {
      for (const { reject } of now) reject(error);
    }
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    // What was accepted in one breath is taken in together.
    await new Promise(setImmediate);
    while (waiting.length + others.length > 0) {
      if (waiting.length > 0) await round();
      await others.shift()?.();
    }
    isRunning = false;
  };
  return {
    promote: (promotion) =>
      new Promise((resolve, reject) => {
        waiting.push({ promotion, resolve, reject });
        if (!isRunning) void run();
      }),
    between: (act) =>
      new Promise((resolve, reject) => {
        others.push(() => act().then(resolve, reject));
        if (!isRunning) void run();
      }),
  };
}
