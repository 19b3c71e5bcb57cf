// `gdo dapp init`: writes a dapp that works, in one of five languages, with what builds its image. The templates are files of this package.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalText, isBylawsName, manifestPath } from '../../engine/index.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';
import { writeText } from '../git/write-whole.ts';

/** A language with the ending of its programs and the command that runs one in its image. */
interface Language {
  readonly ending: string;
  readonly command: (name: string) => readonly string[];
}

/** The languages of templates. */
export const dappLanguages: ReadonlyMap<string, Language> = new Map([
  ['sh', { ending: 'sh', command: (name) => ['/bin/sh', `/dapp/${name}.sh`] }],
  ['python', { ending: 'py', command: (name) => ['/usr/bin/python3', '-I', '-S', `/dapp/${name}.py`] }],
  ['c', { ending: 'c', command: (name) => [`/dapp/${name}`] }],
  ['perl', { ending: 'pl', command: (name) => ['/usr/bin/perl', `/dapp/${name}.pl`] }],
  ['node', { ending: 'mjs', command: (name) => ['/usr/bin/node', `/dapp/${name}.mjs`] }],
]);

/** The files of a new dapp, by path. @throws Error where the package lacks its templates */
export function dappFiles(name: string, language: string): ReadonlyMap<string, string> {
  const kind = dappLanguages.get(language);
  if (kind === undefined) throw new Error(`there is no template in ${language}`);
  const text = (file: string): string => templateText(`${language}/${file}`).replaceAll('NAME', name);
  const manifest = canonicalText({ command: kind.command(name), name, output: 'verdict', reads: ['fees/**'], role: 'check', v: 1 });
  return new Map([
    [`dapps/${name}/${name}.${kind.ending}`, text(`dapp.${kind.ending}`)],
    [`dapps/${name}/image.sh`, text('image.sh')],
    [manifestPath(name), `${manifest}\n`],
  ]);
}

function templateText(path: string): string {
  // As for the standard library: the program lies in dist/, this source two folders below the root.
  const places = [`../templates/${path}`, `../../templates/${path}`].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`the package lacks its template ${path}`);
  return readFileSync(found, 'utf8');
}

/** Writes the files of a new dapp beside the bylaws; files that are there already are left alone. */
export function initDapp(name: string | undefined, options: Readonly<Record<string, OptionValue>>, world: World): number {
  const language = options['lang'];
  const languages = [...dappLanguages.keys()].join(', ');
  if (name === undefined || !isBylawsName(name))
    throw new UsageError('GDO5003', 'How is the dapp called?', 'letters, digits and hyphens:  gdo dapp init fee --lang python');
  if (typeof language !== 'string' || !dappLanguages.has(language))
    throw new UsageError('GDO5002', `The language of the dapp must be one of ${languages}`, `gdo dapp init ${name} --lang python`);
  const files = dappFiles(name, language);
  const there = [...files.keys()].find((path) => existsSync(join(world.cwd, path)));
  if (there !== undefined) throw new UsageError('GDO5003', `There is already a file ${visible(there)}`, 'choose another name');
  const begun: string[] = [];
  try {
    for (const [path, text] of files) {
      const place = join(world.cwd, path);
      makeFolders(dirname(place));
      begun.push(place);
      writeText(place, text);
    }
  } catch (error) {
    // A part of them would stand in the way of the next try.
    for (const place of begun) rmSync(place, { force: true });
    throw error;
  }
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-dapp/1', files: [...files.keys()] })}\n`);
    return 0;
  }
  world.stdout(
    `${[...files.keys()].map((path) => `✓ ${path}`).join('\n')}\n\nBuild its image, and write the hash that this prints into the bylaws:\n  sh dapps/${name}/image.sh\n\n  dapp ${name}\n    image "sha256:…"\n    checks AREA\n  end\n\nThen try it on a case:  gdo dapp run ${name} --case CASE\n`,
  );
  return 0;
}
