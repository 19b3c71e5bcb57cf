// Writes to an output that the process was given, at once and without opening a stream for it: streams cost a short command a part of its start.
import { writeSync } from 'node:fs';

/** An open output. Nothing is thrown: whoever reads may stop early (`gdo check | head`), and a command says in its exit code what became of it. */
export interface Outlet {
  readonly write: (text: string) => void;
  /** Whether something that was to be said could not be, for another reason than that nobody reads it. */
  readonly hasFailed: () => boolean;
}

/** The output of a descriptor. @param open - its stream, which takes over what a pipe that does not wait has no room for */
export function outletOf(descriptor: number, open: () => NodeJS.WritableStream): Outlet {
  let stream: NodeJS.WritableStream | undefined;
  let isClosed = false;
  let isFailed = false;
  const fail = (error: unknown): void => {
    isClosed = true;
    if (codeOf(error) !== 'EPIPE') isFailed = true;
  };
  const rest = (bytes: Buffer): void => {
    stream ??= open().on('error', fail);
    stream.write(bytes);
  };
  return {
    hasFailed: () => isFailed,
    write: (text) => {
      const bytes = Buffer.from(text);
      let at = 0;
      try {
        while (!isClosed && stream === undefined && at < bytes.length) at += writeSync(descriptor, bytes, at);
      } catch (error) {
        if (codeOf(error) === 'EAGAIN') rest(bytes.subarray(at));
        else fail(error);
        return;
      }
      if (!isClosed && stream !== undefined) rest(bytes);
    },
  };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
