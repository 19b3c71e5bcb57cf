// `gdo erase`: takes the bytes of a sealed file out of this copy for good, and asks every other copy to do so. The ledger keeps its commitment, which nobody can open.
import { contentsHere, type NamedContent } from '../chunks/contents.ts';
import { eraseContents, type Erased } from '../chunks/prune-contents.ts';
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
  const { repository } = session;
  const { because } = options;
  const short = file.name.slice(0, nameDigitsShown);
  const why = typeof because === 'string' ? ownWords('The reason', because, 'line') : undefined;
  if (options['yes'] !== true) throw new UsageError('GDO5004', `This takes the sealed file ${short} away from every copy that hears of it`, 'say --yes');
  const found = await contentsOf(session, [file]);
  const delivery = await deliver(session, { kind: 'fact', body: erasedBody(file.name, why) });
  if (delivery.state === 'refused') return reportDelivery(session, delivery, '');
  const gone = found.contents.length === 0 ? undefined : await eraseContents(repository, found.contents);
  return report(session, { files: [file], ...found, gone, delivery });
}

async function eraseAsked(session: Session, options: Options): Promise<number> {
  const { view, repository } = session;
  const asked = sealedFiles(view).filter((file) => askedBy(view, file).length > 0);
  const found = await contentsOf(session, asked);
  if (found.contents.length > 0 && options['yes'] !== true) {
    const words = asked.map((file) => `${file.name.slice(0, nameDigitsShown)} (${askedBy(view, file)[0]?.by ?? ''})`).join(', ');
    throw new UsageError('GDO5004', `This takes away what others asked to erase: ${visible(words)}`, 'say --yes');
  }
  const gone = found.contents.length === 0 ? undefined : await eraseContents(repository, found.contents);
  return report(session, { files: asked, ...found, gone, delivery: undefined });
}

/** What of some sealed files lies here. `damaged`: contents that cannot say what they are. */
interface Found {
  readonly contents: readonly NamedContent[];
  readonly damaged: readonly string[];
}

/** Looks for it. A content that does not say itself which file it is stays: a false event takes nothing away that somebody needs. */
async function contentsOf({ repository }: Session, files: readonly SealedFile[]): Promise<Found> {
  const here = new Map((await contentsHere(repository)).map((content) => [content.sha256, content]));
  const contents = new Map<string, NamedContent>();
  const damaged: string[] = [];
  for (const { name, sealings } of files) {
    for (const { content } of sealings) {
      const named = here.get(content);
      const said = named === undefined ? undefined : await saidOrDamaged(repository, content);
      if (said === 'damaged') damaged.push(content);
      if (named !== undefined && said === name) contents.set(content, named);
    }
  }
  return { contents: [...contents.values()], damaged };
}

async function saidOrDamaged(repository: Repository, content: string): Promise<string | undefined> {
  try {
    return await nameSaid(repository, content);
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO4030') return 'damaged';
    throw error;
  }
}

/** What was done. */
interface Done extends Found {
  readonly files: readonly SealedFile[];
  readonly gone: Erased | undefined;
  readonly delivery: Delivery | undefined;
}

function report({ world }: Session, { files, contents, damaged, gone, delivery }: Done): number {
  const { left = 0, missing = 0 } = gone ?? {};
  const exit = left + missing + damaged.length === 0 ? 0 : 1;
  if (world.json) {
    const said = delivery === undefined ? {} : { event: delivery.event, state: delivery.state };
    const { objects = 0, bytes = 0 } = gone ?? {};
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-erase/1', sealed: files.map(({ name }) => name), contents: contents.map(({ sha256 }) => sha256), objects, bytes, left, missing, damaged, ...said })}\n`,
    );
    return exit;
  }
  world.stdout(
    gone === undefined
      ? 'This copy has nothing of it to erase.\n'
      : `✓ Erased ${counted(contents.length, 'content')} here: ${counted(gone.objects, 'object')}, ${showBytes(gone.bytes)}, left the disk.\n`,
  );
  if (left > 0) world.stdout(`⚠ ${counted(left, 'object')} are still here: a kept pack or another object store has them.\n`);
  if (missing > 0) world.stdout(`⚠ ${counted(missing, 'object')} of it were missing: what hung on them leaves the disk with  gdo store prune  in an hour.\n`);
  for (const content of damaged)
    world.stdout(
      `✗ GDO4030 Content ${content.slice(0, nameDigitsShown)} is too damaged to say what it is, and stays:  gdo store drop ${content.slice(0, nameDigitsShown)} --copies 0\n`,
    );
  if (delivery !== undefined)
    world.stdout(
      `✓ Signed and recorded as event ${delivery.event.slice(0, 7)}: every other copy erases it with  gdo erase --asked --yes\n  What was opened, backed up or carried away before is not reached by this.\n`,
    );
  return exit;
}
