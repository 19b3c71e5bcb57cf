// From an event line to a LedgerEvent and back: closed field sets per kind (ledger.md section 6). It judges form, never authority.
import { fromBase64, isHex64 } from './bytes.ts';
import type { Json, JsonObject } from './canonical.ts';
import { decodeCanonical, depthMax, documentBytesMax, encodeCanonical, isList, isObject } from './canonical.ts';
import type { HexDigest } from './chain.ts';
import { digest } from './chain.ts';
import { isBylawsName, isGitId, isIdentifier } from './commit.ts';
import type { EventKind, LedgerEvent } from './event.ts';
import { areReadPatterns } from './read-set.ts';

/** What a caller states to write an event; `org`, `device`, `actor` and `seq` come from the batch. */
export interface EventDraft {
  readonly kind: EventKind;
  readonly case?: string;
  readonly body: JsonObject;
  readonly tsMs: number;
}

type FieldCheck = (value: Json) => boolean;

/** The fields of one body; optional ones end in `?`. */
type BodyShape = Readonly<Record<string, FieldCheck>>;

const textBytesMax = 8_192;
const titleUnitsMax = 200;
const factBytesMax = 8_192;

/** Free text without controls, bidirectional controls, byte order mark or noncharacters (ledger.md section 3). A line feed is allowed. */
export function isFreeText(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > textBytesMax) return false;
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    if ((unit < 0x20 && unit !== 0x0a) || (unit >= 0x7f && unit <= 0x9f)) return false;
    if (unit === 0x061c || unit === 0x200e || unit === 0x200f || (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069)) return false;
    if (unit === 0xfeff || (unit >= 0xfdd0 && unit <= 0xfdef) || (unit & 0xfffe) === 0xfffe) return false;
    // A noncharacter above U+FFFF ends in FFFE or FFFF: its low surrogate is DFFE or DFFF behind a high one of every 16th plane step.
    if ((unit & 0xfffe) === 0xdffe && (value.charCodeAt(index - 1) & 0x3f) === 0x3f) return false;
  }
  return true;
}

const hex64: FieldCheck = (value) => isHex64(value);
const identifier: FieldCheck = (value) => isIdentifier(value);
const bylawsName: FieldCheck = (value) => isBylawsName(value);
const freeText: FieldCheck = (value) => isFreeText(value);
const title: FieldCheck = (value) => isFreeText(value) && value.length <= titleUnitsMax && !value.includes('\n');
const whole: FieldCheck = (value) => typeof value === 'number' && value >= 0;
const positive: FieldCheck = (value) => typeof value === 'number' && value >= 1;
const gitId: FieldCheck = (value) => typeof value === 'string' && isGitId(value);
const amount: FieldCheck = (value) => typeof value === 'string' && isAmount(value);
const factData: FieldCheck = (value) => isObject(value) && encodeCanonical(value).length <= factBytesMax;
const base64: FieldCheck = (value) => typeof value === 'string' && value !== '' && fromBase64(value) !== undefined;
const word: FieldCheck = (value) => typeof value === 'string' && value.length > 0 && value.length <= 512 && isFreeText(value) && !value.includes('\n');
const people: FieldCheck = (value) =>
  isIdentifier(value) || (isList(value) && value.length > 0 && value.length <= 64 && value.every((one) => isIdentifier(one)));
const choice: FieldCheck = (value) =>
  isBylawsName(value) || isIdentifier(value) || (isList(value) && value.length <= 200 && (value.every(isRank) || value.every(isScored)));

/** A rank of a ballot: one option, or options ranked equal. */
function isRank(value: Json): boolean {
  return isIdentifier(value) || isBylawsName(value) || (isList(value) && value.length > 0 && value.every((one) => isIdentifier(one) || isBylawsName(one)));
}

/** An option with its points. */
function isScored(value: Json): boolean {
  return isList(value) && value.length === 2 && (isIdentifier(value[0]) || isBylawsName(value[0])) && typeof value[1] === 'number';
}

/** True for a decimal string of an integer of at most 30 digits (ledger.md section 3, "numbers"). Pure. */
export function isAmount(text: string): boolean {
  const digits = text.startsWith('-') ? text.slice(1) : text;
  if (digits.length === 0 || digits.length > 30 || (digits[0] === '0' && text !== '0')) return false;
  for (let index = 0; index < digits.length; index += 1) if (!'0123456789'.includes(digits[index] ?? '-')) return false;
  return true;
}

