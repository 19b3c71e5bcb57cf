// What the commands about sealed files have in common: which one a word means, and the private key that opens.
import { readFileSync } from 'node:fs';
import { parsePrivateKey } from '../ledger/key-file.ts';
import { openKey } from '../ledger/keys.ts';
import type { LedgerView } from '../ledger/view.ts';
import type { OpeningKey } from '../sealed/age-recipient.ts';
import { sealedFiles, type SealedFile } from '../sealed/sealed-files.ts';
import { UsageError, WorldError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** Digits of the name of a sealed file shown to people. */
export const nameDigitsShown = 12;

/** The one sealed file that the beginning of a name means. @throws UsageError GDO5003 */
export function sealedNamed(view: LedgerView, word: string): SealedFile {
  const found = /^[0-9a-f]{4,64}$/.test(word) ? sealedFiles(view).filter(({ name }) => name.startsWith(word)) : [];
  const [first, second] = found;
  if (first === undefined) throw new UsageError('GDO5003', `No sealed file here is called ${visible(word)}`, 'all of them:  gdo unseal');
  if (second !== undefined) throw new UsageError('GDO5003', `More than one sealed file begins with ${visible(word)}`, 'write more of it');
  return first;
}

/**
 * The private half of a key, which a signature can be had without and an opening cannot.
 * @throws WorldError GDO5021 where it is kept by an agent or behind a passphrase, or is no key; GDO4022 where others may read it
 */
export function openingKey(path: string, world: World): OpeningKey {
  openKey(path, world.env);
  const file = parsePrivateKey(readFileSync(path, 'utf8'));
  switch (file.kind) {
    case 'plain':
      return file;
    case 'encrypted':
      throw new WorldError(
        'GDO5021',
        `The key ${path} has a passphrase, and opening needs its private half itself`,
        'age asks for the passphrase:  gdo store get CONTENT --out FILE.age   then  age -d -i KEY FILE.age',
      );
    case 'refused':
      throw new WorldError(
        'GDO5021',
        `Only the public half of a key is at ${path}: an agent signs with the other one, and cannot open with it`,
        'name the file with the private half:  --key FILE   or open it where that file is',
      );
  }
}
