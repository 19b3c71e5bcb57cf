// Cuts comma-separated text into cells by RFC 4180, line by line, and joins lines that a quoted line break has cut. It knows nothing of ballots.

/** What stands between two cells. */
export type CsvSeparator = ',' | ';' | '\t';

/** A quoted cell over more lines than this is an open quote: without a bound one stray quote would swallow the rest of the file. */
const quotedLinesMax = 16;

/** Cuts one record into cells; cells without quotes lose spaces around them. @returns undefined where a quote is open or text follows a closing quote */
export function cellsOf(record: string, separator: CsvSeparator): string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    while (record[at] === ' ') at += 1;
    if (record[at] === '"') {
      let end = at + 1;
      while (end < record.length && (record[end] !== '"' || record[end + 1] === '"')) end += record[end] === '"' ? 2 : 1;
      if (end >= record.length) return undefined;
      cells.push(record.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      while (record[at] === ' ') at += 1;
      if (at >= record.length) return cells;
      if (record[at] !== separator) return undefined;
      at += 1;
    } else {
      const end = record.indexOf(separator, at);
      cells.push(record.slice(at, end === -1 ? undefined : end).trim());
      if (end === -1) return cells;
      at = end + 1;
    }
  }
}

/** Joins lines into records. `take` gets each record with the number of its first line. */
export interface RecordJoiner {
  readonly line: (line: string, number: number) => void;
  readonly end: () => void;
}

function hasOpenQuote(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

/** Starts a joiner. A record whose quote stays open for too long goes out line by line, so that only its own line is lost. */
export function recordJoiner(take: (record: string, number: number) => void): RecordJoiner {
  let held: { readonly text: string; readonly number: number }[] = [];
  const lines = (line: string, number: number): void => {
    if (held.length === 0 && !hasOpenQuote(line)) {
      take(line, number);
      return;
    }
    held.push({ text: line, number });
    const record = held.map(({ text }) => text).join('\n');
    if (!hasOpenQuote(record)) {
      const first = held[0]?.number ?? number;
      held = [];
      take(record, first);
    } else if (held.length > quotedLinesMax) release();
  };
  const release = (): void => {
    const [first, ...rest] = held;
    held = [];
    if (first === undefined) return;
    take(first.text, first.number);
    for (const { text, number } of rest) lines(text, number);
  };
  return {
    line: lines,
    end: () => {
      while (held.length > 0) release();
    },
  };
}
