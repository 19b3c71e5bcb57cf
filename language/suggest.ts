// Near spellings (S71): Damerau-Levenshtein distance over small words. It ranks no meaning.

/** At most this many are offered. */
const suggestionsMax = 3;
/** The farthest of all; a third of the word's length bounds shorter words, so words under nine letters keep the distance of two. */
const distanceMax = 3;

/**
 * Returns the known words a word may have been meant as: distance at most 3 and at most a third of the word's length (docs/decisions/0025), capitals ignored, nearest
 * first, then by code unit, at most three, nothing if none. Pure. Source: language.md S71
 */
export function suggest(word: string, known: readonly string[]): readonly string[] {
  const bound = Math.min(distanceMax, Math.trunc(word.length / 3));
  const ranked: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(known)) {
    if (candidate === word || Math.abs(candidate.length - word.length) > bound) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= bound) ranked.push({ candidate, distance });
  }
  ranked.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : a.candidate > b.candidate ? 1 : 0));
  return ranked.slice(0, suggestionsMax).map(({ candidate }) => candidate);
}

/** Counts insertions, deletions, substitutions and swaps of neighbours between two words. Pure. Cost: product of the lengths. */
export function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let least = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
