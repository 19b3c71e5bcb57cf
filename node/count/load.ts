// Loads an election file as the flags of `gdo count` describe it, and makes errors of the command line of whatever is wrong with it.
import { resolve } from 'node:path';
import type { Method } from '../../engine/index.ts';
import { UsageError, WorldError } from '../cli/command.ts';
import { visible } from '../cli/terminal.ts';
import { type CsvSeparator, cellsOf } from './csv-cells.ts';
import type { CsvCells, CsvMeaning } from './csv.ts';
import { type Election, ForeignElection, UnreadableElection } from './election.ts';
import type { Flags } from './flags.ts';
import { eachLine } from './lines.ts';
import { electionFormats, formatOf, readElection } from './read-election.ts';

const systemReasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'you have no right to read it'],
  ['ENOTDIR', 'part of its path is no folder'],
]);

/** What to do about a file that cannot be read: its line, or its format where nothing in it is of that. */
function nextStep(error: UnreadableElection): string {
  if (error instanceof ForeignElection) return `look at the file, or say with --format what it is: ${electionFormats.join(', ')}`;
  const line = /^(?:after )?line (\d+) /.exec(error.message)?.[1];
  return line === undefined ? 'mend the file, and count again' : `mend line ${line} of the file, and count again`;
}

/** Runs a reader and says in words of the command line why a file cannot be read. @throws WorldError GDO5022 */
export async function reading<Read>(path: string, what: string, read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnreadableElection)
      throw new WorldError('GDO5022', `\`${visible(path)}\` is no ${what}: ${visible(error.message)}`, nextStep(error), error);
    if (error instanceof Error && 'syscall' in error && 'code' in error)
      throw new WorldError(
        'GDO5022',
        `\`${visible(path)}\` cannot be read: ${systemReasons.get(String(error.code)) ?? visible(String(error.code))}`,
        'look at its name and its rights',
        error,
      );
    throw error;
  }
}

function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function cellsMeant(flags: Flags, method: Method): CsvCells {
  const direction = textOf(flags, 'direction');
  if (direction === 'column-per-rank') return 'names';
  if (method === 'yes-no') return 'names';
  if (method === 'score' || method === 'star') return 'scores';
  if (method === 'approval') return 'marks';
  if (direction === 'lower-is-better' || direction === 'higher-is-better') return direction;
  throw new UsageError(
    'GDO5002',
    `\`--direction\` is ${direction === undefined ? 'missing' : 'wrong'}: a CSV does not say which way its numbers run`,
    'say lower-is-better where 1 is the best, higher-is-better where the largest number is, column-per-rank where cells name candidates',
  );
}

/** A list as a flag gives it: `a,b,"c, d"`. */
function listed(flags: Flags, name: string): readonly string[] | undefined {
  const text = textOf(flags, name);
  if (text === undefined) return undefined;
  const names = cellsOf(text, ',');
  if (names === undefined || names.includes(''))
    throw new UsageError('GDO5002', `\`--${name}\` is no list of names`, 'write names between commas, in quotes where a name has a comma');
  return names;
}

const separators: ReadonlyMap<string, CsvSeparator> = new Map([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
]);

function meaningOf(flags: Flags, method: Method, choices: readonly string[] | undefined): CsvMeaning {
  const separator = separators.get(textOf(flags, 'separator') ?? 'comma');
  if (separator === undefined) throw new UsageError('GDO5002', '`--separator` is wrong', 'say comma, semicolon or tab');
  return {
    cells: cellsMeant(flags, method),
    separator,
    weightColumn: textOf(flags, 'weightColumn'),
    columns: listed(flags, 'columns'),
    candidates: choices ?? listed(flags, 'candidates'),
    blank: listed(flags, 'blank') ?? [],
  };
}

const csvFlags = ['direction', 'weightColumn', 'columns', 'candidates', 'blank', 'separator'];

/** Reads affiliations from a CSV of two columns without a header: candidate, affiliation. */
async function readAffiliations(path: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  await eachLine(path, (line, number) => {
    if (line.trim() === '') return;
    const [candidate, affiliation, ...more] = cellsOf(line, ',') ?? [];
    if (candidate === undefined || affiliation === undefined || affiliation === '' || more.length > 0)
      throw new UnreadableElection(`line ${number} is not a candidate, a comma and an affiliation`);
    if (found.has(candidate)) throw new UnreadableElection(`line ${number} names \`${candidate}\` again`);
    found.set(candidate, affiliation);
  });
  return found;
}

function withAffiliations(election: Election, affiliations: ReadonlyMap<string, string>): Election {
  const known = new Set(election.candidates.flatMap(({ id, name }) => [id, name]));
  for (const name of affiliations.keys()) if (!known.has(name)) throw new UnreadableElection(`\`${name}\` is not a candidate of this election`);
  const candidates = election.candidates.map((candidate) => {
    const own = affiliations.get(candidate.id) ?? affiliations.get(candidate.name);
    const others = (candidate.groups ?? []).filter(([attribute]) => attribute !== 'affiliation');
    return own === undefined ? candidate : { ...candidate, groups: [...others, ['affiliation', own] as const] };
  });
  return { ...election, candidates, profile: { ...election.profile, candidates } };
}

/**
 * Loads the file of a command line.
 * @param choices - the options of a motion, which a CSV may name; absent for elections
 * @throws UsageError GDO5002, WorldError GDO5022
 */
export async function loadElection(
  path: string,
  flags: Flags,
  about: { readonly cwd: string; readonly method: Method; readonly choices: readonly string[] | undefined },
): Promise<Election> {
  const asked = textOf(flags, 'format');
  const format = asked === undefined ? formatOf(path) : electionFormats.find((each) => each === asked);
  if (format === undefined) {
    const why = path.toLowerCase().endsWith('.cat') ? 'The file holds categories and no orders' : 'The format of the file is not known';
    throw new UsageError('GDO5002', why, `name it with --format: ${electionFormats.join(', ')}`);
  }
  const foreign = format === 'csv' ? undefined : csvFlags.find((name) => flags[name] !== undefined);
  if (foreign !== undefined)
    throw new UsageError(
      'GDO5002',
      `\`--${foreign.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}\` is for CSV files, and this one is ${format}`,
      'leave it out',
    );
  const csv = format === 'csv' ? meaningOf(flags, about.method, about.choices) : undefined;
  const election = await reading(path, 'election', () => readElection(path, format, csv));
  const affiliations = textOf(flags, 'affiliations');
  if (affiliations === undefined) return election;
  const file = resolve(about.cwd, affiliations);
  return reading(file, 'list of affiliations', async () => withAffiliations(election, await readAffiliations(file)));
}
