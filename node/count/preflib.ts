// Reads PrefLib's orders: soc and toc, and soi and toi, which may be incomplete. `# ALTERNATIVE NAME n: x` heads, then `weight: 1,{2,3},4`; or the form
// before 2022: the number of alternatives, a line `n,name` each, the three sums, then `weight,1,{2,3},4`. Both are checked against their own sums.
import { type Election, ForeignElection, UnreadableElection } from './election.ts';
import { eachLine } from './lines.ts';
import { plainNumbers } from './plain-numbers.ts';
import { type Rows, candidatesCountOf, candidatesOf, newRows, weightOf } from './rows.ts';

/** Splits `1,{2,3},4` into groups. @returns undefined where braces do not match */
function groupsOf(text: string): string[][] | undefined {
  const compact = text.replace(/\s+/gu, '');
  if (compact === '') return [];
  if (!/^(?:\d+|\{\d+(?:,\d+)*\})(?:,(?:\d+|\{\d+(?:,\d+)*\}))*$/u.test(compact)) return undefined;
  return (compact.match(/\d+|\{[\d,]+\}/gu) ?? []).map((group) => group.replace(/[{}]/gu, '').split(','));
}

function placesOf(groups: readonly (readonly string[])[], size: number): readonly number[] | string {
  const places = Array.from<number>({ length: size }).fill(0);
  for (const [index, group] of groups.entries()) {
    for (const part of group) {
      const candidate = Number(part);
      if (!(candidate >= 1 && candidate <= size)) return `\`${part.slice(0, 40)}\` is not the number of an alternative`;
      if (places[candidate - 1] !== 0) return `alternative ${candidate} is on it twice`;
      places[candidate - 1] = index + 1;
    }
  }
  return places;
}

/** What the extension promises of each ballot; one that breaks it is malformed. */
function promised(extension: string, places: readonly number[]): string | undefined {
  const ranked = places.filter((place) => place !== 0);
  if (extension.endsWith('c') && ranked.length < places.length) return 'it does not rank everybody';
  return extension.startsWith('s') && new Set(ranked).size < ranked.length ? 'it ranks two alternatives equal' : undefined;
}

/** One file while it is read. `names` fills from a head with `#`, or line by line in the older form. */
class PreflibReader {
  private readonly extension: string;
  private readonly names = new Map<number, string>();
  private size: number | undefined;
  private title = '';
  private isOlder = false;
  private isStarted = false;
  private rows: Rows | undefined;
  private readonly numbers: number[] = [];
  private readonly places: number[] = [];
  private votersStated: string | undefined;
  private voters: bigint | undefined = 0n;

  constructor(extension: string) {
    this.extension = extension;
  }

  take(raw: string, number: number): void {
    const line = raw.trim();
    if (line === '') return;
    this.isStarted = true;
    if (line.startsWith('#')) {
      this.takeHead(line);
      return;
    }
    if (this.size === undefined) {
      if (!/^\d{1,6}$/u.test(line)) throw new ForeignElection('the line `# NUMBER ALTERNATIVES` is missing');
      this.size = candidatesCountOf(line);
      this.isOlder = true;
    } else if (this.isOlder && this.names.size < this.size) this.takeOlderName(line, number);
    else if (this.isOlder && this.votersStated === undefined) this.takeOlderSums(line, number);
    else this.takeOrder(line, number, this.size);
  }

  private takeHead(line: string): void {
    const [, key, value] = /^#\s*([^:]+):\s*(.*)$/u.exec(line) ?? [];
    const alternative = /^ALTERNATIVE NAME (\d{1,6})$/u.exec(key ?? '')?.[1];
    if (key === 'NUMBER ALTERNATIVES') this.size = candidatesCountOf(value);
    else if (key === 'NUMBER VOTERS') this.votersStated = value;
    else if (key === 'TITLE') this.title = value ?? '';
    else if (alternative !== undefined) this.names.set(Number(alternative), value ?? '');
  }