const dappShape: BodyShape = { engine: hex64, image: word, manifest: hex64, name: bylawsName, platform: word };
const isDapp: FieldCheck = (value) => isObject(value) && fits(value, dappShape);
const flight: FieldCheck = (value) => value === 'keep' || value === 'restart' || value === 'abort';
const readPatterns: FieldCheck = (value) => areReadPatterns(value) && value.every((pattern) => isFreeText(pattern) && !pattern.includes('\n'));
const isVerdict: FieldCheck = (value) => value === 'accept' || value === 'reject';

const shapes: ReadonlyMap<EventKind, BodyShape> = new Map<EventKind, BodyShape>([
  ['fact', { data: factData, 'subject?': identifier, type: word }],
  [
    'propose',
    {
      'adopts?': hex64,
      'amount?': amount,
      bylaws: hex64,
      'candidate?': people,
      'change?': hex64,
      'decision?': hex64,
      'head?': gitId,
      'inFlight?': flight,
      process: bylawsName,
      'recipient?': identifier,
      'renews?': word,
      'role?': bylawsName,
      'subject?': people,
      'text?': freeText,
      'title?': title,
    },
  ],
  [
    'act',
    {
      'about?': people,
      'adopts?': hex64,
      'at?': whole,
      'change?': hex64,
      'hash?': hex64,
      'head?': gitId,
      'secret?': hex64,
      stage: positive,
      'text?': freeText,
      verb: bylawsName,
    },
  ],
  ['ballot', { choice, 'nonce?': hex64, stage: positive, 'text?': freeText }],
  ['attest', { candidate: hex64, dapp: isDapp, output: hex64, 'patterns?': readPatterns, reads: hex64, verdict: isVerdict }],
  ['key.enrol', { key: word, member: identifier, possession: freeText }],
  ['key.revoke', { device: hex64, reason: freeText }],
  ['resign', { role: bylawsName }],
  ['delegate', { delegation: bylawsName, 'to?': identifier }],
  ['certify', { attribute: bylawsName, member: identifier, 'value?': word }],
  ['issue', { certificate: bylawsName, member: identifier, 'text?': freeText }],
  ['revoke', { certificate: bylawsName, member: identifier, 'text?': freeText }],
  ['perform', { 'about?': people, 'text?': freeText, verb: bylawsName }],
  ['suspend', { target: identifier, until: whole }],
  ['lock', { text: freeText, thing: word }],
  ['release', { lock: hex64, text: freeText }],
  ['evidence', { a: base64, b: base64, kind: word }],
  ['spend', { account: bylawsName, amount, escrow: hex64, 'memo?': freeText, to: identifier }],
  ['reserve', { from: whole, resource: word, to: whole }],
  ['complaint', { about: hex64, text: freeText }],
]);

/** Kinds that belong to a case; for all others the field is refused. */
const kindsOfCases: readonly string[] = ['act', 'ballot', 'attest'];

/** A shape as rows: name, whether it may be missing, and its check. */
type ShapeRow = readonly [field: string, optional: boolean, check: FieldCheck];

// Each shape is taken apart once.
const rowsOfShapes: WeakMap<BodyShape, readonly ShapeRow[]> = new WeakMap();

function rowsOf(shape: BodyShape): readonly ShapeRow[] {
  const known = rowsOfShapes.get(shape);
  if (known !== undefined) return known;
  const made = Object.entries(shape).map(([field, check]): ShapeRow => [field.endsWith('?') ? field.slice(0, -1) : field, field.endsWith('?'), check]);
  rowsOfShapes.set(shape, made);
  return made;
}

function fits(body: JsonObject, shape: BodyShape): boolean {
  let known = 0;
  for (const [field, optional, check] of rowsOf(shape)) {
    const value: Json | undefined = Object.hasOwn(body, field) ? body[field] : undefined;
    if (value === undefined ? !optional : !check(value)) return false;
    if (value !== undefined) known += 1;
  }
  return known === Object.keys(body).length;
}

function membersOf({ actor, body, device, kind, org, seq, tsMs: ts, case: of }: Omit<LedgerEvent, 'id'>): JsonObject {
  return of === undefined ? { actor, body, device, kind, org, seq, ts, v: 1 } : { actor, body, case: of, device, kind, org, seq, ts, v: 1 };
}

/** Writes an event line without its line feed. */
export function encodeEvent(event: Omit<LedgerEvent, 'id'>): Uint8Array {
  return encodeCanonical(membersOf(event));
}

