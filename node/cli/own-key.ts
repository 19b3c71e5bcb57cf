// Where a person's signing key is: an environment variable, else the choice kept in the user's configuration folder. It reads no key.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { WorldError } from './command.ts';
import type { World } from './world.ts';

/** A file with a path is never longer. */
const choiceBytesMax = 4096;

/** The user's configuration folder for gdo: `$XDG_CONFIG_HOME/gdo`, else `~/.config/gdo`. */
export function configurationFolder(world: Pick<World, 'env'>): string {
  const base = world.env['XDG_CONFIG_HOME'];
  if (base !== undefined && isAbsolute(base)) return join(base, 'gdo');
  return join(world.env['HOME'] ?? homedir(), '.config', 'gdo');
}

/** The file that names the chosen key, written by `gdo key use`. */
export function choiceFile(world: Pick<World, 'env'>): string {
  return join(configurationFolder(world), 'key');
}

/** The chosen key's path, or undefined where none was chosen: `GDO_KEY` first, then `gdo key use`. */
export function chosenKeyPath(world: Pick<World, 'env' | 'cwd'>): string | undefined {
  const fromEnvironment = world.env['GDO_KEY'];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return resolve(world.cwd, fromEnvironment);
  const file = choiceFile(world);
  if (!existsSync(file)) return undefined;
  const path = readFileSync(file, 'utf8').slice(0, choiceBytesMax).trim();
  return path === '' ? undefined : path;
}

/** The chosen key's path. @throws WorldError GDO5021 where none was chosen */
export function ownKeyPath(world: Pick<World, 'env' | 'cwd'>): string {
  const path = chosenKeyPath(world);
  if (path === undefined)
    throw new WorldError(
      'GDO5021',
      'There is no signing key for you on this machine',
      'make one:  gdo key new   or choose one you have:  gdo key use ~/.ssh/id_ed25519',
    );
  return path;
}
