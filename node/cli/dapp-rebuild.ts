// `gdo dapp rebuild`: makes the image of an entry again and says whether it is the one that the entry names; with `--sign` for everybody.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBylawsName, sha256Hex } from '../../engine/index.ts';
import { putContent } from '../chunks/put-content.ts';
import { rebuildData, rebuildFact, type RebuildClaim } from '../dapps/badge.ts';
import { decodeEntry, entryPath, sourceFiles, sourceHash } from '../dapps/entry.ts';
import type { DappEntry } from '../dapps/entry.ts';
import type { CandidateFile } from '../dapps/input.ts';
import { buildable, buildImage, type Built } from '../dapps/rebuild.ts';
import { ownPlatform } from '../dapps/trial.ts';
import { contentHashes, contentIdentity } from '../git/content.ts';
import { mustRead, openRepository, type Repository } from '../git/repository.ts';
import type { LedgerView } from '../ledger/view.ts';
import { hasSigned } from '../sync/own-facts.ts';
import type { OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { signFacts, type SignedFacts } from './dapp-facts.ts';
import { connectSwept, imageSources } from './dapp-runner.ts';
import { filesHere } from './dapp-source.ts';
import { asMember, withLedger, type MemberSession, type Session } from './session.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** What is built: an entry with the bytes it stands in, and the files that it may name. */
interface Claimed {
  readonly entryBytes: Uint8Array;
  readonly filesFor: (entry: DappEntry & { readonly source: NonNullable<DappEntry['source']> }) => Promise<readonly CandidateFile[]>;
}

/** Builds again. Exits 0 where it is the image that the entry names, 1 where it is another (GDO3015), 3 where it could not be built. */
export async function rebuild(name: string | undefined, options: Options, world: World): Promise<number> {
  if (name === undefined || !isBylawsName(name)) throw new UsageError('GDO5003', 'Which program?', 'gdo dapp rebuild NAME');
  const isHere = options['here'] === true;
  if (isHere && options['sign'] === true)
    throw new UsageError('GDO5003', 'What lies in a folder is no claim to sign about', 'leave out --here to build what main has');
  if (!isHere)
    return await withLedger(world, async (session) => await buildClaimed(session, name, options, { world, ...(await claimedOnMain(session.view, name)) }));
  // Whoever writes a program has no ledger yet.
  const repository = openRepository(world.cwd);
  try {
    return await buildClaimed({ repository }, name, options, { world, ...claimedHere(world, name) });
  } finally {
    repository.close();
  }
}

async function buildClaimed(
  place: Session | Pick<Session, 'repository'>,
  name: string,
  options: Options,
  { world, entryBytes, filesFor }: Claimed & { readonly world: World },
): Promise<number> {
  const { repository } = place;
  const entry = entryOf(name, entryBytes);
  const recipe = buildable(entry);
  if (typeof recipe === 'string' || entry.source === undefined)
    throw new WorldError('GDO3013', `${name} cannot be built again: ${typeof recipe === 'string' ? recipe : 'it is closed'}`, `say how in ${entryPath(name)}`);
  const withSource = { ...entry, source: entry.source };
  const files = sourceFiles(withSource, await filesFor(withSource));
  const hash = sourceHash(files.map((file) => ({ path: file.path, sha256: file.entry.split(':')[1] ?? '' })));
  if (hash !== entry.source.sha256)
    throw new WorldError(
      'GDO3014',
      `The source of ${name} has another hash than its entry says: ${hash}`,
      'view' in place ? 'its entry and its source have to change together' : `write it down:  gdo dapp entry ${name}`,
    );
  const built = await buildImage({ repository, images: imageSources(repository), engine: () => connectSwept(world) }, { name, recipe, files });
  if (built.kind === 'ok' && options['keep'] === true) await keep(repository, built);
  const signed =
    options['sign'] === true && built.kind === 'ok' && 'view' in place
      ? await signRebuilt(asMember(place, options), { dapp: name, entry: sha256Hex(entryBytes), image: built.image, platform: ownPlatform() })
      : undefined;
  return report(world, { name, entry, built, signed: signed?.lines ?? [], isKept: options['keep'] === true, isRefused: signed?.state === 'refused' });
}

async function signRebuilt(member: MemberSession, claim: RebuildClaim): Promise<SignedFacts> {
  const data = rebuildData(claim);
  return await signFacts(member, rebuildFact, hasSigned(member.view, member.signer.device, data.id) ? [] : [data], 'rebuild');
}

interface Report {
  readonly name: string;
  readonly entry: DappEntry;
  readonly built: Built;
  readonly signed: readonly string[];
  readonly isKept: boolean;
  readonly isRefused: boolean;
}

function report(world: World, { name, entry, built, signed, isKept, isRefused }: Report): number {
  const isSame = built.kind === 'ok' && built.image === entry.image;
  const exit = built.kind === 'none' ? 3 : isSame && !isRefused ? 0 : 1;
  if (world.json) {
    const said =
      built.kind === 'ok'
        ? { built: built.image, platform: built.platform, kept: isKept, code: isSame ? null : 'GDO3015' }
        : { code: built.code, reason: built.reason, stderr: built.stderr ?? '' };
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-dapp-rebuild/1', dapp: name, exit, image: entry.image ?? null, ...said, signed: signed.length > 0 && !isRefused })}\n`,
    );
    return exit;
  }
  const lines =
    built.kind === 'none'
      ? [
          `⏳ ${built.code} ${name} could not be built again: ${visible(built.reason)}`,
          ...(built.stderr ?? '')
            .trimEnd()
            .split('\n')
            .slice(-20)
            .filter((line) => line !== '')
            .map((line) => `    ${visible(line.slice(0, 200))}`),
        ]
      : isSame
        ? [`✓ ${name} comes out as the image that its entry names: ${built.image}`]
        : [
            `✗ GDO3015 ${name} comes out as another image than its entry names`,
            `    named  ${entry.image ?? 'none'}`,
            `    built  ${built.image}`,
            `    Its recipe, its base or its builder is another one than it was; whoever claims the image writes it anew:  gdo dapp entry ${name}`,
          ];
  if (built.kind === 'ok' && isKept) lines.push('  It is kept in this repository:  gdo image list');
  world.stdout(`${[...lines, ...signed].join('\n')}\n`);
  return exit;
}

