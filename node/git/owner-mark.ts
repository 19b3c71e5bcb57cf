// Says which process makes something that is not whole yet, so that whoever comes later can tell what is being made from what was left by one that was killed.
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/** Names of machines can hold anything; these digits stand in names of folders. */
const machineDigits = 8;

function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, machineDigits);
}

/** The mark of this process: its machine and its number there. */
export function ownMark(): string {
  return `${machine()}-${process.pid}`;
}

/** True where the process of a mark surely ended. Of a process on another machine, or of a number that another one got, nobody here can say so. */
export function isOwnerGone(mark: string): boolean {
  const [, where, id] = /^([0-9a-f]+)-([1-9][0-9]{0,9})$/.exec(mark) ?? [];
  if (where !== machine()) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    // A process of somebody else's lives too: EPERM.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return true;
    if (error instanceof Error && 'code' in error && error.code === 'EPERM') return false;
    throw error;
  }
}
