// What a dapp reads on stdin: one canonical JSON line, then the files it may read, each with its length (node.md section 5.2). Bytes only.
import { encodeCanonical, utf8Encode } from '../../engine/index.ts';
import type { ChangeEntry, JsonObject } from '../../engine/index.ts';

/** One governed file of the candidate tree. `entry` is `<mode>:<sha256>`. */
export interface CandidateFile {
  readonly path: string;
  readonly entry: string;
  readonly bytes: Uint8Array;
}

/** Everything one check is about. `candidate` is the root over what it reads; `timeMs` when its case began; `seed` hex64. All follow from the ledger. */
export interface CheckRequest {
  readonly org: string;
  readonly case: string;
  readonly candidate: string;
  readonly timeMs: number;
  readonly seed: string;
  readonly change: readonly ChangeEntry[];
  /** Entries of the state that its manifest asks for, ascending by key. */
  readonly state: readonly (readonly [key: string, value: JsonObject])[];
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
    change: request.change.map((entry) => [entry.path, entry.old, entry.new]),
    files: request.files.map((file) => {
      const [mode = '', sha256 = ''] = file.entry.split(':');
      return [file.path, mode, sha256, file.bytes.length];
    }),
    kind: 'check',
    org: request.org,
    seed: request.seed,
    state: request.state.map(([key, value]) => [key, value]),
    time: request.timeMs,
    v: 1,
  });
  const parts: Uint8Array[] = [line, utf8Encode('\n')];
  for (const file of request.files) parts.push(utf8Encode(`${file.bytes.length}\n`), file.bytes);
  return Buffer.concat(parts);
}
