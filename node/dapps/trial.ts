// One dapp on one candidate, from the governed files to an answer: its manifest, what it may read, its image, its runs. It signs nothing.
import { arch } from 'node:os';
import { readsPath, readsRoot, sha256Hex, stateRead, utf8Encode } from '../../engine/index.ts';
import type { ChangeEntry, State } from '../../engine/index.ts';
import type { CheckAnswer } from './check.ts';
import { runCheck } from './check.ts';
import type { ContainerEngine } from './containers.ts';
import type { ImageSource } from './images.ts';
import { readyImage } from './images.ts';
import type { CandidateFile } from './input.ts';
import { checkInput } from './input.ts';
import type { DappManifest } from './manifest.ts';
import type { AnswerMemo } from './memo.ts';
import { memoKey } from './memo.ts';

/** What is tried. */
export interface Trial {
  readonly org: string;
  readonly case: string;
  /** When the case began: the same for every endorser, whenever they look. */
  readonly openedMs: number;
  readonly image: string;
  readonly manifest: DappManifest;
  /** SHA-256 of the manifest's bytes. */
  readonly manifestHash: string;
  readonly entries: readonly ChangeEntry[];
  /** Main with the change in it. */
  readonly candidate: { readonly state: State; readonly contentRoot: string };
  /** The candidate's governed files, ascending by path. */
  readonly files: readonly CandidateFile[];
}

/** What there is to try with. */
export interface TrialPlace {
  readonly engine: ContainerEngine;
  readonly images: readonly ImageSource[];
  readonly memo?: AnswerMemo;
}

/** The platform whose image runs here, in the words of images. */
export function ownPlatform(): string {
  const kind = arch();
  return `linux/${kind === 'x64' ? 'amd64' : kind === 'arm' ? 'arm/v7' : kind}`;
}

/** Bytes of all files that one check is given; a larger tree needs `reads` in its manifest. */
const inputBytesMax = 64 * 1_048_576;

/** What a dapp is given of a candidate, by the root that an attestation names (node.md section 4). */
export function readsOf({ candidate, manifest }: Pick<Trial, 'candidate' | 'manifest'>): string {
  return manifest.reads === undefined ? candidate.contentRoot : readsRoot(candidate.state, manifest.name, manifest.reads);
}

/** The bytes that a dapp gets, or why there are too many. The same for everybody who tries it on the same candidate. */
export function trialInput(trial: Trial): Uint8Array | undefined {
  const { manifest } = trial;
  const patterns = manifest.reads;
  const files = patterns === undefined ? trial.files : trial.files.filter((file) => readsPath(manifest.name, patterns, file.path));
  if (files.reduce((sum, file) => sum + file.bytes.length, 0) > inputBytesMax) return undefined;
  const reads = readsOf(trial);
  return checkInput({
    org: trial.org,
    case: trial.case,
    candidate: reads,
    timeMs: trial.openedMs,
    seed: sha256Hex(utf8Encode(`gdo-dapp-seed-v1 ${trial.org} ${trial.case} ${reads}`)),
    change: trial.entries,
    state: patterns === undefined ? [] : stateRead(trial.candidate.state, patterns),
    files,
  });
}

/** Tries a dapp. @returns accept or reject, or none with GDO3001 to GDO3012: never a yes by default */
export async function tryDapp(place: TrialPlace, trial: Trial): Promise<CheckAnswer> {
  const { engine, images, memo } = place;
  if (trial.manifest.role !== 'check') return none('GDO3006', 'Its manifest says that it is a service, and a service never decides a merge');
  if (engine.lacks.length > 0) return none('GDO3010', `The container engine here lacks what a dapp needs around it: ${engine.lacks.join(', ')}`);
  const input = trialInput(trial);
  if (input === undefined) return none('GDO3003', 'The files of the tree are too large for one check; name what it reads in its manifest');
  const key = memoKey({ image: trial.image, manifest: trial.manifestHash, input, platform: ownPlatform() });
  const known = memo?.find(key);
  if (known !== undefined) return known;
  const ready = await readyImage(engine, trial.image, images);
  if (ready.kind === 'none') return ready;
  const answer = await runCheck(engine, trial.image, trial.manifest, input);
  memo?.keep(key, answer);
  return answer;
}

function none(code: `GDO${number}`, reason: string): CheckAnswer {
  return { kind: 'none', code, reason };
}
