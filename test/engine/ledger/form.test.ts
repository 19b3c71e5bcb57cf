// Closed forms: events, change sets and statements are read only as they are written, and everything else has its code.
import { describe, expect, it } from 'vitest';
import {
  canonicalText,
  changeId,
  checkpointId,
  checkReceiptFollows,
  checkpointLog,
  checkSuccessor,
  composeEvent,
  decodeChangeSet,
  decodeCheckpoint,
  decodeEvent,
  encodeEvent,
  decodeGenesis,
  decodeReceipt,
  decodeVote,
  encodeChangeSet,
  encodeCheckpoint,
  encodeGenesis,
  encodeReceipt,
  encodeVote,
  finalityNumbers,
  idsRoot,
  isFreeText,
  merkleRoot,
  orgOf,
  paramsDefault,
  receiptId,
  receiptTimes,
  rootOfGrowing,
  sha256Hex,
  splitLines,
  utf8Encode,
  verdictsRoot,
  witnessesHash,
  zeros64,
  type Checkpoint,
  type Genesis,
  type Json,
  type JsonObject,
  type Receipt,
} from '../../../engine/index.ts';

const hex = (digit: string): string => digit.repeat(64);
const bytesOf = (value: JsonObject): Uint8Array => utf8Encode(canonicalText(value));

