// Makes the one file that every runtime runs: language, compiler, engine and the corpus, without a file system.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { constructNames, constructsOf } from '../reference/differential/coverage.ts';
import { foundedText } from '../reference/differential/pair.ts';
import type { CharterText } from './corpus.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The charters of the examples, of the templates as compiled, of this project, and one with ballots of every kind. */
export function corpusCharters(): readonly CharterText[] {
  const folder = (name: string, path: string): CharterText => ({
    name,
    files: readdirSync(`${root}${path}`)
      .filter((file) => file.endsWith('.gdo') || file.endsWith('.gdo.md'))
      .toSorted((left, right) => (left < right ? -1 : 1))
      .map((file) => ({ path: file, text: readFileSync(`${root}${path}/${file}`, 'utf8') })),
  });
  const template = (name: string): CharterText => ({
    name,
    files: [{ path: `${name}.gdo`, text: readFileSync(`${root}test/golden/charter-${name}.gdo`, 'utf8') }],
  });
  const examples = readdirSync(`${root}examples/charters`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [
    ...examples
      .map((entry) => entry.name)
      .toSorted((left, right) => (left < right ? -1 : 1))
      .map((name) => folder(name, `examples/charters/${name}`)),
    folder('noisebridge', 'examples/noisebridge/bylaws'),
    folder('this-project', 'bylaws'),
    template('council'),
    template('monarchy'),
    folder('ballots', 'test/determinism/charters'),
  ];
}

/** At most so many texts are made up before the search for a construct ends. */
const textsMax = 300;

/** Bylaws of the generator of the differential run, one for each construct that the others do not have. */
export function madeUpCharters(others: readonly CharterText[]): readonly CharterText[] {
  const seen = new Set(others.flatMap(({ files }) => files.flatMap(({ text }) => constructsOf(text))));
  const made: CharterText[] = [];
  for (let index = 0; index < textsMax && seen.size < constructNames.length; index += 1) {
    const { text } = foundedText(20_270_131, index);
    const constructs = constructsOf(text);
    if (constructs.every((one) => seen.has(one))) continue;
    for (const one of constructs) seen.add(one);
    made.push({ name: `made-up-${index}`, files: [{ path: 'made-up.gdo', text }] });
  }
  return made;
}

/** All charters that every runtime plays. */
export function allCharters(): readonly CharterText[] {
  const own = corpusCharters();
  return [...own, ...madeUpCharters(own)];
}

/** Writes the bundle as a script, and a page that runs it. @returns the paths of both */
export async function bundleCorpus(options: {
  readonly seed: number;
  readonly events: number;
  readonly charters?: readonly CharterText[];
}): Promise<{ readonly script: string; readonly page: string }> {
  const folder = `${root}dist/determinism`;
  mkdirSync(folder, { recursive: true });
  const name = `${folder}/corpus-${options.events}-${process.pid}`;
  const corpus = { charters: options.charters ?? allCharters(), seed: options.seed, events: options.events };
  await build({
    absWorkingDir: root,
    entryPoints: ['test/determinism/entry.ts'],
    outfile: `${name}.js`,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    // Some runtimes lend `module` and `exports` to a script, and a library would then export instead of run.
    define: { GDO_CORPUS: JSON.stringify(corpus), module: 'undefined', exports: 'undefined' },
    logLevel: 'warning',
  });
  writeFileSync(`${name}.html`, `<!doctype html><meta charset="utf-8"><body><script src="${name.slice(folder.length + 1)}.js"></script></body>\n`);
  return { script: `${name}.js`, page: `${name}.html` };
}
