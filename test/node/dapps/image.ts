// Container images for tests, made of a static busybox and imported without any registry. Skips loudly where there is no engine.
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

/** The commands of the image; all are one program. */
const applets =
  'sh cat sleep yes head wget date dd hostname kill true tr wc mount mknod chown chmod ping nc nslookup ip ls echo seq mkdir id grep sed cut printf env expr'.split(
    ' ',
  );

/**
 * Imports a root file system that holds only busybox and answers the image's id, `sha256:<64 hex>`.
 * @param settings - what somebody else's image may bring along, as lines of a Dockerfile such as `USER root`
 */
export function importBusyboxImage(settings: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-image-'));
  try {
    for (const name of ['bin', 'tmp', 'proc', 'dev', 'sys', 'etc']) mkdirSync(join(folder, name));
    cpSync('/bin/busybox', join(folder, 'bin/busybox'));
    for (const name of applets) symlinkSync('busybox', join(folder, 'bin', name));
    return importFolder(folder, settings);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Imports a folder as the root of an image. */
export function importFolder(folder: string, settings: readonly string[] = []): string {
  const archive = execFileSync('tar', ['-C', folder, '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '-c', '.'], { maxBuffer: 2 ** 30 });
  return execFileSync('docker', ['import', ...settings.flatMap((line) => ['--change', line]), '-'], { input: archive, encoding: 'utf8' }).trim();
}
