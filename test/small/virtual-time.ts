// Time that passes only while a process has nothing to do: its timers come in order, each at once when everything before it has ended. What it does is real, and so are
// its processes. Timers of the runtime's own (of sockets, of signals) keep the time of the wall.

/** Virtual time that is in force in this process until `restore`. */
export interface VirtualTime {
  /** Milliseconds that have passed. */
  readonly nowMs: () => number;
  /** Lets timers come until so much has passed. @returns how many came */
  readonly pass: (untilMs: number) => Promise<number>;
  readonly restore: () => void;
}

interface Waiting {
  readonly atMs: number;
  readonly order: number;
  readonly everyMs: number | undefined;
  readonly act: () => void;
}

/** What a process holds for as long as it lives, and what is nobody's work. */
const lasting: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'TCPServerWrap', 'PipeWrap', 'TTYWrap', 'TCPSocketWrap', 'SignalWrap', 'ProcessWrap']);
/** Rounds in which nothing may be at work, one after the other: between two steps of one work there may be one. */
const quietRounds = 3;

/** Puts virtual time in the place of this process's timers and of its measuring clock. @param rest - resolves when nothing else is at work */
export function virtualTime(rest: () => Promise<void>): VirtualTime {
  const real = { setTimeout, clearTimeout, setInterval, clearInterval };
  const waiting = new Map<object, Waiting>();
  let [nowMs, order] = [0, 0];
  const add = (act: () => void, delayMs: number, everyMs?: number): object => {
    const due = (): Waiting => ({ atMs: nowMs + Math.max(1, delayMs), order: (order += 1), everyMs, act });
    const refresh = (): object => {
      waiting.set(handle, due());
      return handle;
    };
    const handle = { ref: () => handle, unref: () => handle, hasRef: () => true, refresh };
    return refresh();
  };
  const remove = (handle: unknown): void => {
    if (typeof handle === 'object' && handle !== null && !waiting.delete(handle)) Reflect.apply(real.clearTimeout, globalThis, [handle]);
  };
  const set = { clearTimeout: remove, clearInterval: remove };
  Object.assign(globalThis, set, {
    setTimeout: (act: (...words: readonly unknown[]) => void, delayMs = 1, ...words: readonly unknown[]) => add(() => act(...words), delayMs),
    setInterval: (act: (...words: readonly unknown[]) => void, delayMs = 1, ...words: readonly unknown[]) =>
      add(() => act(...words), delayMs, Math.max(1, delayMs)),
  });
  Object.defineProperty(performance, 'now', { configurable: true, value: () => nowMs });
  const quiet = async (): Promise<void> => {
    for (let rounds = 0; rounds < quietRounds; rounds += 1) {
      await rest();
      await new Promise((resolve) => setImmediate(resolve));
      if (process.getActiveResourcesInfo().every((name) => lasting.has(name))) continue;
      await new Promise((resolve) => real.setTimeout(resolve, 1));
      rounds = -1;
    }
  };
  return {
    nowMs: () => nowMs,
    pass: async (untilMs) => {
      let came = 0;
      for (;;) {
        await quiet();
        const [next] = [...waiting].toSorted(([, left], [, right]) => left.atMs - right.atMs || left.order - right.order);
        if (next === undefined || next[1].atMs > untilMs) break;
        const [handle, { atMs, everyMs, act }] = next;
        nowMs = atMs;
        if (everyMs === undefined) waiting.delete(handle);
        else waiting.set(handle, { atMs: atMs + everyMs, order: (order += 1), everyMs, act });
        came += 1;
        act();
      }
      nowMs = untilMs;
      return came;
    },
    restore: () => {
      Object.assign(globalThis, {
        setTimeout: real.setTimeout,
        clearTimeout: real.clearTimeout,
        setInterval: real.setInterval,
        clearInterval: real.clearInterval,
      });
      // The runtime's own stands on the prototype.
      Reflect.deleteProperty(performance, 'now');
    },
  };
}
