// Chooses the reader of an election file by its format and makes one kind of failure of all their troubles.
import { readFile } from 'node:fs/promises';
import { unreachable } from '../../engine/index.ts';
import { readBlt } from './blt.ts';
import { type CsvMeaning, readCsv } from './csv.ts';
import { type Election, ForeignElection, UnreadableElection } from './election.ts';
import { readElectionJson } from './election-json.ts';
import { readPreflib } from './preflib.ts';

/** Every format that can be read, which are also the file endings. */
export const electionFormats = ['json', 'blt', 'soc', 'toc', 'soi', 'toi', 'csv'] as const;

/** One of `electionFormats`. */
export type ElectionFormat = (typeof electionFormats)[number];

/** The format by the ending of a path, if it is one. Pure. */
export function formatOf(path: string): ElectionFormat | undefined {
  return electionFormats.find((format) => path.toLowerCase().endsWith(`.${format}`));
}

async function readJson(path: string): Promise<Election> {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof TypeError && !('syscall' in error)))
      throw new ForeignElection('the file is not JSON in UTF-8', { cause: error });
    throw error;
  }
  return readElectionJson(document);
}

/**
 * Reads an election file, streaming for all formats but JSON.
 * @param csv - needed for CSV only
 * @throws UnreadableElection where it is no election; errors of the file system pass through
 */
export async function readElection(path: string, format: ElectionFormat, csv: CsvMeaning | undefined): Promise<Election> {
  switch (format) {
    case 'json':
      return readJson(path);
    case 'blt':
      return readBlt(path);
    case 'soc':
    case 'toc':
    case 'soi':
    case 'toi':
      return readPreflib(path, format);
    case 'csv':
      if (csv === undefined) throw new UnreadableElection('a CSV file does not say which way its numbers run');
      return readCsv(path, csv);
    default:
      return unreachable(format);
  }
}
