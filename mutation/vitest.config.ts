// How tests judge mutants: the pure folders are bundled once per run, because a worker of its own for every mutant would load 400 modules each time.
import { relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** The nearest tests first: the first failure ends the run of a mutant. */
const asked = (process.env['GDO_TESTS'] ?? 'test/engine/**/*.test.ts').split(',');

class AsAsked extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => asked.findIndex((path) => moduleId.endsWith(path));
    return files.toSorted((left, right) => placeOf(left) - placeOf(right));
  }
}

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
    include: asked,
    sequence: { sequencer: AsAsked },
    isolate: false,
    server: { deps: { external: [/\.mutation-bundle/] } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
