// The log of a node: one JSON object a line. Text of others is made visible and cut; keys, bodies and names of members are never logged.
import { systemFailure } from '../cli/system-failure.ts';
import { visible } from '../cli/terminal.ts';
import { WorldError } from '../cli/command.ts';
import type { LogLevel } from './configuration.ts';

/** Longest text of one field (node.md section 8). */
const textLengthMax = 200;
const levels: readonly LogLevel[] = ['error', 'warning', 'info', 'debug'];

/** What a line says besides its level and time. `what` is the event in a few fixed words; `next` is what to do about it. */
export interface LogEntry {
  readonly what: string;
  readonly org?: string | undefined;
  readonly code?: string | undefined;
  readonly peer?: string | undefined;
  readonly reason?: string | undefined;
  readonly next?: string | undefined;
  readonly [field: string]: string | number | boolean | undefined;
}

/** Writes one line, if the level is logged. */
export type Log = (level: LogLevel, entry: LogEntry) => void;

/** A log that writes to `write`. @param outside.clockMs - the time of each line */
export function jsonLog(outside: { readonly write: (text: string) => void; readonly clockMs: () => number; readonly level: LogLevel }): Log {
  const most = levels.indexOf(outside.level);
  return (level, entry) => {
    if (levels.indexOf(level) > most) return;
    const fields = Object.entries(entry).map(([name, value]) => [
      name,
      typeof value === 'string' ? visible(value).replaceAll('\n', ' ').slice(0, textLengthMax) : value,
    ]);
    outside.write(`${JSON.stringify({ time: new Date(outside.clockMs()).toISOString(), level, ...Object.fromEntries(fields) })}\n`);
  };
}

/** The fields of a failure of the world; any other error is a fault of ours and goes on its way. */
export function failureFields(error: unknown): { readonly code: string; readonly reason: string; readonly next: string } {
  const failure = error instanceof WorldError ? error : systemFailure(error);
  if (failure === undefined) throw error;
  return { code: failure.code, reason: failure.message, next: failure.help };
}