describe('an event line', () => {
  const good = { actor: 'ada', body: { choice: 'yes', stage: 1 }, case: hex('3'), device: hex('2'), kind: 'ballot', org: hex('1'), seq: 1, ts: 5, v: 1 };
  const code = (value: JsonObject): string => {
    const line = bytesOf(value);
    const read = decodeEvent(line);
    // Whoever writes an event knows it as everybody will read it.
    if (read.kind === 'ok') expect(composeEvent(read.event)).toEqual({ kind: 'ok', event: read.event, line });
    return read.kind === 'ok' ? 'ok' : read.code;
  };
  const bodyCode = (kind: string, body: JsonObject, of?: string): string => {
    const { case: _case, ...rest } = good;
    return code({ ...rest, kind, body, ...(of === undefined ? {} : { case: of }) });
  };

  it('is read with exactly its fields', () => {
    expect(code(good)).toBe('ok');
    const odd: readonly [string, Json | undefined][] = [
      ['v', 2],
      ['actor', 'Ada'],
      ['device', 'x'],
      ['org', hex('A')],
      ['seq', 0],
      ['ts', -1],
      ['kind', 'vote'],
      ['case', 'x'],
      ['case', undefined],
      ['prev', hex('4')],
      ['body', []],
    ];
    for (const [field, value] of odd) {
      const changed = Object.fromEntries(Object.entries({ ...good, [field]: value ?? 0 }).filter(([key]) => value !== undefined || key !== field));
      expect({ field, value, code: code(changed) }).toEqual({ field, value, code: 'GDO1002' });
    }
    expect(decodeEvent(utf8Encode('{'))).toMatchObject({ code: 'GDO1001' });
    expect(decodeEvent(utf8Encode(`{"a":"${'x'.repeat(70_000)}"}`))).toMatchObject({ code: 'GDO1003' });
  });

  it('has the closed body of its kind, and a case exactly where one belongs', () => {
    const bodies: readonly [string, JsonObject, string | undefined][] = [
      ['fact', { data: {}, type: 'door.opened' }, undefined],
      ['propose', { bylaws: hex('1'), process: 'amendment', change: hex('2'), head: 'a'.repeat(40), text: 'Why\nnot', title: 'A title' }, undefined],
      ['act', { stage: 1, verb: 'endorse', text: 'yes' }, hex('3')],
      ['ballot', { stage: 1, choice: ['ada', ['ben', 'cyd'], 'dan'] }, hex('3')],
      [
        'attest',
        {
          candidate: hex('1'),
          dapp: { engine: hex('1'), image: 'sha256:x', manifest: hex('2'), name: 'lint', platform: 'linux/amd64' },
          output: hex('3'),
          reads: hex('4'),
          verdict: 'accept',
        },
        hex('3'),
      ],
      ['key.enrol', { key: 'ssh-ed25519 AAAA', member: 'ada', possession: 'x' }, undefined],
      ['key.revoke', { device: hex('1'), reason: 'lost' }, undefined],
      ['resign', { role: 'chair' }, undefined],
      ['certify', { attribute: 'employer', member: 'ada' }, undefined],
      ['issue', { certificate: 'laser-safety', member: 'ada' }, undefined],
      ['revoke', { certificate: 'laser-safety', member: 'ada', text: 'expired' }, undefined],
      ['perform', { verb: 'publish', text: 'minutes' }, undefined],
      ['suspend', { target: 'ben', until: 7 }, undefined],
      ['lock', { thing: 'press', text: 'smells' }, undefined],
      ['release', { lock: hex('1'), text: 'fixed' }, undefined],
      ['evidence', { a: 'AAAA', b: 'AAAB', kind: 'vote' }, undefined],
      ['spend', { account: 'treasury', amount: '100', escrow: hex('1'), to: 'ada' }, undefined],
      ['reserve', { from: 1, to: 2, resource: 'press' }, undefined],
      ['complaint', { about: hex('1'), text: 'withheld' }, undefined],
    ];
    for (const [kind, body, of] of bodies) {
      expect({ kind, code: bodyCode(kind, body, of) }).toEqual({ kind, code: 'ok' });
      expect(bodyCode(kind, { ...body, extra: 1 }, of)).toBe('GDO1002');
      expect(bodyCode(kind, body, of === undefined ? hex('3') : undefined)).toBe('GDO1002');
      for (const field of Object.keys(body).filter((key) => !['text', 'change', 'head', 'title'].includes(key))) {
        expect({ kind, field, code: bodyCode(kind, Object.fromEntries(Object.entries(body).filter(([key]) => key !== field)), of) }).toEqual({
          kind,
          field,
          code: 'GDO1002',
        });
      }
    }
    expect(bodyCode('fact', { data: { a: 'x'.repeat(8_192) }, type: 'x' })).toBe('GDO1002');
    expect(bodyCode('spend', { account: 'treasury', amount: '01', escrow: hex('1'), to: 'ada' })).toBe('GDO1002');
    expect(bodyCode('evidence', { a: 'A', b: 'AAAB', kind: 'vote' })).toBe('GDO1002');
  });

  it('is not written where it would be refused: fields, nesting, length (GDO1002, GDO1003)', () => {
    const nested = (depth: number): JsonObject => (depth === 0 ? {} : { a: nested(depth - 1) });
    const written = (data: Json, type = 'door.opened'): string => {
      const draft = { org: hex('1'), actor: 'ada', device: hex('2'), seq: 1, kind: 'fact', body: { data, type }, tsMs: 5 } as const;
      const [made, read] = [composeEvent(draft), decodeEvent(encodeEvent(draft))];
      expect(made).toEqual(made.kind === 'ok' ? { ...read, line: encodeEvent(draft) } : { ...made, code: read.kind === 'ok' ? 'ok' : read.code });
      return made.kind === 'ok' ? 'ok' : made.code;
    };
    expect(written(nested(29))).toBe('ok');
    expect(written(nested(30))).toBe('GDO1003');
    expect(written({ a: [nested(28)] })).toBe('GDO1003');
    expect(written({ a: 'x'.repeat(70_000) })).toBe('GDO1003');
    expect(written({ a: 'x'.repeat(8_192) })).toBe('GDO1002');
    expect(written([])).toBe('GDO1002');
    expect(written({}, 'two\nlines')).toBe('GDO1002');
  });

  it('carries free text without controls, direction marks, byte order marks or noncharacters', () => {
    for (const bad of [
      '\u0000',
      '\t',
      '\r',
      '\u007f',
      '\u0085',
      '\u061c',
      '\u200e',
      '\u200f',
      '\u202a',
      '\u202e',
      '\u2066',
      '\u2069',
      '\ufeff',
      '\ufdd0',
      '\ufdef',
      '\ufffe',
      '\uffff',
      '\u{1fffe}',
      '\u{10ffff}',
    ]) {
      expect({ bad, free: isFreeText(`a${bad}b`) }).toEqual({ bad, free: false });
    }
    for (const good of ['', 'a\nb', 'Grüße', '\u{1f600}', '\u{1fffd}', '\u{20000}', 'e\u0301', '\u200b'])
      expect({ good, free: isFreeText(good) }).toEqual({ good, free: true });
  });

  it('ends in one line feed inside a batch', () => {
    expect(splitLines(utf8Encode('a\nb\n'))).toHaveLength(2);
    for (const bad of ['', 'a', 'a\nb']) expect(splitLines(utf8Encode(bad))).toBe(undefined);
  });
});

