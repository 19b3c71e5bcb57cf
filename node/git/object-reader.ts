// One long-lived `git cat-file --batch`: the way gdo reads objects. Requests are answered in the order asked.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { WorldError } from '../cli/command.ts';
import { gitArguments, gitEnvironment, gitPath } from './child.ts';
import type { GitObject, ObjectKind } from './object.ts';

/** node.md section 3: no object that gdo reads whole is larger. */
export const objectBytesMax: number = 16 * 1024 * 1024;

interface Waiting {
  readonly id: string;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Reads objects of one repository. `read` answers undefined for an object that is absent. */
export interface ObjectReader {
  readonly read: (id: string) => Promise<GitObject | undefined>;
  readonly close: () => void;
}

/**
 * Starts a reader; the child itself starts with the first request. @param options - of git, before the name of the command
 * A request for an object that git cannot read, or that is too large, rejects with WorldError (GDO5024, GDO4011) and names the object.
 */
export function objectReader(gitDirectory: string, environment: Readonly<Record<string, string>>, options: readonly string[] = []): ObjectReader {
  let child: ChildProcessWithoutNullStreams | undefined;
  let waiting: Waiting[] = [];
  const asked: string[] = [];
  let parts: Buffer[] = [];
  let bytesCount = 0;
  let errors = '';

  const stop = (code: 'GDO5024' | 'GDO4011' = 'GDO5024', words: string = errors): void => {
    child?.stdin.end();
    child?.kill('SIGKILL');
    child = undefined;
    const told = waiting;
    waiting = [];
    asked.length = 0;
    parts = [];
    bytesCount = 0;
    refuseAll(told, code, words);
  };

  const send = (): void => {
    const ids = asked.splice(0);
    // Whoever asked may have been told meanwhile that git stopped.
    if (ids.length > 0) child?.stdin.write(`${ids.join('\n')}\n`);
  };

  const take = (): void => {
    while (waiting.length > 0) {
      const answer = readAnswer(parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts));
      parts = [answer.rest];
      bytesCount = answer.rest.length;
      if (answer.kind === 'wait') return;
      if (answer.kind === 'too-large') return stop('GDO4011', `it is larger than ${objectBytesMax} bytes`);
      waiting.shift()?.resolve(answer.object);
    }
  };

  const start = (): ChildProcessWithoutNullStreams => {
    const started = spawn(gitPath(), gitArguments({ gitDirectory, arguments: [...options, 'cat-file', '--batch'] }), { env: gitEnvironment(environment) });
    errors = '';
    started.stdout.on('data', (part: Buffer) => {
      // A child that was stopped may still have said something: it belongs to no request.
      if (child !== started) return;
      parts.push(part);
      bytesCount += part.length;
      // Joining on every part would be quadratic for a large object: wait until it can be whole.
      if (needed(parts) <= bytesCount) take();
    });
    started.stderr.on('data', (part: Buffer) => (errors += part.toString('utf8')));
    started.stdin.on('error', () => undefined);
    const ended = (): void => {
      if (child === started) stop();
    };
    started.on('error', ended);
    started.on('close', ended);
    return started;
  };

  return {
    read: (id) =>
      new Promise((resolve, reject) => {
        child ??= start();
        waiting.push({ id, resolve, reject });
        asked.push(id);
        // What is asked for in one breath is written in one piece: a pipe costs more than the question.
        if (asked.length === 1) queueMicrotask(send);
      }),
    close: () => stop(),
  };
}

/** The first who waits is told what git said, the others that it stopped there. */
function refuseAll([first, ...rest]: readonly Waiting[], code: 'GDO5024' | 'GDO4011', words: string): void {
  const line = words.trim().split('\n').at(-1) ?? '';
  const help = 'run `gdo audit`: it names what is broken';
  first?.reject(new WorldError(code, `Git could not read object ${first.id}${line === '' ? '' : `: ${line}`}`, help));
  for (const one of rest) one.reject(new WorldError('GDO5024', `Object ${one.id} was not read, because git stopped at ${first?.id ?? ''}`, help));
}

type Answer =
  | { readonly kind: 'wait'; readonly rest: Buffer }
  | { readonly kind: 'too-large'; readonly rest: Buffer }
  | { readonly kind: 'answer'; readonly object: GitObject | undefined; readonly rest: Buffer };

/** Takes the first answer of `git cat-file --batch` off the bytes: `<id> <kind> <size>`, content, line feed; or `<id> missing`. */
function readAnswer(bytes: Buffer): Answer {
  const lineEnd = bytes.indexOf(0x0a);
  if (lineEnd < 0) return { kind: 'wait', rest: bytes };
  const [, kindText = '', sizeText = ''] = bytes.subarray(0, lineEnd).toString('latin1').split(' ');
  const kind = objectKind(kindText);
  const start = lineEnd + 1;
  if (kind === undefined) return { kind: 'answer', object: undefined, rest: bytes.subarray(start) };
  const size = Number(sizeText);
  if (size > objectBytesMax) return { kind: 'too-large', rest: bytes };
  if (bytes.length < start + size + 1) return { kind: 'wait', rest: bytes };
  return { kind: 'answer', object: { kind, bytes: Buffer.from(bytes.subarray(start, start + size)) }, rest: bytes.subarray(start + size + 1) };
}

/** Bytes that the first answer takes, as far as its header has arrived; 0 where it has not. */
function needed(parts: readonly Buffer[]): number {
  const first = parts[0];
  if (first === undefined) return 0;
  const lineEnd = first.indexOf(0x0a);
  if (lineEnd < 0) return 0;
  const [, kind = '', size = ''] = first.subarray(0, lineEnd).toString('latin1').split(' ');
  return objectKind(kind) === undefined ? 0 : Math.min(Number(size), objectBytesMax) + lineEnd + 2;
}

function objectKind(text: string): ObjectKind | undefined {
  return text === 'blob' || text === 'tree' || text === 'commit' || text === 'tag' ? text : undefined;
}
