// Whether a process this one has started is at work. What lives as long as a node does not count while it waits: the holder of its lock, and git's reader of objects between
// two questions.
import childProcess, { type ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/** Watches what is started from now on. `rest` resolves when none is at work. */
export interface ChildrenWatched {
  /** How many were started so far. */
  readonly started: () => number;
  readonly rest: () => Promise<void>;
  readonly restore: () => void;
}

/** Begins to watch. It looks at every start and changes none. */
export function watchChildren(): ChildrenWatched {
  const working = new WorkingChildren();
  const { spawn } = childProcess;
  let started = 0;
  const watched = (...call: Parameters<typeof spawn>): ChildProcess => {
    started += 1;
    const child = spawn(...call);
    const [file, words] = call;
    if (file.endsWith('/flock')) return child;
    if (!words.includes('cat-file')) working.began(child);
    else watchReader(child, working);
    child.once('close', () => working.ended(child));
    return child;
  };
  Object.assign(childProcess, { spawn: watched });
  syncBuiltinESMExports();
  return {
    started: () => started,
    rest: () => working.rest(),
    restore: () => {
      Object.assign(childProcess, { spawn });
      syncBuiltinESMExports();
    },
  };
}

/** Those at work, and who waits for their end. */
class WorkingChildren {
  private readonly children = new Set<ChildProcess>();
  private readonly waiting: (() => void)[] = [];

  began(child: ChildProcess): void {
    this.children.add(child);
  }

  ended(child: ChildProcess): void {
    this.children.delete(child);
    if (this.children.size === 0) for (const tell of this.waiting.splice(0)) tell();
  }

  rest(): Promise<void> {
    return this.children.size === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** A reader works from a question to its answer. */
function watchReader(child: ChildProcess, working: WorkingChildren): void {
  const { stdin } = child;
  if (stdin === null) return;
  const write = stdin.write.bind(stdin);
  Object.assign(stdin, {
    write: (text: string): boolean => {
      working.began(child);
      return write(text);
    },
  });
  child.stdout?.on('data', () => working.ended(child));
}
