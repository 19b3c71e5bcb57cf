// The index of a pack, version 2 (gitformat-pack(5)), from what is known when its objects are written. Reading indexes is packed-ids.ts.
import { createHash } from 'node:crypto';

const idBytes = 20;
const rowsLeast = 1_024;
/** Bits of an id that are read as a number, and bits of a whole number that a float holds exactly. */
const [keptBits, exactBits] = [48, 53];

/** What the index tells of each object of a pack, in the order of writing. One array each, since a pack of many small objects has many rows. */
export class PackRows {
  /** How many objects there are. */
  count = 0;
  private ids = Buffer.alloc(rowsLeast * idBytes);
  private sums = new Uint32Array(rowsLeast);
  private offsets = new Uint32Array(rowsLeast);

  /** Notes an object. @param id - 20 bytes @param sum - the CRC-32 of its entry @param offset - where the entry begins */
  add(id: Uint8Array, sum: number, offset: number): void {
    if (this.count === this.sums.length) this.grow();
    this.ids.set(id, this.count * idBytes);
    this.sums[this.count] = sum;
    // A pack of ours stays far below 2 GiB, where offsets would need eight bytes.
    this.offsets[this.count] = offset;
    this.count += 1;
  }

  /** The index: how many ids begin with each byte or a smaller one, ids, CRC-32 of entries, offsets; both checksums. @param sum - the checksum of the pack */
  index(sum: Buffer): { readonly bytes: Buffer; readonly rank: Uint32Array } {
    const { count } = this;
    const rank = new Uint32Array(count);
    const bytes = Buffer.alloc(8 + 1_024 + count * (idBytes + 8) + 2 * idBytes);
    bytes.writeUInt32BE(0xff744f63, 0);
    bytes.writeUInt32BE(2, 4);
    const numbers = new DataView(bytes.buffer, bytes.byteOffset);
    const counts = new Uint32Array(256);
    const order = this.order();
    for (let place = 0; place < count; place += 1) {
      const row = order[place] ?? 0;
      const [from, to] = [row * idBytes, 1_032 + place * idBytes];
      const first = this.ids[from] ?? 0;
      rank[row] = place;
      counts[first] = (counts[first] ?? 0) + 1;
      // Twenty bytes are moved sooner than a copy of them is asked for.
      for (let byte = 0; byte < idBytes; byte += 1) bytes[to + byte] = this.ids[from + byte] ?? 0;
      numbers.setUint32(1_032 + count * idBytes + place * 4, this.sums[row] ?? 0);
      numbers.setUint32(1_032 + count * (idBytes + 4) + place * 4, this.offsets[row] ?? 0);
    }
    let total = 0;
    for (const [byte, some] of counts.entries()) bytes.writeUInt32BE((total += some), 8 + byte * 4);
    sum.copy(bytes, bytes.length - 2 * idBytes);
    createHash('sha1')
      .update(bytes.subarray(0, -idBytes))
      .digest()
      .copy(bytes, bytes.length - idBytes);
    return { bytes, rank };
  }

  /** Rows ascending by id. Numbers are sorted far sooner than by a function: each holds the first bits of an id, as many as there is room for, and below them the row. */
  private order(): Uint32Array {
    const { ids, count } = this;
    const rowBits = 32 - Math.clz32(count);
    const rowsRoom = 2 ** rowBits;
    const leftOut = 2 ** Math.max(0, keptBits + rowBits - exactBits);
    const view = new DataView(ids.buffer, ids.byteOffset);
    const keys = new Float64Array(count);
    for (let row = 0; row < count; row += 1) {
      const start = view.getUint32(row * idBytes) * 0x10000 + view.getUint16(row * idBytes + 4);
      keys[row] = Math.floor(start / leftOut) * rowsRoom + row;
    }
    keys.sort();
    const order = new Uint32Array(count);
    let [alike, before] = [0, -1];
    for (let place = 0; place < count; place += 1) {
      const key = keys[place] ?? 0;
      const start = Math.floor(key / rowsRoom);
      const row = key - start * rowsRoom;
      alike = start === before ? alike + 1 : 0;
      before = start;
      let at = place;
      // Only the few that begin alike are compared whole.
      for (; at > place - alike && this.compareRows(order[at - 1] ?? 0, row) > 0; at -= 1) order[at] = order[at - 1] ?? 0;
      order[at] = row;
    }
    return order;
  }

  private compareRows(left: number, right: number): number {
    return this.ids.compare(this.ids, right * idBytes, (right + 1) * idBytes, left * idBytes, (left + 1) * idBytes);
  }

  private grow(): void {
    const [ids, sums, offsets] = [this.ids, this.sums, this.offsets];
    this.ids = Buffer.alloc(ids.length * 2);
    this.ids.set(ids);
    this.sums = new Uint32Array(sums.length * 2);
    this.sums.set(sums);
    this.offsets = new Uint32Array(offsets.length * 2);
    this.offsets.set(offsets);
  }
}
