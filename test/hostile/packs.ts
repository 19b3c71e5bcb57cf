// Hostile transport: packs, deltas, names of refs and bytes that are no push at all (T28, T29).
import { deflateSync } from 'node:zlib';
import { buildPack } from '../../node/git/pack.ts';
import { blobObject, objectId, plainCommit } from '../../node/git/object.ts';
import type { Dice } from '../vectors/dice.ts';
import type { Target } from './target.ts';
import type { HostileInput, Maker } from './trees.ts';
import { copyDelta, entry, entryHead, kinds, none, offsetDelta, packet, packOf, pushBytes, refDelta, type Command } from './wire.ts';

const small = Buffer.from('small\n');
const mebibyte = 1024 * 1024;

/** Zeros deflated once and kept: packing a bomb is slower than refusing it. */
const zeros = new Map<number, Uint8Array>();
function deflatedZeros(size: number): Uint8Array {
  const known = zeros.get(size) ?? deflateSync(Buffer.alloc(size), { level: 9 });
  zeros.set(size, known);
  return known;
}

function blobEntry(size: number): Buffer {
  return Buffer.concat([entryHead(kinds.blob, size), deflatedZeros(size)]);
}

/** A push of something to ben's proposal, with a pack of our making. */
function withPack(target: Target, name: string, codes: readonly string[], pack: Uint8Array): HostileInput {
  return { name, codes, bytes: pushBytes([{ old: none, next: '1'.repeat(40), ref: `refs/gdo/proposal/${target.device}/topic` }], pack) };
}

const unreadable = ['GDO1010', 'GDO1022', 'GDO4011'];

/** Refs that no push may name, with their code. */
function forbidden(target: Target): readonly (readonly [ref: string, code: string])[] {
  const { device } = target;
  return [
    ['refs/heads/main', 'GDO2015'],
    ['refs/gdo/checkpoint', 'GDO2015'],
    ['refs/gdo/genesis', 'GDO1030'],
    [`refs/gdo/receipt/${device}`, 'GDO1030'],
    [`refs/gdo/cosign/${device}`, 'GDO1030'],
    ['refs/heads/topic', 'GDO1030'],
    ['refs/tags/v1', 'GDO1030'],
    ['refs/notes/commits', 'GDO1030'],
    ['refs/replace/1', 'GDO1030'],
    ['refs/stash', 'GDO1030'],
    ['refs/gdo-incoming/x', 'GDO1030'],
    [`refs/gdo/log/${device.toUpperCase()}`, 'GDO1030'],
    [`refs/gdo/log/${device.slice(1)}`, 'GDO1030'],
    [`refs/gdo/log/${device}/x`, 'GDO1030'],
    [`refs/gdo/log/${device}.lock`, 'GDO1030'],
    [`refs/gdo/log/../log/${device}`, 'GDO1030'],
    [`refs/gdo/proposal/${device}/`, 'GDO1030'],
    [`refs/gdo/proposal/${device}/UPPER`, 'GDO1030'],
    [`refs/gdo/proposal/${device}/${'x'.repeat(65)}`, 'GDO1030'],
    [`refs/gdo/proposal/${device}/a b`, 'GDO1030'],
    [`refs/gdo/proposal/${device}/a/b`, 'GDO1030'],
    [`refs/gdo/proposal/${'0'.repeat(64)}/topic`, 'GDO1015'],
    ['HEAD', 'GDO1030'],
    ['objects/info/alternates', 'GDO1030'],
    ['config', 'GDO1030'],
    ['refs/heads/-oProxyCommand=x', 'GDO1030'],
  ];
}

function soundCommit(target: Target, dice: Dice): { readonly id: string; readonly pack: Uint8Array } {
  const tree = objectId({ kind: 'tree', bytes: new Uint8Array(0) });
  const commit = plainCommit({
    tree,
    parents: [target.view.mainCommit],
    person: 'Ben <ben@example.org>',
    seconds: 1_700_000_000 + dice.below(1000),
    message: 'x\n',
  });
  return { id: objectId(commit), pack: buildPack([{ kind: 'tree', bytes: new Uint8Array(0) }, commit]) };
}

