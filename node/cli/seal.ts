// `gdo seal`: puts a file into the repository that only those who hold a role can read, and says so in the ledger by a commitment. It shows no plain byte to anybody else.
import { basename, resolve } from 'node:path';
import { standardInput, fileSource } from '../chunks/file-source.ts';
import { besidePruning } from '../chunks/content-turn.ts';
import { blobRefs, type PutContent } from '../chunks/put-content.ts';
import { suggest } from '../../language/index.ts';
import { whileStoppable } from '../git/unfinished.ts';
import { holderKeys, type RoleHolder } from '../sealed/holder-keys.ts';
import { readPlain, sealAgain, sealSource, unlock, type Unlocked } from '../sealed/sealed-content.ts';
import { sealedBody, type Sealing, type SealedFile } from '../sealed/sealed-files.ts';
import { openCase } from './case-open.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { deliver, reportDelivery, type Delivery } from './deliver.ts';
import { keyPath } from './found.ts';
import { ownWords } from './own-words.ts';
import { progress } from './progress.ts';
import { nameDigitsShown, openingKey, sealedNamed } from './sealed-word.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession } from './session.ts';
import { copiesWanted, spreadContent } from './store-copies.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** Keys that one head holds: a role of more people is no circle that keeps anything. */
const keysMax = 1_024;
const titleUnitsMax = 200;
/** The key cannot open what is to be sealed again. */
const refusedExit = 1;

/** The command `gdo seal`. Exits 0; 1 (the key cannot open what is to be sealed again, or too few copies); 2; 3. */
export const sealCommand: CommandDefinition = {
  name: 'seal',
  group: 'decide',
  summary: 'a file that only the holders of a role can read',
  arguments: '[FILE]',
  options: [
    ['--to <role>', 'whose holders can open it: with the keys that they have now'],
    ['--again <sealed>', 'seal a sealed file anew to those who hold the role now; you have to be able to open it'],
    ['--case <number>', 'the case that it belongs to'],
    ['--title <text>', 'what everybody may read about it'],
    ['--copies <count>', 'give it to other copies until so many have it (default: 1)'],
    ['--peer <address>', 'another copy than those that the clone knows'],
    ['--key <file>', 'sign, and open, with this key'],
  ],
  examples: ['gdo seal note.pdf --to board --case 42', 'gdo seal --again 3f2a91c0'],
  run: (positional, options, world) => withLedger(world, (session) => whileStoppable(() => seal(asMember(session, options), positional, options))),
};

/** What is put in, and what the ledger is told of it. */
interface Sealed {
  readonly name: string;
  readonly content: PutContent;
  readonly told: Omit<Sealing, 'event' | 'by'>;
  readonly deed: string;
}

async function seal(session: MemberSession, [file, ...more]: readonly string[], options: Options): Promise<number> {
  const { again } = options;
  copiesWanted(options, 1);
  if (more.length > 0 || (file === undefined) === (again === undefined))
    throw new UsageError('GDO5002', 'One file is sealed at a time', 'gdo seal note.pdf --to board   or, anew:  gdo seal --again 3f2a91c0');
  // Until the record is there nothing names the bytes.
  const done = await besidePruning(session.repository, async () => {
    const sealed = file === undefined ? await sealedAgain(session, String(again), options) : await sealedFile(session, file, options);
    return sealed === undefined ? undefined : { sealed, delivery: await record(session, sealed) };
  });
  return done === undefined ? refusedExit : report(session, done, options);
}

async function sealedFile(session: MemberSession, file: string, options: Options): Promise<Sealed> {
  const { world, repository } = session;
  const { title } = options;
  const role = roleOf(session, options['to']);
  const about = typeof options['case'] === 'string' ? openCase(session, options['case']).id : undefined;
  const line = typeof title === 'string' ? ownWords('The title', title, 'line') : undefined;
  if ((line ?? '').length > titleUnitsMax) throw new UsageError('GDO5003', `The title has more than ${titleUnitsMax} characters`, 'say it shorter');
  const to = await keysOf(session, role);
  const source = file === '-' ? standardInput : await fileSource(resolve(world.cwd, file));
  if (typeof source === 'string')
    throw new WorldError('GDO5022', `${visible(file)} ${source}`, 'name a file; a folder goes in as an archive:  tar -c FOLDER | gdo seal -');
  const shown = progress(world, `seal ${visible(basename(file))}`);
  try {
    const { name, commitment, content } = await sealSource(repository, {
      source,
      keys: to.keys,
      chance: world.randomBytes,
      progress: (done) => shown.at(done, source.size),
    });
    const told = { role, content: content.sha256, commitment, ...(about === undefined ? {} : { case: about }), ...(line === undefined ? {} : { title: line }) };
    return { name, content, told, deed: `You seal ${visible(basename(file))} to ${role}: ${to.words} can open it.` };
  } finally {
    shown.done();
    await source.close();
  }
}

