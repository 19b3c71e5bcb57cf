// Whether the kernel killed something for want of memory while a container ran. The engine is told by a watcher that reads the container's group after the fact; a group that is
// gone by then tells nothing, so its word can be lost. The kernel's own count cannot: it is there before the killed process is gone (docs/decisions/0181).
import { readFileSync } from 'node:fs';

/** How many processes this kernel has killed for want of memory since it started; undefined where it does not say. */
export function memoryKills(): number | undefined {
  try {
    const found = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'));
    return found === null ? undefined : Number(found[1]);
  } catch {
    // Another system, or one that hides it: then the word of the engine is all there is.
    return undefined;
  }
}
