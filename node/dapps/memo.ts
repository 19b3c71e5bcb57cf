// Answers that were given before for the same image, manifest and input: what is deterministic is not run again. A cache: it may be deleted at any time.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalText, decodeCanonical, isList, sha256Hex, utf8Encode } from '../../engine/index.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { CheckAnswer } from './check.ts';
import { writeText } from '../git/write-whole.ts';

/** Answers that are kept; each is small. */
const answersMax = 1_024;
/** Sentences for people that are kept with one answer. */
const reasonsBytesMax = 16_384;

/** Answers by what they were given. */
export interface AnswerMemo {
  readonly find: (key: string) => CheckAnswer | undefined;
  readonly keep: (key: string, answer: CheckAnswer) => void;
}

/** What an answer depends on. Everything that the program can see is in it: its image, how it is run, and its input. */
export function memoKey(run: { readonly image: string; readonly manifest: string; readonly input: Uint8Array; readonly platform: string }): string {
  return sha256Hex(utf8Encode(canonicalText([run.image, run.manifest, sha256Hex(run.input), run.platform])));
}

/** Keeps answers in a folder, one file each. Only `accept` and `reject` are kept: whatever else happened may not happen again. */
export function folderMemo(folder: string): AnswerMemo {
  return {
    find: (key) => {
      const path = join(folder, key);
      return existsSync(path) ? readAnswer(readFileSync(path)) : undefined;
    },
    keep: (key, answer) => {
      if (answer.kind === 'none' || Buffer.byteLength(answer.reasons.join(), 'utf8') > reasonsBytesMax) return;
      const { kind, output, reasons, score } = answer;
      makeFolders(folder, 0o700);
      const text = canonicalText({ kind, output, reasons, ...(score === undefined ? {} : { score }) });
      const unfinished = join(folder, `${key}.${process.pid}`);
      writeText(unfinished, text, { mode: 0o600 });
      renameSync(unfinished, join(folder, key));
      forgetOldest(folder);
    },
  };
}

/** A torn or foreign file is no answer. */
function readAnswer(bytes: Uint8Array): CheckAnswer | undefined {
  const decoded = decodeCanonical(bytes);
  if (decoded.kind === 'refused') return undefined;
  const { kind, output, reasons, score } = decoded.value;
  if ((kind !== 'accept' && kind !== 'reject') || typeof output !== 'string' || !isList(reasons)) return undefined;
  const sentences = reasons.filter((one) => typeof one === 'string');
  return { kind, output, reasons: sentences, ...(typeof score === 'number' ? { score } : {}) };
}

function forgetOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= answersMax) return;
  const byAge = names.map((name) => ({ name, atMs: statSync(join(folder, name)).mtimeMs })).toSorted((left, right) => left.atMs - right.atMs);
  for (const { name } of byAge.slice(0, names.length - answersMax)) rmSync(join(folder, name), { force: true });
}
