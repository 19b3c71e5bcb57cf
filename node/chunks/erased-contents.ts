// What was erased in this copy, so that it does not come back by itself from another one that has not heard of it yet. Beside the ledger, and this copy's own affair.
import { join } from 'node:path';
import { commonDirectory } from '../git/git-place.ts';
import type { Repository } from '../git/repository.ts';
import { addLines, readLines } from './lines-file.ts';

const pathOf = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'gdo', 'erased-contents');
const askedPathOf = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'gdo', 'asked-contents');

/** The SHA-256 of each content that was erased here. */
export function erasedHere(repository: Repository): ReadonlySet<string> {
  return readLines(pathOf(repository));
}

/** Notes contents as erased; it is on the disk when this returns. */
export function noteErased(repository: Repository, names: readonly string[]): void {
  addLines(pathOf(repository), names);
}

/** A content that was to be erased and is not here, and the sealed file that it has to say it is: only then does it go, since anybody can ask for any SHA-256. */
export interface AskedContent {
  readonly sha256: string;
  readonly name: string;
}

/** Notes contents that go if they come; it is on the disk when this returns. */
export function noteAsked(repository: Repository, asked: readonly AskedContent[]): void {
  addLines(askedPathOf(repository), asked.map(lineOf));
}

/** Whether a content that says it is a sealed file was to be erased here. @param said - reads what it says, where that matters */
export async function isAskedAway(repository: Repository, sha256: string, said: () => Promise<string | undefined>): Promise<boolean> {
  const lines = readLines(askedPathOf(repository));
  if (![...lines].some((line) => line.startsWith(`${sha256} `))) return false;
  const name = await said();
  return name !== undefined && lines.has(lineOf({ sha256, name }));
}

const lineOf = ({ sha256, name }: AskedContent): string => `${sha256} ${name}`;
