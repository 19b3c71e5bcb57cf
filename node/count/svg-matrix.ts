// Draws the comparisons of a count in pairs as a table: who is preferred to whom by how many.
import type { Pairwise } from '../../engine/index.ts';
import { type Drawing, label, widthOf } from './svg-frame.ts';

const rowHeight = 26;
const namesRoom = 240;

function table(pairwise: Pairwise, cells: readonly (readonly bigint[])[], title: string, nameOf: (id: string) => string): Drawing {
  const size = pairwise.options.length;
  const widest = Math.max(...cells.flat().map((votes) => widthOf(votes.toString())), widthOf(String(size)));
  const cell = Math.max(44, widest + 14);
  const names = Math.min(namesRoom, Math.max(...pairwise.options.map((id, index) => widthOf(`${index + 1}. ${nameOf(id)}`)))) + 16;
  const body = pairwise.options.flatMap((id, row) => {
    const y = 60 + row * rowHeight;
    const boxes = pairwise.options.map((_, column) => {
      const x = names + column * cell;
      const own = cells[row]?.[column] ?? 0n;
      const other = cells[column]?.[row] ?? 0n;
      // A colour never stands alone: a victory is also bold.
      const fill = row === column ? '#eeeeee' : own > other ? '#cfe8cf' : own < other ? '#f4d9d9' : '#f7f2d0';
      const text = row === column ? '' : label(x + cell / 2, y + 17, own.toString(), { anchor: 'middle', strong: own > other });
      return `<rect x="${x}" y="${y}" width="${cell}" height="${rowHeight}" fill="${fill}" stroke="#999999"/>${text}`;
    });
    return [
      label(8, y + 17, `${row + 1}. ${nameOf(id)}`, { room: names - 12 }),
      label(names + row * cell + cell / 2, 52, `${row + 1}`, { anchor: 'middle' }),
      ...boxes,
    ];
  });
  return {
    width: Math.max(names + size * cell + 10, widthOf(title) + 16),
    height: 76 + size * rowHeight,
    body: [label(8, 24, title, { strong: true }), ...body],
  };
}

/** The matrix of pairs, and below it the strongest paths where the method has them. Pure. */
export function matrixDrawings(pairwise: Pairwise, nameOf: (id: string) => string): readonly Drawing[] {
  const matrix = table(pairwise, pairwise.matrix, 'Ballots that prefer the row to the column; bold: the row wins', nameOf);
  if (pairwise.paths === undefined) return [matrix];
  return [matrix, table(pairwise, pairwise.paths, 'Strongest path from the row to the column; bold: the row stands above', nameOf)];
}
