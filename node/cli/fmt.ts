// `gdo fmt`: bylaws in their canonical form. It changes how a text looks, never what it says: the compiled rules keep their hash.
import { join } from 'node:path';
import { writeSays } from '../../compiler/index.ts';
import type { Charter } from '../../engine/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import type { BylawsText } from './bylaws-files.ts';
import { readBylaws, replaceFile } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { drawFindings } from './frame.ts';
import { hasErrors, judgeBylaws } from './load-bylaws.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo fmt`. Exits 0, 1 (a file is not in canonical form, or cannot be read as bylaws), 2, 3. Source: language.md S83-S86. */
export const fmtCommand: CommandDefinition = {
  name: 'fmt',
  group: 'write',
  summary: 'write bylaws in their canonical form',
  arguments: '[FILES...]',
  filesFrom: 0,
  options: [
    ['--check', 'change nothing; exit 1 where a file would change'],
    ['--stdin-filepath <path>', 'read from standard input as if it were this file, write to standard output'],
  ],
  examples: ['gdo fmt', 'gdo fmt --check bylaws'],
  run: runFmt,
};

async function runFmt(names: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const stdinPath = options['stdinFilepath'];
  if (typeof stdinPath === 'string') return await formatStdin(stdinPath, names, world);
  const sources = await readBylaws(world.cwd, names);
  const charter = await restatedCharter(sources, world);
  const changed: { readonly path: string; readonly text: string }[] = [];
  let failed = false;
  for (const source of sources) {
    const text = formatted(source, charter, world);
    if (text === undefined) failed = true;
    else if (text !== source.text) changed.push({ path: source.path, text });
  }
  const checking = options['check'] === true;
  if (!checking) {
    for (const file of changed) await replaceFile(join(world.cwd, file.path), file.text);
  }
  const verb = checking ? 'would change' : 'changed';
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-fmt/1', files: sources.map((source) => source.path), changed: changed.map((file) => file.path) })}\n`);
  } else {
    for (const file of changed) world.stdout(`${verb}: ${visible(file.path)}\n`);
    if (world.verbosity > 0) world.stderr(`${counted(sources.length, 'file')}, ${changed.length} ${verb}.\n`);
  }
  return failed || (checking && changed.length > 0) ? 1 : 0;
}

async function formatStdin(path: string, names: readonly string[], world: World): Promise<number> {
  if (names.length > 0) throw new UsageError('GDO5002', 'Files were named beside --stdin-filepath', 'name files, or give one text on standard input');
  const text = await world.stdin();
  if (text === undefined)
    throw new UsageError('GDO5004', 'There is no text on standard input', 'pipe the bylaws in:  gdo fmt --stdin-filepath bylaws/x.gdo < draft.gdo');
  const source = { path, text };
  const result = formatted(source, await restatedCharter([source], world), world);
  if (result === undefined) return 1;
  world.stdout(result);
  return 0;
}

/**
 * The Charter that `gdo:says` regions restate: of all bylaws in the folder where the named files are among them, since a region may speak of a
 * process in another file; else of the named files alone. Undefined while they do not compile: then regions stay as they are.
 */
async function restatedCharter(sources: readonly BylawsText[], world: World): Promise<Charter | undefined> {
  if (!sources.some((source) => source.text.includes('<!-- gdo:says '))) return undefined;
  const whole = await readBylaws(world.cwd, []).catch((error: unknown): readonly BylawsText[] => {
    if (error instanceof UsageError) return [];
    throw error;
  });
  const among = sources.every((source) => whole.some((file) => file.path === source.path));
  const all = among ? whole.map((file) => sources.find((source) => source.path === file.path) ?? file) : sources;
  return judgeBylaws(all, world.cwd).compiled?.charter;
}

/** The canonical text with the line ends of the file, or undefined after showing why the text cannot be read. */
function formatted(source: BylawsText, charter: Charter | undefined, world: World): string | undefined {
  const { file, diagnostics } = parseBylaws(source);
  if (hasErrors(diagnostics)) {
    world.stderr(
      drawFindings(
        diagnostics.filter((finding) => finding.severity === 'error'),
        new Map([[source.path, source.text]]),
        world,
      ),
    );
    return undefined;
  }
  const canonical = printBylaws(file);
  const printed = charter === undefined || !source.path.endsWith('.gdo.md') ? canonical : writeSays(canonical, charter);
  const text = source.text.includes('\r\n') && !printed.includes('\r\n') ? printed.replaceAll('\n', '\r\n') : printed;
  holdMeaning(source, text, world);
  return text;
}

/** S86: a formatter that changes rules would be worse than none, so every output is compiled and compared before it is written. */
function holdMeaning(source: BylawsText, text: string, world: World): void {
  if (text === source.text) return;
  const before = judgeBylaws([source], world.cwd).compiled?.hash;
  const after = judgeBylaws([{ path: source.path, text }], world.cwd).compiled?.hash;
  if (before !== after || hasErrors(parseBylaws({ path: source.path, text }).diagnostics)) {
    throw new Error(`the canonical form of ${source.path} does not compile to the same bylaws: ${before ?? 'none'} and ${after ?? 'none'}`);
  }
}
