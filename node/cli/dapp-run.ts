// `gdo dapp run` tries one dapp on one case and signs nothing; `gdo dapp endorse` runs what waits for this key and signs what it said.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBylawsName, manifestPath, readCase } from '../../engine/index.ts';
import type { CheckAnswer } from '../dapps/check.ts';
import { decodeManifest } from '../dapps/manifest.ts';
import type { Trial } from '../dapps/trial.ts';
import { ownPlatform, readsOf, tryDapp } from '../dapps/trial.ts';
import { endorseOpen, endorsementRequest } from '../gate/steward.ts';
import { originOf, pushOwn } from '../sync/origin.ts';
import { bylawsEndorser } from './bylaws-endorser.ts';
import { openCase } from './case-open.ts';
import type { OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { connectSwept, dappRunner, imageSources, prepareTrial, beneathMissing } from './dapp-runner.ts';
import { asMember, withLedger } from './session.ts';
import type { Session } from './session.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** Tries a dapp on a case, with the manifest of main or, where main has none yet, of this folder. Nothing is signed and nothing is remembered. */
export async function tryOnCase(name: string | undefined, options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  if (name === undefined || !isBylawsName(name)) throw new UsageError('GDO5003', 'Which dapp?', 'gdo dapp run NAME --case CASE');
  const word = options['case'];
  if (typeof word !== 'string') throw new UsageError('GDO5003', 'Which case is it tried on?', `gdo dapp run ${name} --case CASE`);
  return await withLedger(world, async (session) => {
    const found = openCase(session, word);
    const trial = await trialFor(session, { case: found.id, dapp: name, image: options['image'] });
    const connected = await connectSwept(world);
    const absent = (reason: string): CheckAnswer => ({ kind: 'none', code: 'GDO3001', reason: `There is no container engine here: ${reason}` });
    const answer =
      connected.kind === 'absent' ? absent(connected.reason) : await tryDapp({ engine: connected.engine, images: imageSources(session.repository) }, trial);
    return report(session, answer, { trial, number: found.number });
  });
}

async function trialFor({ view, world }: Session, asked: { readonly case: string; readonly dapp: string; readonly image: OptionValue }): Promise<Trial> {
  const request = await endorsementRequest(view, asked);
  if (request === undefined) throw new UsageError('GDO5003', 'The case has no change that could be merged on main as it is', 'look at it:  gdo status CASE');
  const manifest = request.manifest ?? manifestHere(world, asked.dapp);
  if (manifest === undefined)
    throw new UsageError('GDO5003', `There is no ${manifestPath(asked.dapp)}, neither on main nor here`, `gdo dapp init ${asked.dapp} --lang python`);
  const image = typeof asked.image === 'string' ? asked.image : (request.dapp?.image ?? imageOf(manifest));
  if (image === undefined)
    throw new UsageError('GDO5003', `The bylaws of the case declare no dapp ${asked.dapp}`, 'name its image:  --image sha256:… (as its image.sh prints it)');
  const declared = { name: asked.dapp, checks: [], ...request.dapp, image };
  const prepared = prepareTrial({ ...request, dapp: declared, manifest });
  if ('code' in prepared) throw new WorldError(prepared.code, prepared.reason, 'mend the manifest');
  return prepared;
}

function manifestHere(world: World, dapp: string): Uint8Array | undefined {
  try {
    return readFileSync(join(world.cwd, manifestPath(dapp)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** The image that a manifest names for the platform here. */
function imageOf(manifest: Uint8Array): string | undefined {
  const decoded = decodeManifest(manifest);
  return decoded.kind === 'ok' ? decoded.manifest.images.find((one) => one.platform === ownPlatform())?.image : undefined;
}

function report({ world }: Session, answer: CheckAnswer, { trial, number }: { readonly trial: Trial; readonly number: number }): number {
  const exit = answer.kind === 'accept' ? 0 : answer.kind === 'reject' ? 1 : 3;
  const reads = readsOf(trial);
  const { name } = trial.manifest;
  if (world.json) {
    const said = answer.kind === 'none' ? { code: answer.code, reasons: [answer.reason] } : { output: answer.output, reasons: answer.reasons };
    const score = answer.kind === 'none' ? undefined : answer.score;
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-dapp-run/1', dapp: name, case: number, exit, verdict: answer.kind, score, ...said, reads, image: trial.image, manifest: trial.manifestHash })}\n`,
    );
    return exit;
  }
  const mark = { accept: '✓', reject: '✗', none: '⏳' }[answer.kind];
  const head =
    answer.kind === 'none' ? `${answer.code} no verdict of ${name} on #${number}: ${visible(answer.reason)}` : `${name} says ${answer.kind} to #${number}`;
  const reasons = answer.kind === 'none' ? [] : answer.reasons;
  const beneath = answer.kind === 'none' ? beneathMissing({ code: answer.code, dapp: name }, '  ') : [];
  const lines = [`${mark} ${head}`, ...reasons.map((reason) => `  ${visible(reason)}`), ...beneath];
  if (answer.kind !== 'none' && answer.score !== undefined) lines.push(`  score ${answer.score}`);
  lines.push(`  read ${trial.manifest.reads?.map((pattern) => visible(pattern)).join(', ') ?? 'the whole tree'}: ${reads.slice(0, 12)}`);
  if (answer.stderr !== undefined && answer.stderr !== '')
    lines.push(
      '  it also wrote, for people:',
      ...answer.stderr
        .trimEnd()
        .split('\n')
        .map((line) => `    ${visible(line)}`),
    );
  world.stdout(`${lines.join('\n')}\n`);
  return exit;
}

/** Runs the dapps that wait for this key's word, signs what they said, and brings it to the node. */
export async function endorseWaiting(options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  return await withLedger(world, async (session) => {
    const { repository, signer, view } = asMember(session, options);
    const only = typeof options['case'] === 'string' ? openCase(session, options['case']).id : undefined;
    const runner = dappRunner(world);
    const checkBylaws = bylawsEndorser();
    const asked = { checkBylaws, runDapp: runner.endorse };
    const { endorsed, view: after } = await endorseOpen({ view, signer, clockMs: world.clockMs(), ...asked, ...(only === undefined ? {} : { only }) });
    const origin = endorsed.length === 0 ? undefined : await originOf(repository, world.env);
    const pushed = origin === undefined ? undefined : await pushOwn(repository, origin, signer.device);
    const refused = pushed?.refs.filter((ref) => !ref.accepted).map((ref) => `${ref.ref}: ${ref.reason}`) ?? [];
    const unanswered = runner.unanswered().filter((one) => only === undefined || one.case === only);
    const exit = refused.length > 0 ? 1 : unanswered.length > 0 ? 3 : 0;
    const attested = endorsed.map(({ requirement, endorsement }) => ({ case: requirement.number, dapp: requirement.dapp, ...endorsement }));
    if (world.json) {
      world.stdout(`${JSON.stringify({ schema: 'gdo-dapp-endorse/1', exit, attested, unanswered, refused })}\n`);
      return exit;
    }
    const numberOf = (id: string): number => readCase(after.state, id)?.number ?? 0;
    const lines = [
      ...attested.map((one) => `✓ You attest that ${one.dapp} says ${one.verdict} to #${one.case}.`),
      ...unanswered.flatMap((one) => [
        `⏳ ${one.code} no verdict of ${one.dapp} on #${numberOf(one.case)}: ${visible(one.reason)}`,
        ...beneathMissing(one, '  '),
      ]),
      ...[...(refused.length > 0 ? (pushed?.messages ?? []) : []), ...refused].map((line) => `✗ ${visible(line)}`),
    ];
    world.stdout(`${lines.length === 0 ? 'Nothing waits for your attestation.' : lines.join('\n')}\n`);
    return exit;
  });
}
