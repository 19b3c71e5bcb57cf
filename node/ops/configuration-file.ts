// The configuration of a node from its file, or one error that names every slip in it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../cli/command.ts';
import { visible } from '../cli/terminal.ts';
import { readConfiguration, type NodeConfiguration } from './configuration.ts';

/** Reads the file. @throws UsageError GDO5010 with all faults, one line each */
export function openConfiguration(path: string): NodeConfiguration {
  const file = resolve(path);
  const read = readConfiguration(textOf(file), file);
  if (read.kind === 'ok') return read.configuration;
  const lines = read.faults.map(({ at, reason }) => visible(at === '' ? `It ${reason}` : `${at} ${reason}`));
  throw new UsageError('GDO5010', `The configuration ${visible(file)} cannot be used`, [...lines, 'all keys: docs/operators.md'].join('\n'));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError('GDO5010', `The configuration ${visible(file)} cannot be read`, `${error.message}\nhow to write one: docs/operators.md`);
  }
}
