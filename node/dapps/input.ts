// What a dapp or a builder reads on stdin: one canonical JSON line, then the files it may read, each with its length (node.md section 5.2). Bytes only.
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
 * Writes the input of a check. The same request gives the same bytes. @param request - files ascend by path
 */
export function checkInput(request: CheckRequest): Uint8Array {
  return framedInput(
    {
      candidate: request.candidate,
      case: request.case,
      change: request.change.map((entry) => [entry.path, entry.old, entry.new]),
      kind: 'check',
      org: request.org,
      seed: request.seed,
      state: request.state.map(([key, value]) => [key, value]),
      time: request.timeMs,
      v: 1,
    },
    request.files,
  );
}

/**
 * What a program of a container gets on stdin: the JSON document with the list of files in it and a line feed, then for each file, in order, its length in decimal,
 * a line feed, and its bytes. @param files - ascend by path
 */
export function framedInput(document: JsonObject, files: readonly CandidateFile[]): Uint8Array {
  const listed = files.map((file) => {
    const [mode = '', sha256 = ''] = file.entry.split(':');
    return [file.path, mode, sha256, file.bytes.length];
  });
  const parts: Uint8Array[] = [encodeCanonical({ ...document, files: listed }), utf8Encode('\n')];
  for (const file of files) parts.push(utf8Encode(`${file.bytes.length}\n`), file.bytes);
  return Buffer.concat(parts);
}
