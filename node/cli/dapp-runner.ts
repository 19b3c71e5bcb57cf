// Runs one dapp for the gate: reads its manifest and its files from the candidate tree, connects to the engine, answers or notes why not.
import { arch } from 'node:os';
import { matchesPattern, sha256Hex } from '../../engine/index.ts';
import { runCheck } from '../dapps/check.ts';
import { connectContainers } from '../dapps/containers.ts';
import { decodeManifest, manifestPath } from '../dapps/manifest.ts';
import type { DappManifest } from '../dapps/manifest.ts';
import type { Endorse, Endorsement, EndorsementRequest } from '../gate/steward.ts';
import type { World } from './world.ts';

/** Why a requirement got no verdict: it stays open, and nothing is merged. */
export interface Unanswered {
  readonly case: string;
  readonly dapp: string;
  readonly code: `GDO${number}`;
  readonly reason: string;
}

/** A runner that notes what it could not answer. */
export interface DappRunner {
  readonly endorse: Endorse;
  readonly unanswered: () => readonly Unanswered[];
}

/** Bytes of all files that one check is given; a larger tree needs `reads` in its manifest. */
const inputBytesMax = 64 * 1_048_576;

/** Makes the runner; the engine is looked for once per command and only when a dapp has to run. */
export function dappRunner(world: Pick<World, 'env' | 'stderr' | 'verbosity'>): DappRunner {
  let connection: ReturnType<typeof connectContainers> | undefined;
  const open = new Map<string, Unanswered>();
  const endorse: Endorse = async (request) => {
    const { case: of, dapp } = request.requirement;
    // One command asks each dapp once: a failed run is tried again by the next round, not in a loop.
    if (open.has(`${of} ${dapp}`)) return undefined;
    connection ??= connectContainers(world.env['DOCKER_HOST']);
    const answer = await answerOf(request, connection, world);
    if ('verdict' in answer) return answer;
    open.set(`${of} ${dapp}`, { case: of, dapp, ...answer });
    return undefined;
  };
  return { endorse, unanswered: () => [...open.values()] };
}

type NoAnswer = Pick<Unanswered, 'code' | 'reason'>;

async function answerOf(
  request: EndorsementRequest,
  connection: ReturnType<typeof connectContainers>,
  world: Pick<World, 'stderr' | 'verbosity'>,
): Promise<Endorsement | NoAnswer> {
  const { dapp, requirement, view } = request;
  if (dapp === undefined) return { code: 'GDO3006', reason: `The bylaws of the case declare no dapp ${requirement.dapp}` };
  const file = request.files.find((one) => one.path === manifestPath(dapp.name));
  if (file === undefined) return { code: 'GDO3006', reason: `The tree has no ${manifestPath(dapp.name)}, which says how the dapp is run` };
  const decoded = decodeManifest(file.bytes);
  if (decoded.kind === 'refused') return { code: 'GDO3006', reason: `${manifestPath(dapp.name)} cannot be used: ${decoded.reason}` };
  const { manifest } = decoded;
  if (manifest.name !== dapp.name) return { code: 'GDO3006', reason: `${manifestPath(dapp.name)} is the manifest of another dapp` };
  const connected = await connection;
  if (connected.kind === 'absent') return { code: 'GDO3001', reason: `There is no container engine here: ${connected.reason}` };
  const files = filesFor(request, manifest);
  if (files === undefined) return { code: 'GDO3003', reason: 'The files of the tree are too large for one check; name what it reads in its manifest' };
  if (world.verbosity > 1) world.stderr(`running ${dapp.name} in a container (engine ${connected.engine.version})\n`);
  const answer = await runCheck(connected.engine, dapp.image, manifest, {
    org: view.org,
    case: requirement.case,
    candidate: requirement.candidate,
    timeMs: view.tip.timeMs,
    seed: view.tip.id,
    change: { id: '', entries: request.entries },
    files,
  });
  if (answer.kind === 'none') return { code: answer.code, reason: answer.reason };
  return {
    verdict: answer.kind,
    output: answer.output,
    reasons: answer.reasons,
    manifest: sha256Hex(file.bytes),
    image: dapp.image,
    platform: `linux/${arch()}`,
  };
}

function filesFor({ files }: EndorsementRequest, manifest: DappManifest): EndorsementRequest['files'] | undefined {
  const chosen = manifest.reads.length === 0 ? files : files.filter((file) => manifest.reads.some((pattern) => matchesPattern(pattern, file.path)));
  const bytesCount = chosen.reduce((sum, file) => sum + file.bytes.length, 0);
  return bytesCount > inputBytesMax ? undefined : chosen;
}
