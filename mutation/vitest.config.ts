// How tests judge mutants: the pure folders are bundled once per run, because a worker of its own for every mutant would load 400 modules each time.
import { relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { defineConfig } from 'vitest/config';

const root = process.cwd();
const bundle = resolve(root, '.mutation-bundle');
const doors = [
  'engine/index.ts',
  'compiler/index.ts',
  'language/index.ts',
  ...['ballot', 'contest', 'count', 'lot', 'rational', 'rules', 'stv-arithmetic', 'tie'].map((name) => `engine/tally/${name}.ts`),
];

await build({
  absWorkingDir: root,
  entryPoints: doors,
  outdir: bundle,
  outbase: root,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  logLevel: 'warning',
});

export default defineConfig({
  plugins: [
    {
      name: 'doors lead into the bundle',
      enforce: 'pre',
      resolveId(source, importer) {
        if (!source.startsWith('.') || importer === undefined) return null;
        const path = relative(root, resolve(importer, '..', source));
        return doors.includes(path) ? { id: resolve(bundle, path.replace(/\.ts$/, '.mjs')), external: true } : null;
      },
    },
  ],
  test: {
    include: (process.env['GDO_TESTS'] ?? 'test/engine/**/*.test.ts').split(','),
    isolate: false,
    server: { deps: { external: [/\.mutation-bundle/] } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
