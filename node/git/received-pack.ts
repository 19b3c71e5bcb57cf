// Takes a fetched pack in without an installed git: it is indexed in memory, and put beside the others only where everything is there that its heads reach.
import { createHash } from 'node:crypto';
import { WorldError } from '../cli/command.ts';
import { measureFetchedPack } from './fetched-pack.ts';
import { memoryFiles, type FileStore } from './file-store.ts';
import { libraryFiles } from './library-files.ts';
import { portableObjects, type PortableObjects } from './portable-objects.ts';
import { missingObject } from './reachable.ts';

/** node.md section 3: objects of one push, and so of one fetch. */
const objectsMax = 200_000;

/** Name, version, number of objects; and the checksum at the end. */
const headerBytes = 12;
const checksumBytes = 20;

/** A pack that waits for a judgement in memory. Nothing is stored before `promote`. */
export interface WaitingPack {
  /** Objects that arrived, and nothing else. */
  readonly objects: PortableObjects;
  readonly objectsCount: number;
  /** Puts the pack beside the others; it is on the disk when it returns. */
  readonly promote: () => void;
}

/**
 * Opens a pack that was fetched into `store`.
 * @param heads - what it was asked for: all they reach must be in it or here
 * @throws WorldError GDO4011 where it holds too much, GDO5024 where it is none or not all is there
 */
export async function openWaitingPack(
  store: { readonly files: FileStore; readonly shared: string; readonly objects: PortableObjects },
  pack: Uint8Array,
  heads: readonly string[],
): Promise<WaitingPack> {
  const bytes = Buffer.from(pack.buffer, pack.byteOffset, pack.byteLength);
  if (bytes.length < headerBytes + checksumBytes || bytes.toString('latin1', 0, 4) !== 'PACK') throw bad('it is no pack');
  const objectsCount = bytes.readUInt32BE(8);
  if (objectsCount > objectsMax)
    throw new WorldError('GDO4011', `A pack holds at most ${objectsMax} objects, and this one ${objectsCount}`, 'install git 2.39 or newer');
  const sum = createHash('sha1').update(bytes.subarray(0, -checksumBytes)).digest();
  if (!sum.equals(bytes.subarray(-checksumBytes))) throw bad('it was changed on its way');
  const measure = measureFetchedPack(bytes);
  if (measure.kind === 'broken') throw bad(measure.reason);
  if (measure.kind === 'over')
    throw new WorldError('GDO4011', `What was fetched is over a budget: ${measure.reason}`, 'install git 2.39 or newer, or ask another copy');
  const name = `pack-${sum.toString('hex')}`;
  const waiting = memoryFiles();
  const place = '/waiting.git';
  waiting.create(`${place}/objects/pack/${name}.pack`, bytes);
  const index = await indexPack(waiting, place, `objects/pack/${name}.pack`);
  const objects = portableObjects(waiting, place);
  const missing = await missingObject(objects.read, heads, async (id) => (await store.objects.read(id)) !== undefined);
  if (missing !== undefined) throw bad(`the object ${missing} is in neither place`);
  return { objects, objectsCount, promote: () => keep(store, name, { pack: bytes, idx: index }) };
}

/** The index makes a pack visible, so it comes last. */
function keep(
  store: { readonly files: FileStore; readonly shared: string },
  name: string,
  content: { readonly pack: Uint8Array; readonly idx: Uint8Array },
): void {
  const folder = `${store.shared}/objects/pack`;
  if (store.files.kindOf(`${folder}/${name}.idx`) !== undefined) return;
  for (const end of ['pack', 'idx'] as const) {
    const draft = `${folder}/tmp_gdo_${name}.${end}`;
    store.files.remove(draft);
    store.files.create(draft, content[end]);
    store.files.replace(draft, `${folder}/${name}.${end}`);
  }
}

async function indexPack(files: FileStore, place: string, path: string): Promise<Uint8Array> {
  const git = await import('isomorphic-git');
  try {
    await git.indexPack({ fs: libraryFiles(files), dir: place, gitdir: place, filepath: path });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw bad(error.message, error);
  }
  const index = files.read(`${place}/${path.replace(/pack$/, 'idx')}`);
  if (index === undefined) throw bad('no index was made of it');
  return index;
}

function bad(why: string, cause?: Error): WorldError {
  return new WorldError('GDO5024', `What was fetched cannot be used: ${why}`, 'run `gdo sync` again, and tell whoever runs the other side', cause);
}
