// Draws a process as an SVG flow chart. Graphviz, as WebAssembly, lays it out; this file says what to draw, and makes of its answer one element.
import type { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { Diagram, DiagramStage } from '../../compiler/index.ts';
import { wrap } from '../cli/terminal.ts';
import { escapeHtml } from './escape.ts';

const labelColumnsMax = 24;
const stageColumnsMax = 26;
/**
 * Graphviz measures text by the widths of Arial at the first size, and the picture shows it at the second: the faces that stand in for Arial where it
 * is missing (DejaVu Sans is the widest) then still stay inside their boxes.
 */
const measuredSize = 14;
const shownSize = 12;

/** The program that lays out. It is 0.8 MB, so only pictures load it. */
export async function loadLayout(): Promise<Graphviz> {
  const library = await import('@hpcc-js/wasm-graphviz');
  return await library.Graphviz.load();
}

/** The flow chart of a process as one SVG element with a title, and its width in points. Text is escaped, nothing outside is referred to. */
export function svgFlow(graphviz: Graphviz, diagram: Diagram): { readonly svg: string; readonly width: number } {
  const svg = element(diagram, graphviz.layout(layoutText(diagram), 'svg', 'dot'));
  return { svg, width: Number(/ width="(\d+)pt"/.exec(svg)?.[1]) };
}

/** What Graphviz lays out: one box for each stage, and arrows in source order (S17). Labels are its HTML-like ones, where no letter is a command. */
function layoutText(diagram: Diagram): string {
  const numbers = new Map(diagram.stages.map((stage, index) => [stage.name, `s${index}`]));
  const face = `fontname="Arial" fontsize=${measuredSize}`;
  return [
    'digraph {',
    '  rankdir=TB nodesep=0.35 ranksep=0.45 pad=0.1 bgcolor="white"',
    `  node [shape=box ${face} margin="0.16,0.09" color="#444444" penwidth=1.2 fontcolor="#111111"]`,
    `  edge [${face} color="#444444" fontcolor="#222222" penwidth=1.2 arrowsize=0.8]`,
    ...diagram.stages.map((stage, index) => `  s${index} [label=<${stageLabel(stage)}> ${shapeOf(stage)}]`),
    ...diagram.arrows.map(({ from, to, label }) => `  ${numbers.get(from) ?? ''} -> ${numbers.get(to) ?? ''} [label=<${arrowLabel(label)}>]`),
    '}',
  ].join('\n');
}

function stageLabel(stage: DiagramStage): string {
  const mark = stage.kind === 'outcome' ? (stage.accepts === true ? '✓ ' : '✗ ') : '';
  const name = wrap(`${mark}${stage.label}`, stageColumnsMax).map((line) => `<b>${escapeHtml(line)}</b>`);
  const note = stage.note === '' ? [] : wrap(stage.note, stageColumnsMax).map(escapeHtml);
  return [...name, ...note].join('<br/>');
}

/** Lines begin at the left, with room between the arrow and its words. */
function arrowLabel(label: string): string {
  return wrap(label, labelColumnsMax)
    .map((line) => `&#160;&#160;${escapeHtml(line)}&#160;<br align="left"/>`)
    .join('');
}

function shapeOf(stage: DiagramStage): string {
  switch (stage.kind) {
    case 'outcome':
      return stage.accepts === true ? 'style="rounded,filled" fillcolor="#e3f3e6"' : 'style="rounded,filled" fillcolor="#f6e6e4"';
    case 'step':
      return 'style=filled fillcolor="#f2f4f7"';
    default:
      return 'style=filled fillcolor="#e4ecf9" peripheries=2';
  }
}

/** The drawing alone: no prologue, no comments, no tooltips with internal names; with a title, and faces that every machine has. */
function element(diagram: Diagram, drawn: string): string {
  const title = escapeHtml(`How ${diagram.title} is decided`);
  return drawn
    .slice(drawn.indexOf('<svg'))
    .replaceAll(/<!--.*?-->\n?/gs, '')
    .replaceAll(/<title>[^<]*<\/title>\n?/g, '')
    .replaceAll(/ (?:id|class)="[^"]*"/g, '')
    .replaceAll(` font-size="${measuredSize}.00"`, ` font-size="${shownSize}"`)
    .replaceAll(' font-family="Arial"', ` font-family="Arial, 'Liberation Sans', Helvetica, sans-serif"`)
    .replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', '')
    .replace(/^<svg/, `<svg role="img" aria-label="${title}"`)
    .replace('>', `>\n<title>${title}</title>`);
}
