// The one line that says how far a long command is: after a second, on a terminal only, and gone at the end. It measures nothing.
import type { World } from './world.ts';

/** A line that moves. `done` takes it away. */
export interface Progress {
  readonly at: (done: number, of: number | undefined) => void;
  readonly done: () => void;
}

/** Nobody waits for what takes less. */
const silentMs = 1_000;
const redrawMs = 100;
const barColumns = 24;

/** Begins a line. @param words - what is done, such as `put disk.img` */
export function progress(world: Pick<World, 'interactive' | 'verbosity' | 'stderr' | 'clockMs' | 'plain'>, words: string): Progress {
  if (!world.interactive || world.verbosity === 0) return { at: () => undefined, done: () => undefined };
  const startMs = world.clockMs();
  let drawnMs = startMs + silentMs - redrawMs;
  let isDrawn = false;
  return {
    at: (done, of) => {
      const nowMs = world.clockMs();
      if (nowMs - drawnMs < redrawMs) return;
      drawnMs = nowMs;
      isDrawn = true;
      const share = of === undefined || of === 0 ? undefined : Math.min(1, done / of);
      const bar = share === undefined ? '' : `${barOf(share, world.plain)} ${Math.floor(share * 100)} %  `;
      world.stderr(`\r\u001b[K${words}  ${bar}${showBytes(done)}, ${showBytes((done * 1_000) / Math.max(1, nowMs - startMs))}/s`);
    },
    done: () => {
      if (isDrawn) world.stderr('\r\u001b[K');
    },
  };
}

function barOf(share: number, plain: boolean): string {
  const filled = Math.floor(share * barColumns);
  return `[${(plain ? '#' : '█').repeat(filled)}${(plain ? '.' : '░').repeat(barColumns - filled)}]`;
}

/** Bytes for people: `312 B`, `4.7 MB`, in steps of a thousand. Pure. */
export function showBytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [count, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(value < 99.5 ? 1 : 0)} ${units[unit] ?? ''}`;
}
