// The door for pushes and fetches: git's own server programs, started under limits, with a gdo code for what git itself refuses before any hook of ours runs.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { WorldError } from '../cli/command.ts';
import { strangerCall } from '../git/child.ts';
import { findGitDirectory } from '../git/repository.ts';
import { codedReport } from './report.ts';

/** Longest stay of one peer: whoever sends more slowly than this is sent away (node.md section 7). */
const stayMs = 300_000;

/** The two things a peer may ask for. */
export type Service = 'receive-pack' | 'upload-pack';

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
export function servePeer(path: string, service: Service, peer: Peer): Promise<number> {
  const place = findGitDirectory(path);
  if (place === undefined) throw new WorldError('GDO5020', `There is no git repository at ${path}`, 'name the bare repository that members push to');
  if (service === 'receive-pack') mustHaveGate(place.gitDirectory);
  const call = strangerCall({ arguments: ['-c', 'core.hooksPath=hooks', ...receiveOptions, service, place.gitDirectory] });
  return new Promise((resolve, reject) => {
    const child = spawn(call.file, call.arguments, { env: call.environment, stdio: ['pipe', 'pipe', 'pipe'] });
    const report = codedReport((bytes) => peer.output.write(bytes));
    let words = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), stayMs);
    // What was started for this peer ends with it, whatever it was doing.
    peer.input.on('error', () => child.stdin.end());
    child.stdin.on('error', () => peer.input.resume());
    peer.input.pipe(child.stdin);
    child.stdout.on('data', (part: Buffer) => (service === 'receive-pack' ? report.take(part) : peer.output.write(part)));
    child.stderr.on('data', (part: Buffer) => {
      words = (words + part.toString('utf8')).slice(-wordsMax);
    });
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new WorldError('GDO5024', 'Git could not be started', 'run the same command again with -vv', cause));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      report.end();
      if (code !== 0 && !report.isCoded()) peer.say(report.lastWords(words));
      resolve(code ?? 128);
    });
  });
}

/** Kept of what git says on its error stream. */
const wordsMax = 4096;

const receiveOptions = [
  'receive.unpackLimit=1',
  'receive.denyDeletes=true',
  'receive.autogc=false',
  'receive.advertisePushOptions=false',
  'receive.certNonceSeed=',
  'core.fsync=committed,loose-object,pack-metadata,reference',
].flatMap((option) => ['-c', option]);

function mustHaveGate(gitDirectory: string): void {
  try {
    accessSync(join(gitDirectory, 'hooks', 'pre-receive'), constants.X_OK);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new WorldError('GDO5020', 'This repository has no gate, so nothing is taken', 'install it:  gdo hook install --server', error);
  }
}
