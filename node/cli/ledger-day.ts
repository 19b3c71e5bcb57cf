// The day of the newest checkpoint of a clone: what `gdo check` takes for today where nobody names a day. It verifies nothing: that is `gdo audit`'s.
import { decodeCheckpoint } from '../../engine/index.ts';
import { findGitDirectory } from '../git/git-place.ts';
import { openRepository } from '../git/repository.ts';
import { readFiles } from '../ledger/statements.ts';

/** The UTC day of the newest checkpoint, `YYYY-MM-DD`; undefined where a folder has no ledger, or none that can be read. */
export async function ledgerDay(directory: string): Promise<string | undefined> {
  if (findGitDirectory(directory) === undefined) return undefined;
  const repository = openRepository(directory);
  const tip = await repository.resolve('refs/gdo/checkpoint');
  const bytes = tip === undefined ? undefined : (await readFiles(repository, tip))?.get('checkpoint.json');
  const read = bytes === undefined ? undefined : decodeCheckpoint(bytes);
  return read?.kind === 'ok' ? new Date(read.statement.timeMs).toISOString().slice(0, 10) : undefined;
}
