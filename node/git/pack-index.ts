// The index of a pack, version 2 (gitformat-pack(5)), from what is known when its objects are written. Reading indexes is packed-ids.ts.
import { createHash } from 'node:crypto';

const idBytes = 20;
const rowsLeast = 1_024;

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
    const counts = new Uint32Array(256);
    for (const [place, row] of this.order().entries()) {
      const at = row * idBytes;
      const first = this.ids[at] ?? 0;
      rank[row] = place;
      counts[first] = (counts[first] ?? 0) + 1;
      this.ids.copy(bytes, 1_032 + place * idBytes, at, at + idBytes);
      bytes.writeUInt32BE(this.sums[row] ?? 0, 1_032 + count * idBytes + place * 4);
      bytes.writeUInt32BE(this.offsets[row] ?? 0, 1_032 + count * (idBytes + 4) + place * 4);
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

  /** Rows ascending by id. Nearly all ids differ in their first 48 bits, which a number holds. */
  private order(): Uint32Array {
    const keys = Float64Array.from({ length: this.count }, (_, row) => this.ids.readUIntBE(row * idBytes, 6));
    const idOf = (row: number): Buffer => this.ids.subarray(row * idBytes, (row + 1) * idBytes);
    return Uint32Array.from(keys.keys()).sort((left, right) => (keys[left] ?? 0) - (keys[right] ?? 0) || Buffer.compare(idOf(left), idOf(right)));
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
