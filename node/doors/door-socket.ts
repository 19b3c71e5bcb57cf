// A door behind a local socket: one JSON line in, one out. Programs on this machine ask it, such as the reader of cards; it opens no network.
import { chmodSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { isIdentifier } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import type { HeldSlice } from '../ledger/slice.ts';
import { decideWish } from './door.ts';
import type { DoorWish } from './door.ts';
import { appendUse, readUses } from './use-record.ts';
import type { UseRecord } from './use-record.ts';

/** Bytes of one question: a thing and a person have fewer. */
const lineBytesMax = 4_096;
/** Programs that ask at one time: readers at a door are few. */
const callersMax = 16;
/** Uses of before that are looked through for a limit; no limit of a door counts further back. */
const usesKept = 100_000;

/** What a door has: where it listens and writes, its clock, and its newest slice, which may be a newer one each time. */
export interface DoorPorts {
  readonly socket: string;
  readonly record: string;
  readonly clockMs: () => number;
  readonly offsetMinutes: () => number;
  readonly newest: () => HeldSlice;
}

/** Opens the door's socket, mode 660. @throws WorldError GDO5024 where something else lies there */
export async function openDoorSocket(ports: DoorPorts): Promise<Server> {
  const { socket } = ports;
  const found = statSync(socket, { throwIfNoEntry: false });
  if (found !== undefined && !found.isSocket()) throw new WorldError('GDO5024', `${socket} is no socket`, 'name another place with --listen');
  // A door that lost power leaves its socket behind; its slice and record are what counts.
  rmSync(socket, { force: true });
  let recorded = readUses(ports.record).slice(-usesKept);
  const answer = (line: string): object => {
    const wish = readWish(line, ports);
    if (wish === undefined) return { error: 'ask {"thing": "doors/front", "person": "dee"}; "credential": "disabled" where it was reported lost' };
    const slice = ports.newest();
    const decision = decideWish(slice, recorded, wish);
    appendUse(ports.record, decision.use);
    recorded = [...recorded.slice(-usesKept), decision.use] satisfies readonly UseRecord[];
    return { ...decision.answer, checkpoint: slice.checkpoint.height };
  };
  const server = createServer((caller) => serveCaller(caller, answer));
  server.maxConnections = callersMax;
  await new Promise<void>((opened, failed) => {
    server.once('error', (error) => failed(new WorldError('GDO5024', `${socket} cannot be opened`, 'name another place with --listen', error)));
    server.listen(socket, opened);
  });
  chmodSync(socket, 0o660);
  return server;
}

function serveCaller(caller: Socket, answer: (line: string) => object): void {
  let rest = '';
  caller.setEncoding('utf8');
  caller.on('error', () => caller.destroy());
  caller.on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) caller.write(`${JSON.stringify(line.length > lineBytesMax ? { error: 'the question is too long' } : answer(line))}\n`);
    if (rest.length > lineBytesMax) caller.destroy();
  });
}

function readWish(line: string, { clockMs, offsetMinutes }: DoorPorts): DoorWish | undefined {
  const row = parsed(line);
  const { thing, person, credential } = row ?? {};
  const isForm = row !== undefined && Object.keys(row).every((key) => key === 'thing' || key === 'person' || key === 'credential');
  if (!isForm || typeof thing !== 'string' || thing === '' || (credential !== undefined && credential !== 'disabled')) return undefined;
  if (person !== undefined && (typeof person !== 'string' || !isIdentifier(person))) return undefined;
  const asked = { thing, atMs: clockMs(), offsetMinutes: offsetMinutes() };
  return { ...asked, ...(person === undefined ? {} : { person }), ...(credential === undefined ? {} : { credential }) };
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
