// Ed25519 signatures made to find a difference between two verifiers: sound ones, and every known way to be almost sound. The same ones for a seed.
// Each signs what an SSH signature signs, so that ssh-keygen can be asked too.
import { createHash } from 'node:crypto';
import { Point } from '@noble/ed25519';
import { signedData, utf8Encode, type SignedMessage } from '../../engine/index.ts';
import { Dice } from './dice.ts';

/** One signature; `text` is the message before SSHSIG wraps it, `sound` what the rule must say. */
export interface CraftedSignature extends SignedMessage {
  readonly kind: string;
  readonly text: string;
  readonly sound: boolean;
}

/** The namespace that all of them are made for. */
export const craftedNamespace = 'git';

const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const prime = 2n ** 255n - 19n;
/** A point of order 8; its multiples are all points of small order. */
const low = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const torsion: readonly Point[] = Array.from({ length: 8 }, (_, index) =>
  Array.from({ length: index }, () => low).reduce((sum, point) => sum.add(point), Point.ZERO),
);

const numberOf = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
const bytesOf = (value: bigint): Uint8Array => Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
const hashed = (...parts: readonly Uint8Array[]): bigint => numberOf(parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest());
const base = (scalar: bigint): Point => (scalar === 0n ? Point.ZERO : Point.BASE.multiply(scalar));

/** Encodings of a y that is not below p: each names a point, and none is the point's own encoding. */
const overlong: readonly Uint8Array[] = Array.from({ length: 19 }, (_, index) => bytesOf(prime + BigInt(index))).flatMap((bytes) => {
  const negative = Uint8Array.from(bytes);
  negative[31] = (negative[31] ?? 0) | 0x80;
  return [bytes, negative];
});

interface Secret {
  readonly scalar: bigint;
  readonly point: Point;
  readonly key: Uint8Array;
}

function secretOf(seed: string): Secret {
  const scalar = hashed(utf8Encode(seed)) % order;
  const point = base(scalar);
  return { scalar, point, key: point.toBytes() };
}

/** What one kind gives: the key, both halves, and whether the rule accepts it. */
interface Made {
  readonly key: Uint8Array;
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly sound?: true;
}

interface Making {
  readonly dice: Dice;
  readonly secret: Secret;
  readonly other: Secret;
  readonly nonce: bigint;
  readonly message: Uint8Array;
}

/** R, and S that fits it: R = [r]B + extra, with the challenge over exactly these bytes. */
function fitting({ secret, nonce, message }: Making, extra: Point = Point.ZERO, key: Uint8Array = secret.key): Made {
  const first = base(nonce).add(extra).toBytes();
  return { key, first, second: bytesOf((nonce + (hashed(first, key, message) % order) * secret.scalar) % order) };
}

const anyTorsion = (dice: Dice): Point => torsion[1 + dice.below(7)] ?? low;

function flipped(bytes: Uint8Array, dice: Dice): Uint8Array {
  const other = Uint8Array.from(bytes);
  const at = dice.below(other.length);
  other[at] = (other[at] ?? 0) ^ (1 << dice.below(8));
  return other;
}

