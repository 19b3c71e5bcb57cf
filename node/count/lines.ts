// Goes through a text file line by line without holding it, so that a million ballots fit. It knows no format.
import { createReadStream } from 'node:fs';
import { UnreadableElection } from './election.ts';

/** A longer line is no ballot: with 1,000 candidates and 20 bytes each a line has 20,000. */
const lineLengthMax = 1_048_576;

/** Calls `take` with every line, without its end, and its number from 1. @throws UnreadableElection for a line over 1 MiB or bytes that are not UTF-8 */
export async function eachLine(path: string, take: (line: string, number: number) => void): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 0;
  const emit = (line: string): void => {
    number += 1;
    const own = line.endsWith('\r') ? line.slice(0, -1) : line;
    // Lines that end in a carriage return alone would make the whole file one line, and one ballot of it.
    if (own.includes('\r')) throw new UnreadableElection(`line ${number} has a carriage return in it: line ends are \\n or \\r\\n`);
    take(own, number);
  };
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (error) {
      if (error instanceof TypeError)
        throw new UnreadableElection(number === 0 ? 'it is not UTF-8: save it as UTF-8' : `after line ${number} it is not UTF-8: save it as UTF-8`, {
          cause: error,
        });
      throw error;
    }
  };
  for await (const chunk of createReadStream(path)) {
    if (!(chunk instanceof Uint8Array)) continue;
    const lines = (rest + decode(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > lineLengthMax) throw new UnreadableElection(`line ${number + 1} is longer than 1 MiB`);
    for (const line of lines) emit(line);
  }
  rest += decode();
  if (rest !== '') emit(rest);
}