function entryOf(name: string, bytes: Uint8Array): DappEntry {
  const decoded = decodeEntry(bytes);
  if (decoded.kind === 'refused')
    throw new WorldError('GDO3013', `${entryPath(name)} cannot be used: ${visible(decoded.reason)}`, `gdo dapp entry ${name}   writes one`);
  if (decoded.entry.name !== name) throw new WorldError('GDO3013', `${entryPath(name)} is the entry of another program`, `write \`name\` as ${name}`);
  return decoded.entry;
}

async function claimedOnMain(view: LedgerView, name: string): Promise<Claimed> {
  const file = view.mainFiles.find((one) => one.path === entryPath(name));
  if (file === undefined)
    throw new WorldError('GDO3013', `Main has no ${entryPath(name)}`, `gdo dapp entry ${name}   writes one; --here builds from this folder`);
  const filesFor: Claimed['filesFor'] = async (entry) => {
    const named = sourceFiles(entry, view.mainFiles);
    const known = await contentHashes(
      view.repository,
      named.map((one) => one.id),
    );
    const files: CandidateFile[] = [];
    for (const one of named) files.push({ path: one.path, entry: contentIdentity(one, known), bytes: await mustRead(view.repository, one.id, 'blob') });
    return files;
  };
  return { entryBytes: await mustRead(view.repository, file.id, 'blob'), filesFor };
}

function claimedHere(world: World, name: string): Claimed {
  try {
    return { entryBytes: readFileSync(join(world.cwd, entryPath(name))), filesFor: (entry) => Promise.resolve(filesHere(world.cwd, entry.source.files)) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))) throw error;
    throw new WorldError('GDO3013', `There is no ${entryPath(name)} in this folder`, `gdo dapp entry ${name}   writes one`, error);
  }
}

/** Puts the new layer and the configuration into the repository: the layers below are there, since the base is. */
async function keep(repository: Repository, { layer, configBytes }: Built & { readonly kind: 'ok' }): Promise<void> {
  for (const bytes of [layer, configBytes]) {
    let at = 0;
    const read = (into: Uint8Array): number => {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    };
    await putContent(repository, { source: { read } });
  }
}
