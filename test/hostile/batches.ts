// Hostile logs: batches, signatures and statements by somebody with a real key (T01 to T09), pushed through the door.
import { buildPack } from '../../node/git/pack.ts';
import { blobObject, objectId, type GitObject } from '../../node/git/object.ts';
import { signBatch, type BatchDraft } from '../../node/ledger/batch.ts';
import { hostileCommits } from '../vectors/hostile-batches.ts';
import { signerOf, startMs, testSigner } from '../node/ledger/small-ledger.ts';
import { doorFact, type Target } from './target.ts';
import type { HostileInput, Maker } from './trees.ts';
import { none, pushBytes } from './wire.ts';

function logPush(device: string, objects: readonly GitObject[], next: string): Uint8Array {
  return pushBytes([{ old: none, next, ref: `refs/gdo/log/${device}` }], buildPack(objects));
}

function adaDevice(target: Target): string {
  return signerOf(target.ledger, 'ada').device;
}

/** The sound batch with its commit replaced. */
function withCommit(target: Target, bytes: Uint8Array): Uint8Array {
  const commit: GitObject = { kind: 'commit', bytes };
  return logPush(adaDevice(target), [...target.sound.objects.filter((object) => object.kind !== 'commit'), commit], objectId(commit));
}

function soundText(target: Target): string {
  return Buffer.from(target.sound.objects.find((object) => object.kind === 'commit')?.bytes ?? []).toString('utf8');
}

type Lie = readonly [name: string, code: string, signer: string, change: Partial<BatchDraft>];
const far = { id: '5'.repeat(64), commit: '5'.repeat(40) };
const lies: readonly Lie[] = [
  ['of another organization', 'GDO1014', 'ben', { org: '4'.repeat(64) }],
  ['that begins at number two', 'GDO1021', 'ben', { seq: 2 }],
  ['in the name of another member', 'GDO1015', 'ben', { actor: 'ada' }],
  ['by a key that nobody enrolled', 'GDO1015', 'mallory', { actor: 'ben' }],
  ['by nobody in the organization', 'GDO1015', 'mallory', { actor: 'mallory' }],
  ['on a checkpoint that does not exist', 'GDO1023', 'ben', { base: '6'.repeat(64) }],
  ['on a batch that does not exist', 'GDO1022', 'ben', { seq: 2, prev: far }],
  ['that depends on one that does not exist', 'GDO1022', 'ben', { deps: [far] }],
];

/** Kinds of hostile logs. */
export const batchMakers: readonly (readonly [kind: string, make: Maker])[] = [
  [
    'commit',
    async (target, _dice, round): Promise<HostileInput> => {
      const rows = await hostileCommits(soundText(target));
      const [name, code, text] = rows[round % rows.length] ?? ['', '', ''];
      // Git's own check may see a commit that no git would write before ours does.
      return { name: `a batch with ${name}`, codes: [code, 'GDO1010'], bytes: withCommit(target, Buffer.from(text, 'utf8')) };
    },
  ],
  [
    'batch-flip',
    (target, dice) => {
      const bytes = Buffer.from(soundText(target), 'utf8');
      const at = dice.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
      return {
        name: `a batch with a bit flipped at ${at}`,
        codes: ['GDO1003', 'GDO1010', 'GDO1011', 'GDO1012', 'GDO1013', 'GDO1014', 'GDO1015', 'GDO1020', 'GDO1021', 'GDO1022', 'GDO1023'],
        bytes: withCommit(target, bytes),
      };
    },
  ],
  [
    'lie',
    async (target, dice, round): Promise<HostileInput> => {
      const [name, code, who, change] = lies[round % lies.length] ?? ['', '', 'ben', {}];
      const signer = testSigner(who);
      const draft: BatchDraft = {
        org: target.view.org,
        actor: 'ben',
        seq: 1,
        prev: undefined,
        deps: [],
        base: target.view.tip.id,
        events: [{ ...doorFact, tsMs: startMs + dice.below(1_000_000) }],
        attachments: [],
        ...change,
      };
      const signed = await signBatch(signer, draft);
      return { name: `a batch ${name}`, codes: [code], bytes: logPush(signer.device, signed.objects, signed.commit) };
    },
  ],
  [
    'other-log',
    (target) => ({ name: "a sound batch in another key's log", codes: ['GDO1015'], bytes: logPush(target.device, target.sound.objects, target.sound.commit) }),
  ],
  [
    'log-of',
    (target, dice) => {
      const blob = blobObject(Buffer.from(`no commit ${dice.below(1000)}`));
      return { name: 'a log that is a file', codes: ['GDO1010', 'GDO1030'], bytes: logPush(target.device, [blob], objectId(blob)) };
    },
  ],
  [
    'proposal-of',
    (target, dice) => {
      const blob = blobObject(Buffer.from(`no commit ${dice.below(1000)}`));
      const tag: GitObject = { kind: 'tag', bytes: Buffer.from(`object ${target.view.mainCommit}\ntype commit\ntag x\ntagger B <b@x> 1 +0000\n\nx\n`) };
      const object = dice.once(2) ? tag : blob;
      return {
        name: `a proposal that is a ${object.kind}`,
        codes: ['GDO1010'],
        bytes: pushBytes([{ old: none, next: objectId(object), ref: `refs/gdo/proposal/${target.device}/topic` }], buildPack([object])),
      };
    },
  ],
];
