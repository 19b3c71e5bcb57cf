// Reads BLT, the format of OpenSTV, OpaVote and droop: counts, withdrawn, one ballot a line ended by 0, a line 0, names, title. `a=b` ranks equal, `-` skips a place.
import { type Election, UnreadableElection } from './election.ts';
import { eachLine } from './lines.ts';
import { type Rows, candidatesCountOf, candidatesOf, newRows, weightOf } from './rows.ts';

interface Head {
  readonly size: number;
  readonly seats: number;
  readonly withdrawn: Set<number>;
}

/** Reads the choices of one ballot into places, 0-based columns of the candidates who stand. */
function placesOf(choices: readonly string[], columns: readonly number[], standing: number): readonly number[] | string {
  const places = Array.from<number>({ length: standing }).fill(0);
  const seen = new Set<number>();
  let place = 0;
  for (const choice of choices) {
    if (choice === '-') continue;
    place += 1;
    for (const part of choice.split('=')) {
      const candidate = /^\d{1,6}$/u.test(part) ? Number(part) : 0;
      const column = columns[candidate - 1];
      if (column === undefined) return `\`${part.slice(0, 40)}\` is not the number of a candidate`;
      if (seen.has(candidate)) return `candidate ${candidate} is on it twice`;
      seen.add(candidate);
      if (column >= 0) places[column] = place;
    }
  }
  return places;
}

function takeBallot(words: readonly string[], line: number, rows: Rows, columns: readonly number[]): void {
  const [first, ...rest] = words[0]?.startsWith('(') === true ? ['1', ...words.slice(1)] : words;
  const standing = columns.filter((column) => column >= 0).length;
  const weight = weightOf(first);
  if (typeof weight === 'string') rows.refuse(line, weight);
  else if (rest.at(-1) !== '0') rows.refuse(line, 'it does not end in 0');
  else {
    const places = placesOf(rest.slice(0, -1), columns, standing);
    if (typeof places === 'string') rows.refuse(line, places);
    else rows.append(line, weight, places);
  }
}

function headOf(words: readonly string[]): Head {
  const seats = /^\d{1,6}$/u.test(words[1] ?? '') ? Number(words[1]) : 0;
  if (words.length !== 2 || seats < 1) throw new UnreadableElection('the first line is not the numbers of candidates and seats');
  return { size: candidatesCountOf(words[0]), seats, withdrawn: new Set() };
}

/** Reads a BLT file. Withdrawn candidates are left out, and preferences for them are passed over. @throws UnreadableElection where it is none */
export async function readBlt(path: string): Promise<Election> {
  let head: Head | undefined;
  let rows: Rows | undefined;
  let columns: number[] = [];
  let names: string[] | undefined;
  await eachLine(path, (raw, number) => {
    if (names !== undefined) {
      const name = /^\s*"(.*)"\s*(?:#.*)?$/u.exec(raw)?.[1];
      if (name !== undefined) names.push(name);
      return;
    }
    const line = raw.replace(/#.*$/u, '').trim();
    if (line === '' || line.startsWith('[')) return;
    const words = line.split(/\s+/u);
    if (head === undefined) {
      head = headOf(words);
      return;
    }
    if (rows === undefined && words.every((word) => /^-\d{1,6}$/u.test(word))) {
      for (const word of words) head.withdrawn.add(-Number(word));
      return;
    }
    if (rows === undefined) {
      const { withdrawn, size } = head;
      let column = -1;
      columns = Array.from({ length: size }, (_, index) => (withdrawn.has(index + 1) ? -1 : (column += 1)));
      rows = newRows(size - withdrawn.size);
    }
    if (line === '0') names = [];
    else takeBallot(words, number, rows, columns);
  });
  if (head === undefined || rows === undefined || names === undefined) throw new UnreadableElection('the ballots are not ended by a line with 0');
  const { size, seats } = head;
  if (names.length < size) throw new UnreadableElection(`there are ${size} candidates and ${names.length} names`);
  const candidates = candidatesOf(names.slice(0, size)).filter((_, index) => (columns[index] ?? -1) >= 0);
  return rows.finish({ title: names[size] ?? '', candidates, seats });
}
