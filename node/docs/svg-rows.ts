// Draws a process that is too wide for a page as rows: stages in source order from top to bottom, every arrow on a row of its own, one lane for each
// stage that is reached. It is never wider than a page, whatever the number of stages; narrow processes are svg-layout.ts's.
import type { Diagram, DiagramArrow, DiagramStage } from '../../compiler/index.ts';
import { displayWidth, wrap } from '../cli/terminal.ts';
import { escapeHtml } from './escape.ts';

/** Pixels for one column of text at 13 pixels: wider than any common sans-serif face, so that a label never leaves its box. */
const columnWidth = 7.5;
const strongColumnWidth = 9;
const lineHeight = 17;
const rowGap = 8;
const boxPadding = 10;
const blockGap = 18;
const laneWidth = 18;
const margin = 12;
const labelColumnsMax = 44;
const stageColumnsMax = 26;

/** One arrow's row: its lines of text and where it stands. */
interface Row {
  readonly arrow: DiagramArrow;
  readonly lines: readonly string[];
  readonly top: number;
  readonly y: number;
}

/** One stage's box and the rows of its arrows beside it. `entryY` is where arrows come in. */
interface Block {
  readonly stage: DiagramStage;
  readonly lines: readonly { readonly text: string; readonly strong: boolean }[];
  readonly top: number;
  readonly height: number;
  readonly entryY: number;
  readonly rows: readonly Row[];
}

