// The vectors of forms, orders, signatures and commitments in SPEC.md: written from their makers by `npm run golden`, compared here, judged by the engine.
// The independent verifier judges the same files.
import { describe, expect, it } from 'vitest';
import {
  armour,
  checkpointId,
  classOfKind,
  commitmentOf,
  decodeCheckpoint,
  decodeEvent,
  decodeGenesis,
  decodeReceipt,
  decodeVote,
  digest,
  drawCommitment,
  fromHex,
  lotOrder,
  lotSeed,
  forkedDevices,
  orderBatches,
  orgOf,
  receiptId,
  toHex,
  utf8Encode,
  verifyPortable,
  verifyWith,
  zeros64,
  type Batch,
} from '../../engine/index.ts';
import { keyVerdict, nativeEquation } from '../../node/ledger/keys.ts';
import { statementSigner } from '../../node/ledger/statements.ts';
import { craftedKinds, craftedNamespace, craftedSignatures } from './crafted-signatures.ts';
import { eventVectors, kindsWithVectors } from './event-lines.ts';
import { orderCases, type OrderBatch, type OrderCase } from './orders.ts';
import { sameAsFile } from './same-as-file.ts';
import { statementTexts, type StatementType } from './statement-texts.ts';

describe('vectors of events (SPEC.md section 7)', () => {
  it('every line is an event or refused, as listed, for every kind and every field', () => {
    const vectors = eventVectors();
    const wrong = vectors.filter(({ line, code }) => {
      const read = decodeEvent(utf8Encode(line));
      return (read.kind === 'ok' ? 'ok' : read.code) !== code;
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(kindsWithVectors).toHaveLength(20);
    sameAsFile('events', vectors);
  });
});

const readers: Readonly<
  Record<StatementType, readonly [(bytes: Uint8Array) => { readonly kind: string; readonly code?: string }, (bytes: Uint8Array) => string]>
> = {
  genesis: [decodeGenesis, orgOf],
  receipt: [decodeReceipt, receiptId],
  checkpoint: [decodeCheckpoint, checkpointId],
  vote: [decodeVote, (bytes) => digest('gdo-cosign-v1', bytes)],
};

describe('vectors of statements (SPEC.md section 8)', () => {
  it('each is accepted or refused as listed, for every type and every field', () => {
    const rows = statementTexts().map((row) => {
      const [read, id] = readers[row.type];
      const bytes = utf8Encode(row.text);
      const answer = read(bytes);
      expect({ name: row.name, code: answer.code ?? answer.kind }).toEqual({ name: row.name, code: row.code });
      return row.code === 'ok' ? { ...row, id: id(bytes) } : row;
    });
    sameAsFile('statements', rows);
  });
});

function asBatch(one: OrderBatch): Batch {
  const events = Array.from({ length: one.count }, (_, index) => ({
    id: `${one.id} ${index}`,
    org: zeros64,
    actor: 'ada',
    device: one.device,
    seq: one.seq + index,
    kind: one.kinds[index] ?? ('fact' as const),
    body: {},
    tsMs: 0,
  }));
  return { ...one, actor: 'ada', prev: one.prev ?? zeros64, base: zeros64, events, changes: [], charters: [] };
}

function ordered(one: OrderCase): { readonly included: readonly string[]; readonly forks: readonly (readonly [string, number])[] } {
  const times = new Map(one.times);
  const final = new Map(one.final);
  const order = orderBatches({
    batches: one.batches.map(asBatch).toReversed(),
    receivedMs: (id) => times.get(id),
    timeMs: one.time,
    windowBatches: one.window,
    classOf: ({ kind }) => classOfKind(kind),
  });
  const included = order.ordered.map(({ batch }) => batch);
  const forks = forkedDevices(included, (device) => final.get(device) ?? 0);
  return { included: included.map(({ id }) => id), forks: [...forks].toSorted(([left], [right]) => (left < right ? -1 : 1)) };
}

describe('vectors of the order of an epoch (SPEC.md section 10)', () => {
  const rows = orderCases.map((one) => ({ ...one, expected: ordered(one) }));
  const row = (name: string): (typeof rows)[number] => rows.find((one) => one.name.includes(name)) ?? rows[0] ?? expect.fail('no cases');

  it('every epoch has its listed order and forks', () => sameAsFile('orders', rows));

  it('the bounds of the window stand where SPEC.md puts them', () => {
    const { included } = row('65,536').expected;
    expect(included.slice(-2)).toEqual(['b0000', 'd0000']);
    expect(included).toHaveLength(258);
    expect(row('257th').expected.included).toHaveLength(256);
    expect(row('last eighth').expected.included.slice(7)).toEqual(['h4']);
    expect(row('each kind').expected.included.slice(7)).toEqual(['k-lock']);
    expect(row('no eighth').expected.included).toHaveLength(3);
  });

  it('forks begin at the lowest number that was signed twice', () => {
    expect(row('two batches with one number').expected.forks).toEqual([['x', 2]]);
    expect(row('inside a longer one').expected.forks).toEqual([['x', 1]]);
    expect(row('below what is final').expected.forks).toEqual([['x', 3]]);
    expect(row('waits makes no fork').expected.forks).toEqual([]);
  });
});

describe('vectors of signatures (SPEC.md section 4)', () => {
  it('the rule says ok or its code, on both paths, to five of every crafted kind', () => {
    const rule = [...craftedSignatures(20_261_128, 5 * craftedKinds.length)].map(({ kind, key, message, signature, sound }) => {
      const signed = { key, message, signature };
      const verdict = verifyPortable(signed);
      expect({ kind, verdict: verifyWith(nativeEquation, keyVerdict(key), signed) }).toEqual({ kind, verdict });
      expect({ kind, sound: verdict.kind === 'ok' }).toEqual({ kind, sound });
      return { name: kind, key: toHex(key), message: toHex(message), signature: toHex(signature), code: verdict.kind === 'ok' ? 'ok' : verdict.code };
    });
    sameAsFile('signatures', { rule, armour: armourVectors() });
  });
});

/** One sound armour and its variants, with who has to sign. */
function armourVectors(): readonly unknown[] {
  const [crafted] = craftedSignatures(7, 1);
  if (crafted === undefined) throw new Error('one signature is made');
  const { key, signature, text } = crafted;
  const sound = armour({ key, namespace: craftedNamespace, signature });
  const blob = sound.split('\n').slice(1, -2).join('');
  const wrapped = (columns: number, encoded = blob): string =>
    ['-----BEGIN SSH SIGNATURE-----', ...(encoded.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []), '-----END SSH SIGNATURE-----', ''].join('\n');
  const edited = (edit: (bytes: Buffer) => void): string => {
    const bytes = Buffer.from(blob, 'base64');
    edit(bytes);
    return wrapped(70, bytes.toString('base64'));
  };
  const signer = statementSigner(sound, craftedNamespace, utf8Encode(text));
  const device = signer.kind === 'ok' ? signer.device : '';
  const rows: readonly (readonly [name: string, armour: string, code: string, device?: string])[] = [
    ['sound', sound, 'ok'],
    ['sound, and by whom it has to be', sound, 'ok', device],
    ['by another key than has to sign', sound, 'GDO1015', zeros64],
    ['lines of 76 characters', wrapped(76), 'GDO1011'],
    ['one line', wrapped(1_000), 'GDO1011'],
    ['no last line feed', sound.trimEnd(), 'GDO1011'],
    ['a line feed too many', `${sound}\n`, 'GDO1011'],
    ['carriage returns', sound.replaceAll('\n', '\r\n'), 'GDO1011'],
    ['a blank before the first line', ` ${sound}`, 'GDO1011'],
    ['padding left out', sound.replaceAll('=', ''), blob.includes('=') ? 'GDO1011' : 'ok'],
    ['version 2', edited((bytes) => bytes.writeUInt32BE(2, 6)), 'GDO1011'],
    ['another key type', edited((bytes) => bytes.write('ssh-ed25518', 18)), 'GDO1011'],
    ['hash sha256', edited((bytes) => bytes.write('sha256', bytes.indexOf('sha512'))), 'GDO1011'],
    ['a byte behind the blob', wrapped(70, Buffer.concat([Buffer.from(blob, 'base64'), Buffer.of(0)]).toString('base64')), 'GDO1011'],
    ['a namespace in capitals', armour({ key, namespace: 'GIT', signature }), 'GDO1011'],
    ['a namespace of 65 letters', armour({ key, namespace: 'g'.repeat(65), signature }), 'GDO1011'],
    ['another namespace of 64 letters', armour({ key, namespace: 'g'.repeat(64), signature }), 'GDO1014'],
    ['another namespace, by another key', armour({ key, namespace: 'file', signature }), 'GDO1014', zeros64],
    ['a flipped bit of the signature', edited((bytes) => bytes.writeUInt8(bytes.readUInt8(bytes.length - 40) ^ 1, bytes.length - 40)), 'GDO1012'],
    ['a key of small order', armour({ key: new Uint8Array(32), namespace: craftedNamespace, signature }), 'GDO1013'],
    ['a key of small order, by another key', armour({ key: new Uint8Array(32), namespace: craftedNamespace, signature }), 'GDO1015', device],
  ];
  return rows.map(([name, given, code, by]) => {
    const answer = statementSigner(given, craftedNamespace, utf8Encode(text), { device: by });
    expect({ name, code: answer.kind === 'ok' ? 'ok' : answer.code }).toEqual({ name, code });
    return { name, armour: given, message: text, namespace: craftedNamespace, ...(by === undefined ? {} : { device: by }), code };
  });
}

describe('vectors of commitments and lots (SPEC.md section 7)', () => {
  it('sealed choices, secrets of draws and lots have their hashes', () => {
    const [of, nonce, secret] = ['3'.repeat(64), 'ab'.repeat(32), 'cd'.repeat(32)];
    const choices = ['yes', ['a', ['b', 'c']]];
    const options = ['ada', 'ben', 'chi', 'zoë'];
    const sealed = choices.map((choice) => ({
      case: of,
      stage: 2,
      member: 'ada',
      choice,
      nonce,
      hash: commitmentOf({ case: of, entry: 2, voter: 'ada', choice, nonce }),
    }));
    const draws = [{ case: of, stage: 2, member: 'ada', secret, hash: drawCommitment(secret, { case: of, entry: 2, member: 'ada' }) }];
    const seed = lotSeed(fromHex(secret) ?? new Uint8Array(), of, '12');
    const order = lotOrder(seed, options, [0, 1, 2, 3]).map((index) => options[index] ?? '');
    expect(order.toSorted()).toEqual(options);
    expect(sealed[0]?.hash).not.toBe(sealed[1]?.hash);
    sameAsFile('commitments', { sealed, draws, lots: [{ drawn: secret, case: of, stage: 12, options, order }] });
  });
});
