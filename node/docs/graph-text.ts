// Pictures of processes as text for other programs: mermaid, Graphviz' dot, JSON. The drawing of our own is svg.ts's. Pure.
import type { Diagram, DiagramStage } from '../../compiler/index.ts';

/** Mermaid that a forge draws by itself. Stages get numbers, since a stage may be called `end`. Pure. */
export function mermaidText(diagram: Diagram): string {
  const id = idsOf(diagram);
  const lines = diagram.stages.map((stage) => `  ${id(stage.name)}${mermaidShape(stage)}`);
  const arrows = diagram.arrows.map((arrow) => `  ${id(arrow.from)} -->|"${mermaidLabel(arrow.label)}"| ${id(arrow.to)}`);
  return ['flowchart TD', ...lines, ...arrows, ''].join('\n');
}

function mermaidShape(stage: DiagramStage): string {
  const label = mermaidLabel(stage.note === '' ? stage.label : `${stage.label} (${stage.note})`);
  if (stage.kind === 'outcome') return stage.accepts === true ? `(["✓ ${label}"])` : `(["✗ ${label}"])`;
  return stage.kind === 'step' ? `["${label}"]` : `{{"${label}"}}`;
}

/** Everything but letters, digits and harmless marks becomes a number, so that no label can end its quotes or hold markup. Pure. */
function mermaidLabel(text: string): string {
  return Array.from(text, (character) => (/[\p{L}\p{M}\p{N} .,;:()'+/✓✗-]/u.test(character) ? character : `#${character.codePointAt(0) ?? 0};`)).join('');
}

/** The picture in Graphviz' language. Pure. */
export function dotText(diagram: Diagram): string {
  const id = idsOf(diagram);
  const stages = diagram.stages.map((stage) => {
    const label = stage.note === '' ? stage.label : `${stage.label}\n${stage.note}`;
    const shape =
      stage.kind === 'outcome'
        ? stage.accepts === true
          ? 'shape=ellipse peripheries=2'
          : 'shape=ellipse'
        : stage.kind === 'step'
          ? 'shape=box'
          : 'shape=hexagon';
    return `  ${id(stage.name)} [label=${dotQuoted(label)} ${shape}];`;
  });
  const arrows = diagram.arrows.map((arrow) => `  ${id(arrow.from)} -> ${id(arrow.to)} [label=${dotQuoted(arrow.label)}];`);
  return [`digraph ${dotQuoted(diagram.process)} {`, '  node [fontname="sans-serif"]; edge [fontname="sans-serif"];', ...stages, ...arrows, '}', ''].join('\n');
}

function dotQuoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function idsOf(diagram: Diagram): (name: string) => string {
  const numbers = new Map(diagram.stages.map((stage, index) => [stage.name, `s${index}`]));
  return (name) => numbers.get(name) ?? 's0';
}
