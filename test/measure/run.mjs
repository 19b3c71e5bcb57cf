// Runs a measure: bundles test/measure/main.ts with esbuild, because Node 20 reads no TypeScript, and hands it the words of the command line.
import { mkdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}dist/measure`;
const outfile = `${folder}/main-${process.pid % 8}.mjs`;

mkdirSync(folder, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['test/measure/main.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  define: { 'import.meta.url': JSON.stringify(pathToFileURL(`${root}test/measure/main.ts`).href) },
  logLevel: 'warning',
});
await import(pathToFileURL(outfile).href);
