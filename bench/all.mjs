// Every benchmark of this folder one after the other, after a build and with its peers installed: `npm run bench`. One that fails ends it.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const benches = ['run.mjs', 'starts.mjs', 'ledger.mjs', 'http.mjs', 'chunks.mjs', 'engine.mjs'];
/** Founding a million voters takes more than a heap has by itself. */
const nodeWords = { 'engine.mjs': ['--max-old-space-size=8192'] };

if (process.argv.includes('--help')) {
  console.log(`npm run bench\n  runs each of them, hours long; some of one: node bench/NAME --help\n  ${benches.join('  ')}`);
  process.exit(0);
}
const run = (program, words) => execFileSync(program, words, { cwd: root, stdio: 'inherit' });
run(process.execPath, ['build.mjs']);
run('npm', ['--prefix', 'bench', 'ci']);
for (const name of benches) run(process.execPath, [...(nodeWords[name] ?? []), `bench/${name}`]);
