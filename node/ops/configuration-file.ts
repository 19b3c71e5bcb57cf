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
  throw new UsageError('GDO5010', `The configuration ${visible(file)} cannot be used`, [...lines, 'all keys: docs/node.schema.json'].join('\n'));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT')
      throw new UsageError('GDO5010', `There is no configuration ${visible(file)}`, 'name another file, or write this one: docs/operators.md');
    if ('code' in error && error.code === 'EISDIR')
      throw new UsageError('GDO5010', `${visible(file)} is a folder, and a configuration is a file`, 'name the file in it, such as gdo-node.json');
    throw new UsageError('GDO5010', `The configuration ${visible(file)} cannot be read`, `${error.message}\nhow to write one: docs/operators.md`);
  }
}
