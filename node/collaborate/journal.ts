// What an agent has begun and done, on its own disk: written before an act and after it, so that a crash at any step is seen. Not part of any ledger.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { canonicalText, decodeCanonical, utf8Encode } from '../../engine/index.ts';
import { makeFolders } from '../git/make-folders.ts';
import { writeWhole } from '../git/write-whole.ts';

/** How an act stands: `begun` and not done may have happened or not. */
export type ActStanding = { readonly kind: 'new' } | { readonly kind: 'begun' } | { readonly kind: 'done'; readonly receipt: string };

/** The acts of one agent by their keys. What was written is on disk when the call returns. */
export interface ActJournal {
  readonly standing: (key: string) => ActStanding;
  readonly begin: (key: string) => void;
  readonly finish: (key: string, receipt: string) => void;
}

/** A receipt for people and audits, not a document. */
const receiptUnitsMax = 1_024;

/**
 * Opens a journal in a file of lines, or begins one. A line that a crash tore is cut off: what it would have said did not happen for us.
 * @throws Error where a whole line is not a journal's: that file belongs to something else
 */
export function fileJournal(path: string): ActJournal {
  const acts = readActs(path);
  const append = (line: string): void => {
    const file = openSync(path, 'a', 0o600);
    try {
      writeWhole(file, utf8Encode(`${line}\n`), path);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  };
  return {
    standing: (key) => acts.get(key) ?? { kind: 'new' },
    begin: (key) => {
      append(canonicalText({ begun: key, v: 1 }));
      acts.set(key, { kind: 'begun' });
    },
    finish: (key, receipt) => {
      const kept = receipt.slice(0, receiptUnitsMax);
      append(canonicalText({ done: key, receipt: kept, v: 1 }));
      acts.set(key, { kind: 'done', receipt: kept });
    },
  };
}

function readActs(path: string): Map<string, ActStanding> {
  const acts = new Map<string, ActStanding>();
  if (!existsSync(path)) {
    makeFolders(dirname(path), 0o700);
    closeSync(openSync(path, 'a', 0o600));
    const folder = openSync(dirname(path), 'r');
    // The name of a new file is on disk only with its folder.
    fsyncSync(folder);
    closeSync(folder);
    return acts;
  }
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(path, whole);
  for (const line of bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)) {
    const decoded = decodeCanonical(utf8Encode(line));
    const { begun, done, receipt } = decoded.kind === 'ok' ? decoded.value : {};
    if (typeof begun === 'string') acts.set(begun, { kind: 'begun' });
    else if (typeof done === 'string' && typeof receipt === 'string') acts.set(done, { kind: 'done', receipt });
    else throw new Error(`${path} is not a journal of acts`);
  }
  return acts;
}
