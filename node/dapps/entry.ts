// The entry of a program in the registry, `dapps/<name>.entry.json`: governed content that says what it is made of. A claim, held against what lies there; what a
// program answers is judged by its manifest and its endorsers, never by this.
import {
  areReadPatterns,
  byCodeUnit,
  decodeCanonical,
  isBylawsName,
  isHex64,
  isList,
  isObject,
  matchesPattern,
  sha256Hex,
  utf8Encode,
} from '../../engine/index.ts';
import type { Json, JsonObject } from '../../engine/index.ts';

/** How the image is made again. `base`: the image below it; `builder`: an image whose command makes the files, and without one the sources are laid `into` a folder. */
export interface Recipe {
  readonly base?: string;
  readonly builder?: string;
  /** With a builder only. */
  readonly command: readonly string[];
  /** Without a builder: where the sources go, from the root, without slashes at its ends. */
  readonly into: string;
}

/** An entry after decoding. Without a source it says that the program is closed. */
export interface DappEntry {
  readonly name: string;
  /** `sha256:<64 hex>`: what all of this is about; a program outside may have none. */
  readonly image?: string;
  readonly licence?: string;
  readonly source?: { readonly files: readonly string[]; readonly sha256: string };
  readonly recipe?: Recipe;
}

/** One file as far as the hash of a source knows it. */
export interface SourceFile {
  readonly path: string;
  readonly sha256: string;
}

/** An entry, or one sentence part that says what is wrong with it (GDO3013). */
export type DecodedEntry = { readonly kind: 'ok'; readonly entry: DappEntry } | { readonly kind: 'refused'; readonly reason: string };

const fields: readonly string[] = ['image', 'licence', 'name', 'recipe', 'source', 'v'];
const patternsMax = 16;
const wordsMax = 64;
const imageForm = /^sha256:[0-9a-f]{64}$/;

/** Where the entry of a program lies in the governed tree. */
export function entryPath(name: string): string {
  return `dapps/${name}.entry.json`;
}

/** Decodes an entry. @param bytes - canonical JSON, one final line feed allowed */
export function decodeEntry(bytes: Uint8Array): DecodedEntry {
  const decoded = decodeCanonical(bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes);
  if (decoded.kind === 'refused') return refused(`it is not canonical JSON: ${decoded.reason}`);
  const { v, name, image, licence, source, recipe } = decoded.value;
  const unknown = Object.keys(decoded.value).find((key) => !fields.includes(key));
  if (unknown !== undefined) return refused(`the field \`${unknown}\` is not known`);
  if (v !== 1 || !isBylawsName(name)) return refused('`v` must be 1 and `name` a name of the bylaws');
  if (image !== undefined && !isImage(image)) return refused('`image` must be sha256: and 64 hexadecimal digits');
  if (licence !== undefined && (typeof licence !== 'string' || !/^[ -~]{1,100}$/.test(licence)))
    return refused('`licence` must be at most 100 plain letters, such as Apache-2.0');
  const named = readSource(source);
  if (named === 'refused') return refused(`\`source\` must have \`files\`, 1 to ${patternsMax} patterns in order, and \`sha256\``);
  if (named !== undefined && licence === undefined) return refused('a `source` needs its `licence`');
  const made = readRecipe(recipe);
  if (typeof made === 'string') return refused(made);
  if (made !== undefined && (named === undefined || image === undefined))
    return refused('a `recipe` needs a `source` that it builds and the `image` that it gives');
  return {
    kind: 'ok',
    entry: {
      name,
      ...(image === undefined ? {} : { image }),
      ...(licence === undefined ? {} : { licence }),
      ...(named === undefined ? {} : { source: named }),
      ...(made === undefined ? {} : { recipe: made }),
    },
  };
}

function refused(reason: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason };
}

function isImage(value: Json | undefined): value is string {
  return typeof value === 'string' && imageForm.test(value);
}

function hasOnly(value: JsonObject, known: readonly string[]): boolean {
  return Object.keys(value).every((key) => known.includes(key));
}

function readSource(value: Json | undefined): DappEntry['source'] | 'refused' {
  if (value === undefined) return undefined;
  if (!isObject(value) || !hasOnly(value, ['files', 'sha256'])) return 'refused';
  const { files, sha256 } = value;
  if (!areReadPatterns(files) || files.length > patternsMax || files.some((pattern) => pattern.startsWith('/')) || !isHex64(sha256)) return 'refused';
  return { files, sha256 };
}

function readRecipe(value: Json | undefined): Recipe | string | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value) || !hasOnly(value, ['base', 'builder', 'command', 'into'])) return '`recipe` has fields that are not known';
  const { base, builder, command, into } = value;
  if (base !== undefined && !isImage(base)) return '`base` must be sha256: and 64 hexadecimal digits';
  if (builder !== undefined && !isImage(builder)) return '`builder` must be sha256: and 64 hexadecimal digits';
  const below = base === undefined ? {} : { base };
  if (builder !== undefined) {
    const words = isList(command) ? command.filter((word) => typeof word === 'string') : [];
    if (into !== undefined || !isList(command) || words.length !== command.length || words.length === 0 || words.length > wordsMax)
      return 'a `builder` needs its `command`, a list of words, and no `into`';
    return { ...below, builder, command: words, into: '' };
  }
  if (base === undefined || command !== undefined) return 'a `recipe` without a `builder` needs a `base`, and no `command`';
  if (into !== undefined && (typeof into !== 'string' || !isFolder(into)))
    return '`into` must be a folder such as dapp, from the root and without slashes at its ends';
  return { ...below, command: [], into: into ?? 'dapp' };
}

function isFolder(path: string): boolean {
  return /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,15}$/.test(path) && path.split('/').every((part) => !/^(\.{1,2}|\.wh\..*)$/.test(part));
}

/** The files of a source among others, ascending by the bytes of their paths. The entry itself is never one: it holds the hash of the others. */
export function sourceFiles<F extends { readonly path: string }>(
  entry: Pick<DappEntry, 'name'> & { readonly source: { readonly files: readonly string[] } },
  files: readonly F[],
): readonly F[] {
  return files
    .filter(({ path }) => path !== entryPath(entry.name) && entry.source.files.some((pattern) => matchesPattern(pattern, path)))
    .toSorted((left, right) => Buffer.compare(Buffer.from(left.path, 'utf8'), Buffer.from(right.path, 'utf8')));
}

/** The hash of a source: SHA-256 of the lines that `sha256sum` prints of its files, in the order of their paths, so that it can be had without gdo. */
export function sourceHash(files: readonly SourceFile[]): string {
  return sha256Hex(utf8Encode(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')));
}

/** Patterns as an entry holds them. */
export function asPatterns(words: readonly string[]): readonly string[] {
  return [...new Set(words)].toSorted(byCodeUnit);
}
