// Reads BLT, the format of OpenSTV, OpaVote and droop: counts, withdrawn, ballots ended by 0, a 0 alone, names, title. `a=b` ranks equal, `-` skips a place,
// `[withdrawn 4]` and `-4` say who withdrew, `[nick a b c]` gives short names, `(id7)` names a ballot. Others' options in brackets are refused.
import { type Election, ForeignElection, UnreadableElection } from './election.ts';
import { eachLine } from './lines.ts';
import { plainNumbers } from './plain-numbers.ts';
import { type Rows, candidatesCountOf, candidatesOf, newRows, weightOf } from './rows.ts';

interface Head {
  readonly size: number;
  readonly seats: number;
  readonly withdrawn: Set<number>;
  readonly nicks: Map<string, number>;
}

/** The ballots part: columns by candidate, -1 for who withdrew, and the words of a ballot that has not ended. */
interface Body {
  readonly rows: Rows;
  readonly columns: readonly number[];
  readonly standing: number;
  /** Reused for each plain line. */
  readonly numbers: number[];
  readonly places: number[];
}

/** Reads the choices of one ballot into places, 0-based columns of the candidates who stand. */
function placesOf(choices: readonly string[], head: Head, { columns, standing }: Body): readonly number[] | string {
  const places = Array.from<number>({ length: standing }).fill(0);
  const seen = new Set<number>();
  let place = 0;
  for (const choice of choices) {
    if (choice === '-') continue;
    place += 1;
    for (const part of choice.split('=')) {
      const candidate = head.nicks.get(part) ?? (/^\d{1,6}$/u.test(part) ? Number(part) : 0);
      const column = columns[candidate - 1];
      if (column === undefined) return `\`${part.slice(0, 40)}\` is not the number of a candidate`;
      if (seen.has(candidate)) return `candidate ${candidate} is on it twice`;
      seen.add(candidate);
      if (column >= 0) places[column] = place;
    }
  }
  return places;
}

function takeBallot(words: readonly string[], line: number, head: Head, body: Body): void {
  const [first, ...choices] = words[0]?.startsWith('(') === true ? ['1', ...words.slice(1)] : words;
  const weight = weightOf(first);
  if (typeof weight === 'string') body.rows.refuse(line, weight);
  else {
    const places = placesOf(choices, head, body);
    if (typeof places === 'string') body.rows.refuse(line, places);
    else body.rows.append(line, weight, places);
  }
}

/** Takes a line that is one ballot of plain numbers and nothing else. @returns false where it is not, and nothing was taken */
function takePlain(line: string, number: number, { rows, columns, numbers, places }: Body): boolean {
  const count = plainNumbers(line, 0, 32, numbers);
  const weight = numbers[0] ?? 0;
  if (count < 2 || weight === 0 || numbers[count - 1] !== 0) return false;
  places.fill(0);
  for (let index = 1; index < count - 1; index += 1) {
    const column = columns[(numbers[index] ?? 0) - 1];
    if (column === undefined || (column >= 0 && places[column] !== 0)) return false;
    // Who withdrew may stand on a ballot twice only in the eyes of the slower reader, which says so.
    if (column < 0 && numbers.indexOf(numbers[index] ?? 0, 1) < index) return false;
    if (column >= 0) places[column] = index;
  }
  rows.append(number, BigInt(weight), places);
  return true;
}

/** Takes the ballots of one line, each ended by 0. @returns true where the 0 stood that ends all ballots */
function takeLine(words: readonly string[], line: number, head: Head, body: Body): boolean {
  let ballot: string[] = [];
  for (const [index, word] of words.entries()) {
    if (word !== '0') ballot.push(word);
    // A 0 at its place is a weight of 0 where choices follow, and the end of all ballots where nothing does.
    else if (ballot.length > 0) {
      takeBallot(ballot, line, head, body);
      ballot = [];
    } else if (index === words.length - 1) return true;
    else ballot.push(word);
  }
  if (ballot.length > 0) body.rows.refuse(line, 'it does not end in 0');
  return false;
}

function headOf(words: readonly string[]): Head {
  const seats = /^\d{1,6}$/u.test(words[1] ?? '') ? Number(words[1]) : 0;
  if (seats < 1) throw new ForeignElection('the first line is not the numbers of candidates and seats');
  return { size: candidatesCountOf(words[0]), seats, withdrawn: new Set(), nicks: new Map() };
}

function withdraw(head: Head, words: readonly string[]): void {
  for (const word of words) {
    const candidate = head.nicks.get(word) ?? (/^\d{1,6}$/u.test(word) ? Number(word) : 0);
    if (candidate < 1 || candidate > head.size) throw new UnreadableElection(`\`${word.slice(0, 40)}\` withdrew and is not the number of a candidate`);
    head.withdrawn.add(candidate);
  }
}

