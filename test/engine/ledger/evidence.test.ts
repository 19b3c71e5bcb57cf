// What is evidence against a witness: two statements of one device that exclude each other (ledger.md section 10). Whether the signatures in it are good is
// asked when it is received, and what it does to the set of witnesses is in witness-set.test.ts.
import { describe, expect, it } from 'vitest';
import { armour, encodeReceipt, encodeVote, readEvidence, zeros64, type JsonObject, type LedgerEvent, type Receipt, type Vote } from '../../../engine/index.ts';
import { seedSigner } from '../../../node/ledger/keys.ts';
import { fc } from '../../seeded.ts';

const dev = seedSigner(new Uint8Array(32).fill(1));
const eve = seedSigner(new Uint8Array(32).fill(2));
const [one, two, other] = ['1', '2', '9'].map((digit) => digit.repeat(64)) as [string, string, string];
// Nothing here looks at a signature but at whose it says it is.
const [ofDev, ofEve] = [dev, eve].map(({ publicKey }) => armour({ key: publicKey, namespace: 'gdo-cosign-v1', signature: new Uint8Array(64) })) as [
  string,
  string,
];

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const signed = (statement: Uint8Array, by = ofDev): string => base64(Buffer.concat([statement, Buffer.from(`\n${by}`)]));
const vote = (more: Partial<Vote> = {}): Uint8Array => encodeVote({ org: zeros64, height: 7, value: one, ...more });
const receipt = (more: Partial<Receipt> = {}): Uint8Array =>
  encodeReceipt({ org: zeros64, witness: dev.device, seq: 3, prev: zeros64, upToMs: 500, entries: [], ...more });

function evidence(kind: string, a: unknown, b: unknown): ReturnType<typeof readEvidence> {
  const event: LedgerEvent = { id: one, org: zeros64, actor: 'ben', device: two, seq: 1, kind: 'evidence', body: { kind, a, b } as JsonObject, tsMs: 0 };
  return readEvidence(event);
}

/** In either order. */
const both = (kind: string, a: unknown, b: unknown): readonly boolean[] => [evidence(kind, a, b), evidence(kind, b, a)].map((found) => found !== undefined);
const shown = [true, true];
const nothing = [false, false];

describe('two votes', () => {
  it('of one height for two values are evidence, and say who signed them and what', () => {
    expect(evidence('vote', signed(vote()), signed(vote({ value: two })))).toEqual({
      kind: 'vote',
      device: dev.device,
      statements: [vote(), vote({ value: two })].map((bytes) => ({ bytes: Uint8Array.from(bytes), armour: ofDev })),
    });
  });

  it.each([
    ['of two heights', { height: 8, value: two }],
    ['for one value', {}],
    ['of two organizations', { value: two, org: other }],
  ])('%s are none', (_, more) => {
    expect(both('vote', signed(vote()), signed(vote(more)))).toEqual(nothing);
  });

  it('of another organization are none, nor are those of two devices', () => {
    expect(both('vote', signed(vote({ org: other })), signed(vote({ org: other, value: two })))).toEqual(nothing);
    expect(both('vote', signed(vote()), signed(vote({ value: two }), ofEve))).toEqual(nothing);
  });
});

describe('two receipts', () => {
  it('that are not of the device that signed them are none, one of them neither', () => {
    expect(both('receipt', signed(receipt()), signed(receipt({ upToMs: 600 })))).toEqual(shown);
    for (const more of [{ witness: eve.device }, { org: other }]) {
      expect(both('receipt', signed(receipt()), signed(receipt({ upToMs: 600, ...more })))).toEqual(nothing);
      expect(both('receipt', signed(receipt(more)), signed(receipt({ upToMs: 600, ...more })))).toEqual(nothing);
    }
  });

  it('are evidence where they are two of one number, or the later one holds a time before the end of the earlier one', () => {
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 2 });
    const any = fc.record({ seq: fc.integer({ min: 1, max: 3 }), upToMs: fc.integer({ min: 1, max: 6 }), times });
    fc.assert(
      fc.property(any, any, (left, right) => {
        const made = [left, right].map(({ seq, upToMs, times: at }) => {
          const entries = at.filter((timeMs) => timeMs <= upToMs).map((timeMs, place) => [String(place).repeat(64), timeMs] as const);
          return { seq, upToMs, entries };
        });
        const [first, second] = made.toSorted((before, after) => before.seq - after.seq);
        if (first === undefined || second === undefined) throw new Error('there are two');
        const isBack = [second.upToMs, ...second.entries.map(([, timeMs]) => timeMs)].some((timeMs) => timeMs < first.upToMs);
        const isSecond = base64(receipt(first)) !== base64(receipt(second));
        const [a, b] = made.map((parts) => signed(receipt(parts)));
        expect(both('receipt', a, b)).toEqual((first.seq === second.seq ? isSecond : isBack) ? shown : nothing);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what is no pair of signed statements', () => {
  it.each<readonly [string, string, () => unknown]>([
    ['a statement without a signature', 'vote', () => base64(vote({ value: two }))],
    ['a signature without a statement', 'vote', () => signed(new Uint8Array())],
    ['a signature that is none', 'vote', () => signed(vote({ value: two }), 'dev was here')],
    ['a signature that is no text', 'vote', () => base64(Buffer.concat([vote({ value: two }), Uint8Array.of(10, 255, 254)]))],
    ['something that is not in base64', 'vote', () => `${signed(vote({ value: two }))}!`],
    ['no text', 'vote', () => 7],
    ['nothing', 'vote', () => undefined],
    ['a receipt among votes', 'vote', () => signed(receipt())],
    ['a text that is none of ours', 'vote', () => signed(Buffer.from('{"v":1}'))],
    ['a vote among receipts', 'receipt', () => signed(vote())],
    ['a receipt without its fields', 'receipt', () => signed(Buffer.from('{"type":"receipt","v":1}'))],
  ])('is no evidence: %s', (_, kind, made) => {
    const good = signed(kind === 'vote' ? vote() : receipt());
    expect(both(kind, good, made())).toEqual(nothing);
    expect(both(kind, made(), made())).toEqual(nothing);
  });

  it('is no evidence where nobody is known to have signed either', () => {
    expect(both('vote', signed(vote(), 'dev was here'), signed(vote({ value: two }), 'dev was here'))).toEqual(nothing);
  });

  it('is no evidence of any other kind', () => {
    expect(['vote', 'receipt', 'checkpoint', ''].map((kind) => both(kind, signed(vote()), signed(vote({ value: two }))))).toEqual([
      shown,
      nothing,
      nothing,
      nothing,
    ]);
    expect(['receipt', 'vote', 'checkpoint', ''].map((kind) => both(kind, signed(receipt()), signed(receipt({ upToMs: 600 }))))).toEqual([
      shown,
      nothing,
      nothing,
      nothing,
    ]);
  });
});
