// Gathers ranked ballots from a line reader into a compact table, and beside it every line that is no ballot. The formats are blt.ts, preflib.ts and csv.ts.
import { ballotTableBuilder, type CountCandidate } from '../../engine/index.ts';
import { type Election, type MalformedBallot, UnreadableElection, malformedListedMax } from './election.ts';

/** A growing election. `append` and `refuse` are called once per ballot line, in order. */
export interface Rows {
  readonly append: (line: number, weight: bigint, places: readonly number[]) => void;
  readonly refuse: (line: number, reason: string) => void;
  readonly finish: (about: { readonly title: string; readonly candidates: readonly CountCandidate[]; readonly seats: number | undefined }) => Election;
}

/** Starts an election with a known number of candidates. */
export function newRows(candidatesCount: number): Rows {
  const builder = ballotTableBuilder(candidatesCount);
  let lines = new Uint32Array(64);
  let count = 0;
  const malformed: MalformedBallot[] = [];
  let malformedCount = 0;
  return {
    append: (line, weight, places) => {
      builder.append(weight, places);
      if (count === lines.length) {
        const larger = new Uint32Array(lines.length * 2);
        larger.set(lines);
        lines = larger;
      }
      lines[count] = line;
      count += 1;
    },
    refuse: (line, reason) => {
      malformedCount += 1;
      if (malformed.length < malformedListedMax) malformed.push({ line, reason });
    },
    finish: ({ title, candidates, seats }) => ({
      title,
      candidates,
      profile: { kind: 'table', candidates, table: builder.finish() },
      seats,
      malformed,
      malformedCount,
      lineOf: (row) => lines[row] ?? 0,
    }),
  };
}

/** Candidates from names: the name is the id, and where two share one, both get their number too, also in what is shown: nobody could tell who won. */
export function candidatesOf(names: readonly string[]): CountCandidate[] {
  const count = new Map<string, number>();
  for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
  return names.map((name, index) => {
    const id = count.get(name) === 1 ? name : `${name} (${index + 1})`;
    return { id, name: id };
  });
}

/** More candidates than a ballot paper has. */
export const candidatesCountMax = 1_000;

/** Reads a number of candidates from a header. @throws UnreadableElection for anything but 1 to 1,000 */
export function candidatesCountOf(text: string | undefined): number {
  const value = /^\d{1,6}$/u.test(text ?? '') ? Number(text) : 0;
  if (value < 1 || value > candidatesCountMax) throw new UnreadableElection(`the number of candidates is not 1 to ${candidatesCountMax}`);
  return value;
}

/** Reads a weight: digits only, 1 or more. @returns a reason where it is not one */
export function weightOf(text: string | undefined): bigint | string {
  if (text === '1') return 1n;
  if (!/^\d{1,40}$/u.test(text ?? '')) return 'its weight is not a whole number of 1 or more';
  const weight = BigInt(text ?? '0');
  return weight < 1n ? 'its weight is not 1 or more' : weight;
}
