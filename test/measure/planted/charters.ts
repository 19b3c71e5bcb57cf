// Small charters of many kinds of organizations, right ones and wrong ones, each read by hand: at the end of each stands what is to be told of it. Every error
// and warning that is not listed there is a false one; notes are left open.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../../language/index.ts';
import { judge } from '../corpus.ts';

const folder = 'test/measure/planted/charters';
const line = /^-- (error|warning) (GDO\d{3}) at (.+)$/gm;

/** One charter with what is to be told and what is told, sorted: `warning GDO418 at when the first desk approves go to accepted`. */
export interface ReadCharter {
  readonly name: string;
  readonly text: string;
  readonly expected: readonly string[];
  readonly told: readonly string[];
}

/** All of them, by name. */
export function readCharters(): readonly ReadCharter[] {
  const names = readdirSync(folder).toSorted((left, right) => (left < right ? -1 : 1));
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const told = judge([{ path: 'bylaws/rules.gdo', text }], 'with rules').flatMap((one) => (one.severity === 'info' ? [] : [where(text, one)]));
    return { name, text, expected: [...text.matchAll(line)].map(([, weight, code, at]) => `${weight} ${code} at ${at}`).toSorted(), told: told.toSorted() };
  });
}

/** The codes that are to be told of a charter, each once. */
export function codesOf({ expected }: ReadCharter): readonly string[] {
  return [...new Set(expected.flatMap((one) => one.split(' ')[1] ?? []))];
}

/** A finding with its weight and the line it is told at. */
function where(text: string, { severity, code, place }: Diagnostic): string {
  const from = text.lastIndexOf('\n', place.span.start - 1) + 1;
  const to = text.indexOf('\n', place.span.start);
  return `${severity} ${code} at ${text.slice(from, to < 0 ? undefined : to).trim()}`;
}