describe('a change set', () => {
  it('is sorted by path bytes, has content on either side, and reads back under its id', () => {
    const entries = [
      { path: 'z', old: 'absent', new: `100755:${hex('1')}` },
      { path: '\u{10000}', old: `100644:${hex('2')}`, new: 'absent' },
      { path: '\uffee', old: 'absent', new: `100644:${hex('2')}` },
    ];
    const bytes = encodeChangeSet(entries);
    const read = decodeChangeSet(bytes);
    expect(read?.id).toBe(changeId(bytes));
    // By code units U+10000 would stand before U+FFEE; by bytes it stands behind.
    expect(read?.entries.map(({ path }) => path)).toEqual(['z', '\uffee', '\u{10000}']);
    const swapped = {
      entries: [
        ['z', 'absent', `100644:${hex('1')}`],
        ['a', 'absent', `100644:${hex('1')}`],
      ],
      v: 1,
    };
    const same = { entries: [['a', 'absent', 'absent']], v: 1 };
    const mode = { entries: [['a', 'absent', `120000:${hex('1')}`]], v: 1 };
    for (const bad of [swapped, same, mode, { entries: [], v: 1 }, { entries: [['a', 'absent', `100644:${hex('1')}`]], v: 2 }])
      expect(decodeChangeSet(bytesOf(bad))).toBe(undefined);
  });
});

