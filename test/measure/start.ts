// What `gdo check` on one small file costs beside an empty Node, started as it is installed: CPU time and peak memory, with and without what was kept compiled.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { framed } from '../../compiler/index.ts';
import { costOf } from './cost.ts';
import type { Cost } from './cost.ts';

/** Goals of the issue, as multiples of an empty Node. */
const goals = { cpu: 1.8, memory: 1.4 };

/** Prints one row per way to start; answers 1 where a goal is missed. @param rounds - of which the median counts */
export function measureStart(print: (line: string) => void, rounds: number): number {
  const root = process.cwd();
  const program = join(root, 'bin/gdo.cjs');
  if (!existsSync(join(root, 'dist/launch.cjs'))) throw new Error('dist/launch.cjs is missing: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'gdo-start-'));
  try {
    writeFileSync(join(folder, 'empty.cjs'), '');
    writeFileSync(join(folder, 'a.gdo'), smallFile(root));
    const kept = { XDG_CACHE_HOME: join(folder, 'cache') };
    // A file where the folder should be: nothing can be kept.
    const none = { XDG_CACHE_HOME: join(folder, 'empty.cjs') };
    const ways: readonly (readonly [name: string, run: () => Cost])[] = [
      ['empty node', () => costOf(folder, ['empty.cjs'])],
      ['gdo check', () => costOf(folder, [program, 'check', 'a.gdo'], kept)],
      ['gdo check, nothing kept', () => costOf(folder, [program, 'check', 'a.gdo'], none)],
      ['gdo --help', () => costOf(folder, [program, '--help'], kept)],
    ];
    for (const [, run] of ways) run();
    const costs: Cost[][] = ways.map(() => []);
    // In turn, so that whatever else the machine does meets all alike.
    for (let round = 0; round < rounds; round += 1) ways.forEach(([, run], index) => costs[index]?.push(run()));
    const [empty, ...others] = ways.map(([name], index) => ({ name, ...medians(costs[index] ?? []) }));
    if (empty === undefined) throw new Error('nothing was measured');
    for (const { name, cpuMs, peakMegabytes } of [empty, ...others]) {
      const ratios = `${(cpuMs / empty.cpuMs).toFixed(2)}x  ${(peakMegabytes / empty.peakMegabytes).toFixed(2)}x`;
      print(`${name.padEnd(24)} ${cpuMs.toFixed(0).padStart(5)} ms CPU  ${peakMegabytes.toFixed(0).padStart(4)} MB peak  ${ratios}`);
    }
    const check = others[0];
    const met = check !== undefined && check.cpuMs / empty.cpuMs <= goals.cpu && check.peakMegabytes / empty.peakMegabytes <= goals.memory;
    print(`goals of \`gdo check\`: ${goals.cpu}x CPU, ${goals.memory}x memory: ${met ? 'met' : 'MISSED'}`);
    return met ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The sample council where it is at hand, else the smallest bylaws that have no finding. */
function smallFile(root: string): string {
  const sample = join(root, '../shared/design/language-samples/council.gdo');
  return existsSync(sample) ? readFileSync(sample, 'utf8') : framed('');
}

function medians(costs: readonly Cost[]): Cost {
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  return { status: 0, stdout: '', cpuMs: median(costs.map(({ cpuMs }) => cpuMs)), peakMegabytes: median(costs.map(({ peakMegabytes }) => peakMegabytes)) };
}
