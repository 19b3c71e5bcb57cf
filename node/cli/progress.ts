// The one line that says how far a long command is: after a second, on a terminal only, and gone at the end. It measures nothing.
import { displayWidth } from './terminal.ts';
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
export function progress(world: Pick<World, 'interactive' | 'verbosity' | 'stderr' | 'clockMs' | 'plain' | 'columns'>, words: string): Progress {
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
      const percent = share === undefined ? '' : `${Math.floor(share * 100)} %  `;
      const figures = `${percent}${showBytes(done)}, ${showBytes((done * 1_000) / Math.max(1, nowMs - startMs))}/s`;
      world.stderr(`\r\u001b[K${inOneRow(world, words, share === undefined ? '' : `${barOf(share, world.plain)} `, figures)}`);
    },
    done: () => {
      if (isDrawn) world.stderr('\r\u001b[K');
    },
  };
}

/** A line that wraps is not taken away by the next one: where a row is too short the bar goes first, and then the end of the words. */
function inOneRow({ columns, plain }: Pick<World, 'columns' | 'plain'>, words: string, bar: string, figures: string): string {
  const cut = plain ? '...' : '…';
  const left = columns - 1 - displayWidth(figures) - 2;
  if (displayWidth(words) + displayWidth(bar) <= left) return `${words}  ${bar}${figures}`;
  let shown = '';
  for (const sign of words) {
    if (displayWidth(shown + sign) > left - cut.length) return `${shown}${cut}  ${figures}`;
    shown += sign;
  }
  return `${words}  ${figures}`;
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
