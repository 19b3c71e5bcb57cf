// One word for a POSIX shell: for the few texts that git or a hook hands to one.

/** The text as one word, whatever is in it. Pure. */
export function shellWord(text: string): string {
  return /^[\w./=:@,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