/** Kinds of hostile packs. */
export const packMakers: readonly (readonly [kind: string, make: Maker])[] = [
  [
    'cut',
    (target, dice) => {
      const whole = buildPack([blobObject(small), blobObject(Buffer.alloc(500, dice.below(256)))]);
      return withPack(target, 'a pack that ends early', unreadable, whole.subarray(0, 1 + dice.below(whole.length - 1)));
    },
  ],
  [
    'flipped',
    (target, dice) => {
      const whole = Buffer.from(buildPack([blobObject(small), blobObject(Buffer.from(`${dice.below(1_000_000)}`))]));
      const at = dice.below(whole.length);
      whole[at] = (whole[at] ?? 0) ^ (1 << dice.below(8));
      return withPack(target, `a pack with a bit flipped at ${at}`, unreadable, whole);
    },
  ],
  [
    'behind',
    (target, dice) =>
      withPack(target, 'bytes behind the pack', unreadable, Buffer.concat([buildPack([blobObject(small)]), Buffer.alloc(1 + dice.below(100_000), 7)])),
  ],
  [
    'count',
    (target, dice) => withPack(target, 'a pack that claims more objects', unreadable, packOf([entry(kinds.blob, small)], { count: 2 + dice.below(1000) })),
  ],
  [
    'huge-count',
    (target, dice) =>
      withPack(
        target,
        'a pack that claims thousands of millions',
        ['GDO4011'],
        packOf([entry(kinds.blob, small)], { count: 4_294_967_295 - dice.below(1000) }),
      ),
  ],
  [
    'version',
    (target, dice) => withPack(target, 'an unknown version', unreadable, packOf([entry(kinds.blob, small)], { version: dice.of([0, 1, 4, 255, 65_536]) })),
  ],
  ['kind', (target, dice) => withPack(target, 'an unknown kind of object', unreadable, packOf([entry(dice.of([kinds.none, kinds.reserved]), small)]))],
  [
    'size-lie',
    (target, dice) =>
      withPack(target, 'an object that is not as long as it says', unreadable, packOf([entry(kinds.blob, small, dice.of([0, 1, 5, 7, 1000, 65_536]))])),
  ],
  [
    'no-zlib',
    (target, dice) =>
      withPack(target, 'bytes that do not unpack', unreadable, packOf([Buffer.concat([entryHead(kinds.blob, 100), Buffer.alloc(100, dice.below(256))])])),
  ],
  [
    'long-head',
    (target, dice) =>
      withPack(
        target,
        'a size of many bytes',
        unreadable,
        packOf([Buffer.concat([Buffer.alloc(12 + dice.below(50), 0xff), Buffer.from([0x3f]), deflateSync(small)])]),
      ),
  ],
  [
    'not-a-blob',
    (target, dice) =>
      withPack(
        target,
        'a commit, tree or tag of noise',
        ['GDO1010', 'GDO2014'],
        packOf([entry(dice.of([kinds.commit, kinds.tree, kinds.tag]), Buffer.from(`noise ${dice.below(1000)}`))]),
      ),
  ],
  [
    'delta-nowhere',
    (target, dice) =>
      withPack(
        target,
        'a delta against what nobody has',
        unreadable,
        packOf([refDelta(dice.below(16).toString(16).repeat(40), copyDelta(6, { size: 6, times: 1 }))]),
      ),
  ],
  [
    'delta-back',
    (target, dice) =>
      withPack(
        target,
        'a delta against bytes before the pack',
        unreadable,
        packOf([entry(kinds.blob, small), offsetDelta(10_000 + dice.below(1_000_000), copyDelta(6, { size: 6, times: 1 }))]),
      ),
  ],
  [
    'delta-lie',
    (target, dice) => {
      const first = entry(kinds.blob, small);
      const delta = dice.of([
        copyDelta(7, { size: 6, times: 1 }),
        copyDelta(6, { size: 60, times: 1 }),
        copyDelta(6, { size: 6, times: 2, claims: 5 }),
        Buffer.from([6, 6, 0]),
        Buffer.from([6]),
      ]);
      return withPack(target, 'a delta that lies', unreadable, packOf([first, offsetDelta(first.length, delta)]));
    },
  ],
  ['bomb', (target, dice) => withPack(target, 'one object of a gibibyte in a mebibyte', ['GDO4011'], packOf([blobEntry((1024 - dice.below(4)) * mebibyte)]))],
  ['big', (target, dice) => withPack(target, 'one object over 16 MiB', ['GDO4011'], packOf([blobEntry(17 * mebibyte + dice.below(64) * mebibyte)]))],
  [
    'spread',
    (target, dice) =>
      withPack(
        target,
        'several objects just below 16 MiB each',
        ['GDO4011'],
        packOf(Array.from({ length: 3 + dice.below(6) }, (_, index) => blobEntry(16 * mebibyte - 1 - index))),
      ),
  ],
  [
    'ratio',
    (target, dice) => {
      const { id, pack } = soundCommit(target, dice);
      const commit = { old: none, next: id, ref: `refs/gdo/proposal/${target.device}/topic` };
      const bomb = packOf([pack.subarray(12, pack.length - 20), blobEntry((2 + dice.below(12)) * mebibyte)], { count: 3 });
      return { name: 'zeros beside a proposal', codes: ['GDO4011'], bytes: pushBytes([commit], bomb) };
    },
  ],
  [
    'delta-bomb',
    (target, dice) => {
      const first = blobEntry(65_535);
      const claims = 200 + dice.below(60_000);
      return withPack(
        target,
        'a delta that copies one block for gibibytes',
        ['GDO4011'],
        packOf([first, offsetDelta(first.length, copyDelta(65_535, { size: 65_535, times: Math.max(claims, 600) }))]),
      );
    },
  ],
  [
    'delta-claim',
    (target, dice) => {
      const first = entry(kinds.blob, small);
      return withPack(
        target,
        'a delta that claims a tebibyte',
        ['GDO4011'],
        packOf([first, offsetDelta(first.length, copyDelta(6, { size: 6, times: 1, claims: 2 ** (33 + dice.below(10)) }))]),
      );
    },
  ],
  [
    'ref',
    (target, dice, round) => {
      const refs = forbidden(target);
      const [ref, code] = refs[round % refs.length] ?? ['HEAD', 'GDO1030'];
      const { id, pack } = soundCommit(target, dice);
      const old =
        ref === 'refs/heads/main'
          ? target.view.mainCommit
          : ref === 'refs/gdo/checkpoint'
            ? target.view.tip.commit
            : ref === 'refs/gdo/genesis'
              ? target.view.genesisCommit
              : none;
      return { name: `a push of ${ref}`, codes: [code], bytes: pushBytes([{ old, next: id, ref }], pack) };
    },
  ],
  [
    'delete',
    (target, dice) => {
      const [ref, old]: readonly [string, string] = dice.of([
        ['refs/heads/main', target.view.mainCommit],
        ['refs/gdo/genesis', target.view.genesisCommit],
        ['refs/gdo/checkpoint', target.view.tip.commit],
      ]);
      return {
        name: `a deletion of ${ref}`,
        codes: ['GDO1030', 'GDO2015'],
        bytes: pushBytes([{ old, next: none, ref }], new Uint8Array(0), 'report-status side-band-64k delete-refs'),
      };
    },
  ],
  [
    'storm',
    (target, dice) => {
      const { id, pack } = soundCommit(target, dice);
      const commands = Array.from({ length: 1_001 + dice.below(4_000) }, (_, index): Command => ({
        old: none,
        next: id,
        ref: `refs/gdo/proposal/${target.device}/t${index}`,
      }));
      return { name: 'a storm of refs', codes: ['GDO4011'], bytes: pushBytes(commands, pack) };
    },
  ],
  [
    'mixed',
    (target, dice) => {
      const { id, pack } = soundCommit(target, dice);
      const good = { old: none, next: id, ref: `refs/gdo/proposal/${target.device}/topic` };
      const bad = { old: none, next: id, ref: 'refs/heads/topic' };
      return { name: 'one good ref beside a bad one', codes: ['GDO1030'], bytes: pushBytes(dice.once(2) ? [good, bad] : [bad, good], pack) };
    },
  ],
  [
    'noise',
    (_target, dice) => ({
      name: 'bytes that are no push',
      codes: ['GDO1010', 'GDO4011'],
      bytes: Buffer.from(Array.from({ length: 1 + dice.below(2000) }, () => dice.below(256))),
    }),
  ],
  [
    'packet',
    (_target, dice) => ({
      name: 'a packet that is no command',
      codes: ['GDO1010'],
      bytes: dice.of<Uint8Array>([
        packet('push it'),
        packet(`${none} ${none}\n`),
        Buffer.from('fff'),
        Buffer.from('0003'),
        Buffer.from('fff0x'),
        packet(`${'z'.repeat(40)} ${none} refs/heads/x\0 report-status\n`),
      ]),
    }),
  ],
];
