// The document of an organization as Markdown that forges show: tables, and mermaid for the pictures. Texts are escaped here and only here.
import { markdownText } from '../../compiler/index.ts';
import { unreachable } from '../../engine/index.ts';
import { mermaidText } from './graph-text.ts';
import type { Block } from './page.ts';

/** Markdown of a document; ends with one line end. Pure. */
export function markdownOf(blocks: readonly Block[]): string {
  return `${blocks.flatMap((block) => markdownBlock(block)).join('\n\n')}\n`;
}

function markdownBlock(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${markdownText(block.text)}`];
    case 'paragraph':
      return block.sentences.length === 0 ? [] : [block.sentences.map(markdownText).join(' ')];
    case 'note':
      return [`*${markdownText(block.text)}*`];
    case 'stages':
      return block.items.length === 0
        ? []
        : [block.items.map((item) => `- **${markdownText(item.title)}:** ${item.sentences.map(markdownText).join(' ')}`).join('\n')];
    case 'table': {
      const row = (cells: readonly string[]): string => `| ${cells.map((cell) => markdownText(cell)).join(' | ')} |`;
      return [[row(block.columns), `|${' --- |'.repeat(block.columns.length)}`, ...block.rows.map(row)].join('\n')];
    }
    case 'diagram':
      return [`\`\`\`mermaid\n${mermaidText(block.diagram)}\`\`\``];
    default:
      return unreachable(block);
  }
}
