// What `gdo check` on one small file costs beside an empty Node: CPU time and peak memory, without and with a start-up snapshot built for the measure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { framed } from '../../compiler/index.ts';
import { costOf } from './cost.ts';
import type { Cost } from './cost.ts';

/** Prints one row per way to start; answers 0, since a figure of one machine fails nothing. @param rounds - of which the median counts */
export async function measureStart(print: (line: string) => void, rounds: number): Promise<number> {
  const root = process.cwd();
  const program = join(root, 'dist/gdo.js');
  if (!existsSync(program)) throw new Error('dist/gdo.js is missing: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'gdo-start-'));
  try {
    writeFileSync(join(folder, 'empty.cjs'), '');
    writeFileSync(join(folder, 'a.gdo'), smallFile(root));
    const blob = await buildSnapshot(root, folder);
    const ways: readonly (readonly [name: string, run: () => Cost])[] = [
      ['empty node', () => costOf(folder, ['empty.cjs'])],
      ['gdo check', () => costOf(folder, [program, 'check', 'a.gdo'])],
      ['gdo check, snapshot', () => costOf(folder, ['--snapshot-blob', blob, 'gdo', 'a.gdo'], 'by itself')],
    ];
    const costs: Cost[][] = ways.map(() => []);
    // In turn, so that whatever else the machine does meets all alike.
    for (let round = 0; round < rounds; round += 1) ways.forEach(([, run], index) => costs[index]?.push(run()));
    const empty = medians(costs[0] ?? []);
    for (const [index, [name]] of ways.entries()) {
      const { cpuMs, peakMegabytes } = medians(costs[index] ?? []);
      const ratios = `${(cpuMs / empty.cpuMs).toFixed(2)}x  ${(peakMegabytes / empty.peakMegabytes).toFixed(2)}x`;
      print(`${name.padEnd(22)} ${cpuMs.toFixed(0).padStart(5)} ms CPU  ${peakMegabytes.toFixed(0).padStart(4)} MB peak  ${ratios}`);
    }
    print(
      `goals of the snapshot: 1.8x CPU, 1.4x memory; it says ${costs[1]?.[0]?.stdout === costs[2]?.[0]?.stdout ? 'the same as' : 'SOMETHING ELSE THAN'} the command`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

/** The sample council where it is at hand, else the smallest bylaws that have no finding. */
function smallFile(root: string): string {
  const sample = join(root, '../shared/design/language-samples/council.gdo');
  return existsSync(sample) ? readFileSync(sample, 'utf8') : framed('');
}

async function buildSnapshot(root: string, folder: string): Promise<string> {
  const entry = join(folder, 'entry.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/measure/snapshot-entry.ts'],
    outfile: entry,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    external: ['cpu-features', 'dockerode', 'ts-morph', 'isomorphic-git', 'marked', 'commander'],
    define: { GDO_VERSION: '"measured"', 'import.meta.url': '"file:///gdo"' },
    logLevel: 'error',
  });
  const run = spawnSync(process.execPath, ['--snapshot-blob', join(folder, 'gdo.blob'), '--build-snapshot', entry], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the snapshot was not built: ${run.stderr}`);
  return join(folder, 'gdo.blob');
}

function medians(costs: readonly Cost[]): Cost {
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  return { status: 0, stdout: '', cpuMs: median(costs.map(({ cpuMs }) => cpuMs)), peakMegabytes: median(costs.map(({ peakMegabytes }) => peakMegabytes)) };
}
