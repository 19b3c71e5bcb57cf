// Stands for `node:fs` in what tests prepare: a page needs no folder, so that making and removing one is nothing.

/** Makes nothing. */
export const mkdirSync = (): undefined => undefined;
/** Gives a name. */
export const mkdtempSync = (start: string): string => `${start}page`;
/** Removes nothing. */
export const rmSync = (): undefined => undefined;
