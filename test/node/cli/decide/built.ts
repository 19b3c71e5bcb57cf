// The program that an installed hook calls, bundled from today's source into a folder of this run: a build of `dist/` that runs meanwhile
// cannot take it away in the middle of a push. It tests nothing.
import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const installed = join(root, 'dist', 'gdo.js');

/** Libraries that no hook loads; leaving them out makes the bundle small enough to start fast. */
const external = ['ts-morph', 'dockerode', '@clack/prompts', 'marked', 'cpu-features', 'isomorphic-git'];
const banner = { js: "import { createRequire as gdoCreateRequire } from 'node:module'; const require = gdoCreateRequire(import.meta.url);" };

let folder: string | undefined;

/** `gdo hook install` looks for `dist/gdo.js`: builds it where it is missing. */
export function ensureInstallable(): void {
  if (!existsSync(installed)) execFileSync(process.execPath, [join(root, 'build.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Lets an installed hook call this run's bundle instead of `dist/gdo.js`; the rest of the hook stays as it was installed. */
export function pinProgram(hook: string): void {
  const text = readFileSync(hook, 'utf8');
  if (!text.includes(installed)) throw new Error(`the hook does not call ${installed}:\n${text}`);
  writeFileSync(hook, text.replace(installed, bundledProgram()));
}

/** Removes the bundle, unless the whole run shares it (test/run-folder.ts). */
export function removeBundle(): void {
  if (folder !== undefined && process.env['GDO_RUN_FOLDER'] === undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}

/** The path of the bundle: the whole program, for a process of its own. The first who asks in a run of the tests builds it for all. */
export function bundledProgram(): string {
  const run = process.env['GDO_RUN_FOLDER'];
  folder ??= run === undefined ? buildBundle(tmpdir()) : sharedBundle(run);
  return join(folder, 'gdo.mjs');
}

function sharedBundle(run: string): string {
  const place = join(run, 'program');
  if (existsSync(place)) return place;
  const built = buildBundle(run);
  try {
    renameSync(built, place);
  } catch (error) {
    // The other worker built the same meanwhile.
    if (!existsSync(place)) throw error;
    rmSync(built, { recursive: true });
  }
  return place;
}

function buildBundle(within: string): string {
  const outdir = mkdtempSync(join(within, 'gdo-program-'));
  const define = { GDO_VERSION: '"0.0.0"' };
  const entryPoints = { gdo: join(root, 'node', 'main.ts') };
  const form = { bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20.19', outExtension: { '.js': '.mjs' } } as const;
  buildSync({ entryPoints, outdir, ...form, define, external, banner, logLevel: 'error' });
  return outdir;
}
