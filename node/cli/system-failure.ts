// What the operating system refuses of a file, in the words of whoever looks after the machine: a failure of the world and no fault of gdo.
import { WorldError } from './command.ts';

const noRoom = 'make room and see that it may be written to (`df`, `mount`): nothing that was acknowledged is lost, and the same goes on then';
const noRight = 'look at who owns it and who may write to it';
const otherThing = 'look at this path: something of another kind lies there';
const tooManyFiles = 'raise the limit of open files (`ulimit -n`, LimitNOFILE of systemd)';

const meanings: ReadonlyMap<string, readonly [code: string, next: string]> = new Map([
  ['ENOSPC', ['GDO4021', noRoom]],
  ['EDQUOT', ['GDO4021', noRoom]],
  ['EROFS', ['GDO4021', noRoom]],
  ['EIO', ['GDO4021', 'look at the disk (`dmesg`); keep every copy of the ledger']],
  ['EACCES', ['GDO5022', noRight]],
  ['EPERM', ['GDO5022', noRight]],
  ['EMFILE', ['GDO5022', tooManyFiles]],
  ['ENFILE', ['GDO5022', tooManyFiles]],
  ['EISDIR', ['GDO5022', otherThing]],
  ['ENOTDIR', ['GDO5022', otherThing]],
  ['ELOOP', ['GDO5022', otherThing]],
  ['ENAMETOOLONG', ['GDO5022', 'put it where the path is shorter']],
]);

/** The folder above is there and takes none, as below /proc: who is asked to make a folder makes those above it. */
const noFolders: readonly [code: string, next: string] = [
  'GDO5022',
  'no folder can be made there: choose another place (HOME, XDG_CONFIG_HOME, XDG_CACHE_HOME)',
];

/** The failure of the world that an error of the system is, or undefined where it is another error. What is absent is no such: gdo asks before. */
export function systemFailure(error: unknown): WorldError | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || !('syscall' in error)) return undefined;
  const meaning = error.code === 'ENOENT' && error.syscall === 'mkdir' ? noFolders : meanings.get(error.code);
  return meaning === undefined ? undefined : new WorldError(meaning[0], `The system refused: ${error.message.replace(/^[A-Z0-9]+: /, '')}`, meaning[1], error);
}

/** What git passes on of the system's words. Where the disk does not take a ref or its folder it says no more than that. */
const wordsOf: readonly (readonly [words: RegExp, code: string])[] = [
  [/Disk quota exceeded/, 'EDQUOT'],
  [/Read-only file system/, 'EROFS'],
  [/Input\/output error/, 'EIO'],
  [/Permission denied/, 'EACCES'],
  [/Operation not permitted/, 'EPERM'],
  [/Too many open files/, 'EMFILE'],
  [/No space left on device|Out of diskspace|couldn't (?:write|close) '|unable to create directory for /, 'ENOSPC'],
];

/** The failure of the world that git met on this machine, or undefined where it ended for another reason. @param words - what it said itself, and nobody else through it @param place - what it wrote to: most of its words name no file */
export function failureInWords(words: string, place?: string): WorldError | undefined {
  const [, code = ''] = wordsOf.find(([pattern]) => pattern.test(words)) ?? [];
  const meaning = meanings.get(code);
  return meaning === undefined
    ? undefined
    : new WorldError(meaning[0], `The system refused: ${words}${place === undefined || words.includes(place) ? '' : ` (${place})`}`, meaning[1]);
}

/** What to do where an address cannot be listened on. */
export function listeningHelp(cause: Error): string {
  const code = 'code' in cause ? String(cause.code) : '';
  if (code === 'EADDRINUSE') return 'name another address, or stop who has it';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'name an address that this machine has';
  if (code === 'EACCES') return 'name a port above 1023, and a folder that this user may write to';
  return meanings.get(code)?.[1] ?? 'name another address';
}
