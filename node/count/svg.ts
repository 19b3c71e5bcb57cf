// Draws a count: the matrix of pairs, or the votes of each stage of an STV or runoff count with what moved. Text and rectangles only, no scripts and no fonts.
import type { CountRecord, CountStage, Pairwise } from '../../engine/index.ts';

type NameOf = (id: string) => string;

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** True for what an XML document may hold (XML 1.0 section 2.2); a lone surrogate is its own code point here and is not. */
function isXmlLetter(point: number): boolean {
  if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd;
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || point >= 0x1_0000;
}

/** Makes text safe inside an element or attribute. */
function escaped(text: string): string {
  return Array.from(text, (letter) => (isXmlLetter(letter.codePointAt(0) ?? 0) ? (entities.get(letter) ?? letter) : '\uFFFD')).join('');
}

function frame(width: number, height: number, title: string, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

function label(x: number, y: number, text: string, more = ''): string {
  return `<text x="${x}" y="${y}"${more}>${escaped(text)}</text>`;
}

function clipped(text: string, length: number): string {
  const letters = Array.from(text);
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`;
}

function matrixSvg(pairwise: Pairwise, nameOf: NameOf): string {
  const left = 190;
  const cell = 54;
  const row = 26;
  const body = pairwise.options.flatMap((id, index) => {
    const y = 60 + index * row;
    const cells = pairwise.options.map((_, column) => {
      const x = left + column * cell;
      const own = pairwise.matrix[index]?.[column] ?? 0n;
      const other = pairwise.matrix[column]?.[index] ?? 0n;
      // A colour never stands alone: a victory is also bold.
      const fill = index === column ? '#eeeeee' : own > other ? '#cfe8cf' : own < other ? '#f4d9d9' : '#f7f2d0';
      const text = index === column ? '' : label(x + cell / 2, y + 17, own.toString(), ` text-anchor="middle"${own > other ? ' font-weight="bold"' : ''}`);
      return `<rect x="${x}" y="${y}" width="${cell}" height="${row}" fill="${fill}" stroke="#999999"/>${text}`;
    });
    return [
      label(8, y + 17, `${index + 1}. ${clipped(nameOf(id), 24)}`),
      label(left + index * cell + cell / 2, 52, `${index + 1}`, ' text-anchor="middle"'),
      ...cells,
    ];
  });
  const size = pairwise.options.length;
  return frame(left + size * cell + 10, 70 + size * row, 'Ballots that prefer the option of the row to that of the column', [
    label(8, 24, 'Ballots that prefer the row to the column; bold: the row wins'),
    ...body,
  ]);
}

/** Votes as a number for drawing only: a bar is no result. */
function barLength(votes: string): number {
  const [numerator, denominator] = votes.split('/');
  if (denominator === undefined) return Number(votes);
  const shift = Math.max(0, denominator.length - 12);
  return Number(BigInt(numerator ?? '0') / 10n ** BigInt(shift)) / Number(BigInt(denominator) / 10n ** BigInt(shift));
}

function stagesSvg(stages: readonly CountStage[], nameOf: NameOf): string {
  const most = Math.max(1, ...stages.flatMap((stage) => stage.votes.map(([, votes]) => barLength(votes))));
  const body: string[] = [];
  let y = 24;
  for (const stage of stages) {
    body.push(label(8, y, `${stage.title}${stage.quota === undefined ? '' : `, quota ${clipped(stage.quota, 24)}`}`, ' font-weight="bold"'));
    y += 8;
    for (const [id, votes] of stage.votes) {
      const action = stage.actions.find((each) => each.option === id);
      const moved = stage.transfers.filter((move) => move.to === id).map((move) => `+${clipped(move.votes, 16)}`);
      const length = Math.round((420 * barLength(votes)) / most);
      const fill = action === undefined ? '#9db7d5' : action.kind.startsWith('elected') ? '#5a9a5a' : '#c07a7a';
      body.push(label(8, y + 14, clipped(nameOf(id), 24)), `<rect x="190" y="${y + 3}" width="${length}" height="14" fill="${fill}"/>`);
      body.push(label(196 + length, y + 14, [clipped(votes, 24), action?.kind ?? '', ...moved].filter((part) => part !== '').join(' ')));
      y += 20;
    }
    const quota = stage.quota === undefined ? undefined : 190 + Math.round((420 * barLength(stage.quota)) / most);
    if (quota !== undefined)
      body.push(`<line x1="${quota}" x2="${quota}" y1="${y - 20 * stage.votes.length}" y2="${y}" stroke="#333333" stroke-dasharray="3 3"/>`);
    y += 24;
  }
  return frame(900, y, 'Votes by stage', body);
}

/** Draws the stages of a count that has several, otherwise its pairs. Pure. @returns undefined where there is nothing to draw */
export function countSvg(record: CountRecord, nameOf: NameOf): string | undefined {
  if (record.pairwise !== undefined) return matrixSvg(record.pairwise, nameOf);
  return record.stages.length === 0 ? undefined : stagesSvg(record.stages, nameOf);
}
