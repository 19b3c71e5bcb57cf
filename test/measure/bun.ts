// Bun, to see that another engine gives the same answers: an exact version, installed into the cache of the user when first asked for. It runs no test.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const version = '1.4.5';
/** The package that is the program itself: the package `bun` would fetch it with an install script, and scripts are off. */
const name = `@oven/bun-${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`;

/** Path of the program; undefined where it cannot be had, which is an error with GDO_NO_SKIP=1. */
export function bunProgram(): string | undefined {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'gdo-runtimes', `${name.replace('/', '-')}-${version}`);
  const program = join(folder, 'node_modules', name, 'bin', 'bun');
  if (existsSync(program)) return program;
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`], {
      stdio: 'ignore',
      timeout: 120_000,
    });
  } catch (error) {
    if (process.env['GDO_NO_SKIP'] === '1') throw new Error(`${name}@${version} cannot be installed`, { cause: error });
  }
  return existsSync(program) ? program : undefined;
}
