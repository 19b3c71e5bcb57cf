// The trail of a content that this copy put and hashed whole: the SHA-256, git's id and the length of each of its chunks in order, and the ids of all other objects of it. Whoever
// puts the same bytes again compares with it instead of cutting them and hashing the whole. Others cannot add to it; one that is torn, flipped or of another version is
// none. docs/decisions/0183.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, futimesSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cutterName, isHex64, tarCutterName } from '../../engine/index.ts';
import { packMarkBytes } from './pack-marks.ts';

/** Names the form of trails, the cutters, and the form of what a put writes: whoever changes one of them changes this. */
const title = `gdo-trail-v1 ${cutterName} ${tarCutterName}`;

const [nameBytes, idBytes, sizeBytes] = [32, 20, 4];
const stepBytes: number = nameBytes + sizeBytes;
/** Chunks of one page, some 3.7 MB of content: what one thread compares in one go. */
const stepsPerPage = 512;
const pageBytes: number = stepsPerPage * (stepBytes + idBytes);
/** A row of the table: where the page begins in the content, and the SHA-256 of its names and lengths, and of its ids. */
const [offsetBytes, rowBytes] = [6, 6 + 2 * 32];
const tailBytesMax = 512;

type TrailNumber = 'nameBytes' | 'idBytes' | 'stepBytes' | 'stepsPerPage' | 'pageBytes' | 'offsetBytes' | 'rowBytes';

/** How a trail is laid out, for whoever reads pages of it. */
export const trailForm: Readonly<Record<TrailNumber, number>> = { nameBytes, idBytes, stepBytes, stepsPerPage, pageBytes, offsetBytes, rowBytes };

/** Less than this is cut and hashed in a few milliseconds. */
export const trailedBytesLeast: number = 1024 * 1024;
/** All trails together: those of some eight gigabytes of content. Those that were not used for the longest time go first. */
export const trailsBytesMost: number = 64 * 1024 * 1024;
/** Files among which the oldest is looked for. */
export const trailsMost = 256;
/** Contents of one length of which a put looks at the trails: disks of machines all have the same. */
const candidatesMost = 4;

/** Where trails lie. @param common - the folder of git that all work trees share */
export const trailFolder = (common: string): string => join(common, 'gdo', 'trails');

/** What a content was read as before it was put: `layer`: every entry of it by the strict reader of images. */
export type ReadAs = 'bytes' | 'layer';

/** What the last line of a trail says. */
export interface TrailTail {
  readonly sha256: string;
  readonly size: number;
  readonly chunks: number;
  readonly readAs: ReadAs;
  /** Ids of trees, manifests and, at last, the commit. */
  readonly others: number;
  /** Packs in which all of them lay, and objects in none: no packs where that is not known. */
  readonly packs: number;
  readonly loose: number;
}

/** An open trail: its table and its other ids were held against their sums, its pages are by whoever reads them. */
export interface ContentTrail extends TrailTail {
  readonly file: number;
  readonly pages: number;
  readonly table: Buffer;
  readonly otherIds: Buffer;
  readonly packMarks: Buffer;
  readonly looseIds: Buffer;
  readonly commit: string;
  /** Says that it was of use, so that others go before it. */
  readonly used: () => void;
  readonly close: () => void;
}

/** How many chunks a page has. */
export function stepsOnPage({ chunks }: Pick<ContentTrail, 'chunks'>, page: number): number {
  return Math.min(stepsPerPage, chunks - page * stepsPerPage);
}

/** Opens the trails of contents of one length, those used last first. @param common - the folder of git that all work trees share */
export function openTrails(common: string, size: number, readAs: ReadAs): readonly ContentTrail[] {
  const files = trailFiles(trailFolder(common)).filter(({ name }) => name.startsWith(`${size}-`));
  const trails: ContentTrail[] = [];
  for (const { path } of files.toSorted((left, right) => right.usedMs - left.usedMs).slice(0, candidatesMost)) {
    const trail = openTrail(path);
    if (trail === undefined) continue;
    // What was read strictly is as good as what was only read.
    if (trail.size === size && (readAs === 'bytes' || trail.readAs === readAs)) trails.push(trail);
    else trail.close();
  }
  return trails;
}

