// One node per ledger, and no pruning beside a put: a lock of the kernel on a file, held by `flock` of util-linux, that ends with this process however it ends. No file has
// to be removed.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { placeOf } from '../git/child.ts';
import { makeFolders } from '../git/make-folders.ts';

/** How long the holder of a node that was just killed may take to notice. */
const tryMs = 2_000;
const againMs = 50;

/** A lock that is held. */
export interface HeldLock {
  /** Resolves when others can have it. */
  readonly release: () => Promise<void>;
  /** Resolves if the lock is lost without being released. */
  readonly lost: Promise<void>;
}

/** How a lock is held, and what is said where another one holds it. `shared`: any number may. */
export interface LockTerms {
  readonly mode: 'alone' | 'shared';
  readonly busy: string;
  readonly help: string;
}

const oneNode: LockTerms = {
  mode: 'alone',
  busy: 'Another node works on this ledger',
  help: 'stop the other one first; look for it with `fuser`, or `gdo node doctor`',
};

/** Takes the lock on a file, which is made where it is missing. @throws WorldError GDO5024 where another process holds it, or `flock` is missing */
export async function holdLock(path: string, terms: LockTerms = oneNode): Promise<HeldLock> {
  const flock = placeOf('flock');
  if (flock === undefined)
    throw new WorldError('GDO5024', 'The program flock is not installed, and two programs could harm each other here', 'install util-linux');
  makeFolders(dirname(path), 0o700);
  for (let waitedMs = 0; ; waitedMs += againMs) {
    const held = await tryLock([flock, terms.mode === 'alone' ? '--exclusive' : '--shared'], path);
    if (held !== undefined) return held;
    if (waitedMs >= tryMs) throw new WorldError('GDO5024', `${terms.busy}: ${path} is locked`, terms.help);
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

/** The holder echoes one line when it has the lock, and ends when our end of its input closes: also where this process is killed. */
function tryLock([flock, mode]: readonly [program: string, mode: string], path: string): Promise<HeldLock | undefined> {
  return new Promise((resolve, reject) => {
    // In a process group of its own: Ctrl-C on the terminal is for the node, which stops in order.
    const child = spawn(flock, ['--nonblock', mode, '--', path, 'cat'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    let isReleased = false;
    const ended = new Promise<void>((end) => child.on('close', () => end()));
    const lost = new Promise<void>((lose) => {
      void ended.then(() => {
        resolve(undefined);
        if (!isReleased) lose();
      });
    });
    child.on('error', (cause) => reject(new WorldError('GDO5024', 'The program flock could not be started', 'install util-linux', cause)));
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => {
      resolve({
        lost,
        release: () => {
          isReleased = true;
          child.stdin.end();
          return ended;
        },
      });
    });
    child.stdin.write('held\n');
  });
}
