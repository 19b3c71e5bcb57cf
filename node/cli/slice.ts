// `gdo slice`: writes what a door needs of a ledger, checks such a file without one, and asks it who may use what, once or on a socket.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { entriesUnder, isHex64, offsetsOf } from '../../engine/index.ts';
import { checkSlice, decideAtDoor, makeSlice, sliceBytesMax } from '../ledger/slice.ts';
import type { CheckedSlice, KnownBefore } from '../ledger/slice.ts';
import type { Refusal } from '../ledger/signed-checkpoint.ts';
import { insidePath, replaceFile } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { instantOf, showUtc } from './instants.ts';
import { withLedger } from './session.ts';
import type { Session } from './session.ts';
import { shortHash } from './status-text.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo slice`. Exits 0 written, sound or allowed; 1 the slice or the use is refused; 2; 3. */
export const sliceCommand: CommandDefinition = {
  name: 'slice',
  group: 'keep',
  summary: 'what a door needs of a ledger: written, checked, asked',
  arguments: '[FILE]',
  options: [
    ['--out <file>', 'where it is written (default: slice.ndjson)'],
    ['--org <id>', 'with a file: the organization that is meant'],
    ['--known <file>', 'with a file: the slice that it replaces; an older one is refused'],
    ['--thing <path>', 'with a file: may this be used now, such as doors/front'],
    ['--person <person>', 'who wants to use it; without, nobody who is known'],
    ['--at <date>', 'at an instant such as 2027-03-09T19:00Z (default: now)'],
    ['--everyone', 'with --thing: what everybody who is known is told now, as a list'],
    ['--listen <socket>', 'with a file: answer the programs of this machine on a local socket'],
    ['--record <file>', 'with --listen: where each use is written down'],
    ['--offset <offset>', 'offset of the clock at the door, such as -06:00 (default: the first of the bylaws)'],
  ],
  examples: ['gdo slice --out door.ndjson', 'gdo slice door.ndjson --org ID --thing doors/front --person dee'],
  run: async (positional, options, world) =>
    positional[0] === undefined ? withLedger(world, (session) => write(session, options)) : useSlice(world, positional[0], options),
};

async function write({ view, world }: Session, options: Options): Promise<number> {
  const bytes = await makeSlice(view);
  if (bytes === undefined)
    throw new WorldError(
      'GDO5003',
      'The votes that a slice needs are not all in this copy',
      'write it from a copy that has every checkpoint since the founding',
    );
  const out = typeof options['out'] === 'string' ? options['out'] : 'slice.ndjson';
  await replaceFile(join(world.cwd, insidePath(world.cwd, out)), Buffer.from(bytes).toString('utf8'));
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-slice-written/1', file: out, org: view.org, checkpoint: view.tip.height, bytes: bytes.length })}\n`);
  } else {
    world.stdout(
      `✓ Wrote ${visible(out)}: checkpoint ${view.tip.height}, ${showUtc(view.tip.timeMs)}, ${bytes.length} bytes.\n  A door checks it without the ledger:  gdo slice ${visible(out)} --org ${view.org}\n`,
    );
  }
  return 0;
}

function fileBytes(world: World, path: string): Uint8Array {
  const file = join(world.cwd, insidePath(world.cwd, path));
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile())
    throw new WorldError('GDO5022', `There is no file ${visible(path)}`, 'a slice is written with:  gdo slice --out FILE');
  if (found.size > sliceBytesMax) throw new WorldError('GDO5022', `${visible(path)} is larger than any slice`, `at most ${sliceBytesMax} bytes`);
  return readFileSync(file);
}

function useSlice(world: World, path: string, options: Options): number | Promise<number> {
  const { org, known } = options;
  if (!isHex64(org))
    throw new UsageError('GDO5002', 'Which organization is meant?', 'name it with --org: a file that names its own organization proves nothing');
  const before = typeof known === 'string' ? checkSlice(fileBytes(world, known), { org }) : undefined;
  if (before?.kind === 'refused') return refuse(world, `${typeof known === 'string' ? known : ''}`, before);
  const held: KnownBefore = before === undefined ? { org } : { org, newest: { height: before.checkpoint.height, id: before.id } };
  const slice = checkSlice(fileBytes(world, path), held);
  if (slice.kind === 'refused') return refuse(world, path, slice);
  if (typeof options['listen'] === 'string') return listen({ path, org, slice }, options, world);
  if (typeof options['thing'] === 'string' && options['everyone'] === true) return everyone(world, slice, { thing: options['thing'], options });
  return typeof options['thing'] === 'string' ? ask(world, slice, { thing: options['thing'], options }) : report(world, path, slice);
}

function refuse(world: World, path: string, { code, reason }: Refusal): number {
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-slice/1', sound: false, code, reason })}\n`);
  else
    world.stdout(
      `✗ ${code} ${visible(path)} is not taken: ${visible(reason)}.\n  Write it anew on a node, and keep the one that the door has until then:  gdo slice --out FILE\n`,
    );
  return 1;
}

