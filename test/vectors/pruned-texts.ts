// What a pruned copy says, for the vectors of SPEC.md section 18: sound, and broken in each way that it can be.
import { utf8Decode, type EventDraft } from '../../engine/index.ts';
import { signBatch } from '../../node/ledger/batch.ts';
import { buildPruned } from '../../node/ledger/pruned.ts';
import { testSigner } from '../node/ledger/small-ledger.ts';

/** One statement with its lists. `held` are the commits of the batches that the checkpoint holds; `commit` is the git id where it is sound. */
export interface PrunedVector {
  readonly name: string;
  readonly timeMs: number;
  readonly height: number;
  readonly held: readonly string[];
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly code: string;
  readonly commit?: string;
}

const org = '1'.repeat(64);
const base = '2'.repeat(64);
const checkpoint = '5'.repeat(64);
const timeMs = 1_795_248_000_999;
const height = 256;

interface Held {
  readonly id: string;
  readonly text: string;
  readonly events: readonly string[];
}

async function batchesOf(name: string, counts: readonly number[]): Promise<readonly Held[]> {
  const held: Held[] = [];
  let prev: { readonly id: string; readonly commit: string } | undefined;
  let seq = 1;
  for (const count of counts) {
    const fact: EventDraft = { kind: 'fact', body: { data: { door: name }, type: 'door.opened' }, tsMs: timeMs };
    const draft = { org, actor: name, seq, prev, deps: [], base, events: Array.from({ length: count }, () => fact), attachments: [] };
    const signed = await signBatch(testSigner(name), draft);
    const commit = signed.objects.find(({ kind }) => kind === 'commit');
    held.push({ id: signed.batch.id, text: utf8Decode(commit?.bytes ?? new Uint8Array()) ?? '', events: signed.batch.events.map(({ id }) => id) });
    prev = { id: signed.batch.id, commit: signed.commit };
    seq += count;
  }
  return held;
}

/** The vectors, the same every time. */
export async function prunedVectors(): Promise<readonly PrunedVector[]> {
  const held = [...(await batchesOf('ada', [1, 2, 5])), ...(await batchesOf('ben', [3]))];
  const all = new Map(held.map(({ id, events }) => [id, events]));
  const built = buildPruned({ org, height, checkpoint }, all, timeMs);
  const texts = built.objects.filter(({ kind }) => kind === 'blob').map(({ bytes }) => utf8Decode(bytes) ?? '');
  const statement = texts.find((text) => text.startsWith('{')) ?? '';
  const lists = texts.filter((text) => text !== statement).toSorted();
  const filesOf = (said: string, lines: readonly string[]): PrunedVector['files'] => [
    ...lines.map((text) => [`ids/${text.slice(0, 2)}`, text] as const),
    ['pruned.json', said],
  ];
  const common = { timeMs, height, held: held.map(({ text }) => text) };
  const said = (name: string, code: string, files: PrunedVector['files']): PrunedVector => ({ ...common, name, code, files });
  const two = all.get(held[1]?.id ?? '') ?? [];
  const first = lists[0] ?? '';
  const edited = (edit: (text: string) => string): PrunedVector['files'] => filesOf(statement, lists.map(edit));
  const swap = (text: string): string => text.replace(two.join(' '), two.toReversed().join(' '));
  return [
    { ...said('all batches of two keys', 'ok', filesOf(statement, lists)), commit: built.commit },
    said('two events of a batch the other way round', 'GDO1020', edited(swap)),
    said('an event of a batch left out', 'GDO1020', edited((text) => text.replace(` ${two[1]}`, ''))),
    said('an event more than a batch has', 'GDO1020', edited((text) => text.replace(two.join(' '), `${two.join(' ')} ${two[0]}`))),
    { ...said('a batch that no checkpoint here holds', 'GDO1020', filesOf(statement, lists)), held: common.held.slice(1) },
    said('fewer batches than it says', 'GDO1010', filesOf(statement, lists.slice(1))),
    said('more batches than it says', 'GDO1010', filesOf(statement.replace('"batches":4', '"batches":3'), lists)),
    said('a batch twice', 'GDO1010', filesOf(statement.replace('"batches":4', '"batches":5'), [`${first}${first}`, ...lists.slice(1)])),
    said('a list under other digits', 'GDO1010', [['ids/zz', first], ...filesOf(statement, lists.slice(1))]),
    said('a line without its end', 'GDO1010', edited((text) => (text === first ? text.trimEnd() : text))),
    said('ids in upper case', 'GDO1010', edited((text) => (text === first ? text.toUpperCase().replace(/^../, (digits) => digits.toLowerCase()) : text))),
    said('two blanks between ids', 'GDO1010', edited((text) => (text === first ? text.replace(' ', '  ') : text))),
    said('a batch without events', 'GDO1010', edited((text) => (text === first ? `${text.slice(0, 64)}\n` : text))),
    said('a statement with another field', 'GDO1010', filesOf(statement.replace('"v":1', '"v":1,"why":"x"'), lists)),
    said('a statement that is not canonical', 'GDO1010', filesOf(statement.replace(',"org"', ', "org"'), lists)),
    said('a statement of another type', 'GDO1010', filesOf(statement.replace('"pruned"', '"dropped"'), lists)),
    said('no statement', 'GDO1010', filesOf(statement, lists).slice(0, -1)),
    said('height 0', 'GDO1010', filesOf(statement.replace('"height":256', '"height":0'), lists)),
  ];
}
