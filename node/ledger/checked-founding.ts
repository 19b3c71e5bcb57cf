// Which large founding this copy has checked signature by signature: a town of 10,000 takes half a minute for it, and a node that starts again has five seconds.
// A note of this machine to itself, beside its votes; whoever asks for a replay from the genesis, as `gdo audit` does, does not look at it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders } from '../git/make-folders.ts';
import type { Repository } from '../git/repository.ts';

/** A founding as it was checked: the statement and each signature. */
export interface SignedFounding {
  readonly statement: Uint8Array;
  readonly signatures: readonly (readonly [device: string, armour: string])[];
}

/** Fewer signatures than this are checked sooner than a file is read by a cold disk. */
const signaturesLeast = 64;
const noteBytes = 65;

function pathOf(repository: Repository): string {
  return join(repository.gitDirectory, 'gdo', 'checked-founding');
}

/** All that was checked, by a hash that nobody can meet with something else. */
function nameOf({ statement, signatures }: SignedFounding): string {
  const hash = createHash('sha256').update('gdo-checked-founding-v1\0').update(createHash('sha256').update(statement).digest());
  for (const [device, armour] of signatures) hash.update(`${device}\0${armour}\0`);
  return hash.digest('hex');
}

/** Whether this copy has checked exactly this founding before. */
export function isCheckedFounding(repository: Repository, founding: SignedFounding): boolean {
  const path = pathOf(repository);
  if (founding.signatures.length < signaturesLeast || !existsSync(path)) return false;
  return readFileSync(path, 'utf8').slice(0, noteBytes) === `${nameOf(founding)}\n`;
}

/** Notes that a founding was checked. Where the copy cannot be written to it is checked again the next time. */
export function noteCheckedFounding(repository: Repository, founding: SignedFounding): void {
  if (founding.signatures.length < signaturesLeast) return;
  const path = pathOf(repository);
  try {
    makeFolders(dirname(path), 0o700);
    writeFileSync(path, `${nameOf(founding)}\n`, { mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && ['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT'].includes(String(error.code)))) throw error;
  }
}
