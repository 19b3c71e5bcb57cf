// The file `gdo` is started from: runs the program, with what the runtime compiled of it the last time (docs/decisions/0041). It knows no command.
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { makeFolders } from './git/make-folders.ts';

/** Names the program's text; the build puts it in. */
declare const GDO_BUILD: string;

const program = join(import.meta.filename, '../program.cjs');

const writableByOthers = 0o022;

/** A bundle is ASCII, so that each byte is a letter. */
const source = readFileSync(program, 'latin1');
const cache = cacheFile();
const cached = cache === undefined ? undefined : readCache(cache);
const script = new Script(source, { filename: program, ...(cached && { cachedData: cached }) });
const isUsed = cached !== undefined && script.cachedDataRejected !== true;

// SAFETY: a cache that cannot be written is no fault of anybody's command.
process.on('exit', (code) => {
  if (cache !== undefined && !isUsed && code <= 1) writeCache(cache, script.createCachedData());
});
script.runInThisContext()(createRequire(program), program);

/** Where the compiled program is kept: one file per command, since each command compiles another part; none where there is no safe folder for it. */
function cacheFile(): string | undefined {
  const word = process.argv.slice(2).find((each) => !each.startsWith('-')) ?? 'help';
  const { HOME, XDG_CACHE_HOME } = process.env;
  const caches = XDG_CACHE_HOME === undefined || XDG_CACHE_HOME === '' ? HOME && join(HOME, '.cache') : XDG_CACHE_HOME;
  if (caches === undefined || caches === '' || 'bun' in process.versions || !/^[a-z]{1,16}$/.test(word)) return undefined;
  return join(caches, 'gdo', `${word}-${process.version}-${process.arch}`);
}

/** Whether a place is the user's, and nobody else can write there. */
function isOwn(place: string): boolean {
  const found = statSync(place, { throwIfNoEntry: false });
  return found !== undefined && found.uid === process.getuid?.() && (found.mode & writableByOthers) === 0;
}

/** What was kept for this very program, if nobody else can have written it. */
function readCache(path: string): Buffer | undefined {
  try {
    if (!isOwn(join(path, '..')) || !isOwn(path)) return undefined;
    const bytes = readFileSync(path);
    return bytes.subarray(0, GDO_BUILD.length).toString('latin1') === GDO_BUILD ? bytes.subarray(GDO_BUILD.length) : undefined;
  } catch {
    // Whatever stands in the way of reading what was kept, the program is there.
    return undefined;
  }
}

/** Keeps the compiled program in one step; silently does not where it cannot. */
function writeCache(path: string, compiled: Buffer): void {
  try {
    makeFolders(join(path, '..'), 0o700);
    if (!isOwn(join(path, '..'))) return;
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, Buffer.concat([Buffer.from(GDO_BUILD, 'latin1'), compiled]), { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
  } catch {
    // A full disk or a folder without rights: the next start compiles again, as this one did.
  }
}
