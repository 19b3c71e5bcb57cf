// `gdo prove`: a proof of one governed file at a date, which anybody can check without the repository.
import { resolve } from 'node:path';
import { proveFile } from '../ledger/file-proof.ts';
import { beginsAfter } from '../ledger/verify.ts';
import { replaceFile } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { instantOf, showUtc } from './instants.ts';
import { holdsNotHelp, withLedger } from './session.ts';
import type { Session } from './session.ts';
import { visible } from './terminal.ts';

/** The command `gdo prove`. Exits 0 the file is proved, 1 it is proved that there was none, 2, 3. */
export const proveCommand: CommandDefinition = {
  name: 'prove',
  group: 'decide',
  summary: 'a proof of one file at a date, checkable without the repository',
  arguments: 'FILE',
  options: [
    ['--at <date>', 'as it was on this day at its end, or at an instant such as 2027-03-09T19:00Z (default: now)'],
    ['--out <file>', 'where the proof is written (default: proof.json)'],
  ],
  examples: ['gdo prove rules/noise.md', 'gdo prove rules/noise.md --at 2027-03-01 --out noise.json'],
  run: (positional, options, world) => withLedger(world, (session) => prove(session, positional, options)),
};

async function prove(session: Session, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const { view, world } = session;
  const [path] = positional;
  if (path === undefined) throw new UsageError('GDO5002', 'Which file?', 'gdo prove rules/noise.md');
  const atMs = instantOf(options['at'], world.clockMs());
  const first = beginsAfter(view, atMs);
  if (first !== undefined && atMs < first.timeMs)
    throw new WorldError('GDO4014', `This copy does not hold the state of ${showUtc(atMs)}: it begins at checkpoint ${first.height}`, holdsNotHelp);
  const proof = await proveFile(view, path, atMs);
  if (proof === undefined)
    throw new WorldError(
      'GDO5003',
      `On ${showUtc(atMs)} ${visible(view.name)} had no final checkpoint whose votes are here`,
      `it was founded on ${showUtc(view.genesis.timeMs)}; ask for a later date`,
    );
  const out = resolve(world.cwd, typeof options['out'] === 'string' ? options['out'] : 'proof.json');
  await replaceFile(out, proof.text);
  const { checkpoint, identity } = proof;
  if (world.json) {
    const document = {
      schema: 'gdo-prove/1',
      file: out,
      path,
      org: view.org,
      checkpoint: checkpoint.height,
      timeMs: checkpoint.timeMs,
      identity: identity ?? null,
    };
    world.stdout(`${JSON.stringify(document)}\n`);
  } else {
    const [mode, hash] = identity?.split(':') ?? [];
    const what =
      identity === undefined ? `there was no ${visible(path)}` : `${visible(path)} had the SHA-256 ${hash ?? ''}${mode === '100755' ? ', executable' : ''}`;
    world.stdout(
      `✓ Wrote ${visible(out)}: at checkpoint ${checkpoint.height}, ${showUtc(checkpoint.timeMs)}, ${what}.\n  Anybody checks it with the organization's id:  check_proof.py ${visible(out)} ${view.org}\n`,
    );
  }
  return identity === undefined ? 1 : 0;
}