  private takeOlderName(line: string, number: number): void {
    const [, index, name] = /^(\d{1,6})\s*,\s*(.*)$/u.exec(line) ?? [];
    if (Number(index) !== this.names.size + 1 || name === undefined)
      throw new UnreadableElection(`line ${number} is not the name of alternative ${this.names.size + 1}`);
    this.names.set(Number(index), name);
  }

  private takeOlderSums(line: string, number: number): void {
    const sums = /^(\d{1,15})\s*,\s*(\d{1,15})\s*,\s*\d{1,15}$/u.exec(line);
    if (sums === null) throw new UnreadableElection(`line ${number} is not the numbers of voters, of their sum and of orders`);
    this.votersStated = sums[2];
  }

  /** Takes an order of plain numbers that the extension allows. @returns false where it is not, and nothing was taken */
  private takePlain(line: string, number: number, size: number, rows: Rows): boolean {
    const { numbers, places } = this;
    const colon = this.isOlder ? line.indexOf(',') : line.indexOf(':');
    if (colon < 1 || plainNumbers(line.slice(0, colon), 0, 32, numbers) !== 1) return false;
    const weight = numbers[0] ?? 0;
    const count = plainNumbers(line, colon + 1, 44, numbers);
    if (weight === 0 || count < 1 || line.endsWith(',') || (count < size && this.extension.endsWith('c'))) return false;
    places.length = size;
    places.fill(0);
    for (let index = 0; index < count; index += 1) {
      const candidate = numbers[index] ?? 0;
      if (candidate < 1 || candidate > size || places[candidate - 1] !== 0) return false;
      places[candidate - 1] = index + 1;
    }
    if (this.voters !== undefined) this.voters += BigInt(weight);
    rows.append(number, BigInt(weight), places);
    return true;
  }

  private takeOrder(line: string, number: number, size: number): void {
    this.rows ??= newRows(size);
    if (this.takePlain(line, number, size, this.rows)) return;
    const end = line.search(this.isOlder ? /,|$/u : /:|$/u);
    const weight = weightOf(line.slice(0, end).trim());
    const groups = groupsOf(line.slice(end + 1));
    const places = groups === undefined ? 'it is not an order of numbers' : placesOf(groups, size);
    const reason = typeof weight === 'string' ? weight : typeof places === 'string' ? places : promised(this.extension, places);
    this.voters = typeof weight === 'string' || this.voters === undefined ? undefined : this.voters + weight;
    if (reason !== undefined) this.rows.refuse(number, reason);
    else if (typeof weight !== 'string' && typeof places !== 'string') this.rows.append(number, weight, places);
  }

  finish(): Election {
    const { size, names, votersStated } = this;
    if (!this.isStarted) throw new UnreadableElection('the file is empty');
    if (size === undefined) throw new ForeignElection('the line `# NUMBER ALTERNATIVES` is missing');
    const foreign = [...names.keys()].find((name) => name < 1 || name > size);
    if (foreign !== undefined) throw new UnreadableElection(`alternative ${foreign} has a name and there are ${size}`);
    // A file that was cut off has fewer ballots than its head says, and nothing else would show it.
    if (votersStated !== undefined && this.voters !== undefined && this.voters.toString() !== votersStated)
      throw new UnreadableElection(`the head says ${votersStated.slice(0, 40)} voters and the orders have ${this.voters}`);
    const candidates = candidatesOf(Array.from({ length: size }, (_, index) => names.get(index + 1) ?? `alternative ${index + 1}`));
    return (this.rows ?? newRows(size)).finish({ title: this.title, candidates, seats: undefined });
  }
}

/** Reads a PrefLib file of orders. @param extension - `soc`, `toc`, `soi` or `toi` @throws UnreadableElection where it is none or does not fit its own sums */
export async function readPreflib(path: string, extension: string): Promise<Election> {
  const reader = new PreflibReader(extension);
  await eachLine(path, (raw, number) => reader.take(raw, number));
  return reader.finish();
}
