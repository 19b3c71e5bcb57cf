// How node/ is bundled for a browser (docs/decisions/0165): Node's own modules are taken from node/browser/, where they stand for a machine without files and programs.
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('node/browser/', import.meta.url));

/** Which file stands for which module of Node. Any other one ends the build. */
const standIns = {
  'node:child_process': 'programs.ts',
  'node:crypto': 'cryptography.ts',
  'node:fs': 'files.ts',
  'node:os': 'threads.ts',
  'node:path': 'paths.ts',
  'node:stream': 'programs.ts',
  'node:worker_threads': 'threads.ts',
  'node:zlib': 'compression.ts',
};

/** Options of esbuild, without entries and place. One file, so that no application has to know about pieces. */
export const forBrowsers = {
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2023',
  preserveSymlinks: true,
  // Names stay, for whoever reads the trace of a fault.
  minifyWhitespace: true,
  minifySyntax: true,
  inject: [`${folder}buffer.ts`],
  logLevel: 'warning',
  plugins: [
    {
      name: 'stand-ins',
      setup({ onResolve }) {
        onResolve({ filter: /^node:/ }, ({ path }) =>
          standIns[path] === undefined ? { errors: [{ text: `${path} has no stand-in for browsers` }] } : { path: `${folder}${standIns[path]}` },
        );
      },
    },
  ],
};
