// Reads what lies here, a part of it in each turn, and mends from other copies what is missing or damaged. Where it ended stands beside the ledger.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { counted } from '../cli/table.ts';
import { commonDirectory } from '../git/git-place.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { Repository } from '../git/repository.ts';
import type { Copy } from './bring-pieces.ts';
import type { Note } from './content-note.ts';
import { openContent } from './content-parts.ts';
import { contentsHere, type NamedContent } from './contents.ts';
import { lookAtContent } from './look-content.ts';
import { mendContent, type ContentFault } from './mend-content.ts';
import type { Others } from './others.ts';
import { writeText } from '../git/write-whole.ts';

interface Cursor {
  readonly sha256: string;
  readonly chunk: number;
}

/** Goes on reading where the last turn ended, and mends what is wrong. */
export async function lookForDamage(repository: Repository, bytesMost: number, others: Others, note: Note): Promise<void> {
  const here = await contentsHere(repository);
  const cursor = readCursor(repository);
  const first = Math.max(
    0,
    here.findIndex(({ sha256 }) => sha256 >= cursor.sha256),
  );
  let left = bytesMost;
  for (let index = 0; index < here.length && left > 0; index += 1) {
    const content = here[(first + index) % here.length];
    if (content === undefined) return;
    const from = index === 0 && content.sha256 === cursor.sha256 ? cursor.chunk : 0;
    const seen = await lookAt(repository, content.sha256, { from, bytesMost: left });
    left -= seen.bytes;
    const following = here[(first + index + 1) % here.length]?.sha256 ?? '';
    const isMended = seen.fault !== undefined && (await mend(repository, { content, fault: seen.fault, copies: others.with(content) }, note));
    // Chunks could not be read while what names them was damaged: the next turn reads them.
    const next = seen.fault?.kind === 'outline' && isMended ? from : seen.next;
    writeCursor(repository, next === undefined ? { sha256: following, chunk: 0 } : { sha256: content.sha256, chunk: next });
    if (next !== undefined) return;
  }
}

interface Seen {
  readonly bytes: number;
  readonly next: number | undefined;
  readonly fault: ContentFault | undefined;
}

async function lookAt(repository: Repository, sha256: string, range: { readonly from: number; readonly bytesMost: number }): Promise<Seen> {
  const outline: Seen = { bytes: 0, next: undefined, fault: { kind: 'outline' } };
  const opened = await openContent(repository, sha256);
  if (opened.kind !== 'ok') return outline;
  try {
    const { bytes, next, wrong, unnamed } = await lookAtContent(repository, opened.content, range);
    return { bytes, next, fault: unnamed > 0 ? { kind: 'outline' } : wrong.length > 0 ? { kind: 'chunks', wrong } : undefined };
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO4030') return outline;
    throw error;
  }
}

async function mend(
  repository: Repository,
  { content, fault, copies }: { readonly content: NamedContent; readonly fault: ContentFault; readonly copies: readonly Copy[] },
  note: Note,
): Promise<boolean> {
  const { objects, left } = await mendContent(repository, content, fault, copies);
  const found = fault.kind === 'chunks' ? `${counted(fault.wrong.length, 'chunk')} missing or damaged` : 'what names its chunks was damaged';
  if (left === undefined)
    note({ level: 'info', what: 'content mended', content: content.sha256, reason: `${found}; ${counted(objects, 'object')} came from another copy` });
  else
    note({
      level: 'warning',
      what: 'content damaged',
      content: content.sha256,
      code: 'GDO4030',
      reason: left,
      next: 'add a peer that has it, or put it again: gdo store put',
    });
  return left === undefined;
}

const cursorPath = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'gdo', 'contents-looked');

/** A file that says something else begins at the beginning. */
function readCursor(repository: Repository): Cursor {
  const path = cursorPath(repository);
  const [, sha256 = '', chunk = '0'] = (existsSync(path) ? /^([0-9a-f]{64}) ([0-9]{1,9})\n$/.exec(readFileSync(path, 'latin1')) : undefined) ?? [];
  return { sha256, chunk: Number(chunk) };
}

function writeCursor(repository: Repository, { sha256, chunk }: Cursor): void {
  const path = cursorPath(repository);
  makeFolders(join(path, '..'), 0o700);
  writeText(`${path}.new`, `${sha256} ${chunk}\n`);
  renameSync(`${path}.new`, path);
}
