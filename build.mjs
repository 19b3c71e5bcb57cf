#!/usr/bin/env node
// Builds dist/: a bundle for the command, one for the story, one file per subpath export, and with --types the type declarations too.
// Libraries that are imported lazily become chunks, so `gdo --help` loads none of them.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** One esbuild run each: entries built together would share chunks, and the command would read several files to start. */
const bundles = [
  { gdo: 'node/main.ts' },
  { story: 'node/story.ts' },
  { language: 'language/index.ts', compiler: 'compiler/index.ts', engine: 'engine/index.ts', node: 'node/index.ts' },
];

/** What CommonJS code inside a bundle (dockerode, ssh2, isomorphic-git) expects to find around it. */
const commonJs = [
  "import { createRequire as gdoCreateRequire } from 'node:module';",
  "import { dirname as gdoDirname } from 'node:path';",
  "import { fileURLToPath as gdoFileURLToPath } from 'node:url';",
  'const require = gdoCreateRequire(import.meta.url);',
  'const __filename = gdoFileURLToPath(import.meta.url);',
  'const __dirname = gdoDirname(__filename);',
].join('\n');

if (process.argv.includes('--types')) {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-b', 'test'], { cwd: root, stdio: 'inherit' });
}

mkdirSync(`${root}dist`, { recursive: true });
rmSync(`${root}dist/chunks`, { recursive: true, force: true });
for (const entries of bundles) {
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    define: { GDO_VERSION: JSON.stringify(version) },
    // An optional native add-on of ssh2 (of dockerode): it is never built here, and ssh2 works without it.
    external: ['cpu-features'],
    banner: { js: commonJs },
    logLevel: 'warning',
  });
}

if (!readFileSync(`${root}dist/gdo.js`, 'utf8').startsWith('#!/usr/bin/env node')) throw new Error('node/main.ts must open with #!/usr/bin/env node');
chmodSync(`${root}dist/gdo.js`, 0o755);
