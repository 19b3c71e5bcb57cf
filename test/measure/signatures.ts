// Measures whether every path says the same of crafted signatures: the points of the engine, the equation of the runtime, ssh-keygen; and that
// `noble.verify` in the place of either would be seen.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashes, verify as nobleVerify } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { armour, verifyPortable, verifyWith, type NativeEquation, type SignatureVerdict, type SignedMessage } from '../../engine/index.ts';
import { keyVerdict, nativeEquation } from '../../node/ledger/keys.ts';
import { craftedNamespace, craftedSignatures, type CraftedSignature } from '../vectors/crafted-signatures.ts';

/** What was found. Each list names kinds with a count of differences; all but the last two are empty where the rule is kept. */
export interface SignatureReport {
  readonly count: number;
  readonly sound: number;
  /** Native path against portable path. */
  readonly paths: Differences;
  /** The rule against what each signature was made to be. */
  readonly made: Differences;
  readonly ssh: { readonly count: number; readonly differences: Differences };
  /** What would be noticed if `noble.verify` stood in the place of the equation, under the same conditions. */
  readonly nobleStrict: Differences;
  readonly nobleZip215: Differences;
}

/** Kind to how often. */
export type Differences = ReadonlyMap<string, number>;

hashes.sha512 = sha512;

/** `noble.verify` as an equation: cofactored in both modes, so no equation of the rule. */
export function nobleEquation(zip215: boolean): NativeEquation {
  return ({ key, message, signature }) => {
    try {
      return nobleVerify(signature, message, key, { zip215 });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return false;
    }
  };
}

/** One signature in seven is shown to noble: its verification is the slowest of all, and seven has no factor in common with the number of kinds. */
const nobleEvery = 7;

/** Judges crafted signatures on every path. @param ssh - how many of them ssh-keygen is asked about, none where it is not installed */
export function judgeSignatures(request: { readonly seed: number; readonly count: number; readonly ssh: number }): SignatureReport {
  const found = {
    paths: new Map<string, number>(),
    made: new Map<string, number>(),
    ssh: new Map<string, number>(),
    strict: new Map<string, number>(),
    zip215: new Map<string, number>(),
  };
  let [count, sound, asked] = [0, 0, 0];
  const folder = mkdtempSync(join(tmpdir(), 'gdo-signatures-'));
  for (const crafted of craftedSignatures(request.seed, request.count)) {
    const portable = verifyPortable(crafted);
    const verdict = keyVerdict(crafted.key);
    const note = (into: Map<string, number>, answer: SignatureVerdict): void => {
      if (answer.kind !== portable.kind || (answer.kind === 'refused' && portable.kind === 'refused' && answer.code !== portable.code))
        into.set(crafted.kind, (into.get(crafted.kind) ?? 0) + 1);
    };
    note(found.paths, verifyWith(nativeEquation, verdict, crafted));
    if ((portable.kind === 'ok') !== crafted.sound) found.made.set(crafted.kind, (found.made.get(crafted.kind) ?? 0) + 1);
    if (asked < request.ssh) {
      note(found.ssh, verifyWith(sshEquation(folder, crafted), verdict, crafted));
      asked += 1;
    }
    if (count % nobleEvery === 0) {
      note(found.strict, verifyWith(nobleEquation(false), verdict, crafted));
      note(found.zip215, verifyWith(nobleEquation(true), verdict, crafted));
    }
    count += 1;
    if (portable.kind === 'ok') sound += 1;
  }
  rmSync(folder, { recursive: true, force: true });
  return {
    count,
    sound,
    paths: found.paths,
    made: found.made,
    ssh: { count: asked, differences: found.ssh },
    nobleStrict: found.strict,
    nobleZip215: found.zip215,
  };
}

/** Asks ssh-keygen, which wraps the text as the signer did. */
function sshEquation(folder: string, crafted: CraftedSignature): NativeEquation {
  return ({ key, signature }: SignedMessage) => {
    const path = join(folder, 'signature');
    writeFileSync(path, armour({ key, namespace: craftedNamespace, signature }));
    const { error, status } = spawnSync('ssh-keygen', ['-Y', 'check-novalidate', '-n', craftedNamespace, '-s', path], {
      input: crafted.text,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    if (error !== undefined) throw error;
    return status === 0;
  };
}

/** Prints the measure. @returns the exit code: 1 where a path differs, or noble would go unnoticed */
export function printSignatures(request: { readonly seed: number; readonly count: number; readonly ssh: number }, print: (line: string) => void): number {
  const report = judgeSignatures(request);
  const shown = (differences: Differences): string =>
    differences.size === 0 ? 'none' : [...differences].map(([kind, times]) => `${kind} ${times}`).join(', ');
  print(`${report.count} signatures from seed ${request.seed}, ${report.sound} sound`);
  print(`  differences of the native path from the portable one   ${shown(report.paths)}`);
  print(`  differences from what they were made to be             ${shown(report.made)}`);
  print(`  differences of ssh-keygen, asked about ${report.ssh.count}            ${shown(report.ssh.differences)}`);
  print(`  noble.verify in its place would be seen by             ${shown(report.nobleStrict)}`);
  print(`  noble.verify with zip215 in its place would be seen by ${shown(report.nobleZip215)}`);
  const same = report.paths.size + report.made.size + report.ssh.differences.size === 0;
  return same && report.nobleStrict.size > 0 && report.nobleZip215.size > 0 ? 0 : 1;
}
