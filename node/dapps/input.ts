// What a dapp reads on stdin: one canonical JSON line, then the files it may read, each with its length (node.md section 5.2). Bytes only.
import { encodeCanonical, utf8Encode } from '../../engine/index.ts';
import type { ChangeSet } from '../../engine/index.ts';

/** One governed file of the candidate tree. `entry` is `<mode>:<sha256>`. */
export interface CandidateFile {
  readonly path: string;
  readonly entry: string;
  readonly bytes: Uint8Array;
}

/** Everything one check is about. `candidate` is the content root; `timeMs` the newest final checkpoint's time; `seed` hex64. */
export interface CheckRequest {
  readonly org: string;
  readonly case: string;
  readonly candidate: string;
  readonly timeMs: number;
  readonly seed: string;
  readonly change: ChangeSet;
  readonly files: readonly CandidateFile[];
}

/**
 * Writes the input of a check: the JSON document and a line feed, then for each file, in the order of `files`, its length in decimal, a line
 * feed, and its bytes. The same request gives the same bytes. @param request - files ascend by path
 */
export function checkInput(request: CheckRequest): Uint8Array {
  const line = encodeCanonical({
    candidate: request.candidate,
    case: request.case,
    change: request.change.entries.map((entry) => [entry.path, entry.old, entry.new]),
    files: request.files.map((file) => {
      const [mode = '', sha256 = ''] = file.entry.split(':');
      return [file.path, mode, sha256, file.bytes.length];
    }),
    kind: 'check',
    org: request.org,
    seed: request.seed,
    state: [],
    time: request.timeMs,
    v: 1,
  });
  const parts: Uint8Array[] = [line, utf8Encode('\n')];
  for (const file of request.files) parts.push(utf8Encode(`${file.bytes.length}\n`), file.bytes);
  return Buffer.concat(parts);
}
