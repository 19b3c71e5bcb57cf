// The decision log: one hash-chained line per verdict about a case, beside the repository. A copy of what the ledger implies, never a source.
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalText, sha256Hex, utf8Encode, zeros64, type JsonObject } from '../../engine/index.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { Repository } from '../git/repository.ts';
import type { LedgerView } from '../ledger/view.ts';
import { writeText } from '../git/write-whole.ts';

/** Where a repository keeps its decision log. */
export function decisionsPath(repository: Repository): string {
  return join(repository.gitDirectory, 'gdo', 'decisions.ndjson');
}

/**
 * Every verdict that the ledger implies, oldest first: canonical lines without line feed, each naming the SHA-256 of the one before it.
 * @param before - the lines about checkpoints that the view does not judge again, because it begins after them
 */
export function decisionLines(view: LedgerView, before: readonly string[] = []): readonly string[] {
  const lines: string[] = [...before];
  const last = before.at(-1);
  let previous = last === undefined ? zeros64 : sha256Hex(utf8Encode(last));
  for (const checkpoint of view.checkpoints) {
    for (const notice of checkpoint.notices) {
      if (notice.kind === 'opened-stage' || notice.kind === 'waiting') continue;
      const row: JsonObject = {
        bylaws: checkpoint.statement.bylaws,
        case: notice.case,
        checkpoint: checkpoint.id,
        code: notice.code ?? 'ok',
        org: view.org,
        prev: previous,
        process: notice.process,
        state: checkpoint.statement.state,
        time: checkpoint.timeMs,
        v: 1,
        verdict: notice.kind === 'decided' ? notice.stage : notice.kind,
      };
      const line = canonicalText(row);
      previous = sha256Hex(utf8Encode(line));
      lines.push(line);
    }
  }
  return lines;
}

/** Appends the lines that the file lacks. Where the view begins later than the ledger, a file that is not there is not begun in the middle. */
export function writeDecisions(view: LedgerView): void {
  const path = decisionsPath(view.repository);
  if (view.earlier.length > 0 && !existsSync(path)) return;
  const stored = readDecisions(path);
  const known = stored.length;
  const added = decisionLines(view, linesBefore(view, stored)).slice(known);
  if (added.length === 0) return;
  makeFolders(dirname(path), 0o700);
  // A line that a crash tore is written again whole.
  if (existsSync(path))
    truncateSync(
      path,
      stored.reduce((sum, line) => sum + Buffer.byteLength(line, 'utf8') + 1, 0),
    );
  writeText(path, added.map((line) => `${line}\n`).join(''), { flag: 'a', mode: 0o600 });
}

/** Compares the file with the ledger. @returns the number of the first line that differs, from 1, or undefined where all agree or there is no file */
export function differingDecision(view: LedgerView): number | undefined {
  const stored = readDecisions(decisionsPath(view.repository));
  const implied = decisionLines(view, linesBefore(view, stored));
  const index = stored.findIndex((line, at) => line !== implied[at]);
  return index < 0 ? undefined : index + 1;
}

/** The stored lines about checkpoints that a view does not judge again. */
function linesBefore(view: LedgerView, stored: readonly string[]): readonly string[] {
  if (view.earlier.length === 0) return [];
  const judged = new Set(view.checkpoints.slice(1).map(({ id }) => id));
  const first = stored.findIndex((line) => judged.has(/"checkpoint":"([0-9a-f]{64})"/.exec(line)?.[1] ?? ''));
  return first < 0 ? stored : stored.slice(0, first);
}

/** Whole lines only: what follows the last line feed was torn by a crash. */
function readDecisions(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}
