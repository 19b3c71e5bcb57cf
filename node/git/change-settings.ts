// Settings in the configuration of a repository: written where they do not stand yet, and also where a killed git left its lock.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitOutput, runGit } from './child.ts';
import { readSettings } from './config-text.ts';
import { awaitLock, blockingLock } from './leftovers.ts';

/** A setting by its name in git, such as `core.hooksPath`, and its value. */
export type SettingWanted = readonly [name: string, value: string];

/** Git compares sections and keys without case, and what stands between them as written. */
function compared(name: string): string {
  const parts = name.split('.');
  return parts.map((part, place) => (place === 0 || place === parts.length - 1 ? part.toLowerCase() : part)).join('.');
}

/** Calls `git config` with some words. A lock that stands in its way is waited for, and removed where a killed git left it. @throws WorldError GDO5024 */
export async function changeSetting(gitDirectory: string, words: readonly string[]): Promise<void> {
  const run = { gitDirectory, arguments: ['config', ...words] };
  const first = await runGit(run);
  if (first.code === 0) return;
  const lock = blockingLock(first.errors, gitDirectory);
  if (lock !== undefined) await awaitLock(gitDirectory, lock);
  await gitOutput(run);
}

/** Writes the settings that do not stand already: most starts of a node write nothing. @throws WorldError GDO5024 */
export async function writeSettings(gitDirectory: string, settings: readonly SettingWanted[]): Promise<void> {
  const stands = new Map(readSettings(readFileSync(join(gitDirectory, 'config'), 'utf8')).map(({ name, value }) => [name, value]));
  for (const [name, value] of settings) if (stands.get(compared(name)) !== value) await changeSetting(gitDirectory, [name, value]);
}
