// Which names a ref may have: git-check-ref-format(1), so that both adapters refuse the same. Names only.

/** Longest name that every file system holds with the lock beside it. */
const nameBytesMax = 1024;

/** Why a text is no full name of a ref below `refs/`, or undefined. Pure. */
export function refNameFault(ref: string): string | undefined {
  const fault = (why: string): string => `\`${ref}\` is no name of a ref: it ${why}`;
  if (!ref.startsWith('refs/')) return fault('does not begin with refs/');
  if (Buffer.byteLength(ref, 'utf8') > nameBytesMax) return fault(`has more than ${nameBytesMax} bytes`);
  // Control characters, space and what git's revision language uses.
  if (/[~^:?*[\\]/.test(ref) || ref.split('').some((letter) => letter <= ' ' || letter === '\u007f')) return fault('has a character that no ref has');
  if (ref.includes('..') || ref.includes('@{') || ref.endsWith('.')) return fault('has a part that means something else');
  const parts = ref.split('/');
  const bad = parts.find((part) => part === '' || part.startsWith('.') || part.endsWith('.lock'));
  return bad === undefined ? undefined : fault('has an empty or hidden part, or one that ends in .lock');
}
