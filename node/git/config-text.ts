// Reads the text of a git configuration (git-config(1), "Syntax"). Files that it includes are not read, as `git config --local` does not.

/** One value by its full name: section and key in lower case, what stands between them as written. */
export interface Setting {
  readonly name: string;
  /** Empty where the key stands alone, as `git config --get` shows it. */
  readonly value: string;
}

/** Reads settings in the order of the text. Lines that are none end the reading, as git refuses the whole file there. Pure. */
export function readSettings(text: string): readonly Setting[] {
  const found: Setting[] = [];
  let section = '';
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    let line = (lines[at] ?? '').trimStart();
    const header = /^\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (header !== null) {
      const below = header[2]?.replaceAll(/\\(.)/g, '$1');
      section = below === undefined ? (header[1] ?? '').toLowerCase() : `${(header[1] ?? '').toLowerCase()}.${below}`;
      line = line.slice(header[0].length).trimStart();
    }
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const key = /^([A-Za-z][A-Za-z0-9-]*)\s*(=?)/.exec(line);
    if (key === null || section === '') return found;
    let rest = line.slice(key[0].length);
    let value = key[2] === '' ? { text: '', isOpen: false } : valueOf(rest);
    while (value.isOpen && at + 1 < lines.length) {
      at += 1;
      rest = `${rest.slice(0, -1)}${lines[at] ?? ''}`;
      value = valueOf(rest);
    }
    found.push({ name: `${section}.${(key[1] ?? '').toLowerCase()}`, value: value.text });
  }
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\' };

/** A value as written: quotes, escapes and comments taken away. `isOpen`: its line ends in a backslash, and the next one belongs to it. */
function valueOf(written: string): { readonly text: string; readonly isOpen: boolean } {
  let text = '';
  // Blanks count only where something that counts comes after them.
  let blanks = '';
  let isQuoted = false;
  for (let at = 0; at < written.length; at += 1) {
    const letter = written[at] ?? '';
    if (letter === '\\') {
      const next = written[at + 1];
      if (next === undefined) return { text, isOpen: true };
      text += blanks + (escapes[next] ?? next);
      blanks = '';
      at += 1;
    } else if (letter === '"') {
      isQuoted = !isQuoted;
      text += blanks;
      blanks = '';
    } else if (!isQuoted && (letter === '#' || letter === ';')) break;
    else if (!isQuoted && /\s/.test(letter)) blanks += text === '' ? '' : letter;
    else {
      text += blanks + letter;
      blanks = '';
    }
  }
  return { text, isOpen: false };
}