/** Takes the trails of contents away that are erased. */
export function forgetTrails(common: string, contents: readonly string[]): void {
  for (const { name, path } of trailFiles(trailFolder(common))) if (contents.some((sha256) => name.endsWith(`-${sha256}`))) rmSync(path, { force: true });
}

function openTrail(path: string): ContentTrail | undefined {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  const trail = readTrail(file);
  if (trail === undefined) {
    closeSync(file);
    return undefined;
  }
  const used = (): void => {
    const now = new Date();
    // Of the open file: its name may be gone.
    futimesSync(file, now, now);
  };
  return { ...trail, file, used, close: () => closeSync(file) };
}

/** Another put may have taken it away since the folder was read. */
function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readTrail(file: number): Omit<ContentTrail, 'file' | 'used' | 'close'> | undefined {
  const length = fstatSync(file).size;
  const end = readAt(file, Math.max(0, length - tailBytesMax), Math.min(length, tailBytesMax));
  const begin = end?.lastIndexOf(`\n${title} `, undefined, 'latin1') ?? -1;
  if (end === undefined || begin < 0) return undefined;
  const line = end.subarray(begin + 1);
  const tail = tailOf(line);
  if (tail === undefined) return undefined;
  const pages = Math.ceil(tail.chunks / stepsPerPage);
  const pagesLength = tail.chunks * (stepBytes + idBytes);
  const lengths = [tail.others * idBytes, tail.packs * packMarkBytes, tail.loose * idBytes, pages * rowBytes];
  const restLength = lengths.reduce((sum, one) => sum + one, 0);
  if (length !== pagesLength + restLength + 1 + line.length) return undefined;
  const rest = readAt(file, pagesLength, restLength);
  if (rest === undefined || !line.equals(tailLine(tail, rest))) return undefined;
  let at = 0;
  const [otherIds = rest, packMarks = rest, looseIds = rest, table = rest] = lengths.map((one) => rest.subarray(at, (at += one)));
  return { ...tail, pages, commit: otherIds.toString('hex', otherIds.length - idBytes), otherIds, packMarks, looseIds, table };
}

/** The last line. Its sum is of itself without it, and of the other ids and the table, which has those of the pages. */
export function tailLine({ sha256, size, chunks, readAs, others, packs, loose }: TrailTail, rest: Uint8Array): Buffer {
  const words = `${title} ${sha256} ${size} ${chunks} ${readAs} ${others} ${packs} ${loose}`;
  return Buffer.from(`${words} ${createHash('sha256').update(words).update(rest).digest('hex')}\n`, 'latin1');
}

function tailOf(line: Buffer): TrailTail | undefined {
  const [sha256 = '', ...words] = line.toString('latin1', title.length + 1).split(' ');
  const numbers = [words[0], words[1], words[3], words[4], words[5]].map((word) => (word !== undefined && /^\d{1,12}$/.test(word) ? Number(word) : -1));
  const [size = -1, chunks = -1, others = -1, packs = -1, loose = -1] = numbers;
  const readAs = words[2] === 'layer' || words[2] === 'bytes' ? words[2] : undefined;
  if (!isHex64(sha256) || size < trailedBytesLeast || chunks < 1 || others < 1 || packs < 0 || loose < 0 || readAs === undefined) return undefined;
  return [chunks, others, packs, loose].some((number) => number > trailStepsMost) ? undefined : { sha256, size, chunks, readAs, others, packs, loose };
}

/** Chunks of the longest trail. */
export const trailStepsMost: number = Math.floor(trailsBytesMost / (stepBytes + idBytes + 1));

function readAt(file: number, from: number, length: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  return readSync(file, bytes, 0, length, from) === length ? bytes : undefined;
}

/** A file of the folder of trails. */
export interface TrailFile {
  readonly name: string;
  readonly path: string;
  readonly bytesCount: number;
  readonly usedMs: number;
}

/** Trails, and drafts of them. */
export function trailFiles(folder: string): readonly TrailFile[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true ? [{ name, path, bytesCount: stat.size, usedMs: stat.mtimeMs }] : [];
  });
}