/** What was sealed before, to the keys of today. It is read to its end first: nobody passes on what is not what the ledger says. */
async function sealedAgain(session: MemberSession, word: string, options: Options): Promise<Sealed | undefined> {
  const { view, world, repository } = session;
  if (options['case'] !== undefined || options['title'] !== undefined)
    throw new UsageError('GDO5002', 'A file that is sealed again keeps its case and its title', 'leave `--case` and `--title` out');
  const file = sealedNamed(view, word);
  const role = roleOf(session, options['to'] ?? file.first.role);
  const to = await keysOf(session, role);
  const key = openingKey(keyPath(options, world), world);
  const openable = async (): Promise<Unlocked | undefined> => {
    for (const { content } of file.sealings.toReversed()) {
      const unlocked = await unlock(repository, content, key);
      if (unlocked.kind === 'ok' && unlocked.name === file.name) return unlocked;
    }
    return undefined;
  };
  const first = await openable();
  const plain = first === undefined ? undefined : await readPlain(first, () => undefined);
  const unlocked = plain?.kind === 'ok' && plain.commitment === file.first.commitment ? await openable() : undefined;
  if (unlocked === undefined) {
    refuse(session, file);
    return undefined;
  }
  const content = await sealAgain(repository, unlocked, { keys: to.keys, chance: world.randomBytes });
  const { case: about, title, commitment } = file.first;
  const told = { role, content: content.sha256, commitment, ...(about === undefined ? {} : { case: about }), ...(title === undefined ? {} : { title }) };
  return { name: file.name, content, told, deed: `You seal ${file.name.slice(0, nameDigitsShown)} anew to ${role}: ${to.words} can open it.` };
}

function refuse({ world }: MemberSession, { name }: SealedFile): void {
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-seal/1', sealed: name, code: 'GDO4032' })}\n`);
  else
    world.stderr(
      `✗ GDO4032 Nothing here of ${name.slice(0, nameDigitsShown)} opens with this key, so it cannot be sealed again.\n  Look at it:  gdo unseal ${name.slice(0, nameDigitsShown)} --out FILE\n`,
    );
}

/** A role that the bylaws have. @throws UsageError GDO5002, GDO5003 */
function roleOf({ view }: MemberSession, word: OptionValue): string {
  const roles = view.charter.roles.map(({ name }) => name);
  if (typeof word !== 'string') throw new UsageError('GDO5002', 'To which role?', `--to ${roles[0] ?? 'ROLE'}`);
  if (roles.includes(word)) return word;
  const [near] = suggest(word, roles);
  throw new UsageError(
    'GDO5003',
    `\`${visible(word)}\` is no role in these bylaws`,
    near === undefined ? `one of: ${roles.join(', ')}` : `did you mean \`${near}\`?`,
  );
}

/** The keys that something for a role is sealed to, and who can open it, in words. @throws UsageError GDO5003, WorldError GDO4014 */
async function keysOf({ view, world }: MemberSession, role: string): Promise<{ readonly keys: readonly Uint8Array[]; readonly words: string }> {
  const holders = await holderKeys(view, role);
  const unknown = holders.filter((one) => one.unknown.length > 0);
  if (unknown.length > 0)
    throw new WorldError(
      'GDO4014',
      `This copy has dropped what says the keys of ${namesOf(unknown)}`,
      'bring it back with  gdo prune --undo PEER   or seal it in another copy',
    );
  const readers = holders.filter((one) => one.keys.length > 0);
  const keys = readers.flatMap((one) => one.keys);
  if (keys.length === 0)
    throw new UsageError('GDO5003', `Nobody who holds \`${role}\` now has a key: nobody could open it`, 'fill the role first, or seal it to another one');
  if (keys.length > keysMax)
    throw new UsageError('GDO5003', `\`${role}\` has ${keys.length} keys, and a file is sealed to ${keysMax} at most`, 'seal it to a smaller circle');
  const keyless = holders.filter((one) => one.keys.length === 0);
  if (keyless.length > 0 && world.verbosity > 0)
    world.stderr(
      `⚠ ${namesOf(keyless)} ${keyless.length === 1 ? 'holds' : 'hold'} ${role} and ${keyless.length === 1 ? 'has' : 'have'} no key that is in use.\n`,
    );
  return { keys, words: `${namesOf(readers)} (${counted(keys.length, 'key')})` };
}

/** Names that one sentence holds. */
const namesShown = 8;

function namesOf(holders: readonly RoleHolder[]): string {
  const names = holders.slice(0, namesShown).map(({ member }) => member);
  return holders.length > namesShown ? `${names.join(', ')} and ${holders.length - namesShown} more` : names.join(', ');
}

/** Records a sealing, and names its bytes with it: what no record names nobody could ever ask to erase. */
function record(session: MemberSession, { name, content, told }: Sealed): Promise<Delivery> {
  const named = { ref: refOf(content), old: undefined, next: content.commit };
  return deliver(session, { kind: 'fact', body: sealedBody(name, told) }, { names: [named] });
}

function refOf({ sha256 }: PutContent): string {
  return `${blobRefs}/${sha256}`;
}

async function report(
  session: MemberSession,
  { sealed: { name, content, told, deed }, delivery }: { readonly sealed: Sealed; readonly delivery: Delivery },
  options: Options,
): Promise<number> {
  const { world, repository } = session;
  if (delivery.state === 'refused') return reportDelivery(session, delivery, deed);
  const { held: copies, tooFew } = await spreadContent(repository, { sha256: content.sha256, commit: content.commit, ref: refOf(content) }, { options, world });
  if (world.json) {
    const { event, state, lines: messages } = delivery;
    world.stdout(`${JSON.stringify({ schema: 'gdo-seal/1', sealed: name, ...told, size: content.size, copies, event, state, messages })}\n`);
  } else {
    reportDelivery(session, delivery, deed);
    const [short, digits] = [name.slice(0, nameDigitsShown), content.sha256.slice(0, nameDigitsShown)];
    world.stdout(
      `  Sealed file ${short}. ${copies > 1 ? `${copies} copies have its bytes` : 'Only this copy has its bytes'}; another one takes them with  gdo store fetch ${digits} --peer ADDRESS\n  Whoever holds the key opens it with  gdo unseal ${short} --out FILE\n`,
    );
    if (tooFew !== undefined) world.stdout(tooFew);
  }
  return tooFew === undefined ? 0 : 1;
}
