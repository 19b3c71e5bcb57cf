// What a browser lacks of Node's globals: the library of git and gdo's own reading of bytes are written for Buffer.
import { Buffer as PackagedBuffer } from 'buffer';

/** Bytes as Node has them, by the package `buffer`. */
export const Buffer: typeof PackagedBuffer = PackagedBuffer;
