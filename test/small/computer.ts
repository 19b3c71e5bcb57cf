// A small computer for tests: a container with so many processors, so much memory and disk and no network, in which there is only what is named. Made from the programs
// of this machine with their libraries, without any registry.
import { buildSync } from 'esbuild';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeOf } from '../../node/git/child.ts';
import { importFolder } from '../node/dapps/image.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What is in it beside Node and gdo. */
export interface ComputerParts {
  /** A file of this folder, without its ending: the program that is started. */
  readonly program: string;
  /** Programs of this machine, by their names; `git` brings a shell with it, which it starts for a fetch. */
  readonly tools: readonly string[];
  /** Files and folders of this machine by the place they have there, below `/in`. */
  readonly files: readonly (readonly [place: string, from: string])[];
}

/** A computer that can be started any number of times. */
export interface Computer {
  readonly image: string;
  /** Bytes of all that is in it. */
  readonly bytes: number;
}

/** Puts a computer together. @throws Error where a tool is not installed */
export function makeComputer({ program, tools, files }: ComputerParts): Computer {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-computer-'));
  try {
    for (const name of ['bin', 'in', 'data', 'tmp', 'proc', 'dev', 'sys', 'etc']) mkdirSync(join(folder, name));
    addProgram(folder, 'node', process.execPath);
    for (const tool of tools) addProgram(folder, tool, mustBePlaced(tool));
    if (tools.includes('git')) addShell(folder);
    for (const part of ['dist/gdo.js', 'dist/launch.cjs', 'dist/program.cjs', 'dist/lib', 'stdlib', 'package.json'])
      cpSync(join(root, part), join(folder, 'gdo', part), { recursive: true });
    for (const [place, from] of files) cpSync(from, join(folder, 'in', place), { recursive: true });
    const entryPoints = { program: join(root, 'test', 'small', `${program}.ts`) };
    buildSync({ entryPoints, outdir: folder, bundle: true, format: 'esm', platform: 'node', target: 'node20.19', outExtension: { '.js': '.mjs' } });
    return { image: importFolder(folder), bytes: bytesBelow(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Removes what the engine keeps of it. */
export function forgetComputer({ image }: Computer): void {
  execFileSync('docker', ['rmi', '--force', image], { stdio: 'ignore' });
}

function mustBePlaced(tool: string): string {
  const place = placeOf(tool);
  if (place === undefined) throw new Error(`${tool} is not installed`);
  return place;
}

/** A program and the libraries it is linked with, at the places where it looks for them. */
function addProgram(folder: string, name: string, from: string): void {
  cpSync(realpathSync(from), join(folder, 'bin', name));
  const linked = execFileSync('ldd', [from], { encoding: 'utf8' });
  for (const [, library = ''] of linked.matchAll(/(\/\S+) \(0x/g)) {
    const place = join(folder, library);
    mkdirSync(dirname(place), { recursive: true });
    cpSync(realpathSync(library), place);
  }
}

/** Git asks a shell for its own other half, and looks for it under another name. */
function addShell(folder: string): void {
  cpSync('/bin/busybox', join(folder, 'bin', 'busybox'));
  for (const name of ['sh', 'cat']) symlinkSync('busybox', join(folder, 'bin', name));
  for (const name of ['git-upload-pack', 'git-receive-pack']) symlinkSync('git', join(folder, 'bin', name));
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** What a run of it may use. `disk`: what is mounted at `/data`; without it the engine's own layer is, which has no limit. */
export interface ComputerRun {
  readonly memoryMegabytes: number;
  readonly disk?: readonly string[];
  readonly words: readonly string[];
  /** A folder of it that is brought here when its program has ended. */
  readonly bringing?: readonly [from: string, to: string];
}

/** How a run ended. */
export interface ComputerEnd {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Starts its program on one processor, without swap and without network, and waits for its end. */
export async function runComputer({ image }: Computer, { memoryMegabytes, disk = [], words, bringing }: ComputerRun): Promise<ComputerEnd> {
  const limits = ['--cpus', '1', '--memory', `${memoryMegabytes}m`, '--memory-swap', `${memoryMegabytes}m`, '--network', 'none'];
  const closed = ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', ...(disk.length === 0 ? [] : ['--read-only'])];
  const set = ['--env', 'PATH=/bin', '--env', 'HOME=/data'];
  const created = execFileSync('docker', ['create', ...limits, ...closed, ...set, ...disk, image, 'node', '/program.mjs', ...words], { encoding: 'utf8' });
  const container = created.trim().split('\n').at(-1) ?? '';
  try {
    const end = await collected(spawn('docker', ['start', '--attach', container], { stdio: ['ignore', 'pipe', 'pipe'] }));
    if (end.code === 0 && bringing !== undefined) execFileSync('docker', ['cp', `${container}:${bringing[0]}`, bringing[1]], { stdio: 'ignore' });
    return end;
  } finally {
    execFileSync('docker', ['rm', '--force', '--volumes', container], { stdio: 'ignore' });
  }
}

function collected(child: ReturnType<typeof spawn>): Promise<ComputerEnd> {
  const parts: { readonly output: Buffer[]; readonly errors: Buffer[] } = { output: [], errors: [] };
  child.stdout?.on('data', (part: Buffer) => parts.output.push(part));
  child.stderr?.on('data', (part: Buffer) => parts.errors.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? 128, output: Buffer.concat(parts.output).toString('utf8'), errors: Buffer.concat(parts.errors).toString('utf8') }),
    );
  });
}
