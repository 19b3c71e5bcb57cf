// What this process waits for outside of itself: processes that it has started, and requests over HTTP. What lives as long as a node does not count while it waits: the
// holder of its lock, and git's reader of objects between two questions.
import childProcess, { type ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';

/** Watches what begins from now on. `rest` resolves when nothing is waited for. */
export interface WatchedWork {
  /** How many processes were started so far, but for turns about contents. */
  readonly started: () => number;
  /** How many turns about contents were. */
  readonly contentTurns: () => number;
  readonly rest: () => Promise<void>;
  readonly restore: () => void;
}

/** Begins to watch. It looks at every start and every request and changes none. */
export function watchWork(): WatchedWork {
  const work = new Awaited();
  const requests = watchRequests(work);
  const { spawn } = childProcess;
  let [started, contentTurns] = [0, 0];
  const watched = (...call: Parameters<typeof spawn>): ChildProcess => {
    const child = spawn(...call);
    const [file, words] = call;
    if (words.includes('contents')) contentTurns += 1;
    else started += 1;
    if (file.endsWith('/flock')) return child;
    if (!words.includes('cat-file')) work.began(child);
    else watchReader(child, work);
    child.once('close', () => work.ended(child));
    return child;
  };
  Object.assign(childProcess, { spawn: watched });
  syncBuiltinESMExports();
  return {
    started: () => started,
    contentTurns: () => contentTurns,
    rest: () => work.rest(),
    restore: () => {
      requests.restore();
      Object.assign(childProcess, { spawn });
      syncBuiltinESMExports();
    },
  };
}

/** Whatever has begun and not ended, and who waits for the end of all. */
class Awaited {
  private readonly open = new Set<unknown>();
  private readonly waiting: (() => void)[] = [];

  began(one: unknown): void {
    this.open.add(one);
  }

  ended(one: unknown): void {
    this.open.delete(one);
    if (this.open.size === 0) for (const tell of this.waiting.splice(0)) tell();
  }

  rest(): Promise<void> {
    return this.open.size === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** A reader works from a question to its answer. */
function watchReader(child: ChildProcess, work: Awaited): void {
  const { stdin } = child;
  if (stdin === null) return;
  const write = stdin.write.bind(stdin);
  Object.assign(stdin, {
    write: (text: string): boolean => {
      work.began(child);
      return write(text);
    },
  });
  child.stdout?.on('data', () => work.ended(child));
}

/** What the runtime itself says of the requests of `fetch`. */
function watchRequests(work: Awaited): { readonly restore: () => void } {
  const requestOf = (message: unknown): unknown => (typeof message === 'object' && message !== null && 'request' in message ? message.request : undefined);
  const began = (message: unknown): void => work.began(requestOf(message));
  const ended = (message: unknown): void => work.ended(requestOf(message));
  const heard = [
    ['undici:request:create', began],
    ['undici:request:trailers', ended],
    ['undici:request:error', ended],
  ] as const;
  for (const [channel, hear] of heard) subscribe(channel, hear);
  return {
    restore: () => {
      for (const [channel, hear] of heard) unsubscribe(channel, hear);
    },
  };
}
