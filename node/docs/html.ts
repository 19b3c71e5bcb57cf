// The document of an organization as one HTML file: no script, no resource from outside, readable on a telephone and on paper (A4 and Letter).
import { unreachable } from '../../engine/index.ts';
import { escapeHtml } from './escape.ts';
import type { Block } from './page.ts';
import type { Draw } from './svg.ts';

const style = `
:root { color-scheme: light; --ink: #1a1a1a; --paper: #fff; --quiet: #555; --line: #ccc; --rule: #888; --link: #14467a; }
body { font: 16px/1.55 Georgia, 'Times New Roman', serif; color: var(--ink); background: var(--paper); max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, table, nav { font-family: system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; line-height: 1.25; }
h1 { font-size: 2rem; margin-bottom: .5rem; }
h2 { font-size: 1.4rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .25rem; }
p { margin: .5rem 0; }
.note { color: var(--quiet); font-size: .85rem; overflow-wrap: anywhere; }
nav ol { columns: 2; font-size: .9rem; padding-left: 1.25rem; }
a { color: var(--link); }
ul.stages { padding-left: 1.25rem; }
ul.stages li { margin: .35rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { border-bottom: 2px solid var(--rule); }
figure { margin: 1rem 0; }
svg { max-width: 100%; height: auto; }
a:focus-visible, .wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 40rem) { nav ol { columns: 1; } svg { max-width: none; } th, td { min-width: 5rem; } }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --ink: #e6e6e6; --paper: #16181b; --quiet: #a9adb3; --line: #3c4147; --rule: #7b828a; --link: #9cc4f2; }
  svg { border-radius: 4px; }
}
@page { margin: 20mm 18mm; }
@media print {
  body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; }
  nav { display: none; }
  h2, h3 { break-after: avoid; }
  tr, li, figure { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  svg { max-width: 100%; max-height: 225mm; zoom: .75; }
  a { color: inherit; text-decoration: none; }
}
`;

/** One HTML file; every text is escaped. Its content policy forbids scripts and everything from outside. Pure but for `draw`, which makes the pictures. */
export function htmlOf(blocks: readonly Block[], draw: Draw): string {
  const title = blocks.find((block) => block.kind === 'heading')?.text ?? 'Bylaws';
  const sections = blocks.flatMap((block, index) => (block.kind === 'heading' && block.level === 2 ? [{ id: `part-${index}`, text: block.text }] : []));
  const contents = sections.map((entry) => `<li><a href="#${entry.id}">${escapeHtml(entry.text)}</a></li>`).join('');
  const [first, ...rest] = blocks.map((block, index) => htmlBlock(block, index, draw));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    first ?? '',
    `<nav aria-label="Contents"><ol>${contents}</ol></nav>`,
    ...rest,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function htmlBlock(block: Block, index: number, draw: Draw): string {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? `<h2 id="part-${index}">${escapeHtml(block.text)}</h2>` : `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.sentences.join(' '))}</p>`;
    case 'note':
      return `<p class="note">${escapeHtml(block.text)}</p>`;
    case 'stages':
      return `<ul class="stages">${block.items.map((item) => `<li><b>${escapeHtml(item.title)}:</b> ${escapeHtml(item.sentences.join(' '))}</li>`).join('')}</ul>`;
    case 'table': {
      const cells = (tag: 'th' | 'td', row: readonly string[]): string => row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('');
      const rows = block.rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('');
      return `${wide('div', `Table: ${block.columns.join(', ')}`)}<table><thead><tr>${cells('th', block.columns)}</tr></thead><tbody>${rows}</tbody></table></div>`;
    }
    case 'diagram':
      return `${wide('figure', `Picture: ${block.diagram.title}`)}${draw(block.diagram)}</figure>`;
    default:
      return unreachable(block);
  }
}

/** What may be wider than a telephone scrolls by itself: the keyboard reaches it too, and it has a name where it is read out. */
function wide(tag: 'div' | 'figure', name: string): string {
  return `<${tag} class="wide" role="group" tabindex="0" aria-label="${escapeHtml(name)}">`;
}