const kinds: Readonly<Record<string, (making: Making) => Made>> = {
  sound: (making) => ({ ...fitting(making), sound: true }),
  'R with a torsion point': (making) => fitting(making, anyTorsion(making.dice)),
  'key with a torsion point': (making) => fitting(making, Point.ZERO, making.secret.point.add(anyTorsion(making.dice)).toBytes()),
  'key and R with torsion points': (making) => fitting(making, anyTorsion(making.dice), making.secret.point.add(anyTorsion(making.dice)).toBytes()),
  'S with multiples of the order': (making) => {
    const { key, first, second } = fitting(making);
    return { key, first, second: bytesOf(numberOf(second) + order * BigInt(1 + making.dice.below(14))) };
  },
  // [S]B = [k]A leaves the identity as R: the equation holds, and anybody can be shown to have signed with a nonce of nothing.
  'R the identity': (making) => fitting({ ...making, nonce: 0n }),
  'R of small order': (making) => {
    const first = anyTorsion(making.dice).toBytes();
    return { key: making.secret.key, first, second: bytesOf(((hashed(first, making.secret.key, making.message) % order) * making.secret.scalar) % order) };
  },
  'R not canonical': (making) => {
    const first = overlong[making.dice.below(overlong.length)] ?? new Uint8Array(32);
    return { key: making.secret.key, first, second: bytesOf(((hashed(first, making.secret.key, making.message) % order) * making.secret.scalar) % order) };
  },
  // With a key of small order [k]A is one of eight points, so a forger needs no secret.
  'key of small order': (making) => ({
    key: (torsion[making.dice.below(8)] ?? low).toBytes(),
    first: base(making.nonce).toBytes(),
    second: bytesOf(making.nonce),
  }),
  'key of small order and R to fit': (making) => {
    const { nonce, dice } = making;
    const first = base(nonce)
      .add(torsion[dice.below(8)] ?? low)
      .toBytes();
    return { key: (torsion[dice.below(8)] ?? low).toBytes(), first, second: bytesOf(nonce) };
  },
  'key not canonical': (making) => ({
    key: overlong[making.dice.below(overlong.length)] ?? low.toBytes(),
    first: base(making.nonce).toBytes(),
    second: bytesOf(making.nonce),
  }),
  'a flipped bit of R': (making) => {
    const made = fitting(making);
    return { ...made, first: flipped(made.first, making.dice) };
  },
  'a flipped bit of S': (making) => {
    const made = fitting(making);
    return { ...made, second: flipped(made.second, making.dice) };
  },
  'a flipped bit of the key': (making) => {
    const made = fitting(making);
    return { ...made, key: flipped(made.key, making.dice) };
  },
  'another key': (making) => ({ ...fitting(making), key: making.other.key }),
  'another message': (making) => fitting({ ...making, message: flipped(making.message, making.dice) }),
  'S nothing': (making) => ({ ...fitting(making), second: new Uint8Array(32) }),
  'S negated': (making) => {
    const made = fitting(making);
    return { ...made, second: bytesOf(order - numberOf(made.second)) };
  },
  'R negated': (making) => {
    const made = fitting(making);
    const first = Uint8Array.from(made.first);
    first[31] = (first[31] ?? 0) ^ 0x80;
    return { ...made, first };
  },
  'halves swapped': (making) => {
    const { key, first, second } = fitting(making);
    return { key, first: second, second: first };
  },
  'S cut short': (making) => {
    const made = fitting(making);
    return { ...made, second: made.second.subarray(0, 31) };
  },
  'a byte too many': (making) => {
    const made = fitting(making);
    return { ...made, second: Uint8Array.from([...made.second, 0]) };
  },
};

/** The names of all kinds. */
export const craftedKinds: readonly string[] = Object.keys(kinds);

/** Makes signatures from a seed, the kinds in turn. */
export function* craftedSignatures(seed: number, count: number): Generator<CraftedSignature> {
  const dice = new Dice(seed);
  const secrets = Array.from({ length: 24 }, (_, index) => secretOf(`gdo crafted key ${seed} ${index}`));
  const [firstSecret] = secrets;
  if (firstSecret === undefined) throw new Error('there are keys');
  for (let index = 0; index < count; index += 1) {
    const kind = craftedKinds[index % craftedKinds.length] ?? 'sound';
    const text = `message ${seed} ${index}`;
    const message = signedData(craftedNamespace, utf8Encode(text));
    const secret = secrets[dice.below(secrets.length)] ?? firstSecret;
    const other = secrets[(secrets.indexOf(secret) + 1) % secrets.length] ?? firstSecret;
    const nonce = 1n + (hashed(utf8Encode(`nonce ${seed} ${index}`)) % (order - 1n));
    const made = (kinds[kind] ?? fitting)({ dice, secret, other, nonce, message });
    const signature = Uint8Array.from([...made.first, ...made.second]);
    yield { kind, text, key: made.key, message, signature, sound: made.sound === true };
  }
}
