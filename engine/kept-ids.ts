// Ids that were read lately, each kept as one text: a case, a key or an organization is named by thousands of lines, and two equal texts of 64 letters
// cost more to look up than one that is the same. What is kept never changes an answer.

/** Places for ids, by their first 16 bits: 65,536 of them take 5 MB at most, and who makes ids up only pushes others out. */
const placesMax = 65_536;
/** Letters of an id. */
export const idLength = 64;

const kept: string[] = [];
// The places at once, but nothing in them: filling them costs every start some milliseconds.
kept.length = placesMax;

/** The value of a lower-case hexadecimal digit; of any other unit a number that no digit is kept under wrongly, since texts are compared. */
function nibble(unit: number): number {
  return ((unit & 15) + (unit >> 6) * 9) & 15;
}

/** The 64 letters of a text from `at` on, as the text that was read last for them. @param text - with at least 64 letters from there on */
export function keptId(text: string, at: number): string {
  const high = (nibble(text.charCodeAt(at)) << 4) | nibble(text.charCodeAt(at + 1));
  const place = (high << 8) | (nibble(text.charCodeAt(at + 2)) << 4) | nibble(text.charCodeAt(at + 3));
  const known = kept[place] ?? '';
  if (known !== '' && text.startsWith(known, at)) return known;
  const made = text.slice(at, at + idLength);
  kept[place] = made;
  return made;
}
