// Whether something in a container that lives was killed for want of memory, asked before each of its lines is believed. The group of a living container is there, and the kernel
// raises its count before the killed process is gone: so a line that was written after such a loss is never taken for one before it (docs/decisions/0187).
import { readFileSync } from 'node:fs';
import { memoryKills } from './memory-kills.ts';

/** Says since when something was lost; what is lost stays lost. */
export interface MemoryWatch {
  /** Why no line of the container is to be believed any more, as a sentence part, or undefined. */
  readonly loss: () => string | undefined;
  /** From here on its own group is asked, where the kernel shows it. @param pid - its first process, where it runs on this kernel */
  readonly follow: (id: string, pid: number) => void;
}

const ownLoss = 'something in it was killed for want of memory';
const unclearLoss = 'something on this machine was killed for want of memory, and nobody can say whether it was in it';

/** Begins before the container is started, so that its group has counted nothing yet. */
export function watchMemory(): MemoryWatch {
  const before = memoryKills();
  let group: string | undefined;
  return {
    loss: () => {
      const own = group === undefined ? undefined : killsIn(group);
      if (own !== undefined) return own > 0 ? ownLoss : undefined;
      // Without its group the count of all groups is held: whoever asks the container gets no answer rather than a false one.
      const now = before === undefined ? undefined : memoryKills();
      return now === before ? undefined : unclearLoss;
    },
    follow: (id, pid) => {
      const path = groupOf(id, pid);
      if (path !== undefined && killsIn(path) !== undefined) group = path;
    },
  };
}

/** The file in which the kernel counts for the group of a container. A process of another machine's engine may have the number of one of ours: the group has to name the container. */
function groupOf(id: string, pid: number): string | undefined {
  const rows = (textOf(`/proc/${pid}/cgroup`) ?? '').split('\n').map((line) => /^\d+:([^:]*):(.*)$/.exec(line));
  const old = rows.find((row) => row?.[1]?.split(',').includes('memory'))?.[2];
  const path = old ?? rows.find((row) => row?.[1] === '')?.[2];
  if (path === undefined || !path.includes(id)) return undefined;
  return old === undefined ? `/sys/fs/cgroup${path}/memory.events` : `/sys/fs/cgroup/memory${path}/memory.oom_control`;
}

function killsIn(path: string): number | undefined {
  const found = /^oom_kill (\d+)$/m.exec(textOf(path) ?? '');
  return found === null ? undefined : Number(found[1]);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Another system, one that hides it, or a container that has ended.
    return undefined;
  }
}
