// The part of pako 1.0 that gdo uses: the package brings no types, and those that others publish leave out where a stream ended.
declare module 'pako' {
  /** One stream of RFC 1950 that is unpacked. `ended` without `err` 0 is a broken one; not `ended`: it goes on beyond the input. */
  export class Inflate {
    constructor(options: { readonly chunkSize: number });
    onData: (piece: Uint8Array) => void;
    push(bytes: Uint8Array, isLast: boolean): boolean;
    readonly err: number;
    readonly msg: string;
    readonly ended: boolean;
    readonly strm: { readonly next_in: number };
  }

  /** Packs bytes as one stream. */
  export function deflate(bytes: Uint8Array, options: { readonly level: number }): Uint8Array;
}
