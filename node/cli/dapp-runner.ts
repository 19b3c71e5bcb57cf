// Runs one dapp for the gate: reads its manifest on main and its files of the candidate, connects to the engine, answers or notes why not.
import { join } from 'node:path';
import { sha256Hex } from '../../engine/index.ts';
import { chunkedImages } from '../chunks/stored-image.ts';
import { connectContainers } from '../dapps/containers.ts';
import type { ImageSource } from '../dapps/images.ts';
import { archiveFolder } from '../dapps/images.ts';
import { decodeManifest } from '../dapps/manifest.ts';
import type { DappManifest } from '../dapps/manifest.ts';
import { folderMemo } from '../dapps/memo.ts';
import { nextStep } from '../dapps/next-steps.ts';
import type { Trial } from '../dapps/trial.ts';
import { ownPlatform, tryDapp } from '../dapps/trial.ts';
import type { Endorse, Endorsement, EndorsementRequest } from '../gate/steward.ts';
import type { Repository } from '../git/repository.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** Why a requirement got no verdict: it stays open, and nothing is merged. */
export interface Unanswered {
  readonly case: string;
  readonly dapp: string;
  readonly code: `GDO${number}`;
  readonly reason: string;
  /** The last lines that the program wrote for people, where it ran. Somebody else's text: it is made visible before it is printed. */
  readonly stderr?: string;
}

/** A runner that notes what it could not answer. */
export interface DappRunner {
  readonly endorse: Endorse;
  readonly unanswered: () => readonly Unanswered[];
}

type Connection = Awaited<ReturnType<typeof connectContainers>>;

/** Connects to the engine of a world, and removes what earlier commands left behind when they were killed. */
export async function connectSwept(world: Pick<World, 'env'>): Promise<Connection> {
  const connection = await connectContainers(world.env['DOCKER_HOST']);
  // A sweep that fails stops nothing: the next run says what is wrong with the engine.
  if (connection.kind === 'ok') await connection.engine.sweep().catch(() => undefined);
  return connection;
}

/** Where images come from in this copy: the contents of the ledger, and archives beside it. */
export function imageSources(repository: Repository): readonly ImageSource[] {
  return [chunkedImages(repository), archiveFolder(join(repository.gitDirectory, 'gdo', 'images'))];
}

/** Makes the runner; the engine is looked for once per command and only when a dapp has to run. */
export function dappRunner(world: Pick<World, 'env' | 'stderr' | 'verbosity'>): DappRunner {
  let connection: Promise<Connection> | undefined;
  const open = new Map<string, Unanswered>();
  const endorse: Endorse = async (request) => {
    const { case: of, name } = request;
    // One command asks each dapp once: a failed run is tried again by the next round, not in a loop.
    if (open.has(`${of} ${name}`)) return undefined;
    const answer = await answerOf(request, () => (connection ??= connectSwept(world)), world);
    if ('verdict' in answer) return answer;
    open.set(`${of} ${name}`, { case: of, dapp: name, ...answer });
    return undefined;
  };
  return { endorse, unanswered: () => [...open.values()] };
}

type NoAnswer = Pick<Unanswered, 'code' | 'reason' | 'stderr'>;

/** What is shown of stderr beside other news: enough for a trace of an error, and no page of it. */
const [lastLines, lineUnits] = [12, 200];

function lastOf(stderr: string): string {
  return stderr
    .trimEnd()
    .split('\n')
    .slice(-lastLines)
    .map((line) => line.slice(0, lineUnits))
    .join('\n');
}

/** The lines under a missing verdict: what to do, and what its program wrote. @param indent - in front of each */
export function beneathMissing({ code, dapp, stderr }: Pick<Unanswered, 'code' | 'dapp' | 'stderr'>, indent: string): readonly string[] {
  const next = nextStep(code, dapp);
  return [
    ...(next === undefined ? [] : [`${indent}next:  ${next}`]),
    ...(stderr === undefined ? [] : [`${indent}it wrote:`, ...stderr.split('\n').map((line) => `${indent}  ${visible(line)}`)]),
  ];
}

async function answerOf(
  request: EndorsementRequest,
  connect: () => Promise<Connection>,
  world: Pick<World, 'stderr' | 'verbosity'>,
): Promise<Endorsement | NoAnswer> {
  const prepared = prepareTrial(request);
  if ('code' in prepared) return prepared;
  if (prepared.manifest.determinism === 'advisory')
    return { code: 'GDO3006', reason: `The bylaws require ${request.name}, and its manifest says that it only advises: it cannot answer` };
  const connected = await connect();
  if (connected.kind === 'absent') return { code: 'GDO3001', reason: `There is no container engine here: ${connected.reason}` };
  const { engine } = connected;
  if (world.verbosity > 1) world.stderr(`running ${request.name} in a container (engine ${engine.version})\n`);
  const { gitDirectory } = request.view.repository;
  const answer = await tryDapp(
    { engine, images: imageSources(request.view.repository), memo: folderMemo(join(gitDirectory, 'gdo', 'dapp-answers')) },
    prepared,
  );
  if (answer.kind === 'none') {
    const { code, reason, stderr = '' } = answer;
    return stderr.trim() === '' ? { code, reason } : { code, reason, stderr: lastOf(stderr) };
  }
  return {
    verdict: answer.kind,
    output: answer.output,
    reasons: answer.score === undefined ? answer.reasons : [`Score ${answer.score}`, ...answer.reasons],
    manifest: prepared.manifestHash,
    image: prepared.image,
    platform: ownPlatform(),
    ...(prepared.manifest.reads === undefined ? {} : { patterns: prepared.manifest.reads }),
  };
}

/** Puts together what is tried, or says why nothing can be. */
export function prepareTrial(request: EndorsementRequest): Trial | NoAnswer {
  const { dapp, name, view } = request;
  if (dapp === undefined) return { code: 'GDO3006', reason: `The bylaws of the case declare no dapp ${name}` };
  if (request.manifest === undefined) return { code: 'GDO3006', reason: `Main has no dapps/${name}.json, which says how the dapp is run` };
  const decoded = decodeManifest(request.manifest);
  if (decoded.kind === 'refused') return { code: 'GDO3006', reason: `dapps/${name}.json cannot be used: ${decoded.reason}` };
  const manifest: DappManifest = decoded.manifest;
  if (manifest.name !== name) return { code: 'GDO3006', reason: `dapps/${name}.json is the manifest of another dapp` };
  const { candidate, entries, files, openedMs } = request;
  const manifestHash = sha256Hex(request.manifest);
  return { org: view.org, case: request.case, openedMs, image: dapp.image, manifest, manifestHash, entries, candidate, files };
}
