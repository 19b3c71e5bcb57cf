// `gdo unseal`: shows which sealed files there are, or opens one and holds it against what the ledger says of it. A file has its name only when all of it is right.
import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readCase } from '../../engine/index.ts';
import { contentsHere } from '../chunks/contents.ts';
import { beginUnfinished, whileStoppable } from '../git/unfinished.ts';
import { writeWhole } from '../git/write-whole.ts';
import { readPlain, unlock, type Unlocked } from '../sealed/sealed-content.ts';
import { askedBy, sealedFiles, type SealedFile } from '../sealed/sealed-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { keyPath } from './found.ts';
import { outFile } from './out-file.ts';
import { progress, showBytes } from './progress.ts';
import { nameDigitsShown, openingKey, sealedNamed } from './sealed-word.ts';
import { sayPruned, withLedger } from './session.ts';
import type { Session } from './session.ts';
import { alignRows } from './table.ts';
import { visible } from './terminal.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo unseal`. Exits 0; 1 (it is not sealed to this key, or is not what the ledger says); 2; 3. */
export const unsealCommand: CommandDefinition = {
  name: 'unseal',
  group: 'decide',
  summary: 'sealed files: which there are, and open one',
  arguments: '[SEALED]',
  options: [
    ['--out <file>', 'where the opened file is written, for you alone to read'],
    ['--key <file>', 'open with this private key'],
  ],
  examples: ['gdo unseal', 'gdo unseal 3f2a91c0 --out note.pdf'],
  run: (positional, options, world) =>
    withLedger(world, (session) => {
      const [word] = positional;
      return word === undefined ? list(session) : whileStoppable(() => open(session, word, options));
    }),
};

async function list(session: Session): Promise<number> {
  const { view, world, repository } = session;
  const here = new Set((await contentsHere(repository)).map(({ sha256 }) => sha256));
  const files = sealedFiles(view).map((file) => {
    const number = file.first.case === undefined ? undefined : readCase(view.state, file.first.case)?.number;
    const isHere = file.sealings.some(({ content }) => here.has(content));
    return { file, isHere, number, role: file.sealings.at(-1)?.role ?? file.first.role, asked: askedBy(view, file) };
  });
  if (world.json) {
    const rows = files.map(({ file, isHere, number, role, asked }) => ({
      sealed: file.name,
      by: file.first.by,
      role,
      ...(number === undefined ? {} : { case: number }),
      ...(file.first.title === undefined ? {} : { title: file.first.title }),
      contents: file.sealings.map(({ content }) => content),
      here: isHere,
      erasureAskedBy: asked.map(({ by }) => by),
    }));
    world.stdout(`${JSON.stringify({ schema: 'gdo-sealed/1', files: rows })}\n`);
    return 0;
  }
  sayPruned(session);
  const rows = files.map(({ file, isHere, number, role, asked }) => [
    file.name.slice(0, nameDigitsShown),
    `by ${file.first.by}`,
    `to ${role}`,
    number === undefined ? '' : `#${number}`,
    isHere ? 'here' : 'not here',
    [visible(file.first.title ?? ''), asked[0] === undefined ? '' : `(to be erased: ${asked[0].by})`].filter(Boolean).join(' '),
  ]);
  world.stdout(rows.length === 0 ? 'No file is sealed here.\n' : `${alignRows(rows).join('\n')}\n`);
  return 0;
}

async function open(session: Session, word: string, options: Options): Promise<number> {
  const { view, world, repository } = session;
  const { out } = options;
  if (typeof out !== 'string') throw new UsageError('GDO5002', 'Where should the opened file go?', `gdo unseal ${visible(word)} --out FILE`);
  const file = sealedNamed(view, word);
  const path = outFile(world.cwd, out);
  const key = openingKey(keyPath(options, world), world);
  const [faults, keys] = [new Set<string>(), new Set<number>()];
  // The newest sealing first: whoever came into the role later is in that one only.
  for (const { content } of file.sealings.toReversed()) {
    const unlocked = await unlock(repository, content, key);
    if (unlocked.kind === 'not yours') keys.add(unlocked.keysCount);
    if (unlocked.kind === 'false') faults.add(unlocked.reason);
    if (unlocked.kind !== 'ok') continue;
    const line = progress(world, `unseal ${file.name.slice(0, nameDigitsShown)}`);
    const written = await writePlain(unlocked, { path, file, hear: (done) => line.at(done, undefined) });
    line.done();
    if (typeof written === 'string') faults.add(written);
    else return opened(session, { file, out, content, bytesCount: written });
  }
  const [fault] = faults;
  if (fault !== undefined)
    return refused(
      session,
      file,
      'GDO4033',
      `is not what the ledger says of it: ${fault}. Ask whoever sealed it for another sealing:  gdo seal --again ${file.name.slice(0, nameDigitsShown)}`,
    );
  if (keys.size > 0)
    return refused(
      session,
      file,
      'GDO4032',
      `is not sealed to this key. Whoever can open it can seal it anew:  gdo seal --again ${file.name.slice(0, nameDigitsShown)}`,
    );
  throw notHere(session, file);
}

function opened(
  { world }: Session,
  { file, out, content, bytesCount }: { readonly file: SealedFile; readonly out: string; readonly content: string; readonly bytesCount: number },
): number {
  const { by, commitment } = file.first;
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-unseal/1', sealed: file.name, file: out, content, commitment, by, size: bytesCount })}\n`);
  else world.stdout(`✓ Wrote ${visible(out)}, ${showBytes(bytesCount)}: the very bytes that ${by} sealed.\n`);
  return 0;
}

function refused({ world }: Session, { name }: SealedFile, code: string, reason: string): number {
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-unseal/1', sealed: name, code, reason })}\n`);
  else world.stderr(`✗ ${code} The sealed file ${name.slice(0, nameDigitsShown)} ${visible(reason)}.\n`);
  return 1;
}

function notHere({ view }: Session, file: SealedFile): WorldError {
  const [asked] = askedBy(view, file);
  const newest = file.sealings.at(-1)?.content ?? file.first.content;
  const why = asked === undefined ? '' : `: ${asked.by} asked that it be erased${asked.because === undefined ? '' : ` (${visible(asked.because)})`}`;
  return new WorldError(
    'GDO4034',
    `This copy has no bytes of the sealed file ${file.name.slice(0, nameDigitsShown)}${why}`,
    `where another copy has them:  gdo store fetch ${newest.slice(0, nameDigitsShown)} --peer ADDRESS`,
  );
}

/** Writes an opened file for its owner alone. @returns how many bytes, or a sentence part where it is not what the ledger says; then nothing is left of it */
async function writePlain(
  unlocked: Unlocked,
  { path, file, hear }: { readonly path: string; readonly file: SealedFile; readonly hear: (bytesCount: number) => void },
): Promise<number | string> {
  if (unlocked.name !== file.name) return 'it is another file';
  const draft = join(dirname(path), `.${basename(path)}.gdo-unseal`);
  // Nobody else may read what is in it, also where a killed command left it; and a link that somebody planted is not followed.
  rmSync(draft, { force: true });
  const finished = beginUnfinished(draft);
  const handle = openSync(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  let bytesCount = 0;
  try {
    const plain = await readPlain(unlocked, (bytes) => {
      writeWhole(handle, bytes, draft);
      hear((bytesCount += bytes.length));
    });
    if (plain.kind !== 'ok') return plain.reason;
    if (plain.commitment !== file.first.commitment) return 'its bytes are others than those that were sealed';
    fsyncSync(handle);
    renameSync(draft, path);
    return bytesCount;
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
    finished();
  }
}
