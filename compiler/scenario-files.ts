// The files that a line of a scenario changes: `with "policy/doors.md"`. What they say is nobody's business here; that they change is.
import type { ChangeSet, JsonObject } from '../engine/index.ts';
import { contentKey, readEntry, sha256Hex, utf8Encode } from '../engine/index.ts';
import { compareText } from './finding.ts';
import type { NewBylaws, Setting } from './scenario-bylaws.ts';
import { bylawsWith } from './scenario-bylaws.ts';
import type { Run } from './scenario.ts';
import type { VirtualEvent, VirtualLedger } from './virtual-ledger.ts';

/** What an event says about its change, the change that comes with it, and the bylaws that it writes. */
interface WithFiles {
  readonly body: JsonObject;
  readonly change?: ChangeSet;
  readonly adopts?: NewBylaws;
}

/** Where bylaws that a line changes lie: a scenario knows rules and no files. */
const bylawsPath = 'bylaws/scenario.gdo';

/** The commit that would hold a change; a scenario has no repository. */
const head = '0'.repeat(40);

/** The change of paths as they are now to new content, different for each line; nothing where a line names no file. Pure. */
function withFiles(ledger: VirtualLedger, paths: readonly string[] | undefined): WithFiles {
  if (paths === undefined) return { body: {} };
  const entries = [...new Set(paths)].sort(compareText).map((path) => {
    const old = readEntry(ledger.state, contentKey(path))?.['entry'];
    const fresh = sha256Hex(utf8Encode(`${path} as changed after ${ledger.batches} events`));
    return { path, old: typeof old === 'string' ? old : 'absent', new: `100644:${fresh}` };
  });
  const id = sha256Hex(utf8Encode(entries.map((entry) => `${entry.path} ${entry.new}`).join('\n')));
  return { body: { change: id, head }, change: { id, entries } };
}

/** What a line brings: its files, or bylaws with one value changed; one sentence where nothing has such a value. Pure. */
export function brought(run: Pick<Run, 'ledger' | 'charter'>, line: { readonly files?: readonly string[]; readonly amended?: Setting }): WithFiles | string {
  if (line.amended === undefined) return withFiles(run.ledger, line.files);
  const adopts = bylawsWith(run.charter, line.amended);
  if (adopts === undefined) return `Nothing at \`${line.amended.path.join('.')}\` can be set to that`;
  const files = withFiles(run.ledger, [bylawsPath]);
  return { ...files, body: { ...files.body, adopts: adopts.hash }, adopts };
}

/** An event with what its line brings. Pure. */
export function bringing(event: VirtualEvent, files: WithFiles): VirtualEvent {
  if (files.change === undefined) return event;
  const changing = { ...event, body: { ...event.body, ...files.body }, change: files.change };
  return files.adopts === undefined ? changing : { ...changing, adopts: files.adopts };
}