/** A vertical line that leads to one stage. `index` counts lanes from the left. */
interface Lane {
  readonly target: string;
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** The picture of a process in rows, as one SVG element with a title; text is escaped, nothing outside is referred to. Pure. */
export function svgInRows(diagram: Diagram): string {
  const blocks = layBlocks(diagram);
  const lanes = layLanes(blocks);
  const widest = (texts: readonly string[]): number => Math.ceil(Math.max(0, ...texts.map(displayWidth)) * columnWidth);
  const boxLines = blocks.flatMap((block) => block.lines.map((line) => displayWidth(line.text) * (line.strong ? strongColumnWidth : columnWidth)));
  const boxWidth = Math.ceil(Math.max(0, ...boxLines)) + 2 * boxPadding;
  const labelLeft = margin + boxWidth + 12;
  const laneLeft = labelLeft + widest(blocks.flatMap((block) => block.rows.flatMap((row) => row.lines))) + 16;
  const lanesCount = Math.max(0, ...lanes.map((lane) => lane.index + 1));
  const width = laneLeft + lanesCount * laneWidth + margin;
  const last = blocks.at(-1);
  const height = (last === undefined ? 0 : last.top + last.height) + margin;
  const laneX = (target: string): number => laneLeft + (lanes.find((lane) => lane.target === target)?.index ?? 0) * laneWidth;
  const title = `How ${diagram.title} is decided`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" preserveAspectRatio="xMinYMin meet" role="img" aria-label="${escapeHtml(title)}" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13">`,
    `<title>${escapeHtml(title)}</title>`,
    // A ground of its own: where a page is dark, the words on the arrows would be dark on dark.
    '<rect width="100%" height="100%" fill="white"/>',
    ...lanes.map((lane) => laneElement(lane, laneX(lane.target), blocks, margin + boxWidth)),
    ...blocks.flatMap((block) => block.rows.map((row) => rowElement(row, { left: margin + boxWidth, labelLeft, laneX: laneX(row.arrow.to) }))),
    ...blocks.map((block) => boxElement(block, boxWidth)),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function layBlocks(diagram: Diagram): readonly Block[] {
  const blocks: Block[] = [];
  let top = margin;
  for (const stage of diagram.stages) {
    const mark = stage.kind === 'outcome' ? (stage.accepts === true ? '✓ ' : '✗ ') : '';
    const strong = wrap(`${mark}${stage.label}`, stageColumnsMax).map((text) => ({ text, strong: true }));
    const notes = stage.note === '' ? [] : wrap(stage.note, stageColumnsMax).map((text) => ({ text, strong: false }));
    const lines = [...strong, ...notes];
    const entryY = top + boxPadding + lineHeight / 2;
    // Arrows come in on the height of the name, so rows of arrows that leave begin below it.
    let y = top + boxPadding + lineHeight + 2;
    const rows: Row[] = [];
    for (const arrow of diagram.arrows) {
      if (arrow.from !== stage.name) continue;
      const text = wrap(arrow.label, labelColumnsMax);
      const end = y + text.length * lineHeight + 4;
      rows.push({ arrow, lines: text, top: y, y: end });
      y = end + rowGap;
    }
    const height = Math.max(lines.length * lineHeight + 2 * boxPadding, y - top);
    blocks.push({ stage, lines, top, height, entryY, rows });
    top += height + blockGap;
  }
  return blocks;
}

/** One lane for each stage that is reached; short ones stand further left, and two lanes share a column where they do not meet. */
function layLanes(blocks: readonly Block[]): readonly Lane[] {
  const spans = blocks.flatMap((block) => {
    const ys = blocks.flatMap((other) => other.rows.filter((row) => row.arrow.to === block.stage.name).map((row) => row.y));
    return ys.length === 0 ? [] : [{ target: block.stage.name, from: Math.min(block.entryY, ...ys), to: Math.max(block.entryY, ...ys) }];
  });
  const lanes: Lane[] = [];
  for (const span of spans.toSorted((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from)) {
    let index = 0;
    while (lanes.some((lane) => lane.index === index && lane.from <= span.to + lineHeight && span.from <= lane.to + lineHeight)) index += 1;
    lanes.push({ ...span, index });
  }
  return lanes;
}

const ink = 'stroke="#444" stroke-width="1.4" fill="none"';

function laneElement(lane: Lane, x: number, blocks: readonly Block[], boxRight: number): string {
  const entry = blocks.find((block) => block.stage.name === lane.target)?.entryY ?? lane.from;
  const head = `<path d="M ${boxRight + 9} ${entry - 4.5} L ${boxRight + 1} ${entry} L ${boxRight + 9} ${entry + 4.5} Z" fill="#444"/>`;
  return `<path d="M ${x} ${lane.from} V ${lane.to} M ${x} ${entry} H ${boxRight + 6}" ${ink}/>${head}`;
}

function rowElement(row: Row, at: { readonly left: number; readonly labelLeft: number; readonly laneX: number }): string {
  const texts = row.lines.map(
    (line, index) => `<text x="${at.labelLeft}" y="${row.top + (index + 1) * lineHeight - 4}" fill="#222">${escapeHtml(line)}</text>`,
  );
  const line = `<path d="M ${at.left} ${row.y} H ${at.laneX}" ${ink}/><circle cx="${at.laneX}" cy="${row.y}" r="3" fill="#444"/>`;
  return `${line}${texts.join('')}`;
}

function boxElement(block: Block, width: number): string {
  const { stage, top, height } = block;
  const outcome = stage.kind === 'outcome';
  const fill = outcome ? (stage.accepts === true ? '#e3f3e6' : '#f6e6e4') : stage.kind === 'step' ? '#f2f4f7' : '#e4ecf9';
  const rounded = outcome ? 14 : stage.kind === 'step' ? 3 : 8;
  const texts = block.lines.map(
    (line, index) =>
      `<text x="${margin + boxPadding}" y="${top + boxPadding + (index + 1) * lineHeight - 4}" fill="#111"${line.strong ? ' font-weight="600"' : ''}>${escapeHtml(line.text)}</text>`,
  );
  return `<rect x="${margin}" y="${top}" width="${width}" height="${height}" rx="${rounded}" fill="${fill}" stroke="#444" stroke-width="1.2"/>${texts.join('')}`;
}