const genesis: Genesis = {
  name: 'Riverside',
  nonce: hex('9'),
  timeMs: 1_000,
  bylaws: hex('8'),
  mainCommit: 'a'.repeat(40),
  mainContent: hex('7'),
  engine: 1,
  members: [['ada', ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea']]],
  roles: [['chair', ['ada']]],
  witnesses: [['6db5e9b8a1bace1cdd9a7c6adb9e9396acc5073465d9fe8e3a0ef6d9c60d6d4f', 1]],
  finality: 'F0',
  params: paramsDefault,
};
const org = orgOf(encodeGenesis(genesis));
const receipt: Receipt = {
  org,
  witness: hex('1'),
  seq: 1,
  prev: zeros64,
  upToMs: 50,
  entries: [
    [hex('a'), 40],
    [hex('b'), 50],
  ],
};
const checkpoint: Checkpoint = {
  org,
  height: 1,
  prev: hex('0'),
  timeMs: 60,
  engine: 1,
  bylaws: hex('8'),
  heads: [
    [hex('1'), 2, hex('a')],
    [hex('1'), 2, hex('b')],
  ],
  receipts: [[hex('1'), 1, hex('c')]],
  state: hex('d'),
  verdicts: verdictsRoot([]),
  events: 2,
  mainCommit: 'a'.repeat(40),
  mainContent: hex('7'),
  witnesses: witnessesHash(genesis.witnesses),
  log: idsRoot([hex('0')]),
};

describe('a statement', () => {
  it('reads back as it was written', () => {
    expect(decodeGenesis(encodeGenesis(genesis))).toEqual({ kind: 'ok', statement: genesis });
    expect(decodeReceipt(encodeReceipt(receipt))).toEqual({ kind: 'ok', statement: receipt });
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual({ kind: 'ok', statement: checkpoint });
    expect(decodeVote(encodeVote({ org, height: 1, value: hex('e') }))).toEqual({ kind: 'ok', statement: { org, height: 1, value: hex('e') } });
  });

  it('is refused with a field too many at any depth, a cell too many, a field missing, or under another type', () => {
    const forms: readonly (readonly [Uint8Array, (bytes: Uint8Array) => { readonly kind: string }])[] = [
      [encodeGenesis(genesis), decodeGenesis],
      [encodeReceipt(receipt), decodeReceipt],
      [encodeCheckpoint(checkpoint), decodeCheckpoint],
      [encodeVote({ org, height: 1, value: hex('e') }), decodeVote],
    ];
    for (const [index, [bytes, decode]] of forms.entries()) {
      const value: JsonObject = JSON.parse(new TextDecoder().decode(bytes));
      expect(decode(bytesOf({ ...value, extra: 1 }))).toMatchObject({ code: 'GDO1002' });
      for (const field of Object.keys(value)) {
        const without = Object.fromEntries(Object.entries(value).filter(([key]) => key !== field));
        expect(decode(bytesOf(without))).toMatchObject({ kind: 'refused', code: 'GDO1002' });
        const inner = value[field];
        if (Array.isArray(inner) && Array.isArray(inner[0]))
          expect(decode(bytesOf({ ...value, [field]: inner.map((row: readonly Json[]) => [...row, 1]) }))).toMatchObject({ code: 'GDO1002' });
        else if (typeof inner === 'object' && !Array.isArray(inner))
          expect(decode(bytesOf({ ...value, [field]: Object.assign({}, inner, { extra: 1 }) }))).toMatchObject({ code: 'GDO1002' });
      }
      for (const [other, [, otherDecode]] of forms.entries()) if (other !== index) expect(otherDecode(bytes)).toMatchObject({ kind: 'refused' });
    }
  });

  it('has ascending, unique rows', () => {
    expect(decodeReceipt(encodeReceipt({ ...receipt, entries: [...receipt.entries].toReversed() }))).toMatchObject({ code: 'GDO1002' });
    expect(decodeReceipt(encodeReceipt({ ...receipt, entries: [[hex('a'), 51]] }))).toMatchObject({ code: 'GDO1002' });
    expect(decodeCheckpoint(encodeCheckpoint({ ...checkpoint, heads: [...checkpoint.heads].toReversed() }))).toMatchObject({ code: 'GDO1002' });
    expect(decodeGenesis(encodeGenesis({ ...genesis, members: [...genesis.members, ...genesis.members] }))).toMatchObject({ code: 'GDO1002' });
    expect(decodeGenesis(encodeGenesis({ ...genesis, witnesses: [[hex('1'), 2]] }))).toMatchObject({ code: 'GDO1002' });
  });
});

describe('a receipt', () => {
  it('follows the one before it without a gap and without going back in time', () => {
    const first = { id: receiptId(encodeReceipt(receipt)), receipt };
    const second: Receipt = {
      ...receipt,
      seq: 2,
      prev: first.id,
      upToMs: 90,
      entries: [
        [hex('c'), 50],
        [hex('d'), 90],
      ],
    };
    expect(checkReceiptFollows(undefined, receipt)).toEqual({ kind: 'ok' });
    expect(checkReceiptFollows(first, second)).toEqual({ kind: 'ok' });
    const odd: readonly [Partial<Receipt>, string][] = [
      [{ seq: 3 }, 'GDO1021'],
      [{ prev: zeros64 }, 'GDO1022'],
      [{ entries: [[hex('c'), 49]] }, 'GDO1003'],
      [{ upToMs: 49, entries: [] }, 'GDO1003'],
      [{ witness: hex('2') }, 'GDO1014'],
      [{ org: hex('2') }, 'GDO1014'],
    ];
    for (const [change, code] of odd) expect(checkReceiptFollows(first, { ...second, ...change })).toMatchObject({ kind: 'refused', code });
  });

  it('gives a batch the lower weighted median of its witnesses once their weight reaches the quorum', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 10].map((total) => finalityNumbers(total).quorum)).toEqual([1, 2, 2, 3, 4, 4, 5, 7]);
    const witnesses = { rows: ['1', '2', '3', '4'].map((digit) => [hex(digit), 1] as const), silenced: new Set<string>() };
    const at = (digit: string, timeMs: number): Receipt => ({ ...receipt, witness: hex(digit), upToMs: timeMs, entries: [[hex('a'), timeMs]] });
    const time = (...receipts: readonly Receipt[]): number | undefined => receiptTimes(receipts, witnesses).get(hex('a'));
    expect(time(at('1', 10), at('2', 20))).toBe(undefined);
    expect(time(at('1', 10), at('2', 20), at('9', 1), at('8', 1))).toBe(undefined);
    expect(time(at('1', 30), at('2', 20), at('3', 10))).toBe(20);
    expect(time(at('4', 40), at('1', 30), at('2', 20), at('3', 10))).toBe(20);
    expect(time(at('1', 30), at('1', 20), at('2', 20), at('3', 10))).toBe(20);
    expect(receiptTimes([at('1', 7)], { rows: [[hex('1'), 1]], silenced: new Set() }).get(hex('a'))).toBe(7);
  });
});