/** Options in brackets before the ballots. What would change who wins and is not known here is refused; `tie` is, because ties are declared elsewhere. */
function takeOption(head: Head, text: string): void {
  const [name = '', ...words] = text.split(/\s+/u).filter((word) => word !== '');
  switch (name) {
    case 'nick':
      if (words.length !== head.size || new Set(words).size < words.length) throw new UnreadableElection('`[nick ...]` does not name each candidate once');
      words.forEach((word, index) => head.nicks.set(word, index + 1));
      return;
    case 'withdrawn':
      withdraw(head, words);
      return;
    case 'tie':
      // An order for ties in the file: it is not used, because the rule for ties comes from the bylaws and not from who typed the ballots.
      return;
    default:
      throw new UnreadableElection(`the option \`[${name.slice(0, 40)} ...]\` is not known, and it may change who wins`);
  }
}

function startBody(head: Head): Body {
  let column = -1;
  const columns = Array.from({ length: head.size }, (_, index) => (head.withdrawn.has(index + 1) ? -1 : (column += 1)));
  const standing = head.size - head.withdrawn.size;
  if (standing < 1) throw new UnreadableElection('every candidate withdrew');
  return { rows: newRows(standing), columns, standing, numbers: [], places: Array.from<number>({ length: standing }) };
}

/** A quoted text and what follows it on the line, or undefined where the line does not begin with one. */
function quotedOf(line: string): readonly [text: string, rest: string] | undefined {
  // Several on a line, or one that has quotes inside, doubled as in a CSV or as they are: `"John ""Jack"" Doe"`, `"John "Jack" Doe"`.
  const match = /^"((?:[^"]|"")*)"\s*((?:["#].*)?)$/u.exec(line) ?? /^"(.*)"\s*((?:#.*)?)$/u.exec(line);
  return match === null ? undefined : [(match[1] ?? '').replaceAll('""', '"'), match[2] ?? ''];
}

/** Takes names and the title, several on a line or one; whatever stands behind the title is a note. @throws UnreadableElection for other text before it */
function takeNames(raw: string, number: number, names: string[], size: number): void {
  for (let rest = raw.trim(); rest !== '' && !rest.startsWith('#');) {
    const quoted = quotedOf(rest);
    if (quoted === undefined && names.length > size) return;
    if (quoted === undefined) throw new UnreadableElection(`line ${number} is no name in quotes`);
    names.push(quoted[0]);
    rest = quoted[1].trim();
  }
}

/** Takes what stands before and among the ballots. */
class BltReader {
  head: Head | undefined;
  body: Body | undefined;
  names: string[] | undefined;

  take(raw: string, number: number): void {
    if (this.names !== undefined) {
      takeNames(raw, number, this.names, this.head?.size ?? 0);
      return;
    }
    if (this.body !== undefined && takePlain(raw, number, this.body)) return;
    // Names may stand behind the last ballot on its line; a # within them is no comment.
    const quote = /^[^#"]*(?=")/u.exec(raw)?.[0].length;
    let line = (quote === undefined ? raw.replace(/#.*$/u, '') : raw.slice(0, quote)).trim();
    if (line === '' && quote === undefined) return;
    if (this.head === undefined) {
      const words = line.split(/\s+/u);
      this.head = headOf(words);
      line = words.slice(2).join(' ');
      if (/^[^\d([-]/u.test(line)) throw new UnreadableElection('behind the numbers of candidates and seats stands something else; a remark begins with #');
    }
    const { head } = this;
    for (let option = /^\[([^\]]*)\]\s*/u.exec(line); option !== null; option = /^\[([^\]]*)\]\s*/u.exec(line)) {
      if (this.body !== undefined) throw new UnreadableElection(`line ${number} has an option in brackets after a ballot`);
      takeOption(head, option[1] ?? '');
      line = line.slice(option[0].length);
    }
    if (line === '' && quote === undefined) return;
    const words = line.split(/\s+/u);
    if (line !== '' && words.every((word) => /^-\d{1,6}$/u.test(word))) {
      // Ballots before it were read as if nobody had withdrawn.
      if (this.body !== undefined) throw new UnreadableElection(`line ${number} withdraws a candidate after a ballot`);
      withdraw(
        head,
        words.map((word) => word.slice(1)),
      );
      return;
    }
    this.body ??= startBody(head);
    if (takeLine(words, number, head, this.body)) {
      this.names = [];
      if (quote !== undefined) takeNames(raw.slice(quote), number, this.names, head.size);
    } else if (quote !== undefined) throw new UnreadableElection(`line ${number} has a text in quotes before the 0 that ends the ballots`);
  }
}

/** Reads a BLT file. Withdrawn candidates are left out, and preferences for them are passed over. @throws UnreadableElection where it is none */
export async function readBlt(path: string): Promise<Election> {
  const reader = new BltReader();
  await eachLine(path, (raw, number) => reader.take(raw, number));
  const { head, body, names } = reader;
  if (head === undefined) throw new UnreadableElection('the file is empty');
  if (body === undefined || names === undefined) throw new UnreadableElection('the ballots are not ended by a line with 0');
  const { size, seats } = head;
  if (names.length < size) throw new UnreadableElection(`it has ${names.length} of the names of ${size} candidates`);
  const candidates = candidatesOf(names.slice(0, size)).filter((_, index) => (body.columns[index] ?? -1) >= 0);
  return body.rows.finish({ title: names[size] ?? '', candidates, seats });
}
