// `gdo graph`: processes as pictures: mermaid for forges, SVG, Graphviz' dot, or JSON. It draws what is written, and judges nothing.
import { diagramOf } from '../../compiler/index.ts';
import type { Diagram } from '../../compiler/index.ts';
import { suggest } from '../../language/index.ts';
import { dotText, mermaidText } from '../docs/graph-text.ts';
import { loadDraw } from '../docs/svg.ts';
import { writeFiles } from '../docs/write.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { drawnCharter } from './own-charter.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo graph`. Exits 0, 2, 3 (there is nothing to draw while the bylaws have errors). Source: cli.md section 3. */
export const graphCommand: CommandDefinition = {
  name: 'graph',
  group: 'write',
  summary: 'a picture of a process',
  arguments: '[PROCESS]',
  filesFrom: 1,
  options: [
    ['--format <format>', 'mermaid, svg, dot or json'],
    ['--out <file>', 'write a file instead of printing'],
  ],
  examples: ['gdo graph amendment', 'gdo graph amendment --format svg --out amendment.svg'],
  run: runGraph,
};

const formats: readonly string[] = ['mermaid', 'svg', 'dot', 'json'];

async function runGraph(names: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const out = typeof options['out'] === 'string' ? options['out'] : undefined;
  const format =
    typeof options['format'] === 'string' ? options['format'] : world.json ? 'json' : (formats.find((known) => out?.endsWith(`.${known}`)) ?? 'mermaid');
  if (!formats.includes(format)) throw new UsageError('GDO5003', `There is no format \`${visible(format)}\``, `formats: ${formats.join(', ')}`);
  if (names.length > 1) throw new UsageError('GDO5002', 'One process at a time', 'gdo graph amendment');
  const own = await drawnCharter(world);
  if (own === undefined) return 3;
  const { processes } = own.charter;
  const wanted = names[0];
  const chosen = wanted === undefined ? processes : processes.filter((process) => process.name === wanted);
  if (wanted !== undefined && chosen.length === 0)
    throw unknownProcess(
      wanted,
      processes.map((process) => process.name),
    );
  if (format === 'svg' && chosen.length !== 1) {
    throw new UsageError('GDO5002', 'An SVG file holds one process', `name one of: ${processes.map((process) => process.name).join(', ')}`);
  }
  const text = await drawn(
    chosen.map((process) => diagramOf(own.charter, process)),
    format,
    own.compiled.hash ?? '',
  );
  if (out === undefined) {
    world.stdout(text);
  } else {
    await writeFiles(world.cwd, [{ path: out, text }]);
    world.stderr(`written: ${visible(out)}\n`);
  }
  return 0;
}

function unknownProcess(wanted: string, known: readonly string[]): UsageError {
  const near = suggest(wanted, known);
  const help = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `processes here: ${known.join(', ')}`;
  return new UsageError('GDO5003', `There is no process \`${visible(wanted)}\` in these bylaws`, help);
}

async function drawn(diagrams: readonly Diagram[], format: string, hash: string): Promise<string> {
  switch (format) {
    case 'svg':
      return diagrams.map(await loadDraw()).join('');
    case 'dot':
      return diagrams.map(dotText).join('\n');
    case 'json':
      return `${JSON.stringify({ schema: 'gdo-graph/1', bylaws: hash, processes: diagrams })}\n`;
    default:
      return diagrams.map(mermaidText).join('\n');
  }
}
