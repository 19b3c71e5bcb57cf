// How `gdo status` looks (cli.md section 4.3): lines from a model, nothing read. Instants arrive as text already.
import { alignRows } from './table.ts';

/** One case in the list. `number` as shown after `#`. */
export interface StatusRow {
  readonly number: number;
  readonly title: string;
  /** `admission / ballot` while open; empty when decided. */
  readonly where: string;
  /** `3 of 5 voted, 3 yes`, `1 of 2 approvals`, or how it was decided. */
  readonly standing: string;
  /** `closes Tue 24 Nov 14:00 UTC (in 3 days)`; empty when nothing is due. */
  readonly due: string;
  /** The command that the reader could type next; empty when nothing waits for them. */
  readonly next: string;
}

/** Everything the list shows. */
export interface StatusModel {
  readonly organization: string;
  readonly bylaws: string;
  readonly inForceSince: string;
  /** `you are ada: member, councillor`, or how to say who one is. */
  readonly you: string;
  readonly waiting: readonly StatusRow[];
  readonly open: readonly StatusRow[];
  readonly decided: readonly StatusRow[];
  /** One sentence about events that no node has yet, or empty. */
  readonly sync: string;
}

/** Shows at most this many hexadecimal digits of a hash: enough to compare by eye, and always followed by an ellipsis. */
const hashDigitsShown = 8;

/** Shortens a hash for people. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, hashDigitsShown)}…`;
}

/** Writes the list. @returns text that ends in a line feed; sections without rows are left out */
export function statusText(model: StatusModel): string {
  const lines = [`${model.organization}   bylaws ${shortHash(model.bylaws)} (in force since ${model.inForceSince})   ${model.you}`];
  const section = (title: string, rows: readonly StatusRow[]): void => {
    if (rows.length === 0) return;
    lines.push('', title, ...alignRows(filledColumns(rows), 2));
  };
  section('Waiting for you', model.waiting);
  section('Open', model.open);
  section('Decided this week', model.decided);
  if (model.waiting.length + model.open.length + model.decided.length === 0) lines.push('', 'No case is open and none was decided this week.');
  if (model.sync !== '') lines.push('', `Sync   ${model.sync}`);
  return `${lines.join('\n')}\n`;
}

/** The cells of rows, without columns that are empty in every row. */
function filledColumns(rows: readonly StatusRow[]): readonly (readonly string[])[] {
  const cells = rows.map((row) => [`#${row.number}`, row.title, row.where, row.standing, row.due, row.next]);
  return cells.map((row) => row.filter((_cell, column) => cells.some((other) => other[column] !== '')));
}
