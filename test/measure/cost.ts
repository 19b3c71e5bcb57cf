// What a whole Node process costs: CPU time, which other work on the machine changes little, and peak memory. It measures nothing inside of one.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One finished process. `cpuMs` is user and system time up to its exit. */
export interface Cost {
  readonly stdout: string;
  readonly status: number | null;
  readonly cpuMs: number;
  readonly peakMegabytes: number;
}

/** The script that writes what a process used to its fourth stream, in microseconds and kilobytes, when it exits. */
const usageScript: string =
  "process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); " +
  "require('node:fs').writeFileSync(3, [userCPUTime + systemCPUTime, maxRSS].join(' ')); });\n";

/** Runs Node with these words in a folder, which also keeps the script that reports. @param env - beside what this process has */
export function costOf(folder: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Cost {
  const preload = join(folder, 'usage.cjs');
  if (!existsSync(preload)) writeFileSync(preload, usageScript);
  const run = spawnSync(process.execPath, ['--require', preload, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    timeout: 30_000,
  });
  const [microseconds = 0, kilobytes = 0] = String(run.output[3]).split(' ').map(Number);
  return { stdout: run.stdout, status: run.status, cpuMs: microseconds / 1000, peakMegabytes: kilobytes / 1024 };
}
