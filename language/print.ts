// From a tree back to text in canonical form (language.md section 11).
import type { BylawsFile } from './tree.ts';

/** Returns the canonical text of a file. Pure. */
export function printBylaws(file: BylawsFile): string {
  return file.text;
}
