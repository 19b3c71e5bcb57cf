// The door for pushes and fetches over a line that stays open, as ssh does: git's own server programs with a gdo code for what git itself refuses.
import type { Readable, Writable } from 'node:stream';
import { codedReport, errorPacket } from './report.ts';
import { runServer, servedDirectory, type ServerRun, type Service } from './serving.ts';

/** The streams of one peer, and where a line goes that no protocol carries. */
export interface Peer {
  readonly input: Readable;
  readonly output: Writable;
  readonly say: (line: string) => void;
}

/**
 * Reads what ssh hands to a forced command: `git-receive-pack '/srv/ledger.git'`. The path is not looked at: the forced command says which
 * repository it serves. @returns undefined for anything else
 */
export function askedService(command: string): Service | undefined {
  const name = /^git[- ](receive|upload)-pack '[^']{0,4096}'$/.exec(command)?.[1];
  return name === 'receive' ? 'receive-pack' : name === 'upload' ? 'upload-pack' : undefined;
}

/**
 * Serves one peer of the shared repository at `path`. @returns the exit status of git
 * @throws WorldError GDO5020 where there is no repository, or no gate in it: without the gate nothing is taken
 */
export async function servePeer(path: string, service: Service, peer: Peer, inside: Pick<ServerRun, 'judge' | 'signal'> = {}): Promise<number> {
  const gitDirectory = servedDirectory(path, service);
  const report = codedReport((bytes) => peer.output.write(bytes));
  const output = (part: Buffer): void => (service === 'receive-pack' ? report.take(part) : void peer.output.write(part));
  const end = await runServer({ gitDirectory, service, words: [service, gitDirectory], input: peer.input, output, sink: peer.output, ...inside });
  report.end();
  if (end.code !== 0 && !report.isCoded()) peer.say(report.lastWords(end.words));
  if (end.fault !== undefined) throw end.fault;
  return end.code;
}

/** A line for a peer over whose connection nothing else goes: git shows it as the error of the other side. */
export function sayInBand(output: Writable): (line: string) => void {
  return (line) => output.write(errorPacket(line));
}
