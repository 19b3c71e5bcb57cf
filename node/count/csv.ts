// Reads comma-separated ballots: a header of candidates, a row per ballot, a number per cell, blank for none. Which way the numbers run must be said: it has been guessed wrongly in real elections.
import { type CountCandidate, unreachable } from '../../engine/index.ts';
import { type Election, type MalformedBallot, UnreadableElection, malformedListedMax } from './election.ts';
import { eachLine } from './lines.ts';
import { type Rows, candidatesCountOf, candidatesOf, newRows, weightOf } from './rows.ts';

/** How cells are read: places, scores, or marks (anything but blank and 0). */
export type CsvCells = 'lower-is-better' | 'higher-is-better' | 'scores' | 'marks';

/** What a CSV does not say of itself. `weightColumn`: the header of the column with weights. */
export interface CsvMeaning {
  readonly cells: CsvCells;
  readonly weightColumn: string | undefined;
}

/** Splits one line by RFC 4180, quoted cells included; a quoted line break is not supported and leaves an open quote. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      const match = /^"((?:[^"]|"")*)"(,|$)/u.exec(line.slice(at));
      if (match === null) return undefined;
      cells.push((match[1] ?? '').replaceAll('""', '"'));
      at += match[0].length;
      if (match[2] === '') return cells;
    } else {
      const end = line.indexOf(',', at);
      cells.push(line.slice(at, end === -1 ? undefined : end).trim());
      if (end === -1) return cells;
      at = end + 1;
    }
  }
}

function valuesOf(cells: readonly string[]): (number | undefined)[] | string {
  const values: (number | undefined)[] = [];
  for (const cell of cells) {
    if (cell === '') values.push(undefined);
    else if (/^-?\d{1,9}$/u.test(cell)) values.push(Number(cell));
    else return `\`${cell.slice(0, 40)}\` is not a whole number`;
  }
  return values;
}

/** Turns values into places 1, 2, 3 by their order, so that gaps do not matter. */
function placesOf(values: readonly (number | undefined)[], cells: CsvCells): number[] {
  const sign = cells === 'higher-is-better' ? -1 : 1;
  const distinct = [...new Set(values.filter((value) => value !== undefined))].sort((a, b) => sign * (a - b));
  return values.map((value) => (value === undefined ? 0 : distinct.indexOf(value) + 1));
}

interface Row {
  readonly weight: bigint;
  readonly values: readonly (number | undefined)[];
}

function rowOf(line: string, header: readonly string[], weightAt: number): Row | string {
  const cells = cellsOf(line);
  if (cells === undefined) return 'a quote is open at its end';
  if (cells.length !== header.length) return `it has ${cells.length} cells and the header has ${header.length}`;
  const weight = weightAt === -1 ? 1n : weightOf(cells[weightAt]);
  if (typeof weight === 'string') return weight;
  const values = valuesOf(cells.filter((_, index) => index !== weightAt));
  return typeof values === 'string' ? values : { weight, values };
}

/** Where rows go: into a table of places, or into lists of scores or marks. */
interface Sink {
  readonly take: (line: number, row: Row | string) => void;
  readonly finish: () => Election;
}

function rankedSink(candidates: readonly CountCandidate[], cells: CsvCells): Sink {
  const rows: Rows = newRows(candidates.length);
  return {
    take: (line, row) => (typeof row === 'string' ? rows.refuse(line, row) : rows.append(line, row.weight, placesOf(row.values, cells))),
    finish: () => rows.finish({ title: '', candidates, seats: undefined }),
  };
}

function listedSink(candidates: readonly CountCandidate[], cells: 'scores' | 'marks'): Sink {
  const scored: { readonly weight: bigint; readonly scores: readonly (readonly [string, bigint])[] }[] = [];
  const lines: number[] = [];
  const malformed: MalformedBallot[] = [];
  let malformedCount = 0;
  return {
    take: (line, row) => {
      if (typeof row === 'string') {
        malformedCount += 1;
        if (malformed.length < malformedListedMax) malformed.push({ line, reason: row });
        return;
      }
      lines.push(line);
      scored.push({
        weight: row.weight,
        scores: candidates.flatMap((candidate, index) => (row.values[index] === undefined ? [] : [[candidate.id, BigInt(row.values[index])] as const])),
      });
    },
    finish: () => ({
      title: '',
      candidates,
      profile:
        cells === 'scores'
          ? { kind: 'scored', candidates, ballots: scored }
          : {
              kind: 'marked',
              candidates,
              ballots: scored.map(({ weight, scores }) => ({ weight, marks: scores.filter(([, value]) => value !== 0n).map(([id]) => id) })),
            },
      seats: undefined,
      malformed,
      malformedCount,
      lineOf: (row) => lines[row] ?? 0,
    }),
  };
}

function sinkOf(candidates: readonly CountCandidate[], cells: CsvCells): Sink {
  switch (cells) {
    case 'lower-is-better':
    case 'higher-is-better':
      return rankedSink(candidates, cells);
    case 'scores':
    case 'marks':
      return listedSink(candidates, cells);
    default:
      return unreachable(cells);
  }
}

/** Reads a CSV file of ballots. @throws UnreadableElection where it has no header or the weight column is not in it */
export async function readCsv(path: string, meaning: CsvMeaning): Promise<Election> {
  let header: string[] | undefined;
  let weightAt = -1;
  let sink: Sink | undefined;
  await eachLine(path, (line, number) => {
    if (header === undefined || sink === undefined) {
      header = cellsOf(line.replace(/^\uFEFF/u, '')) ?? [];
      weightAt = meaning.weightColumn === undefined ? -1 : header.indexOf(meaning.weightColumn);
      if (meaning.weightColumn !== undefined && weightAt === -1) throw new UnreadableElection(`there is no column \`${meaning.weightColumn}\``);
      const names = header.filter((_, index) => index !== weightAt);
      candidatesCountOf(String(names.length));
      sink = sinkOf(candidatesOf(names), meaning.cells);
    } else if (line.trim() !== '' || header.length === 1) sink.take(number, rowOf(line, header, weightAt));
  });
  if (sink === undefined) throw new UnreadableElection('the file is empty');
  return sink.finish();
}
