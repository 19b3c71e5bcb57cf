// The part of `gdo key` that the ledger knows of: which keys there are, how one is asked for, added and revoked. It holds no private half longer than a
// signature takes.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deviceOf, entriesUnder, keyTextDevice, keyActions, readEntry } from '../../engine/index.ts';
import type { Json, JsonObject, State } from '../../engine/index.ts';
import { deviceFingerprint, openKey, readPublicKey } from '../ledger/keys.ts';
import { enrolBody, possessionProblem } from '../ledger/possession.ts';
import { memberOf } from '../ledger/view.ts';
import { replaceFile } from './bylaws-files.ts';
import type { OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { deliver, reportDelivery } from './deliver.ts';
import { keyPath } from './found.ts';
import { showUtc } from './instants.ts';
import { jsonOfFile } from './json-file.ts';
import { ownPerson, ownWords } from './own-words.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession, Session } from './session.ts';
import { alignRows } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** What the verbs of keys in the ledger get. */
export interface KeyRequest {
  readonly word: string | undefined;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly world: World;
}

/** A request holds one key and one signature; more is something else. */
const requestBytesMax = 16_384;
/** Digits of a device that name one: fewer would be guessed. */
const deviceDigitsLeast = 8;

/** `gdo key list`: every key of the ledger, or of one person. */
export function listKeys({ word, world }: KeyRequest): Promise<number> {
  return withLedger(world, ({ view }) => {
    const keys = keysOf(view.state).filter(({ member }) => word === undefined || member === word);
    if (word !== undefined && keys.length === 0)
      throw new UsageError('GDO5003', `\`${visible(word)}\` has no key in ${visible(view.name)}`, 'everybody who has one:  gdo key list');
    if (world.json) {
      const rows = keys.map(({ member, device, sinceMs, revoked }) => ({ member, device, fingerprint: deviceFingerprint(device), sinceMs, revoked }));
      world.stdout(`${JSON.stringify({ schema: 'gdo-keys/1', org: view.org, keys: rows })}\n`);
    } else {
      const rows = keys.map(({ member, device, sinceMs, revoked }) => [
        member,
        deviceFingerprint(device),
        `since ${showUtc(sinceMs)}`,
        revoked ? 'revoked' : '',
      ]);
      world.stdout(`${alignRows(rows).join('\n')}\n`);
    }
    return Promise.resolve(0);
  });
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

interface LedgerKey {
  readonly member: string;
  readonly device: string;
  readonly sinceMs: number;
  readonly revoked: boolean;
}

/** All keys, by person and then by age. */
function keysOf(state: State): readonly LedgerKey[] {
  const keys = entriesUnder(state, 'key/').map(([key, value]) => ({
    member: textOf(value['member']),
    device: key.slice('key/'.length),
    sinceMs: Number(value['since']),
    revoked: value['revoked'] !== undefined,
  }));
  return keys.toSorted((left, right) => (left.member === right.member ? left.sinceMs - right.sinceMs : left.member < right.member ? -1 : 1));
}

/** `gdo key ask PERSON`: writes a request that shows that whoever asks has the key, for a member to add. */
export function askForKey({ word, options, world }: KeyRequest): Promise<number> {
  return withLedger(world, async ({ view }) => {
    if (word === undefined) throw new UsageError('GDO5002', 'For whom?', 'gdo key ask ana   (your name in the organization)');
    const member = ownPerson(word);
    const signer = openKey(keyPath(options, world), world.env);
    if (readEntry(view.state, `key/${signer.device}`) !== undefined)
      throw new UsageError('GDO5003', `This key is in ${visible(view.name)} already`, 'make another one:  gdo key new FILE');
    const body = await enrolBody(view.org, member, signer);
    const out = resolve(world.cwd, typeof options['out'] === 'string' ? options['out'] : `${member}.key.json`);
    await replaceFile(out, `${JSON.stringify({ schema: 'gdo-key-request/1', org: view.org, ...body }, undefined, 2)}\n`);
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-key-request/1', file: out, member, device: signer.device })}\n`);
    else
      world.stdout(
        `✓ Wrote ${visible(out)}: it shows that you have ${deviceFingerprint(signer.device)}.\n  Bring it to a member, who compares these letters with you and runs:  gdo key add ${visible(out)}\n`,
      );
    return 0;
  });
}

/** `gdo key add FILE`: another key of one's own, or a request that somebody else wrote. */
export function addKey({ word, options, world }: KeyRequest): Promise<number> {
  return withLedger(world, async (session) => {
    if (word === undefined) throw new UsageError('GDO5002', 'Which key?', 'gdo key add FILE   (a key of your own, or what `gdo key ask` wrote)');
    const path = resolve(world.cwd, word);
    if (!existsSync(path)) throw new WorldError('GDO5022', `There is no file ${visible(path)}`, 'a key of your own, or what `gdo key ask` wrote');
    const mine = asMember(session, options);
    const request = jsonOfFile(readFileSync(path).subarray(0, requestBytesMax + 1), requestBytesMax);
    const body = request === undefined ? await enrolBody(session.view.org, mine.member, openKey(path, world.env)) : requestedBody(session, request);
    const [member, device] = [textOf(body['member']), keyTextDevice(textOf(body['key'])) ?? ''];
    const refusal = addProblem(mine, member, device);
    if (refusal !== undefined) return refuse(world, refusal);
    const delivery = await deliver(mine, { kind: 'key.enrol', body });
    return reportDelivery(mine, delivery, `You add ${deviceFingerprint(device)} for ${member}.`);
  });
}

/** The body of an event from a request that somebody wrote. @throws UsageError where it is none, or does not prove what it says */
function requestedBody({ view }: Session, request: JsonObject): JsonObject {
  const { schema, org, key, member, possession } = request;
  if (schema !== 'gdo-key-request/1' || typeof key !== 'string' || typeof member !== 'string' || typeof possession !== 'string')
    throw new UsageError('GDO5003', 'This file is neither a key nor a request for one', 'whoever asks runs:  gdo key ask NAME');
  if (org !== view.org)
    throw new UsageError('GDO5020', `This request is for another organization than ${visible(view.name)}`, 'ask for a new one, written here');
  const body = { key, member: ownPerson(member), possession };
  const problem = possessionProblem(view.org, body);
  if (problem !== undefined) throw new WorldError(problem.code, `This request does not show that its key was there: ${problem.reason}`, 'ask for a new one');
  return body;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

/** Why the fold would refuse it; what is only uncertain is left to the fold. */
function addProblem({ view, member: me }: MemberSession, member: string, device: string): Refusal | undefined {
  const holder = readEntry(view.state, `key/${device}`);
  if (holder !== undefined) return { code: 'GDO1052', message: `this key belongs to ${textOf(holder['member'])} already`, help: 'everybody:  gdo key list' };
  if (member === me || readEntry(view.state, `member/${member}`) === undefined) return undefined;
  return undeclared(view.charter, keyActions.enrol, `${member} is known here, and only ${member} may add a key of theirs`);
}

function undeclared(charter: MemberSession['view']['charter'], action: string, message: string): Refusal | undefined {
  if (charter.actions.some(({ name }) => name === action)) return undefined;
  return { code: 'GDO1040', message, help: `bylaws that let others do it say so:  action ${action} by 2 other directors` };
}

/** `gdo key revoke KEY`: one's own key, or one that the bylaws let others revoke. */
export function revokeKey({ word, options, world }: KeyRequest): Promise<number> {
  return withLedger(world, async (session) => {
    const mine = asMember(session, options);
    const { state } = session.view;
    const device = deviceNamed(state, word, world);
    const owner = textOf(readEntry(state, `key/${device}`)?.['member']);
    const because = options['because'];
    const reason = typeof because === 'string' ? ownWords('The reason', because, 'text') : '';
    if (memberOf(state, device) === undefined)
      return refuse(world, { code: 'GDO1042', message: 'this key is revoked already', help: 'all keys:  gdo key list' });
    const others = keysOf(state).filter((key) => key.member === owner && !key.revoked && key.device !== device);
    if (owner === mine.member && others.length === 0 && options['yes'] !== true)
      throw new UsageError(
        'GDO5004',
        'This is your only key: without it you can do nothing more here',
        'add another one first:  gdo key add FILE   or mean it:  --yes',
      );
    const refusal =
      owner === mine.member ? undefined : undeclared(session.view.charter, keyActions.revoke, `this is a key of ${owner}, who alone may revoke it`);
    if (refusal !== undefined) return refuse(world, refusal);
    const delivery = await deliver(mine, { kind: 'key.revoke', body: { device, reason } });
    return reportDelivery(mine, delivery, `You revoke ${deviceFingerprint(device)} of ${owner}.`);
  });
}

/** The key that a fingerprint, a device or a file names. */
function deviceNamed(state: State, word: string | undefined, world: World): string {
  if (word === undefined) throw new UsageError('GDO5002', 'Which key?', 'gdo key revoke SHA256:...   (all keys: gdo key list)');
  const isDigits = word.length >= deviceDigitsLeast && /^[0-9a-f]+$/.test(word);
  const named = keysOf(state).filter(({ device }) => deviceFingerprint(device) === word || (isDigits && device.startsWith(word)));
  const [found, second] = named;
  if (found !== undefined && second === undefined) return found.device;
  const path = resolve(world.cwd, word);
  const device = existsSync(path) ? deviceOf(readPublicKey(path)) : undefined;
  if (device !== undefined && readEntry(state, `key/${device}`) !== undefined) return device;
  throw new UsageError('GDO5003', `\`${visible(word)}\` names no key here, or more than one`, 'a fingerprint as it is listed:  gdo key list');
}

function refuse(world: World, { code, message, help }: Refusal): number {
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-refusal/1', code, message, help })}\n`);
  else world.stderr(`✗ ${code} Not recorded: ${visible(message)}.\n  ${visible(help)}\n`);
  return 1;
}
