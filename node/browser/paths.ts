// Stands for `node:path` where gdo runs in a browser: paths of the files in memory, which are absolute and have `/` between their parts.

/** Between the folders of a list. */
export const delimiter = ':';

/** Whether a path starts at the root. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

/** The folder that a path lies in; the root lies in itself. */
export function dirname(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, Math.max(end, 1));
}

/** The last part of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins parts and takes `.` and `..` out. */
export function join(...parts: readonly string[]): string {
  const kept: string[] = [];
  const whole = parts.filter(Boolean).join('/');
  for (const part of whole.split('/')) {
    if (part === '..' && kept.length > 0) kept.pop();
    else if (part !== '.' && part !== '' && part !== '..') kept.push(part);
  }
  return `${isAbsolute(whole) ? '/' : ''}${kept.join('/')}` || '.';
}

/** The absolute path that parts lead to, from the root: there is no working folder. */
export function resolve(...parts: readonly string[]): string {
  const start = parts.findLastIndex(isAbsolute);
  return join('/', ...parts.slice(Math.max(start, 0)));
}

/** The way from a folder down to a path below it; `..` where it is not below. */
export function relative(from: string, to: string): string {
  return to === from ? '' : to.startsWith(`${from}/`) ? to.slice(from.length + 1) : '..';
}

/** The same, by the name under which Node has the rules of every system but one. */
export const posix: {
  readonly dirname: typeof dirname;
  readonly basename: typeof basename;
  readonly join: typeof join;
} = { dirname, basename, join };
