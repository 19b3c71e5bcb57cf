// One attached session with a container that lives: lines in, lines out. What the lines mean is kept-service.ts's.
import type Docker from 'dockerode';
import { demultiplex } from './attached.ts';
import { watchMemory } from './memory-watch.ts';

/** Where the lines of a container go. */
export interface SessionSinks {
  /** One line of stdout without its line feed. */
  readonly line: (line: Buffer) => void;
  /** Something of stderr, for people. */
  readonly noise: (text: string) => void;
  /** Called once: the container has ended, wrote what no session may hold, or lost memory (GDO3004), after which no line of it is given. */
  readonly ended: (reason: string, code: 'GDO3004' | 'GDO3005') => void;
}

/** A container that runs. */
export interface Session {
  /** Writes one line. Nothing is written after the end. */
  readonly send: (line: Uint8Array) => void;
  /** Ends and removes the container; the second time does nothing. */
  readonly close: () => Promise<void>;
}

/** A line without an end up to here is no line: the container is stopped. */
const lineBytesMax = 1_048_576;

/** Attaches to a created container and starts it. @throws Error where the engine refuses */
export async function openSession(container: Docker.Container, sinks: SessionSinks): Promise<Session> {
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
  let isOver = false;
  const over = (reason: string, code: 'GDO3004' | 'GDO3005' = 'GDO3005'): void => {
    if (isOver) return;
    isOver = true;
    sinks.ended(reason, code);
  };
  const memory = watchMemory();
  const lines = new LineReader(lineBytesMax, (line) => {
    const loss = isOver ? undefined : memory.loss();
    if (loss !== undefined) over(loss, 'GDO3004');
    if (!isOver) sinks.line(line);
  });
  demultiplex(stream, {
    stdout: (chunk) => {
      if (!isOver && !lines.take(chunk)) over('it wrote a line longer than a session holds');
    },
    stderr: (chunk) => sinks.noise(chunk.toString('utf8')),
    broken: () => over('the engine sent something that is no output'),
  });
  stream.on('error', () => over('the connection with the engine broke'));
  stream.once('end', () => over('the container ended'));
  stream.once('close', () => over('the container ended'));
  await container.start();
  memory.follow(container.id, (await container.inspect()).State.Pid);
  let closing: Promise<void> | undefined;
  return {
    send: (line) => {
      if (isOver) return;
      stream.write(Buffer.concat([line, Buffer.from('\n')]));
    },
    close: () => {
      closing ??= container.remove({ force: true, v: true }).then(
        () => over('it was closed'),
        () => over('it was closed'),
      );
      return closing;
    },
  };
}

/** Cuts a stream into lines. */
class LineReader {
  private rest = Buffer.alloc(0);
  private readonly most: number;
  private readonly line: (line: Buffer) => void;
  constructor(most: number, line: (line: Buffer) => void) {
    this.most = most;
    this.line = line;
  }
  /** @returns false where a line is longer than may be held */
  take(chunk: Buffer): boolean {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const piece = chunk.subarray(from, end);
      from = end + 1;
      if (this.rest.length + piece.length > this.most) return false;
      this.line(Buffer.concat([this.rest, piece]));
      this.rest = Buffer.alloc(0);
    }
    if (this.rest.length + chunk.length - from > this.most) return false;
    this.rest = Buffer.concat([this.rest, chunk.subarray(from)]);
    return true;
  }
}