/**
 * Writes an event and says what reading its line gives, without reading it: the same fields are checked, and the writer holds the profile.
 * @param hash - for the id
 * @returns the event with its line, or why its line would be refused: GDO1002, GDO1003
 */
export function composeEvent(
  event: Omit<LedgerEvent, 'id'>,
  hash?: HexDigest,
):
  | { readonly kind: 'ok'; readonly event: LedgerEvent; readonly line: Uint8Array }
  | { readonly kind: 'refused'; readonly code: 'GDO1002' | 'GDO1003'; readonly reason: string } {
  const members = membersOf(event);
  if (isDeeper(members, depthMax)) return { kind: 'refused', code: 'GDO1003', reason: `it is nested deeper than ${depthMax}` };
  const line = encodeCanonical(members);
  if (line.length > documentBytesMax) return { kind: 'refused', code: 'GDO1003', reason: `it is longer than ${documentBytesMax} bytes` };
  const read = eventOf(members, line, hash);
  return read.kind === 'refused' ? read : { kind: 'ok', event: read.event, line };
}

/** True iff objects and arrays are nested deeper than that, the value itself included. */
function isDeeper(value: Json, depth: number): boolean {
  if (typeof value !== 'object') return false;
  return depth === 0 || (isList(value) ? value : Object.values(value)).some((one) => isDeeper(one, depth - 1));
}

/** The event id: H("gdo-event-v1", line without its line feed). */
export function eventId(line: Uint8Array, hash?: HexDigest): string {
  return digest('gdo-event-v1', line, hash);
}

const eventFields: ReadonlySet<string> = new Set(['actor', 'body', 'case', 'device', 'kind', 'org', 'seq', 'ts', 'v']);
const kinds: ReadonlyMap<string, EventKind> = new Map([...shapes.keys()].map((kind) => [kind, kind]));

/**
 * Reads one event line. Pure; never throws.
 * @param hash - for the id
 * @returns the event, or GDO1001 (bytes), GDO1002 (unknown or missing field), GDO1003 (limit)
 */
export function decodeEvent(
  line: Uint8Array,
  hash?: HexDigest,
):
  | { readonly kind: 'ok'; readonly event: LedgerEvent }
  | { readonly kind: 'refused'; readonly code: 'GDO1001' | 'GDO1002' | 'GDO1003'; readonly reason: string } {
  const decoded = decodeCanonical(line);
  return decoded.kind === 'refused' ? decoded : eventOf(decoded.value, line, hash);
}

/** A value as an event, its line known. */
function eventOf(
  value: JsonObject,
  line: Uint8Array,
  hash: HexDigest | undefined,
): { readonly kind: 'ok'; readonly event: LedgerEvent } | { readonly kind: 'refused'; readonly code: 'GDO1002'; readonly reason: string } {
  const refused = (reason: string) => ({ kind: 'refused', code: 'GDO1002', reason }) as const;
  const unknown = Object.keys(value).find((key) => !eventFields.has(key));
  if (unknown !== undefined) return refused(`the field ${unknown} is not known`);
  const { actor, body, device, kind, org, seq, ts, v } = value;
  const known = typeof kind === 'string' ? kinds.get(kind) : undefined;
  const shape = known === undefined ? undefined : shapes.get(known);
  if (shape === undefined || known === undefined) return refused('the kind of the event is not known');
  if (v !== 1 || !isIdentifier(actor) || !isHex64(device) || !isHex64(org)) return refused('v, actor, device or org is missing or not of its form');
  if (typeof seq !== 'number' || seq < 1 || typeof ts !== 'number' || ts < 0) return refused('seq or ts is missing or not of its form');
  const of = value['case'];
  if (kindsOfCases.includes(known) !== (of !== undefined) || (of !== undefined && !isHex64(of)))
    return refused('the case is missing, or named where none belongs');
  if (!isObject(body) || !fits(body, shape)) return refused(`the body does not have exactly the fields of \`${known}\``);
  const event = { id: digest('gdo-event-v1', line, hash), org, actor, device, seq, kind: known, body, tsMs: ts };
  return { kind: 'ok', event: of === undefined ? event : { ...event, case: of } };
}

/** Splits NDJSON into lines. @returns undefined where a line lacks its line feed or there is none */
export function splitLines(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] !== 0x0a) continue;
    lines.push(bytes.subarray(start, index));
    start = index + 1;
  }
  return start === bytes.length && lines.length > 0 ? lines : undefined;
}
