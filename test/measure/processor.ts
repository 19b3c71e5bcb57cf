// Time of the processor that processes had, by the kernel's own record: the clock on the wall tells of other work on the machine.
import { existsSync, readFileSync } from 'node:fs';

/** What one process had itself, and what its children had that have ended and been waited for. Both 0 where the system keeps no such record. */
export interface ProcessorTime {
  readonly ownMs: number;
  readonly childrenMs: number;
}

/** Reads the record of a process, which the kernel keeps in hundredths of a second. */
export function processorTime(pid: number | 'self'): ProcessorTime {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return { ownMs: 0, childrenMs: 0 };
  // The name of the program stands in parentheses and may hold blanks: the fields that are counted come after it.
  const fields = readFileSync(path, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);
  const at = (index: number): number => (fields[index] ?? 0) * 10;
  return { ownMs: at(11) + at(12), childrenMs: at(13) + at(14) };
}
