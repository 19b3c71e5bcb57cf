// What a check of one small file costs as a process of its own: gdo beside a linter and a policy engine. A benchmark, never a test: it fails on no machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

if (process.argv.includes('--help')) {
  console.log('node bench/starts.mjs');
  process.exit(0);
}
const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gdo-starts-'));
const usage = join(folder, 'usage.cjs');
const rounds = 11;

writeFileSync(join(folder, 'empty.cjs'), '');
writeFileSync(
  usage,
  "process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); require('node:fs').writeFileSync(3, `${userCPUTime + systemCPUTime} ${maxRSS}`); });\n",
);

const small = 'examples/incidents/cosmos-no-show/after/README.gdo.md';
const eslint = [`${here}node_modules/eslint/bin/eslint.js`, '--config', `${here}peers/small.eslint.mjs`, 'bench/run.mjs'];
/** `goal`: how much of the peer's time gdo may take. */
const programs = [
  { name: 'empty node', words: [`${folder}/empty.cjs`] },
  { name: 'gdo check', words: [`${root}bin/gdo.cjs`, 'check', small] },
  { name: 'eslint, ten rules', words: eslint, goal: 0.5 },
  { name: 'cedar-wasm, validate', words: [`${here}peers/cedar.mjs`], goal: 0.55 },
];

function cost({ name, words }) {
  const run = spawnSync(process.execPath, ['--require', usage, ...words], {
    cwd: root,
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${name} ended with ${run.status}`);
  const [microseconds, kilobytes] = run.output[3].split(' ').map(Number);
  return { cpuMs: microseconds / 1000, peakMegabytes: kilobytes / 1024 };
}

try {
  // The first run of each fills caches and is not counted; then in turn, so that whatever else the machine does meets all alike.
  const costs = programs.map((program) => void cost(program) ?? []);
  for (let round = 0; round < rounds; round += 1) programs.forEach((program, index) => costs[index].push(cost(program)));
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
  const cpu = costs.map((each) => median(each.map(({ cpuMs }) => cpuMs)));
  const own = cpu[1];
  console.log(`one small file, a process each, median of ${rounds}; ratio: gdo over the peer`);
  console.log('                       CPU ms  peak MB  ratio  goal');
  programs.forEach(({ name, goal }, index) => {
    const peak = median(costs[index].map(({ peakMegabytes }) => peakMegabytes));
    const ratio = index === 1 ? '' : (own / cpu[index]).toFixed(2);
    const reached = goal === undefined ? '' : `<= ${goal}  ${own / cpu[index] <= goal ? 'met' : 'MISSED'}`;
    console.log(`${name.padEnd(22)} ${cpu[index].toFixed(0).padStart(6)} ${peak.toFixed(0).padStart(8)} ${ratio.padStart(6)}  ${reached}`);
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