describe('a checkpoint', () => {
  it('follows the last one in height, time and name, and counts on', () => {
    const previous = { id: checkpointId(encodeCheckpoint(checkpoint)), statement: checkpoint };
    const earlier = [hex('0'), previous.id];
    const next: Checkpoint = { ...checkpoint, height: 2, prev: previous.id, timeMs: 61, events: 2, log: idsRoot(earlier) };
    expect(checkSuccessor(previous, next, checkpointLog(earlier))).toEqual({ kind: 'ok' });
    const odd: readonly [Partial<Checkpoint>, string][] = [
      [{ height: 3 }, 'GDO1070'],
      [{ prev: hex('f') }, 'GDO1070'],
      [{ timeMs: 60 }, 'GDO1070'],
      [{ events: 1 }, 'GDO1070'],
      [{ log: hex('f') }, 'GDO1070'],
      [{ org: hex('f') }, 'GDO1014'],
    ];
    for (const [change, code] of odd) expect(checkSuccessor(previous, { ...next, ...change }, checkpointLog(earlier))).toMatchObject({ kind: 'refused', code });
  });

  it('names the root over all before it, the same whether its log grew one by one, in parts or at once', () => {
    const ids = Array.from({ length: 70 }, (_, index) => index.toString(16).padStart(64, '7'));
    let log = checkpointLog([]);
    for (const [index, id] of ids.entries()) {
      expect(rootOfGrowing(log)).toBe(idsRoot(ids.slice(0, index)));
      log = checkpointLog([id], log);
      expect(rootOfGrowing(checkpointLog(ids.slice(index + 1), log))).toBe(idsRoot(ids));
    }
  });

  it('names the same root over none, one, two and more ids whoever hashes a single one', () => {
    const ids = Array.from({ length: 9 }, (_, index) => index.toString(16).padStart(64, 'c'));
    for (const [count] of ids.entries()) expect(idsRoot(ids.slice(0, count), sha256Hex)).toBe(idsRoot(ids.slice(0, count)));
    // RFC 6962 section 2.1, and that the hash that is given is the one that is used.
    expect(idsRoot(ids.slice(0, 1), (bytes) => `${bytes.length} ${bytes[0]}`)).toBe('33 0');
  });

  it('has a root over code and id of each verdict in fold order', () => {
    const verdicts = [
      { event: hex('1'), device: 'd', seq: 1, verdict: { kind: 'ok' } },
      { event: hex('2'), device: 'd', seq: 2, verdict: { kind: 'refused', code: 'GDO1040', reason: 'no' } },
    ] as const;
    const leaves = [`{"code":"ok","event":"${hex('1')}"}`, `{"code":"GDO1040","event":"${hex('2')}"}`].map(utf8Encode);
    expect(verdictsRoot(verdicts)).toBe(merkleRoot(leaves));
    expect(verdictsRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
