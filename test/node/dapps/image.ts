// A container image for tests, made of a static busybox and imported without any registry. Skips loudly where there is no engine.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerEngine } from '../../../node/dapps/containers.ts';
import { connectContainers } from '../../../node/dapps/containers.ts';

/** A connected engine, or the sentence why the tests of this file cannot run. */
export async function engineForTests(): Promise<{ readonly engine: ContainerEngine } | { readonly missing: string }> {
  const connected = await connectContainers();
  if (connected.kind === 'ok' && existsSync('/bin/busybox')) return { engine: connected.engine };
  const missing =
    connected.kind === 'ok' ? 'no static busybox to make an image from (Debian package busybox-static)' : `no container engine: ${connected.reason}`;
  if (process.env['GDO_NO_SKIP'] === '1') throw new Error(missing);
  console.warn(`SKIPPED container tests: ${missing}`);
  return { missing };
}

/** Imports a root file system that holds only busybox and answers the image's id, `sha256:<64 hex>`. */
export function importBusyboxImage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-image-'));
  try {
    for (const name of ['bin', 'tmp', 'proc', 'dev', 'sys', 'etc']) mkdirSync(join(folder, name));
    cpSync('/bin/busybox', join(folder, 'bin/busybox'));
    for (const name of ['sh', 'cat', 'sleep', 'yes', 'head', 'wget', 'date', 'dd', 'hostname', 'kill', 'true', 'tr', 'wc']) {
      symlinkSync('busybox', join(folder, 'bin', name));
    }
    const archive = join(folder, 'root.tar');
    execFileSync('tar', ['--exclude=./root.tar', '-C', folder, '-cf', archive, '.']);
    return execFileSync('docker', ['import', archive], { encoding: 'utf8' }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
