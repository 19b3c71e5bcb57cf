// Reads single fields of state entries and checked event bodies, whose forms were checked when they were written.
import type { Json } from './canonical.ts';
import { isList } from './canonical.ts';

/** A text field; empty where there is none. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A list of texts; empty where there is none. */
export function textsOf(value: Json | undefined): readonly string[] {
  return isList(value) ? value.map(textOf) : [];
}

/** A list of lists; what is no list in it is left out. */
export function rowsOf(value: Json | undefined): readonly (readonly Json[])[] {
  return isList(value) ? value.filter((row) => isList(row)) : [];
}

/** One text or a list of them, as a list. */
export function oneOrMore(value: Json | undefined): readonly string[] {
  return isList(value) ? value.map(textOf) : value === undefined ? [] : [textOf(value)];
}