function report(world: World, path: string, { genesis, checkpoint, charter, entriesCount, valuesCount, id }: CheckedSlice): number {
  if (world.json) {
    const document = { schema: 'gdo-slice/1', sound: true, org: checkpoint.org, checkpoint: checkpoint.height, id, timeMs: checkpoint.timeMs };
    world.stdout(`${JSON.stringify({ ...document, entries: entriesCount, values: valuesCount, rights: charter.rights.map(({ name }) => name) })}\n`);
    return 0;
  }
  const rights = charter.rights.map(({ name }) => name).join(', ');
  world.stdout(
    [
      `✓ ${visible(path)} is of ${visible(genesis.name)} at checkpoint ${checkpoint.height}, ${showUtc(checkpoint.timeMs)}, by the votes of its witnesses.`,
      `  state ${shortHash(checkpoint.state)}: every one of its ${counted(entriesCount, 'entry', 'entries')} is named, ${valuesCount} with the value.`,
      `  rights: ${rights === '' ? 'none' : visible(rights)}`,
      '',
    ].join('\n'),
  );
  return 0;
}

function ask(world: World, slice: CheckedSlice, { thing, options }: { readonly thing: string; readonly options: Options }): number {
  const { person } = options;
  const atMs = instantOf(options['at'], world.clockMs());
  const answer = decideAtDoor(slice, {
    thing,
    person: typeof person === 'string' ? person : undefined,
    atMs,
    offsetMinutes: offsetOf(options['offset']) ?? offsetsOf(slice.charter)[0] ?? 0,
  });
  const exit = answer.kind === 'allowed' ? 0 : 1;
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-door/1', ...answer, thing, person: person ?? null, atMs, checkpoint: slice.checkpoint.height, id: slice.id })}\n`,
    );
    return exit;
  }
  const who = typeof person === 'string' ? visible(person) : 'nobody who is known';
  world.stdout(
    answer.kind === 'allowed'
      ? `✓ ${who}: ${visible(thing)}, by the right ${answer.right} (checkpoint ${slice.checkpoint.height})\n`
      : `✗ ${who}: ${visible(thing)}, ${answer.reason}${answer.right === undefined ? '' : ` under ${answer.right}`}: "${visible(answer.says)}" (checkpoint ${slice.checkpoint.height})\n`,
  );
  return exit;
}

/** What each person who is known is told: the rows from which lists for other readers are made. */
function everyone(world: World, slice: CheckedSlice, { thing, options }: { readonly thing: string; readonly options: Options }): number {
  const atMs = instantOf(options['at'], world.clockMs());
  const offsetMinutes = offsetOf(options['offset']) ?? offsetsOf(slice.charter)[0] ?? 0;
  const people = entriesUnder(slice.state, 'member/').map(([key]) => key.slice('member/'.length));
  const rows = people.map((person) => ({ person, ...decideAtDoor(slice, { thing, person, atMs, offsetMinutes }) }));
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-doors/1', thing, atMs, checkpoint: slice.checkpoint.height, rows })}\n`);
  else
    for (const row of rows)
      world.stdout(`${row.kind === 'allowed' ? '✓' : '✗'} ${row.person}  ${row.kind === 'allowed' ? row.right : `${row.reason}: ${visible(row.says)}`}\n`);
  return 0;
}

/** Answers on a socket until it is told to stop; a newer slice in the same place is taken when it is sound. */
async function listen(held: { readonly path: string; readonly org: string; readonly slice: CheckedSlice }, options: Options, world: World): Promise<number> {
  const { listen: socket, record } = options;
  if (typeof socket !== 'string' || typeof record !== 'string')
    throw new UsageError('GDO5002', 'Where are the uses written down?', 'gdo slice door.ndjson --org ID --listen door.sock --record uses.ndjson');
  const { openDoorSocket } = await import('../doors/door-socket.ts');
  const offset = offsetOf(options['offset']);
  let { slice } = held;
  let seenMs = modifiedMs(world, held.path);
  const newest = (): CheckedSlice => {
    const changedMs = modifiedMs(world, held.path);
    if (changedMs === undefined || changedMs === seenMs) return slice;
    seenMs = changedMs;
    const next = checkSlice(fileBytes(world, held.path), { org: held.org, newest: { height: slice.checkpoint.height, id: slice.id } });
    if (next.kind === 'ok') slice = next;
    else world.stderr(`⚠ ${next.code} The newer ${visible(held.path)} is not taken: ${visible(next.reason)}.\n`);
    return slice;
  };
  const places = { socket: join(world.cwd, insidePath(world.cwd, socket)), record: join(world.cwd, insidePath(world.cwd, record)) };
  const server = await openDoorSocket({ ...places, clockMs: world.clockMs, newest, offsetMinutes: () => offset ?? offsetsOf(slice.charter)[0] ?? 0 });
  world.stdout(`${JSON.stringify({ schema: 'gdo-door-open/1', socket, checkpoint: slice.checkpoint.height })}\n`);
  await new Promise<void>((done) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => done());
  });
  server.close();
  return 0;
}

function modifiedMs(world: World, path: string): number | undefined {
  return statSync(join(world.cwd, insidePath(world.cwd, path)), { throwIfNoEntry: false })?.mtimeMs;
}

function offsetOf(value: OptionValue): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, sign, hours, minutes] = /^([+-])([01]\d):([0-5]\d)$/.exec(value) ?? [];
  if (sign === undefined) throw new UsageError('GDO5003', `\`${visible(value)}\` is no offset`, 'write it as -06:00 or +01:00');
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
