// Stands for `node:os` and `node:child_process` in what tests prepare: a page has neither.

/** Where temporary folders would be. */
export const tmpdir = (): string => '/tmp';
/** @throws Error always */
export function execFileSync(): never {
  throw new Error('a page starts no program');
}
