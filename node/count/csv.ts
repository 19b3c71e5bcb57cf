// Reads comma-separated ballots: a header, then a row per ballot. Either every column is a candidate and a cell its number, or every column is a place and a
// cell names who has it. Which of these, and which way numbers run, must be said: it has been guessed wrongly in real elections.
import { type CountCandidate, unreachable } from '../../engine/index.ts';
import { type CsvSeparator, cellsOf, recordJoiner } from './csv-cells.ts';
import { type Election, type MalformedBallot, UnreadableElection, malformedListedMax } from './election.ts';
import { eachLine } from './lines.ts';
import { candidatesCountMax, candidatesCountOf, candidatesOf, newRows, weightOf } from './rows.ts';

/** How cells are read. `names`: columns are places from the best on and cells name candidates. */
export type CsvCells = 'lower-is-better' | 'higher-is-better' | 'scores' | 'marks' | 'names';

/**
 * What a CSV does not say of itself. `columns`: headers of the columns that are the ballot, in this order; absent for all but the weight. `candidates`: who
 * may be named in cells; absent for whoever is. `blank`: words that mean an empty cell, such as `No opinion`.
 */
export interface CsvMeaning {
  readonly cells: CsvCells;
  readonly separator: CsvSeparator;
  readonly weightColumn: string | undefined;
  readonly columns: readonly string[] | undefined;
  readonly candidates: readonly string[] | undefined;
  readonly blank: readonly string[];
}

interface Row {
  readonly weight: bigint;
  readonly cells: readonly string[];
}

/** Where rows go. `take` answers why a row is no ballot. */
interface Sink {
  readonly take: (line: number, row: Row) => string | undefined;
  readonly refuse: (line: number, reason: string) => void;
  readonly finish: () => Election;
}

const shown = (cell: string): string => `\`${cell.slice(0, 40)}\``;

function numbersOf(cells: readonly string[], isAllowed: (value: number) => string | undefined): (number | undefined)[] | string {
  const values: (number | undefined)[] = [];
  for (const cell of cells) {
    const value = /^-?\d{1,9}$/u.test(cell) ? Number(cell) : undefined;
    if (cell === '') values.push(undefined);
    else if (value === undefined) return `${shown(cell)} is not a whole number`;
    else {
      const reason = isAllowed(value);
      if (reason !== undefined) return reason;
      values.push(value);
    }
  }
  return values;
}

/** Turns values into places 1, 2, 3 by their order, so that gaps do not matter. */
function placesOf(values: readonly (number | undefined)[], cells: CsvCells): number[] {
  const sign = cells === 'higher-is-better' ? -1 : 1;
  const distinct = [...new Set(values.filter((value) => value !== undefined))].sort((a, b) => sign * (a - b));
  return values.map((value) => (value === undefined ? 0 : distinct.indexOf(value) + 1));
}

function rankedSink(candidates: readonly CountCandidate[], cells: 'lower-is-better' | 'higher-is-better'): Sink {
  const rows = newRows(candidates.length);
  const isAllowed = (value: number): string | undefined => (cells === 'lower-is-better' && value < 1 ? `\`${value}\` is not a place of 1 or more` : undefined);
  return {
    take: (line, row) => {
      const values = numbersOf(row.cells, isAllowed);
      if (typeof values === 'string') return values;
      rows.append(line, row.weight, placesOf(values, cells));
      return undefined;
    },
    refuse: rows.refuse,
    finish: () => rows.finish({ title: '', candidates, seats: undefined }),
  };
}

/** Malformed lines and the lines of the others, for sinks that keep ballots as lists. */
function newList(): {
  readonly lines: number[];
  readonly malformed: MalformedBallot[];
  readonly refuse: Sink['refuse'];
  readonly malformedCount: () => number;
} {
  const malformed: MalformedBallot[] = [];
  let malformedCount = 0;
  return {
    lines: [],
    malformed,
    refuse: (line, reason) => {
      malformedCount += 1;
      if (malformed.length < malformedListedMax) malformed.push({ line, reason });
    },
    malformedCount: () => malformedCount,
  };
}

function scoredSink(candidates: readonly CountCandidate[]): Sink {
  const list = newList();
  const ballots: { readonly weight: bigint; readonly scores: readonly (readonly [string, bigint])[] }[] = [];
  return {
    take: (line, row) => {
      const values = numbersOf(row.cells, () => undefined);
      if (typeof values === 'string') return values;
      const scores = candidates.flatMap(({ id }, index) => (values[index] === undefined ? [] : [[id, BigInt(values[index])] as const]));
      ballots.push({ weight: row.weight, scores });
      list.lines.push(line);
      return undefined;
    },
    refuse: list.refuse,
    finish: () => ({
      title: '',
      candidates,
      profile: { kind: 'scored', candidates, ballots },
      seats: undefined,
      malformed: list.malformed,
      malformedCount: list.malformedCount(),
      lineOf: (row) => list.lines[row] ?? 0,
    }),
  };
}

const marks: ReadonlyMap<string, boolean> = new Map([
  ['', false],
  ['0', false],
  ['no', false],
  ['false', false],
  ['1', true],
  ['x', true],
  ['yes', true],
  ['true', true],
]);

function markedSink(candidates: readonly CountCandidate[]): Sink {
  const list = newList();
  const ballots: { readonly weight: bigint; readonly marks: readonly string[] }[] = [];
  return {
    take: (line, row) => {
      const unclear = row.cells.find((cell) => !marks.has(cell.toLowerCase()));
      if (unclear !== undefined) return `${shown(unclear)} is no mark: write 1, x, yes or true, and 0, no, false or nothing`;
      ballots.push({
        weight: row.weight,
        marks: candidates.filter((_, index) => marks.get(row.cells[index]?.toLowerCase() ?? '') === true).map(({ id }) => id),
      });
      list.lines.push(line);
      return undefined;
    },
    refuse: list.refuse,
    finish: () => ({
      title: '',
      candidates,
      profile: { kind: 'marked', candidates, ballots },
      seats: undefined,
      malformed: list.malformed,
      malformedCount: list.malformedCount(),
      lineOf: (row) => list.lines[row] ?? 0,
    }),
  };
}

