// `gdo store drop` and `fetch`, and what `put` and `verify` do with other copies: how many there are, what they get, and what comes from them.
import { askCopies, giveContent, otherCopies, type AskedCopy } from '../chunks/copies.ts';
import { bringContent } from '../chunks/bring-content.ts';
import type { NamedContent } from '../chunks/contents.ts';
import type { Repository } from '../git/repository.ts';
import type { Remote } from '../git/transport.ts';
import { originOf, personalRemote } from '../sync/origin.ts';
import type { OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** More copies than any organization keeps. */
const copiesMax = 1_000;

/** The number behind `--copies`, or what it is without. @throws UsageError GDO5003 */
export function copiesWanted(options: Options, usual: number): number {
  const word = options['copies'];
  if (word === undefined) return usual;
  const count = typeof word === 'string' && /^\d{1,4}$/.test(word) ? Number(word) : Number.NaN;
  if (!(count <= copiesMax)) throw new UsageError('GDO5003', '`--copies` is no number of copies', '--copies 2');
  return count;
}

/** Repositories named with `--peer`. */
function peersOf(options: Options): readonly string[] {
  const { peer } = options;
  return typeof peer === 'string' ? [peer] : Array.isArray(peer) ? peer.filter((one) => typeof one === 'string') : [];
}

/** Gives a content to other copies until so many have it, this one among them. @returns how many have it, and a line where they are too few */
export async function spreadContent(
  repository: Repository,
  content: NamedContent,
  { options, world }: { readonly options: Options; readonly world: World },
): Promise<{ readonly held: number; readonly tooFew: string | undefined }> {
  const wanted = copiesWanted(options, 1);
  const remotes = wanted > 1 ? await otherCopies(repository, peersOf(options), world.env) : [];
  const asked = await askCopies(repository, remotes, content);
  let held = 1 + asked.filter(({ answer }) => answer === 'holds').length;
  const refusals: string[] = [];
  for (const { address, answer, reason } of asked) {
    if (held >= wanted || answer === 'holds') continue;
    const refusal = answer === 'silent' ? reason : await giveContent(repository, personalRemote(address, world.env), content);
    if (refusal === undefined) held += 1;
    else refusals.push(`${address}: ${refusal}`);
  }
  const what = `The content is here, and has ${held} of ${counted(wanted, 'copy', 'copies')}`;
  return { held, tooFew: held < wanted ? tooFew(what, refusals, nodeLine(refusals, content.sha256)) : undefined };
}

/** Drops a content where enough others say that they have it. @returns the exit code */
export async function dropContent(repository: Repository, content: NamedContent, call: { readonly options: Options; readonly world: World }): Promise<number> {
  const { options, world } = call;
  const wanted = copiesWanted(options, 1);
  const asked = wanted > 0 ? await askCopies(repository, await otherCopies(repository, peersOf(options), world.env), content) : [];
  const held = asked.filter(({ answer }) => answer === 'holds').length;
  if (held < wanted) {
    const line = tooFew(`Dropped nothing: ${counted(held, 'other copy', 'other copies')} of ${wanted} have it`, asked.filter(isNoCopy).map(wordsOf));
    world.stdout(world.json ? `${JSON.stringify({ schema: 'gdo-store-drop/1', sha256: content.sha256, dropped: false, copies: held })}\n` : line);
    return 1;
  }
  const moved = await repository.updateRefs([{ ref: content.ref, old: content.commit, next: undefined }]);
  if (moved.kind === 'conflict') throw new WorldError('GDO5024', `The content could not be dropped: ${moved.reason}`, 'run the same command again');
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-store-drop/1', sha256: content.sha256, dropped: true, copies: held })}\n`);
  else
    world.stdout(
      `✓ Dropped ${content.sha256.slice(0, 12)}; ${counted(held, 'other copy has', 'other copies have')} it. Its chunks leave the disk with \`gdo store prune\`.\n  Bring it back with:  gdo store fetch ${content.sha256.slice(0, 12)}\n`,
    );
  return 0;
}

const isNoCopy = ({ answer }: AskedCopy): boolean => answer !== 'holds';
const wordsOf = ({ address, answer, reason }: AskedCopy): string => `${address}: ${answer === 'lacks' ? 'it does not have it' : reason}`;

function tooFew(what: string, reasons: readonly string[], next = ''): string {
  const words = [what, ...reasons.map((reason) => visible(reason).replace(/\.$/, ''))].join('; ');
  return `✗ GDO4031 ${words}.\n${next}  Name another copy with --peer, or ask for fewer with --copies.\n`;
}

/** The door of a node takes no contents: whoever looks after it fetches them. */
function nodeLine(refusals: readonly string[], sha256: string): string {
  return refusals.some((one) => one.includes('GDO1030'))
    ? `  A node fetches it itself, by whoever looks after it:  gdo store fetch ${sha256.slice(0, 12)} --peer ADDRESS\n`
    : '';
}

/** The copy to bring something from: the one named, or origin. @throws UsageError GDO5002 */
export async function copyNamed(repository: Repository, name: OptionValue, world: World): Promise<Remote> {
  const remote = typeof name === 'string' ? personalRemote(name, world.env) : await originOf(repository, world.env);
  if (remote === undefined) throw new UsageError('GDO5002', 'From which copy?', 'name its address, such as /srv/other/ledger.git');
  return remote;
}

/** Brings a content, or what is missing and damaged of it. @returns how many objects came @throws WorldError GDO4030, GDO4002 */
export async function bringFrom(repository: Repository, remote: Remote, sha256: string): Promise<number> {
  const brought = await bringContent(repository, remote, sha256);
  if (brought.kind === 'ok') return brought.objects;
  throw new WorldError('GDO4030', `Content ${sha256.slice(0, 12)} cannot be had from ${visible(remote.address)}: ${brought.reason}`, 'ask another copy');
}
