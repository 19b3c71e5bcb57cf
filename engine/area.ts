// Which area owns a path (S51): patterns, their total order, and default deny. It knows no processes.
import type { Charter, CharterArea, CharterProcess } from './bylaws.ts';
import { utf8Encode } from './bytes.ts';
import { byCodeUnit } from './canonical.ts';

/** Path segments a pattern may span; longer paths are refused by the tree policy already. */
const segmentsMax = 64;

function matchesSegment(pattern: string, segment: string): boolean {
  // Greedy with one remembered star: linear in practice, and `*` never crosses a slash because segments hold none.
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < segment.length) {
    if (pattern[at] === '*') {
      star = at;
      mark = from;
      at += 1;
    } else if (pattern[at] === segment[from]) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      mark += 1;
      at = star + 1;
      from = mark;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** True iff a path matches a pattern: `*` within a segment, `**` over any number of segments. Pure. Source: language.md S51 */
export function matchesPattern(pattern: string, path: string): boolean {
  const parts = pattern.split('/');
  const segments = path.split('/');
  if (segments.length > segmentsMax) return false;
  // reach[j]: the pattern parts so far can end right before segment j.
  let reach: readonly boolean[] = segments.map((_, index) => index === 0).concat(false);
  for (const part of parts) {
    const before = reach;
    if (part === '**') {
      const first = before.indexOf(true);
      reach = before.map((_, index) => first >= 0 && index >= first);
    } else {
      reach = before.map((_, index) => before[index - 1] === true && matchesSegment(part, segments[index - 1] ?? ''));
    }
  }
  return reach[segments.length] === true;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** The more specific pattern first: longer literal prefix, fewer `**`, fewer `*`, longer, byte order. A total order. Source: language.md S51 */
export function bySpecificity(left: string, right: string): number {
  const literal = (pattern: string): number => (pattern.includes('*') ? pattern.indexOf('*') : pattern.length);
  const deep = (pattern: string): number => count(pattern, '**');
  // All stars: they are compared only where there are as many `**`.
  const stars = (pattern: string): number => count(pattern, '*');
  return literal(right) - literal(left) || deep(left) - deep(right) || stars(left) - stars(right) || right.length - left.length || byCodeUnit(left, right);
}

function bestPattern(area: CharterArea, path: string): string | undefined {
  if (area.except.some((pattern) => matchesPattern(pattern, path))) return undefined;
  return area.covers.filter((pattern) => matchesPattern(pattern, path)).sort(bySpecificity)[0];
}

/** The area that owns a path, or undefined: a path in no area cannot be merged. Pure. Source: language.md S51 */
export function areaOf(charter: Charter, path: string): string | undefined {
  let best: { readonly area: string; readonly pattern: string } | undefined;
  for (const area of charter.areas) {
    const pattern = bestPattern(area, path);
    if (pattern === undefined) continue;
    if (best === undefined || bySpecificity(pattern, best.pattern) < 0) best = { area: area.name, pattern };
  }
  return best?.area;
}

/** Why a process may not merge these paths; undefined when it may. GDO2001 or GDO2002. Source: language.md S51, S52 */
export function areaProblem(
  charter: Charter,
  process: CharterProcess,
  paths: readonly string[],
): { readonly code: 'GDO2001' | 'GDO2002'; readonly reason: string } | undefined {
  for (const path of paths) {
    const area = areaOf(charter, path);
    if (area === undefined) return { code: 'GDO2001', reason: `\`${path}\` is in no area, so no process can merge it` };
    if (!process.governs.includes(area)) {
      return { code: 'GDO2002', reason: `\`${path}\` is in the area \`${area}\`, which the process \`${process.name}\` does not govern` };
    }
  }
  return undefined;
}

const unreserved = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/';

/** A text as part of a state key: bytes outside A-Z a-z 0-9 - . _ ~ / as %XX. Pure. */
export function percentEncoded(text: string): string {
  const hex = '0123456789ABCDEF';
  let encoded = '';
  for (const byte of utf8Encode(text)) {
    const letter = String.fromCharCode(byte);
    encoded += unreserved.includes(letter) ? letter : `%${hex[byte >> 4] ?? ''}${hex[byte & 15] ?? ''}`;
  }
  return encoded;
}

/** The state's key of a governed path. Pure. */
export function contentKey(path: string): string {
  return `content/${percentEncoded(path)}`;
}