/** Gathers ballots that name candidates; who they are is known at the end only, so rows are kept as short lists of numbers until then. */
function namedSink(listed: readonly string[] | undefined): Sink {
  const indexOf = new Map((listed ?? []).map((name, index) => [name, index]));
  const list = newList();
  const kept: { readonly weight: bigint; readonly order: Uint16Array }[] = [];
  const take: Sink['take'] = (line, row) => {
    const order: number[] = [];
    for (const cell of row.cells) {
      if (cell === '') continue;
      if (listed === undefined && !indexOf.has(cell) && indexOf.size < candidatesCountMax) indexOf.set(cell, indexOf.size);
      const index = indexOf.get(cell);
      if (index === undefined) return `${shown(cell)} is not a candidate`;
      if (order.includes(index)) return `${shown(cell)} is on it twice`;
      order.push(index);
    }
    kept.push({ weight: row.weight, order: Uint16Array.from(order) });
    list.lines.push(line);
    return undefined;
  };
  return {
    take,
    refuse: list.refuse,
    finish: () => {
      const names = [...indexOf.keys()];
      if (names.length === 0) throw new UnreadableElection('no ballot names a candidate');
      const rows = newRows(names.length);
      const places = Array.from<number>({ length: names.length });
      kept.forEach(({ weight, order }, row) => {
        places.fill(0);
        order.forEach((candidate, place) => (places[candidate] = place + 1));
        rows.append(list.lines[row] ?? 0, weight, places);
      });
      const election = rows.finish({ title: '', candidates: candidatesOf(names), seats: undefined });
      return { ...election, malformed: list.malformed, malformedCount: list.malformedCount() };
    },
  };
}

function sinkOf(names: readonly string[], meaning: CsvMeaning): Sink {
  switch (meaning.cells) {
    case 'lower-is-better':
    case 'higher-is-better':
      return rankedSink(candidatesOf(names), meaning.cells);
    case 'scores':
      return scoredSink(candidatesOf(names));
    case 'marks':
      return markedSink(candidatesOf(names));
    case 'names':
      return namedSink(meaning.candidates);
    default:
      return unreachable(meaning.cells);
  }
}

/** Which cells of a row are what. */
interface Layout {
  readonly width: number;
  readonly weightAt: number;
  readonly ballotAt: readonly number[];
  readonly sink: Sink;
}

function columnOf(header: readonly string[], name: string): number {
  const found = header.indexOf(name);
  if (found === -1) throw new UnreadableElection(`there is no column \`${name}\`; the columns are ${header.map(shown).join(', ')}`);
  if (header.includes(name, found + 1)) throw new UnreadableElection(`two columns are called \`${name}\``);
  return found;
}

function layoutOf(record: string, meaning: CsvMeaning): Layout {
  const header = cellsOf(record, meaning.separator);
  if (header === undefined) throw new UnreadableElection('a quote is open in the header');
  const weightAt = meaning.weightColumn === undefined ? -1 : columnOf(header, meaning.weightColumn);
  const ballotAt = meaning.columns?.map((name) => columnOf(header, name)) ?? header.map((_, index) => index).filter((index) => index !== weightAt);
  if (ballotAt.includes(weightAt)) throw new UnreadableElection('the column of weights is also a column of the ballot');
  if (new Set(ballotAt).size < ballotAt.length) throw new UnreadableElection('a column of the ballot is named twice');
  const unnamed = ballotAt.find((index) => header[index] === '');
  if (unnamed !== undefined && meaning.cells !== 'names')
    throw new UnreadableElection(`column ${unnamed + 1} has no name: say with --columns which columns are the ballot`);
  const names = ballotAt.map((index) => header[index] ?? '');
  candidatesCountOf(String(names.length));
  return { width: header.length, weightAt, ballotAt, sink: sinkOf(names, meaning) };
}

function rowOf(record: string, layout: Layout, meaning: CsvMeaning): Row | string {
  const cells = cellsOf(record, meaning.separator);
  if (cells === undefined) return 'a quote is open or has text behind it';
  if (cells.length !== layout.width) return `it has ${cells.length} cells and the header has ${layout.width}`;
  const weight = layout.weightAt === -1 ? 1n : weightOf(cells[layout.weightAt]);
  if (typeof weight === 'string') return weight;
  return { weight, cells: layout.ballotAt.map((index) => cells[index] ?? '').map((cell) => (meaning.blank.includes(cell) ? '' : cell)) };
}

/** Reads a CSV file of ballots. @throws UnreadableElection where it has no header or a named column is not in it */
export async function readCsv(path: string, meaning: CsvMeaning): Promise<Election> {
  let layout: Layout | undefined;
  const joiner = recordJoiner((record, number) => {
    if (layout === undefined) {
      if (record.trim() !== '') layout = layoutOf(record, meaning);
      return;
    }
    // In a file of one column an empty line is a blank ballot; in others it is no row.
    if (record.trim() === '' && layout.width > 1) return;
    const row = rowOf(record, layout, meaning);
    const reason = typeof row === 'string' ? row : layout.sink.take(number, row);
    if (reason !== undefined) layout.sink.refuse(number, reason);
  });
  await eachLine(path, joiner.line);
  joiner.end();
  if (layout === undefined) throw new UnreadableElection('the file is empty');
  return layout.sink.finish();
}
