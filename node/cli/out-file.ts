// Where a command writes what it was asked for: a file, which has its name when all of it is there. A device, a pipe or a door of the system would be replaced by it.
import { existsSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError, WorldError } from './command.ts';
import { visible } from './terminal.ts';

/** The path behind `--out`. @throws UsageError GDO5002 for a folder @throws WorldError GDO5022 where no file can be written */
export function outFile(folder: string, out: string): string {
  const path = resolve(folder, out);
  if (!existsSync(dirname(path))) throw new WorldError('GDO5022', `There is no folder ${visible(dirname(path))}`, 'make it first');
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new UsageError('GDO5002', `${visible(out)} is a folder`, 'name a file');
  mustBeFile(path);
  return path;
}

/** Refuses what would not be written to but replaced. @throws WorldError GDO5022 */
export function mustBeFile(path: string): void {
  const link = lstatSync(path, { throwIfNoEntry: false });
  // Such as /dev/stdout, whatever it leads to at the moment.
  const isDoor = link?.isSymbolicLink() === true && readlinkSync(path).startsWith('/proc/');
  const found = statSync(path, { throwIfNoEntry: false });
  if (isDoor || (found !== undefined && !found.isFile()))
    throw new WorldError('GDO5022', `${visible(path)} is a device or a pipe, which a file would take the place of`, 'name a file, and hand it on from there');
}
