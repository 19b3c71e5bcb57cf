#!/usr/bin/env node
// Builds dist/: the program and what starts it, the story, one file per subpath export; with --types the type declarations too, with --clean from nothing.
// The program is one file, so that the runtime can keep it compiled (docs/decisions/0041); heavy libraries are files of their own, so `gdo --help` loads none of them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { forBrowsers } from './build-browser.mjs';

if (process.argv.includes('--help')) {
  console.log('node build.mjs [--types] [--clean]\n  --types  checks types first and writes their declarations\n  --clean  begins with an empty dist/');
  process.exit(0);
}
const root = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Libraries that few commands need, by the name of their file. */
const heavy = {
  'ts-morph': 'ts-morph',
  dockerode: 'dockerode',
  '@clack/prompts': 'clack-prompts',
  '@hpcc-js/wasm-graphviz': 'wasm-graphviz',
  'isomorphic-git': 'isomorphic-git',
};

/** One esbuild run each: entries built together would share chunks. */
const bundles = [
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

// What an earlier build left would be packed too.
if (process.argv.includes('--clean')) rmSync(`${root}dist`, { recursive: true, force: true });
if (process.argv.includes('--types')) {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-b', 'test'], { cwd: root, stdio: 'inherit' });
}

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // Names of modules stand in the output: they must not tell where on the machine the libraries lie.
  preserveSymlinks: true,
  // An optional native add-on of ssh2 (of dockerode): it is never built here, and ssh2 works without it.
  external: ['cpu-features'],
  logLevel: 'warning',
};
const versions = { GDO_VERSION: JSON.stringify(version) };

mkdirSync(`${root}dist`, { recursive: true });
rmSync(`${root}dist/chunks`, { recursive: true, force: true });
for (const entries of bundles) {
  await build({
    ...shared,
    entryPoints: entries,
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    define: versions,
    banner: { js: commonJs },
  });
}

await build({ ...forBrowsers, absWorkingDir: root, entryPoints: { browser: 'node/browser.ts' }, outdir: 'dist' });

const libraries = Object.fromEntries(Object.entries(heavy).map(([name, file]) => [file, name]));
await build({ ...shared, entryPoints: libraries, outdir: 'dist/lib', outExtension: { '.js': '.cjs' }, format: 'cjs' });

/** Leaves heavy libraries in their own files, and gives commander the module for child processes only if it starts one, which it never does here. */
const apart = {
  name: 'apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path }) => (heavy[path] === undefined ? undefined : { path: `./lib/${heavy[path]}.cjs`, external: true }));
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/commander/') ? { path: 'child-process', namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'lazy' }, () => ({ contents: "exports.spawn = (...words) => require('child_process').spawn(...words);" }));
  },
};

await build({
  ...shared,
  entryPoints: { program: 'node/main.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  plugins: [apart],
  // Names stay, for whoever reads the trace of a fault; blanks go, for they are read at every start.
  minifyWhitespace: true,
  minifySyntax: true,
  supported: { 'dynamic-import': false },
  define: { ...versions, 'import.meta.url': 'gdoUrl' },
  banner: { js: "(function (require, __filename) { const gdoUrl = require('node:url').pathToFileURL(__filename).href;" },
  footer: { js: '})' },
});
// esbuild leaves letters of other alphabets in regular expressions as they are, and the launcher reads one byte for a letter.
const programFile = `${root}dist/program.cjs`;
writeFileSync(
  programFile,
  readFileSync(programFile, 'utf8').replaceAll(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
);
const GDO_BUILD = JSON.stringify(createHash('sha256').update(readFileSync(programFile)).digest('hex'));
await build({
  ...shared,
  entryPoints: { launch: 'node/launch.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  define: { GDO_BUILD, 'import.meta.filename': '__filename' },
});
writeFileSync(`${root}dist/gdo.js`, "#!/usr/bin/env node\nimport './launch.cjs';\n");
chmodSync(`${root}dist/gdo.js`, 0o755);
