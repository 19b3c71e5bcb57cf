// Reads PrefLib's orders: soc and toc, and soi and toi, which may be incomplete. `# ALTERNATIVE NAME n: x` heads, then `weight: 1,{2,3},4`.
import { type Election, UnreadableElection } from './election.ts';
import { eachLine } from './lines.ts';
import { type Rows, candidatesCountOf, candidatesOf, newRows, weightOf } from './rows.ts';

/** Splits `1,{2,3},4` into groups. @returns undefined where braces do not match */
function groupsOf(text: string): string[][] | undefined {
  const compact = text.replace(/\s+/gu, '');
  if (compact === '') return [];
  if (!/^(?:\d+|\{\d+(?:,\d+)*\})(?:,(?:\d+|\{\d+(?:,\d+)*\}))*$/u.test(compact)) return undefined;
  return (compact.match(/\d+|\{[\d,]+\}/gu) ?? []).map((group) => group.replace(/[{}]/gu, '').split(','));
}

function placesOf(groups: readonly (readonly string[])[], size: number): readonly number[] | string {
  const places = Array.from<number>({ length: size }).fill(0);
  for (const [index, group] of groups.entries()) {
    for (const part of group) {
      const candidate = Number(part);
      if (!(candidate >= 1 && candidate <= size)) return `\`${part.slice(0, 40)}\` is not the number of an alternative`;
      if (places[candidate - 1] !== 0) return `alternative ${candidate} is on it twice`;
      places[candidate - 1] = index + 1;
    }
  }
  return places;
}

/** What the extension promises of each ballot; one that breaks it is malformed. */
function promised(extension: string, places: readonly number[]): string | undefined {
  const ranked = places.filter((place) => place !== 0);
  if (extension.endsWith('c') && ranked.length < places.length) return 'it does not rank everybody';
  return extension.startsWith('s') && new Set(ranked).size < ranked.length ? 'it ranks two alternatives equal' : undefined;
}

/** Reads a PrefLib file of orders. @param extension - `soc`, `toc`, `soi` or `toi` @throws UnreadableElection where it is none */
export async function readPreflib(path: string, extension: string): Promise<Election> {
  let size: number | undefined;
  let title = '';
  const names = new Map<number, string>();
  let rows: Rows | undefined;
  await eachLine(path, (raw, number) => {
    const line = raw.trim();
    if (line === '') return;
    if (line.startsWith('#')) {
      const [, key, value] = /^#\s*([^:]+):\s*(.*)$/u.exec(line) ?? [];
      const alternative = /^ALTERNATIVE NAME (\d{1,6})$/u.exec(key ?? '')?.[1];
      if (key === 'NUMBER ALTERNATIVES') size = candidatesCountOf(value);
      else if (key === 'TITLE') title = value ?? '';
      else if (alternative !== undefined) names.set(Number(alternative), value ?? '');
      return;
    }
    if (size === undefined) throw new UnreadableElection('the line `# NUMBER ALTERNATIVES` is missing');
    rows ??= newRows(size);
    const colon = line.indexOf(':');
    const weight = weightOf(colon === -1 ? undefined : line.slice(0, colon).trim());
    const groups = groupsOf(line.slice(colon + 1));
    const places = groups === undefined ? 'it is not an order of numbers' : placesOf(groups, size);
    const reason = typeof weight === 'string' ? weight : typeof places === 'string' ? places : promised(extension, places);
    if (reason !== undefined) rows.refuse(number, reason);
    else if (typeof weight !== 'string' && typeof places !== 'string') rows.append(number, weight, places);
  });
  if (size === undefined) throw new UnreadableElection('the line `# NUMBER ALTERNATIVES` is missing');
  const candidates = candidatesOf(Array.from({ length: size }, (_, index) => names.get(index + 1) ?? `alternative ${index + 1}`));
  return (rows ?? newRows(size)).finish({ title, candidates, seats: undefined });
}
