// Lets turns about contents be played while a node runs: in a process of its own with the lowest priority, one at a time, so that no push and no decision waits for one. The
// turn itself is `gdo node contents`.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { LogLevel } from './configuration.ts';
import type { LogEntry } from './log.ts';
import type { Organization, OrganizationPorts } from './organization.ts';

/** Where a turn ended at its limit of bytes the next one comes soon: a node that begins takes what it lacks without a break. */
const soonMs = 1_000;
/** Turns of nodes that start together come up to so much later. */
const spread = 0.2;

/** Turns about contents. */
export interface ContentKeeper {
  /** Ends the one that runs: what it has fetched stays. */
  readonly stop: () => Promise<void>;
}

/** Begins. Nothing runs where no organization wants contents. */
export function keepContents(organizations: readonly Organization[], { configuration, program, world, log, metrics }: OrganizationPorts): ContentKeeper {
  const wanting = configuration.organizations.filter(
    ({ contents, peers }) => contents.keep !== 'none' && (peers.length > 0 || contents.bytesMost !== undefined),
  );
  const usualMs = Math.min(...wanting.map(({ contents }) => contents.seconds)) * 1_000;
  let timer: NodeJS.Timeout | undefined;
  let child: ChildProcess | undefined;
  let isStopped = false;
  const failed = (failure: Omit<LogEntry, 'what'>): void => log('warning', { what: 'no turn of contents', ...failure });
  const take = (line: string): boolean => {
    const entry = entryOf(line);
    if (entry === undefined) return true;
    const { level, org, isDone, ...fields } = entry;
    const labels = { org: organizations.find((one) => one.name === org)?.name ?? '' };
    if (fields.what === 'contents') {
      metrics.set('gdo_contents', labels, numberOf(fields['count']));
      metrics.set('gdo_contents_bytes', labels, numberOf(fields['bytes']));
    } else {
      if (fields.what.startsWith('content taken')) metrics.add('gdo_contents_taken_bytes_total', labels, numberOf(fields['bytes']));
      metrics.add('gdo_contents_turns_total', { ...labels, result: fields.what.replaceAll(' ', '-') });
      log(level, { ...fields, org: labels.org });
    }
    return isDone;
  };
  const turn = (): void => {
    const started = spawn(program.nodePath, [program.gdoPath, 'node', 'contents', '--config', configuration.file, '--json'], {
      env: { ...world.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child = started;
    let isDone = true;
    let last = '';
    createInterface({ input: started.stdout }).on('line', (line) => {
      last = line;
      isDone = take(line) && isDone;
    });
    started.on('error', (error) => failed({ code: 'GDO5024', reason: error.message, next: 'look whether the program of this node is still there' }));
    started.on('close', (code, signal) => {
      child = undefined;
      // One that was played, if not for every organization, has said so itself; one that could not be started was told above.
      if (!isStopped && (code === null || code > 1)) failed(failureOf(last) ?? { code: 'GDO5024', reason: `it ended with ${code ?? signal}`, next: again });
      wakeIn(isDone ? usualMs : Math.min(soonMs, usualMs));
    });
  };
  const wakeIn = (delayMs: number): void => {
    if (!isStopped) timer = setTimeout(turn, delayMs * (1 + spread * Math.random()));
  };
  if (wanting.length > 0) wakeIn(usualMs);
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      const running = child;
      if (running === undefined) return;
      const ended = new Promise<void>((end) => running.on('close', () => end()));
      running.kill('SIGTERM');
      await ended;
    },
  };
}

const again = 'see what it says:  gdo node contents --config FILE';

/** Why a whole turn failed, as the command says it; undefined for any other line. */
function failureOf(line: string): Omit<LogEntry, 'what'> | undefined {
  const read = parsed(line);
  if (typeof read !== 'object' || read === null || !('code' in read && 'message' in read && 'help' in read)) return undefined;
  return { code: String(read.code), reason: String(read.message), next: String(read.help) };
}

type Said = LogEntry & { readonly level: LogLevel; readonly isDone: boolean };

/** A line of a turn, which is this program's own; undefined for any other, such as one that was cut off when the turn ended. */
function entryOf(line: string): Said | undefined {
  const read = parsed(line);
  if (typeof read !== 'object' || read === null || !('what' in read) || typeof read.what !== 'string') return undefined;
  const fields: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(read))
    if (name !== 'schema' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) fields[name] = value;
  const { level, isDone, ...rest } = fields;
  return { ...rest, what: read.what, level: level === 'info' || level === 'warning' ? level : 'debug', isDone: isDone !== false };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
