// The files that a line of a scenario changes: `with "policy/doors.md"`. What they say is nobody's business here; that they change is.
import type { ChangeSet, JsonObject } from '../engine/index.ts';
import { contentKey, readEntry, sha256Hex, utf8Encode } from '../engine/index.ts';
import { compareText } from './finding.ts';
import type { VirtualEvent, VirtualLedger } from './virtual-ledger.ts';

/** What an event says about its change, and the change that comes with it. */
interface WithFiles {
  readonly body: JsonObject;
  readonly change?: ChangeSet;
}

/** The commit that would hold a change; a scenario has no repository. */
const head = '0'.repeat(40);

/** The change of paths as they are now to new content, different for each line; nothing where a line names no file. Pure. */
export function withFiles(ledger: VirtualLedger, paths: readonly string[] | undefined): WithFiles {
  if (paths === undefined) return { body: {} };
  const entries = [...new Set(paths)].sort(compareText).map((path) => {
    const old = readEntry(ledger.state, contentKey(path))?.['entry'];
    const fresh = sha256Hex(utf8Encode(`${path} as changed after ${ledger.batches} events`));
    return { path, old: typeof old === 'string' ? old : 'absent', new: `100644:${fresh}` };
  });
  const id = sha256Hex(utf8Encode(entries.map((entry) => `${entry.path} ${entry.new}`).join('\n')));
  return { body: { change: id, head }, change: { id, entries } };
}

/** An event with the files of its line. Pure. */
export function bringing(event: VirtualEvent, files: WithFiles): VirtualEvent {
  return files.change === undefined ? event : { ...event, body: { ...event.body, ...files.body }, change: files.change };
}
