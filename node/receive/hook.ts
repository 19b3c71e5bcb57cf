// The hook of a shared repository: a few lines of shell that ask gdo. Installed in a bare repository; it holds no rule itself.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { writeSettings } from '../git/change-settings.ts';
import { gitPath } from '../git/child.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { Repository } from '../git/repository.ts';
import { shellWord } from '../git/shell-word.ts';
import { writeText } from '../git/write-whole.ts';

/** The text of a hook. A push that a running node serves asks it over descriptor 3. Without gdo or node there is no push and no merge: the hook fails closed. */
export function hookScript(nodePath: string, gdoPath: string, name: 'pre-receive' | 'pre-merge-commit' = 'pre-receive'): string {
  const asked = name === 'pre-receive' ? askNode : '';
  return `#!/bin/sh\n# gdo decides what this repository takes; see \`gdo hook --help\`.\n${asked}exec ${shellWord(nodePath)} ${shellWord(gdoPath)} hook ${name}\n`;
}

/** The question of node/receive/judge-channel.ts. */
const askNode = `if [ "$GDO_DOOR" = 3 ]; then
  { printf '%s\\n%s\\n' "$GIT_OBJECT_DIRECTORY" "$GIT_ALTERNATE_OBJECT_DIRECTORIES"; cat; echo; } >&3 || exit 1
  read -r answer <&3 || exit 1
  [ "$answer" = 0 ] && exit 0
  cat <&3 >&2
  exit 1
fi
`;

/** Installs the hook and the settings of node.md section 2 in a bare repository; installing again changes nothing. */
export async function installHooks(repository: Repository, program: { readonly nodePath: string; readonly gdoPath: string }): Promise<string> {
  // Git calls the hook, so one that is installed where there is no git would promise what nobody does.
  gitPath();
  const folder = join(repository.gitDirectory, 'hooks');
  const file = join(folder, 'pre-receive');
  makeFolders(folder);
  writeText(file, hookScript(program.nodePath, program.gdoPath));
  chmodSync(file, 0o755);
  const settings = [
    // Relative to the git directory, so that a repository that is moved or copied keeps its gate; git's global setting cannot replace it.
    ['core.hooksPath', 'hooks'],
    ['receive.fsckObjects', 'true'],
    ['receive.denyDeletes', 'true'],
    ['receive.maxInputSize', '67108864'],
    ['receive.unpackLimit', '1'],
    ['receive.autogc', 'false'],
    // For pushes that come past `gdo node receive`: no blob is unpacked as a stream, one thread unpacks, and what was acknowledged is on the disk.
    ['core.bigFileThreshold', '1024g'],
    ['core.deltaBaseCacheLimit', '16m'],
    ['pack.threads', '1'],
    ['core.fsync', 'committed,loose-object,pack-metadata,reference'],
    ['transfer.fsckObjects', 'true'],
  ] as const;
  await writeSettings(repository.gitDirectory, settings);
  return file;
}
