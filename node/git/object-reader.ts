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
 * Starts a reader; the child itself starts with the first request.
 * A request for an object that git cannot read, or that is too large, rejects with WorldError (GDO5024, GDO4011) and names the object.
 */
export function objectReader(gitDirectory: string, environment: Readonly<Record<string, string>>): ObjectReader {
  let child: ChildProcessWithoutNullStreams | undefined;
  let waiting: Waiting[] = [];
  let buffered: Buffer[] = [];
  let bufferedCount = 0;
  let errors = '';

  const stop = (): void => {
    child?.stdin.end();
    child?.kill('SIGKILL');
    child = undefined;
    const left = waiting;
    waiting = [];
    buffered = [];
    bufferedCount = 0;
    const [first, ...rest] = left;
    const words = errors.trim().split('\n').at(-1) ?? '';
    first?.reject(
      new WorldError('GDO5024', `Git could not read object ${first.id}${words === '' ? '' : `: ${words}`}`, 'run `gdo audit`: it names what is broken'),
    );
    for (const one of rest)
      one.reject(new WorldError('GDO5024', `Object ${one.id} was not read, because git stopped at ${first?.id ?? ''}`, 'run `gdo audit`'));
  };

  const take = (): void => {
    for (;;) {
      const request = waiting[0];
      if (request === undefined) return;
      const all = buffered.length === 1 ? (buffered[0] ?? Buffer.alloc(0)) : Buffer.concat(buffered);
      buffered = [all];
      const lineEnd = all.indexOf(0x0a);
      if (lineEnd < 0) return;
      const [, kindText = '', sizeText = ''] = all.subarray(0, lineEnd).toString('latin1').split(' ');
      const kind = objectKind(kindText);
      const size = kind === undefined ? 0 : Number(sizeText);
      if (size > objectBytesMax) {
        errors = `it is larger than ${objectBytesMax} bytes`;
        stop();
        return;
      }
      const end = kind === undefined ? lineEnd + 1 : lineEnd + 1 + size + 1;
      if (all.length < end) return;
      buffered = [all.subarray(end)];
      bufferedCount = all.length - end;
      waiting.shift();
      request.resolve(kind === undefined ? undefined : { kind, bytes: Buffer.from(all.subarray(lineEnd + 1, lineEnd + 1 + size)) });
    }
  };

  const start = (): ChildProcessWithoutNullStreams => {
    const started = spawn(gitPath(), gitArguments({ gitDirectory, arguments: ['cat-file', '--batch'] }), { env: gitEnvironment(environment) });
    errors = '';
    started.stdout.on('data', (part: Buffer) => {
      buffered.push(part);
      bufferedCount += part.length;
      // Joining on every part would be quadratic for a large object: wait until the header's size can have arrived.
      if (needed(buffered) <= bufferedCount) take();
    });
    started.stderr.on('data', (part: Buffer) => (errors += part.toString('utf8')));
    started.stdin.on('error', () => undefined);
    started.on('error', (error) => ((errors += error.message), stop()));
    started.on('close', () => {
      if (child === started) stop();
    });
    return started;
  };

  return {
    read: (id) =>
      new Promise((resolve, reject) => {
        child ??= start();
        waiting.push({ id, resolve, reject });
        child.stdin.write(`${id}\n`);
      }),
    close: stop,
  };
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
