// The height of a checkpoint as people write it.
import type { OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { visible } from './terminal.ts';

/** Reads a flag; undefined where it is not given. @throws UsageError GDO5003 */
export function heightOf(value: OptionValue): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^[1-9][0-9]{0,8}$/.test(value))
    throw new UsageError('GDO5003', `\`${visible(String(value))}\` is no height of a checkpoint`, 'write it as 256');
  return Number(value);
}
