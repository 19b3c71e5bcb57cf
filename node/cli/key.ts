// `gdo key`: makes, shows and chooses an ordinary SSH ed25519 key, and brings keys into an organization. It never shows or sends the private half.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createKey, fingerprint, openKey } from '../ledger/keys.ts';
import { publicKeyLine } from '../ledger/key-file.ts';
import { replaceFile } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { choiceFile, chosenKeyPath, configurationFolder, ownKeyPath } from './own-key.ts';
import { alignRows } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo key`. Exits 0, 1 (it would be refused), 2, 3. */
export const keyCommand: CommandDefinition = {
  name: 'key',
  group: 'decide',
  summary: 'make and choose your signing key; list, add and revoke keys',
  arguments: 'new|show|use|list|ask|add|revoke [FILE|PERSON|KEY]',
  options: [
    ['--practice', 'new: a key for trying things out, marked as such'],
    ['--key <file>', 'ask, add, revoke: sign with this key'],
    ['--out <file>', 'ask: where the request is written (default: PERSON.key.json)'],
    ['--because <text>', 'revoke: why, shown to everyone'],
    ['--yes', 'revoke: also the only key that you have'],
  ],
  examples: ['gdo key new', 'gdo key add ana.key.json'],
  run: runKey,
};

async function runKey(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const [verb = '', file] = positional;
  const practice = options['practice'] === true;
  if (practice && verb !== 'new') throw new UsageError('GDO5002', '`--practice` belongs to `gdo key new`', 'leave it out');
  switch (verb) {
    case 'new':
      return await newKey(file, practice, world);
    case 'show':
      return showKey(file === undefined ? ownKeyPath(world) : resolve(world.cwd, file), world);
    case 'use':
      return await useKey(file, world);
    case 'list':
    case 'ask':
    case 'add':
    case 'revoke': {
      const { addKey, askForKey, listKeys, revokeKey } = await import('./key-ledger.ts');
      const request = { word: file, options, world };
      return await { list: listKeys, ask: askForKey, add: addKey, revoke: revokeKey }[verb](request);
    }
    default:
      throw new UsageError(
        'GDO5002',
        `\`gdo key ${visible(verb)}\` does not exist`,
        'gdo key new, show or use FILE; in an organization list, ask PERSON, add FILE or revoke KEY',
      );
  }
}

async function newKey(file: string | undefined, practice: boolean, world: World): Promise<number> {
  const name = practice ? 'practice_ed25519' : 'id_ed25519';
  const path = file === undefined ? join(configurationFolder(world), name) : resolve(world.cwd, file);
  if (existsSync(path))
    throw new UsageError(
      'GDO5002',
      `There is already a key at ${visible(path)}`,
      `use it:  gdo key use ${visible(path)}   or name another file:  gdo key new FILE`,
    );
  createKey(path, { seed: world.randomBytes(32), comment: practice ? 'gdo practice key, not for real decisions' : 'gdo' });
  if (chosenKeyPath(world) === undefined) await replaceFile(choiceFile(world), `${path}\n`);
  if (world.verbosity > 0 && !world.json) {
    world.stderr(
      practice ? 'A practice key: nobody should trust what it signs.\n' : 'Keep a copy of this file in a safe place: whoever has it can act as you.\n',
    );
  }
  return showKey(path, world);
}

function showKey(path: string, world: World): number {
  const signer = openKey(path, world.env);
  const mark = fingerprint(signer.publicKey);
  const line = publicKeyLine(signer.publicKey, 'gdo');
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-key/1', path, fingerprint: mark, device: signer.device, public: line })}\n`);
  } else {
    const rows = [
      ['key', visible(path)],
      ['fingerprint', mark],
      ['device', signer.device],
      ['public', line],
    ];
    world.stdout(`${alignRows(rows).join('\n')}\n`);
  }
  return 0;
}

async function useKey(file: string | undefined, world: World): Promise<number> {
  if (file === undefined) throw new UsageError('GDO5002', 'Which key?', 'gdo key use ~/.ssh/id_ed25519');
  const path = resolve(world.cwd, file);
  openKey(path, world.env);
  await replaceFile(choiceFile(world), `${path}\n`);
  return showKey(path, world);
}
