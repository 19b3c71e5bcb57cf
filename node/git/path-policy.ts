// Which names a governed tree may have (node.md section 3.5): what checks out alike on every system. Names only; walking trees is content.ts.

/** Limits of a governed tree, repetition counted: a tree of 11 small objects can name 10^10 files. */
export const treeLimits: {
  readonly depth: number;
  readonly entriesCount: number;
  readonly namedBytes: number;
  readonly pathBytes: number;
  readonly nameBytes: number;
} = { depth: 32, entriesCount: 100_000, namedBytes: 2 * 1024 * 1024 * 1024, pathBytes: 1024, nameBytes: 255 };

const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;
/** Characters that HFS+ ignores when it compares names: `.g\u200cit` opens `.git` there. */
const ignorable = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** Decodes a name strictly. @returns undefined where the bytes are not UTF-8 */
export function decodeName(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

/** Judges one name of a tree entry. @returns why it is refused, as the rest of a sentence, or undefined */
export function nameFault(name: string, bytesCount: number): string | undefined {
  if (bytesCount > treeLimits.nameBytes) return `is longer than ${treeLimits.nameBytes} bytes`;
  if (name === '' || name === '.' || name === '..') return 'is no name';
  if (name.normalize('NFC') !== name) return 'is not in Unicode form NFC';
  if (/[\p{Cc}\p{Cn}\p{Cs}\p{Co}]/u.test(name)) return 'has a control or unassigned character';
  if (/[\\:*?"<>|/]/.test(name)) return 'has one of \\ : * ? " < > | /';
  if (/^ |[ .]$/.test(name)) return 'starts with a space or ends in a space or dot';
  if (isGitName(name)) return 'is a spelling of .git';
  if (deviceName.test(name)) return 'is the name of a device on Windows';
  return undefined;
}

/** `.git` by case, by characters that HFS+ ignores, and by the short names of NTFS, also of .gitmodules. */
function isGitName(name: string): boolean {
  const plain = name.replace(ignorable, '').toLowerCase();
  return /^(\.git|git~[0-9]+)([ .:].*)?$/.test(plain) || /^(\.gitmodules|gitmod~[0-9]+)$/.test(plain);
}

/** The form under which two names of one folder may not meet: case folded and NFC. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * Finds two paths that cannot stand in one tree: equal but for case or form on the way, or one a file where the other needs a folder.
 * @returns the later one and what it meets, in the order given, or undefined
 */
export function pathCollision(paths: Iterable<string>): { readonly path: string; readonly meets: string } | undefined {
  const known = new Map<string, { readonly prefix: string; readonly isFile: boolean }>();
  for (const path of paths) {
    const parts = path.split('/');
    for (let length = 1; length <= parts.length; length += 1) {
      const prefix = parts.slice(0, length).join('/');
      const isFile = length === parts.length;
      const met = known.get(foldedName(prefix));
      if (met === undefined) known.set(foldedName(prefix), { prefix, isFile });
      else if (met.prefix !== prefix || met.isFile !== isFile) return { path, meets: met.prefix };
    }
  }
  return undefined;
}
