// `gdo erase`: takes the bytes of a sealed file out of this copy for good, and asks every other copy to do so. The ledger keeps its commitment, which nobody can open.
import { contentTraces, type ContentTrace } from '../chunks/content-traces.ts';
import { eraseContents, onTheWay, stopOnTheWay, type Erased } from '../chunks/erase-contents.ts';
import { noteAsked } from '../chunks/erased-contents.ts';
import { erasingHere } from '../chunks/erasing.ts';
import { blobRefs } from '../chunks/put-content.ts';
import { sweepObjects } from '../git/leftovers.ts';
import type { Repository } from '../git/repository.ts';
import { nameSaid } from '../sealed/sealed-content.ts';
import { askedBy, erasedBody, sealedFiles, type SealedFile } from '../sealed/sealed-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { deliver, reportDelivery, type Delivery } from './deliver.ts';
import { ownWords } from './own-words.ts';
import { showBytes } from './progress.ts';
import { nameDigitsShown, sealedNamed } from './sealed-word.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession, Session } from './session.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo erase`. Exits 0; 1 (refused, or something of it is still here); 2; 3. */
export const eraseCommand: CommandDefinition = {
  name: 'erase',
  group: 'decide',
  summary: 'take a sealed file away for good, and ask every copy to',
  arguments: '[SEALED]',
  options: [
    ['--asked', 'erase here what others asked for: whoever sealed it, or holds the role that it is for'],
    ['--because <text>', 'why, shown to everyone'],
    ['--yes', 'mean it: nothing brings it back'],
    ['--key <file>', 'sign with this key'],
  ],
  examples: ['gdo erase 3f2a91c0 --because "kept for a year" --yes', 'gdo erase --asked --yes'],
  run: (positional, options, world) => withLedger(world, (session) => choose(session, positional, options)),
};

async function choose(session: Session, [word, ...more]: readonly string[], options: Options): Promise<number> {
  if (more.length > 0 || (word === undefined) !== (options['asked'] === true))
    throw new UsageError('GDO5002', 'Which sealed file?', 'one by its name:  gdo erase 3f2a91c0   or what others asked for:  gdo erase --asked');
  return word === undefined ? eraseAsked(session, options) : eraseOne(asMember(session, options), sealedNamed(session.view, word), options);
}

async function eraseOne(session: MemberSession, file: SealedFile, options: Options): Promise<number> {
  const { because } = options;
  const short = file.name.slice(0, nameDigitsShown);
  const why = typeof because === 'string' ? ownWords('The reason', because, 'line') : undefined;
  if (options['yes'] !== true) throw new UsageError('GDO5004', `This takes the sealed file ${short} away from every copy that hears of it`, 'say --yes');
  const found = await contentsOf(session, [file]);
  const delivery = await deliver(session, { kind: 'fact', body: erasedBody(file.name, why) });
  if (delivery.state === 'refused') return reportDelivery(session, delivery, '');
  return report(session, { files: [file], ...found, ...(await takeAway(session, [file], found)), delivery });
}

async function eraseAsked(session: Session, options: Options): Promise<number> {
  const { view } = session;
  const asked = sealedFiles(view).filter((file) => askedBy(view, file).length > 0);
  const found = await contentsOf(session, asked);
  if (found.contents.length + onTheWay(session.repository, found.wanted).length > 0 && options['yes'] !== true) {
    const words = asked.map((file) => `${file.name.slice(0, nameDigitsShown)} (${askedBy(view, file)[0]?.by ?? ''})`).join(', ');
    throw new UsageError('GDO5004', `This takes away what others asked to erase: ${visible(words)}`, 'say --yes');
  }
  return report(session, { files: asked, ...found, ...(await takeAway(session, asked, found)), delivery: undefined });
}

/** What of some sealed files lies here. `wanted`: their contents by their SHA-256; `damaged`: those that cannot say what they are. */
interface Found {
  readonly wanted: ReadonlySet<string>;
  readonly contents: readonly ContentTrace[];
  readonly damaged: readonly ContentTrace[];
}

/** Looks for it. A content that does not say itself which file it is stays: a false event takes nothing away that somebody needs. */
async function contentsOf({ repository }: Session, files: readonly SealedFile[]): Promise<Found> {
  const namesOf = new Map<string, Set<string>>();
  for (const { name, sealings } of files) {
    for (const { content } of sealings) namesOf.set(content, (namesOf.get(content) ?? new Set()).add(name));
  }
  const wanted = new Set(namesOf.keys());
  const contents: ContentTrace[] = [];
  const damaged: ContentTrace[] = [];
  const erasing = erasingHere(repository);
  for (const trace of await contentTraces(repository, wanted)) {
    const said = await saidOrDamaged(repository, trace);
    // What an erasing was taking away when it was stopped said before what it is, and goes now.
    if (said === 'damaged' && erasing.has(trace.commit)) continue;
    if (said === 'damaged') damaged.push(trace);
    else if (said !== undefined && namesOf.get(trace.sha256)?.has(said) === true) contents.push(trace);
  }
  return { wanted, contents, damaged };
}

/** What went. `gone`: undefined where nothing of it was here; `isComing`: a turn about contents may be bringing some of it at this moment. */
interface TakenAway {
  readonly gone: Erased | undefined;
  readonly isComing: boolean;
}

async function takeAway({ repository }: Session, files: readonly SealedFile[], { wanted, contents }: Found): Promise<TakenAway> {
  // Before anything goes: what a node brings from now on goes as well.
  if (files.length > 0)
    noteAsked(
      repository,
      files.flatMap(({ name, sealings }) => sealings.map(({ content }) => ({ sha256: content, name }))),
    );
  sweepObjects(repository.gitDirectory);
  const gone = contents.length + erasingHere(repository).size === 0 ? undefined : await eraseContents(repository, contents);
  if (onTheWay(repository, wanted).length === 0) return { gone, isComing: false };
  try {
    await stopOnTheWay(repository, wanted);
    return { gone: gone ?? nothing, isComing: false };
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO5024') return { gone, isComing: true };
    throw error;
  }
}

const nothing: Erased = { objects: 0, bytes: 0, youngObjects: 0, youngBytes: 0, left: 0, missing: 0 };

async function saidOrDamaged(repository: Repository, content: ContentTrace): Promise<string | undefined> {
  try {
    return await nameSaid(repository, content);
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO4030') return 'damaged';
    throw error;
  }
}

/** What was done. */
interface Done extends Found, TakenAway {
  readonly files: readonly SealedFile[];
  readonly delivery: Delivery | undefined;
}

function report({ world }: Session, { files, contents, damaged, gone, isComing, delivery }: Done): number {
  const { left = 0, missing = 0 } = gone ?? {};
  const exit = left + missing + damaged.length === 0 && !isComing ? 0 : 1;
  const names = [...new Set(contents.map(({ sha256 }) => sha256))];
  if (world.json) {
    const said = delivery === undefined ? {} : { event: delivery.event, state: delivery.state };
    const { objects = 0, bytes = 0 } = gone ?? {};
    const lost = damaged.map(({ sha256 }) => sha256);
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-erase/1', sealed: files.map(({ name }) => name), contents: names, objects, bytes, left, missing, damaged: lost, coming: isComing, ...said })}\n`,
    );
    return exit;
  }
  world.stdout(goneLine(names.length, gone));
  if (left > 0) world.stdout(`⚠ ${counted(left, 'object')} are still here: a kept pack or another object store has them.\n`);
  if (missing > 0) world.stdout(`⚠ ${counted(missing, 'object')} of it were missing: what hung on them leaves the disk with  gdo store prune  in an hour.\n`);
  if (isComing) world.stdout('⚠ Contents are brought here now, and pieces of it may be among them: run the same command again when that has ended.\n');
  for (const { sha256, ref } of damaged) {
    const short = sha256.slice(0, nameDigitsShown);
    const isKept = ref?.startsWith(`${blobRefs}/`) === true;
    const next = isKept ? `gdo store drop ${short} --copies 0` : ref === undefined ? 'gdo store prune' : `git update-ref -d ${ref}`;
    world.stdout(`✗ GDO4030 Content ${short} is too damaged to say what it is, and stays:  ${next}\n`);
  }
  if (delivery !== undefined)
    world.stdout(
      `✓ Signed and recorded as event ${delivery.event.slice(0, 7)}: every other copy erases it with  gdo erase --asked --yes\n  What was opened, backed up or carried away before is not reached by this.\n`,
    );
  return exit;
}

function goneLine(count: number, gone: Erased | undefined): string {
  if (gone === undefined) return 'This copy has nothing of it to erase.\n';
  if (count + gone.objects === 0) return '✓ Took away what was on its way here.\n';
  const what = count === 0 ? 'what an erasing that was stopped had left' : `${counted(count, 'content')} here`;
  return `✓ Erased ${what}: ${counted(gone.objects, 'object')}, ${showBytes(gone.bytes)}, left the disk.\n`;
}
