// Uses as a door writes them down: one JSON line each, in a file of its own, until a copy of the ledger is at hand. Decoding and appending only.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync } from 'node:fs';
import { decodeCanonical, encodeCanonical } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import { writeWhole } from '../git/write-whole.ts';

/** One use as it was answered: at the door's own instant, by the checkpoint it had. `person` absent where nobody was known by the credential. */
export interface UseRecord {
  readonly atMs: number;
  readonly checkpoint: string;
  readonly offset: number;
  readonly person?: string;
  /** `allowed`, or a reason of S93. */
  readonly reason: string;
  readonly right?: string;
  readonly thing: string;
}

/** Bytes of a file of uses: a busy door of a year has fewer. */
const recordBytesMax = 64 * 1_048_576;
const fields: readonly string[] = ['atMs', 'checkpoint', 'offset', 'person', 'reason', 'right', 'thing'];

/** Reads a file of uses, oldest first; none where there is no file. A torn last line is a use that was never answered. @throws WorldError GDO5022 */
export function readUses(path: string): readonly UseRecord[] {
  if (!existsSync(path)) return [];
  if (statSync(path).size > recordBytesMax) throw new WorldError('GDO5022', `${path} is larger than any file of uses`, `at most ${recordBytesMax} bytes`);
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const decoded = decodeCanonical(Buffer.from(line));
    const use = decoded.kind === 'ok' ? asUse(decoded.value) : undefined;
    if (use === undefined)
      throw new WorldError('GDO5022', `Line ${index + 1} of ${path} is no use of a right`, 'bring the file back from where the door wrote it');
    return use;
  });
}

function asUse(row: JsonObject): UseRecord | undefined {
  const { atMs, checkpoint, offset, person, reason, right, thing } = row;
  const isForm = Object.keys(row).every((key) => fields.includes(key)) && typeof atMs === 'number' && typeof offset === 'number';
  const isText = typeof checkpoint === 'string' && typeof reason === 'string' && typeof thing === 'string';
  if (!isForm || !isText || (person !== undefined && typeof person !== 'string') || (right !== undefined && typeof right !== 'string')) return undefined;
  return { atMs, checkpoint, offset, ...(person === undefined ? {} : { person }), reason, ...(right === undefined ? {} : { right }), thing };
}

/** Adds one use and waits until it is on the disk: a door answers only what it has written down (S98). */
export function appendUse(path: string, use: UseRecord): void {
  const file = openSync(path, 'a', 0o600);
  try {
    writeWhole(file, Buffer.concat([encodeCanonical({ ...use }), Buffer.from('\n')]), path);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
