// One clause of a declaration put into another declaration of the same name, and the sentences that change with it.
import type { Charter } from '../../engine/index.ts';
import { sentencesOf } from '../sentences.ts';
import { samePart } from './same.ts';

/** A part of the old bylaws with one clause of the new ones; a clause that the new one lacks is gone. Pure. */
export function withClause<T extends object>(before: T, after: T, key: keyof T): T {
  return { ...before, [key]: after[key] };
}

/** The clauses in which two parts of one kind differ, in the order of the old part. Pure. */
export function clausesBetween<T extends object>(before: T, after: T): readonly (keyof T & string)[] {
  return [...new Set([...clausesIn(before), ...clausesIn(after)])].filter((key) => !samePart(before[key], after[key]));
}

function clausesIn<T extends object>(part: T): readonly (keyof T & string)[] {
  const keys: (keyof T & string)[] = [];
  for (const key in part) keys.push(key);
  return keys;
}

/** The sentences about a declaration that only the old bylaws say, and those that only the new ones do. Pure. */
export function sentencesMoved(name: string, before: Charter, after: Charter): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const lines = (charter: Charter): readonly string[] =>
    sentencesOf(charter, name).flatMap((one) => [...one.sentences, ...one.stages.flatMap((stage) => stage.sentences)]);
  const [old, fresh] = [lines(before), lines(after)];
  return { before: old.filter((line) => !fresh.includes(line)), after: fresh.filter((line) => !old.includes(line)) };
}

/** What two lists have under each name, in the order of the old list. Pure. */
export function pairs<T>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (one: T) => string,
): readonly { readonly name: string; readonly was: T | undefined; readonly is: T | undefined }[] {
  const names = [...new Set([...before, ...after].map(nameOf))];
  return names.map((name) => ({ name, was: before.find((one) => nameOf(one) === name), is: after.find((one) => nameOf(one) === name) }));
}
