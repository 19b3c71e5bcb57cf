// Reads a line of plain numbers, which is what a million ballot lines are, without cutting it into words. Whatever else is on a line is left to the reader.

/** Digits of a number here; longer ones are left to the reader, whose numbers are exact. */
const digitsMax = 9;

/**
 * Reads numbers with `separator` or blanks between them into `into`, from the position `from`.
 * @returns how many there are, or -1 where anything else stands on the line
 */
export function plainNumbers(line: string, from: number, separator: number, into: number[]): number {
  let count = 0;
  let value = 0;
  let digits = 0;
  for (let at = from; at <= line.length; at += 1) {
    const code = at === line.length ? 32 : line.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      digits += 1;
      if (digits > digitsMax) return -1;
    } else if (code === 32 || code === 9 || code === separator) {
      if (digits > 0) {
        into[count] = value;
        count += 1;
        value = 0;
        digits = 0;
      } else if (code === separator && separator !== 32) return -1;
    } else return -1;
  }
  return count;
}
