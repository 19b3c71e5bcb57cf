// Runs one dapp for the gate: reads its manifest and its files from the candidate tree, connects to the engine, answers or says why not.
import { matchesPattern } from '../../engine/index.ts';
import type { ChangeSet } from '../../engine/index.ts';
import { runCheck } from '../dapps/check.ts';
import type { CheckAnswer } from '../dapps/check.ts';
import { connectContainers } from '../dapps/containers.ts';
import type { CandidateFile } from '../dapps/input.ts';
import { decodeManifest, manifestPath } from '../dapps/manifest.ts';
import type { DappManifest } from '../dapps/manifest.ts';
import { contentIdentity, contentHashes } from '../git/content.ts';
import type { ContentFile } from '../git/content.ts';
import { mustRead } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import type { World } from './world.ts';

/** One question of the gate. */
export interface DappQuestion {
  readonly name: string;
  /** `sha256:<64 hex>`, as the bylaws in force for the case name it. */
  readonly image: string;
  readonly org: string;
  readonly case: string;
  readonly candidate: string;
  readonly timeMs: number;
  readonly seed: string;
  readonly change: ChangeSet;
  readonly files: readonly ContentFile[];
  readonly repository: Repository;
}

/** Bytes of all files that one check is given; a larger tree needs `reads` in its manifest. */
const inputBytesMax = 64 * 1_048_576;

/** Makes the runner; the engine is looked for once per command and only when a dapp has to run. */
export function dappRunner(world: Pick<World, 'stderr' | 'verbosity'>): (question: DappQuestion) => Promise<CheckAnswer> {
  let connection: ReturnType<typeof connectContainers> | undefined;
  return async (question) => {
    const manifest = await readManifest(question);
    if (manifest.kind === 'refused') return { kind: 'none', code: 'GDO3006', reason: manifest.reason };
    connection ??= connectContainers();
    const connected = await connection;
    if (connected.kind === 'absent') return { kind: 'none', code: 'GDO3001', reason: `There is no container engine here: ${connected.reason}` };
    const files = await readFiles(question, manifest.manifest);
    if (files === undefined) return { kind: 'none', code: 'GDO3003', reason: 'The files of the tree are too large for one check; name what it reads in its manifest' };
    if (world.verbosity > 1) world.stderr(`running ${question.name} in a container (engine ${connected.engine.version})\n`);
    const { org, candidate, timeMs, seed, change } = question;
    return runCheck(connected.engine, question.image, manifest.manifest, { org, case: question.case, candidate, timeMs, seed, change, files });
  };
}

async function readManifest({ name, files, repository }: DappQuestion): Promise<ReturnType<typeof decodeManifest>> {
  const file = files.find((one) => one.path === manifestPath(name));
  if (file === undefined) return { kind: 'refused', reason: `The tree has no ${manifestPath(name)}, which says how the dapp ${name} is run` };
  const decoded = decodeManifest(await mustRead(repository, file.id, 'blob'));
  if (decoded.kind === 'refused') return { kind: 'refused', reason: `${manifestPath(name)} cannot be used: ${decoded.reason}` };
  return decoded.manifest.name === name ? decoded : { kind: 'refused', reason: `${manifestPath(name)} is the manifest of another dapp` };
}

async function readFiles({ files, repository }: DappQuestion, manifest: DappManifest): Promise<readonly CandidateFile[] | undefined> {
  const chosen = manifest.reads.length === 0 ? files : files.filter((file) => manifest.reads.some((pattern) => matchesPattern(pattern, file.path)));
  const hashes = await contentHashes(repository, chosen.map((file) => file.id));
  const read: CandidateFile[] = [];
  let bytesCount = 0;
  for (const file of chosen) {
    const bytes = await mustRead(repository, file.id, 'blob');
    bytesCount += bytes.length;
    if (bytesCount > inputBytesMax) return undefined;
    read.push({ path: file.path, entry: contentIdentity(file, hashes), bytes });
  }
  return read;
}
