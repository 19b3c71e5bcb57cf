// `gdo node contents`: one turn about contents for each organization of a configuration. A running node calls it again and again as a process of its own, below everything else.
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import { contentRound } from '../chunks/content-round.ts';
import type { RoundNote } from '../chunks/content-note.ts';
import { turnAlone } from '../chunks/content-turn.ts';
import { findGitDirectory } from '../git/git-place.ts';
import { openRepository } from '../git/repository.ts';
import { openConfiguration } from '../ops/configuration-file.ts';
import type { OrganizationConfiguration } from '../ops/configuration.ts';
import { freePart } from '../ops/disk.ts';
import { failureFields } from '../ops/log.ts';
import { nameSaid } from '../sealed/sealed-content.ts';
import { remoteOf } from '../sync/peer.ts';
import { UsageError, type OptionValue } from './command.ts';
import { counted } from './table.ts';
import { showBytes } from './progress.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The lowest there is: pushes, decisions and whatever else runs on the machine come first. */
const lowestPriority = 19;
/** From here on `gdo node doctor` warns; a quarter of it and nothing is received any more. */
const freePartLeast = 0.2;

/** Plays one turn for each organization. Exits 0, and 1 where one of them could not be played to its end. */
export async function runContents(options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const file = options['config'];
  if (typeof file !== 'string') throw new UsageError('GDO5002', 'Which configuration?', 'gdo node contents --config gdo-node.json');
  const configuration = openConfiguration(resolve(world.cwd, file));
  setPriority(lowestPriority);
  let exit = 0;
  for (const organization of configuration.organizations) {
    const say = (fields: Readonly<Record<string, unknown>>, text: string): void =>
      world.stdout(world.json ? `${JSON.stringify({ schema: 'gdo-node-contents/1', org: organization.name, ...fields })}\n` : text);
    try {
      await playTurn(organization, world, say);
    } catch (error) {
      const { code, reason, next } = failureFields(error);
      say({ level: 'warning', what: 'no turn of contents', code, reason, next }, `✗ ${organization.name}: ${code} ${visible(reason)}\n  ${visible(next)}\n`);
      exit = 1;
    }
  }
  return exit;
}

type Say = (fields: Readonly<Record<string, unknown>>, text: string) => void;

async function playTurn({ name, repository: path, contents, peers }: OrganizationConfiguration, world: World, say: Say): Promise<void> {
  const { keep, bytesMost, bytesPerTurn, copies: copiesLeast } = contents;
  if (keep === 'none' || findGitDirectory(path) === undefined) return;
  const repository = openRepository(path);
  try {
    const request = {
      repository,
      copies: peers.map((peer) => ({ name: peer.name, remote: remoteOf(peer, world.env['SSH_AUTH_SOCK']) })),
      keep,
      bytesMost,
      bytesPerTurn,
      copiesLeast,
      hasRoom: () => freePart(repository.gitDirectory) >= freePartLeast,
      sealedName: nameSaid,
    };
    const end = await turnAlone(repository, () => contentRound(request, (note) => say({ ...note }, `${lineOf(name, note)}\n`)));
    say(
      { level: 'debug', what: 'contents', ...end },
      `✓ ${name}: ${counted(end.count, 'content')}, ${showBytes(end.bytes)}${end.isDone ? '' : '; more is to come'}\n`,
    );
  } finally {
    repository.close();
  }
}

function lineOf(name: string, { level, what, content, bytes, code, reason, next }: RoundNote): string {
  const words = [
    `${level === 'warning' ? '⚠' : ' '} ${name}: ${what}`,
    ...(content === undefined ? [] : [content.slice(0, 12)]),
    ...(bytes === undefined ? [] : [showBytes(bytes)]),
    ...(code === undefined ? [] : [code]),
  ].join(' ');
  return `${words}${reason === undefined ? '' : `: ${visible(reason)}`}${next === undefined ? '' : `\n  ${next}`}`;
}
