// `gdo dapp entry`: writes the entry of a program into this folder, with the hash of the source that lies here. What is in it already and not asked for stays.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalText, decodeCanonical, encodeCanonical, isBylawsName, isList, isObject } from '../../engine/index.ts';
import type { Json, JsonObject } from '../../engine/index.ts';
import { asPatterns, decodeEntry, entryPath, sourceFiles, sourceHash } from '../dapps/entry.ts';
import { makeFolders } from '../git/make-folders.ts';
import { jsonOf } from '../chunks/image-config.ts';
import type { OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { filesHere } from './dapp-source.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';
import { writeText } from '../git/write-whole.ts';

/** Writes or renews an entry. @throws UsageError GDO5002, GDO5003; WorldError GDO3013 where what would be written is no entry */
export function writeEntry(name: string | undefined, options: Readonly<Record<string, OptionValue>>, world: World): number {
  if (name === undefined || !isBylawsName(name)) throw new UsageError('GDO5003', 'Which program?', 'gdo dapp entry NAME --licence Apache-2.0 --image sha256:…');
  const path = entryPath(name);
  const before = entryHere(world, path);
  const files = patternsOf(before) ?? [`dapps/${name}/**`];
  const found = sourceFiles({ name, source: { files } }, filesHere(world.cwd, files));
  const text = (option: string, field: string): JsonObject => {
    const given = options[option] ?? before[field];
    return given === undefined || typeof given === 'boolean' || typeof given !== 'string' ? {} : { [field]: given };
  };
  const source =
    found.length === 0
      ? {}
      : { source: { files: [...files], sha256: sourceHash(found.map((file) => ({ path: file.path, sha256: file.entry.split(':')[1] ?? '' }))) } };
  const base = options['base'];
  const recipe: Json | undefined = typeof base === 'string' ? { base } : before['recipe'];
  const entry: JsonObject = { name, v: 1, ...text('licence', 'licence'), ...text('image', 'image'), ...source, ...(recipe === undefined ? {} : { recipe }) };
  const decoded = decodeEntry(encodeCanonical(entry));
  if (decoded.kind === 'refused')
    throw new WorldError('GDO3013', `${path} cannot be written: ${visible(decoded.reason)}`, `gdo dapp entry ${name} --licence Apache-2.0 --image sha256:…`);
  makeFolders(dirname(join(world.cwd, path)));
  writeText(join(world.cwd, path), `${canonicalText(entry)}\n`);
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-dapp-entry/1', path, entry, files: found.map((file) => file.path) })}\n`);
    return 0;
  }
  const what =
    found.length === 0
      ? `no file matches ${files.join(', ')}, so it says that ${name} is closed`
      : `${counted(found.length, 'file')} of its source, hash ${String(decoded.entry.source?.sha256.slice(0, 12))}`;
  world.stdout(`✓ ${path}: ${what}\n`);
  return 0;
}

/** What lies there, in any order of fields: people write it too. */
function entryHere(world: World, path: string): JsonObject {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(world.cwd, path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return {};
    throw error;
  }
  const value = jsonOf(bytes);
  // Through text and back: what the profile of JSON does not know is told and not dropped.
  const decoded = typeof value === 'object' && value !== null ? decodeCanonical(Buffer.from(sortedText(value), 'utf8')) : undefined;
  if (decoded?.kind !== 'ok') throw new WorldError('GDO3013', `${path} is no JSON that an entry can be made of`, 'mend it, or remove it and begin anew');
  return decoded.value;
}

function sortedText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const rows = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${rows.map(([key, inner]) => `${JSON.stringify(key)}:${sortedText(inner)}`).join(',')}}`;
}

function patternsOf(entry: JsonObject): readonly string[] | undefined {
  const source = entry['source'];
  const files = isObject(source) ? source['files'] : undefined;
  return isList(files) ? asPatterns(files.filter((one) => typeof one === 'string')) : undefined;
}
