// Aligns columns of text by their width in a terminal. It draws no borders: what is printed here is copied into mails and minutes.
import { displayWidth } from './terminal.ts';

/**
 * Lays out rows in columns, each as wide as its widest cell, two spaces apart, nothing after the last cell of a row. Pure.
 * @param indent - columns before the first cell
 */
export function alignRows(rows: readonly (readonly string[])[], indent = 0): readonly string[] {
  const columnsCount = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columnsCount }, (_, index) => Math.max(0, ...rows.map((row) => displayWidth(row[index] ?? ''))));
  return rows.map((row) => {
    const cells = row.map((cell, index) => (index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - displayWidth(cell))));
    return `${' '.repeat(indent)}${cells.join('  ')}`.trimEnd();
  });
}

/** `1 role`, `5 roles`; an irregular plural is given. Pure. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
