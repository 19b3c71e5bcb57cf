// Writes the trail of a content (content-trail.ts) while it is put, a page at a time: nothing of it is held that grows with the content but a row for each page.
import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { leftoverAgeMs } from '../git/leftovers.ts';
import { copySum, type SumPlace } from './content-manifest.ts';
import { tailLine, trailedBytesLeast, trailFiles, trailFolder, trailForm, trailsBytesMost, trailsMost, trailStepsMost, type ReadAs } from './content-trail.ts';
import { DraftFile } from './draft-file.ts';
import type { ObjectSink } from './object-sink.ts';
import { markOfPack } from './pack-marks.ts';

const { nameBytes, idBytes, stepBytes, stepsPerPage, offsetBytes, rowBytes } = trailForm;
const draftWord = 'draft-';

/** What a trail says of the whole content. */
export interface KeptTrail {
  readonly sha256: string;
  readonly readAs: ReadAs;
  readonly places: ReturnType<ObjectSink['places']>;
}

const idOf = (id: string): Buffer => Buffer.from(id, 'hex');

/** Writes the trail of a content while it is put. Nobody sees it before `keep`. */
export class TrailWriter {
  private readonly folder: string;
  private readonly names: Buffer = Buffer.alloc(stepsPerPage * stepBytes);
  private readonly ids: Buffer = Buffer.alloc(stepsPerPage * idBytes);
  private readonly rows: Buffer[] = [];
  private readonly others: string[] = [];
  private chunks = 0;
  private size = 0;
  private offset = 0;
  private readonly draft: DraftFile;
  private isTooLong = false;

  constructor(common: string) {
    this.folder = trailFolder(common);
    this.draft = new DraftFile(this.folder, draftWord);
  }

  /** The next chunk of the content. */
  chunk(name: SumPlace, id: SumPlace, length: number): void {
    const step = this.chunks % stepsPerPage;
    if (step === 0 && this.chunks > 0) this.turnPage(stepsPerPage);
    copySum(name, { bytes: this.names, at: step * stepBytes }, nameBytes);
    this.names.writeUInt32BE(length, step * stepBytes + nameBytes);
    copySum(id, { bytes: this.ids, at: step * idBytes }, idBytes);
    this.chunks += 1;
    this.size += length;
  }

  /** The id of a tree or a manifest; of the commit at last. */
  other(id: string): void {
    this.others.push(id);
  }

  /** Keeps it: the content is what it says, and lies where `places` says. Contents that are small, or too large, leave no trail. */
  keep({ sha256, readAs, places }: KeptTrail): void {
    const { chunks, size, others } = this;
    if (size < trailedBytesLeast || chunks + others.length > trailStepsMost) return this.discard();
    this.turnPage(((chunks - 1) % stepsPerPage) + 1);
    if (!this.draft.isBegun()) return;
    const marks = places.indexes.flatMap((path) => markOfPack(path) ?? []);
    const isKnown = marks.length === places.indexes.length;
    const [packMarks, looseIds] = isKnown ? [marks, places.loose.map(idOf)] : [[], []];
    const rest = Buffer.concat([...others.map(idOf), ...packMarks, ...looseIds, ...this.rows]);
    const tail = { sha256, size, chunks, readAs, others: others.length, packs: packMarks.length, loose: looseIds.length };
    this.draft.write(rest);
    this.draft.write(Buffer.concat([Buffer.from('\n'), tailLine(tail, rest)]));
    this.draft.keep(join(this.folder, `${size}-${sha256}`));
    this.makeRoom();
  }

  /** Forgets it. */
  discard(): void {
    this.draft.discard();
  }

  private turnPage(steps: number): void {
    if (this.isTooLong) return;
    if (this.chunks > trailStepsMost) {
      this.isTooLong = true;
      return this.discard();
    }
    const [names, ids] = [this.names.subarray(0, steps * stepBytes), this.ids.subarray(0, steps * idBytes)];
    const row = Buffer.alloc(rowBytes);
    row.writeUIntBE(this.offset, 0, offsetBytes);
    for (const [index, part] of [names, ids].entries()) row.write(hash('sha256', part, 'hex'), offsetBytes + index * 32, 'hex');
    this.rows.push(row);
    this.offset = this.size;
    this.draft.write(names);
    this.draft.write(ids);
  }

  /** Takes away what was not used for the longest time, and what killed processes began. */
  private makeRoom(): void {
    const files = trailFiles(this.folder).toSorted((left, right) => right.usedMs - left.usedMs);
    // The clock of the disk: what was just written is the newest.
    const nowMs = files[0]?.usedMs ?? 0;
    let [count, bytesCount] = [0, 0];
    for (const { name, path, usedMs, bytesCount: length } of files) {
      const isDraft = name.startsWith(draftWord);
      if (!isDraft) {
        count += 1;
        bytesCount += length;
      }
      if (isDraft ? nowMs - usedMs > leftoverAgeMs : count > trailsMost || bytesCount > trailsBytesMost) rmSync(path, { force: true });
    }
  }
}
