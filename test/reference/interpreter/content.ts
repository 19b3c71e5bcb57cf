// What is on main, which area owns a path, and what a change would make of it (S49, S51, S52; ledger.md sections 6 and 13).
import type { ChangeEntry, Charter, CharterProcess } from '../../../engine/index.ts';
import { digest, sha256Hex, utf8Encode } from '../../../engine/index.ts';

/** The paths of main with what stands there. */
export type Content = ReadonlyMap<string, string>;

/** `*` is anything within a part of a path, `**` any number of whole parts. */
export function matchesPath(pattern: string, path: string): boolean {
  const [first, ...rest] = pattern.split('/');
  const parts = path.split('/');
  if (first === '**') return rest.length === 0 || parts.some((_, index) => matchesPath(rest.join('/'), parts.slice(index).join('/')));
  if (!partMatches(first ?? '', parts[0] ?? '')) return false;
  const below = parts.slice(1);
  if (rest.length === 0 || below.length === 0) return below.length === 0 && rest.every((one) => one === '**');
  return matchesPath(rest.join('/'), below.join('/'));
}

function partMatches(pattern: string, part: string): boolean {
  if (pattern === '') return part === '';
  if (pattern.startsWith('*'))
    return Array.from({ length: part.length + 1 }, (_, index) => part.slice(index)).some((rest) => partMatches(pattern.slice(1), rest));
  return part.startsWith(pattern.slice(0, 1)) && partMatches(pattern.slice(1), part.slice(1));
}

/** S51: longer literal prefix, fewer `**`, fewer `*`, longer pattern, byte order. */
function comesBefore(left: string, right: string): boolean {
  const measuresOf = (pattern: string): readonly number[] => [
    -(pattern.split('*')[0] ?? '').length,
    pattern.split('**').length,
    pattern.replaceAll('**', '').split('*').length,
    -pattern.length,
  ];
  const [own, other] = [measuresOf(left), measuresOf(right)];
  const place = own.findIndex((measure, index) => measure !== other[index]);
  return place === -1 ? left < right : (own[place] ?? 0) < (other[place] ?? 0);
}

/** The area that owns a path; undefined: none does. */
export function areaOwning({ areas }: Charter, path: string): string | undefined {
  const ways = areas
    .filter(({ except }) => !except.some((pattern) => matchesPath(pattern, path)))
    .flatMap(({ name, covers }) => covers.filter((pattern) => matchesPath(pattern, path)).map((pattern) => ({ name, pattern })));
  return ways.toSorted((a, b) => (a.pattern === b.pattern ? 0 : comesBefore(a.pattern, b.pattern) ? -1 : 1))[0]?.name;
}

/** S52: why a process may not merge a change. */
export function areaProblemOf(charter: Charter, process: CharterProcess, change: readonly ChangeEntry[]): readonly string[] {
  const owners = change.map(({ path }) => areaOwning(charter, path));
  return [
    ...(owners.includes(undefined) ? ['GDO2001'] : []),
    ...(owners.some((name) => name !== undefined && !process.governs.includes(name)) ? ['GDO2002'] : []),
    ...(process.governs.length === 0 ? ['GDO2002'] : []),
  ];
}

/** S49: main with a change in it; undefined: some path has other content than the change expects, or would be a file below a file. */
export function changed(content: Content, change: readonly ChangeEntry[]): Content | undefined {
  if (change.some(({ path, old }) => (content.get(path) ?? 'absent') !== old)) return undefined;
  const next = new Map(content);
  for (const { path, new: fresh } of change) {
    if (fresh === 'absent') next.delete(path);
    else next.set(path, fresh);
  }
  const paths = [...next.keys()];
  return paths.some((path) => paths.some((other) => other.startsWith(`${path}/`))) ? undefined : next;
}

const hashOf = (prefix: 'gdo-key-v1' | 'gdo-value-v1', text: string): string => digest(prefix, utf8Encode(text));

function bitOf(hash: string, place: number): number {
  return (parseInt(hash[Math.floor(place / 4)] ?? '0', 16) >> (3 - (place % 4))) & 1;
}

function bytesOf(mark: number, ...hashes: readonly string[]): Uint8Array {
  return Uint8Array.from([mark, ...Buffer.from(hashes.join(''), 'hex')]);
}

/** ledger.md section 13: empty is 32 zero bytes, one entry a leaf, more are split by the next bit of the key's hash. */
function rootOf(entries: readonly (readonly [key: string, value: string])[], bit = 0): string {
  const [first, ...more] = entries;
  if (first === undefined) return '0'.repeat(64);
  if (more.length === 0) return sha256Hex(bytesOf(0, ...first));
  const side = (which: number): string =>
    rootOf(
      entries.filter(([key]) => bitOf(key, bit) === which),
      bit + 1,
    );
  return sha256Hex(bytesOf(1, side(0), side(1)));
}

/** The root over what is on main: what an attestation is about. */
export function contentRoot(content: Content): string {
  return rootOf([...content].map(([path, entry]) => [hashOf('gdo-key-v1', `content/${path}`), hashOf('gdo-value-v1', JSON.stringify({ entry }))]));
}
